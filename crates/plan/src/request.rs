//! What a derivative is: the key under which derivatives are memoized.
//!
//! A derivative is identified by everything that changes the code written for it: the function,
//! the mode, what each argument and the result carry, what the caller needs back, and what may be
//! overwritten before the reverse pass runs.

use rz_view::Func;

/// Which code is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mode {
    /// Tangent: derivative carried along with the primal.
    Forward,
    /// Primal and adjoint in one function.
    Combined,
    /// Split: an augmented primal that returns a tape and a reverse function that takes it.
    Split,
}

/// What an argument carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ArgActivity {
    /// No derivative, no shadow.
    Const,
    /// Active by value; its adjoint is returned (reverse modes only).
    Out,
    /// A shadow follows: shadow memory for pointers, a tangent in forward mode.
    Dup,
    /// As [`ArgActivity::Dup`]; what the primal stores through it is not needed.
    DupNoNeed,
}

impl ArgActivity {
    /// True when a shadow argument follows.
    pub fn has_shadow(self) -> bool {
        matches!(self, Self::Dup | Self::DupNoNeed)
    }
}

/// What the result carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RetActivity {
    /// No derivative.
    Const,
    /// Active by value: seeded in reverse modes, returned as a tangent in forward mode.
    Active,
    /// A pointer returned together with its shadow.
    Dup,
    /// Pointers and active floats: returned together with its shadow, and seeded. Only between
    /// internal derivatives.
    Both,
}

impl RetActivity {
    /// True when the shadow of the result is returned (reverse modes).
    pub fn has_shadow(self) -> bool {
        matches!(self, Self::Dup | Self::Both)
    }

    /// True when the adjoint of the result is given (reverse modes).
    pub fn has_seed(self) -> bool {
        matches!(self, Self::Active | Self::Both)
    }
}

/// What a caller knows about the arguments of a derivative that is called from another.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Caller {
    /// Types of the arguments and the result.
    pub types: rz_analysis::types::Context,
    /// Activity of the arguments.
    pub args: Vec<rz_analysis::activity::ArgState>,
}

/// A request for one derivative.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Derivative {
    /// The primal.
    pub func: Func,
    /// Which code.
    pub mode: Mode,
    /// One entry per parameter.
    pub args: Vec<ArgActivity>,
    /// The result.
    pub ret: RetActivity,
    /// The primal result is wanted as well.
    pub primal_return: bool,
    /// Derivatives carried at once (1 is scalar).
    pub width: u32,
    /// Per parameter: memory reachable from it may be overwritten before the reverse pass runs.
    /// All false for a combined derivative at the root.
    pub overwritten: Vec<bool>,
    /// Memory not reachable from parameters (globals) may be overwritten before the reverse pass.
    pub globals_overwritten: bool,
    /// The tape escapes to a caller outside, who may run the reverse part on it several times.
    pub repeatable: bool,
    /// For a derivative called from another: what the caller knows. `None` for a request.
    pub caller: Option<std::rc::Rc<Caller>>,
}
