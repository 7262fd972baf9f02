//! Calls through pointers that the host leaves alone.
//!
//! Where the host finds out what a pointer holds, it calls the original, takes it in, and knows nothing of what a
//! clone hides: where the original compares floats for equality, the derivative is lost.
//!
//! ```text
//! double cube(double x) { return x == 1 ? x * x * x : 0; }
//! apply(cube, x)                                    x = 1 is known where x * x * x is:  1
//! ```
//!
//! So if any function whose address clones take hides compares, calls through pointers are not taken in while the
//! host simplifies. Calls that have become direct by then go to clones, and are taken in afterwards
//! ([`crate::outline`]).

use crate::compares;
use crate::dispatch::is_through_pointer;
use crate::hold::reach;
use crate::kept;
use rz_llvm::{Attribute, Function, Place, Value};
use rz_plan::Mode;

/// Attribute of calls that are marked here.
const THROUGH: &str = "ribozyme-through";
const NOINLINE: &str = "noinline";

/// Marks the calls through pointers in `clones`, if it matters.
pub(crate) fn keep(clones: &[Function]) {
    let hides = |clone: &Function| {
        let reached = reach(*clone, Mode::Forward);
        kept::is_uncalled(*clone) && reached.into_iter().any(compares::hides)
    };
    if !clones.iter().any(hides) {
        return;
    }
    for clone in clones {
        for call in clone.instructions() {
            if is_through_pointer(call)
                && !call.call_has_attribute(NOINLINE)
                && let Some(noinline) = Attribute::named(clone.context(), NOINLINE, 0)
            {
                call.add_call_attribute(Place::Function, noinline);
                let ours = Attribute::string(clone.context(), THROUGH, "");
                call.add_call_attribute(Place::Function, ours);
            }
        }
    }
}

/// True for a call that was marked.
pub(crate) fn is_kept(call: Value) -> bool {
    let attributes = call.call_attributes(Place::Function);
    attributes
        .into_iter()
        .any(|a| a.is_string() && a.name() == THROUGH)
}

/// Takes the marks off.
pub(crate) fn release(clone: Function) {
    for call in clone.instructions() {
        if call.is_call() && is_kept(call) {
            call.remove_call_attribute(Place::Function, NOINLINE);
            call.remove_call_attribute(Place::Function, THROUGH);
        }
    }
}
