//! Derivative rules and known functions: one table of ordinary Rust.
//!
//! A *row* states one operation: its names, documentation, the box its self-test samples, its
//! primal, and its partial derivatives, written once as ordinary expressions over a recording
//! number. Recording turns them into a hash-consed [`Dag`]; everything else is an interpreter of
//! that DAG: adjoints and tangents for any [`Emit`], the operands the reverse pass must keep
//! ([`Rule::needs`]), numeric evaluation ([`Eval`]), the documentation page ([`mod@doc`]).
//!
//! Invariants, each held by a test:
//! - every partial agrees with central differences of the row's independent primal over its domain;
//! - adjoint and tangent of a row are transposes of each other;
//! - every special point of a row is pinned;
//! - partials use only functions that have a row or a [`Helper`] body themselves;
//! - no name belongs to two rows, or to a row and to [`known`].
//!
//! This crate knows nothing about LLVM or about the view: operands are numbers, values are the
//! emitter's.
//!
//! # Adding a row
//!
//! Write it in the topic file under `src/rows/` it belongs to; no other file changes.
//!
//! ```text
//! /// Inverse hyperbolic tangent.                        documentation
//! atanh(x: Real) -> y                                    operands and the result's name
//! names [C("atanh")]                                     atanh, atanhf, atanhl, …
//! primal |x| x.atanh();                                  over f64, from an independent library
//! domain [[-0.9..0.9]]                                   boxes away from kinks, one range an operand
//! partials [1.0 / ((1.0 - x) * (1.0 + x))]               one per real operand
//! special [ieee(&[1.0], &[INF], "a pole")]               operands, partials there, the reason
//! ```
//!
//! Name the result in a partial where that spares the operand or a call. Write
//! `pick(condition, a, b)` outermost: scaling distributes over it. The self-tests then cover the
//! row; run `cargo test -p rz-rules`.
//!
//! # Example
//!
//! ```
//! use rz_rules::{Eval, rule};
//! let fmul = rule("fmul").unwrap();
//! assert_eq!(fmul.needs(0b01).operands, 0b10); // only x active: keep y
//! let (x, y, seed) = (3.0, 5.0, 2.0);
//! let adjoint = fmul.adjoint(&mut Eval, &[None, Some(y)], None, seed, 0);
//! assert_eq!(adjoint, Some(10.0));
//! # let _ = x;
//! assert!(rule("my_sin").is_none());
//! ```

pub mod complex;
mod complex64;
pub mod dag;
pub mod doc;
pub mod emit;
pub mod eval;
pub mod fun;
pub mod helper;
pub mod known;
pub mod names;
mod numeric;
pub mod record;
pub mod row;
mod rows;
pub mod rule;
pub mod sample;
pub mod signature;

pub use dag::{Arith, Cmp, Dag, Expr, Node};
pub use emit::{Emission, Emit};
pub use eval::Eval;
pub use fun::{Constant, Fun, Source};
pub use helper::{Helper, helper, helpers};
pub use names::{Form, Width, base_name};
pub use row::{Operand, Output, Place, Policy, Special, Spelling};
pub use rule::{Match, Needs, Rule, lookup, named, rule, rules};
pub use sample::Sampler;
pub use signature::{Kind, Signature};
