//! Shadows that are passed by value.
//!
//! C passes a large struct by value as a `byval` pointer, and the convention lets users write the
//! shadow of one in the same way: what flows into it arrives in the caller's own object. `byval` tells
//! the optimizer that the call leaves that object alone, so it comes off before the host simplifies.
//!
//! ```text
//! call void @__enzyme_autodiff(ptr @f, ptr byval(%S) %s, ptr byval(%S) %ds)
//! →                                    ptr byval(%S) %s, ptr %ds
//! ```

use crate::locate::{self, Site};
use crate::request::{Shadow, parse};
use crate::values::callee;
use rz_llvm::{Function, Place};

/// Takes `byval` off the shadows of a request that differentiates `target`.
pub(crate) fn expose_shadows(site: Site, target: Function) {
    let count = site.call.arg_count();
    if !(0..count).any(|index| site.call.arg_byval(index).is_some()) {
        return;
    }
    let first = site.function_operand() as usize + 1;
    let parsed = parse(
        site.entry,
        &locate::primal(target),
        &locate::operands(site),
        first,
    );
    // What is wrong with a request is reported where it is lowered.
    let Ok(request) = parsed else { return };
    for argument in &request.args {
        let Shadow::Lanes(lanes) = &argument.shadow else {
            continue;
        };
        for &lane in lanes {
            let place = Place::Param(lane as u32);
            if site.call.arg_byval(lane as u32).is_none() {
                continue;
            }
            site.call.remove_call_attribute(place, "byval");
            if let Some(callee) = callee(site.call) {
                callee.remove_attribute(place, "byval");
            }
        }
    }
}
