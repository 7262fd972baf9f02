//! What is released by one gradient is there for the next.
//!
//! A program that minimizes calls its gradient again and again, and each call takes and releases a tape. An allocator
//! that gives a large block back to the system at once has the system make each page anew in the next call, which
//! takes longer than many a gradient. That of the GNU C library decides by what it has seen: it keeps up to twice as
//! much as the largest block that was taken from the system by itself and released, and that is any block larger
//! than all such before. Chunks each twice the last add up to twice the largest and a little more, and arrays of
//! less than 128 KiB are no such blocks.
//!
//! So when an arena of at least 128 KiB is closed, a block of the size of all its chunks is taken and
//! released. The first time it is one of those that the allocator learns from; later it is a part of what was just
//! released, and taking it costs about as much as a call. No memory is used in either case, but one page.

use crate::runtime::{Kit, Runtime};
use rz_llvm::{Builder, Function, IntPredicate, Value};

/// The allocator does not learn from smaller blocks.
const LEAST: u64 = 1 << 17;
/// Nor from larger ones: these always come from the system by themselves.
const MOST: u64 = 1 << 25;

impl Runtime {
    /// Takes and releases a block as large as all of an arena, whose `total` bytes were just released.
    pub(crate) fn release_again(self, b: &Builder, f: Function, kit: &Kit, total: Value) {
        let (again, done) = (f.append_block("again"), f.append_block("done"));
        let many = b.icmp(IntPredicate::Uge, total, kit.n(LEAST));
        let few = b.icmp(IntPredicate::Ult, total, kit.n(MOST));
        let both = b.select(many, few, many);
        b.cond_br(both, again, done);
        b.position_at_end(again);
        let malloc = self.libc("malloc", kit.ptr, &[kit.int]);
        let block = b.call(malloc, &[total]);
        let failed = b.icmp(IntPredicate::Eq, block, kit.ptr.zero());
        let taken = f.append_block("taken");
        b.cond_br(failed, done, taken);
        b.position_at_end(taken);
        // A block that nobody uses would not be taken.
        b.store(kit.n(0), block, 8).set_volatile();
        let free = self.libc("free", kit.context.void(), &[kit.ptr]);
        b.call(free, &[block]);
        b.br(done);
        b.position_at_end(done);
    }
}
