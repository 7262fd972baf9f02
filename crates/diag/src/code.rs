//! The stable codes. A code is never reused; each has a page `docs/src/errors/RZnnnn.md`.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $number:literal;)*) => {
        /// A diagnostic code, printed `RZ0001`.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Code { $($(#[doc = $doc])+ $name,)* }
        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];
            /// The number.
            pub const fn number(self) -> u16 { match self { $(Code::$name => $number),* } }
            /// One-line meaning.
            pub const fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),+)),* }
            }
        }
    };
}

codes! {
    /// The function to differentiate cannot be determined.
    UnresolvedFunction = 1;
    /// The body of the function to differentiate is not available.
    NoBody = 2;
    /// The request has too few arguments.
    TooFewArguments = 3;
    /// The request has too many arguments.
    TooManyArguments = 4;
    /// A shadow argument is missing.
    MissingShadow = 5;
    /// An argument has the wrong type.
    WrongArgumentType = 6;
    /// The result type of the request cannot hold the derivative.
    WrongResultType = 7;
    /// An unknown marker.
    UnknownMarker = 8;
    /// A marker is used where it has no meaning.
    MisplacedMarker = 9;
    /// A feature of the convention that is not supported yet.
    NotSupportedYet = 10;
    /// An active call of a function without body or rule.
    UnknownFunction = 11;
    /// Type analysis cannot decide what data this is.
    UnknownType = 12;
    /// Two sources of type information contradict each other.
    TypeConflict = 13;
    /// Active inline assembly.
    InlineAssembly = 14;
    /// An active value passes through integer bit operations that have no derivative.
    BitTrick = 15;
    /// `setjmp`, `longjmp` and other functions that return twice.
    ReturnsTwice = 16;
    /// A variadic function is called with active data.
    Varargs = 17;
    /// The host's LLVM is not the one this plugin was built for.
    WrongLlvm = 18;
    /// A call through a pointer that cannot be resolved.
    UnresolvedPointer = 19;
    /// An instruction that cannot be differentiated.
    UnsupportedInstruction = 20;
    /// An argument or return of a type that cannot be differentiated.
    UnsupportedType = 21;
    /// Active exception handling.
    Exceptions = 22;
    /// A global variable needs a shadow that cannot be made here.
    GlobalShadow = 23;
    /// Internal error; please report it.
    Internal = 24;
    /// The differentiated function may be replaced at link time.
    Interposable = 25;
    /// An option that has no effect here.
    IgnoredOption = 26;
    /// Memory is used in a way that cannot be shadowed.
    UnsupportedMemory = 27;
    /// A derivative is lost by a default of the convention.
    LostDerivative = 28;
    /// A registration or attribute cannot be understood.
    Registration = 29;
    /// The tape of a split derivative is missing, too small or of another kind.
    Tape = 30;
    /// The tape may not fit its budget.
    TapeBudget = 31;
    /// A gradient that must not allocate would allocate.
    Allocates = 32;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RZ{:04}", self.number())
    }
}
