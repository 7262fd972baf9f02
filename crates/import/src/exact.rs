//! What divides the distances between pointers.
//!
//! ```text
//! %bytes = sub i64 %end, %begin            ; both are addresses       ⇒  multiple of 24
//! %count = sdiv exact i64 %bytes, 24       ; so many elements
//! %place = getelementptr i8, ptr %new, i64 %bytes
//! ```
//!
//! Without it `%place` may be anywhere in an element. An exact division says something only where it is
//! executed; distances whose remainders nobody looks at have the same divisor everywhere.

use rustc_hash::{FxHashMap, FxHashSet};
use rz_analysis::divisor;
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Body, Cfg, Dominators, Inst, Op, Value};

/// Distances that are asked whether they follow from others.
const MAX_SUMS: usize = 256;
/// Values between two addresses.
const MAX_STEPS: usize = 64;
/// Distances they may follow from.
const MAX_KNOWN: usize = 256;

/// Notes on the distances between pointers what `exact` divisions say about them.
pub(crate) fn note(body: &mut Body, exact: &[Inst]) {
    let mut found: FxHashMap<Inst, u64> = FxHashMap::default();
    for &inst in exact {
        let data = &body.insts[inst];
        let divided = body.def(data.operands[0]);
        let unit = unit(body, inst);
        if let (Some(unit), Some(divided)) = (unit, divided)
            && is_distance(body, divided)
        {
            // Different code may divide it, executed for different kinds of elements.
            let known = found.entry(divided).or_insert(unit);
            *known = common_divisor(*known, unit);
        }
    }
    let asked = remainders(body);
    let unasked = |inst: Inst| body.insts[inst].result.is_some_and(|v| !asked.contains(&v));
    found.retain(|&distance, _| unasked(distance));
    let others = sums_of_distances(body, exact, &found, unasked);
    for (distance, unit) in found.into_iter().chain(others) {
        body.insts[distance].multiple = unit;
    }
}

/// Distances that follow from steps, or from others where both were divided before.
///
/// ```text
/// %a = sub i64 %middle, %first             ; multiple of 8
/// %b = sub i64 %last, %first               ; multiple of 8
/// %c = sub i64 %last, %middle              ; so this one is too
/// ```
fn sums_of_distances(
    body: &Body,
    exact: &[Inst],
    found: &FxHashMap<Inst, u64>,
    unasked: impl Fn(Inst) -> bool,
) -> Vec<(Inst, u64)> {
    let open =
        |&inst: &Inst| is_distance(body, inst) && !found.contains_key(&inst) && unasked(inst);
    let open: Vec<Inst> = body.insts.keys().filter(open).take(MAX_SUMS).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let cfg = Cfg::new(body);
    let dominators = Dominators::new(body, &cfg);
    let known: Vec<(Inst, [Value; 2], u64)> = exact
        .iter()
        .filter_map(|&division| {
            let distance = body.def(body.insts[division].operands[0])?;
            let unit = *found.get(&distance)?;
            Some((division, ends(body, distance)?, unit))
        })
        .take(MAX_KNOWN)
        .collect();
    let of = |inst: Inst| {
        let [from, to] = ends(body, inst)?;
        let steps = [(from, to), (to, from)];
        let steps = steps.map(|(end, base)| steps_from(body, &dominators, end, base));
        if let Some(unit) = steps.into_iter().flatten().find(|&unit| unit > 1) {
            return Some((inst, unit));
        }
        let before = |(division, ..): &&(Inst, [Value; 2], u64)| {
            dominators.inst_dominates(body, *division, inst)
        };
        let known: Vec<_> = known.iter().filter(before).collect();
        let mut reached = vec![from];
        let mut unit = 0;
        let mut next = 0;
        while let Some(&end) = reached.get(next) {
            next += 1;
            for (_, [a, b], by) in &known {
                for (here, there) in [(a, b), (b, a)] {
                    if *here == end {
                        unit = common_divisor(unit, *by);
                        if !reached.contains(there) {
                            reached.push(*there);
                        }
                    }
                }
            }
        }
        (reached.contains(&to) && unit > 1).then_some((inst, unit))
    };
    open.into_iter().filter_map(of).collect()
}

/// What divides the distance from `base` to `end`, when that is derived from `base` alone.
///
/// ```text
/// %cut = getelementptr double, ptr %middle, i64 %n
/// %bytes = sub i64 %cut, %middle           ; a multiple of 8, divided or not
/// ```
///
/// All values on the way are defined after `base`, so they are derived from what it is now, and not from what it was
/// in an earlier iteration.
fn steps_from(body: &Body, dominators: &Dominators, end: Value, base: Value) -> Option<u64> {
    let start = body.def(base);
    let mut unit = 0;
    let mut seen = vec![end];
    let mut next = 0;
    while let Some(&value) = seen.get(next) {
        next += 1;
        if value == base {
            continue;
        }
        let inst = body.def(value)?;
        let data = &body.insts[inst];
        let phi = matches!(data.op, Op::Phi { .. });
        // Phis of one block are taken at once: one that names another has what that was before.
        let later = start.is_none_or(|start| {
            let beside = phi && body.insts[start].block == data.block;
            !beside && dominators.inst_dominates(body, start, inst)
        });
        (later && seen.len() <= MAX_STEPS).then_some(())?;
        let from: &[Value] = match &data.op {
            Op::Phi { .. } => &data.operands,
            Op::Select => &data.operands[1..],
            Op::Freeze => &data.operands,
            Op::Gep(gep) => {
                let terms = gep.terms.iter();
                let terms = terms.map(|&(i, scale)| scale.saturating_mul(divisor(body, i, 8)));
                unit = terms.fold(
                    common_divisor(unit, gep.offset.unsigned_abs()),
                    common_divisor,
                );
                &data.operands[..1]
            }
            _ => return None,
        };
        for &value in from {
            if !seen.contains(&value) {
                seen.push(value);
            }
        }
    }
    Some(unit)
}

/// The two addresses whose distance is taken.
fn ends(body: &Body, distance: Inst) -> Option<[Value; 2]> {
    let address = |v: Value| Some(body.insts[body.def(v)?].operands[0]);
    let [a, b] = body.insts[distance].operands[..] else {
        return None;
    };
    Some([address(a)?, address(b)?])
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// The constant by which an instruction divides.
fn unit(body: &Body, inst: Inst) -> Option<u64> {
    let data = &body.insts[inst];
    let by = u64::try_from(body.const_int(data.operands[1])?).ok()?;
    match data.op {
        Op::Binary(BinaryOp::SDiv | BinaryOp::UDiv) => (1..1 << 32).contains(&by).then_some(by),
        Op::Binary(BinaryOp::AShr | BinaryOp::LShr) => (by < 32).then(|| 1 << by),
        _ => None,
    }
}

fn is_distance(body: &Body, inst: Inst) -> bool {
    let data = &body.insts[inst];
    let address = |&v: &Value| {
        let def = body.def(v).map(|def| &body.insts[def].op);
        matches!(def, Some(Op::Cast(CastOp::PtrToInt | CastOp::PtrToAddr)))
    };
    data.op == Op::Binary(BinaryOp::Sub) && data.operands.iter().all(address)
}

/// Values whose low bits are looked at.
fn remainders(body: &Body) -> FxHashSet<Value> {
    let looks = |op: &Op| {
        matches!(
            op,
            Op::Binary(BinaryOp::And | BinaryOp::URem | BinaryOp::SRem) | Op::Cast(CastOp::Trunc)
        )
    };
    let insts = body.insts.values().filter(|data| looks(&data.op));
    insts
        .flat_map(|data| data.operands.iter().copied())
        .collect()
}
