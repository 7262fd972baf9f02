//! What is known about the types of a function's arguments and result.

use crate::names::Width;

/// The kind of a value in a call of a known function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// No value.
    Void,
    /// A real of the type that the name's suffix or the IR says.
    Real,
    /// `float`.
    Float,
    /// `double`.
    Double,
    /// `long double`.
    LongDouble,
    /// An integer: never carries a derivative.
    Int,
    /// A pointer to memory that nothing is known about.
    Pointer,
    /// A pointer to an integer.
    PointerToInt,
    /// A pointer to a real of the type of [`Kind::Real`].
    PointerToReal,
    /// A pointer to text or other bytes without floats or pointers.
    PointerToBytes,
    /// A pointer to a pointer.
    PointerToPointer,
    /// A pointer to code.
    Code,
    /// A struct or vector of the kinds of the outputs.
    Struct,
    /// Anything, or an operand without a value (metadata, tokens).
    Other,
}

impl Kind {
    /// True for any pointer kind.
    pub fn is_pointer(self) -> bool {
        matches!(
            self,
            Kind::Pointer
                | Kind::PointerToInt
                | Kind::PointerToReal
                | Kind::PointerToBytes
                | Kind::PointerToPointer
                | Kind::Code
        )
    }

    /// True for any float kind.
    pub fn is_real(self) -> bool {
        matches!(
            self,
            Kind::Real | Kind::Float | Kind::Double | Kind::LongDouble
        )
    }

    /// True when a value whose IR type is of kind `actual` can be of this kind. Float kinds are
    /// compared as floats only: the IR type decides the format, not the suffix.
    fn accepts(self, actual: Kind) -> bool {
        self == actual
            || self == Kind::Other
            || self.is_pointer() && actual.is_pointer()
            || self.is_real() && actual.is_real()
    }
}

/// Kinds of a function's arguments and result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// Result.
    pub ret: Kind,
    /// Arguments.
    pub args: Vec<Kind>,
    /// More arguments may follow.
    pub variadic: bool,
}

impl Signature {
    /// Reads `result:arguments` in one letter each:
    ///
    /// | letter | kind | letter | kind |
    /// |---|---|---|---|
    /// | `v` | void | `p` | pointer, pointee unknown |
    /// | `r` | real of the suffix | `R` | pointer to such a real |
    /// | `f` `d` `l` | float, double, long double | `I` | pointer to integers |
    /// | `i` | integer | `s` | pointer to bytes (text) |
    /// | `S` | struct or vector | `P` | pointer to pointer |
    /// | `?` | anything | `c` | pointer to code |
    ///
    /// and a final `.` for more arguments of any kind.
    pub(crate) fn parse(text: &str) -> Self {
        let kind = |letter: char| match letter {
            'v' => Kind::Void,
            'r' => Kind::Real,
            'f' => Kind::Float,
            'd' => Kind::Double,
            'l' => Kind::LongDouble,
            'i' => Kind::Int,
            'p' => Kind::Pointer,
            'R' => Kind::PointerToReal,
            'I' => Kind::PointerToInt,
            's' => Kind::PointerToBytes,
            'P' => Kind::PointerToPointer,
            'c' => Kind::Code,
            'S' => Kind::Struct,
            '?' => Kind::Other,
            _ => panic!("{letter} in signature {text} is no kind"),
        };
        let (ret, args) = (text.split_once(':')).unwrap_or_else(|| panic!("{text} has no colon"));
        let fixed = args.strip_suffix('.');
        Self {
            ret: ret.chars().next().map_or(Kind::Void, kind),
            args: fixed.unwrap_or(args).chars().map(kind).collect(),
            variadic: fixed.is_some(),
        }
    }

    /// This signature with [`Kind::Real`] made the type that a name's suffix says.
    #[must_use]
    pub fn at(&self, width: Width) -> Self {
        let real = match width {
            Width::Single => Kind::Float,
            Width::Double => Kind::Double,
            Width::Long => Kind::LongDouble,
            Width::Any | Width::Half | Width::Quad => Kind::Real,
        };
        let at = |kind| if kind == Kind::Real { real } else { kind };
        Self {
            ret: at(self.ret),
            args: self.args.iter().copied().map(at).collect(),
            variadic: self.variadic,
        }
    }

    /// True when a call with these kinds, read off IR types, can be a call of this function.
    pub fn accepts(&self, ret: Kind, args: &[Kind]) -> bool {
        (args.len() == self.args.len() || self.variadic && args.len() >= self.args.len())
            && self.accepts_prefix(ret, &args[..self.args.len()])
    }

    pub(crate) fn accepts_prefix(&self, ret: Kind, args: &[Kind]) -> bool {
        self.ret.accepts(ret)
            && args.len() == self.args.len()
            && self
                .args
                .iter()
                .zip(args)
                .all(|(want, &is)| want.accepts(is))
    }
}
