//! The log of a primal run: values in the order in which they were computed, for a later pass that follows
//! the same path without running the primal again.
//!
//! ```text
//! head  ┌ cursor ┬ end ┬ first ┬ last ┬ arena ┐     reader ┌ cursor ┬ end ┬ next ┐
//! chunk ┌ next ┬ end ┬ data … ┐
//! ```
//!
//! The head lies at the start of an escaping tape; `arena` says that an arena follows it. Chunks come from
//! `malloc`. A reader asks for the same sizes in the same order, so it changes chunks where the writer did.

use crate::runtime::{Kit, Runtime};
use rz_llvm::{Builder, Function, IntPredicate, Value};

/// Bytes of a head.
pub const LOG_HEAD: u64 = 40;
/// Bytes of a reader.
const READER: u64 = 24;
const END: i64 = 8;
const FIRST: i64 = 16;
const LAST: i64 = 24;
const HAS_ARENA: i64 = 32;
/// Bytes of a chunk's header.
const HEADER: u64 = 16;
/// Bytes of the first chunk; each is twice the one before, up to [`LARGEST`].
const SMALLEST: u64 = 1 << 10;
const LARGEST: u64 = 1 << 20;

/// Bytes that a value of `bytes` bytes takes.
fn log_size(bytes: u64) -> u64 {
    bytes.next_multiple_of(8)
}

impl Runtime {
    /// Makes the log at the start of `tape` empty.
    pub fn open_log(self, b: &Builder, tape: Value, has_arena: bool) {
        let kit = Kit::of(self.module);
        let zero = kit.context.int(8).zero();
        b.memset(tape, zero, kit.n(LOG_HEAD), 1);
        b.store(kit.n(has_arena.into()), b.ptr_offset(tape, HAS_ARENA), 1);
    }

    /// Room for `bytes` bytes at the end of the log.
    pub fn log_put(self, b: &Builder, head: Value, bytes: u64) -> Value {
        let kit = Kit::of(self.module);
        let next = self.next_chunk();
        let function = self.define("log_put", kit.ptr, &[kit.ptr, kit.int], |b, f| {
            Self::take(b, f, &kit, next);
        });
        b.call(function, &[head, kit.n(log_size(bytes))])
    }

    /// Where the next `bytes` bytes of the log lie.
    pub fn log_get(self, b: &Builder, reader: Value, bytes: u64) -> Value {
        let kit = Kit::of(self.module);
        let turn = self.turn();
        let function = self.define("log_get", kit.ptr, &[kit.ptr, kit.int], |b, f| {
            Self::take(b, f, &kit, turn);
        });
        b.call(function, &[reader, kit.n(log_size(bytes))])
    }

    /// Advances the cursor, in another chunk when this one has no room.
    fn take(b: &Builder, f: Function, kit: &Kit, refill: Function) {
        let (log, bytes) = (f.param(0), f.param(1));
        let int = |p: Value| b.cast(rz_llvm::CastOp::PtrToInt, p, kit.int);
        let cursor = b.load(kit.ptr, log, 1);
        let end = b.load(kit.ptr, b.ptr_offset(log, END), 1);
        let room = b.sub(int(end), int(cursor));
        let (full, fits, go) = (
            f.append_block("full"),
            f.append_block("fits"),
            f.append_block("go"),
        );
        let short = b.icmp(IntPredicate::Ult, room, bytes);
        b.cond_br(short, full, fits);
        b.position_at_end(fits);
        b.br(go);
        b.position_at_end(full);
        let fresh = b.call(refill, &[log, bytes]);
        b.br(go);
        b.position_at_end(go);
        let at = b.phi(kit.ptr);
        at.add_incoming(cursor, fits);
        at.add_incoming(fresh, full);
        b.store(b.ptr_add(at, bytes), log, 1);
        b.ret(Some(at));
    }

    /// Adds a chunk to a log that is written; where its data begin.
    fn next_chunk(self) -> Function {
        let kit = Kit::of(self.module);
        self.define("log_grow", kit.ptr, &[kit.ptr, kit.int], |b, f| {
            let (log, bytes) = (f.param(0), f.param(1));
            let int = |p: Value| b.cast(rz_llvm::CastOp::PtrToInt, p, kit.int);
            let last_at = b.ptr_offset(log, LAST);
            let last = b.load(kit.ptr, last_at, 1);
            let none = b.icmp(IntPredicate::Eq, last, kit.ptr.zero());
            // The first chunk is entered in the head, the others in the one before; no harm to both.
            let link = b.select(none, b.ptr_offset(log, FIRST), last);
            let end = b.load(kit.ptr, b.ptr_offset(log, END), 1);
            let size = b.sub(int(end), int(last));
            let doubled = b.shl(size, kit.n(1));
            let large = b.icmp(IntPredicate::Ugt, doubled, kit.n(LARGEST));
            let more = b.select(large, kit.n(LARGEST), doubled);
            let usual = b.select(none, kit.n(SMALLEST), more);
            let wanted = b.add(bytes, kit.n(HEADER));
            let large = b.icmp(IntPredicate::Ugt, wanted, usual);
            let total = b.select(large, wanted, usual);
            let chunk = self.block(b, total);
            b.store(kit.ptr.zero(), chunk, 8);
            let end = b.ptr_add(chunk, total);
            b.store(end, b.ptr_offset(chunk, 8), 8);
            b.store(chunk, link, 1);
            b.store(chunk, last_at, 1);
            b.store(end, b.ptr_offset(log, END), 1);
            b.ret(Some(b.ptr_offset(chunk, HEADER as i64)));
        })
    }

    /// Turns to the next chunk of a log that is read; where its data begin.
    fn turn(self) -> Function {
        let kit = Kit::of(self.module);
        self.define("log_turn", kit.ptr, &[kit.ptr, kit.int], |b, f| {
            let reader = f.param(0);
            let next_at = b.ptr_offset(reader, FIRST);
            let chunk = b.load(kit.ptr, next_at, 1);
            b.store(b.load(kit.ptr, chunk, 8), next_at, 1);
            let end = b.load(kit.ptr, b.ptr_offset(chunk, 8), 8);
            b.store(end, b.ptr_offset(reader, END), 1);
            b.ret(Some(b.ptr_offset(chunk, HEADER as i64)));
        })
    }

    /// A reader at the start of the log of `tape`, which may be null when nothing is read.
    pub fn read_log(self, b: &Builder, tape: Value) -> Value {
        let kit = Kit::of(self.module);
        let reader = b.entry_alloca(kit.int.array(READER / 8), 8);
        let open = self.define("log_read", kit.context.void(), &[kit.ptr; 2], |b, f| {
            let (reader, tape) = (f.param(0), f.param(1));
            b.memset(reader, kit.context.int(8).zero(), kit.n(READER), 8);
            let (some, done) = (f.append_block("some"), f.append_block("done"));
            let none = b.icmp(IntPredicate::Eq, tape, kit.ptr.zero());
            b.cond_br(none, done, some);
            b.position_at_end(some);
            let first = b.load(kit.ptr, b.ptr_offset(tape, FIRST), 1);
            b.store(first, b.ptr_offset(reader, FIRST), 8);
            b.br(done);
            b.position_at_end(done);
            b.ret(None);
        });
        b.call(open, &[reader, tape]);
        reader
    }

    /// Remembers where a reader is.
    pub(crate) fn mark_log(self, b: &Builder, reader: Value) -> Value {
        let kit = Kit::of(self.module);
        let mark = b.entry_alloca(kit.int.array(READER / 8), 8);
        b.memcpy(mark, 8, reader, 8, kit.n(READER));
        mark
    }

    /// Takes a reader back to where it was.
    pub(crate) fn return_to(self, b: &Builder, reader: Value, mark: Value) {
        let kit = Kit::of(self.module);
        b.memcpy(reader, 8, mark, 8, kit.n(READER));
    }

    /// Returns what the tape refers to: the chunks of its log and what its arena holds.
    pub fn close_log(self, b: &Builder, tape: Value) {
        let kit = Kit::of(self.module);
        let close = self.define("log_close", kit.context.void(), &[kit.ptr], |b, f| {
            let tape = f.param(0);
            let (some, test, body, done) = (
                f.append_block("some"),
                f.append_block("test"),
                f.append_block("body"),
                f.append_block("done"),
            );
            let (arena, end) = (f.append_block("arena"), f.append_block("end"));
            let none = b.icmp(IntPredicate::Eq, tape, kit.ptr.zero());
            b.cond_br(none, end, some);
            b.position_at_end(some);
            let first = b.load(kit.ptr, b.ptr_offset(tape, FIRST), 1);
            b.br(test);
            b.position_at_end(test);
            let chunk = b.phi(kit.ptr);
            chunk.add_incoming(first, some);
            let last = b.icmp(IntPredicate::Eq, chunk, kit.ptr.zero());
            b.cond_br(last, done, body);
            b.position_at_end(body);
            let next = b.load(kit.ptr, chunk, 8);
            self.free(b, chunk);
            chunk.add_incoming(next, b.block());
            b.br(test);
            b.position_at_end(done);
            let has_arena = b.load(kit.int, b.ptr_offset(tape, HAS_ARENA), 1);
            let without = b.icmp(IntPredicate::Eq, has_arena, kit.n(0));
            b.cond_br(without, end, arena);
            b.position_at_end(arena);
            self.close(b, b.ptr_offset(tape, LOG_HEAD as i64));
            b.br(end);
            b.position_at_end(end);
            b.ret(None);
        });
        b.call(close, &[tape]);
    }
}
