//! Integers computed from the bits of floats and read as floats again.
//!
//! Types call the result of integer arithmetic an integer, and integers carry nothing. That is right
//! for an exponent that indexes a table and wrong for the fast inverse square root:
//!
//! ```text
//! v1 = bitcast v0 : float to i32
//! v2 = lshr v1, 1
//! v3 = sub 0x5f3759df, v2        ; an integer by type, yet v4 depends on v0
//! v4 = bitcast v3 : i32 to float
//! ```
//!
//! The same holds where the last step is not a bit cast but a store, a call or a return of what is known
//! to be a float there. So whatever lies on a path of integer operations from float bits to float bits carries floats. The
//! plan then derives it (moves of whole bytes, sign flips) or refuses it (arithmetic). Paths are followed
//! by bytes: a count that shares a register with a float is not on the float's path.

use super::carry::{Carry, TypeQuery};
use crate::taken::{ALL, Bytes, read_of_operands};
use rz_view::op::CastOp;
use rz_view::{Body, Inst, Op, TypeTable, Value};

/// Lets integers between float bits and float bits carry floats.
pub(crate) fn mark(types: &TypeTable, body: &Body, query: &dyn TypeQuery, carry: &mut [Carry]) {
    let images = read_as_floats(types, body, query);
    loop {
        let mut changed = false;
        for &inst in &images {
            let data = &body.insts[inst];
            let Some(result) = data.result else { continue };
            if carry[index(result)].floats {
                continue;
            }
            if sources(body, inst).any(|v| body.constant(v).is_none() && carry[index(v)].floats) {
                carry[index(result)].floats = true;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

fn index(value: Value) -> usize {
    value.as_u32() as usize
}

/// Integer operations of whose result some bytes are read as floats, in program order.
fn read_as_floats(types: &TypeTable, body: &Body, query: &dyn TypeQuery) -> Vec<Inst> {
    let mut work: Vec<(Value, Bytes)> = body
        .insts
        .iter()
        .filter_map(|(inst, data)| match (&data.op, data.result) {
            (Op::Cast(CastOp::BitCast), _) if types.float_kind(data.ty).is_some() => {
                Some((data.operands[0], ALL))
            }
            (_, Some(result)) if is_integer_operation(types, body, inst) => {
                Some((result, query.image(result)))
            }
            _ => None,
        })
        .collect();
    let mut read: Vec<Bytes> = vec![0; body.insts.len()];
    while let Some((value, bytes)) = work.pop() {
        let Some(inst) = body.def(value) else {
            continue;
        };
        let known = &mut read[inst.as_u32() as usize];
        if *known | bytes == *known || !is_integer_operation(types, body, inst) {
            continue;
        }
        *known |= bytes;
        let from = read_of_operands(types, body, inst, *known);
        work.extend(sources(body, inst).map(|v| (v, from)));
    }
    let insts = body.insts.keys();
    insts
        .filter(|inst| read[inst.as_u32() as usize] != 0)
        .collect()
}

fn is_integer_operation(types: &TypeTable, body: &Body, inst: Inst) -> bool {
    let data = &body.insts[inst];
    types.is_int(data.ty)
        && matches!(
            data.op,
            Op::Binary(_)
                | Op::Cast(CastOp::Trunc | CastOp::ZExt | CastOp::SExt | CastOp::BitCast)
                | Op::Phi { .. }
                | Op::Select
                | Op::Freeze
        )
}

/// The operands whose bits the result is computed from: not the condition of a select.
fn sources(body: &Body, inst: Inst) -> impl Iterator<Item = Value> + '_ {
    let data = &body.insts[inst];
    let skip = usize::from(matches!(data.op, Op::Select));
    data.operands.iter().skip(skip).copied()
}
