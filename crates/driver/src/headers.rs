//! Functions that headers define, in code that the host does not simplify.
//!
//! What a container of the standard library does in one line is a chain of calls, each of a function of a line. By
//! itself such a function says nothing of the data it moves: `std::copy` of numbers is a `memmove` of bytes, whoever calls
//! it. A host that optimizes takes them into their callers, where the numbers are; here that is done for hosts that do not.
//!
//! ```text
//! std::vector<double> v(x, x + n);      ; at -O0: 14 functions
//! ```

use crate::cleanup::callees_first;
use crate::hold::{RAW, reach};
use crate::outline;
use crate::passes::Passes;
use crate::prepare;
use crate::unwind;
use rz_diag::Result;
use rz_llvm::{Attribute, Function, Linkage, Place};
use rz_plan::Mode;

/// Attribute of such clones.
const HEADER: &str = "ribozyme-header";

/// Marks `clone` where every file that uses `original` defines it.
pub(crate) fn mark(original: Function, clone: Function) {
    if matches!(
        original.linkage(),
        Linkage::LinkOnceOdr | Linkage::AvailableExternally
    ) {
        let mark = Attribute::string(clone.context(), HEADER, "");
        clone.add_attribute(Place::Function, mark);
    }
}

/// Says of a prepared clone that it stays a function, for what it would be taken into may have its shape already.
pub(crate) fn settle(clone: Function) {
    clone.remove_attribute(Place::Function, HEADER);
}

/// Takes them into what `primal` reaches, and simplifies that.
pub(crate) fn take_in(passes: &Passes, primal: Function, mode: Mode) -> Result<()> {
    let has = |function: Function, mark| function.attribute(Place::Function, mark).is_some();
    let reached = reach(primal, mode);
    if !reached.iter().any(|&f| has(f, HEADER)) {
        return Ok(());
    }
    // What cleans up after an exception belongs to the value where that is caught.
    let caught = reached.iter().any(|&f| unwind::goes_on(f));
    for caller in callees_first(&reached, &[primal]) {
        if has(caller, RAW) && !caught {
            prepare::leave(passes, caller)?;
        }
        let wanted = |_, callee| has(callee, HEADER) && outline::is_plain(callee);
        outline::inline_into(passes.analyses(), caller, wanted);
        prepare::simplify(passes, caller)?;
    }
    Ok(())
}
