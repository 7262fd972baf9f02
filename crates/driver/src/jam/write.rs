//! Writing loops that do a few iterations at once.

use super::find::phis;
use super::{Carried, Jam};
use crate::ring::{leave, redirect, renamed, taken};
use rustc_hash::FxHashMap;
use rz_llvm::{Block, Builder, IntPredicate, Opcode, Value, ValueMap};

/// A loop that is being written.
struct Writer<'a> {
    jam: &'a Jam,
    b: Builder,
    /// What stands for blocks of the loop.
    copies: FxHashMap<Block, Block>,
    /// What stands for its values, in each of the iterations.
    maps: Vec<ValueMap>,
}

/// Puts a loop that does a few iterations at once before the one that was found, which does the rest.
pub(super) fn write(jam: &Jam) {
    let shape = &jam.shape;
    let way = leave(&shape.blocks, shape.latch, shape.exit);
    let new = |name: &str| shape.header.insert_before(name);
    let gate = new("jam");
    redirect(shape.before, shape.header, gate);
    for phi in shape.phis() {
        renamed(phi, shape.before, gate);
    }
    let mut writer = Writer {
        jam,
        b: Builder::new(shape.header.function().context()),
        copies: shape.blocks.iter().map(|&b| (b, new("jam.loop"))).collect(),
        maps: (0..jam.lanes).map(|_| ValueMap::new()).collect(),
    };
    let (out, rest) = (new("jam.out"), new("jam.rest"));
    let header = writer.copies[&shape.header];
    let (all, wide) = writer.enter(gate, header, rest);
    let left = writer.start(gate, header);
    for &block in &shape.blocks {
        writer.copy(block);
    }
    for &block in &shape.blocks[1..] {
        writer.close(block);
    }
    writer.go_around(left, wide, gate, out);
    let b = &writer.b;
    b.position_at_end(out);
    b.cond_br(b.icmp(IntPredicate::Eq, wide, all), way.block, rest);
    way.lead(out, writer.last());
    writer.go_on(gate, out, rest);
}

impl Writer<'_> {
    /// What `value` is in the last of the iterations.
    fn last(&self) -> &ValueMap {
        self.maps.last().expect("there are some")
    }

    fn in_lane(&self, lane: usize, value: Value) -> Value {
        self.maps[lane].get(value).unwrap_or(value)
    }

    /// How many iterations there are, and how many are done by the new loop.
    fn enter(&self, gate: Block, header: Block, rest: Block) -> (Value, Value) {
        let (b, count) = (&self.b, &self.jam.count);
        b.position_at_end(gate);
        let ty = count.counter.ty();
        let first = taken(count.counter, gate);
        let last = b.sub(count.bound, ty.int_const_signed(count.ahead));
        let behind = if count.step > 0 {
            b.sub(last, first)
        } else {
            b.sub(first, last)
        };
        // Zero if there are as many as there are numbers: then the rest is all.
        let all = b.add(behind, ty.int_const(1));
        let wide = b.and(all, ty.int_const_signed(-i64::from(self.jam.lanes)));
        let any = b.icmp(IntPredicate::Ne, wide, ty.int_const(0));
        b.cond_br(any, header, rest);
        (all, wide)
    }

    /// The phis at the start of the new loop, and what steps from them. How many iterations are left.
    fn start(&mut self, gate: Block, header: Block) -> Value {
        let b = &self.b;
        b.position_at_end(header);
        let left = b.phi(self.jam.count.counter.ty());
        for phi in self.jam.shape.phis() {
            let copy = b.phi(phi.ty());
            copy.add_incoming(taken(phi, gate), gate);
            self.maps[0].set(phi, copy);
        }
        for &(phi, how) in &self.jam.carried {
            let next = taken(phi, self.jam.shape.latch);
            for lane in 1..self.maps.len() {
                let value = match how {
                    Carried::Fixed => next,
                    Carried::Step => self.insert(next, lane - 1),
                    Carried::Behind => continue,
                };
                self.maps[lane].set(phi, value);
            }
        }
        left
    }

    /// A copy of `inst` in an iteration.
    fn insert(&self, inst: Value, lane: usize) -> Value {
        let copy = inst.clone_instruction();
        self.b.insert(copy);
        self.maps[lane].remap(copy);
        copy
    }

    /// What `block` does, for one iteration after the other.
    fn copy(&mut self, block: Block) {
        let shape = &self.jam.shape;
        self.b.position_at_end(self.copies[&block]);
        let lanes = self.maps.len();
        if block != shape.header {
            for phi in phis(block) {
                self.each(phi, |writer, _| writer.b.phi(phi.ty()));
            }
        }
        for lane in 0..lanes {
            if lane > 0 {
                self.take_over(block, lane);
            }
            for inst in block.instructions() {
                if inst.opcode() == Some(Opcode::Phi) || inst.is_terminator() {
                    continue;
                }
                if self.jam.varies.contains(&inst) {
                    let copy = self.insert(inst, lane);
                    self.maps[lane].set(inst, copy);
                } else if lane == 0 {
                    self.each(inst, |writer, lane| writer.insert(inst, lane));
                }
            }
        }
        if block == shape.latch {
            return;
        }
        let end = block.terminator().expect("a block ends");
        let ways: Vec<Block> = { block.successors().into_iter() }
            .map(|to| self.copies[&to])
            .collect();
        match ways[..] {
            [to] => self.b.br(to),
            _ => self
                .b
                .cond_br(self.in_lane(0, end.condition()), ways[0], ways[1]),
        };
    }

    /// Maps `value` to one that is made for each iteration, or once if it is the same in all.
    fn each(&mut self, value: Value, make: impl Fn(&Self, usize) -> Value) {
        let varies = self.jam.varies.contains(&value);
        let first = make(self, 0);
        self.maps[0].set(value, first);
        for lane in 1..self.maps.len() {
            let copy = if varies { make(self, lane) } else { first };
            self.maps[lane].set(value, copy);
        }
    }

    /// What the iteration before has computed in `block` for this one.
    fn take_over(&mut self, block: Block, lane: usize) {
        for &(phi, how) in &self.jam.carried {
            let next = taken(phi, self.jam.shape.latch);
            if how == Carried::Behind && next.block() == block {
                let value = self.in_lane(lane - 1, next);
                self.maps[lane].set(phi, value);
            }
        }
    }

    /// What the phis of `block` take.
    fn close(&self, block: Block) {
        for phi in phis(block) {
            let varies = self.jam.varies.contains(&phi);
            let lanes = if varies { self.maps.len() } else { 1 };
            for lane in 0..lanes {
                for (value, from) in phi.incoming() {
                    let value = self.in_lane(lane, value);
                    self.in_lane(lane, phi)
                        .add_incoming(value, self.copies[&from]);
                }
            }
        }
    }

    /// The end of the new loop: back to its start, or `out`.
    fn go_around(&self, left: Value, wide: Value, gate: Block, out: Block) {
        let (b, shape) = (&self.b, &self.jam.shape);
        let (header, latch) = (self.copies[&shape.header], self.copies[&shape.latch]);
        b.position_at_end(latch);
        let by = left.ty().int_const_signed(-i64::from(self.jam.lanes));
        let next = b.add(left, by);
        let done = b.icmp(IntPredicate::Eq, next, left.ty().int_const(0));
        b.cond_br(done, out, header);
        left.add_incoming(wide, gate);
        left.add_incoming(next, latch);
        for phi in shape.phis() {
            let around = self.next(phi);
            self.in_lane(0, phi).add_incoming(around, latch);
        }
    }

    /// What `phi` is in the iteration behind the last of those done at once.
    fn next(&self, phi: Value) -> Value {
        let next = taken(phi, self.jam.shape.latch);
        self.last().get(next).unwrap_or(next)
    }

    /// The rest starts where the new loop has ended.
    fn go_on(&self, gate: Block, out: Block, rest: Block) {
        let (b, shape) = (&self.b, &self.jam.shape);
        b.position_at_end(rest);
        for phi in shape.phis() {
            let start = b.phi(phi.ty());
            start.add_incoming(taken(phi, gate), gate);
            start.add_incoming(self.next(phi), out);
            phi.remove_incoming(gate);
            phi.add_incoming(start, rest);
        }
        b.br(shape.header);
    }
}
