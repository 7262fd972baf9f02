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
//! such words ask nothing. Claims of integers and floats are believed: checking them too refuses the counts and
//! loads of hash tables, for flows do not tell the elements of an object apart.

use super::query::{FuncTypes, Segment};
use super::repeat::Run;
use super::tree::Class;
use crate::flow::{Held, Judged};
use rustc_hash::FxHashSet;
use rz_view::{Inst, Op, Value, ValueDef};

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
        match flows.value(self.func(), value) {
            Some(found) if contradicts(found, one) => unknown(one),
            _ => segments,
        }
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
        match flows.memory(self.func(), pointer, offset, one.bytes) {
            Some(found) if contradicts(found, one) => unknown(one),
            _ => segments,
        }
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

fn unknown(segment: &Segment) -> Vec<Segment> {
    vec![Segment {
        class: Class::Unknown,
        ..*segment
    }]
}
