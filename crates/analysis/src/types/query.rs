//! What consumers ask: classes of values, segments of memory, what repeats.

use super::build::{Builder, Repr};
use super::exchange::Extractor;
use super::graph::{Cell, Fact, Graph, Place};
use super::regions::View;
use super::solve::Context;
use super::stride::divisor;
use super::tree::{Class, Tree, Trees};
use rustc_hash::FxHashMap;
use rz_view::{Constant, Func, Inst, Type, TypeKind, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Consecutive bytes of one class. Floats and pointers are whole elements, one after the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// First byte, relative to the offset that was asked for.
    pub offset: u64,
    /// Bytes.
    pub bytes: u64,
    /// What they hold.
    pub class: Class,
}

/// What repeats in memory whose length is not known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The segments repeat every so many bytes.
    pub period: u64,
    /// One period.
    pub segments: Vec<Segment>,
}

impl Run {
    /// The class of byte `k` of a period, and its position within the element.
    fn class(&self, k: u64, pointer_bytes: u64) -> Option<(Class, u64)> {
        let hit = |s: &&Segment| k >= s.offset && k < s.offset + s.bytes;
        let segment = self.segments.iter().find(hit)?;
        let at = k - segment.offset;
        // Consecutive elements are one segment.
        Some((
            segment.class,
            at % segment.class.element_bytes(pointer_bytes),
        ))
    }
}

/// Types of one function in one context.
pub struct FuncTypes<'m> {
    pub(crate) state: Rc<Builder<'m>>,
    pub(crate) trees: Rc<RefCell<Trees>>,
    pub(crate) context: Context,
    pub(crate) callees: FxHashMap<Inst, Context>,
}

/// Records larger than this are not looked for in copies of varying length.
const MAX_PERIOD: u64 = 1 << 12;

/// Choices of choices of pointers are followed so far.
const MAX_DEPTH: u32 = 8;

/// What is known about one byte.
#[derive(Clone, Copy)]
pub(super) enum Byte {
    Known(Fact),
    Clash(Fact, Fact),
    Zero,
    Open,
}

impl FuncTypes<'_> {
    /// The function.
    pub fn func(&self) -> Func {
        self.context.func
    }

    /// The context that was solved.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The context of the function that a direct call of a function with a body calls.
    pub fn callee(&self, call: Inst) -> Option<&Context> {
        self.callees.get(&call)
    }

    /// All that is known about a value.
    pub fn value(&self, value: Value) -> Tree {
        let mut trees = self.trees.borrow_mut();
        let bytes = self.state.module.pointer_bytes;
        Extractor::new(&self.state.graph, &mut trees, bytes).value(&self.state, value)
    }

    /// What byte `byte` of a value holds. Constants fit everything.
    pub fn class(&self, value: Value, byte: u64) -> Class {
        let segments = self.segments(value);
        let hit = segments
            .iter()
            .find(|s| byte >= s.offset && byte < s.offset + s.bytes);
        hit.map_or(Class::Unknown, |s| s.class)
    }

    /// True when some byte of an integer is known to be a float's, whatever computed it.
    pub fn is_image(&self, value: Value) -> bool {
        let float = |fact: Option<Fact>| fact.is_some_and(|f| matches!(f.class, Class::Float(_)));
        let Repr::Bytes { first, len } = self.state.reprs[value] else {
            return false;
        };
        let graph = &self.state.graph;
        let mut cells = (0..len).map(|k| Graph::nth(first, k));
        cells.any(|cell| float(graph.fact(cell)) || float(graph.clash(cell)))
    }

    /// The one class of all bytes of a value, [`Class::Unknown`] when they differ.
    pub fn whole(&self, value: Value) -> Class {
        let mut all = Class::Anything;
        for segment in self.segments(value) {
            if all == Class::Anything {
                all = segment.class;
            } else if segment.class != all && segment.class != Class::Anything {
                return Class::Unknown;
            }
        }
        all
    }

    /// The value cut into segments that cover all its bytes.
    pub fn segments(&self, value: Value) -> Vec<Segment> {
        let state = &self.state;
        let ty = state.body.ty(value);
        let size = state.size(ty);
        let fits_all = state.body.constant(value).is_some_and(|c| !is_address(c));
        // Null has a shadow, null: a callee may keep it beside pointers that have one.
        if fits_all && !state.module.types.is_pointer(ty) {
            return whole(size, Class::Anything);
        }
        match state.reprs[value] {
            Repr::Bytes { .. } if state.proved[value] => whole(size, Class::Integer),
            Repr::Bytes { first, .. } => self.cut(size, |k| {
                if state.is_zero_byte(value, k) {
                    Byte::Zero
                } else {
                    self.byte(Graph::nth(first, k))
                }
            }),
            Repr::Pointer(_) => whole(size, Class::Pointer),
            Repr::Float | Repr::None => self.by_type(ty, size),
        }
    }

    fn by_type(&self, ty: Type, size: u64) -> Vec<Segment> {
        let types = &self.state.module.types;
        let mut segments: Vec<Segment> = Vec::new();
        let mut at = 0;
        let mut put = |segments: &mut Vec<Segment>, offset: u64, bytes: u64, class: Class| {
            if offset > at {
                push(segments, at, offset - at, Class::Anything);
            }
            push(segments, offset, bytes, class);
            at = offset + bytes;
        };
        types.leaves(ty, 0, &mut |base, leaf| {
            let scalar = types.scalar(leaf);
            let class = match types.kind(scalar) {
                TypeKind::Float(kind) => Class::Float(*kind),
                TypeKind::Pointer { .. } => Class::Pointer,
                TypeKind::Int(1) => Class::Integer,
                _ => Class::Unknown,
            };
            if matches!(class, Class::Integer | Class::Unknown) {
                // Lanes of odd widths are packed in vectors: bytes, not lanes.
                put(&mut segments, base, types.store_size(leaf), class);
                return;
            }
            let bytes = match class {
                Class::Float(kind) => kind.bytes(),
                _ => types.store_size(scalar),
            };
            for lane in 0..u64::from(types.lanes(leaf)) {
                put(
                    &mut segments,
                    base + lane * types.alloc_size(scalar),
                    bytes,
                    class,
                );
            }
        });
        if at < size {
            push(&mut segments, at, size - at, Class::Anything);
        }
        segments
    }

    /// The memory `bytes` bytes from `offset` behind a pointer, cut into segments that cover it.
    ///
    /// Bytes nothing is known about, and bytes with contradicting facts, are [`Class::Unknown`];
    /// when derivatives depend on them, refuse with [`FuncTypes::refuse`].
    pub fn pointee(&self, pointer: Value, offset: i64, bytes: u64) -> Vec<Segment> {
        match self.state.place(pointer) {
            Some(place) => self.cut(bytes, |k| self.memory(place.plus(offset), k as i64)),
            None => whole(bytes, Class::Unknown),
        }
    }

    /// What a store of `value` puts into memory or takes out of it: what the value holds, and where
    /// that fits every type, or is an integer put over a float, what the memory holds.
    pub fn stored(&self, value: Value, pointer: Value) -> Vec<Segment> {
        let own = self.segments(value);
        let asks = |s: &Segment| matches!(s.class, Class::Anything | Class::Integer);
        if !own.iter().any(asks) {
            return own;
        }
        let held = self.pointee(pointer, 0, self.state.size(self.state.body.ty(value)));
        let mut all = Vec::new();
        for segment in own {
            if !asks(&segment) {
                push(&mut all, segment.offset, segment.bytes, segment.class);
                continue;
            }
            for part in &held {
                let from = part.offset.max(segment.offset);
                let to = (part.offset + part.bytes).min(segment.offset + segment.bytes);
                if from >= to {
                    continue;
                }
                let element = part.class.element_bytes(self.state.module.pointer_bytes);
                let cut = |at: u64| !(at - part.offset).is_multiple_of(element);
                let class = match part.class {
                    // A part of a float is changed: a trick with bits.
                    Class::Float(_) if cut(from) || cut(to) => Class::Unknown,
                    Class::Float(_) => part.class,
                    _ if segment.class == Class::Integer => Class::Integer,
                    class => class,
                };
                push(&mut all, from, to - from, class);
            }
        }
        all
    }

    /// True when nothing at all is known about memory: no access and no caller says what it holds.
    pub fn is_open(&self, pointer: Value, offset: i64, bytes: u64) -> bool {
        let Some(place) = self.state.place(pointer) else {
            return false;
        };
        let place = place.plus(offset);
        (0..bytes).all(|k| self.is_open_byte(place, k as i64, 0))
    }

    fn is_open_byte(&self, place: Place, k: i64, depth: u32) -> bool {
        let mut objects = self.state.graph.objects(place).into_iter();
        matches!(self.inside(place, k), Byte::Open)
            && objects.all(|o| depth < MAX_DEPTH && self.is_open_byte(o, k, depth + 1))
    }

    /// As [`FuncTypes::is_open`], for all memory from `pointer` on.
    pub fn is_open_onward(&self, pointer: Value) -> bool {
        let Some(place) = self.state.place(pointer) else {
            return false;
        };
        self.opens(place, 0)
    }

    fn opens(&self, place: Place, depth: u32) -> bool {
        let graph = &self.state.graph;
        let (exact, views) = graph.contents(place.region);
        let from = if place.stride == 0 {
            place.start
        } else {
            i64::MIN
        };
        let objects = || graph.objects(place).into_iter();
        let open = |&cell: &Cell| matches!(self.byte(cell), Byte::Open);
        let after = |view: &&View| view.end > from;
        exact.range(from..).all(|(_, cell)| open(cell))
            && views
                .iter()
                .filter(after)
                .all(|v| v.cells.values().all(open))
            && objects().all(|object| depth < MAX_DEPTH && self.opens(object, depth + 1))
    }

    /// The bytes a copy of known length moves: what is known about either side, and TBAA's word on
    /// which bytes are padding (then [`Class::Anything`]).
    pub fn copied(&self, inst: Inst, to: Value, from: Value, bytes: u64) -> Vec<Segment> {
        let data = &self.state.body.insts[inst];
        let padding = |k: u64| {
            let covers = |e: &rz_view::body::TbaaEntry| {
                let start = e.offset.max(0) as u64;
                k >= start && k < start + e.size
            };
            data.tbaa.iter().any(|e| e.size != 0) && !data.tbaa.iter().any(covers)
        };
        let sides = [self.state.place(to), self.state.place(from)];
        self.cut(bytes, |k| {
            let mut best = Byte::Open;
            for place in sides.into_iter().flatten() {
                let found = self.memory(place, k as i64);
                if !matches!(found, Byte::Open) {
                    best = found;
                    break;
                }
            }
            match best {
                Byte::Open if padding(k) => Byte::Zero,
                other => other,
            }
        })
    }

    /// What repeats behind `pointer` from there on, when all that is known is of one pattern.
    pub fn run(&self, pointer: Value) -> Option<Run> {
        let place = self.state.place(pointer)?;
        let graph = &self.state.graph;
        let (_, views) = graph.contents(place.region);
        let from = place.start;
        let mut best: Option<Run> = None;
        for view in views.iter().filter(|v| !v.cells.is_empty()) {
            let cell = |k: u64| {
                let residue = view.residue(from.wrapping_add(k as i64));
                view.cells.get(&residue).copied()
            };
            let segments = self.cut(view.stride, |k| {
                cell(k).map_or(Byte::Open, |c| self.byte(c))
            });
            if segments.iter().any(|s| s.class == Class::Unknown) {
                continue;
            }
            let run = Run {
                period: view.stride,
                segments,
            };
            match &best {
                Some(known) if !agree(known, &run) => return None,
                Some(known) if known.period <= run.period => {}
                _ => best = Some(run),
            }
        }
        best.filter(|run| self.is_everywhere(place, run, 0))
    }

    /// Nothing that is known about memory from `place` on contradicts that `run` repeats there.
    fn is_everywhere(&self, place: Place, run: &Run, depth: u32) -> bool {
        let mut objects = self.state.graph.objects(place).into_iter();
        let everywhere = |o| depth < MAX_DEPTH && self.is_everywhere(o, run, depth + 1);
        if !objects.all(everywhere) {
            return false;
        }
        let (exact, views) = self.state.graph.contents(place.region);
        let says = |offset: i64| {
            let distance = offset.wrapping_sub(place.start);
            let k = distance.rem_euclid(run.period.max(1) as i64) as u64;
            run.class(k, self.state.module.pointer_bytes)
        };
        let fits = |offset: i64, cell: Cell| match self.byte(cell) {
            Byte::Known(fact) => says(offset).is_none_or(|(class, pos)| {
                // `a[i].v[j]` looks like an array from the first `v[0]` on. Integers among floats have
                // no derivative, so nothing is lost or invented when they are taken for floats.
                let among = matches!(class, Class::Float(_)) && fact.class == Class::Integer;
                among
                    || class == Class::Anything
                    || fact.class == Class::Anything
                    || fact.agrees(&Fact::of(class, pos, fact.why))
            }),
            Byte::Clash(..) => false,
            Byte::Zero | Byte::Open => true,
        };
        let from = if place.stride == 0 {
            place.start
        } else {
            i64::MIN
        };
        let after = |view: &&View| view.end > from;
        exact
            .range(from..)
            .all(|(&offset, &cell)| fits(offset, cell))
            && views.iter().filter(after).all(|view| {
                // Elements of a view fall on different bytes of the period when neither divides.
                let steps = run.period / super::graph::gcd(run.period, view.stride);
                let place = |residue: u64, step: u64| {
                    let at = residue.wrapping_add(step.wrapping_mul(view.stride));
                    view.start.wrapping_add(at as i64)
                };
                let each = |(&residue, &cell): (&u64, &Cell)| {
                    (0..steps.min(MAX_PERIOD)).all(|step| fits(place(residue, step), cell))
                };
                view.cells.iter().all(each)
            })
    }

    /// What repeats in the memory an instruction with a byte count touches at `pointer`.
    ///
    /// Besides arrays: a count that is a multiple of some size says how large the elements are, and
    /// the first one may be known by exact accesses.
    pub fn run_at(&self, inst: Inst, pointer: Value) -> Option<Run> {
        self.run(pointer).or_else(|| {
            let count = self.state.byte_count(inst)?;
            let period = divisor(self.state.body, count, 8);
            let place = self.state.place(pointer)?;
            let whole = (2..=MAX_PERIOD).contains(&period);
            let segments = self.pointee_at(place, period * u64::from(whole));
            let known = whole && segments.iter().all(|s| s.class != Class::Unknown);
            let run = known.then_some(Run { period, segments })?;
            self.is_everywhere(place, &run, 0).then_some(run)
        })
    }

    fn pointee_at(&self, place: Place, bytes: u64) -> Vec<Segment> {
        self.cut(bytes, |k| self.memory(place, k as i64))
    }

    pub(super) fn byte(&self, cell: Cell) -> Byte {
        match (self.state.graph.fact(cell), self.state.graph.clash(cell)) {
            (Some(a), Some(b)) => Byte::Clash(a, b),
            (Some(a), None) => Byte::Known(a),
            (None, _) => Byte::Open,
        }
    }

    /// What is known about byte `k` from `place`.
    pub(super) fn memory(&self, place: Place, k: i64) -> Byte {
        let objects = self.state.graph.objects(place);
        self.of_all(self.inside(place, k), &objects, k, 0)
    }

    /// What is known behind a pointer to one of several objects: nothing that one of them contradicts,
    /// and what all of them say.
    fn of_all(&self, own: Byte, objects: &[Place], k: i64, depth: u32) -> Byte {
        let known = !matches!(own, Byte::Open);
        let mut all = known.then_some(own);
        for &object in objects.iter().filter(|_| depth < MAX_DEPTH) {
            let below = self.state.graph.objects(object);
            let there = self.of_all(self.inside(object, k), &below, k, depth + 1);
            all = Some(match (all, there) {
                (Some(Byte::Known(a)), Byte::Known(b)) if !a.agrees(&b) => {
                    return Byte::Clash(a, b);
                }
                (_, Byte::Clash(a, b)) => return Byte::Clash(a, b),
                (None, there) => there,
                (Some(_), Byte::Open) if !known => return Byte::Open,
                (Some(all), _) => all,
            });
        }
        all.unwrap_or(Byte::Open)
    }

    /// What is known about byte `k` from `place` in its own region.
    fn inside(&self, place: Place, k: i64) -> Byte {
        let (exact, views) = self.state.graph.contents(place.region);
        let at = place.start.wrapping_add(k);
        if place.stride == 0
            && let Some(&cell) = exact.get(&at)
            && let found @ (Byte::Known(_) | Byte::Clash(..)) = self.byte(cell)
        {
            return found;
        }
        let own =
            |v: &&View| place.stride != 0 && (v.start, v.stride) == (place.start, place.stride);
        for view in views.iter().filter(own) {
            let cell = view.cells.get(&view.residue(at));
            if let Some(found @ (Byte::Known(_) | Byte::Clash(..))) = cell.map(|&c| self.byte(c)) {
                return found;
            }
        }
        let found = self.elsewhere(place, at);
        match exact.get(&at) {
            Some(&cell) if place.stride != 0 && matches!(found, Byte::Open) => self.byte(cell),
            _ => found,
        }
    }

    /// What the arrays around say about a byte, if they agree.
    ///
    /// Of two arrays with one stride, the later one begins where the earlier one ends. Arrays of
    /// other strides may be parts of each other (`a[i].v[j]`); when they disagree nothing is known.
    fn elsewhere(&self, place: Place, at: i64) -> Byte {
        let (exact, views) = self.state.graph.contents(place.region);
        let fits = |v: &&View| match place.stride {
            0 => v.covers(at) && v.cells.contains_key(&v.residue(at)),
            stride => stride % v.stride == 0 && v.cells.contains_key(&v.residue(at)),
        };
        let near: Vec<&View> = views.iter().filter(fits).collect();
        let ended = |v: &View| {
            let later = |w: &&View| w.stride == v.stride && w.start > v.start;
            near.iter().copied().filter(later).any(|w| w.start <= at)
        };
        let mut all = Byte::Open;
        for view in near.iter().filter(|v| !ended(v)) {
            let now = self.byte(view.cells[&view.residue(at)]);
            all = match (all, now) {
                (_, Byte::Known(_)) if place.stride == 0 && self.broken(exact, view, at) => all,
                (Byte::Open, now) => now,
                (Byte::Known(a), Byte::Known(b)) if !a.agrees(&b) => Byte::Clash(a, b),
                (Byte::Known(_), Byte::Clash(a, b)) => Byte::Clash(a, b),
                (all, _) => all,
            };
        }
        all
    }

    /// An exact byte between the start of the view and `at` contradicts the view.
    fn broken(&self, exact: &BTreeMap<i64, Cell>, view: &View, at: i64) -> bool {
        let graph = &self.state.graph;
        exact
            .range(view.start..at.max(view.start))
            .any(|(&offset, &cell)| {
                let element = view
                    .cells
                    .get(&view.residue(offset))
                    .and_then(|&c| graph.fact(c));
                match (element, graph.fact(cell)) {
                    (Some(a), Some(b)) => !a.agrees(&b),
                    _ => false,
                }
            })
    }

    /// Groups bytes into segments: floats and pointers only when whole.
    fn cut(&self, bytes: u64, byte: impl Fn(u64) -> Byte) -> Vec<Segment> {
        let pointer_bytes = self.state.module.pointer_bytes;
        let mut segments = Vec::new();
        let mut k = 0;
        while k < bytes {
            let (class, len) = match byte(k) {
                Byte::Known(fact) => {
                    let len = fact.class.element_bytes(pointer_bytes);
                    let whole = fact.pos == 0
                        && k + len <= bytes
                        && (1..len).all(|i| {
                            matches!(byte(k + i), Byte::Known(f)
                                if f.class == fact.class && u64::from(f.pos) == i)
                        });
                    if whole {
                        (fact.class, len)
                    } else {
                        (Class::Unknown, 1)
                    }
                }
                Byte::Zero => (Class::Anything, 1),
                Byte::Clash(..) => (Class::Unknown, 1),
                Byte::Open => {
                    let open = |i: &u64| matches!(byte(*i), Byte::Open);
                    let len = (k..bytes).take_while(open).count() as u64;
                    (self.hole(&segments, k, len, k + len == bytes), len)
                }
            };
            push(&mut segments, k, len, class);
            k += len;
        }
        segments
    }

    /// A gap between facts that is too narrow for a float, or the tail of a long double.
    fn hole(&self, before: &[Segment], at: u64, len: u64, last: bool) -> Class {
        let Some(left) = before.last().filter(|s| s.class != Class::Unknown) else {
            return Class::Unknown;
        };
        let long_double = left.class == Class::Float(rz_view::FloatKind::X86Fp80);
        if long_double && left.bytes == 10 && (len == 6 || (last && len < 6)) {
            return Class::Anything;
        }
        if !at.is_multiple_of(4) && len <= 4 - at % 4 && !self.state.has_halves() {
            return Class::Anything;
        }
        Class::Unknown
    }
}

fn is_address(constant: &Constant) -> bool {
    matches!(
        constant,
        Constant::Global(_)
            | Constant::Func(_)
            | Constant::Offset { .. }
            | Constant::BlockAddress(_)
            | Constant::Expr { .. }
            | Constant::Aggregate(_)
    )
}

fn whole(bytes: u64, class: Class) -> Vec<Segment> {
    if bytes == 0 {
        return Vec::new();
    }
    vec![Segment {
        offset: 0,
        bytes,
        class,
    }]
}

fn push(segments: &mut Vec<Segment>, offset: u64, bytes: u64, class: Class) {
    match segments.last_mut() {
        Some(last) if last.class == class && last.offset + last.bytes == offset => {
            last.bytes += bytes;
        }
        _ => segments.push(Segment {
            offset,
            bytes,
            class,
        }),
    }
}

/// Two patterns say the same where both speak.
fn agree(a: &Run, b: &Run) -> bool {
    let expand = |run: &Run, k: u64| {
        let k = k % run.period;
        let hit = run
            .segments
            .iter()
            .find(|s| k >= s.offset && k < s.offset + s.bytes);
        hit.map(|s| s.class)
    };
    let span = a.period.max(b.period);
    (0..span).all(|k| expand(a, k) == expand(b, k))
}
