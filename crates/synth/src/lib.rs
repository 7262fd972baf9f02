//! Writes plans as LLVM IR. The only crate that writes derivatives; it decides nothing.
//!
//! * [`custom`]: derivatives that users registered.
//! * [`emit`]: derivative rules as IR, shared by all modes.
//! * [`directions`]: vector width, shared by all modes.
//! * [`escaping`]: split derivatives that users call, and the tapes they own.
//! * [`forward`]: tangents carried along with the primal.
//! * [`reverse`]: combined, augmented-forward and reverse functions.
//! * [`batch`]: several inputs at once, no derivative.
//! * [`runtime`]: what a gradient needs at run time, emitted into the module; `runtime_chunks`: how arenas grow; `runtime_log`: logs of primal runs.
//! * [`shadow`], `table`: shadows of constants, functions above all.
//! * [`attributes`]: what generated functions may claim.

pub mod attributes;
pub mod batch;
pub mod custom;
pub mod directions;
pub mod emit;
pub mod escaping;
pub mod forward;
mod globals;
mod pages;
mod records;
pub mod reverse;
mod room;
pub mod runtime;
mod runtime_chunks;
mod runtime_log;
mod runtime_snapshots;
mod scaffold;
mod scopes;
pub mod session;
pub mod shadow;
pub mod signature;
mod table;

pub use emit::IrEmit;
pub use escaping::{Escaping, EscapingTape};
pub use forward::TANGENT;
pub use runtime_log::LOG_HEAD;
pub use session::{Flags, Session};
pub use signature::Form;
