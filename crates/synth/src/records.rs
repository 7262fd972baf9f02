//! Loops over arrays of records in shadow memory, as run-time functions of their own.
//!
//! ```text
//! struct { double a; int n; double *p; } v[], w[];     period 24, floats {0}, pointers {16}
//!
//! memcpy(w, v, n * 24)    forward part   w'[i].p = v'[i].p            move_pointers
//!                         reverse part   v'[i].a += w'[i].a; w'[i].a = 0   add_and_clear
//! memset(v, 0, n * 24)    forward part   v'[i].p = null               null_pointers
//!                         reverse part   v'[i].a = 0                  clear
//! ```
//!
//! Ranges may overlap, as those of `memmove`; records are whole in both.

use crate::runtime::{Kit, Runtime};
use rz_llvm::{Builder, CastOp, Function, IntPredicate, Value};
use rz_plan::segments::{Record, Segment};
use rz_view::FloatKind;
use std::fmt::Write;

/// Which of two overlapping records at one place is visited first.
#[derive(Clone, Copy)]
enum Order {
    /// What is read must not have been written: as `memmove`.
    ReadBeforeWritten,
    /// What is added to must have been read and cleared: `memmove` backwards.
    ReadBeforeAdded,
}

impl Runtime {
    /// `from[i] += to[i]; to[i] = 0` for floats of one kind, `bytes` bytes of them.
    pub fn add_and_clear(self, b: &Builder, kind: FloatKind, to: Value, from: Value, bytes: Value) {
        let record = Record {
            period: self.module.alloc_size(self.float(kind)),
            floats: vec![Segment { offset: 0, kind }],
            pointers: Vec::new(),
        };
        self.add_and_clear_records(b, &record, to, from, bytes);
    }

    /// `from[i] += to[i]; to[i] = 0` for the floats of `bytes` bytes of records.
    pub fn add_and_clear_records(
        self,
        b: &Builder,
        record: &Record,
        to: Value,
        from: Value,
        bytes: Value,
    ) {
        let name = format!("add_and_clear_{}", floats_name(record));
        let function = self.over_records(
            &name,
            record.period,
            Order::ReadBeforeAdded,
            |b, to, from| {
                self.move_adjoints(b, &record.floats, to, from);
            },
        );
        b.call(function, &[to, from, bytes]);
    }

    /// The body of [`Runtime::add_and_clear_records`]: all is read and cleared before any is added.
    pub fn move_adjoints(self, b: &Builder, floats: &[Segment], to: Value, from: Value) {
        let parts: Vec<Value> = floats
            .iter()
            .map(|s| {
                let ty = self.float(s.kind);
                let at = b.ptr_offset(to, s.offset as i64);
                let part = b.load(ty, at, 1);
                b.store(ty.zero(), at, 1);
                part
            })
            .collect();
        for (segment, part) in floats.iter().zip(parts) {
            let at = b.ptr_offset(from, segment.offset as i64);
            let old = b.load(part.ty(), at, 1);
            b.store(b.fadd(old, part), at, 1);
        }
    }

    /// `to[i] = 0` for the floats of `bytes` bytes of records.
    pub fn clear_records(self, b: &Builder, record: &Record, to: Value, bytes: Value) {
        let name = format!("clear_{}", floats_name(record));
        let function = self.over_records(
            &name,
            record.period,
            Order::ReadBeforeWritten,
            |b, to, _| {
                for segment in &record.floats {
                    let at = b.ptr_offset(to, segment.offset as i64);
                    b.store(self.float(segment.kind).zero(), at, 1);
                }
            },
        );
        b.call(function, &[to, to, bytes]);
    }

    /// `to[i] = from[i]` for the pointers of `bytes` bytes of records.
    pub fn move_pointers(self, b: &Builder, record: &Record, to: Value, from: Value, bytes: Value) {
        let name = format!("move_pointers_{}", pointers_name(record));
        let function = self.over_records(
            &name,
            record.period,
            Order::ReadBeforeWritten,
            |b, to, from| {
                let ptr = b.context().pointer(0);
                let load = |&offset: &u64| b.load(ptr, b.ptr_offset(from, offset as i64), 1);
                let values: Vec<Value> = record.pointers.iter().map(load).collect();
                for (&offset, value) in record.pointers.iter().zip(values) {
                    b.store(value, b.ptr_offset(to, offset as i64), 1);
                }
            },
        );
        b.call(function, &[to, from, bytes]);
    }

    /// `to[i] = null` for the pointers of `bytes` bytes of records.
    pub fn null_pointers(self, b: &Builder, record: &Record, to: Value, bytes: Value) {
        let name = format!("null_pointers_{}", pointers_name(record));
        let function = self.over_records(
            &name,
            record.period,
            Order::ReadBeforeWritten,
            |b, to, _| {
                let null = b.context().pointer(0).zero();
                for &offset in &record.pointers {
                    b.store(null, b.ptr_offset(to, offset as i64), 1);
                }
            },
        );
        b.call(function, &[to, to, bytes]);
    }

    /// A function of `to`, `from` and a number of bytes that visits each pair of records.
    fn over_records(
        self,
        name: &str,
        period: u64,
        order: Order,
        visit: impl Fn(&Builder, Value, Value),
    ) -> Function {
        let kit = Kit::of(self.module);
        let void = kit.context.void();
        self.define(name, void, &[kit.ptr, kit.ptr, kit.int], |b, f| {
            let (to, from, bytes) = (f.param(0), f.param(1), f.param(2));
            let count = b.udiv(bytes, kit.n(period));
            let to_int = b.cast(CastOp::PtrToInt, to, kit.int);
            let from_int = b.cast(CastOp::PtrToInt, from, kit.int);
            let upwards = match order {
                Order::ReadBeforeWritten => IntPredicate::Ule,
                Order::ReadBeforeAdded => IntPredicate::Uge,
            };
            // Apart from each other, they are visited upwards: that is what vectorizers like best.
            let below = b.icmp(IntPredicate::Ule, b.add(to_int, bytes), from_int);
            let above = b.icmp(IntPredicate::Ule, b.add(from_int, bytes), to_int);
            let up = b.or(b.icmp(upwards, to_int, from_int), b.or(below, above));
            let some = b.icmp(IntPredicate::Ne, count, kit.n(0));
            let [choose, rise, fall, done] =
                ["choose", "rise", "fall", "done"].map(|name| f.append_block(name));
            b.cond_br(some, choose, done);
            b.position_at_end(choose);
            let last = b.mul(b.sub(count, kit.n(1)), kit.n(period));
            b.cond_br(up, rise, fall);
            let byte = kit.context.int(8);
            for (body, start, end, step) in [
                (rise, kit.n(0), last, period),
                (fall, last, kit.n(0), period.wrapping_neg()),
            ] {
                b.position_at_end(body);
                let at = b.phi(kit.int);
                at.add_incoming(start, choose);
                visit(b, b.gep(byte, to, &[at], 0), b.gep(byte, from, &[at], 0));
                at.add_incoming(b.add(at, kit.n(step)), body);
                b.cond_br(b.icmp(IntPredicate::Eq, at, end), done, body);
            }
            b.position_at_end(done);
            b.ret(None);
        })
    }
}

/// The functions are shared by all that are linked together, so a name says all of the layout.
fn floats_name(record: &Record) -> String {
    let mut name = record.period.to_string();
    for segment in &record.floats {
        let _ = write!(name, "_{}{}", segment.kind.name(), segment.offset);
    }
    name
}

fn pointers_name(record: &Record) -> String {
    let mut name = record.period.to_string();
    for offset in &record.pointers {
        let _ = write!(name, "_{offset}");
    }
    name
}
