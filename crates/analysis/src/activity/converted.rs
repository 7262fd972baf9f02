//! Integers computed from the bits of floats and converted to floats.
//!
//! Integers carry nothing, and the exponent of a number is one: it changes in steps, so its derivative is zero.
//! With the bits of the mantissa it is different, for they are the number:
//!
//! ```text
//! v1 = bitcast v0 : double to i64
//! v2 = lshr v1, 52;  v3 = sitofp v2               ; the exponent: constant almost everywhere
//! v4 = and v1, 0xfffffffffffff;  v5 = sitofp v4   ; grows with v0
//! ```
//!
//! So it is followed, bit by bit and across calls, which bits of integers are converted in the end. What is
//! computed from bits of a mantissa that are carries floats, and the plan refuses the conversion. A sum
//! counts bit by bit, without what is carried over: that makes steps too. And so are words that may be a mantissa for
//! all that is known of them, when a program copied them from where they were.
//!
//! Absent on purpose: what is kept in memory after arithmetic on it. Bits that are only moved have the type of
//! the float wherever they lie.

use super::carry::{Carry, TypeQuery};
use rustc_hash::{FxHashMap, FxHashSet};
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Body, Constant, Func, Inst, Module, Op, TypeKind, Value, ValueDef};

/// Bits of an integer, or of each lane of a vector.
type Bits = u128;

/// Which bits of integers are converted to floats, in the functions where any are.
#[derive(Default)]
pub(crate) struct Converted {
    funcs: FxHashMap<Func, FxHashMap<Value, Bits>>,
    /// Parameters that a caller may pass what it computed. What callers only hand on has the type that it has in memory,
    /// which types tell of the parameter too.
    computed: FxHashSet<Place>,
}

/// A value of a function.
type Place = (Func, Value);

/// Where a function is called directly.
type Sites = FxHashMap<Func, Vec<(Func, Inst)>>;

impl Converted {
    /// Follows all conversions of a module back.
    pub(crate) fn new(module: &Module) -> Self {
        let mut all = Self::default();
        let mut work = conversions(module);
        if work.is_empty() {
            return all;
        }
        let sites = sites(module);
        let mut passed = Vec::new();
        while let Some((func, value, bits)) = work.pop() {
            let known = all.funcs.entry(func).or_default().entry(value).or_default();
            if *known | bits == *known {
                continue;
            }
            *known |= bits;
            let bits = *known;
            let body = module.body(func);
            match body.values[value].def {
                ValueDef::Param(index) => {
                    for &(caller, call) in sites.get(&func).into_iter().flatten() {
                        let args = module.body(caller).call_args(call);
                        let Some(&arg) = args.get(index as usize) else {
                            continue;
                        };
                        work.push((caller, arg, bits));
                        passed.push(((caller, arg), (func, value)));
                    }
                }
                ValueDef::Inst(inst) => {
                    let from = sources(module, body, inst, bits).into_iter();
                    work.extend(from.map(|(v, bits)| (func, v, bits)));
                    work.extend(results(module, body, inst).map(|(f, v)| (f, v, bits)));
                }
                ValueDef::Const(_) => {}
            }
        }
        all.find_computed(module, &passed);
        all
    }

    /// `passed`: pairs of an argument and the parameter that it becomes.
    fn find_computed(&mut self, module: &Module, passed: &[(Place, Place)]) {
        loop {
            let before = self.computed.len();
            for &(arg, param) in passed {
                let body = module.body(arg.0);
                let is_computed = match body.values[arg.1].def {
                    ValueDef::Inst(inst) => !matches!(body.insts[inst].op, Op::Load(_)),
                    ValueDef::Param(_) => self.computed.contains(&arg),
                    ValueDef::Const(_) => false,
                };
                if is_computed {
                    self.computed.insert(param);
                }
            }
            if self.computed.len() == before {
                return;
            }
        }
    }

    /// Lets the integers of `func` that are computed from mantissas and converted carry floats.
    pub(crate) fn mark(
        &self,
        module: &Module,
        func: Func,
        query: &dyn TypeQuery,
        carry: &mut [Carry],
    ) {
        let Some(converted) = self.funcs.get(&func) else {
            return;
        };
        let body = module.body(func);
        // What callers pass and callees return is for them to say; not of what has floats in it anyway, beside
        // the integer.
        let open = |v: &Value| match body.values[*v].def {
            _ if carry[v.as_u32() as usize].floats => false,
            ValueDef::Param(_) => self.computed.contains(&(func, *v)),
            ValueDef::Inst(inst) => results(module, body, inst).next().is_some(),
            ValueDef::Const(_) => false,
        };
        let mut work: Vec<Value> = converted.keys().copied().filter(open).collect();
        let starts = |&(v, bits): &(Value, Bits)| query.mantissa(v) & bits != 0;
        for &value in converted.keys() {
            // The upper bits of the mantissa of a double or a float.
            const UPPER: Bits = 1 << 51 | 1 << 22;
            if converted[&value] & UPPER != 0 && query.only_converted(value) {
                work.push(value);
            }
            if let Some(inst) = body.def(value)
                && (sources(module, body, inst, converted[&value]).iter()).any(starts)
            {
                work.push(value);
            }
        }
        let users = users(module, body, converted);
        let mut seen = vec![false; carry.len()];
        while let Some(value) = work.pop() {
            let index = value.as_u32() as usize;
            if !std::mem::replace(&mut seen[index], true) {
                carry[index].floats = true;
                work.extend(users.get(&value).into_iter().flatten());
            }
        }
    }
}

/// The operands of conversions.
fn conversions(module: &Module) -> Vec<(Func, Value, Bits)> {
    let mut found = Vec::new();
    for (func, data) in &module.funcs {
        let Some(body) = &data.body else { continue };
        for data in body.insts.values() {
            if matches!(data.op, Op::Cast(CastOp::SiToFp | CastOp::UiToFp)) {
                let value = data.operands[0];
                found.push((func, value, mask(width(module, body, value))));
            }
        }
    }
    found
}

fn sites(module: &Module) -> Sites {
    let mut sites = Sites::default();
    for (caller, data) in &module.funcs {
        let Some(body) = &data.body else { continue };
        for (call, callee) in super::classify::direct_calls(body) {
            sites.entry(callee).or_default().push((caller, call));
        }
    }
    sites
}

/// What the function returns that an instruction calls.
fn results<'m>(
    module: &'m Module,
    body: &Body,
    inst: Inst,
) -> impl Iterator<Item = (Func, Value)> + use<'m> {
    use rz_view::op::Callee;
    let callee = match body.insts[inst].op.call().map(|call| &call.callee) {
        Some(&Callee::Direct(func)) => module.funcs[func].body.as_ref().map(|body| (func, body)),
        _ => None,
    };
    callee.into_iter().flat_map(|(func, body)| {
        let returns = body.insts.values().filter(|i| matches!(i.op, Op::Ret));
        returns.filter_map(move |ret| Some((func, *ret.operands.first()?)))
    })
}

/// The converted values that are computed from others.
fn users(
    module: &Module,
    body: &Body,
    converted: &FxHashMap<Value, Bits>,
) -> FxHashMap<Value, Vec<Value>> {
    let mut users: FxHashMap<Value, Vec<Value>> = FxHashMap::default();
    for (&value, &bits) in converted {
        let Some(inst) = body.def(value) else {
            continue;
        };
        for (from, _) in sources(module, body, inst, bits) {
            users.entry(from).or_default().push(value);
        }
    }
    users
}

/// The operands of an integer operation that decide `bits` of its result, and which bits of them.
fn sources(module: &Module, body: &Body, inst: Inst, bits: Bits) -> Vec<(Value, Bits)> {
    let data = &body.insts[inst];
    let ops = &data.operands;
    if !module.types.is_int(data.ty) {
        return Vec::new();
    }
    let own = data.result.map_or(128, |v| width(module, body, v));
    let bits = bits & mask(own);
    let all = |list: &[Value]| -> Vec<(Value, Bits)> {
        let integer = |v: &&Value| module.types.is_int(body.ty(**v));
        let every = |&v: &Value| (v, mask(width(module, body, v)));
        list.iter().filter(integer).map(every).collect()
    };
    let same = |list: &[Value]| list.iter().map(|&v| (v, bits)).collect();
    let found: Vec<(Value, Bits)> = match data.op {
        Op::Binary(op) => arithmetic(body, op, [ops[0], ops[1]], own, bits)
            .map_or_else(|| all(ops), |list| list.to_vec()),
        Op::Cast(CastOp::Trunc) => same(&ops[..1]),
        Op::Cast(cast @ (CastOp::ZExt | CastOp::SExt)) => {
            let narrow = width(module, body, ops[0]);
            let sign = cast == CastOp::SExt && bits & !mask(narrow) != 0;
            vec![(ops[0], bits & mask(narrow) | top(narrow, sign))]
        }
        Op::Freeze | Op::Phi { .. } => same(ops),
        Op::Select => same(&ops[1..]),
        Op::InsertElement | Op::Shuffle(_) => same(&ops[..2]),
        Op::ExtractElement => same(&ops[..1]),
        Op::Cast(CastOp::BitCast) => all(ops),
        Op::Call(_) if is_arithmetic(module, body, inst) => all(body.call_args(inst)),
        _ => Vec::new(),
    };
    let open = |&(v, bits): &(Value, Bits)| bits != 0 && body.constant(v).is_none();
    found.into_iter().filter(open).collect()
}

/// What decides `bits` of an operation on integers of `own` bits; `None` for everything.
fn arithmetic(
    body: &Body,
    op: BinaryOp,
    [a, b]: [Value; 2],
    own: u32,
    bits: Bits,
) -> Option<[(Value, Bits); 2]> {
    let by = splat(body, b);
    let small = by.and_then(|n| u32::try_from(n).ok()).filter(|&n| n < own);
    // Division by a power of two is a shift.
    let exponent = by
        .filter(|n| n.is_power_of_two())
        .map(Bits::trailing_zeros)
        .filter(|&n| n < own);
    let up = |n: u32, signed: bool| {
        let kept = mask(own) >> n;
        bits << n & mask(own) | top(own, signed && bits & !kept != 0)
    };
    let of_first = match op {
        BinaryOp::And => bits & by.unwrap_or(Bits::MAX),
        BinaryOp::Or => bits & !by.unwrap_or(0),
        BinaryOp::Xor | BinaryOp::Add | BinaryOp::Sub => bits,
        BinaryOp::Shl => bits >> small?,
        BinaryOp::LShr => up(small?, false),
        BinaryOp::AShr => up(small?, true),
        BinaryOp::UDiv => up(exponent?, false),
        BinaryOp::SDiv => up(exponent?, true),
        BinaryOp::FAdd
        | BinaryOp::FSub
        | BinaryOp::FMul
        | BinaryOp::FDiv
        | BinaryOp::FRem
        | BinaryOp::Mul
        | BinaryOp::URem
        | BinaryOp::SRem => return None,
    };
    Some([(a, of_first), (b, bits)])
}

/// A function of numbers that LLVM knows by itself: a minimum, an absolute value.
fn is_arithmetic(module: &Module, body: &Body, inst: Inst) -> bool {
    use rz_view::op::Callee;
    let Some(&Callee::Direct(func)) = body.insts[inst].op.call().map(|call| &call.callee) else {
        return false;
    };
    let data = &module.funcs[func];
    data.body.is_none() && data.name.starts_with("llvm.") && !data.effects.reads
}

fn splat(body: &Body, value: Value) -> Option<Bits> {
    match body.constant(value)? {
        Constant::Int(bits) => Some(*bits),
        Constant::Splat(lane) => body.const_int(*lane),
        _ => None,
    }
}

fn width(module: &Module, body: &Body, value: Value) -> u32 {
    match module.types.kind(module.types.scalar(body.ty(value))) {
        TypeKind::Int(bits) => (*bits).min(128),
        _ => 128,
    }
}

fn mask(width: u32) -> Bits {
    Bits::MAX >> (128 - width.clamp(1, 128))
}

fn top(width: u32, set: bool) -> Bits {
    Bits::from(set) << (width.max(1) - 1)
}
