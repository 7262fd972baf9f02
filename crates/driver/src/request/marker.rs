//! The markers of the convention.
//!
//! Names are compared exactly once the prefix `enzyme_` was seen, so a misspelled marker is an
//! error and never an argument.

/// A marker operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Marker {
    /// Activity of the next argument: inactive.
    Const,
    /// Activity of the next argument: active by value.
    Out,
    /// Activity of the next argument: a shadow follows.
    Dup,
    /// As `Dup`; the primal result stored through it is not needed.
    DupNoNeed,
    /// As `Dup` with one pointer and a byte stride for all lanes.
    DupV,
    /// As `DupNoNeed` with one pointer and a byte stride for all lanes.
    DupNoNeedV,
    /// The argument's memory does not change before the reverse pass.
    NotOverwritten,
    /// The next operand points to the value; its size follows.
    ByRef,
    /// Vector width; a constant follows.
    Width,
    /// Shadows come after all primals.
    Interleave,
    /// The primal result is returned too.
    PrimalReturn,
    /// `augmentfwd` does not return the primal result.
    NoReturn,
    /// The return is inactive.
    ConstReturn,
    /// The return is active by value.
    ActiveReturn,
    /// The return is duplicated.
    DupReturn,
    /// The tape is user storage; its size follows.
    Allocated,
    /// Where the tape is stored; a pointer follows.
    Tape,
    /// The tape's memory is not freed.
    NoFree,
    /// Equal primal and shadow pointers mean inactive.
    RuntimeActivity,
    /// Zero times infinity is zero.
    StrongZero,
    /// A marker of probabilistic programming; so many operands follow.
    Trace(u32),
    /// Bytes that the tape may take; a constant follows.
    TapeBudget,
    /// The gradient allocates no memory.
    NoAlloc,
    /// `__enzyme_batch`: a value for each input.
    Vector,
    /// `__enzyme_batch`: one value for all inputs.
    Scalar,
    /// `__enzyme_batch`: one pointer for all inputs; a byte stride follows.
    Buffer,
}

/// Every marker by its exact name: the convention's, the names of its first years, and our own.
pub const MARKERS: [(&str, Marker); 36] = [
    ("enzyme_const", Marker::Const),
    ("enzyme_out", Marker::Out),
    ("enzyme_dup", Marker::Dup),
    ("enzyme_dupnoneed", Marker::DupNoNeed),
    ("enzyme_dupv", Marker::DupV),
    ("enzyme_dupnoneedv", Marker::DupNoNeedV),
    ("enzyme_not_overwritten", Marker::NotOverwritten),
    ("enzyme_byref", Marker::ByRef),
    ("enzyme_width", Marker::Width),
    ("enzyme_interleave", Marker::Interleave),
    ("enzyme_primal_return", Marker::PrimalReturn),
    ("enzyme_noret", Marker::NoReturn),
    ("enzyme_const_return", Marker::ConstReturn),
    ("enzyme_active_return", Marker::ActiveReturn),
    ("enzyme_dup_return", Marker::DupReturn),
    ("enzyme_allocated", Marker::Allocated),
    ("enzyme_tape", Marker::Tape),
    ("enzyme_nofree", Marker::NoFree),
    ("enzyme_runtime_activity", Marker::RuntimeActivity),
    ("enzyme_strong_zero", Marker::StrongZero),
    ("enzyme_interface", Marker::Trace(1)),
    ("enzyme_trace", Marker::Trace(1)),
    ("enzyme_duptrace", Marker::Trace(1)),
    ("enzyme_likelihood", Marker::Trace(1)),
    ("enzyme_observations", Marker::Trace(1)),
    ("enzyme_duplikelihood", Marker::Trace(2)),
    ("enzyme_active_rand_var", Marker::Trace(1)),
    ("enzyme_vector", Marker::Vector),
    ("enzyme_scalar", Marker::Scalar),
    ("enzyme_buffer", Marker::Buffer),
    ("diffe_const", Marker::Const),
    ("diffe_out", Marker::Out),
    ("diffe_dup", Marker::Dup),
    ("diffe_dupnoneed", Marker::DupNoNeed),
    ("ribozyme_tape_budget", Marker::TapeBudget),
    ("ribozyme_no_alloc", Marker::NoAlloc),
];

/// The prefixes that make an operand a marker.
const PREFIXES: [&str; 2] = ["enzyme_", "ribozyme_"];

impl Marker {
    /// True when an operand of this name is meant as a marker, spelled right or wrong.
    pub fn is_meant(name: &str) -> bool {
        let meant = |prefix: &&str| name.starts_with(prefix);
        PREFIXES.iter().any(meant) || Self::of(name).is_some()
    }

    /// The marker of this exact name.
    pub fn of(name: &str) -> Option<Self> {
        MARKERS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|&(_, marker)| marker)
    }

    /// How many operands follow a marker that is about the whole call; `None` for others.
    pub fn call_level(self) -> Option<usize> {
        match self {
            Self::PrimalReturn
            | Self::NoReturn
            | Self::ConstReturn
            | Self::ActiveReturn
            | Self::DupReturn
            | Self::NoFree
            | Self::RuntimeActivity
            | Self::StrongZero
            | Self::NoAlloc => Some(0),
            Self::TapeBudget | Self::Width | Self::Allocated | Self::Tape => Some(1),
            Self::Trace(operands) => Some(operands as usize),
            Self::Const
            | Self::Out
            | Self::Dup
            | Self::DupNoNeed
            | Self::DupV
            | Self::DupNoNeedV
            | Self::NotOverwritten
            | Self::ByRef
            | Self::Interleave
            | Self::Vector
            | Self::Scalar
            | Self::Buffer => None,
        }
    }

    /// The known name closest to a misspelled one, for the fix.
    pub fn closest(name: &str) -> Option<&'static str> {
        MARKERS
            .iter()
            .map(|&(known, _)| (distance(name, known), known))
            .min()
            .filter(|&(distance, _)| distance <= 3)
            .map(|(_, known)| known)
    }
}

/// Levenshtein distance, one row at a time.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replace = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replace.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::Marker;

    #[test]
    fn names_are_exact() {
        assert_eq!(Marker::of("enzyme_dup"), Some(Marker::Dup));
        assert_eq!(Marker::of("enzyme_dup_"), None);
        assert_eq!(Marker::of("enzyme_foo"), None);
        assert_eq!(Marker::of("diffe_out"), Some(Marker::Out));
        assert!(Marker::is_meant("enzyme_foo"));
        assert!(Marker::is_meant("diffe_dup"));
        assert!(!Marker::is_meant("diffe_width"));
        assert_eq!(Marker::closest("enzyme_dup_"), Some("enzyme_dup"));
        assert_eq!(Marker::closest("enzyme_konst"), Some("enzyme_const"));
        assert!(Marker::is_meant("ribozyme_budget"));
        assert_eq!(
            Marker::closest("ribozyme_noalloc"),
            Some("ribozyme_no_alloc")
        );
        assert_eq!(Marker::closest("enzyme_something_else"), None);
    }
}
