//! What each instruction has to do: the analyses' verdicts and the tables' rules, checked once and
//! kept as data. Everything active that cannot be differentiated is refused here.

use crate::bits::{self, Masking};
use crate::calls::{self, Allocation, CallKind};
use crate::context::Context;
use crate::fresh;
use crate::plan::Split;
use crate::segments::{self, Layout, Record, Segment};
use cranelift_entity::SecondaryMap;
use rustc_hash::FxHashMap;
use rz_analysis::activity::{self, Finding};
use rz_diag::{Code, Diagnostic, Result};
use rz_rules::Rule;
use rz_view::op::{BinaryOp, CastOp, RmwOp};
use rz_view::ordered::IndexMap;
use rz_view::{Constant, Global, Inst, Op, TypeKind, Value, ValueDef};

/// Derivative work of one primal.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// Values that have an adjoint.
    pub has_adjoint: SecondaryMap<Value, bool>,
    /// Values that have a shadow.
    pub has_shadow: SecondaryMap<Value, bool>,
    /// Pointers whose shadow may be the pointer itself: inactive memory.
    pub mixed: SecondaryMap<Value, bool>,
    /// Instructions that do derivative work.
    pub working: SecondaryMap<Inst, bool>,
    /// Instructions that do work in the reverse pass.
    pub reverses: SecondaryMap<Inst, bool>,
    /// The rule of arithmetic instructions.
    pub rules: FxHashMap<Inst, &'static Rule>,
    /// What bit operations with constants do to floats.
    pub maskings: FxHashMap<Inst, Masking>,
    /// How active calls are treated.
    pub calls: IndexMap<Inst, CallKind>,
    /// Calls that are differentiated through their bodies.
    pub splits: IndexMap<Inst, Split>,
    /// Floats inside the integers of values with an adjoint.
    pub segments: FxHashMap<Value, Vec<Segment>>,
    /// Byte offsets of the pointers inside values.
    pub pointer_bytes: FxHashMap<Value, Vec<u64>>,
    /// Floats that stores of integers overwrite.
    pub stores: FxHashMap<Inst, Vec<Segment>>,
    /// What blocks hold that are resized, or whose shadow is cleared in the reverse pass.
    pub blocks: FxHashMap<Inst, Layout>,
}

impl Work {
    /// Collects the work of a primal; splits are added by the planner.
    pub fn new(cx: &Context<'_>) -> Result<Self> {
        refuse_mixed(cx)?;
        refuse_globals(cx)?;
        let mut work = Self::default();
        for value in cx.body.values.keys() {
            work.add_value(cx, value)?;
        }
        for (inst, data) in &cx.body.insts {
            if !cx.shape.is_reversed(data.block) {
                continue;
            }
            if let Some(kind) = calls::released(cx, inst) {
                work.calls.insert(inst, kind);
                continue;
            }
            if cx.activity.inst(inst) {
                work.working[inst] = true;
                work.add_inst(cx, inst)?;
            }
        }
        Ok(work)
    }

    fn add_value(&mut self, cx: &Context<'_>, value: Value) -> Result<()> {
        if cx.activity.shadow(value) {
            self.has_shadow[value] = true;
            self.mixed[value] = cx.runtime_activity || cx.activity.mixed(value);
        }
        let pointers = segments::pointers(cx, value);
        if !pointers.is_empty() {
            self.pointer_bytes.insert(value, pointers);
        }
        if cx.body.constant(value).is_some() || !cx.activity.differentiable(value) {
            return Ok(());
        }
        let inside = segments::of_integers(cx, value)?;
        let has_float = has_float_leaf(cx, value) || !inside.is_empty();
        self.has_adjoint[value] = has_float;
        if !inside.is_empty() {
            self.segments.insert(value, inside);
        }
        Ok(())
    }

    fn result_active(&self, cx: &Context<'_>, inst: Inst) -> bool {
        cx.body.insts[inst]
            .result
            .is_some_and(|r| self.has_adjoint[r])
    }

    fn add_inst(&mut self, cx: &Context<'_>, inst: Inst) -> Result<()> {
        let data = &cx.body.insts[inst];
        let active = self.result_active(cx, inst);
        match &data.op {
            Op::FNeg | Op::Binary(_) | Op::Cast(_) | Op::Call(_) | Op::Invoke(..) => {}
            Op::Store(_) => {
                if fresh::stores_zero(cx, inst) && fresh::is_first_use(cx, inst, data.operands[1]) {
                    return Ok(());
                }
                self.reverses[inst] = true;
                return self.add_store(cx, inst);
            }
            Op::Ret => {
                self.reverses[inst] = data.operands.first().is_some_and(|&v| self.has_adjoint[v]);
                return Ok(());
            }
            Op::AtomicRmw(RmwOp::FAdd | RmwOp::FSub, _) => {
                self.reverses[inst] = true;
                return Ok(());
            }
            Op::Freeze
            | Op::Select
            | Op::Phi { .. }
            | Op::Load(_)
            | Op::ExtractValue(_)
            | Op::InsertValue(_)
            | Op::ExtractElement
            | Op::InsertElement
            | Op::Shuffle(_) => {
                self.reverses[inst] = active;
                return Ok(());
            }
            Op::Alloca { .. } => {
                let count = cx.constant_bytes(data.operands[0]);
                let each = match data.op {
                    Op::Alloca { ty, .. } => cx.module.types.alloc_size(ty),
                    _ => 0,
                };
                self.clear(cx, inst, count.map(|count| count * each));
                return Ok(());
            }
            Op::ICmp(_) | Op::FCmp(_) | Op::Gep(_) | Op::Fence => return Ok(()),
            Op::Br(_) | Op::CondBr(..) | Op::Switch { .. } | Op::Unreachable => return Ok(()),
            Op::AtomicRmw(..) | Op::CmpXchg(_) => {
                return Err(unsupported(
                    cx,
                    inst,
                    "an active atomic update of this kind",
                ));
            }
            Op::VaArg => return Err(unsupported(cx, inst, "an active variable argument")),
            Op::LandingPad | Op::FuncletPad | Op::Resume | Op::FuncletControl(_) => {
                return Err(
                    Diagnostic::error(Code::Exceptions, "active exception handling")
                        .at(cx.position(inst))
                        .note(format!("in function {}", cx.name())),
                );
            }
            Op::IndirectBr(_) | Op::CallBr(..) => {
                return Err(unsupported(cx, inst, "a computed jump"));
            }
            Op::Opaque(name) => {
                return Err(unsupported(
                    cx,
                    inst,
                    &format!("an active {name} instruction"),
                ));
            }
        }
        match &data.op {
            Op::Call(_) => self.add_call(cx, inst),
            Op::Invoke(..) => Err(Diagnostic::error(
                Code::Exceptions,
                "an active call that may throw",
            )
            .at(cx.position(inst))
            .note(format!("in function {}", cx.name()))
            .fix("compile with -fno-exceptions")),
            Op::Cast(cast) if active => self.add_cast(cx, inst, *cast),
            Op::FNeg | Op::Binary(_) if active => self.add_arithmetic(cx, inst),
            _ => Ok(()),
        }
    }

    /// The reverse of an allocation whose reverse part may run again clears the shadow: what
    /// flowed into memory that the primal found initialized would be seen by the next run. Only
    /// floats: pointers in a shadow are the forward pass's, and stay.
    fn clear(&mut self, cx: &Context<'_>, inst: Inst, bytes: Option<u64>) {
        let result = cx.body.insts[inst].result;
        let Some(result) = result.filter(|&r| cx.key.repeatable && self.has_shadow[r]) else {
            return;
        };
        if cx.types.is_open_onward(result) {
            return;
        }
        let layout = match (segments::of_filled(cx, inst, result, bytes, false), bytes) {
            (Ok(Layout::Mixed { floats, pointers }), Some(period)) => Layout::Records(Record {
                period,
                floats,
                pointers,
            }),
            (Ok(layout), _) => layout,
            (Err(_), _) => return,
        };
        if layout.has_floats() {
            self.reverses[inst] = true;
            self.blocks.insert(inst, layout);
        }
    }

    fn add_store(&mut self, cx: &Context<'_>, inst: Inst) -> Result<()> {
        let value = cx.body.insts[inst].operands[0];
        let types = &cx.module.types;
        let ty = cx.body.ty(value);
        if types.float_kind(ty).is_none() && !types.is_pointer(ty) {
            let floats = segments::of_store(cx, inst)?;
            self.stores.insert(inst, floats);
        }
        // A store of pointers or integers alone is finished in the forward pass.
        let floats =
            types.float_kind(ty).is_some() || self.stores.get(&inst).is_some_and(|s| !s.is_empty());
        self.reverses[inst] = floats;
        Ok(())
    }

    fn add_arithmetic(&mut self, cx: &Context<'_>, inst: Inst) -> Result<()> {
        if let Some(rule) = calls::rule_of(cx, inst) {
            self.rules.insert(inst, rule);
            self.reverses[inst] = true;
            return Ok(());
        }
        let data = &cx.body.insts[inst];
        let Op::Binary(op) = data.op else {
            unreachable!("fneg has a rule")
        };
        let constant = |i: usize| cx.body.const_int(data.operands[i]);
        let whole_bytes = |bits: Option<u128>| bits.is_some_and(|b| b % 8 == 0);
        let moves_bytes = match op {
            BinaryOp::Shl | BinaryOp::LShr | BinaryOp::AShr => whole_bytes(constant(1)),
            BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => self.add_bits(cx, inst, op),
            _ => false,
        };
        if !moves_bytes {
            return Err(Diagnostic::error(
                Code::BitTrick,
                "an active float is computed with as an integer",
            )
            .at(cx.position(inst))
            .note(format!("in function {}", cx.name()))
            .fix("use the floating-point operation or the function of <math.h>"));
        }
        self.reverses[inst] = true;
        Ok(())
    }

    /// Masks of floats, and floats that are put together.
    fn add_bits(&mut self, cx: &Context<'_>, inst: Inst, op: BinaryOp) -> bool {
        let data = &cx.body.insts[inst];
        let floats = |v: Value| self.segments.get(&v).cloned().unwrap_or_default();
        let result = data.result.map(floats).unwrap_or_default();
        if let Some(masking) = bits::masking(cx, inst, &result, floats) {
            self.maskings.insert(inst, masking);
            return true;
        }
        let constant = |&v: &Value| cx.body.constant(v).is_some();
        op == BinaryOp::Or && !data.operands.iter().any(constant)
    }

    fn add_cast(&mut self, cx: &Context<'_>, inst: Inst, cast: CastOp) -> Result<()> {
        match cast {
            CastOp::FpTrunc
            | CastOp::FpExt
            | CastOp::BitCast
            | CastOp::Trunc
            | CastOp::ZExt
            | CastOp::SExt => {
                self.reverses[inst] = true;
                Ok(())
            }
            // The adjoint ends here: the operand is no part of a float.
            CastOp::SiToFp | CastOp::UiToFp
                if segments::is_small_number(cx, cx.body.insts[inst].operands[0]) =>
            {
                Ok(())
            }
            CastOp::SiToFp | CastOp::UiToFp => Err(Diagnostic::error(
                Code::BitTrick,
                "the bits of an active float are converted as an integer",
            )
            .at(cx.position(inst))
            .note(format!("in function {}", cx.name()))
            .fix("use the function of <math.h> (frexp, logb), or mark what has no derivative inactive")),
            _ => Err(unsupported(cx, inst, "an active conversion of this kind")),
        }
    }

    fn add_call(&mut self, cx: &Context<'_>, inst: Inst) -> Result<()> {
        let kind = calls::classify(cx, inst)?;
        if let CallKind::Alloc(Allocation::Resize { .. }) = kind {
            self.blocks.insert(inst, segments::of_resized(cx, inst)?);
        }
        self.reverses[inst] = match &kind {
            CallKind::Rule(rule) if rule.is_plain() => self.result_active(cx, inst),
            CallKind::Alloc(Allocation::Bytes(size) | Allocation::Arena(size)) => {
                self.clear(cx, inst, cx.constant_bytes(*size));
                self.reverses[inst]
            }
            CallKind::Alloc(Allocation::Array(count, size)) => {
                let bytes = cx.constant_bytes(*count).zip(cx.constant_bytes(*size));
                self.clear(cx, inst, bytes.and_then(|(n, each)| n.checked_mul(each)));
                self.reverses[inst]
            }
            kind => calls::works_in_reverse(kind),
        };
        self.refuse_at_run_time(cx, inst, &kind)?;
        if let CallKind::Rule(rule) = &kind {
            self.refuse_fixed(cx, inst, rule)?;
        }
        self.calls.insert(inst, kind);
        Ok(())
    }

    /// What cannot be decided when the derivative runs.
    fn refuse_at_run_time(&self, cx: &Context<'_>, inst: Inst, kind: &CallKind) -> Result<()> {
        let any = || cx.body.call_args(inst).iter().any(|&arg| self.mixed[arg]);
        let what = match *kind {
            CallKind::Alloc(Allocation::Resize { old, .. }) if self.mixed[old] => {
                "is given to realloc"
            }
            // Who wrote the other side need not compare shadows with primals.
            CallKind::Table { .. } if !cx.runtime_activity && any() => {
                "is given to a function called through a pointer"
            }
            CallKind::Body(func)
                if !cx.runtime_activity && cx.module.funcs[func].custom && any() =>
            {
                "is given to a function with a registered derivative"
            }
            _ => return Ok(()),
        };
        Err(mixed_elsewhere(cx, inst, what))
    }

    /// Operands without a derivative must be inactive.
    fn refuse_fixed(&self, cx: &Context<'_>, inst: Inst, rule: &Rule) -> Result<()> {
        let refused = rule.refused();
        for (index, &arg) in cx.body.call_args(inst).iter().enumerate() {
            if index < 32 && refused >> index & 1 != 0 && self.has_adjoint[arg] {
                return Err(Diagnostic::error(
                    Code::UnknownFunction,
                    format!(
                        "{} has no derivative in argument {}",
                        rule.name(),
                        index + 1
                    ),
                )
                .at(cx.position(inst)));
            }
        }
        Ok(())
    }
}

/// Shadows that are not there, and inactive pointers that leave what is derived together: nobody
/// outside would know them from active ones.
fn refuse_mixed(cx: &Context<'_>) -> Result<()> {
    for finding in cx.activity.findings() {
        if let Finding::BareFunction { .. }
        | Finding::MissingShadow { .. }
        | Finding::LostInException { .. } = finding
        {
            let refusal = finding.diagnostic(cx.module, cx.body, cx.activity);
            return Err(refusal.note(format!("in function {}", cx.name())));
        }
    }
    match cx.activity.mixed_outside() {
        Some(inst) if cx.key.caller.is_none() && !cx.runtime_activity => Err(mixed_elsewhere(
            cx,
            inst,
            "is returned or stored in memory with a shadow",
        )),
        _ => Ok(()),
    }
}

fn mixed_elsewhere(cx: &Context<'_>, inst: Inst, what: &str) -> Box<Diagnostic> {
    activity::mixed_elsewhere(cx.position(inst), what).note(format!("in function {}", cx.name()))
}

/// The shadow of a global that is defined elsewhere can be made unless it holds pointers.
fn refuse_globals(cx: &Context<'_>) -> Result<()> {
    for (value, data) in &cx.body.values {
        let ValueDef::Const(constant) = &data.def else {
            continue;
        };
        let Some(global) = global_of(cx, constant).filter(|_| cx.activity.shadow(value)) else {
            continue;
        };
        let data = &cx.module.globals[global];
        let marked = data.tags.iter().any(|tag| tag == "enzyme_shadow");
        if marked || cx.runtime_activity || data.defined || !data.holds_pointers(&cx.module.types) {
            continue;
        }
        return Err(Diagnostic::error(
            Code::GlobalShadow,
            format!("the global {} needs a shadow", data.name),
        )
        .note(format!("in function {}", cx.name()))
        .note("it holds pointers, whose shadows are not known here")
        .fix("name one with enzyme_shadow, or mark the global enzyme_inactive"));
    }
    Ok(())
}

fn global_of(cx: &Context<'_>, constant: &Constant) -> Option<Global> {
    match constant {
        Constant::Global(global) => Some(*global),
        Constant::Offset { base, .. } => global_of(cx, cx.body.constant(*base)?),
        _ => None,
    }
}

fn has_float_leaf(cx: &Context<'_>, value: Value) -> bool {
    let types = &cx.module.types;
    let mut found = false;
    types.leaves(cx.body.ty(value), 0, &mut |_, leaf| {
        found |= matches!(types.kind(types.scalar(leaf)), TypeKind::Float(_));
    });
    found
}

fn unsupported(cx: &Context<'_>, inst: Inst, what: &str) -> Box<Diagnostic> {
    Diagnostic::error(
        Code::UnsupportedInstruction,
        format!("{what} cannot be differentiated"),
    )
    .at(cx.position(inst))
    .note(format!("in function {}", cx.name()))
}
