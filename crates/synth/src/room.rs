//! Blocks whose room programs look at.
//!
//! A block of `malloc` often has room for more than was asked for, and how much is up to the allocator: of two
//! blocks of one size, one may have more. `realloc` takes what there is along, and `malloc_usable_size` tells it; what a
//! program then does with that many bytes is done to the shadow too. So where a module calls one of them,
//! a shadow has at least the room that its primal turned out to have, and is zero in all of it.
//!
//! ```text
//! p  = malloc(40)                    room for 56
//! p' = malloc(40)                    room for 40: memset(p', 0, malloc_usable_size(p)) is out of bounds
//! p' = malloc(room(p, 40))           fits
//! ```

use rz_llvm::{Builder, Value};
use rz_rules::known::{self, Alloc, Class, Delivery, Length};
use rz_view::Module;

/// True when code of `module` may depend on how much room a block has.
pub(crate) fn matters(module: &Module) -> bool {
    let mut funcs = module.funcs.values();
    funcs.any(|func| known::looks_at_room(func.library.as_deref().unwrap_or(&func.name)))
}

/// The allocation function that `call` calls, if its blocks are those of `malloc`.
pub(crate) fn of_malloc(call: Value) -> Option<Alloc> {
    let name = call.called_function()?.name();
    match known::lookup(&name)?.class {
        Class::Alloc(alloc) if alloc.release.symbol == "free" && is_sized(alloc) => Some(alloc),
        _ => None,
    }
}

fn is_sized(alloc: Alloc) -> bool {
    let by_bytes = matches!(alloc.size, Length::Bytes(_) | Length::Product(..));
    alloc.delivery == Delivery::Result && by_bytes
}

/// The arguments by which `alloc` is asked for `room` bytes.
pub(crate) fn arguments(b: &Builder, alloc: Alloc, call: Value, room: Value) -> Vec<(u8, Value)> {
    let cast = |index: u8, value| b.int_cast(value, call.operand(index.into()).ty(), false);
    let one = |index: u8| call.operand(index.into()).ty().int_const(1);
    match alloc.size {
        Length::Bytes(size) => vec![(size, cast(size, room))],
        Length::Product(count, size) => vec![(count, cast(count, room)), (size, one(size))],
        _ => vec![],
    }
}
