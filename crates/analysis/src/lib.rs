//! Type and activity analysis.
//!
//! * [`types`]: what each byte of each value and of memory holds.
//! * [`activity`]: which values, memory and instructions can carry a derivative, and why.

pub mod activity;
pub mod callee;
mod taken;
pub mod types;
