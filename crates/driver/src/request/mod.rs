//! Requests: the calls by which a user asks for a derivative.
//!
//! [`parse`] turns the operands of such a call into a [`Request`]. It works on
//! summaries of types and operands, so the whole grammar is tested without LLVM; `crate::locate`
//! makes the summaries from a module.
//!
//! ```text
//! __enzyme_autodiff(f, enzyme_dup, p, dp, enzyme_const, n)
//!   → Request { args: [Dup operand 2 shadow 3, Const operand 5], ret: Active, .. }
//! ```

mod arguments;
pub mod batch;
mod call_level;
pub mod entry;
pub mod grammar;
#[cfg(test)]
mod grammar_tests;
pub mod marker;
pub mod shape;
mod split;

pub use batch::{Batch, Input, parse_batch};
pub use entry::Entry;
pub use grammar::{Operand, Primal, parse};
pub use marker::Marker;
pub use shape::Shape;

/// Operand index in the request's call.
pub type OperandIndex = usize;

/// What an argument carries, as written or by default.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Activity {
    /// Inactive.
    Const,
    /// Active by value.
    Out,
    /// A shadow follows.
    Dup,
    /// A shadow follows; the primal result stored through it is not needed.
    DupNoNeed,
}

/// Where an argument's shadow comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shadow {
    /// There is none.
    None,
    /// One operand for each direction.
    Lanes(Vec<OperandIndex>),
    /// One pointer; the shadow of direction `i` lies `i · stride` bytes further.
    Strided {
        /// The pointer to that of direction 0.
        pointer: OperandIndex,
        /// The stride in bytes.
        stride: OperandIndex,
    },
}

/// One argument of the primal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Argument {
    /// The operand that holds the primal value.
    pub operand: OperandIndex,
    /// Its activity.
    pub activity: Activity,
    /// Its shadow.
    pub shadow: Shadow,
    /// Its memory does not change between the augmented forward and the reverse pass.
    pub not_overwritten: bool,
    /// The operand points to a value of so many bytes.
    pub by_reference: Option<u64>,
}

/// What the primal's result carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Return {
    /// Inactive or no result.
    Const,
    /// Active by value.
    Active,
    /// Duplicated.
    Dup,
}

/// How the tape of a split derivative travels.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TapeOperands {
    /// User storage of so many bytes.
    pub allocated: Option<u64>,
    /// Where the tape is stored or loaded, or the trailing tape operand.
    pub operand: Option<OperandIndex>,
    /// The operand came after `enzyme_tape`, so it is an address.
    pub marked: bool,
    /// The storage is kept after the reverse pass.
    pub no_free: bool,
}

/// The seed of a reverse pass: the adjoint of the primal's result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seed {
    /// One operand, or one for each field of a struct.
    pub operands: Vec<OperandIndex>,
    /// The operand points to a value of so many bytes.
    pub by_reference: Option<u64>,
}

/// A parsed request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// The entry point.
    pub entry: Entry,
    /// Directions carried at once.
    pub width: u32,
    /// One entry for each parameter of the primal that has an operand (all but its `sret`).
    pub args: Vec<Argument>,
    /// The result's activity.
    pub ret: Return,
    /// The primal result is wanted too.
    pub primal_return: bool,
    /// Split mode: the augmented forward pass does not return the primal result.
    pub no_return: bool,
    /// Reverse modes, primal with `sret`: the shadow of the returned struct for each direction.
    pub sret_shadows: Vec<OperandIndex>,
    /// Reverse pass of split mode: the seed; without one it is 1.
    pub seed: Option<Seed>,
    /// Split modes: the tape.
    pub tape: TapeOperands,
    /// A shadow equal to its primal means inactive.
    pub runtime_activity: bool,
    /// A zero adjoint times infinity is zero.
    pub strong_zero: bool,
    /// Bytes that the tape may take.
    pub budget: Option<u64>,
    /// The gradient allocates no memory.
    pub no_alloc: bool,
    /// What loses derivatives by the convention's rules, as warnings for the user.
    pub warnings: Vec<rz_diag::Diagnostic>,
}
