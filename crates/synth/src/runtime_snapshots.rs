//! Which states of a loop are kept, decided at run time: binomial checkpointing.
//!
//! ```text
//! schedule ┌ top ┬ free ┬ fresh ┬ left ┬ taken ┬ capacity ┬ bytes ┬ count ┬ next ┬ end ┬ stride ┬ batch ┐
//! snapshot ┌ the one before ┬ iteration ┬ saved values … ┬ saved memory … ┐
//! ```
//!
//! Snapshots are a stack: those of later iterations lie above. A snapshot is taken at the iteration `next`. With `f`
//! snapshots free and the iterations from `from` up to `end` to be undone from the one at `from`, the next one is where
//! undoing all of them runs the fewest again: for `l = end − from` and `s = f + 1` it is Griewank and Walther's formula of
//! binomial coefficients. While `end` is not known (zero), every `stride`-th state is kept; when there is no more room,
//! every second of these is dropped and the stride doubled.

use crate::runtime::{ALIGN, Kit, Runtime, Whose};
use rz_llvm::{BinaryOp, Block, Builder, CastOp, Function, IntPredicate, Value};

/// Bytes of a schedule.
pub(crate) const SCHEDULE: u64 = 96;
const FREE: i64 = 8;
const FRESH: i64 = 16;
const LEFT: i64 = 24;
const TAKEN: i64 = 32;
const CAPACITY: i64 = 40;
const BYTES: i64 = 48;
const COUNT: i64 = 56;
const NEXT: i64 = 64;
const END: i64 = 72;
const STRIDE: i64 = 80;
const BATCH: i64 = 88;
/// Where a snapshot says of which iteration it is.
const ITERATION: i64 = 8;
/// No iteration.
const NEVER: u64 = u64::MAX;
/// Longer loops are halved: products of binomial coefficients might overflow.
const LONG: u64 = 1 << 31;

/// Fields of one schedule, inside a function.
struct Fields<'a> {
    b: &'a Builder,
    kit: &'a Kit,
    at: Value,
}

impl Fields<'_> {
    fn get(&self, field: i64) -> Value {
        let place = self.b.ptr_offset(self.at, field);
        self.b.load(self.kit.int, place, 8)
    }

    fn pointer(&self, field: i64) -> Value {
        let place = self.b.ptr_offset(self.at, field);
        self.b.load(self.kit.ptr, place, 8)
    }

    fn set(&self, field: i64, value: Value) {
        let place = self.b.ptr_offset(self.at, field);
        self.b.store(value, place, 8);
    }

    /// Snapshots that may still be taken.
    fn room(&self) -> Value {
        self.b.sub(self.get(CAPACITY), self.get(COUNT))
    }
}

impl Runtime {
    /// Makes `schedule` one for snapshots of `bytes` bytes within `room` bytes, at least one, of a loop of `iterations`
    /// or, when that is zero, nobody knows how many.
    pub fn snapshots_open(self, b: &Builder, schedule: Value, sizes: [Value; 3]) {
        let kit = Kit::of(self.module);
        let params = [kit.ptr, kit.int, kit.int, kit.int];
        let void = kit.context.void();
        let function = self.define("snapshots_open", void, &params, |b, f| {
            let [at, bytes, room, iterations] = [0, 1, 2, 3].map(|i| f.param(i));
            let fields = Fields { b, kit: &kit, at };
            let zero = kit.context.int(8).zero();
            b.memset(at, zero, kit.n(SCHEDULE), 8);
            let capacity = b.binary(BinaryOp::UDiv, room, bytes);
            let capacity = max(b, capacity, kit.n(1));
            let known = b.icmp(IntPredicate::Ne, iterations, kit.n(0));
            let fewer = b.icmp(IntPredicate::Ult, iterations, capacity);
            let fewer = b.binary(BinaryOp::And, known, fewer);
            let capacity = b.select(fewer, iterations, capacity);
            fields.set(CAPACITY, capacity);
            fields.set(BYTES, bytes);
            fields.set(END, iterations);
            fields.set(STRIDE, kit.n(1));
            fields.set(BATCH, b.select(known, capacity, kit.n(1)));
            b.ret(None);
        });
        b.call(function, &[schedule, sizes[0], sizes[1], sizes[2]]);
    }

    /// A new snapshot for `iteration`, or null when none is wanted of it.
    pub fn snapshots_take(
        self,
        b: &Builder,
        schedule: Value,
        arena: Value,
        iteration: Value,
    ) -> Value {
        let kit = Kit::of(self.module);
        let due = self.snapshots_due();
        let params = [kit.ptr, kit.ptr, kit.int];
        let function = self.define("snapshots_take", kit.ptr, &params, |b, f| {
            let (at, arena, iteration) = (f.param(0), f.param(1), f.param(2));
            let fields = Fields { b, kit: &kit, at };
            let wanted = b.icmp(IntPredicate::Eq, iteration, fields.get(NEXT));
            let (take, pass) = (f.append_block("take"), f.append_block("pass"));
            b.cond_br(wanted, take, pass);
            b.position_at_end(pass);
            b.ret(Some(kit.ptr.zero()));
            b.position_at_end(take);
            let made = b.call(due, &[at, arena, iteration]);
            b.ret(Some(made));
        });
        b.call(function, &[schedule, arena, iteration])
    }

    /// The snapshot to start from to get to `iteration`. If it is the one of that iteration itself it is given back:
    /// its contents stay until another one is taken. Otherwise more may be taken on the way.
    pub fn snapshots_seek(self, b: &Builder, schedule: Value, iteration: Value) -> Value {
        let kit = Kit::of(self.module);
        let place = self.snapshots_place();
        let params = [kit.ptr, kit.int];
        let function = self.define("snapshots_seek", kit.ptr, &params, |b, f| {
            let (at, iteration) = (f.param(0), f.param(1));
            let fields = Fields { b, kit: &kit, at };
            let top = fields.pointer(0);
            let from = b.load(kit.int, b.ptr_offset(top, ITERATION), 8);
            let here = b.icmp(IntPredicate::Eq, from, iteration);
            let (back, on) = (f.append_block("back"), f.append_block("on"));
            b.cond_br(here, back, on);
            b.position_at_end(back);
            fields.set(0, b.load(kit.ptr, top, 8));
            b.store(fields.pointer(FREE), top, 8);
            fields.set(FREE, top);
            fields.set(COUNT, b.sub(fields.get(COUNT), kit.n(1)));
            fields.set(NEXT, kit.n(NEVER));
            b.ret(Some(top));
            b.position_at_end(on);
            let end = b.add(iteration, kit.n(1));
            fields.set(END, end);
            let next = b.call(place, &[from, end, fields.room()]);
            fields.set(NEXT, next);
            b.ret(Some(top));
        });
        b.call(function, &[schedule, iteration])
    }

    /// Takes a snapshot that is due; null if there is no more room and the stride was doubled beyond it.
    fn snapshots_due(self) -> Function {
        let kit = Kit::of(self.module);
        let (thin, push, place) = (
            self.snapshots_thin(),
            self.snapshots_push(),
            self.snapshots_place(),
        );
        let params = [kit.ptr, kit.ptr, kit.int];
        let function = self.define("snapshots_due", kit.ptr, &params, |b, f| {
            let (at, arena, iteration) = (f.param(0), f.param(1), f.param(2));
            let fields = Fields { b, kit: &kit, at };
            let block = |name: &str| f.append_block(name);
            let end = fields.get(END);
            let known = b.icmp(IntPredicate::Ne, end, kit.n(0));
            let (planned, open) = (block("planned"), block("open"));
            b.cond_br(known, planned, open);
            b.position_at_end(planned);
            let made = b.call(push, &[at, arena, iteration]);
            let next = b.call(place, &[iteration, end, fields.room()]);
            fields.set(NEXT, next);
            b.ret(Some(made));
            b.position_at_end(open);
            let next = b.call(thin, &[at, iteration]);
            fields.set(NEXT, next);
            let now = b.icmp(IntPredicate::Eq, next, iteration);
            let (take, pass) = (block("take"), block("pass"));
            b.cond_br(now, take, pass);
            b.position_at_end(pass);
            b.ret(Some(kit.ptr.zero()));
            b.position_at_end(take);
            let made = b.call(push, &[at, arena, iteration]);
            fields.set(NEXT, b.add(iteration, fields.get(STRIDE)));
            b.ret(Some(made));
        });
        self.mark(function, &["noinline"]);
        function
    }

    /// Puts a new snapshot on the stack: one that was given back, or fresh memory.
    fn snapshots_push(self) -> Function {
        let kit = Kit::of(self.module);
        let params = [kit.ptr, kit.ptr, kit.int];
        self.define("snapshots_push", kit.ptr, &params, |b, f| {
            let (at, arena, iteration) = (f.param(0), f.param(1), f.param(2));
            let fields = Fields { b, kit: &kit, at };
            let block = |name: &str| f.append_block(name);
            let (again, fresh, more, cut, done) = (
                block("again"),
                block("fresh"),
                block("more"),
                block("cut"),
                block("done"),
            );
            let free = fields.pointer(FREE);
            let none = b.icmp(IntPredicate::Eq, free, kit.ptr.zero());
            b.cond_br(none, fresh, again);
            b.position_at_end(again);
            fields.set(FREE, b.load(kit.ptr, free, 8));
            b.br(done);
            b.position_at_end(fresh);
            let empty = b.icmp(IntPredicate::Eq, fields.get(LEFT), kit.n(0));
            b.cond_br(empty, more, cut);
            b.position_at_end(more);
            // All at once where it is known how many are wanted, else twice as many each time.
            let taken = fields.get(TAKEN);
            let wanted = max(b, fields.get(BATCH), taken);
            let batch = min(b, wanted, b.sub(fields.get(CAPACITY), taken));
            let bytes = b.mul(batch, fields.get(BYTES));
            // Not a part of a chunk, which would be larger.
            let memory = self.block(b, b.add(bytes, kit.n(ALIGN)));
            self.defer_free(b, Whose::Own, arena, memory, self.libc_free());
            let address = b.cast(CastOp::PtrToInt, memory, kit.int);
            let skip = b.binary(BinaryOp::And, b.sub(kit.n(0), address), kit.n(ALIGN - 1));
            fields.set(FRESH, b.ptr_add(memory, skip));
            fields.set(LEFT, batch);
            fields.set(TAKEN, b.add(taken, batch));
            b.br(cut);
            b.position_at_end(cut);
            let memory = fields.pointer(FRESH);
            fields.set(FRESH, b.ptr_add(memory, fields.get(BYTES)));
            fields.set(LEFT, b.sub(fields.get(LEFT), kit.n(1)));
            b.br(done);
            b.position_at_end(done);
            let made = b.phi(kit.ptr);
            made.add_incoming(free, again);
            made.add_incoming(memory, cut);
            b.store(fields.pointer(0), made, 8);
            b.store(iteration, b.ptr_offset(made, ITERATION), 8);
            fields.set(0, made);
            fields.set(COUNT, b.add(fields.get(COUNT), kit.n(1)));
            b.ret(Some(made));
        })
    }

    /// The next iteration of which a snapshot is wanted while nobody knows the end, not before `iteration`: makes room
    /// for it.
    fn snapshots_thin(self) -> Function {
        let kit = Kit::of(self.module);
        let params = [kit.ptr, kit.int];
        self.define("snapshots_thin", kit.int, &params, |b, f| {
            let (at, iteration) = (f.param(0), f.param(1));
            let fields = Fields { b, kit: &kit, at };
            let block = |name: &str| f.append_block(name);
            let (ready, full, each, drop, keep, done, next, never) = (
                block("ready"),
                block("full"),
                block("each"),
                block("drop"),
                block("keep"),
                block("done"),
                block("next"),
                block("never"),
            );
            let room = fields.room();
            let some = b.icmp(IntPredicate::Ne, room, kit.n(0));
            b.cond_br(some, ready, full);
            b.position_at_end(ready);
            b.ret(Some(iteration));
            b.position_at_end(full);
            let stride = b.shl(fields.get(STRIDE), kit.n(1));
            fields.set(STRIDE, stride);
            let mask = b.sub(stride, kit.n(1));
            b.br(each);
            // `link` is where the pointer to the snapshot in hand lies; the one of iteration 0 stays.
            b.position_at_end(each);
            let link = b.phi(kit.ptr);
            link.add_incoming(at, full);
            let snapshot = b.load(kit.ptr, link, 8);
            let of = b.load(kit.int, b.ptr_offset(snapshot, ITERATION), 8);
            let odd = b.icmp(
                IntPredicate::Ne,
                b.binary(BinaryOp::And, of, mask),
                kit.n(0),
            );
            b.cond_br(odd, drop, keep);
            b.position_at_end(drop);
            b.store(b.load(kit.ptr, snapshot, 8), link, 8);
            b.store(fields.pointer(FREE), snapshot, 8);
            fields.set(FREE, snapshot);
            fields.set(COUNT, b.sub(fields.get(COUNT), kit.n(1)));
            link.add_incoming(link, drop);
            b.br(each);
            b.position_at_end(keep);
            link.add_incoming(snapshot, keep);
            let last = b.icmp(IntPredicate::Eq, of, kit.n(0));
            b.cond_br(last, done, each);
            b.position_at_end(done);
            let some = b.icmp(IntPredicate::Ne, fields.room(), kit.n(0));
            b.cond_br(some, next, never);
            b.position_at_end(never);
            b.ret(Some(kit.n(NEVER)));
            b.position_at_end(next);
            let up = b.add(iteration, mask);
            let multiple = b.binary(BinaryOp::And, up, b.not(mask));
            b.ret(Some(multiple));
        })
    }

    /// Where the next snapshot is taken, after one at `from`, to undo all iterations before `end`.
    fn snapshots_place(self) -> Function {
        let kit = Kit::of(self.module);
        self.define("snapshots_place", kit.int, &[kit.int; 3], |b, f| {
            let (from, end, room) = (f.param(0), f.param(1), f.param(2));
            let block = |name: &str| f.append_block(name);
            let (never, some, each) = (block("never"), block("some"), block("each"));
            let (short, halve, count) = (block("short"), block("halve"), block("count"));
            let length = b.sub(end, from);
            let none = b.icmp(IntPredicate::Eq, room, kit.n(0));
            let little = b.icmp(IntPredicate::Ule, length, kit.n(1));
            b.cond_br(b.binary(BinaryOp::Or, none, little), never, some);
            b.position_at_end(never);
            b.ret(Some(kit.n(NEVER)));
            b.position_at_end(some);
            let snapshots = b.add(room, kit.n(1));
            let enough = b.icmp(IntPredicate::Uge, snapshots, length);
            b.cond_br(enough, each, short);
            b.position_at_end(each);
            b.ret(Some(b.add(from, kit.n(1))));
            b.position_at_end(short);
            let huge = b.icmp(IntPredicate::Uge, length, kit.n(LONG));
            b.cond_br(huge, halve, count);
            b.position_at_end(halve);
            let half = b.binary(BinaryOp::LShr, length, kit.n(1));
            b.ret(Some(b.add(from, half)));
            b.position_at_end(count);
            let (reps, range) = Self::repetitions(b, f, &kit, snapshots, length, count);
            let step = Self::step(b, &kit, [snapshots, length, reps, range]);
            b.ret(Some(b.add(from, step)));
        })
    }

    /// The least number `r` of repetitions with which so many `snapshots` do for `length`, and the number of ways to
    /// choose `r` out of `r + snapshots`, for which they just do.
    fn repetitions(
        b: &Builder,
        f: Function,
        kit: &Kit,
        snapshots: Value,
        length: Value,
        before: Block,
    ) -> (Value, Value) {
        let (more, done) = (f.append_block("more"), f.append_block("done"));
        b.br(more);
        b.position_at_end(more);
        let (old, range) = (b.phi(kit.int), b.phi(kit.int));
        let reps = b.add(old, kit.n(1));
        let wider = b.mul(range, b.add(reps, snapshots));
        let wider = b.binary(BinaryOp::UDiv, wider, reps);
        old.add_incoming(kit.n(0), before);
        range.add_incoming(kit.n(1), before);
        old.add_incoming(reps, more);
        range.add_incoming(wider, more);
        let short = b.icmp(IntPredicate::Ult, wider, length);
        b.cond_br(short, more, done);
        b.position_at_end(done);
        (reps, wider)
    }

    /// How far to go before the next snapshot. `snapshots` is at least two.
    fn step(b: &Builder, kit: &Kit, [snapshots, length, reps, range]: [Value; 4]) -> Value {
        let div = |x, y| b.binary(BinaryOp::UDiv, x, y);
        let least = |n: u64| b.icmp(IntPredicate::Uge, snapshots, kit.n(n));
        let minus = |x, n: u64| b.sub(x, kit.n(n));
        let sum = b.add(snapshots, reps);
        let one = div(b.mul(range, reps), sum);
        let two = div(b.mul(one, snapshots), minus(sum, 1));
        // With two snapshots and one repetition the next divisor would be one.
        let three = div(
            b.mul(two, minus(snapshots, 1)),
            max(b, minus(sum, 2), kit.n(1)),
        );
        let three = b.select(least(3), three, kit.n(1));
        let four = div(b.mul(two, minus(reps, 1)), snapshots);
        let five = div(b.mul(three, minus(snapshots, 1)), reps);
        let five = b.select(least(4), five, b.select(least(3), kit.n(1), kit.n(0)));
        let low = b.icmp(IntPredicate::Ule, length, b.add(one, three));
        let high = b.icmp(IntPredicate::Uge, b.add(length, five), range);
        let middle = b.sub(length, b.add(two, three));
        let step = b.select(low, four, b.select(high, one, middle));
        min(b, max(b, step, kit.n(1)), minus(length, 1))
    }
}

fn max(b: &Builder, x: Value, y: Value) -> Value {
    let greater = b.icmp(IntPredicate::Ugt, x, y);
    b.select(greater, x, y)
}

fn min(b: &Builder, x: Value, y: Value) -> Value {
    let less = b.icmp(IntPredicate::Ult, x, y);
    b.select(less, x, y)
}
