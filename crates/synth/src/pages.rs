//! What the pages of a tape cost: each that a gradient touches first is made by the system.
//!
//! **What is released by one gradient is there for the next.** A program that minimizes calls its gradient again and
//! again, and each call takes and releases a tape. An allocator that gives a large block back to the system at once has
//! the system make each page anew in the next call, which takes longer than many a gradient. That of the GNU C library
//! decides by what it has seen: it keeps up to twice as much as the largest block that was taken from the system by
//! itself and released, and that is any block larger than all such before. Chunks each twice the last add up to twice
//! the largest and a little more, and arrays of less than 128 KiB are no such blocks.
//!
//! So when an arena of at least 128 KiB is closed, a block of the size of all its chunks, or of the largest size
//! that the allocator learns from, is taken and released. The first time it is one of those that the allocator
//! learns from; later it is a part of what was just released, and taking it costs about as much as a call. No memory is
//! used in either case, but one page.
//!
//! **Large chunks ask for large pages.** Blocks of 32 MiB and more come from the system by themselves each time. One
//! page of 2 MiB takes the system a tenth of the time of 512 small ones. Linux makes such pages where it is asked to,
//! by `madvise`, for whole pages inside the chunk: no neighbour of the chunk is touched, and nothing about its
//! contents changes. The function is referred to weakly, so a program without it links, and its answer does not matter.

use crate::runtime::{Kit, Runtime};
use rz_llvm::{BinaryOp, Builder, CastOp, Function, IntPredicate, Linkage, Value};

/// The allocator does not learn from smaller blocks.
const LEAST: u64 = 1 << 17;
/// Nor from larger ones, with what it adds to them: these always come from the system by themselves.
const MOST: u64 = (1 << 25) - (1 << 16);
/// Bytes of a large page, on the usual machines; on others the request changes nothing.
const LARGE_PAGE: u64 = 1 << 21;
/// Chunks of at least so many bytes have a large page inside, and mostly more than half of them are such.
const LARGE_CHUNK: u64 = 2 * LARGE_PAGE;
/// `MADV_HUGEPAGE` of Linux.
const USE_LARGE_PAGES: u64 = 14;

impl Runtime {
    /// Takes and releases a block as large as all of an arena, whose `total` bytes were just released.
    pub(crate) fn release_again(self, b: &Builder, f: Function, kit: &Kit, total: Value) {
        let (again, done) = (f.append_block("again"), f.append_block("done"));
        let many = b.icmp(IntPredicate::Uge, total, kit.n(LEAST));
        b.cond_br(many, again, done);
        b.position_at_end(again);
        let few = b.icmp(IntPredicate::Ult, total, kit.n(MOST));
        let bytes = b.select(few, total, kit.n(MOST));
        let malloc = self.libc("malloc", kit.ptr, &[kit.int]);
        let block = b.call(malloc, &[bytes]);
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

    /// Asks for large pages in a new chunk of `total` bytes, if it is large.
    pub(crate) fn use_large_pages(self, b: &Builder, f: Function, chunk: Value, total: Value) {
        let kit = Kit::of(self.module);
        let Some(advise) = self.advise(&kit) else {
            return;
        };
        let (large, ask, done) = (
            f.append_block("large"),
            f.append_block("ask"),
            f.append_block("ready"),
        );
        let is_large = b.icmp(IntPredicate::Uge, total, kit.n(LARGE_CHUNK));
        b.cond_br(is_large, large, done);
        b.position_at_end(large);
        let missing = b.icmp(IntPredicate::Eq, advise.value(), kit.ptr.zero());
        b.cond_br(missing, done, ask);
        b.position_at_end(ask);
        let whole = |at| b.binary(BinaryOp::And, at, kit.n(!(LARGE_PAGE - 1)));
        let start = b.cast(CastOp::PtrToInt, chunk, kit.int);
        let first = whole(b.add(start, kit.n(LARGE_PAGE - 1)));
        let bytes = b.sub(whole(b.add(start, total)), first);
        let pages = b.ptr_add(chunk, b.sub(first, start));
        let advice = kit.context.int(32).int_const(USE_LARGE_PAGES);
        b.call(advise, &[pages, bytes, advice]);
        b.br(done);
        b.position_at_end(done);
    }

    /// `madvise`, where the system has it.
    fn advise(self, kit: &Kit) -> Option<Function> {
        if !self.module.triple().contains("-linux") {
            return None;
        }
        let ty = (kit.context.int(32)).function(&[kit.ptr, kit.int, kit.context.int(32)], false);
        match self.module.function("madvise") {
            // The program's own function of that name is another one.
            Some(known) => known.is_declaration().then_some(known),
            None => Some(
                self.module
                    .add_function("madvise", ty, Linkage::ExternalWeak),
            ),
        }
    }
}
