//! What a gradient needs at run time, emitted into the user's module as hidden `linkonce_odr`
//! functions. Their names carry the version of their meaning, so objects written by two releases
//! link together.
//!
//! An *arena* is `{ cursor, end, chunks, frees }`, a value owned by one frame, which may provide the
//! first memory itself. Chunks come from `malloc`, each as large as all before it up to a limit; failure to
//! get one traps. Frees of the primal are entered in the arena and carried out when it is closed, for the
//! reverse part still reads what they free. An entry knows the function that releases its pointer.
//!
//! ```text
//! chunk ┌ next ┬ bytes ┬ data … ┐      free entry ┌ next ┬ pointer ┬ release ┬ whose ┐
//! ```

use crate::shadow::FURTHER_DIRECTIONS;
use rz_llvm as llvm;
use rz_llvm::{Builder, Function, IntPredicate, Linkage, Module, Type, Value};
use rz_rules::known;
use rz_view::FloatKind;

/// Bytes of an arena that the frame which owns it has room for itself, at least.
pub const FRAME_CHUNK: u64 = 1 << 12;
/// The same for a tape that may be longer than that.
pub const LARGE_FRAME_CHUNK: u64 = 1 << 15;
/// Bytes of a chunk's header.
pub(crate) const HEADER: u64 = 16;
/// Alignment of everything in an arena, in bytes: that of the widest vectors.
pub const ALIGN: u64 = 64;

/// Bytes of the chunk a table entry starts with: one is made for every call through a pointer.
const ENTRY_CHUNK: u64 = 512;
/// Where an entry keeps the internal tape, in bytes from its arena.
pub const ENTRY_TAPE: i64 = 32;
/// Where it keeps the function that undoes the call.
pub const ENTRY_REVERSE: i64 = 40;
/// Bytes of an entry's arena and what it keeps behind it.
pub const ENTRY_BYTES: u64 = 48;
/// Where an arena keeps the list of deferred frees, in bytes.
pub const FREES: i64 = 24;
/// Where the entry of a deferred free says whether the memory was allocated in the same call.
const ENTRY_WHOSE: i64 = 24;
/// What a program prints before it stops because a function pointer has no derivative.
const INACTIVE_CALL: &str =
    "Enzyme: an active call of a function pointer without a shadow (an inactive indirect call)\0";

/// Who allocated memory that is freed later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    /// What frees it, or what that calls.
    Own,
    /// Perhaps somebody else.
    Unknown,
}

/// Emits calls of the run-time functions, and the functions when first called.
#[derive(Clone, Copy, Debug)]
pub struct Runtime {
    pub(crate) module: Module,
}

/// Types and constants used throughout.
pub(crate) struct Kit {
    pub(crate) ptr: Type,
    pub(crate) int: Type,
    pub(crate) context: llvm::Context,
}

impl Kit {
    pub(crate) fn of(module: Module) -> Self {
        let context = module.context();
        Self {
            ptr: context.pointer(0),
            int: context.int(64),
            context,
        }
    }

    pub(crate) fn n(&self, value: u64) -> Value {
        self.int.int_const(value)
    }
}

impl Runtime {
    /// The functions of `module`.
    pub fn new(module: Module) -> Self {
        Self { module }
    }

    /// The struct of an arena.
    pub fn arena_type(self) -> Type {
        let ptr = self.module.context().pointer(0);
        self.module.context().structure(&[ptr; 4], false)
    }

    /// The LLVM type of a float kind.
    pub fn float(self, kind: FloatKind) -> Type {
        let context = self.module.context();
        match kind {
            FloatKind::Half => context.half(),
            FloatKind::BFloat => context.bfloat(),
            FloatKind::Single => context.float(),
            FloatKind::Double => context.double(),
            FloatKind::X86Fp80 => context.x86_fp80(),
            FloatKind::Fp128 => context.fp128(),
            FloatKind::PpcFp128 => context.ppc_fp128(),
        }
    }

    pub(crate) fn define(
        self,
        name: &str,
        result: Type,
        params: &[Type],
        body: impl FnOnce(&Builder, Function),
    ) -> Function {
        let name = format!("{}{name}", known::RUNTIME);
        if let Some(function) = self.module.function(&name) {
            return function;
        }
        let ty = result.function(params, false);
        let function = self.module.add_function(&name, ty, Linkage::LinkOnceOdr);
        function.value().set_hidden();
        if let Some(nounwind) = llvm::Attribute::named(self.module.context(), "nounwind", 0) {
            function.add_attribute(llvm::Place::Function, nounwind);
        }
        let entry = function.append_block("entry");
        let b = Builder::at_end(entry);
        body(&b, function);
        function
    }

    pub(crate) fn libc(self, name: &str, result: Type, params: &[Type]) -> Function {
        self.module
            .get_or_declare(name, result.function(params, false))
    }

    /// `bytes` bytes of the arena.
    pub fn alloc(self, b: &Builder, arena: Value, bytes: Value) -> Value {
        let kit = Kit::of(self.module);
        let grow = self.grow();
        let function = self.define("alloc", kit.ptr, &[kit.ptr, kit.int], |b, f| {
            // A derivative of a derivative asks what may overwrite a tape: only who is given its address.
            if let Some(noalias) = llvm::Attribute::named(self.module.context(), "noalias", 0) {
                f.add_attribute(llvm::Place::Return, noalias);
            }
            let (arena, bytes) = (f.param(0), f.param(1));
            let cursor = b.load(kit.ptr, arena, 8);
            let end_at = b.ptr_offset(arena, 8);
            let end = b.load(kit.ptr, end_at, 8);
            let from = b.cast(llvm::CastOp::PtrToInt, cursor, kit.int);
            let to = b.cast(llvm::CastOp::PtrToInt, end, kit.int);
            let room = b.sub(to, from);
            let rounded = b.add(bytes, kit.n(ALIGN - 1));
            let rounded = b.binary(llvm::BinaryOp::And, rounded, kit.n(!(ALIGN - 1)));
            let fits = b.icmp(IntPredicate::Ule, rounded, room);
            let (fast, slow) = (f.append_block("fast"), f.append_block("slow"));
            b.cond_br(fits, fast, slow);
            b.position_at_end(fast);
            let next = b.ptr_add(cursor, rounded);
            b.store(next, arena, 8);
            b.ret(Some(cursor));
            b.position_at_end(slow);
            let memory = b.call(grow, &[arena, rounded]);
            b.ret(Some(memory));
        });
        b.call(function, &[arena, bytes])
    }

    /// Gives back what was allocated since `mark`, a copy of the arena, was made; no frees were
    /// entered since. If that took new chunks, one of their common size takes their place, so that
    /// doing the same again takes none.
    pub fn reset(self, b: &Builder, arena: Value, mark: Value) {
        let kit = Kit::of(self.module);
        let renew = self.renew();
        let function = self.define("reset", kit.context.void(), &[kit.ptr; 2], |b, f| {
            let (arena, mark) = (f.param(0), f.param(1));
            let list = b.ptr_offset(arena, 16);
            let last = b.load(kit.ptr, list, 8);
            let list = b.ptr_offset(mark, 16);
            let then = b.load(kit.ptr, list, 8);
            let cursor = b.load(kit.ptr, mark, 8);
            let (same, grown) = (f.append_block("same"), f.append_block("grown"));
            let unchanged = b.icmp(IntPredicate::Eq, last, then);
            b.cond_br(unchanged, same, grown);
            b.position_at_end(same);
            b.store(cursor, arena, 8);
            b.ret(None);
            b.position_at_end(grown);
            b.call(renew, &[arena, mark]);
            b.ret(None);
        });
        b.call(function, &[arena, mark]);
    }

    /// A tape for the entries of a table: an arena at the start of its first chunk, which is small,
    /// followed by room for the internal tape and the function that undoes the call.
    ///
    /// Closing the arena releases the chunk it lies in, too.
    pub fn open_entry(self, b: &Builder) -> Value {
        let kit = Kit::of(self.module);
        let malloc = self.libc("malloc", kit.ptr, &[kit.int]);
        let function = self.define("open_entry", kit.ptr, &[], |b, f| {
            let chunk = b.call(malloc, &[kit.n(ENTRY_CHUNK)]);
            let failed = b.icmp(IntPredicate::Eq, chunk, kit.ptr.zero());
            let (trap, go) = (f.append_block("trap"), f.append_block("go"));
            b.cond_br(failed, trap, go);
            b.position_at_end(trap);
            b.intrinsic("llvm.trap", &[], &[]);
            b.unreachable();
            b.position_at_end(go);
            b.store(kit.ptr.zero(), chunk, 8);
            b.store(kit.n(ENTRY_CHUNK), b.ptr_offset(chunk, 8), 8);
            let arena = b.ptr_offset(chunk, HEADER as i64);
            let begin = b.cast(llvm::CastOp::PtrToInt, chunk, kit.int);
            let used = kit.n(HEADER + ENTRY_BYTES + ALIGN - 1);
            let skip = b.add(begin, used);
            let aligned = b.binary(llvm::BinaryOp::And, skip, kit.n(!(ALIGN - 1)));
            let distance = b.sub(aligned, begin);
            b.store(b.ptr_add(chunk, distance), arena, 8);
            let end = b.ptr_offset(chunk, ENTRY_CHUNK as i64);
            b.store(end, b.ptr_offset(arena, 8), 8);
            b.store(chunk, b.ptr_offset(arena, 16), 8);
            b.store(kit.ptr.zero(), b.ptr_offset(arena, 24), 8);
            b.ret(Some(arena));
        });
        b.call(function, &[])
    }

    /// Stops the program when a function pointer came without a table: its shadow is missing, or is
    /// the function itself. Tables for several directions are all ours, and marked as such; one for
    /// a single direction takes other arguments.
    pub fn check_table(self, b: &Builder, tables: &[Value], function: Value) {
        let kit = Kit::of(self.module);
        let puts = self.libc("puts", kit.context.int(32), &[kit.ptr]);
        let exit = self.libc("exit", kit.context.void(), &[kit.context.int(32)]);
        let check = self.define("check_table", kit.context.void(), &[kit.ptr; 3], |b, f| {
            let (table, mark, function) = (f.param(0), f.param(1), f.param(2));
            let marked = b.ptr_offset(table, FURTHER_DIRECTIONS);
            let unmarked = b.icmp(IntPredicate::Ne, mark, marked);
            let same = b.icmp(IntPredicate::Eq, table, function);
            let none = b.icmp(IntPredicate::Eq, table, kit.ptr.zero());
            let missing = b.binary(llvm::BinaryOp::Or, same, none);
            let missing = b.binary(llvm::BinaryOp::Or, missing, unmarked);
            let (stop, go) = (f.append_block("stop"), f.append_block("go"));
            b.cond_br(missing, stop, go);
            b.position_at_end(go);
            b.ret(None);
            b.position_at_end(stop);
            let text = kit.context.const_string(INACTIVE_CALL);
            let kind = Linkage::Private;
            let message = self
                .module
                .add_global("ribozyme.inactive_call", text.ty(), kind);
            message.set_initializer(text);
            message.set_constant(true);
            b.call(puts, &[message.value()]);
            b.call(exit, &[kit.context.int(32).int_const(1)]);
            b.unreachable();
        });
        let mark = match tables {
            [_, second, ..] => *second,
            _ => b.ptr_offset(tables[0], FURTHER_DIRECTIONS),
        };
        b.call(check, &[tables[0], mark, function]);
    }

    pub(crate) fn mark(self, function: Function, names: &[&str]) {
        for name in names {
            if let Some(attribute) = llvm::Attribute::named(self.module.context(), name, 0) {
                function.add_attribute(llvm::Place::Function, attribute);
            }
        }
    }

    /// Enters `pointer` for `release`, a function that takes it, when the arena is closed.
    pub fn defer_free(
        self,
        b: &Builder,
        whose: Whose,
        arena: Value,
        pointer: Value,
        release: Value,
    ) {
        let name = match whose {
            Whose::Own => "defer_own",
            Whose::Unknown => "defer_free",
        };
        self.defer(b, name, whose, [arena, pointer, release]);
    }

    /// As [`Runtime::defer_free`], for a release that takes more than the pointer. `arguments` is the address of what it
    /// takes, `bytes` bytes: first the pointer, which is put there when they are copied to the arena. So a derivative
    /// of a derivative repeats the call for another pointer and need not know what else there is.
    pub fn defer_call(
        self,
        b: &Builder,
        [arena, pointer, release]: [Value; 3],
        (arguments, bytes): (Value, Value),
    ) {
        let kit = Kit::of(self.module);
        let params = [kit.ptr, kit.ptr, kit.ptr, kit.ptr, kit.int];
        let function = self.define("defer_call", kit.context.void(), &params, |b, f| {
            let [arena, pointer, release, arguments, bytes] = [0, 1, 2, 3, 4].map(|i| f.param(i));
            let own = self.alloc(b, arena, bytes);
            b.memcpy(own, 8, arguments, 8, bytes);
            b.store(pointer, own, 8);
            self.defer_free(b, Whose::Unknown, arena, own, release);
            b.ret(None);
        });
        b.call(function, &[arena, pointer, release, arguments, bytes]);
    }

    /// Drops the frees of what was perhaps allocated elsewhere.
    pub fn disown(self, b: &Builder, arena: Value) {
        let kit = Kit::of(self.module);
        let function = self.define("disown", kit.context.void(), &[kit.ptr], |b, f| {
            let list = b.ptr_offset(f.param(0), FREES);
            let [test, look, drop, done] =
                ["test", "look", "drop", "done"].map(|name| f.append_block(name));
            let before = b.block();
            b.br(test);
            b.position_at_end(test);
            let at = b.phi(kit.ptr);
            at.add_incoming(list, before);
            let entry = b.load(kit.ptr, at, 8);
            let end = b.icmp(IntPredicate::Eq, entry, kit.ptr.zero());
            b.cond_br(end, done, look);
            b.position_at_end(look);
            let own = b.load(kit.int, b.ptr_offset(entry, ENTRY_WHOSE), 8);
            let own = b.icmp(IntPredicate::Ne, own, kit.n(0));
            at.add_incoming(entry, look);
            b.cond_br(own, test, drop);
            b.position_at_end(drop);
            let next = b.load(kit.ptr, entry, 8);
            b.store(next, at, 8);
            at.add_incoming(at, drop);
            b.br(test);
            b.position_at_end(done);
            b.ret(None);
        });
        b.call(function, &[arena]);
    }

    fn defer(self, b: &Builder, name: &str, whose: Whose, operands: [Value; 3]) {
        let kit = Kit::of(self.module);
        let function = self.define(name, kit.context.void(), &[kit.ptr; 3], |b, f| {
            let (arena, pointer, release) = (f.param(0), f.param(1), f.param(2));
            let entry = self.alloc(b, arena, kit.n(32));
            let list = b.ptr_offset(arena, 24);
            let next = b.load(kit.ptr, list, 8);
            b.store(next, entry, 8);
            b.store(pointer, b.ptr_offset(entry, 8), 8);
            b.store(release, b.ptr_offset(entry, 16), 8);
            let own = kit.n(u64::from(whose == Whose::Own));
            b.store(own, b.ptr_offset(entry, ENTRY_WHOSE), 8);
            b.store(entry, list, 8);
            b.ret(None);
        });
        b.call(function, &operands);
    }

    /// `free`, as a function that releases.
    pub fn libc_free(self) -> Value {
        let kit = Kit::of(self.module);
        self.libc("free", kit.context.void(), &[kit.ptr]).value()
    }

    /// A block of `bytes` from `malloc`; failure traps.
    pub fn block(self, b: &Builder, bytes: Value) -> Value {
        let kit = Kit::of(self.module);
        let malloc = self.libc("malloc", kit.ptr, &[kit.int]);
        let function = self.define("block", kit.ptr, &[kit.int], |b, f| {
            let memory = b.call(malloc, &[f.param(0)]);
            let failed = b.icmp(IntPredicate::Eq, memory, kit.ptr.zero());
            let (trap, go) = (f.append_block("trap"), f.append_block("go"));
            b.cond_br(failed, trap, go);
            b.position_at_end(trap);
            b.intrinsic("llvm.trap", &[], &[]);
            b.unreachable();
            b.position_at_end(go);
            b.ret(Some(memory));
        });
        b.call(function, &[bytes])
    }

    /// Returns a block.
    pub fn free(self, b: &Builder, block: Value) {
        let kit = Kit::of(self.module);
        let free = self.libc("free", kit.context.void(), &[kit.ptr]);
        b.call(free, &[block]);
    }

    /// Carries out deferred frees and returns all chunks. The arena may lie at any address, in a
    /// tape that the user stores.
    pub fn close(self, b: &Builder, arena: Value) {
        let kit = Kit::of(self.module);
        let free = self.libc("free", kit.context.void(), &[kit.ptr]);
        let function = self.define("close", kit.context.void(), &[kit.ptr], |b, f| {
            let arena = f.param(0);
            Self::free_list(b, f, arena, &kit, 24, |b, entry| {
                let pointer = b.load(kit.ptr, b.ptr_offset(entry, 8), 8);
                let release = b.load(kit.ptr, b.ptr_offset(entry, 16), 8);
                let ty = kit.context.void().function(&[kit.ptr], false);
                b.call_value(ty, release, &[pointer]);
            });
            let total = b.entry_alloca(kit.int, 8);
            b.store(kit.n(0), total, 8);
            Self::free_list(b, f, arena, &kit, 16, |b, chunk| {
                let bytes = b.load(kit.int, b.ptr_offset(chunk, 8), 8);
                let before = b.load(kit.int, total, 8);
                b.store(b.add(before, bytes), total, 8);
                b.call(free, &[chunk]);
            });
            let total = b.load(kit.int, total, 8);
            self.release_again(b, f, &kit, total);
            b.ret(None);
        });
        b.call(function, &[arena]);
    }

    /// Moves all that `inner` holds, memory and deferred frees, to `arena`.
    pub fn adopt(self, b: &Builder, arena: Value, inner: Value) {
        let kit = Kit::of(self.module);
        let function = self.define("adopt", kit.context.void(), &[kit.ptr; 2], |b, f| {
            let (arena, inner) = (f.param(0), f.param(1));
            // The first chunk is the one that memory is handed out from, so the others go behind it.
            let list = b.ptr_offset(arena, 16);
            let first = b.load(kit.ptr, list, 8);
            let none = b.icmp(IntPredicate::Eq, first, kit.ptr.zero());
            let behind = b.select(none, list, first);
            let chunks = b.ptr_offset(inner, 16);
            Self::join_lists(b, f, &kit, chunks, behind);
            let (frees, all) = (b.ptr_offset(inner, 24), b.ptr_offset(arena, 24));
            Self::move_list(b, f, &kit, frees, all);
            b.ret(None);
        });
        b.call(function, &[arena, inner]);
    }

    /// Moves the linked list whose head lies at `from` to the front of the one whose head lies at `to`.
    fn move_list(b: &Builder, f: Function, kit: &Kit, from: Value, to: Value) {
        let head = b.load(kit.ptr, from, 8);
        let before = b.block();
        let (test, next, link, done) = (
            f.append_block("test"),
            f.append_block("next"),
            f.append_block("link"),
            f.append_block("done"),
        );
        let empty = b.icmp(IntPredicate::Eq, head, kit.ptr.zero());
        b.cond_br(empty, done, test);
        b.position_at_end(test);
        let last = b.phi(kit.ptr);
        last.add_incoming(head, before);
        let following = b.load(kit.ptr, last, 8);
        let end = b.icmp(IntPredicate::Eq, following, kit.ptr.zero());
        b.cond_br(end, link, next);
        b.position_at_end(next);
        last.add_incoming(following, next);
        b.br(test);
        b.position_at_end(link);
        let rest = b.load(kit.ptr, to, 8);
        b.store(rest, last, 8);
        b.store(head, to, 8);
        b.store(kit.ptr.zero(), from, 8);
        b.br(done);
        b.position_at_end(done);
    }

    /// As [`Runtime::move_list`], in any order and as many steps as the shorter list has elements: a chain of calls, each
    /// of which takes over what the next one holds, takes as many as it has calls.
    fn join_lists(b: &Builder, f: Function, kit: &Kit, from: Value, to: Value) {
        let (head, rest) = (b.load(kit.ptr, from, 8), b.load(kit.ptr, to, 8));
        let [some, empty, test, longer, next, front, back, moved, done] = [
            "some", "empty", "test", "longer", "next", "front", "back", "moved", "joined",
        ]
        .map(|name| f.append_block(name));
        let is_null = |value: Value| b.icmp(IntPredicate::Eq, value, kit.ptr.zero());
        b.cond_br(is_null(head), done, some);
        b.position_at_end(some);
        b.cond_br(is_null(rest), empty, test);
        b.position_at_end(empty);
        b.store(head, to, 8);
        b.br(moved);
        b.position_at_end(test);
        let (last, end) = (b.phi(kit.ptr), b.phi(kit.ptr));
        last.add_incoming(head, some);
        end.add_incoming(rest, some);
        let following = b.load(kit.ptr, last, 8);
        b.cond_br(is_null(following), front, longer);
        b.position_at_end(longer);
        let after = b.load(kit.ptr, end, 8);
        b.cond_br(is_null(after), back, next);
        b.position_at_end(next);
        last.add_incoming(following, next);
        end.add_incoming(after, next);
        b.br(test);
        b.position_at_end(front);
        b.store(rest, last, 8);
        b.store(head, to, 8);
        b.br(moved);
        b.position_at_end(back);
        b.store(head, end, 8);
        b.br(moved);
        b.position_at_end(moved);
        b.store(kit.ptr.zero(), from, 8);
        b.br(done);
        b.position_at_end(done);
    }

    /// Visits every element of the linked list whose head lies at `offset` of the arena.
    fn free_list(
        b: &Builder,
        f: Function,
        arena: Value,
        kit: &Kit,
        offset: i64,
        visit: impl FnOnce(&Builder, Value),
    ) {
        let before = b.block();
        let head_at = b.ptr_offset(arena, offset);
        let head = b.load(kit.ptr, head_at, 1);
        let (test, body, done) = (
            f.append_block("test"),
            f.append_block("body"),
            f.append_block("done"),
        );
        b.br(test);
        b.position_at_end(test);
        let item = b.phi(kit.ptr);
        item.add_incoming(head, before);
        let end = b.icmp(IntPredicate::Eq, item, kit.ptr.zero());
        b.cond_br(end, done, body);
        b.position_at_end(body);
        let next = b.load(kit.ptr, item, 8);
        visit(b, item);
        item.add_incoming(next, b.block());
        b.br(test);
        b.position_at_end(done);
    }

    /// The greater of `bytes` and what `pointer`, from `malloc` or null, has room for.
    pub fn room(self, b: &Builder, pointer: Value, bytes: Value) -> Value {
        let kit = Kit::of(self.module);
        let usable = self.libc("malloc_usable_size", kit.int, &[kit.ptr]);
        let room = b.call(usable, &[pointer]);
        let more = b.icmp(IntPredicate::Ugt, room, bytes);
        b.select(more, room, bytes)
    }

    /// The lesser of `bytes` and what `pointer`, from `malloc` or null, has room for.
    pub fn common_size(self, b: &Builder, pointer: Value, bytes: Value) -> Value {
        let kit = Kit::of(self.module);
        let usable = self.libc("malloc_usable_size", kit.int, &[kit.ptr]);
        let room = b.call(usable, &[pointer]);
        let less = b.icmp(IntPredicate::Ult, room, bytes);
        b.select(less, room, bytes)
    }

    /// A new block of `bytes` with the contents of `old`, the rest zero when `zeroed`.
    pub fn resize(self, b: &Builder, old: Value, bytes: Value, zeroed: bool) -> Value {
        let kit = Kit::of(self.module);
        let malloc = self.libc("malloc", kit.ptr, &[kit.int]);
        let new = b.call(malloc, &[bytes]);
        if zeroed {
            let room = self.room(b, new, kit.n(0));
            b.memset(new, kit.context.int(8).int_const(0), room, 1);
        }
        let common = self.common_size(b, old, bytes);
        let failed = b.icmp(IntPredicate::Eq, new, kit.ptr.zero());
        let length = b.select(failed, kit.n(0), common);
        b.memcpy(new, 1, old, 1, length);
        new
    }
}
