//! Run cases: C programs whose gradients are judged by oracles that share nothing with the compiler.
//!
//! A case is one file in `files/run`, written in the common subset of `include/case.h`, with its arguments
//! declared in its leading `//!` lines ([`spec`]). From it come three drivers ([`driver`]): the same program as
//! C++ over dual numbers (exact), as plain C (central differences), and as C with the plugin. The first
//! two run once a case and are cached by the hash of everything they are made of; the third runs at
//! every level ([`case`]). A fourth compares vector width with one direction at a time (`width`), at one level a case.
//!
//! Invariant: the oracle never sees the plugin, and the harness never trusts a result that no line
//! of the driver's report backs (a run that prints nothing fails).

pub mod case;
pub mod driver;
mod mains;
pub mod numbers;
pub mod second;
pub mod spec;
mod split;
pub mod toolchain;
mod width;
