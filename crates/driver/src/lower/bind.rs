//! What one request asks for, checked.

use super::Lowering;
use crate::locate::{self, Site, user_name};
use crate::options::Options;
use crate::replace::Bound;
use crate::request::{Entry, parse};
use crate::resolve;
use rz_diag::{Code, Diagnostic, Result};
use rz_llvm::Function;

impl Lowering<'_> {
    /// The function to differentiate, checked.
    pub(super) fn target(&self, site: Site) -> Result<Function> {
        if !site.entry.is_supported() {
            return Err(Diagnostic::error(
                Code::NotSupportedYet,
                format!("{} is not supported yet", site.entry.stem()),
            )
            .fix(site.entry.instead()));
        }
        let index = site.function_operand();
        if index >= site.call.arg_count() {
            return Err(Diagnostic::error(
                Code::TooFewArguments,
                format!("too few arguments: {} needs a function", site.entry.stem()),
            )
            .fix("pass the function to differentiate first"));
        }
        let targets = resolve::functions(self.module, site.call.operand(index))?;
        let &[target] = targets.as_slice() else {
            return Err(Diagnostic::error(
                Code::UnresolvedFunction,
                "cannot determine which function to differentiate",
            )
            .fix("pass the function by name"));
        };
        if target.is_declaration() {
            return Err(Diagnostic::error(
                Code::NoBody,
                format!(
                    "the body of `{}` is not available",
                    user_name(target)
                ),
            )
            .note("only its declaration is known where the derivative is requested")
            .fix("define it in the same file, or compile both files with -flto=full and load the plugin in the linker too (`ribozyme cc -flto` does both)"));
        }
        if target.ty().is_varargs() {
            return Err(Diagnostic::error(
                Code::Varargs,
                format!(
                    "`{}` takes a variable number of arguments",
                    user_name(target)
                ),
            )
            .fix("differentiate a function with a fixed parameter list that calls it"));
        }
        Ok(target)
    }

    /// What `site` asks for of `target`, checked.
    pub(super) fn bind(&self, site: Site, target: Function, options: &Options) -> Result<Bound> {
        let first = site.function_operand() as usize + 1;
        let operands = locate::operands(site);
        let mut request = parse(site.entry, &locate::primal(target), &operands, first)?;
        request.runtime_activity |= options.runtime_activity;
        request.strong_zero |= options.strong_zero;
        if site.entry == Entry::Autodiff {
            // Snapshots cannot be differentiated, so inner gradients have them only if they ask for them.
            let inner = locate::held_name(site.call.function()).is_some();
            let general = options.tape_budget.filter(|_| !inner);
            request.budget = request.budget.or(general);
            request.no_alloc |= options.no_alloc;
        }
        let bound = Bound {
            site,
            request,
            primal: target,
            recorded: false,
            again: self.is_again(),
            halves: self.halves,
        };
        bound.check(&bound.wish())?;
        Ok(bound)
    }
}
