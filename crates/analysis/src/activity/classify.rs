//! What kind of thing a call is: movement of data, allocation, nothing at all, or a summary.

use super::acts::{Acts, Callees};
use super::carry::Carry;
use super::known;
use super::summary::{OpaqueParam, Summary};
use rz_view::op::{ArgFacts, CallData, Callee, Effects};
use rz_view::{Body, Func, FuncData, Inst, Module, Value};
use smallvec::SmallVec;
use std::rc::Rc;

/// The kinds; numbers are argument positions.
pub(crate) enum CallKind {
    /// No derivative effect; the result is inactive.
    Nothing,
    /// The result depends on these arguments' values and nothing else.
    Values(SmallVec<[usize; 4]>),
    /// The result is a pointer into an argument's memory.
    Pass(usize),
    /// Copies memory; the result, if any, points into the destination.
    Copy {
        dst: usize,
        src: usize,
        carry: Carry,
    },
    /// Overwrites the memory of these arguments with inactive data.
    Clear(SmallVec<[(usize, Carry); 2]>),
    /// Reads memory through a pointer or a vector of pointers; `otherwise` fills disabled lanes.
    Load { addr: usize, otherwise: usize },
    /// Writes memory through a pointer or a vector of pointers.
    Store { value: usize, addr: usize },
    /// Returns new memory.
    Alloc,
    /// Returns new memory with the contents of the argument's.
    Realloc(usize),
    /// Releases memory.
    Free(usize),
    /// Anything else.
    Summary {
        callee: Option<Value>,
        summary: Rc<Summary>,
    },
}

/// Classifies a call instruction.
pub(crate) fn classify(
    module: &Module,
    body: &Body,
    types: &dyn super::TypeQuery,
    inst: Inst,
    acts: &mut Acts,
    callees: &mut dyn Callees,
) -> CallKind {
    let data = &body.insts[inst];
    let call = data.op.call().expect("a call");
    let func = match call.callee {
        Callee::Direct(func) => Some(func),
        Callee::Indirect | Callee::Asm { .. } => None,
    };
    let kind = kind_of(module, body, types, inst, func, acts, callees);
    apply_positions(call, data.result, kind, acts)
}

/// Applies `enzyme_inactive` of arguments and of the result.
fn apply_positions(
    call: &CallData,
    result: Option<Value>,
    kind: CallKind,
    acts: &mut Acts,
) -> CallKind {
    let mut silent: SmallVec<[usize; 4]> = SmallVec::new();
    for (name, _) in &call.tags {
        match name.split_once('@') {
            Some(("enzyme_inactive", "ret")) => acts.inactive.extend(result),
            Some(("enzyme_active", "ret")) => acts.forced.extend(result),
            Some(("enzyme_inactive", index)) => silent.extend(index.parse::<usize>()),
            _ => {}
        }
    }
    if silent.is_empty() {
        return kind;
    }
    match kind {
        CallKind::Values(args) => CallKind::Values(
            args.into_iter()
                .filter(|arg| !silent.contains(arg))
                .collect(),
        ),
        CallKind::Summary { callee, summary } => CallKind::Summary {
            callee,
            summary: Rc::new(summary.without(&silent)),
        },
        CallKind::Copy { dst, src, carry } if silent.contains(&src) => {
            CallKind::Clear(smallvec::smallvec![(dst, carry)])
        }
        CallKind::Store { value, addr } if silent.contains(&value) => {
            CallKind::Clear(smallvec::smallvec![(addr, Carry::ANY)])
        }
        kind => kind,
    }
}

fn kind_of(
    module: &Module,
    body: &Body,
    types: &dyn super::TypeQuery,
    inst: Inst,
    func: Option<Func>,
    acts: &mut Acts,
    callees: &mut dyn Callees,
) -> CallKind {
    let data = &body.insts[inst];
    let call = data.op.call().expect("a call");
    let args = body.call_args(inst);
    match tag(call, func.map(|f| &module.funcs[f])) {
        Tag::Inactive => return CallKind::Nothing,
        Tag::InactiveValue => acts.inactive.extend(data.result),
        Tag::InactiveInst => acts.silent.push(inst),
        Tag::Active => acts.forced.extend(data.result),
        Tag::None => {}
    }
    if let Some(func) = func {
        // What a registered derivative does is known by its signature alone: what was inferred from
        // the body is about the body.
        if module.funcs[func].custom {
            let mut params = opaque_params(args, acts, None);
            for (param, &arg) in params.iter_mut().zip(args) {
                param.flat = param.carried.pointers && !types.memory(arg, None).pointers;
            }
            for (param, declared) in params.iter_mut().zip(&module.funcs[func].params) {
                if has_tag(&declared.tags, "enzyme_inactive") {
                    *param = opaque_param(Carry::NONE, ArgFacts::default(), Effects::NONE, true);
                }
            }
            let result = data
                .result
                .map_or(Carry::NONE, |r| acts.carry[r.as_u32() as usize]);
            return CallKind::Summary {
                callee: None,
                summary: Rc::new(Summary::derived(&params, result)),
            };
        }
        let question = known::Call {
            module,
            body,
            types,
            inst,
            acts,
        };
        if let Some(kind) = known::classify(func, &question) {
            return kind;
        }
        let target = &module.funcs[func];
        if target.body.is_some() {
            let summary = callees.summary(inst, func);
            return with_extra_arguments(summary, args, data.result, acts);
        }
        if callees.inactive_declarations() && target.intrinsic.is_none() {
            return CallKind::Nothing;
        }
        declared(call, Some(target), args, data.result, acts)
    } else {
        let callee = matches!(call.callee, Callee::Indirect).then(|| data.operands[0]);
        if callee.is_none() && !args.iter().any(|&a| carries(acts, a)) {
            return CallKind::Nothing;
        }
        let summary = match callee {
            Some(_) => pointer_summary(types, args, data.result, acts, call),
            None => opaque_summary(args, data.result, acts, Some(call)),
        };
        CallKind::Summary { callee, summary }
    }
}

/// The summary of a call through a pointer. Memory that holds neither floats nor pointers needs no
/// shadow whatever is called.
fn pointer_summary(
    types: &dyn super::TypeQuery,
    args: &[Value],
    result: Option<Value>,
    acts: &Acts,
    call: &CallData,
) -> Rc<Summary> {
    let mut params = opaque_params(args, acts, Some(call));
    for (param, &arg) in params.iter_mut().zip(args) {
        param.ignored = param.carried.pointers && types.memory(arg, None).is_none();
    }
    let result = result.map_or(Carry::NONE, |r| acts.carry[r.as_u32() as usize]);
    Rc::new(Summary::derived(&params, result))
}

fn carries(acts: &Acts, value: Value) -> bool {
    !acts.carry[value.as_u32() as usize].is_none()
}

/// Variable arguments are not in the callee's summary: an active one makes the call opaque.
fn with_extra_arguments(
    summary: Rc<Summary>,
    args: &[Value],
    result: Option<Value>,
    acts: &Acts,
) -> CallKind {
    let named = summary.touch.len();
    if args.len() > named && args[named..].iter().any(|&a| carries(acts, a)) {
        return CallKind::Summary {
            callee: None,
            summary: opaque_summary(args, result, acts, None),
        };
    }
    CallKind::Summary {
        callee: None,
        summary,
    }
}

enum Tag {
    None,
    Inactive,
    InactiveValue,
    InactiveInst,
    Active,
}

fn tag(call: &CallData, func: Option<&FuncData>) -> Tag {
    // The call's own attributes override the function's.
    for tags in [Some(&call.tags), func.map(|f| &f.tags)]
        .into_iter()
        .flatten()
    {
        for (name, _) in tags {
            match name.as_str() {
                "enzyme_inactive" => return Tag::Inactive,
                "enzyme_inactive_val" => return Tag::InactiveValue,
                "enzyme_inactive_inst" => return Tag::InactiveInst,
                "enzyme_active" | "enzyme_active_inst" | "enzyme_active_val" => return Tag::Active,
                _ => {}
            }
        }
    }
    Tag::None
}

/// A function without a body and without a row: decided by its arguments and attributes.
fn declared(
    call: &CallData,
    func: Option<&FuncData>,
    args: &[Value],
    result: Option<Value>,
    acts: &Acts,
) -> CallKind {
    let pointers = args
        .iter()
        .any(|&a| acts.carry[a.as_u32() as usize].pointers);
    let returns = result.map_or(Carry::NONE, |r| acts.carry[r.as_u32() as usize]);
    let effects = func.map_or(call.effects, |f| meet(call.effects, f.effects));
    if !effects.writes && returns.is_none() {
        return CallKind::Nothing;
    }
    if !pointers || (!effects.reads && !effects.writes) {
        return if returns.pointers && !pointers {
            CallKind::Nothing
        } else {
            CallKind::Values((0..args.len()).collect())
        };
    }
    CallKind::Summary {
        callee: None,
        summary: opaque_summary(args, result, acts, Some(call)),
    }
}

fn meet(a: Effects, b: Effects) -> Effects {
    Effects {
        reads: a.reads && b.reads,
        writes: a.writes && b.writes,
        args_only: a.args_only || b.args_only,
        hidden_only: a.hidden_only || b.hidden_only,
    }
}

/// The summary of something opaque called with these arguments.
pub(crate) fn opaque_summary(
    args: &[Value],
    result: Option<Value>,
    acts: &Acts,
    call: Option<&CallData>,
) -> Rc<Summary> {
    let params = opaque_params(args, acts, call);
    let result = result.map_or(Carry::NONE, |r| acts.carry[r.as_u32() as usize]);
    Rc::new(Summary::opaque(&params, result))
}

fn has_tag(tags: &[(String, String)], name: &str) -> bool {
    tags.iter().any(|tag| tag.0 == name)
}

fn opaque_params(args: &[Value], acts: &Acts, call: Option<&CallData>) -> Vec<OpaqueParam> {
    let effects = call.map_or(Effects::ANY, |c| c.effects);
    let stays = call.is_some_and(|c| {
        let no_escape = |tag: &(String, String)| tag.0 == "enzyme_no_escaping_allocation";
        c.tags.iter().any(no_escape)
    });
    args.iter()
        .enumerate()
        .map(|(index, &arg)| {
            let facts = call
                .and_then(|c| c.args.get(index).copied())
                .unwrap_or_default();
            opaque_param(acts.carry[arg.as_u32() as usize], facts, effects, stays)
        })
        .collect()
}

fn opaque_param(carried: Carry, facts: ArgFacts, effects: Effects, stays: bool) -> OpaqueParam {
    let untouched = facts.readnone || effects.hidden_only;
    OpaqueParam {
        carried,
        reads: effects.reads && !untouched && !facts.writeonly,
        writes: effects.writes && !untouched && !facts.readonly,
        captured: !facts.nocapture && !stays,
        ignored: false,
        flat: false,
    }
}

/// The direct calls of a body and the functions they call.
pub(crate) fn direct_calls(body: &Body) -> impl Iterator<Item = (Inst, Func)> + '_ {
    body.insts
        .iter()
        .filter_map(|(inst, data)| match data.op.call().map(|c| &c.callee) {
            Some(Callee::Direct(func)) => Some((inst, *func)),
            Some(Callee::Indirect | Callee::Asm { .. }) | None => None,
        })
}
