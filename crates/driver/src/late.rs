//! What is done to generated functions when nothing is differentiated any more.
//!
//! Each of these steps makes loops that LLVM's vectorizer can take, and code that would be worse to differentiate:
//! copies of loops, numbers that cannot be computed again.
//!
//! * [`crate::jam`]: loops around sums do a few iterations at once. This comes first: it believes scopes of all
//!   iterations of outer loops, and those of [`crate::apart`] are of inner ones.
//! * [`crate::zeros`]: tangents that are zero in an iteration are stepped over.
//! * [`crate::ends`]: first and last iterations are taken from loops.
//! * [`crate::apart`]: loops have a copy for where what they touch lies apart.
//! * [`crate::turn`]: loops that go downwards are turned around where their order is free.
//! * [`crate::carry`], again: sums of neighbours that the two have made visible are carried in registers.
//! * [`crate::faint`]: loops have a copy for adjoints that are nearly zero. Its loops are made for no other step.
//! * [`crate::early`]: numbers for the next iteration are loaded before those of the last one are stored.
//! * [`crate::nests`]: outer counters that count down are hidden.

use crate::apart::separate;
use crate::carry::carry;
use crate::cleanup;
use crate::early::load_early;
use crate::ends::peel;
use crate::faint::keep_apart;
use crate::jam::jam;
use crate::nests::hide_counters;
use crate::options::Options;
use crate::passes::Passes;
use crate::turn::turn;
use crate::zeros::step_over;
use rz_diag::Result;
use rz_llvm::Function;

/// Prepares the loops of `function` for the vectorizer, as far as `options` want it.
pub(crate) fn widen(passes: &Passes, function: Function, options: &Options) -> Result<()> {
    let analyses = passes.analyses();
    let done = |stage: &str, changed: bool| -> Result<bool> {
        if changed {
            passes.check(function, stage)?;
        }
        Ok(changed)
    };
    if options.cleanup && analyses.has_loops(function) {
        let jammed = done("jam", options.jam && jam(analyses, function))?;
        done("zeros", options.zeros && step_over(analyses, function))?;
        let peeled = done("ends", options.ends && peel(analyses, function))?;
        let separated = done("apart", options.apart && separate(analyses, function))?;
        let any = jammed || peeled || separated;
        // Loops that nothing was done to are best left as they are.
        if any {
            done("turn", options.turn && turn(analyses, function))?;
            done("carry", options.carry && carry(analyses, function))?;
            cleanup::finish(passes, function)?;
        }
        done("faint", options.faint && keep_apart(analyses, function))?;
        done("early", options.early && load_early(analyses, function))?;
    }
    if done("nests", options.nests && hide_counters(function))? {
        analyses.invalidate(function);
    }
    Ok(())
}
