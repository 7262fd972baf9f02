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
use rz_view::op::{BinaryOp, CastOp};
use rz_view::{Body, Inst, Op, Value};

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
    if found.is_empty() {
        return;
    }
    let asked = remainders(body);
    for (distance, unit) in found {
        if body.insts[distance]
            .result
            .is_some_and(|v| !asked.contains(&v))
        {
            body.insts[distance].multiple = unit;
        }
    }
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
