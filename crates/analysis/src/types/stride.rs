//! How far apart the addresses are that one pointer value takes.
//!
//! A pointer phi that walks an array (`p = phi [base, next]; next = gep p, 8`) points to
//! `base + k·8`. Cycles of pointer phis, selects and geps are found once (strongly connected
//! components), and the greatest common divisor of the steps inside one is the stride of all its
//! values. For a variable gep index the stride is its scale times what is known to divide the index.

use crate::divisor::{divisor, gcd};
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl};
use rz_view::op::CastOp;
use rz_view::{Body, Module, Op, Value};

/// A cycle of pointer values.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Cycle(u32);
entity_impl!(Cycle, "cycle");

/// What is known about a cycle.
#[derive(Clone, Default, Debug)]
pub(crate) struct CycleData {
    /// Divides all steps.
    pub(crate) stride: u64,
    /// Values from outside that its pointers are derived from.
    pub(crate) bases: Vec<Value>,
}

/// All cycles of pointer values of a function.
#[derive(Clone)]
pub(crate) struct Cycles {
    pub(crate) of: SecondaryMap<Value, Option<Cycle>>,
    pub(crate) list: PrimaryMap<Cycle, CycleData>,
}

impl Cycles {
    /// Finds them.
    pub(crate) fn new(module: &Module, body: &Body) -> Self {
        let mut cycles = Self {
            of: SecondaryMap::new(),
            list: PrimaryMap::new(),
        };
        for component in components(module, body) {
            let mut data = CycleData::default();
            for &value in &component {
                let inside = |v: &Value| component.binary_search(v).is_ok();
                data.stride = gcd(data.stride, step(body, value, inside));
                for &base in derived_from(module, body, value) {
                    if !inside(&base) && !data.bases.contains(&base) {
                        data.bases.push(base);
                    }
                }
            }
            let cycle = cycles.list.push(data);
            for value in component {
                cycles.of[value] = Some(cycle);
            }
        }
        cycles
    }

    /// The stride of the cycle a value lies on; 0 for all others.
    pub(crate) fn stride(&self, value: Value) -> u64 {
        self.of[value].map_or(0, |cycle| self.list[cycle].stride)
    }
}

/// What divides the distance that a value of a cycle moves.
fn step(body: &Body, value: Value, inside: impl Fn(&Value) -> bool) -> u64 {
    let Some(inst) = body.def(value) else {
        return 0;
    };
    let data = &body.insts[inst];
    let Op::Gep(gep) = &data.op else { return 0 };
    if !inside(&data.operands[0]) {
        return 0;
    }
    let terms = gep.terms.iter();
    let terms = terms.map(|&(index, scale)| scale.saturating_mul(divisor(body, index, 8)));
    terms.fold(gep.offset.unsigned_abs(), gcd)
}

/// The operands from which a pointer value is derived within its function.
fn derived_from<'b>(module: &Module, body: &'b Body, value: Value) -> &'b [Value] {
    let Some(inst) = body.def(value) else {
        return &[];
    };
    if !module.types.is_pointer(body.ty(value)) {
        return &[];
    }
    let data = &body.insts[inst];
    match &data.op {
        Op::Phi { .. } => &data.operands,
        Op::Select => &data.operands[1..],
        Op::Gep(_) | Op::Freeze | Op::Cast(CastOp::AddrSpaceCast | CastOp::BitCast) => {
            &data.operands[..1]
        }
        _ => &[],
    }
}

/// Components of more than one value, each sorted.
fn components(module: &Module, body: &Body) -> Vec<Vec<Value>> {
    let derived = |&v: &Value| !derived_from(module, body, v).is_empty();
    let next = |v: Value, k: usize| derived_from(module, body, v).get(k).copied();
    let mut found = crate::components::components(body.values.keys().filter(derived), next);
    found.retain(|component| component.len() > 1);
    for component in &mut found {
        component.sort_unstable();
    }
    found
}
