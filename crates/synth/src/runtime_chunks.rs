//! Chunks of arenas: how large the next one is, and what becomes of those that an iteration leaves behind.
//!
//! ```text
//! 8 KiB │ 8 │ 16 │ 32 │ … │ 512 │ 1 MiB │ 1 │ 1 │ … │ from 16 MiB on an eighth of all
//! ```

use crate::runtime::{ALIGN, HEADER, Kit, Runtime};
use rz_llvm as llvm;
use rz_llvm::{BinaryOp, Builder, Function, IntPredicate, Value};

/// Smallest chunk requested from `malloc`, in bytes.
pub(crate) const FIRST_CHUNK: u64 = 1 << 13;
/// Chunks of shorter tapes grow up to this size, unless more is wanted at once: what is left of one is lost.
const LAST_CHUNK: u64 = 1 << 20;

impl Runtime {
    /// Replaces the chunks that came after `mark` was made by one with room for all that was taken since, in the
    /// chunk before them too.
    pub(crate) fn renew(self) -> Function {
        let kit = Kit::of(self.module);
        let free = self.libc("free", kit.context.void(), &[kit.ptr]);
        let grow = self.grow();
        let function = self.define("renew_since", kit.context.void(), &[kit.ptr; 2], |b, f| {
            let (arena, mark) = (f.param(0), f.param(1));
            let then = b.load(kit.ptr, b.ptr_offset(mark, 16), 8);
            let room = Self::left(b, &kit, mark);
            let list = b.ptr_offset(arena, 16);
            let last = b.load(kit.ptr, list, 8);
            let (each, done) = (f.append_block("each"), f.append_block("done"));
            let entry = b.block();
            b.br(each);
            b.position_at_end(each);
            let chunk = b.phi(kit.ptr);
            let before = b.phi(kit.int);
            chunk.add_incoming(last, entry);
            before.add_incoming(room, entry);
            let next = b.load(kit.ptr, chunk, 8);
            let size_at = b.ptr_offset(chunk, 8);
            let size = b.load(kit.int, size_at, 8);
            let total = b.add(before, size);
            b.call(free, &[chunk]);
            chunk.add_incoming(next, each);
            before.add_incoming(total, each);
            let end = b.icmp(IntPredicate::Eq, next, then);
            b.cond_br(end, done, each);
            b.position_at_end(done);
            b.store(then, list, 8);
            // What is left of the chunk before is given up.
            b.store(kit.ptr.zero(), arena, 8);
            b.store(kit.ptr.zero(), b.ptr_offset(arena, 8), 8);
            let rounded = b.binary(BinaryOp::And, total, kit.n(!(ALIGN - 1)));
            let memory = b.call(grow, &[arena, rounded]);
            b.store(memory, arena, 8);
            b.ret(None);
        });
        self.mark(function, &["noinline", "cold"]);
        function
    }

    /// Bytes left of the chunk in use.
    fn left(b: &Builder, kit: &Kit, arena: Value) -> Value {
        let cursor = b.load(kit.ptr, arena, 8);
        let end = b.load(kit.ptr, b.ptr_offset(arena, 8), 8);
        let from = b.cast(llvm::CastOp::PtrToInt, cursor, kit.int);
        let to = b.cast(llvm::CastOp::PtrToInt, end, kit.int);
        b.sub(to, from)
    }

    /// Where the data of a chunk begin.
    fn first_of(b: &Builder, kit: &Kit, chunk: Value) -> Value {
        let begin = b.cast(llvm::CastOp::PtrToInt, chunk, kit.int);
        let skip = b.add(begin, kit.n(HEADER + ALIGN - 1));
        let aligned = b.binary(BinaryOp::And, skip, kit.n(!(ALIGN - 1)));
        let distance = b.sub(aligned, begin);
        b.ptr_add(chunk, distance)
    }

    /// Adds a chunk that holds `bytes` (a multiple of the alignment) and hands these out. The chunk in use stays in
    /// use if more is left of it than of the new one, as when that was made for one large array.
    pub(crate) fn grow(self) -> Function {
        let kit = Kit::of(self.module);
        let malloc = self.libc("malloc", kit.ptr, &[kit.int]);
        let function = self.define("chunk", kit.ptr, &[kit.ptr, kit.int], |b, f| {
            let (arena, bytes) = (f.param(0), f.param(1));
            let list = b.ptr_offset(arena, 16);
            let last = b.load(kit.ptr, list, 8);
            let wanted = b.add(bytes, kit.n(HEADER + ALIGN));
            let usual = self.usual_chunk(b, f, last, wanted);
            let large = b.icmp(IntPredicate::Ugt, wanted, usual);
            let total = b.select(large, wanted, usual);
            let chunk = b.call(malloc, &[total]);
            let failed = b.icmp(IntPredicate::Eq, chunk, kit.ptr.zero());
            let overflowed = b.icmp(IntPredicate::Ult, wanted, bytes);
            let failed = b.binary(BinaryOp::Or, failed, overflowed);
            let (trap, go) = (f.append_block("trap"), f.append_block("go"));
            b.cond_br(failed, trap, go);
            b.position_at_end(trap);
            b.intrinsic("llvm.trap", &[], &[]);
            b.unreachable();
            b.position_at_end(go);
            self.use_large_pages(b, f, chunk, total);
            b.store(last, chunk, 8);
            let size_at = b.ptr_offset(chunk, 8);
            b.store(total, size_at, 8);
            b.store(chunk, list, 8);
            let memory = Self::first_of(b, &kit, chunk);
            let left = Self::left(b, &kit, arena);
            let cursor = b.ptr_add(memory, bytes);
            let end = b.ptr_add(chunk, total);
            let from = b.cast(llvm::CastOp::PtrToInt, cursor, kit.int);
            let to = b.cast(llvm::CastOp::PtrToInt, end, kit.int);
            let rest = b.sub(to, from);
            let (change, done) = (f.append_block("change"), f.append_block("done"));
            let stays = b.icmp(IntPredicate::Ugt, left, rest);
            b.cond_br(stays, done, change);
            b.position_at_end(change);
            b.store(cursor, arena, 8);
            let end_at = b.ptr_offset(arena, 8);
            b.store(end, end_at, 8);
            b.br(done);
            b.position_at_end(done);
            b.ret(Some(memory));
        });
        self.mark(function, &["noinline", "cold"]);
        function
    }

    /// Bytes of the next chunk, if more than that is not `wanted`: as many as the `last` one and those before it
    /// have, or an eighth when that is more than the usual limit. So no more than half of all is lost, of long tapes
    /// little, and these come in few large chunks. Chunks for one large array do not count. They are the ones above
    /// the limit whose size is no power of two, for they are larger than a multiple of the alignment by less than that.
    fn usual_chunk(self, b: &Builder, f: Function, last: Value, wanted: Value) -> Value {
        let kit = Kit::of(self.module);
        let (each, count, made, get) = (
            f.append_block("each"),
            f.append_block("count"),
            f.append_block("made"),
            f.append_block("get"),
        );
        let entry = b.block();
        let own = b.icmp(IntPredicate::Ugt, wanted, kit.n(LAST_CHUNK));
        b.cond_br(own, get, each);
        b.position_at_end(each);
        let (chunk, before) = (b.phi(kit.ptr), b.phi(kit.int));
        chunk.add_incoming(last, entry);
        before.add_incoming(kit.n(0), entry);
        let end = b.icmp(IntPredicate::Eq, chunk, kit.ptr.zero());
        b.cond_br(end, made, count);
        b.position_at_end(count);
        let size = b.load(kit.int, b.ptr_offset(chunk, 8), 8);
        let rest = b.binary(BinaryOp::And, size, b.sub(size, kit.n(1)));
        let power = b.icmp(IntPredicate::Eq, rest, kit.n(0));
        let small = b.icmp(IntPredicate::Ule, size, kit.n(LAST_CHUNK));
        let counts = b.binary(BinaryOp::Or, power, small);
        let more = b.select(counts, size, kit.n(0));
        chunk.add_incoming(b.load(kit.ptr, chunk, 8), count);
        before.add_incoming(b.add(before, more), count);
        b.br(each);
        b.position_at_end(made);
        let all = Self::power_below(b, &kit, before);
        let limit = Self::greater(
            b,
            b.binary(BinaryOp::LShr, all, kit.n(3)),
            kit.n(LAST_CHUNK),
        );
        let limited = b.select(b.icmp(IntPredicate::Ult, all, limit), all, limit);
        let next = Self::greater(b, limited, kit.n(FIRST_CHUNK));
        b.br(get);
        b.position_at_end(get);
        let usual = b.phi(kit.int);
        usual.add_incoming(kit.n(0), entry);
        usual.add_incoming(next, made);
        usual
    }

    fn greater(b: &Builder, one: Value, other: Value) -> Value {
        b.select(b.icmp(IntPredicate::Ugt, one, other), one, other)
    }

    /// The largest power of two that is at most `number`, or one.
    fn power_below(b: &Builder, kit: &Kit, number: Value) -> Value {
        let mut filled = number;
        for shift in [1, 2, 4, 8, 16, 32] {
            let lower = b.binary(BinaryOp::LShr, filled, kit.n(shift));
            filled = b.binary(BinaryOp::Or, filled, lower);
        }
        b.sub(filled, b.binary(BinaryOp::LShr, filled, kit.n(1)))
    }
}
