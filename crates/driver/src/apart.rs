//! Loops ask when they run whether what they touch lies apart, and have a copy for where it does.
//!
//! A step of a simulation reads one array and writes the other, and then they change roles, so of their shadows
//! nobody knows which is which: the reverse of a stencil clears the one and adds to the other, neighbouring rows of it
//! at that.
//!
//! ```text
//! for j = m - 1 … 0                     if t[0 … m - 1], s[0 … m], r[0 … m - 1] have nothing in common
//!   v = t[j];  t[j] = 0                   for j = m - 1 … 0    (the same; accesses say that they are apart)
//!   s[j + 1] += v;  s[j] -= v    ⇒      else
//!   r[j] += v                             for j = m - 1 … 0    (as before)
//! ```
//!
//! LLVM's vectorizer asks by itself, but gives up where many comparisons are needed, and comes too late for sums to be
//! carried in registers ([`crate::carry`]). So this is done where one of the two would fail.
//!
//! A stencil in two dimensions touches three rows of each array, so there are many pairs of ranges. Arrays mostly lie
//! one behind the other, so what goes through the same pointer is taken together first: the least of its addresses and
//! the greatest, against those of another pointer. Only where these have something in common is each pair asked for.
//!
//! # Why this is legal
//!
//! Both loops are the loop that was there. What is new are scopes on the accesses of one, between those memories that
//! were compared: the ranges of addresses from the first iteration to the last. An access moves by its own size in each
//! iteration, and none is left out, so a range that wraps around the end of memory would touch what lies there, where
//! no object can be. The scopes are declared where the loop is entered: they say nothing about the next time.
//!
//! All that a comparison needs is known where the loop is entered; what is no number there (poison) would be
//! an address of the first iteration, or decide how often the loop runs, and so would be an error of the loop itself.

use crate::carry::{are_apart, is_in_the_way};
use crate::cleanup::LARGE;
use crate::natural::{Natural, natural};
use crate::ring::{Ring, accesses, copy, pointer, redirect, renamed, size, taken};
use rz_llvm::{
    AliasOracle, Analyses, Block, Builder, Extent, Function, IntPredicate, Opcode, Overlap, Value,
    ValueMap,
};

/// LLVM's vectorizer makes so many comparisons itself.
const FEW: usize = 8;
/// More are not made.
const MANY: usize = 48;
/// Loops with more accesses to memory are left alone.
const ACCESSES: usize = 64;

/// Memory that some accesses go through, at fixed distances from each other.
struct Stream {
    /// That of the first of them, which moves by `step` bytes in each iteration.
    pointer: Value,
    step: i64,
    /// Bytes from the pointer to the first byte that any of them touches, and behind the last.
    low: i64,
    high: i64,
    accesses: Vec<Value>,
    /// What the pointer is computed from in the loop around, in each of its iterations.
    base: Value,
}

/// An address, and one behind it.
type Range = (Value, Value);

struct Separate {
    body: Block,
    streams: Vec<Stream>,
    /// Streams to compare.
    pairs: Vec<(usize, usize)>,
}

/// Separates loops of `function`. True when there were any.
pub(crate) fn separate(analyses: Analyses, function: Function) -> bool {
    if function.instructions().len() > LARGE {
        return false;
    }
    let oracle = AliasOracle::new(analyses, function);
    let loops = natural(analyses, function);
    let blocks = function.blocks().into_iter();
    let found: Vec<Separate> = blocks
        .filter_map(|body| {
            // Inner loops come first.
            let mut around = loops.iter().filter(|around| around.header != body);
            let around = around.find(|around| around.body.contains(&body));
            find(analyses, &oracle, function, body, around)
        })
        .collect();
    drop(oracle);
    // All is compared before the first loop is copied: what is known of the function is still true.
    let compared: Vec<(Separate, Vec<Option<Range>>)> = found
        .into_iter()
        .filter_map(|one| {
            let ranges = one.ranges(analyses, function)?;
            Some((one, ranges))
        })
        .collect();
    for (one, ranges) in &compared {
        one.write(ranges);
    }
    if !compared.is_empty() {
        analyses.invalidate(function);
    }
    !compared.is_empty()
}

fn find(
    analyses: Analyses,
    oracle: &AliasOracle,
    function: Function,
    body: Block,
    around: Option<&Natural>,
) -> Option<Separate> {
    let before = Ring::at(body)?.before()?;
    if Ring::at(before).is_some() {
        return None;
    }
    let accesses = accesses(body)?;
    let stores = |&access: &Value| access.opcode() == Some(Opcode::Store);
    if accesses.len() > ACCESSES || !accesses.iter().any(stores) {
        return None;
    }
    let streams = streams(analyses, function, body, around, &accesses)?;
    let pairs = pairs(oracle, &streams);
    let wanted = match pairs.len() {
        0 => false,
        1..=FEW => is_in_the_way(analyses, oracle, function, body),
        count => count <= MANY,
    };
    wanted.then_some(Separate {
        body,
        streams,
        pairs,
    })
}

fn streams(
    analyses: Analyses,
    function: Function,
    body: Block,
    around: Option<&Natural>,
    accesses: &[Value],
) -> Option<Vec<Stream>> {
    let mut streams: Vec<Stream> = Vec::new();
    for &access in accesses {
        let pointer = pointer(access);
        let size = size(access) as i64;
        if pointer.ty().address_space() != 0 {
            return None;
        }
        let fixed = !pointer.is_instruction() || pointer.block() != body;
        let step = if fixed {
            0
        } else {
            analyses.step(function, pointer, body)?
        };
        if !fixed && step.abs() != size {
            return None;
        }
        let mut known = streams.iter_mut().filter(|stream| stream.step == step);
        let near = known.find_map(|stream| {
            let at = analyses.distance(function, pointer, stream.pointer)?;
            Some((stream, at))
        });
        if let Some((stream, at)) = near {
            stream.low = stream.low.min(at);
            stream.high = stream.high.max(at + size);
            stream.accesses.push(access);
            continue;
        }
        streams.push(Stream {
            pointer,
            step,
            low: 0,
            high: size,
            accesses: vec![access],
            base: base(pointer, around),
        });
    }
    Some(streams)
}

/// What `pointer` is computed from in the loop `around`; itself if there is none.
fn base(mut pointer: Value, around: Option<&Natural>) -> Value {
    let inside = |gep: Value| around.is_some_and(|around| around.body.contains(&gep.block()));
    while pointer.opcode() == Some(Opcode::Gep) && inside(pointer) {
        pointer = pointer.operand(0);
    }
    pointer
}

/// From `block` to the first of `ways` if of all `pairs` of streams, each side taken together, one ends before the other
/// begins; else to the second.
fn write_check(
    b: &Builder,
    block: Block,
    ranges: &[Option<Range>],
    pairs: impl Iterator<Item = (Vec<usize>, Vec<usize>)>,
    ways: [Block; 2],
) {
    b.position_at_end(block);
    let mut hulls: Vec<(Vec<usize>, Range)> = Vec::new();
    let mut hull = |streams: Vec<usize>| {
        if let Some((_, known)) = hulls.iter().find(|(of, _)| *of == streams) {
            return *known;
        }
        let all = streams
            .iter()
            .map(|&index| ranges[index].expect("it is in a pair"));
        let hull = all.reduce(|all, one| {
            let least = b.icmp(IntPredicate::Ult, one.0, all.0);
            let most = b.icmp(IntPredicate::Ult, all.1, one.1);
            (b.select(least, one.0, all.0), b.select(most, one.1, all.1))
        });
        let hull = hull.expect("there is one");
        hulls.push((streams, hull));
        hull
    };
    let mut apart: Option<Value> = None;
    for (one, other) in pairs {
        let (one, other) = (hull(one), hull(other));
        let below = b.icmp(IntPredicate::Ule, one.1, other.0);
        let above = b.icmp(IntPredicate::Ule, other.1, one.0);
        let both = b.or(below, above);
        apart = Some(apart.map_or(both, |all| b.and(all, both)));
    }
    b.cond_br(apart.expect("there are pairs"), ways[0], ways[1]);
}

/// The streams of which nobody knows that they are apart.
fn pairs(oracle: &AliasOracle, streams: &[Stream]) -> Vec<(usize, usize)> {
    let anywhere = |access| Extent {
        pointer: pointer(access),
        size: None,
    };
    let writes = |access: Value| access.opcode() == Some(Opcode::Store);
    let meet = |&a: &Value, &b: &Value| {
        (writes(a) || writes(b))
            && !are_apart(a, b)
            && !are_apart(b, a)
            && oracle.alias(anywhere(a), anywhere(b), true) != Overlap::No
    };
    let mut pairs = Vec::new();
    for (index, stream) in streams.iter().enumerate() {
        for (other, with) in streams[..index].iter().enumerate() {
            let mut all = stream.accesses.iter();
            if all.any(|a| with.accesses.iter().any(|b| meet(a, b))) {
                pairs.push((other, index));
            }
        }
    }
    pairs
}

impl Separate {
    fn write(&self, ranges: &[Option<Range>]) {
        let mut ring = Ring::at(self.body).expect("found before");
        let before = ring.before().expect("asked before");
        let b = Builder::new(self.body.function().context());
        // On the edge to the loop.
        let together = self.together();
        let first = { together.as_ref() }.map(|_| self.body.insert_before("check"));
        let check = self.body.insert_before("check.each");
        redirect(before, self.body, first.unwrap_or(check));
        for phi in ring.phis() {
            renamed(phi, before, check);
        }
        ring.unite();
        let way = ring.leave();
        let fast = self.body.insert_before("apart");
        let around = self.body.insert_before("apart.loop");
        b.position_at_end(around);
        let mut map = ValueMap::new();
        let phis = ring.phis();
        for &phi in &phis {
            let copy = b.phi(phi.ty());
            copy.add_incoming(taken(phi, check), fast);
            map.set(phi, copy);
        }
        copy(self.body, around, &mut map);
        let copied = |value: Value| map.get(value).unwrap_or(value);
        for &phi in &phis {
            copied(phi).add_incoming(copied(taken(phi, self.body)), around);
        }
        b.position_at_end(around);
        let condition = copied(self.body.terminator().expect("a block ends").condition());
        if ring.leaves_if_true() {
            b.cond_br(condition, way.block, around);
        } else {
            b.cond_br(condition, around, way.block);
        }
        way.lead(around, &map);
        self.mark(&b, fast, around, &map);
        let each = self
            .pairs
            .iter()
            .map(|&(one, other)| (vec![one], vec![other]));
        write_check(&b, check, ranges, each, [fast, self.body]);
        if let (Some(first), Some(together)) = (first, together) {
            write_check(&b, first, ranges, together.into_iter(), [fast, check]);
        }
    }

    /// The addresses of each stream that is in a pair, from the first to the one behind the last, computed before the loop.
    fn ranges(&self, analyses: Analyses, function: Function) -> Option<Vec<Option<Range>>> {
        let at = Ring::at(self.body)?.before()?.terminator()?;
        let b = Builder::new(function.context());
        let mut ranges = Vec::new();
        for (index, stream) in self.streams.iter().enumerate() {
            if !self.pairs.iter().any(|&(a, b)| a == index || b == index) {
                ranges.push(None);
                continue;
            }
            let pointer = stream.pointer;
            let ends = || analyses.first_and_last(function, pointer, self.body, at);
            let (low, high) = match stream.step.signum() {
                1 => ends()?,
                -1 => ends().map(|(first, last)| (last, first))?,
                _ => (pointer, pointer),
            };
            b.position_before(at);
            let range = (
                b.ptr_offset(low, stream.low),
                b.ptr_offset(high, stream.high),
            );
            ranges.push(Some(range));
        }
        Some(ranges)
    }

    /// Comparisons that say the same of all pairs if they succeed: those of the same pointer, and all streams of one pointer
    /// with all of another. None if they are not much fewer.
    fn together(&self) -> Option<Vec<(Vec<usize>, Vec<usize>)>> {
        let base = |index: usize| self.streams[index].base;
        let of = |pointer: Value| -> Vec<usize> {
            let paired = |index: &usize| self.pairs.iter().any(|p| p.0 == *index || p.1 == *index);
            let mut all: Vec<usize> = (0..self.streams.len()).filter(paired).collect();
            all.retain(|&index| base(index) == pointer);
            all
        };
        let mut found: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for &(one, other) in &self.pairs {
            let (a, b) = (base(one), base(other));
            let sides = if a == b {
                (vec![one], vec![other])
            } else {
                (of(a), of(b))
            };
            let turned = (sides.1.clone(), sides.0.clone());
            if !found.contains(&sides) && !found.contains(&turned) {
                found.push(sides);
            }
        }
        (2 * found.len() <= self.pairs.len()).then_some(found)
    }

    /// Says of the accesses of the copy what was found, and ends `fast`, which leads to it.
    fn mark(&self, b: &Builder, fast: Block, around: Block, map: &ValueMap) {
        let context = around.function().context();
        let domain = context.alias_domain("ribozyme.apart");
        let scopes: Vec<_> = (0..self.streams.len())
            .map(|_| context.alias_scope(domain, "apart"))
            .collect();
        let add = |access: Value, name: &str, more: &[rz_llvm::Metadata]| {
            if more.is_empty() {
                return;
            }
            let kind = context.metadata_kind(name);
            let old = access.metadata(kind).map(rz_llvm::Metadata::operands);
            let mut all: Vec<_> = old.unwrap_or_default().into_iter().flatten().collect();
            all.extend(more);
            access.set_metadata(kind, Some(context.metadata_node(&all)));
        };
        for (index, stream) in self.streams.iter().enumerate() {
            let others = self.pairs.iter().filter_map(|&(a, b)| match index {
                _ if a == index => Some(scopes[b]),
                _ if b == index => Some(scopes[a]),
                _ => None,
            });
            let others: Vec<_> = others.collect();
            if others.is_empty() {
                continue;
            }
            for &access in &stream.accesses {
                let access = map.get(access).expect("it was copied");
                add(access, "alias.scope", &[scopes[index]]);
                add(access, "noalias", &others);
            }
        }
        b.position_at_end(fast);
        // LLVM wants a declaration for each.
        for scope in scopes {
            let list = context.metadata_node(&[scope]).as_value(context);
            b.intrinsic("llvm.experimental.noalias.scope.decl", &[], &[list]);
        }
        b.br(around);
    }
}
