//! The entry points of the convention and how a call is recognized as one of them.
//!
//! A request is recognized by *containment*: the called function's name contains a stem. That
//! covers C suffixes, C++ mangling, namespaces and Fortran underscores without a rule for any of
//! them. Stems are tried in table order and the first that matches wins.

/// An entry point.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Entry {
    /// Reverse mode, primal and gradient in one call.
    Autodiff,
    /// Forward mode.
    ForwardDiff,
    /// Forward mode propagating rounding error bounds.
    ErrorEstimate,
    /// Forward mode that reads a tape.
    ForwardSplit,
    /// Split reverse mode, augmented forward pass.
    AugmentForward,
    /// Tape size in bytes as a constant.
    AugmentSize,
    /// Split reverse mode, reverse pass.
    Reverse,
    /// Shadow of a function, virtual table or constant.
    VirtualReverse,
    /// Several inputs at once, no derivative.
    Batch,
    /// Function with floats narrowed in memory.
    TruncateMemFunc,
    /// Function with each operation narrowed.
    TruncateOpFunc,
    /// Narrows one value.
    TruncateMemValue,
    /// Widens one value.
    ExpandMemValue,
    /// Log-likelihood of a probabilistic program.
    Likelihood,
    /// Trace of a probabilistic program.
    Trace,
    /// Conditioning of a probabilistic program.
    Condition,
    /// Memory that is dense to look at and sparse in fact.
    ToDense,
    /// The same, lowered later.
    PostToDense,
}

/// Stems in the order in which they are tried.
pub const STEMS: [(&str, Entry); 18] = [
    ("__enzyme_autodiff", Entry::Autodiff),
    ("__enzyme_fwddiff", Entry::ForwardDiff),
    ("__enzyme_error_estimate", Entry::ErrorEstimate),
    ("__enzyme_fwdsplit", Entry::ForwardSplit),
    ("__enzyme_augmentfwd", Entry::AugmentForward),
    ("__enzyme_augmentsize", Entry::AugmentSize),
    ("__enzyme_reverse", Entry::Reverse),
    ("__enzyme_virtualreverse", Entry::VirtualReverse),
    ("__enzyme_batch", Entry::Batch),
    ("__enzyme_truncate_mem_func", Entry::TruncateMemFunc),
    ("__enzyme_truncate_op_func", Entry::TruncateOpFunc),
    ("__enzyme_truncate_mem_value", Entry::TruncateMemValue),
    ("__enzyme_expand_mem_value", Entry::ExpandMemValue),
    ("__enzyme_likelihood", Entry::Likelihood),
    ("__enzyme_trace", Entry::Trace),
    ("__enzyme_condition", Entry::Condition),
    ("__enzyme_todense", Entry::ToDense),
    ("__enzyme_post_sparse_todense", Entry::PostToDense),
];

impl Entry {
    /// The entry point a function of this name is, if any.
    pub fn of(name: &str) -> Option<Self> {
        // Nearly every name is rejected by the first test.
        if !name.contains("__enzyme_") {
            return None;
        }
        STEMS
            .iter()
            .find(|(stem, _)| name.contains(stem))
            .map(|&(_, entry)| entry)
    }

    /// The stem, for messages.
    pub fn stem(self) -> &'static str {
        STEMS
            .iter()
            .find(|&&(_, entry)| entry == self)
            .map_or("", |&(stem, _)| stem)
    }

    /// True for the modes in which a float argument carries a tangent instead of an adjoint.
    pub fn is_forward(self) -> bool {
        matches!(
            self,
            Self::ForwardDiff | Self::ErrorEstimate | Self::ForwardSplit
        )
    }

    /// True for the entry points that can be lowered today.
    pub fn is_supported(self) -> bool {
        self.differentiates() || self == Self::Batch
    }

    /// True for the supported entry points that take a derivative of their function.
    pub fn differentiates(self) -> bool {
        matches!(
            self,
            Self::Autodiff
                | Self::ForwardDiff
                | Self::AugmentForward
                | Self::AugmentSize
                | Self::Reverse
                | Self::ForwardSplit
        )
    }

    /// What to do instead of a request that is not supported.
    pub fn instead(self) -> &'static str {
        match self {
            Self::ErrorEstimate => {
                "take the derivative with __enzyme_fwddiff and multiply it with the error of the input"
            }
            Self::TruncateMemFunc | Self::TruncateOpFunc => {
                "write the function a second time in the narrower type"
            }
            Self::ToDense | Self::PostToDense => {
                "take the derivative in memory of full size, or several directions at once"
            }
            Self::TruncateMemValue | Self::ExpandMemValue => "convert the value with a cast",
            _ => "use __enzyme_autodiff or __enzyme_fwddiff",
        }
    }

    /// True for the entry points whose derivative is in two parts with a tape between them.
    pub fn is_split(self) -> bool {
        matches!(
            self,
            Self::AugmentForward | Self::AugmentSize | Self::Reverse | Self::ForwardSplit
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Entry;

    #[test]
    fn containment_covers_every_spelling() {
        for name in [
            "__enzyme_autodiff",
            "__enzyme_autodiff2",
            "_Z17__enzyme_autodiffPvz",
            "_Z17__enzyme_autodiffIdJPFddEdEET_DpT0_",
            "_ZN2ns17__enzyme_autodiffEPvz",
            "square__enzyme_autodiff_",
            "my__enzyme_autodiff_foo_",
        ] {
            assert_eq!(Entry::of(name), Some(Entry::Autodiff), "{name}");
        }
        assert_eq!(Entry::of("__enzyme_fwddiff_2"), Some(Entry::ForwardDiff));
        assert_eq!(Entry::of("__enzyme_fwdsplit"), Some(Entry::ForwardSplit));
        assert_eq!(Entry::of("enzyme_autodiff"), None);
        assert_eq!(Entry::of("__enzyme_double"), None);
    }

    #[test]
    fn table_order_decides() {
        assert_eq!(
            Entry::of("__enzyme_reverse__enzyme_autodiff"),
            Some(Entry::Autodiff)
        );
    }
}
