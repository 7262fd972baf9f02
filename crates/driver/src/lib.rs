//! Requests, holding, memo, pipeline, cleanup.
//!
//! The driver finds the calls by which users ask for derivatives, keeps what they reach
//! differentiable while the host simplifies, has the derivative written, and puts a call of it in
//! the request's place.
//!
//! ```text
//! request ──locate──▶ Site ──resolve──▶ primal ──parse──▶ Request ──hold, prepare──▶ clone
//!         ◀─────────────────────── replace ◀── generated function ◀── derive
//! ```
//!
//! * [`request`]: the grammar of the convention, without LLVM.
//! * [`options`]: every option, one row each.
//! * [`host`]: what happens at which extension point.
//!
//! This crate writes no derivative code: that is `rz-synth`'s.

mod addresses;
mod alike;
mod anew;
mod apart;
mod atomics;
mod batch;
mod byval;
mod canonical;
mod carry;
mod choice;
mod chosen;
mod cleanup;
mod coerced;
mod compares;
mod convert;
mod copies;
mod deliver;
mod derive;
mod dispatch;
mod early;
mod elements;
mod ends;
mod explain;
mod faint;
mod goto;
mod headers;
mod hints;
mod hold;
pub mod host;
mod indices;
mod irreducible;
mod jam;
mod kept;
mod kinds;
mod lanes;
mod late;
mod library;
mod locate;
mod lower;
mod members;
mod memory;
mod natural;
mod nests;
mod opaque;
pub mod options;
mod outline;
mod pairs;
mod panics;
mod passes;
mod pointers;
mod prepare;
mod record;
mod records;
mod register;
mod replace;
mod replay;
mod report;
pub mod request;
mod resolve;
mod retry;
mod ring;
mod split;
mod stop;
mod stored;
mod sweep;
mod targets;
mod through;
mod triangles;
mod turn;
mod unroll;
mod unwind;
mod used;
mod values;
mod variadic;
mod verified;
mod virtual_reverse;
mod zeros;
