//! What the user should hear about, and how it is said.

use super::acts::Act;
use super::graph::port_objects;
use super::object::{Object, ObjectKind};
use super::solve::{Cause, active_object};
use super::summary::Port;
use super::{Activity, Finding};
use rz_diag::{Code, Diagnostic, Position, Severity};
use rz_view::op::Callee;
use rz_view::{Body, Global, Inst, Module, Op, Value};

/// What the user should hear about.
pub(crate) fn findings(module: &Module, body: &Body, activity: &Activity) -> Vec<Finding> {
    let mut list = Vec::new();
    let (prepared, solved) = (&activity.prepared, &activity.solved);
    let read_back = reads_arguments(activity);
    for (object, kind) in prepared.objects.iter() {
        let node = prepared.graph.object(object);
        if prepared.objects.find(object) != object || !solved.blocked[node as usize] {
            continue;
        }
        let writer = prepared
            .graph
            .backward
            .of(node)
            .iter()
            .find(|edge| solved.forward[edge.0 as usize] != Cause::No)
            .map(|edge| edge.1);
        let Some(inst) = writer else { continue };
        match kind {
            ObjectKind::Global(global) if unmarked(module, global) => {
                list.push(Finding::LostInGlobal { global, inst });
            }
            ObjectKind::Foreign => list.push(Finding::LostInForeign { inst }),
            ObjectKind::Memory(index) | ObjectKind::Reach(index) if read_back => {
                let finding = Finding::LostInArgument { index, inst };
                if !list.contains(&finding) {
                    list.push(finding);
                }
            }
            _ => {}
        }
    }
    lost_pointers(module, activity, &mut list);
    let thrown = thrown(module, body, activity);
    list.extend(thrown.map(|inst| Finding::LostInException { inst }));
    list.extend(
        solved
            .bare
            .iter()
            .map(|&value| Finding::BareFunction { value }),
    );
    let missing = solved.missing.iter();
    list.extend(missing.map(|&value| Finding::MissingShadow { value }));
    list
}

/// Throws of active data, or of pointers to such, in a function that goes on after it caught something. Callees that may throw are part of it by
/// then; what leaves the function is of no concern.
fn thrown<'a>(
    module: &'a Module,
    body: &'a Body,
    activity: &'a Activity,
) -> impl Iterator<Item = Inst> + 'a {
    let (prepared, solved) = (&activity.prepared, &activity.solved);
    let calls = |inst: Inst, name: &str| {
        let callee = body.insts[inst].op.call().map(|call| &call.callee);
        matches!(callee, Some(&Callee::Direct(func)) if module.funcs[func].name == name)
    };
    let depends =
        |object: &Object| solved.forward[prepared.graph.object(*object) as usize] != Cause::No;
    let carries = move |value: Value| {
        let mut reached = prepared.points.of(&prepared.objects, value);
        let mut next = 0;
        while let Some(&object) = reached.get(next) {
            next += 1;
            for behind in prepared.points.contents(&prepared.objects, object) {
                if !reached.contains(&behind) {
                    reached.push(behind);
                }
            }
        }
        reached.iter().any(depends)
    };
    let goes_on = body
        .insts
        .keys()
        .any(|inst| calls(inst, "__cxa_begin_catch"));
    body.insts.keys().filter(move |&inst| {
        let data = &body.insts[inst];
        goes_on
            && matches!(data.op, Op::Invoke(..))
            && calls(inst, "__cxa_throw")
            && carries(data.operands[0])
    })
}

/// True when what is read from memory of a constant argument would matter. Constant arguments may
/// be the same memory.
fn reads_arguments(activity: &Activity) -> bool {
    let (prepared, solved) = (&activity.prepared, &activity.solved);
    prepared.objects.iter().any(|(object, kind)| {
        let node = prepared.graph.object(prepared.objects.find(object));
        matches!(kind, ObjectKind::Memory(_) | ObjectKind::Reach(_))
            && solved.blocked[node as usize]
            && (prepared.graph.forward.of(node).iter())
                .any(|edge| solved.backward[edge.0 as usize] != Cause::No)
    })
}

/// Neither declared inactive nor well known to be.
fn unmarked(module: &Module, global: Global) -> bool {
    let data = &module.globals[global];
    !data.tags.iter().any(|t| t == "enzyme_inactive")
        && !data.name.contains("enzyme_const")
        && !rz_rules::known::is_inactive_global(&data.name)
}

/// Addresses of active memory stored where nobody will find their shadows.
fn lost_pointers(module: &Module, activity: &Activity, list: &mut Vec<Finding>) {
    let (prepared, solved) = (&activity.prepared, &activity.solved);
    let (acts, objects, points) = (&prepared.acts, &prepared.objects, &prepared.points);
    let active = |&o: &Object| active_object(solved, &prepared.graph, o);
    let mut lost = |target: Object, inst: Inst| {
        if !solved.blocked[prepared.graph.object(target) as usize] {
            return;
        }
        let finding = match objects.kind(target) {
            ObjectKind::Global(global) if unmarked(module, global) => {
                Finding::LostInGlobal { global, inst }
            }
            ObjectKind::Foreign => Finding::LostInForeign { inst },
            _ => return,
        };
        if !list.contains(&finding) {
            list.push(finding);
        }
    };
    for &(inst, act) in &acts.list {
        match act {
            Act::Store { value, addr, .. } => {
                if points.of(objects, value).iter().any(active) {
                    points.of(objects, addr).iter().for_each(|&o| lost(o, inst));
                }
            }
            Act::Call(index) => {
                for &(from, to) in &acts.calls[index as usize].summary.pointers {
                    let objects_of =
                        |port| port_objects(acts, objects, points, index as usize, port);
                    if matches!(to, Port::Global(_) | Port::Foreign)
                        && objects_of(from).iter().any(active)
                    {
                        objects_of(to).iter().for_each(|&o| lost(o, inst));
                    }
                }
            }
            Act::Move { .. }
            | Act::Follow { .. }
            | Act::Load { .. }
            | Act::Copy { .. }
            | Act::Clear { .. }
            | Act::Address { .. }
            | Act::Free { .. }
            | Act::Ret { .. } => {}
        }
    }
}

impl Finding {
    /// The diagnostic: a warning where the convention loses a derivative, an error where going on
    /// would write into primal memory.
    pub fn diagnostic(&self, module: &Module, body: &Body, activity: &Activity) -> Box<Diagnostic> {
        match *self {
            Self::LostInGlobal { global, inst } => {
                let name = &module.globals[global].name;
                warning(
                    format!("a derivative is lost in the global variable {name}, which counts as inactive"),
                    body,
                    inst,
                )
                .fix(format!(
                    "mark {name} inactive if this is intended, give it a shadow with enzyme_shadow, \
                     or pass the data through arguments"
                ))
            }
            Self::LostInForeign { inst } => warning(
                "a derivative is lost in memory known only through an inactive pointer".to_owned(),
                body,
                inst,
            )
            .fix("pass the memory as a duplicated argument"),
            Self::LostInArgument { index, inst } => warning(
                format!(
                    "active data is stored in the memory of constant argument {index} and read back \
                     without its derivative"
                ),
                body,
                inst,
            )
            .fix("pass the argument duplicated, with memory for its shadow"),
            Self::LostInException { inst } => Diagnostic::error(
                Code::Exceptions,
                "an exception that carries active data is caught in the differentiated function",
            )
            .at(position(body, inst))
            .note("what the handler reads from it would have no derivative")
            .fix("throw a value that does not depend on active arguments, and hand out numbers through memory"),
            Self::BareFunction { value } => Diagnostic::error(
                Code::UnresolvedPointer,
                "an active call of a function pointer that comes without a shadow",
            )
            .at(body.def(value).and_then(|inst| position(body, inst)))
            .note("it is read here, from memory that counts as inactive")
            .fix(
                "read it from a constant table, pass it or its memory with a shadow, or mark the \
                 call enzyme_inactive",
            ),
            Self::MissingShadow { value } => {
                let mut diagnostic = Diagnostic::error(
                    Code::UnsupportedMemory,
                    "a pointer is read from memory in which no shadows of pointers are kept",
                )
                .note("only the floats of that memory have a shadow, not what its pointers lead to");
                for line in activity.reason(body, value) {
                    diagnostic = diagnostic.note(line);
                }
                if let Some(inst) = body.def(value) {
                    diagnostic = diagnostic.at(position(body, inst));
                }
                diagnostic.fix("pass the memory as duplicated, with valid pointers in its shadow")
            }
        }
    }
}

/// A pointer that may be inactive goes where nobody can tell.
pub fn mixed_elsewhere(at: Option<Position>, what: &str) -> Box<Diagnostic> {
    let what = format!("a pointer that may point to inactive memory {what}");
    Diagnostic::error(Code::UnsupportedMemory, what)
        .at(at)
        .note("its shadow is the pointer itself, so derivatives would be written into the primal memory")
        .fix(
            "pass the inactive memory as duplicated with a shadow of its own, or use \
             enzyme_runtime_activity",
        )
}

fn warning(message: String, body: &Body, inst: Inst) -> Box<Diagnostic> {
    let mut diagnostic = Diagnostic::error(Code::LostDerivative, message).at(position(body, inst));
    diagnostic.severity = Severity::Warning;
    diagnostic
}

fn position(body: &Body, inst: Inst) -> Option<Position> {
    let loc = body.insts[inst].loc.as_ref()?;
    Some(Position {
        file: loc.file.to_string(),
        line: loc.line,
        column: loc.column,
    })
}
