//! Lanes of a vector that hold nothing get a value before anything is computed with them.
//!
//! LLVM sees which lanes somebody asks for, and leaves the others poison:
//!
//! ```text
//! %v = insertelement <4 x double> poison, double %x, i64 0
//! %p = fmul <4 x double> %a, %v                                ; only lane 0 is used
//! →  %w = shufflevector <4 x double> %v, poison, <4 x i32> zeroinitializer
//!    %p = fmul <4 x double> %a, %w
//! ```
//!
//! The adjoints of the other lanes of `%p` are zero, but the adjoint of `%a` is that of `%p` times `%v`: zero times poison
//! is poison, and whoever uses the lanes of `%a` gets a derivative that is nothing. So a lane without a value becomes
//! a copy of one that has one.
//!
//! # Why this is legal
//!
//! Poison may become any value. What is moved from vector to vector keeps its lanes; only where something else is done
//! with a vector, a copy of it is filled, so lanes that have a value keep it.

use rustc_hash::FxHashMap;
use rz_llvm::{Builder, Function, Opcode, TypeKind, Value, ValueKind};

/// Fills vectors that `clone` computes with.
pub(crate) fn fill(clone: Function) {
    let mut lanes = Lanes::default();
    for inst in clone.instructions() {
        if moves_lanes(inst) {
            continue;
        }
        for index in 0..inst.operand_count() {
            let operand = inst.operand(index);
            if let Some(from) = lanes.filled(operand) {
                let builder = Builder::new(inst.context());
                builder.position_before(use_at(inst, index));
                let poison = operand.ty().poison();
                inst.set_operand(index, builder.shuffle(operand, poison, &from));
            }
        }
    }
}

/// Where the operand `index` of `inst` is used: a phi uses it where the edge begins.
fn use_at(inst: Value, index: u32) -> Value {
    if inst.opcode() != Some(Opcode::Phi) {
        return inst;
    }
    let (_, from) = inst.incoming()[index as usize];
    from.terminator().expect("a block ends")
}

/// True for what only moves lanes from vector to vector.
fn moves_lanes(inst: Value) -> bool {
    let moves = [
        Opcode::InsertElement,
        Opcode::ExtractElement,
        Opcode::ShuffleVector,
    ];
    inst.opcode().is_some_and(|opcode| moves.contains(&opcode))
}

/// Which lanes of vectors have a value.
#[derive(Default)]
struct Lanes {
    known: FxHashMap<Value, Vec<bool>>,
}

impl Lanes {
    /// From which lane each lane of `vector` can be had; nothing where all have a value, or none.
    fn filled(&mut self, vector: Value) -> Option<Vec<Option<u32>>> {
        if vector.ty().kind() != TypeKind::Vector {
            return None;
        }
        let lanes = self.of(vector);
        if lanes.iter().all(|&has| has) {
            return None;
        }
        let good = lanes.iter().position(|&has| has)?;
        let from = |(lane, &has): (usize, &bool)| Some(if has { lane } else { good } as u32);
        Some(lanes.iter().enumerate().map(from).collect())
    }

    fn of(&mut self, vector: Value) -> Vec<bool> {
        if let Some(known) = self.known.get(&vector) {
            return known.clone();
        }
        let all = vec![true; vector.ty().vector_len() as usize];
        // Unreachable code may go round.
        self.known.insert(vector, all.clone());
        let found = match (vector.kind(), vector.opcode()) {
            (ValueKind::Poison | ValueKind::Undef, _) => vec![false; all.len()],
            (ValueKind::Aggregate, _) => (vector.operands().into_iter()).map(has_value).collect(),
            (ValueKind::Instruction, Some(Opcode::InsertElement)) => self.inserted(vector),
            (ValueKind::Instruction, Some(Opcode::ShuffleVector)) => self.shuffled(vector),
            _ => all,
        };
        self.known.insert(vector, found.clone());
        found
    }

    fn inserted(&mut self, insert: Value) -> Vec<bool> {
        let mut lanes = self.of(insert.operand(0));
        match insert.operand(2).int_value() {
            Some(at) if (at as usize) < lanes.len() => {
                lanes[at as usize] = has_value(insert.operand(1));
            }
            // It may be any lane.
            _ => lanes.fill(true),
        }
        lanes
    }

    fn shuffled(&mut self, shuffle: Value) -> Vec<bool> {
        let mut both = self.of(shuffle.operand(0));
        both.extend(self.of(shuffle.operand(1)));
        let mask = shuffle.shuffle_mask().into_iter();
        mask.map(|lane| lane.is_some_and(|lane| both[lane as usize]))
            .collect()
    }
}

fn has_value(lane: Value) -> bool {
    !matches!(lane.kind(), ValueKind::Poison | ValueKind::Undef)
}
