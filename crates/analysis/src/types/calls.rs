//! Calls: intrinsics, known library functions, and calls of functions with bodies.

use super::build::{Builder, Repr, state_element};
use super::graph::{Graph, Place, Reason};
use super::tree::Class;
use rz_rules::known::{Class as Effect, Known as Row, Length, Masked, Returns};
use rz_rules::{Kind, Place as Delivered, Signature};
use rz_view::op::{BinaryOp, CallData, Callee};
use rz_view::{Func, Inst, InstData, Op, Value};

impl Builder<'_> {
    pub(crate) fn call(&mut self, inst: Inst, data: &InstData, call: &CallData) {
        if let (Some(result), Some(index)) =
            (data.result, call.args.iter().position(|a| a.returned))
        {
            let args = self.body.call_args(inst);
            if let Some(Repr::Pointer(place)) = args.get(index).map(|&v| self.reprs[v]) {
                self.reprs[result] = Repr::Pointer(place);
            }
        }
        self.fresh_result(inst, data, "type of the result");
        let func = match call.callee {
            Callee::Direct(func) => func,
            Callee::Indirect => {
                if !is_closed(call) {
                    self.calls.push(inst);
                }
                return;
            }
            Callee::Asm { .. } => return,
        };
        let callee = &self.module.funcs[func];
        if let Some(hint) = rz_rules::known::hint(&callee.name) {
            self.stated(inst, hint);
        } else if callee.body.is_some() {
            if !is_closed(call) {
                self.calls.push(inst);
                let why = Self::reason(inst, "always zero");
                for &arg in self.body.call_args(inst) {
                    if self.body.constant(arg).is_none() {
                        self.zeros_fit_anything(self.reprs[arg], self.zeros[arg], why);
                    }
                }
            }
        } else if let Some(name) = &callee.intrinsic {
            self.intrinsic(inst, data, name, func);
        } else {
            self.known(inst, data, crate::callee::name(self.module, func), func);
        }
    }

    fn intrinsic(&mut self, inst: Inst, data: &InstData, name: &str, func: Func) {
        let args = self.body.call_args(inst);
        if let (true, Some(result), Some(&value)) =
            (SAME.contains(&name), data.result, args.first())
        {
            return self.same(result, value);
        }
        if let (true, Some(result)) = (EXTREMES.contains(&name), data.result) {
            return self.extreme(inst, result, args);
        }
        self.integer_intrinsic(inst, data, name, args);
        self.known(inst, data, name, func);
    }

    /// The greater or smaller of two integers is one of them, and may be the image of a float: the
    /// images of positive floats have the order of the floats.
    fn extreme(&mut self, inst: Inst, result: Value, args: &[Value]) {
        self.define(result, Self::reason(inst, "type of the result"));
        for &arg in args {
            self.same(result, arg);
        }
        if !self.may_be_image(result) {
            self.hint_integer(result, Self::reason(inst, "integer intrinsic"));
        }
    }

    /// Intrinsics on integers that no float image goes through.
    fn integer_intrinsic(&mut self, inst: Inst, data: &InstData, name: &str, args: &[Value]) {
        let why = Self::reason(inst, "integer intrinsic");
        let both = INTEGERS.contains(&name);
        let proved = both || INTEGER_RESULT.contains(&name);
        if let Some(result) = data.result.filter(|_| proved) {
            self.state_integer(result, why);
        }
        if both || matches!(name, "llvm.powi" | "llvm.ldexp") {
            for &arg in args {
                self.hint_integer(arg, why);
            }
        }
    }

    /// A function the rule table or the table of effects knows: kinds of its arguments, copies.
    fn known(&mut self, inst: Inst, data: &InstData, name: &str, func: Func) {
        if let Some(found) = crate::callee::rule(self.module, self.body, inst, func) {
            self.signature(inst, data, &found.signature(), name);
            self.integer_fields(inst, data, found.rule);
            return;
        }
        if let Some(found) = crate::callee::known(self.module, self.body, inst, func) {
            self.signature(inst, data, &found.signature, name);
            self.effect(inst, data, found.class, name);
        }
    }

    /// The exponent beside a mantissa, also where nothing uses it.
    fn integer_fields(&mut self, inst: Inst, data: &InstData, rule: &rz_rules::Rule) {
        let Some(result) = data.result else { return };
        let Repr::Bytes { first, .. } = self.reprs[result] else {
            return;
        };
        let why = Self::reason(inst, "signature of a known function");
        let types = &self.module.types;
        for output in rule.outputs().iter().filter(|output| !output.real) {
            let Delivered::Field(field) = output.place else {
                continue;
            };
            if let Some((ty, offset)) = types.element(self.body.ty(result), field.into()) {
                let bytes = types.store_size(ty);
                state_element(&mut self.graph, Class::Integer, bytes, why, |_, k| {
                    Graph::nth(first, offset + k)
                });
            }
        }
    }

    fn signature(&mut self, inst: Inst, data: &InstData, signature: &Signature, name: &str) {
        let why = Self::reason(inst, "signature of a known function");
        let args = self.body.call_args(inst);
        // Intrinsics from integers to integers may rotate or swap the image of a float.
        let image = name.starts_with("llvm.") && signature.ret == Kind::Int;
        if let Some(result) = data.result.filter(|_| signature.ret == Kind::Int && !image) {
            self.state_integer(result, why);
        }
        let real = args.iter().chain(data.result.as_ref()).find_map(|&v| {
            let ty = self.body.ty(v);
            self.module.types.float_kind(ty)
        });
        for (&arg, kind) in args.iter().zip(&signature.args) {
            let behind = match (kind, real) {
                (Kind::Int, _) => {
                    if !image {
                        self.hint_integer(arg, why);
                    }
                    continue;
                }
                (Kind::PointerToInt, _) => (Class::Integer, 4),
                (Kind::PointerToReal, Some(real)) => (Class::Float(real), real.bytes()),
                (Kind::PointerToPointer, _) => (Class::Pointer, self.module.pointer_bytes),
                _ => continue,
            };
            let place = self.place(arg);
            if let Some(place) = place.filter(|p| p.stride == 0 || p.stride >= behind.1) {
                state_element(&mut self.graph, behind.0, behind.1, why, |g, k| {
                    g.at(place, k as i64)
                });
            }
        }
    }

    /// What a class of effects says about where bytes go.
    fn effect(&mut self, inst: Inst, data: &InstData, class: Effect, name: &str) {
        let args = self.body.call_args(inst);
        let arg = |index: u8| args.get(usize::from(index)).copied();
        let nodes = name.contains("_Rb_tree_") || name.contains("_List_node_base");
        match class {
            Effect::Move {
                dst,
                src,
                length,
                returns,
                ..
            } => {
                let (Some(to), Some(from)) = (arg(dst), arg(src)) else {
                    return;
                };
                self.copy(inst, data, to, from, length_of(length, args));
                self.returns(data, to, returns);
            }
            Effect::Set { dst, returns, .. } => {
                if let Some(to) = arg(dst) {
                    self.returns(data, to, returns);
                }
            }
            Effect::Pass { from, .. } => {
                let place = arg(from).and_then(|v| self.place(v));
                if let (Some(place), Some(result)) = (place, data.result) {
                    // Nodes of one container are alike; elsewhere the distance is not known.
                    let step = u64::from(!nodes);
                    self.set_place(result, place.every(step));
                }
            }
            Effect::Realloc(realloc) => {
                if let (Some(old), Some(result)) = (arg(realloc.pointer), data.result) {
                    self.same(result, old);
                }
            }
            Effect::Masked(masked) => self.masked(inst, data, masked),
            Effect::Inactive
            | Effect::Kill(_)
            | Effect::Alloc(_)
            | Effect::Free(_)
            | Effect::Arena(_)
            | Effect::NoReturn
            | Effect::ReturnsTwice
            | Effect::Reduce(_)
            | Effect::Convert
            | Effect::Narrow(_)
            | Effect::Lifetime { .. }
            | Effect::Lanes(_)
            | Effect::Refuse(_) => {}
        }
    }

    fn returns(&mut self, data: &InstData, to: Value, returns: Returns) {
        let (Some(result), Some(place)) = (data.result, self.place(to)) else {
            return;
        };
        match returns {
            Returns::Nothing => {}
            Returns::Dst => self.set_place(result, place),
            Returns::DstEnd => self.set_place(result, place.every(1)),
        }
    }

    fn set_place(&mut self, result: Value, place: Place) {
        if let Repr::Pointer(_) = self.reprs[result] {
            self.reprs[result] = Repr::Pointer(place);
        }
    }

    fn masked(&mut self, inst: Inst, data: &InstData, masked: Masked) {
        let args = self.body.call_args(inst);
        let why = Self::reason(inst, "type of a masked access");
        match (masked, args) {
            (Masked::Load | Masked::ExpandLoad, &[pointer, _, passthru, ..]) => {
                let Some(result) = data.result else { return };
                if let Some(place) = self.access(pointer, data.ty, 1) {
                    self.spread(result, why, &mut |g, k| g.at(place, k as i64));
                }
                self.same(result, passthru);
            }
            (Masked::Store | Masked::CompressStore, &[value, pointer, ..]) => {
                if let Some(place) = self.access(pointer, self.body.ty(value), 1) {
                    self.spread(value, why, &mut |g, k| g.at(place, k as i64));
                }
            }
            (Masked::Gather, &[pointers, _, passthru, ..]) => {
                let Some(result) = data.result else { return };
                self.lanes_behind(pointers, result, why);
                self.same(result, passthru);
            }
            (Masked::Scatter, &[value, pointers, ..]) => self.lanes_behind(pointers, value, why),
            _ => {}
        }
    }

    /// Lane `i` of `value` lies where lane `i` of `pointers` points.
    fn lanes_behind(&mut self, pointers: Value, value: Value, why: Reason) {
        let ty = self.body.ty(value);
        let lanes = u64::from(self.module.types.lanes(ty));
        let size = self.size(ty) / lanes.max(1);
        let mut places = Vec::new();
        for lane in 0..lanes {
            let Some(cell) = self.byte(pointers, lane * self.module.pointer_bytes) else {
                return;
            };
            let place = self.graph.behind(cell);
            if place.stride != 0 && place.stride < size {
                return;
            }
            places.push(place);
        }
        self.spread(value, why, &mut |g, k| {
            let place = places[(k / size) as usize];
            g.at(place, (k % size) as i64)
        });
    }

    /// True for a copy of text: of as many bytes as its source has before the one that ends it.
    pub(crate) fn copies_text(&self, inst: Inst) -> bool {
        self.copy_operands(inst)
            .is_some_and(|(_, text, length)| self.measures(length, text))
    }

    /// True when `length` counts the letters at `text`, also with the zero that ends them.
    fn measures(&self, length: Value, text: Value) -> bool {
        let Some(def) = self.body.def(length) else {
            return false;
        };
        let data = &self.body.insts[def];
        if data.op == Op::Binary(BinaryOp::Add) && self.body.const_int(data.operands[1]) == Some(1)
        {
            return self.measures(data.operands[0], text);
        }
        let counts = |known: &Row| {
            let Signature { ret, args, .. } = &known.signature;
            *ret == Kind::Int && args.first() == Some(&Kind::PointerToBytes)
        };
        self.row(def).is_some_and(counts) && self.body.call_args(def).first() == Some(&text)
    }

    /// What the tables know about the effect of the function a call calls, if it has no body.
    fn known_effect(&self, inst: Inst) -> Option<Effect> {
        Some(self.row(inst)?.class)
    }

    /// What the tables know about the function a call calls, if it has no body.
    fn row(&self, inst: Inst) -> Option<&'static Row> {
        let Callee::Direct(func) = self.body.insts[inst].op.call()?.callee else {
            return None;
        };
        let callee = &self.module.funcs[func];
        let name = callee.intrinsic.as_deref().or(callee.library.as_deref());
        let known = rz_rules::known::lookup(name.unwrap_or(&callee.name))?;
        callee.body.is_none().then_some(known)
    }

    /// The number of bytes a copy, fill or resize is about.
    pub(crate) fn byte_count(&self, inst: Inst) -> Option<Value> {
        let length = match self.known_effect(inst)? {
            Effect::Move { length, .. } | Effect::Set { length, .. } => length,
            Effect::Realloc(realloc) => realloc.size,
            _ => return None,
        };
        length_of(length, self.body.call_args(inst))
    }

    /// Destination, source and length of a copy, when the instruction is one.
    pub(crate) fn copy_operands(&self, inst: Inst) -> Option<(Value, Value, Value)> {
        let Effect::Move {
            dst, src, length, ..
        } = self.known_effect(inst)?
        else {
            return None;
        };
        let args = self.body.call_args(inst);
        let arg = |i: u8| args.get(usize::from(i)).copied();
        Some((arg(dst)?, arg(src)?, length_of(length, args)?))
    }
}

impl Builder<'_> {
    /// Destination and source of a copy of any length, also of the one that resizing makes.
    pub(crate) fn moved_between(&self, inst: Inst) -> Option<(Value, Value)> {
        let args = self.body.call_args(inst);
        let arg = |i: u8| args.get(usize::from(i)).copied();
        match self.known_effect(inst)? {
            Effect::Move { dst, src, .. } => Some((arg(dst)?, arg(src)?)),
            Effect::Realloc(realloc) => {
                Some((self.body.insts[inst].result?, arg(realloc.pointer)?))
            }
            _ => None,
        }
    }
}

/// Type analysis is asked to stay outside of this callee.
pub(crate) fn is_closed(call: &CallData) -> bool {
    let closed = |name: &str| matches!(name, "enzyme_notypeanalysis" | "enzyme_ta_norecur");
    call.tags.iter().any(|(name, _)| closed(name))
}

fn length_of(length: Length, args: &[Value]) -> Option<Value> {
    match length {
        Length::Bytes(index) => args.get(usize::from(index)).copied(),
        Length::Scaled(..) | Length::Product(..) | Length::Const(_) | Length::Unknown => None,
    }
}

/// The result is the first argument.
const SAME: &[&str] = &[
    "llvm.launder.invariant.group",
    "llvm.strip.invariant.group",
    "llvm.ssa.copy",
    "llvm.threadlocal.address",
    "llvm.preserve.static.offset",
    "llvm.expect",
    "llvm.expect.with.probability",
];

/// Results are integers whatever the arguments are.
const INTEGER_RESULT: &[&str] = &[
    "llvm.ctpop",
    "llvm.ctlz",
    "llvm.cttz",
    "llvm.lround",
    "llvm.llround",
    "llvm.lrint",
    "llvm.llrint",
    "llvm.fptosi.sat",
    "llvm.fptoui.sat",
    "llvm.is.fpclass",
    "llvm.objectsize",
    "llvm.vscale",
    "llvm.readcyclecounter",
    "llvm.eh.typeid.for",
    "llvm.is.constant",
    "llvm.scmp",
    "llvm.ucmp",
];

/// Arguments and results are integers.
const INTEGERS: &[&str] = &[
    "llvm.abs",
    "llvm.uadd.with.overflow",
    "llvm.sadd.with.overflow",
    "llvm.usub.with.overflow",
    "llvm.ssub.with.overflow",
    "llvm.umul.with.overflow",
    "llvm.smul.with.overflow",
    "llvm.uadd.sat",
    "llvm.sadd.sat",
    "llvm.usub.sat",
    "llvm.ssub.sat",
    "llvm.vector.reduce.add",
    "llvm.vector.reduce.mul",
];

/// The result is one of the arguments, whichever is the greater or smaller integer.
const EXTREMES: &[&str] = &["llvm.smax", "llvm.smin", "llvm.umax", "llvm.umin"];
