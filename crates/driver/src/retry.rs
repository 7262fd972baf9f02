//! Loops that retry an addition until no other thread interferes, as one atomic addition.
//!
//! That is what `+=` of an `_Atomic double` and `std::atomic<double>::fetch_add` are compiled to. Other updates
//! have no instruction of their own, and stay.
//!
//! ```text
//! again: %old = phi double [ %first, %before ], [ %seen, %again ]
//!        %new = fadd double %old, %x
//!        %pair = cmpxchg ptr %p, i64 (bits of %old), i64 (bits of %new) seq_cst seq_cst
//!        %seen = bits of extractvalue %pair, 0
//!        br i1 (extractvalue %pair, 1), label %done, label %again
//!
//! →      %old = atomicrmw fadd ptr %p, double %x seq_cst
//!        %new = fadd double %old, %x
//! ```

use rz_llvm::{BinaryOp, Block, Builder, Function, Opcode, Type, Value};

/// Writes such loops of `clone` as additions. True when there were any.
pub(crate) fn join(clone: Function) -> bool {
    let instructions = clone.instructions().into_iter();
    let exchanges = instructions.filter(|inst| inst.opcode() == Some(Opcode::CmpXchg));
    let exchanges: Vec<Value> = exchanges.filter(|inst| !inst.is_volatile()).collect();
    let retries: Vec<Retry> = exchanges.iter().filter_map(|&e| Retry::of(e)).collect();
    let first: Vec<Retry> = exchanges
        .iter()
        .filter_map(|&e| Retry::rotated(e))
        .collect();
    for retry in &retries {
        retry.join();
    }
    for retry in &first {
        retry.join_rotated();
    }
    !retries.is_empty() || !first.is_empty()
}

/// A loop that adds.
struct Retry {
    exchange: Value,
    /// The phi of what was found in memory; before a loop, what is expected there.
    old: Value,
    /// The sum.
    new: Value,
    /// What is added: one value, or the factors of a product.
    added: Vec<Value>,
    subtract: bool,
}

impl Retry {
    /// A loop of one block.
    fn of(exchange: Value) -> Option<Self> {
        let block = exchange.block();
        let found = Self::sum(exchange)?;
        let tries = found.old.opcode() == Some(Opcode::Phi)
            && found.old.block() == block
            && on_success(exchange).is_some_and(|(done, again)| done != block && again == block)
            // What an attempt finds instead is what the next one starts from.
            && (found.old.incoming().iter())
                .all(|&(value, from)| from != block || is_found(value, exchange));
        let alone = block
            .instructions()
            .into_iter()
            .all(|inst| [exchange, found.old, found.new].contains(&inst) || is_plain(inst));
        (tries && alone && found.adds_from_outside(block)).then_some(found)
    }

    /// A first attempt before a loop of further ones:
    ///
    /// ```text
    /// %one = cmpxchg ptr %p, i64 %old, i64 (%old + x)
    /// br i1 (one, 1), label %done, label %again
    /// again: %last = phi [ %one, %before ], [ %pair, %again ]
    ///        %pair = cmpxchg ptr %p, i64 (%last, 0), i64 ((%last, 0) + x)
    ///        br i1 (%pair, 1), label %done, label %again
    /// ```
    fn rotated(exchange: Value) -> Option<Self> {
        let found = Self::sum(exchange)?;
        let (done, again) = on_success(exchange)?;
        let instructions = again.instructions();
        let second = instructions
            .iter()
            .find(|i| i.opcode() == Some(Opcode::CmpXchg))?;
        let next = Self::sum(*second)?;
        let pairs = [(exchange, exchange.block()), (*second, again)];
        let same = exchange.operand(0) == second.operand(0)
            && on_success(*second) == Some((done, again))
            && done != again
            && (next.added == found.added && next.subtract == found.subtract)
            && is_last(next.old, &pairs);
        let alone = instructions.iter().all(|&inst| {
            inst == *second
                || inst == next.new
                || inst.opcode() == Some(Opcode::Phi)
                || is_plain(inst)
        });
        (same && alone && !second.is_volatile() && found.adds_from_outside(again)).then_some(found)
    }

    fn sum(exchange: Value) -> Option<Self> {
        let (old, new) = (bits(exchange.operand(1)), bits(exchange.operand(2)));
        let (added, subtract) = sum(new, old)?;
        let users = exchange.users().into_iter();
        let mut other =
            users.filter(|user| !matches!(user.opcode(), Some(Opcode::ExtractValue | Opcode::Phi)));
        other.next().is_none().then_some(Self {
            exchange,
            old,
            new,
            added,
            subtract,
        })
    }

    fn adds_from_outside(&self, block: Block) -> bool {
        let outside = |value: &Value| !value.is_instruction() || value.block() != block;
        self.added.iter().all(outside) && outside(&self.exchange.operand(0))
    }

    /// The atomic addition, at `b`; returns what it finds in memory.
    fn add(&self, b: &Builder) -> Value {
        b.set_debug_loc(self.exchange.debug_loc());
        let added = (self.added.iter().copied())
            .reduce(|x, y| b.binary(BinaryOp::FMul, x, y))
            .expect("something is added");
        b.atomic_add_like(self.exchange, added, self.subtract)
    }

    fn join(&self) {
        let block = self.exchange.block();
        let first = (block.instructions().into_iter())
            .find(|inst| inst.opcode() != Some(Opcode::Phi))
            .expect("a block has a terminator");
        let b = Builder::new(block.function().context());
        b.position_before(first);
        let found = self.add(&b);
        self.succeed(&b, found);
        self.old.replace_all_uses(image(&b, found, self.old.ty()));
        self.old.erase();
    }

    /// The loop cannot be reached any more. Where it ended, and before, what was expected is what was found.
    fn join_rotated(&self) {
        let block = self.exchange.block();
        let b = Builder::new(block.function().context());
        b.position_before(self.exchange);
        let found = self.add(&b);
        let sum = self.new.clone_instruction();
        for index in 0..sum.operand_count() {
            if bits(sum.operand(index)) == self.old {
                sum.set_operand(index, found);
            }
        }
        b.insert(sum);
        let Some((done, _)) = on_success(self.exchange) else {
            return;
        };
        for phi in done.instructions() {
            if phi.opcode() != Some(Opcode::Phi) {
                break;
            }
            for (index, (value, from)) in (0..).zip(phi.incoming()) {
                let now = if bits(value) == self.old { found } else { sum };
                if from == block && [self.old, self.new].contains(&bits(value)) {
                    phi.set_operand(index, image(&b, now, phi.ty()));
                }
            }
        }
        self.succeed(&b, found);
    }

    /// The exchange has found what was expected.
    fn succeed(&self, b: &Builder, found: Value) {
        let boolean = b.context().int(1);
        for part in self.exchange.users() {
            if part.opcode() != Some(Opcode::ExtractValue) {
                continue;
            }
            if part.ty() == boolean {
                part.replace_all_uses(boolean.int_const(1));
            } else {
                part.replace_all_uses(image(b, found, part.ty()));
            }
            part.erase();
        }
        let nothing = self.exchange.ty().poison();
        self.exchange.replace_all_uses(nothing);
        self.exchange.erase();
    }
}

/// `value` or its bits.
fn image(b: &Builder, value: Value, ty: Type) -> Value {
    if ty == value.ty() {
        value
    } else {
        b.bitcast(value, ty)
    }
}

/// What `new` adds to `old` or, with true, subtracts from it.
fn sum(new: Value, old: Value) -> Option<(Vec<Value>, bool)> {
    let is_old = |index: u32| bits(new.operand(index)) == old;
    match new.opcode()? {
        Opcode::FAdd if is_old(0) => Some((vec![new.operand(1)], false)),
        Opcode::FAdd if is_old(1) => Some((vec![new.operand(0)], false)),
        Opcode::FSub if is_old(0) => Some((vec![new.operand(1)], true)),
        // May be computed in two steps.
        Opcode::Call if is_old(2) => {
            let name = new.called_function()?.intrinsic_name()?;
            let factors = vec![new.operand(0), new.operand(1)];
            (name == "llvm.fmuladd").then_some((factors, false))
        }
        _ => None,
    }
}

/// Where the block of `exchange` goes after a success, and after a failure.
fn on_success(exchange: Value) -> Option<(Block, Block)> {
    let branch = exchange.block().terminator()?;
    if !branch.is_conditional() {
        return None;
    }
    let condition = branch.condition();
    let successors = branch.successors();
    let success = is_part(condition, exchange) && condition.ty() == condition.ty().context().int(1);
    success.then(|| (successors[0], successors[1]))
}

fn is_part(value: Value, exchange: Value) -> bool {
    value.opcode() == Some(Opcode::ExtractValue) && value.operand(0) == exchange
}

/// True for what `exchange` found in memory, where it failed.
fn is_found(value: Value, exchange: Value) -> bool {
    let value = bits(value);
    if value.opcode() == Some(Opcode::Select) {
        return is_part(value.operand(0), exchange) && is_found(value.operand(2), exchange);
    }
    is_part(value, exchange)
}

/// True for what the last of several exchanges found, each of which came from a block.
fn is_last(value: Value, pairs: &[(Value, Block)]) -> bool {
    let among = |phi: Value, test: fn(Value, Value) -> bool| {
        phi.opcode() == Some(Opcode::Phi)
            && (phi.incoming().iter()).all(|&(value, from)| {
                pairs
                    .iter()
                    .any(|&(exchange, block)| block == from && test(value, exchange))
            })
    };
    let whole = value.opcode() == Some(Opcode::ExtractValue)
        && among(value.operand(0), |value, exchange| value == exchange);
    whole || among(value, is_found)
}

/// Moves bits, and does nothing else.
fn is_plain(inst: Value) -> bool {
    matches!(
        inst.opcode(),
        Some(Opcode::BitCast | Opcode::ExtractValue | Opcode::Select | Opcode::Br)
    )
}

/// The value behind conversions that keep its bits.
fn bits(mut value: Value) -> Value {
    while value.opcode() == Some(Opcode::BitCast) {
        value = value.operand(0);
    }
    value
}
