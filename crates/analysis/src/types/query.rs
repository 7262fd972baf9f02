//! What consumers ask: classes of values, segments of memory, what repeats.

use super::build::{Builder, Repr};
use super::bytes::Byte;
use super::choice::visit;
use super::exchange::Extractor;
use super::graph::{Cell, Fact, Graph, Place};
use super::solve::Context;
use super::tree::{Class, Tree, Trees};
use crate::flow::Flows;
use rustc_hash::{FxHashMap, FxHashSet};
use rz_view::{Constant, Func, Inst, Type, TypeKind, Value};
use std::cell::{OnceCell, RefCell};
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

/// Types of one function in one context.
pub struct FuncTypes<'m> {
    pub(crate) state: Rc<Builder<'m>>,
    pub(crate) trees: Rc<RefCell<Trees>>,
    pub(crate) context: Context,
    pub(crate) callees: FxHashMap<Inst, Context>,
    /// What is asked about bytes without a type.
    pub(crate) flows: Option<Rc<Flows<'m>>>,
    /// What may contradict types.
    pub(super) doubts: Option<Rc<Flows<'m>>>,
    /// Words that are only moved, found when first asked for.
    pub(super) moved: OnceCell<FxHashSet<Value>>,
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

    /// Which bytes of an integer are known to be a float's, whatever computed them; bit k is byte k,
    /// and the last bit stands for all bytes from there.
    pub fn image(&self, value: Value) -> u64 {
        let float = |fact: Option<Fact>| fact.is_some_and(|f| matches!(f.class, Class::Float(_)));
        let Repr::Bytes { first, len } = self.state.reprs[value] else {
            return 0;
        };
        let graph = &self.state.graph;
        let cells = (0..len).map(|k| (k, Graph::nth(first, k)));
        let found = cells
            .filter(|&(_, cell)| float(graph.fact(cell)) || float(graph.clash(cell)))
            .fold(0, |mask, (k, _)| mask | 1 << k.min(63));
        if found != 0 && self.is_number(value) {
            0
        } else {
            found
        }
    }

    /// More than uses says what a word holds.
    pub(super) fn is_told(&self, value: Value) -> bool {
        let Repr::Bytes { first, len } = self.state.reprs[value] else {
            return true;
        };
        let fact = |k| self.state.graph.fact(Graph::nth(first, k));
        (0..len).any(|k| fact(k).is_some_and(|fact| !fact.hint))
    }

    /// Which bits of an integer are known to be of a float's mantissa; those of all lanes of a vector together.
    pub fn mantissa(&self, value: Value) -> u128 {
        let types = &self.state.module.types;
        let lane = types.store_size(types.scalar(self.state.body.ty(value)));
        let mut found = 0;
        for segment in self.segments(value) {
            let Class::Float(kind) = segment.class else {
                continue;
            };
            let parts = (0..segment.bytes).step_by(kind.bytes() as usize);
            for at in parts.map(|k| (segment.offset + k) % lane.max(1)) {
                let bits = u128::MAX >> (128 - kind.mantissa_bits());
                found |= bits.checked_shl(8 * at as u32).unwrap_or(0);
            }
        }
        found
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
        let func = self.func();
        let typed = self.believed(value);
        self.refined(typed, |_, _| self.flows.as_ref()?.value(func, value))
    }

    /// What types say about a value, as far as flows leave it.
    pub(super) fn believed(&self, value: Value) -> Vec<Segment> {
        self.doubted(value, self.told_apart(value, self.typed(value)))
    }

    /// What is known about a value by types alone.
    pub(super) fn typed(&self, value: Value) -> Vec<Segment> {
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
                    self.state.graph.byte(Graph::nth(first, k))
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
        let func = self.func();
        let typed = self.typed_pointee(pointer, offset, bytes);
        let typed = self.doubted_memory(pointer, offset, typed);
        self.refined(typed, |at, len| {
            let flows = self.flows.as_ref()?;
            flows.memory(func, pointer, offset.wrapping_add(at as i64), len)
        })
    }

    /// What is known about memory by types alone.
    pub(super) fn typed_pointee(&self, pointer: Value, offset: i64, bytes: u64) -> Vec<Segment> {
        match self.state.place(pointer) {
            Some(place) => self.cut(bytes, |k| {
                self.state.graph.memory(place.plus(offset), k as i64)
            }),
            None => whole(bytes, Class::Unknown),
        }
    }

    /// What a store of `value` puts into memory or takes out of it: what the value holds, and where
    /// that fits every type, or is an integer put over a float, what the memory holds.
    pub fn stored(&self, value: Value, pointer: Value) -> Vec<Segment> {
        let own = self.put(value, pointer);
        let asks = |s: &Segment| matches!(s.class, Class::Anything | Class::Integer);
        if !own.iter().any(asks) {
            return own;
        }
        let size = self.state.size(self.state.body.ty(value));
        // What the store is said to move counts before what else the memory may hold.
        let said = self.state.stores.get(&(value, pointer)).copied().flatten();
        let held = match said {
            Some(class) => whole(size, class),
            None => self.covered(pointer, size),
        };
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
        let open = |place: Place| {
            (0..bytes).all(|k| matches!(self.state.graph.inside(place, k as i64), Byte::Open))
        };
        self.everywhere(place, &open, &mut Vec::new())
    }

    /// As [`FuncTypes::is_open`], for all memory from `pointer` on.
    pub fn is_open_onward(&self, pointer: Value) -> bool {
        let place = self.state.place(pointer);
        place.is_some_and(|place| self.everywhere(place, &|p| self.opens(p), &mut Vec::new()))
    }

    /// Whether something holds of a place and of all the objects it may be.
    pub(super) fn everywhere(
        &self,
        place: Place,
        holds: &impl Fn(Place) -> bool,
        seen: &mut Vec<Place>,
    ) -> bool {
        holds(place)
            && self
                .state
                .graph
                .objects(place)
                .into_iter()
                .all(|object| !visit(seen, object) || self.everywhere(object, holds, seen))
    }

    fn opens(&self, place: Place) -> bool {
        let graph = &self.state.graph;
        let (exact, views) = graph.contents(place.region);
        let from = if place.stride == 0 {
            place.start
        } else {
            i64::MIN
        };
        let open = |&cell: &Cell| matches!(graph.byte(cell), Byte::Open);
        exact.range(from..).all(|(_, cell)| open(cell))
            && views
                .iter()
                .filter(|view| view.end > from)
                .all(|view| view.cells.values().all(open))
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
        let typed = self.cut(bytes, |k| {
            let mut best = Byte::Open;
            for place in sides.into_iter().flatten() {
                let found = self.state.graph.memory(place, k as i64);
                if !matches!(found, Byte::Open) {
                    best = found;
                    break;
                }
            }
            match best {
                Byte::Open if padding(k) => Byte::Zero,
                other => other,
            }
        });
        let typed = self.doubted_copy((to, from), typed);
        let func = self.func();
        self.refined(typed, |at, len| {
            let flows = self.flows.as_ref()?;
            flows.copied(func, (to, from), at as i64, len)
        })
    }

    pub(super) fn pointee_at(&self, place: Place, bytes: u64) -> Vec<Segment> {
        self.cut(bytes, |k| self.state.graph.memory(place, k as i64))
    }

    /// Groups bytes into segments: floats and pointers only when whole.
    pub(super) fn cut(&self, bytes: u64, byte: impl Fn(u64) -> Byte) -> Vec<Segment> {
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
        let narrow = len < if self.state.has_halves() { 2 } else { 4 };
        let known = |s: &Segment| s.class != Class::Unknown;
        if narrow && !last && before.last().is_none_or(known) {
            return Class::Anything;
        }
        let Some(left) = before.last().filter(|s| known(s)) else {
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

pub(super) fn push(segments: &mut Vec<Segment>, offset: u64, bytes: u64, class: Class) {
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
