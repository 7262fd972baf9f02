//! Bytes without a type: what they may hold, by where they come from and go ([`crate::flow`]).

use super::moved::TEXT;
use super::query::{FuncTypes, Segment, push};
use super::repeat::Run;
use super::tree::Class;
use crate::flow::{self, Held, Judged};
use rz_view::{Inst, Value};
use std::ops::Range;

impl FuncTypes<'_> {
    /// The segments with what flows say: about those that are unknown, asked word by word, and against the
    /// others.
    pub(super) fn refined(
        &self,
        segments: Vec<Segment>,
        ask: impl Fn(u64, u64) -> Option<Judged>,
    ) -> Vec<Segment> {
        if self.flows.is_none() {
            return segments;
        }
        let mut all = Vec::new();
        for segment in segments {
            let (start, bytes) = (segment.offset, segment.bytes);
            if let Some(said) = said(segment.class) {
                let doubt = ask(start, bytes).is_some_and(|found| found.contradicts(said));
                let class = if doubt { Class::Unknown } else { segment.class };
                push(&mut all, start, bytes, class);
            } else if segment.class == Class::Anything {
                push(&mut all, start, bytes, Class::Anything);
            } else {
                self.words(start..start + bytes, &ask, &mut all);
            }
        }
        all
    }

    fn words(
        &self,
        bytes: Range<u64>,
        ask: impl Fn(u64, u64) -> Option<Judged>,
        all: &mut Vec<Segment>,
    ) {
        let mut at = bytes.start;
        while at < bytes.end {
            let fits = |&n: &u64| at.is_multiple_of(n) && at + n <= bytes.end;
            let words = [8, 4, 2, 1].into_iter().filter(fits);
            let class = |n| self.class_of(ask(at, n)?.held?, n);
            let mut found = words.filter_map(|n| Some((n, class(n)?)));
            let (bytes, class) = found.next().unwrap_or((1, Class::Unknown));
            push(all, at, bytes, class);
            at += bytes;
        }
    }

    /// The class of a word, when it is one element or no element at all.
    fn class_of(&self, held: Held, bytes: u64) -> Option<Class> {
        match held {
            Held::Plain => Some(Class::Integer),
            _ if held.bytes(self.state.module.pointer_bytes) != bytes => None,
            Held::Float(kind) => Some(Class::Float(kind)),
            Held::Pointer => Some(Class::Pointer),
        }
    }

    /// Integers that types take for floats because memory of several objects is one to them: flows tell.
    pub(super) fn told_apart(&self, value: Value, segments: Vec<Segment>) -> Vec<Segment> {
        let image = |s: &Segment| matches!(s.class, Class::Float(_));
        if !segments.iter().any(image) || !self.is_number(value) {
            return segments;
        }
        let mut all = Vec::new();
        for segment in segments {
            let class = if image(&segment) {
                Class::Integer
            } else {
                segment.class
            };
            push(&mut all, segment.offset, segment.bytes, class);
        }
        all
    }

    /// An integer in a register, whose type says nothing.
    pub(super) fn is_word(&self, value: Value) -> bool {
        let ty = self.state.body.ty(value);
        self.state.module.types.is_int(ty) && self.state.body.constant(value).is_none()
    }

    /// No bytes of floats come into this integer, or none go on as such.
    pub(super) fn is_number(&self, value: Value) -> bool {
        let types = &self.state.module.types;
        types.is_int(self.state.body.ty(value))
            && self
                .flows
                .as_ref()
                .and_then(|flows| flows.value(self.func(), value))
                .is_some_and(|found| found.held == Some(Held::Plain))
    }

    /// What a store of an integer without a type moves: where that is no float, what it overwrites counts.
    pub(super) fn put(&self, value: Value, pointer: Value) -> Vec<Segment> {
        let func = self.func();
        let typed = self.believed(value);
        if !self.is_word(value) {
            return typed;
        }
        self.refined(typed, |at, bytes| {
            let flows = self.flows.as_ref()?;
            let found = flows.value(func, value)?;
            match found.held {
                Some(Held::Plain) => flows.overwritten(func, pointer, at as i64, bytes),
                _ => Some(found),
            }
        })
    }

    /// What memory holds that a constant is put over.
    pub(super) fn covered(&self, pointer: Value, bytes: u64) -> Vec<Segment> {
        let func = self.func();
        self.refined(self.typed_pointee(pointer, 0, bytes), |at, len| {
            let flows = self.flows.as_ref()?;
            flows.overwritten(func, pointer, at as i64, len)
        })
    }

    /// What repeats in memory of any length that an instruction copies or fills, by what types say and by
    /// flows.
    pub(super) fn run_of_flows(
        &self,
        inst: Inst,
        pointer: Value,
        typed: Option<Run>,
    ) -> Option<Run> {
        const ALL: u64 = u64::MAX;
        let Some(flows) = &self.flows else {
            return typed.and_then(|run| self.doubted_run(inst, run));
        };
        let func = self.func();
        let found = match self.state.moved_between(inst) {
            Some(sides) if self.is_text(inst) => flows.copied(func, sides, 0, flow::TEXT),
            Some(sides) => flows.copied(func, sides, 0, ALL),
            None => flows.memory(func, pointer, 0, ALL),
        };
        if let Some(run) = typed {
            // Of records it is not known which part of them something else would be.
            let one = match &run.segments[..] {
                [segment] => said(segment.class),
                _ => None,
            };
            let doubt = found
                .zip(one)
                .is_some_and(|(found, said)| found.contradicts(said));
            return Some(run).filter(|_| !doubt);
        }
        let held = found?.held?;
        let period = held.bytes(self.state.module.pointer_bytes);
        let class = self.class_of(held, period)?;
        let segments = vec![Segment {
            offset: 0,
            bytes: period,
            class,
        }];
        // Elements with room between them are not looked for.
        (period < 10).then_some(Run { period, segments })
    }
}

impl FuncTypes<'_> {
    /// What flows say of letters that are copied, whatever types say of the record they are in.
    pub(super) fn run_of_letters(&self, inst: Inst, pointer: Value) -> Option<Run> {
        let judged = self.flows.is_some() && self.is_text(inst);
        judged.then(|| self.run_of_flows(inst, pointer, None))?
    }

    fn is_text(&self, inst: Inst) -> bool {
        let entries = &self.state.body.insts[inst].tbaa;
        entries.iter().any(|entry| entry.name == TEXT)
    }
}

/// What types say in the words of flows.
fn said(class: Class) -> Option<Held> {
    match class {
        Class::Integer => Some(Held::Plain),
        Class::Pointer => Some(Held::Pointer),
        Class::Float(kind) => Some(Held::Float(kind)),
        Class::Unknown | Class::Anything => None,
    }
}
