//! Functions without a derivative rule whose effects are known: what they do to memory and
//! pointers, and where their sizes and alignments stand among the arguments.
//!
//! Invariants (tested in `tests/known.rs`):
//! - a name belongs to one entry only, and never to an entry and a rule;
//! - argument numbers lie inside the entry's signature;
//! - matching is by whole names. The few families matched by prefix ([`PREFIXES`]) are reserved
//!   to compilers and their runtimes, so no user function can be swallowed.
//!
//! As for rules, a hit is only about the name: callers check [`Signature::accepts`] and that the
//! function is a declaration. LLVM's own attributes (`allockind`, `noreturn`, memory effects) come
//! before names where both speak.
//!
//! # Adding a function
//!
//! Add its name to the line of its class and signature in the topic file, or add a line:
//!
//! ```text
//! inactive(Nothing, "i:s.", "printf iprintf"),     class, what it writes, signature, names
//! ```
//!
//! A signature is the result's kind, a colon, and the arguments' kinds, in the letters of
//! [`Signature::parse`]. A name that ends in `*` stands for all float suffixes (`ilogb*`).
//!
//! ```
//! use rz_rules::known::{Class, Length, lookup};
//! let Class::Move { dst, src, length, .. } = lookup("bcopy").unwrap().class else { panic!() };
//! assert_eq!((dst, src, length), (1, 0, Length::Bytes(2)));
//! ```

mod alloc;
mod class;
mod control;
mod cpp;
mod globals;
mod hints;
mod intrinsics;
mod io;
mod math;
mod memory;
mod runtime;
mod system;
mod x86;

pub use class::{
    Alloc, Arena, Class, Delivery, Free, Lanes, Length, Masked, Realloc, Reduce, Release,
    ReleaseArg, Returns, Span, Writes,
};
pub use cpp::Letters;
pub use globals::{is_inactive_global, is_type_information};
pub use hints::{Hint, hint};
pub use runtime::{RUNTIME, is_runtime};

use std::sync::LazyLock;

use crate::names::{self, Names, Width};
use crate::row::{Place, Spelling};
use crate::signature::{Kind, Signature};

/// A function known by its effects.
#[derive(Clone, Debug)]
pub struct Known {
    /// What it does.
    pub class: Class,
    /// What memory visible to the program it may write, besides what `class` says. errno, stream
    /// buffers and the allocator's books are not visible.
    pub writes: Writes,
    /// Kinds of its arguments and result.
    pub signature: Signature,
}

/// A line of the table: names that share class and signature.
pub(crate) struct Entry {
    class: Class,
    writes: Writes,
    signature: &'static str,
    names: &'static str,
}

const fn entry(
    class: Class,
    writes: Writes,
    signature: &'static str,
    names: &'static str,
) -> Entry {
    Entry {
        class,
        writes,
        signature,
        names,
    }
}

const fn inactive(writes: Writes, signature: &'static str, names: &'static str) -> Entry {
    entry(Class::Inactive, writes, signature, names)
}

const fn refuse(why: &'static str, signature: &'static str, names: &'static str) -> Entry {
    entry(Class::Refuse(why), Writes::Anything, signature, names)
}

const COROUTINES: Class = Class::Refuse("coroutines must be split first");
const OBJECTIVE_C: Class = Class::Refuse("Objective-C reference counts have no derivative form");

/// Families matched by prefix, with their class: compiler instrumentation, runtime I/O, and
/// intrinsics that are all alike.
pub const PREFIXES: &[(&str, Class)] = &[
    ("__asan_", Class::Inactive),
    ("__hwasan_", Class::Inactive),
    ("__msan_", Class::Inactive),
    ("__tsan_", Class::Inactive),
    ("__ubsan_handle_", Class::Inactive),
    ("__sanitizer_", Class::Inactive),
    ("__llvm_profile_", Class::Inactive),
    ("__gcov_", Class::Inactive),
    ("llvm_gcov_", Class::Inactive),
    ("__cyg_profile_func_", Class::Inactive),
    ("__xray_", Class::Inactive),
    ("_FortranAioBegin", Class::Inactive),
    ("_FortranAioSet", Class::Inactive),
    ("_FortranAioEnable", Class::Inactive),
    ("_FortranAioOutput", Class::Inactive),
    ("_FortranAioEnd", Class::Inactive),
    ("_FortranAioGet", Class::Inactive),
    ("_FortranAioInquire", Class::Inactive),
    ("_gfortran_st_", Class::Inactive),
    ("llvm.asan.", Class::Inactive),
    ("llvm.hwasan.", Class::Inactive),
    ("llvm.xray.", Class::Inactive),
    ("llvm.allow.sanitize.", Class::Inactive),
    ("llvm.instrprof.", Class::Inactive),
    ("llvm.dbg.", Class::Inactive),
    ("llvm.experimental.vector.histogram.", Class::Inactive),
    ("llvm.experimental.convergence.", Class::Inactive),
    ("llvm.coro.", COROUTINES),
    ("llvm.objc.", OBJECTIVE_C),
    (cpp::STRINGS[0], Class::Inactive),
    (cpp::STRINGS[1], Class::Inactive),
    (cpp::STRINGS[2], Class::Inactive),
    (cpp::STRINGS[3], Class::Inactive),
    (cpp::STRINGS[4], Class::Inactive),
    (cpp::STRINGS[5], Class::Inactive),
    (cpp::STRINGS[6], Class::Inactive),
    (cpp::STRINGS[7], Class::Inactive),
    (cpp::OUTPUT[0], Class::Inactive),
    (cpp::OUTPUT[1], Class::Inactive),
    (cpp::OUTPUT[2], Class::Inactive),
    (cpp::OUTPUT[3], Class::Inactive),
    (cpp::OUTPUT[4], Class::Inactive),
    (cpp::OUTPUT[5], Class::Inactive),
    (cpp::OUTPUT[6], Class::Inactive),
    (cpp::OUTPUT[7], Class::Inactive),
    (cpp::OUTPUT[8], Class::Inactive),
    (cpp::OUTPUT[9], Class::Inactive),
    (cpp::OUTPUT[10], Class::Inactive),
];

#[derive(Default)]
struct Table {
    known: Vec<Known>,
    names: Names<Line>,
    prefixed: Vec<Known>,
}

/// Where a name's line is among the known.
#[derive(Clone, Copy)]
enum Line {
    /// Here.
    At(usize),
    /// At this place for the first float type, the others follow.
    ByWidth(usize),
}

impl Line {
    fn known(self, width: Width) -> usize {
        match self {
            Self::At(index) => index,
            Self::ByWidth(first) => first + width as usize,
        }
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for (prefix, class) in PREFIXES {
        table.prefixed.push(Known {
            class: *class,
            writes: cpp::writes(prefix),
            signature: Signature::parse("?:."),
        });
    }
    table.names.reserve(NAMES);
    for entry in entries() {
        table.add(entry);
    }
    table
});

/// About how many names there are.
const NAMES: usize = 1200;

fn entries() -> impl Iterator<Item = &'static Entry> {
    let topics = [
        memory::ENTRIES,
        alloc::ENTRIES,
        runtime::ENTRIES,
        io::ENTRIES,
        system::ENTRIES,
        control::ENTRIES,
        cpp::ENTRIES,
        math::ENTRIES,
        intrinsics::ENTRIES,
        x86::ENTRIES,
    ];
    topics.into_iter().flatten()
}

impl Entry {
    fn spellings(&self) -> impl Iterator<Item = Spelling> + use<> {
        let names = self.names.split_ascii_whitespace();
        names.map(|name| match name.strip_suffix('*') {
            Some(base) => Spelling::C(base),
            None => Spelling::Exact(name, Width::Any),
        })
    }
}

impl Table {
    fn add(&mut self, entry: &'static Entry) {
        let signature = Signature::parse(entry.signature);
        let plain = self.push(entry, signature.clone());
        let mut first = None;
        for spelling in entry.spellings() {
            let line = match spelling {
                Spelling::C(_) => Line::ByWidth(*first.get_or_insert_with(|| {
                    Width::ALL.map(|width| self.push(entry, signature.at(width)))[0]
                })),
                _ => Line::At(plain),
            };
            self.names.add(spelling, line);
        }
    }

    fn push(&mut self, entry: &Entry, signature: Signature) -> usize {
        self.known.push(Known {
            class: entry.class,
            writes: entry.writes,
            signature,
        });
        self.known.len() - 1
    }

    fn find(&self, name: &str) -> Option<&Known> {
        let (line, width, _) = self.names.find(name)?;
        Some(&self.known[line.known(width)])
    }
}

/// What is known about a function without a rule. Overload types and linker decorations of the
/// symbol may be present; Rust's allocator shims are found by their mangled names.
pub fn lookup(symbol: &str) -> Option<&'static Known> {
    let name = names::base_name(symbol);
    let name = rust_shim(name).unwrap_or(name);
    // `llvm.eh.return.i32` only looks as if it ended in an overload type.
    let known = TABLE.find(symbol).or_else(|| TABLE.find(name));
    known.or_else(|| {
        let family = PREFIXES
            .iter()
            .position(|(prefix, _)| name.starts_with(prefix))?;
        Some(&TABLE.prefixed[family])
    })
}

/// True for functions whose presence means that a program looks at how much room a block has beyond what it asked
/// for: those that take it along, and those that tell.
pub fn looks_at_room(symbol: &str) -> bool {
    let resizes =
        || matches!(lookup(symbol), Some(known) if matches!(known.class, Class::Realloc(_)));
    // Most names are neither, and a module has many.
    matches!(symbol, "malloc_usable_size" | "malloc_size" | "_msize")
        || (symbol.contains("alloc") && resizes())
}

/// A function that is declared to allocate, by the argument that is the size.
pub fn declared_allocator(size: u8) -> Option<&'static Known> {
    DECLARED.0.get(usize::from(size))
}

/// A function that is declared to return a pointer into what one of its arguments points to.
pub fn declared_pointer(from: u8) -> Option<&'static Known> {
    DECLARED.2.get(usize::from(from))
}

/// A function that is declared to release memory, by the argument that is the memory.
pub fn declared_deallocator(pointer: u8) -> Option<&'static Known> {
    DECLARED.1.get(usize::from(pointer))
}

/// Declared allocators and deallocators may have so many arguments.
const MOST_ARGUMENTS: u8 = 16;

static DECLARED: LazyLock<(Vec<Known>, Vec<Known>, Vec<Known>)> = LazyLock::new(|| {
    let known = |class| Known {
        class,
        writes: Writes::Anything,
        signature: Signature::parse("?:."),
    };
    let release = Release {
        symbol: "",
        takes: &[],
    };
    let allocator = |size| {
        known(Class::Alloc(Alloc {
            size: Length::Bytes(size),
            align: None,
            zeroed: false,
            nullable: true,
            delivery: Delivery::Result,
            release,
        }))
    };
    let deallocator = |pointer| {
        known(Class::Free(Free {
            pointer,
            size: None,
            align: None,
            nullable: false,
        }))
    };
    // Null for null; its shadow is as far from the shadow as it is from the argument.
    let pointer = |from| {
        known(Class::Pass {
            from,
            nullable: true,
        })
    };
    (
        (0..MOST_ARGUMENTS).map(allocator).collect(),
        (0..MOST_ARGUMENTS).map(deallocator).collect(),
        (0..MOST_ARGUMENTS).map(pointer).collect(),
    )
});

/// The arguments, as a mask, through which a function with a rule or a known class may change
/// memory that the program sees: `u32::MAX` when it may change anything, `None` when nothing is
/// known. A freed block counts as unchanged, because derivatives delay frees.
///
/// ```
/// use rz_rules::known::written_arguments;
/// assert_eq!(written_arguments("sin"), Some(0)); // errno is not visible
/// assert_eq!(written_arguments("frexp"), Some(0b10));
/// assert_eq!(written_arguments("memcpy"), Some(0b1));
/// assert_eq!(written_arguments("printf"), Some(0));
/// assert_eq!(written_arguments("mystery"), None);
/// ```
pub fn written_arguments(symbol: &str) -> Option<u32> {
    if let Some(found) = crate::lookup(symbol) {
        let places = found.rule.outputs().iter().map(|output| output.place);
        return Some(places.fold(0, |mask, place| match place {
            Place::Memory(argument) => mask | 1 << argument,
            Place::Result | Place::Field(_) => mask,
        }));
    }
    lookup(symbol).map(Known::written_arguments)
}

/// What each of the pointers leads to that a function without a body is called with, if it moves letters of strings or
/// streams.
///
/// ```
/// use rz_rules::known::{Letters, letters};
/// assert_eq!(letters("_ZNSo5writeEPKcl", 2), Some(vec![Letters::Stream, Letters::Source]));
/// assert_eq!(letters("_ZNSolsEd", 1), None);
/// ```
pub fn letters(symbol: &str, pointers: usize) -> Option<Vec<Letters>> {
    cpp::letters(symbol, pointers)
}

/// True for streams that lead out of the program: variables of such a name, and what such a function is called for.
pub fn is_stream_to_outside(symbol: &str) -> bool {
    cpp::leaves(symbol)
}

/// Every exact name, for tests and documentation.
pub fn names() -> impl Iterator<Item = (String, &'static Known)> {
    let mut all = Vec::new();
    for spelling in entries().flat_map(Entry::spellings) {
        names::expand(spelling, |name, _, _| {
            let known = TABLE.find(name).expect("a name of the table");
            all.push((name.to_owned(), known));
        });
    }
    all.into_iter()
}

/// `__rust_alloc` from `_RNvCs…_7___rustc12___rust_alloc`: the crate hash in between changes with
/// the toolchain.
fn rust_shim(symbol: &str) -> Option<&str> {
    let (_, tail) = symbol.strip_prefix("_RNvC")?.split_once("7___rustc")?;
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let length: usize = tail[..digits].parse().ok()?;
    // An underscore separates the length from a name that begins with one.
    let name = tail[digits..].strip_prefix('_')?;
    (name.len() == length).then_some(name)
}

/// The symbol that releases what `allocator` returned, spelled as `allocator` is: a mangled Rust
/// shim names its sibling in the same toolchain.
///
/// ```
/// use rz_rules::known::{Class, lookup, release_symbol};
/// let symbol = "_RNvCs1a_7___rustc12___rust_alloc";
/// let Class::Alloc(alloc) = lookup(symbol).unwrap().class else { panic!() };
/// assert_eq!(release_symbol(symbol, &alloc.release), "_RNvCs1a_7___rustc14___rust_dealloc");
/// ```
pub fn release_symbol(allocator: &str, release: &Release) -> String {
    match rust_shim(allocator) {
        Some(name) => {
            let tail = name.len() + 1 + name.len().to_string().len();
            let head = &allocator[..allocator.len() - tail];
            format!("{head}{}_{}", release.symbol.len(), release.symbol)
        }
        None => release.symbol.to_owned(),
    }
}

impl Known {
    /// The rule that a conversion, or arithmetic with a result narrower than its operands, follows
    /// at the type of its operands.
    pub fn wide_rule(&self) -> Option<&'static crate::Rule> {
        match self.class {
            Class::Convert => crate::named("identity").map(|found| found.rule),
            Class::Narrow(name) => crate::rule(name),
            _ => None,
        }
    }

    fn written_arguments(&self) -> u32 {
        let listed = match self.writes {
            Writes::Nothing => 0,
            Writes::Through(arguments) => arguments.iter().fold(0, |mask, a| mask | 1 << a),
            Writes::Text | Writes::Stream | Writes::Anything => u32::MAX,
        };
        listed
            | match self.class {
                Class::Kill(spans) => spans.iter().fold(0, |mask, span| {
                    let one = 1u32 << span.pointer;
                    // From the first variadic pointer on.
                    mask | if span.rest { one.wrapping_neg() } else { one }
                }),
                Class::Set { dst, .. } | Class::Move { dst, .. } => 1 << dst,
                Class::Realloc(realloc) => 1 << realloc.pointer,
                Class::Alloc(alloc) => match alloc.delivery {
                    Delivery::Memory(argument) => 1 << argument,
                    Delivery::Result | Delivery::Sized => 0,
                },
                Class::Masked(Masked::Store | Masked::CompressStore) => 1 << 1,
                Class::Masked(Masked::Scatter) => u32::MAX,
                Class::Masked(Masked::Load | Masked::Gather | Masked::ExpandLoad)
                | Class::Inactive
                | Class::Pass { .. }
                | Class::Free(_)
                | Class::Arena(_)
                | Class::NoReturn
                | Class::ReturnsTwice
                | Class::Reduce(_)
                | Class::Convert
                | Class::Narrow(_)
                | Class::Lifetime { .. }
                | Class::Lanes(_)
                | Class::Refuse(_) => 0,
            }
    }

    /// True when a call of this shape may be the known function and not a user's namesake.
    pub fn accepts(&self, ret: Kind, args: &[Kind]) -> bool {
        self.signature.accepts(ret, args)
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, TABLE, entries, names};
    use std::collections::HashSet;

    #[test]
    fn no_name_is_known_twice() {
        let mut seen = HashSet::new();
        for (name, _) in names() {
            assert!(seen.insert(name.clone()), "{name}");
        }
    }

    #[test]
    fn a_name_leads_to_its_own_line() {
        for entry in entries() {
            for spelling in entry.spellings() {
                crate::names::expand(spelling, |name, width, _| {
                    let known = TABLE.find(name).expect("a name of the table");
                    let signature = super::Signature::parse(entry.signature);
                    let by_width = matches!(TABLE.names.find(name), Some((Line::ByWidth(_), ..)));
                    let signature = if by_width {
                        signature.at(width)
                    } else {
                        signature
                    };
                    assert_eq!(
                        (known.class, &known.signature),
                        (entry.class, &signature),
                        "{name}"
                    );
                });
            }
        }
    }
}
