//! Functions, globals and what is declared about them.

use crate::body::Body;
use crate::op::{ArgFacts, Effects};
use crate::types::{Type, TypeKind, TypeTable};
use cranelift_entity::{PrimaryMap, entity_impl};

/// A function, declared or defined.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Func(u32);
entity_impl!(Func, "fn");

/// A global variable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Global(u32);
entity_impl!(Global, "global");

/// A function parameter.
#[derive(Clone, PartialEq, Debug)]
pub struct Param {
    /// LLVM type.
    pub ty: Type,
    /// `noalias`, `nocapture`, ….
    pub facts: ArgFacts,
    /// Bytes passed by value in memory, 0 when not `byval`.
    pub byval: u64,
    /// String attributes in the `enzyme_`/`ribozyme_` families.
    pub tags: Vec<(String, String)>,
}

/// A function of the module.
#[derive(Clone, PartialEq, Debug)]
pub struct FuncData {
    /// Symbol name.
    pub name: String,
    /// Return type.
    pub ret: Type,
    /// Parameters.
    pub params: Vec<Param>,
    /// Declared with `...`.
    pub varargs: bool,
    /// Another function, whose body is this one's in prepared form: it speaks for this one where its
    /// address is called.
    pub stand_in: Option<Func>,
    /// The body, when it was imported. A definition that was not imported has none but `defined`.
    pub body: Option<Body>,
    /// Has a body in the LLVM module.
    pub defined: bool,
    /// Intrinsic base name without type suffix (`llvm.sin`), when it is an intrinsic.
    pub intrinsic: Option<String>,
    /// Name of the C library function it is, prototype checked and builtins allowed.
    pub library: Option<String>,
    /// Declared memory effects.
    pub effects: Effects,
    /// Never returns.
    pub noreturn: bool,
    /// Never unwinds.
    pub nounwind: bool,
    /// Never frees memory.
    pub nofree: bool,
    /// `returns_twice`.
    pub returns_twice: bool,
    /// May be replaced at link time (`weak`).
    pub interposable: bool,
    /// Result does not alias anything (`noalias` return).
    pub noalias_return: bool,
    /// A derivative that the user registered speaks for the body. Decided for one direction by
    /// whoever asks, not by import.
    pub custom: bool,
    /// String attributes in the `enzyme_`/`ribozyme_` families.
    pub tags: Vec<(String, String)>,
}

/// An address in a global variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Inside {
    /// The variable.
    pub global: Global,
    /// Bytes from its start.
    pub offset: i64,
}

/// What is known about a global's initial contents, summarized.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Contents {
    /// `(byte offset, function)` of every function address, up to a bound.
    pub functions: Vec<(u64, Func)>,
    /// `(byte offset, global)` of every address in a global, up to a bound.
    pub globals: Vec<(u64, Inside)>,
    /// The lists above are complete.
    pub complete: bool,
}

/// A global variable.
#[derive(Clone, PartialEq, Debug)]
pub struct GlobalData {
    /// Symbol name.
    pub name: String,
    /// Type of the contents.
    pub ty: Type,
    /// Declared `constant`.
    pub constant: bool,
    /// Internal or private linkage.
    pub local: bool,
    /// Has an initializer in this module.
    pub defined: bool,
    /// Thread-local.
    pub thread_local: bool,
    /// Initial contents.
    pub contents: Contents,
    /// Metadata kinds in the `enzyme_`/`ribozyme_` families.
    pub tags: Vec<String>,
}

/// A tag of variables of which the numbers may change but not the addresses: shadows of constants.
pub const FIXED_ADDRESSES: &str = "ribozyme_fixed_addresses";

impl GlobalData {
    /// The addresses in it are those of its initializer, always.
    pub fn has_fixed_addresses(&self) -> bool {
        self.constant || self.tags.iter().any(|tag| tag == FIXED_ADDRESSES)
    }

    /// Some byte is or may be part of a pointer.
    pub fn holds_pointers(&self, types: &TypeTable) -> bool {
        let contents = &self.contents;
        !contents.globals.is_empty()
            || !contents.functions.is_empty()
            || (!contents.complete && self.has(types, |kind| !matches!(kind, TypeKind::Float(_))))
    }

    /// Its type has floats.
    pub fn holds_floats(&self, types: &TypeTable) -> bool {
        self.has(types, |kind| matches!(kind, TypeKind::Float(_)))
    }

    fn has(&self, types: &TypeTable, wanted: impl Fn(&TypeKind) -> bool) -> bool {
        let mut found = false;
        types.leaves(self.ty, 0, &mut |_, leaf| {
            found |= wanted(types.kind(types.scalar(leaf)));
        });
        found
    }
}

/// A module.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Types.
    pub types: TypeTable,
    /// Functions.
    pub funcs: PrimaryMap<Func, FuncData>,
    /// Global variables.
    pub globals: PrimaryMap<Global, GlobalData>,
    /// Width of a pointer in address space 0, in bytes.
    pub pointer_bytes: u64,
}

impl Module {
    /// The body of `func`.
    ///
    /// # Panics
    /// When the body was not imported.
    pub fn body(&self, func: Func) -> &Body {
        self.funcs[func].body.as_ref().expect("body imported")
    }

    /// Finds a function by symbol name.
    pub fn func_named(&self, name: &str) -> Option<Func> {
        self.funcs
            .iter()
            .find(|(_, data)| data.name == name)
            .map(|(func, _)| func)
    }
}
