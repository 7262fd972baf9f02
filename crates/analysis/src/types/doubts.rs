//! Words that are only moved: what types claim about them, checked against flows ([`crate::flow`]).
//!
//! ```text
//! struct { node *next; double v; } a[4], b[4];
//! move(long *d, const long *s):  for (i < 2) d[i] = s[i]        types: words of an array are pointers
//! ```
//!
//! No access of such a word says what it is. What types say about it was learned from neighbours in
//! an array, from uses, or from metadata, and may be true of some of the words only. So where floats may be
//! among what is said to be pointers, that claim is dropped. Nothing else is asked of flows here, and functions without
//! such words ask nothing. Claims of integers and floats are not checked against flows: that refuses the counts and
//! loads of hash tables, for flows do not tell the elements of an object apart. But where a word may be any of the
//! members of a record, and types know that they differ, they say nothing about it.

use super::query::{FuncTypes, Segment};
use super::repeat::Run;
use super::tbaa;
use super::tree::Class;
use crate::flow::{Held, Judged};
use rustc_hash::FxHashSet;
use rz_view::{Inst, InstData, Op, Value, ValueDef};

impl FuncTypes<'_> {
    /// The segments of a value; where flows contradict what a moved word is said to be, it is unknown.
    pub(super) fn doubted(&self, value: Value, segments: Vec<Segment>) -> Vec<Segment> {
        let Some(flows) = &self.doubts else {
            return segments;
        };
        let [one] = &segments[..] else {
            // Words of several parts are known by their parts.
            return segments;
        };
        let open = self.is_word(value) && !self.state.proved[value];
        if !open || matches!(one.class, Class::Anything | Class::Unknown) || !self.is_moved(value) {
            return segments;
        }
        let found = flows.value(self.func(), value);
        let address = self.loaded_from(value);
        let across = || address.is_some_and(|pointer| self.is_across(pointer, one));
        if found.is_some_and(|found| contradicts(found, one)) || !certain(found, one) && across() {
            return unknown(one);
        }
        segments
    }

    /// As [`FuncTypes::doubted`], for memory that is copied and said to be all of one class.
    pub(super) fn doubted_copy(
        &self,
        (to, from): (Value, Value),
        segments: Vec<Segment>,
    ) -> Vec<Segment> {
        let (Some(flows), [one]) = (&self.doubts, &segments[..]) else {
            return segments;
        };
        if matches!(one.class, Class::Anything | Class::Unknown) {
            return segments;
        }
        let found = flows.copied(self.func(), (to, from), 0, one.bytes);
        match found {
            Some(found) if contradicts(found, one) => unknown(one),
            _ => segments,
        }
    }

    /// As [`FuncTypes::doubted_copy`], for memory of any length.
    pub(super) fn doubted_run(&self, inst: Inst, run: Run) -> Option<Run> {
        let Some(sides) = self.state.moved_between(inst) else {
            return Some(run);
        };
        let doubted = self.doubted_copy(sides, run.segments.clone());
        (doubted == run.segments).then_some(run)
    }

    /// As [`FuncTypes::doubted`], for memory behind the address of a moved word.
    pub(super) fn doubted_memory(
        &self,
        pointer: Value,
        offset: i64,
        segments: Vec<Segment>,
    ) -> Vec<Segment> {
        let Some(flows) = &self.doubts else {
            return segments;
        };
        if !self.is_moved(pointer) {
            return segments;
        }
        let [one] = &segments[..] else {
            return segments;
        };
        let found = flows.memory(self.func(), pointer, offset, one.bytes);
        if found.is_some_and(|found| contradicts(found, one))
            || !certain(found, one) && self.is_across(pointer, one)
        {
            return unknown(one);
        }
        segments
    }

    /// The address that a word is loaded from.
    fn loaded_from(&self, value: Value) -> Option<Value> {
        let data = &self.state.body.insts[self.state.body.def(value)?];
        matches!(data.op, Op::Load(_)).then(|| data.operands[0])
    }

    /// An access of integers at `pointer` whose metadata does not say what they are.
    fn is_untold(&self, pointer: Value) -> bool {
        let untold = |data: &InstData| data.tbaa.iter().all(|e| tbaa::class(&e.name).is_none());
        let accesses = |data: &InstData| match data.op {
            Op::Load(_) => data.operands[0] == pointer,
            Op::Store(_) => data.operands[1] == pointer,
            _ => false,
        };
        let mut insts = self.state.body.insts.values();
        insts.any(|data| accesses(data) && untold(data))
    }

    /// True when words at `pointer`, which walks through records, are said to be what only some members are.
    ///
    /// ```text
    /// <double, ptr> every 16 bytes, and a word every 8 bytes: a double by the first of them
    /// ```
    fn is_across(&self, pointer: Value, said: &Segment) -> bool {
        let Some(place) = self.state.place(pointer).filter(|p| p.stride != 0) else {
            return false;
        };
        let graph = &self.state.graph;
        let (exact, views) = graph.contents(place.region);
        let fact = |cell| graph.fact(cell).filter(|fact| !fact.hint && fact.pos == 0);
        let opposed = |cell| {
            let class = fact(cell).map(|fact| fact.class);
            matches!(
                (said.class, class),
                (Class::Integer | Class::Pointer, Some(Class::Float(_)))
                    | (Class::Float(_), Some(Class::Pointer))
            )
        };
        let met = |offset: i64| {
            let apart = offset.wrapping_sub(place.start) as u64;
            apart.is_multiple_of(place.stride)
        };
        let coarser = views.iter().filter(|v| {
            v.stride > place.stride && v.stride % place.stride == 0 && v.end > place.start
        });
        let records = coarser.flat_map(|v| {
            let offset = |&residue: &u64| v.start.wrapping_add(residue as i64);
            v.cells.iter().map(move |(k, &cell)| (offset(k), cell))
        });
        // Beyond an array of integers there may be numbers that it does not reach.
        let members = exact
            .range(place.start..)
            .filter(|_| said.class != Class::Integer);
        let members = members.map(|(&offset, &cell)| (offset, cell));
        let mut all = records.chain(members);
        all.any(|(offset, cell)| met(offset) && opposed(cell)) && self.is_untold(pointer)
    }

    fn is_moved(&self, value: Value) -> bool {
        let moved = self.moved.get_or_init(|| self.moved_words());
        moved.contains(&value)
    }

    /// Words from elsewhere that are stored, passed or returned as they are, and the addresses they are at.
    fn moved_words(&self) -> FxHashSet<Value> {
        let body = self.state.body;
        let mut due = Vec::new();
        let mut moved = FxHashSet::default();
        for data in body.insts.values() {
            match data.op {
                Op::Store(_) => due.push(data.operands[0]),
                Op::Ret | Op::Call(_) | Op::Invoke(..) => due.extend_from_slice(&data.operands),
                _ => {}
            }
        }
        while let Some(value) = due.pop() {
            if !self.is_word(value) || moved.contains(&value) {
                continue;
            }
            if let ValueDef::Inst(inst) = body.values[value].def {
                let data = &body.insts[inst];
                match data.op {
                    Op::Phi { .. } | Op::Freeze => due.extend_from_slice(&data.operands),
                    Op::Select => due.extend_from_slice(&data.operands[1..]),
                    Op::Load(_) => {
                        moved.insert(data.operands[0]);
                    }
                    Op::Call(_) | Op::Invoke(..) | Op::ExtractValue(_) => {}
                    _ => continue,
                }
            }
            moved.insert(value);
        }
        for data in body.insts.values() {
            if matches!(data.op, Op::Store(_)) && moved.contains(&data.operands[0]) {
                moved.insert(data.operands[1]);
            }
        }
        moved
    }
}

/// What is said to be pointers may be something else, whose derivative would be left out. Of integers and floats uses
/// know more than flows, to which all elements of an object are one.
fn contradicts(found: Judged, said: &Segment) -> bool {
    said.class == Class::Pointer && found.contradicts(Held::Pointer)
}

/// Flows know by themselves that it is so.
fn certain(found: Option<Judged>, said: &Segment) -> bool {
    match (found.and_then(|found| found.held), said.class) {
        (Some(Held::Plain), Class::Integer) | (Some(Held::Pointer), Class::Pointer) => true,
        (Some(Held::Float(kind)), class) => class == Class::Float(kind),
        _ => false,
    }
}

fn unknown(segment: &Segment) -> Vec<Segment> {
    vec![Segment {
        class: Class::Unknown,
        ..*segment
    }]
}
