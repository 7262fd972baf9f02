//! Refusals and warnings: what no step understands, and how the user hears of it.

use super::Lowering;
use crate::coerced;
use crate::goto;
use crate::hints;
use crate::locate::{self, Site, user_name};
use crate::register;
use crate::replace::Bound;
use crate::request::Return;
use crate::stop;
use crate::values::position;
use rz_diag::{Code, Diagnostic, Position, Result, Severity};
use rz_llvm::{Function, Opcode};

impl Lowering<'_> {
    /// Reports why a request is refused; true when the program is told instead, at run time.
    pub(super) fn refuse(
        &mut self,
        function: Function,
        site: Site,
        error: Box<Diagnostic>,
    ) -> bool {
        let waits = matches!(
            error.code,
            Code::UnresolvedFunction | Code::NoBody | Code::UnknownFunction
        );
        if self.pre_link && waits {
            self.left += 1;
            return false;
        }
        let here = position(site.call);
        let mut error = locate::with_user_names(error);
        if let (Some(at), Some(here)) = (&error.position, &here)
            && (at.file != here.file || at.line != here.line)
        {
            let request = format!("the request is at {}:{}", here.file, here.line);
            error = error.note(request);
        }
        let mut error = error.at(here);
        let at_run_time =
            (self.options_of(function, false)).is_ok_and(|options| options.runtime_error);
        if at_run_time {
            error.severity = Severity::Warning;
            stop::stop(site, &error);
            self.changed = true;
        }
        self.reports.send(function, &error);
        at_run_time
    }

    pub(super) fn warn(&mut self, bound: &Bound, target: Function) {
        let function = bound.site.call.function();
        let here = position(bound.site.call);
        let about_struct = coerced::warning(bound.site.call, &user_name(target)).map(|w| *w);
        for warning in bound.request.warnings.iter().chain(&about_struct) {
            self.reports
                .send(function, &Box::new(warning.clone()).at(here.clone()));
        }
        // The clone is internal; what counts is the function it was made from.
        let original = self.module.function(&user_name(target)).unwrap_or(target);
        if original.value().is_interposable() {
            let mut warning = Diagnostic::error(
                Code::Interposable,
                format!(
                    "`{}` may be replaced at link time; the derivative is that of the definition in this file",
                    user_name(target)
                ),
            )
            .fix("define it without `weak`");
            warning.severity = Severity::Warning;
            self.reports.send(function, &warning.at(here));
        }
    }

    pub(super) fn warn_undefined(
        &mut self,
        bound: &Bound,
        function: Function,
        here: Option<Position>,
    ) {
        if bound.request.ret == Return::Const && bound.primal.return_type().is_void() {
            return;
        }
        let mut warning = Diagnostic::error(
            Code::LostDerivative,
            format!(
                "{} of `{}` returns nothing, but the request is declared to return a value",
                bound.request.entry.stem(),
                user_name(bound.primal)
            ),
        )
        .fix("declare the request to return void; its value is zero");
        warning.severity = Severity::Warning;
        self.reports.send(function, &warning.at(here));
    }
}

/// Refuses what no step understands.
pub(super) fn check(function: Function) -> Result<()> {
    refuse_shapes(function)?;
    hints::check(function)?;
    register::attributes::check(function)
}

/// Refuses functions whose control flow no step understands.
fn refuse_shapes(function: Function) -> Result<()> {
    for inst in function.instructions() {
        let (what, code, fix) = match inst.opcode() {
            Some(opcode) if opcode == Opcode::IndirectBr || goto::is_unknown(inst) => (
                "computed gotos over labels that are kept in memory",
                Code::UnsupportedInstruction,
                "keep the labels in a constant table, or use a switch",
            ),
            Some(Opcode::Call | Opcode::Invoke) if inst.call_has_attribute("returns_twice") => (
                "setjmp or another function that returns twice",
                Code::ReturnsTwice,
                "report failure through a result instead, or differentiate a function that does not jump",
            ),
            Some(Opcode::CallBr) => (
                "`asm goto`",
                Code::InlineAssembly,
                "move the assembly to a function that is marked inactive",
            ),
            _ => continue,
        };
        return Err(
            Diagnostic::error(code, format!("`{}` uses {what}", user_name(function)))
                .at(position(inst))
                .fix(fix),
        );
    }
    Ok(())
}
