//! What happens at the extension points of a host.
//!
//! | point | action |
//! |---|---|
//! | start of the pipeline | hold what requests reach |
//! | after simplification | lower; before linking, leave what needs other files |
//! | start of full LTO | lower everything |
//! | pass `ribozyme` / `enzyme` | hold and lower |
//! | pass `preserve-nvvm` | read registrations, as every other point does first |
//!
//! Running more than once is harmless: a lowered module has no requests.

use crate::hints;
use crate::hold::Held;
use crate::locate;
use crate::lower::Lowering;
use crate::options::Options;
use crate::panics::guarded;
use crate::register;
use crate::report::Reports;
use crate::verified;
use rz_diag::Diagnostic;
use rz_llvm::plugin::{self, Family, Point, Site};
use rz_llvm::{Analyses, Function, Module, with_deep_stack};

/// Runs at one extension point; true when the module was changed.
pub fn run(analyses: Analyses, site: Site) -> bool {
    let module = analyses.module();
    let has_requests = locate::has_requests(module);
    let says = register::has_registrations(module) || hints::has_calls(module);
    if !has_requests && !says {
        return false;
    }
    // Reports need a function to belong to.
    let first = locate::requests(module).keys().next().copied();
    let Some(anchor) = first.or_else(|| module.functions().into_iter().next()) else {
        return false;
    };
    if first.is_none() {
        return guarded(|| without_requests(analyses, site)).unwrap_or(false);
    }
    let work = || {
        let mut reports = Reports::default();
        match options(&mut reports, anchor, site.point) {
            Some(options) if options.enable => {
                let acted = act(analyses, site, &options, anchor);
                if acted && options.verify {
                    verify(module);
                }
                acted
            }
            _ => false,
        }
    };
    let outcome = with_deep_stack(|| guarded(work));
    outcome.unwrap_or_else(|error| {
        Reports::default().send(anchor, &error);
        true
    })
}

/// Reports it if what was made of `module` is broken.
fn verify(module: Module) {
    // The first request may be gone by now, and its function with it.
    let mut functions = module.functions().into_iter();
    if let (Err(error), Some(first)) = (verified::module(module), functions.next()) {
        Reports::default().send(first, &error);
    }
}

/// A file without requests: others may differentiate its registered functions at link time, and
/// calls with a special meaning mean something all the same.
fn without_requests(analyses: Analyses, site: Site) -> bool {
    let module = analyses.module();
    match site.point {
        // Whether a link step follows is not known at the start.
        Point::Start => {
            register::read(module).changed | register::keep::hold(module) | hints::prepare(module)
        }
        Point::Early if site.phase.is_pre_link() => register::keep::hold_variables(module),
        Point::Early | Point::FullLto | Point::Named => {
            let mut errors = Vec::new();
            let erased = hints::erase(module, &mut errors);
            let mut reports = Reports::default();
            for (function, error) in errors {
                reports.send(function, &error);
            }
            erased | register::keep::release(module)
        }
        Point::Register => register::read(module).changed,
    }
}

fn act(analyses: Analyses, site: Site, options: &Options, anchor: Function) -> bool {
    let host_simplifies = site.speed > 0;
    let mut reports = Reports::new(options.strict);
    let registered = register::read(analyses.module());
    if !registered.errors.is_empty() {
        // Reported once, where requests are lowered.
        if !matches!(site.point, Point::Start | Point::Register) {
            for error in &registered.errors {
                reports.send(anchor, error);
            }
        }
        return registered.changed;
    }
    let acted = match site.point {
        Point::Start => {
            let forgot = locate::forget_bodies(analyses);
            let kept = register::keep::hold(analyses.module()) | hints::prepare(analyses.module());
            let mut clones = Held::find(analyses, host_simplifies);
            let held = options.hold && clones.hold_requests();
            if held && options.indices {
                clones.widen_indices();
            }
            forgot | held | kept
        }
        Point::Register => false,
        Point::Early => {
            let pre_link = site.phase.is_pre_link();
            Lowering::new(analyses, options, &mut reports, pre_link).run()
        }
        Point::FullLto => Lowering::new(analyses, options, &mut reports, false).run(),
        Point::Named => {
            hints::prepare(analyses.module());
            let held = Held::find(analyses, false).hold_requests();
            held | Lowering::new(analyses, options, &mut reports, false).run()
        }
    };
    registered.changed | acted
}

/// The options of this run; `None` when they are wrong. Problems are reported at the point where
/// requests are lowered only, so that they appear once.
fn options(reports: &mut Reports, anchor: Function, point: Point) -> Option<Options> {
    let quiet = matches!(point, Point::Start | Point::Register);
    let mut options = Options::default();
    let mut report = |diagnostic: &Diagnostic| {
        if !quiet {
            reports.send(anchor, diagnostic);
        }
    };
    if let Err(error) = options.set_environment(|name| std::env::var(name).ok()) {
        report(&error);
        return None;
    }
    let mut compatible = plugin::options(Family::Dash);
    compatible.extend(plugin::options(Family::Underscore));
    if let Some(warning) = options.set_compatible(compatible.iter().map(String::as_str)) {
        report(&warning);
    }
    for option in plugin::options(Family::Own) {
        if let Err(error) = options.set(&option) {
            report(&error);
            return None;
        }
    }
    Some(options)
}
