//! The inclusion constraints behind [`super::points`], solved by a worklist.

use super::acts::Acts;
use super::object::{Object, ObjectKind};
use super::points::{CAP, Set, Solver};
use rz_view::{Body, Constant, ValueDef};

impl Solver<'_> {
    pub(crate) fn point(&mut self, node: u32, object: Object) {
        self.add(node, self.objects.find(object).0);
    }

    pub(crate) fn copy(&mut self, from: u32, to: u32) {
        if from == to || !self.edges.insert((from, to)) {
            return;
        }
        self.copies[from as usize].push(to);
        for object in self.sets[from as usize].clone() {
            self.add(to, object);
        }
    }

    pub(crate) fn load(&mut self, addr: u32, to: u32) {
        self.loads[addr as usize].push(to);
        for object in self.sets[addr as usize].clone() {
            self.copy(self.contents + object, to);
        }
    }

    pub(crate) fn store(&mut self, value: u32, addr: u32) {
        self.stores[addr as usize].push(value);
        for object in self.sets[addr as usize].clone() {
            self.store_to(value, object);
        }
    }

    pub(crate) fn store_to(&mut self, value: u32, object: u32) {
        self.copy(value, self.contents + object);
        if self.quiet.contains(&value) {
            return;
        }
        if self.external[object as usize] {
            self.direct.insert((value, object));
            self.copy(value, self.escape);
        } else if matches!(
            self.objects.kind(Object(object)),
            ObjectKind::Global(_) | ObjectKind::Foreign
        ) {
            // Lost by convention, which the caller may want to say.
            self.direct.insert((value, object));
        }
    }

    pub(crate) fn add(&mut self, node: u32, object: u32) {
        let object = self.objects.find(Object(object)).0;
        let set = &mut self.sets[node as usize];
        let Err(at) = set.binary_search(&object) else {
            return;
        };
        set.insert(at, object);
        if self.pending[node as usize].is_empty() {
            self.worklist.push(node);
        }
        self.pending[node as usize].push(object);
        if self.sets[node as usize].len() > CAP || self.crowded[node as usize] {
            self.crowded[node as usize] = true;
            self.queue.push(node);
        }
    }

    /// Makes all objects of a node one.
    pub(crate) fn collapse(&mut self, node: u32) {
        let set = self.sets[node as usize].clone();
        let mut rest = set.iter().copied().filter(|&o| o != Object::FOREIGN.0);
        let Some(first) = rest.next() else { return };
        let mut keep = self.objects.find(Object(first));
        for object in rest {
            let other = self.objects.find(Object(object));
            if other == keep {
                continue;
            }
            let merged = self.objects.merge(keep, other);
            let dropped = if merged == keep { other } else { keep };
            let outside = self.external[merged.index()] || self.external[dropped.index()];
            self.external[merged.index()] = outside;
            self.external[dropped.index()] = outside;
            let (a, b) = (self.inside(merged), self.inside(dropped));
            self.copy(a, b);
            self.copy(b, a);
            if outside {
                self.copy(self.escape, a);
                self.copy(a, self.escape);
                self.direct.insert((a, merged.0));
            }
            keep = merged;
        }
        let mut reduced: Set = set
            .iter()
            .map(|&o| self.objects.find(Object(o)).0)
            .collect();
        reduced.sort_unstable();
        reduced.dedup();
        // Loads and stores through the kept object, when it is new to this node.
        let new = reduced.iter().copied().filter(|o| !set.contains(o));
        let idle = self.pending[node as usize].is_empty();
        self.pending[node as usize].extend(new);
        if idle && !self.pending[node as usize].is_empty() {
            self.worklist.push(node);
        }
        self.sets[node as usize] = reduced;
    }

    pub(crate) fn run(&mut self) {
        loop {
            // Collapsing first keeps sets small while they spread.
            while let Some(node) = self.queue.pop() {
                self.collapse(node);
            }
            let Some(node) = self.worklist.pop() else {
                return;
            };
            let new = std::mem::take(&mut self.pending[node as usize]);
            for &object in &new {
                let keep = self.objects.find(Object(object)).0;
                if keep != object {
                    // Merged meanwhile: what is kept stands for it, here and in its contents.
                    self.add(node, keep);
                    continue;
                }
                for to in self.copies[node as usize].clone() {
                    self.add(to, object);
                }
                for to in self.loads[node as usize].clone() {
                    self.copy(self.contents + object, to);
                }
                for value in self.stores[node as usize].clone() {
                    self.store_to(value, object);
                }
            }
        }
    }

    /// Pointers made from integers nobody saw a pointer go into point to unknown memory.
    pub(crate) fn orphans(&mut self, body: &Body, acts: &Acts) {
        for (value, data) in &body.values {
            let ValueDef::Inst(inst) = data.def else {
                continue;
            };
            let data = &body.insts[inst];
            let made = match &data.op {
                rz_view::Op::Cast(rz_view::op::CastOp::IntToPtr) => true,
                rz_view::Op::Gep(_) => matches!(
                    body.constant(data.operands[0]),
                    Some(Constant::Null | Constant::Zero)
                ),
                _ => false,
            };
            if made
                && acts.carry[value.as_u32() as usize].pointers
                && self.sets[value.as_u32() as usize].is_empty()
            {
                self.point(value.as_u32(), Object::UNKNOWN);
            }
        }
        self.run();
    }
}
