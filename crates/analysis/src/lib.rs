//! Type and activity analysis.
//!
//! * [`types`]: what each byte of each value and of memory holds.
//! * `flow`: what bytes may hold of which types are not known.
//! * [`activity`]: which values, memory and instructions can carry a derivative, and why.

pub mod activity;
pub mod callee;
mod components;
mod divisor;
mod flow;
mod taken;
pub mod types;

pub use divisor::divisor;
