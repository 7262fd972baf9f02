//! Facts that follow from other facts: sums, comparisons, hints, homogeneous arrays.
//!
//! Relations are rechecked when a byte they watch changes (a worklist), so each is looked at a
//! bounded number of times. Order of strength: facts from definitions and accesses first, then
//! what arrays imply, then hints from uses; a hint never contradicts a fact.

use super::build::{Builder, Hint, Repr, is_zero};
use super::graph::{Cell, Fact, Graph, Reason, Region, Source};
use super::regions::View;
use super::tree::Class;
use rz_view::{Inst, Value};
use std::ops::Range;

/// A relation between integer values.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Relation {
    /// `result = a ± b`.
    Sum {
        inst: Inst,
        result: Value,
        a: Value,
        b: Value,
        sub: bool,
    },
    /// Bit operation: an integer when both operands are.
    Both {
        inst: Inst,
        result: Value,
        a: Value,
        b: Value,
    },
    /// Compared: an integer is compared with an integer.
    Compared { inst: Inst, a: Value, b: Value },
}

/// What is known about a whole value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Whole {
    Integer,
    Pointer,
    /// A constant, or only zero bytes: fits anything.
    Neutral,
    Other,
}

impl Builder<'_> {
    /// Subscribes all relations and runs everything to its fixed point.
    pub(crate) fn settle_first(&mut self) {
        for id in 0..self.relations.len() {
            let values = match self.relations[id] {
                Relation::Sum { result, a, b, .. } | Relation::Both { result, a, b, .. } => {
                    [result, a, b]
                }
                Relation::Compared { a, b, .. } => [a, a, b],
            };
            for value in values {
                if let Repr::Bytes { first, len } = self.reprs[value] {
                    for k in 0..len {
                        self.graph.subscribe(Graph::nth(first, k), id as u32);
                    }
                }
            }
        }
        self.graph.due = (0..self.relations.len() as u32).collect();
        self.settle();
    }

    /// Continues after facts were added from outside.
    pub(crate) fn settle(&mut self) {
        let idle = self.graph.due.is_empty() && self.hints.is_empty();
        if idle && self.graph.settled == Some(self.graph.version) {
            return;
        }
        // Each round follows at least one new fact; the bound only guards against mistakes.
        for _ in 0..64 {
            let before = self.graph.version;
            self.work();
            self.graph.homogenize();
            self.graph.agree_on_choices();
            self.work();
            if before == self.graph.version && !self.take_hints() && !self.take_padding() {
                self.graph.settled = Some(before);
                return;
            }
        }
    }

    fn work(&mut self) {
        let mut waiting = vec![false; self.relations.len()];
        let mut queue = Vec::new();
        loop {
            for id in self.graph.due.drain(..) {
                if !std::mem::replace(&mut waiting[id as usize], true) {
                    queue.push(id);
                }
            }
            let Some(id) = queue.pop() else { return };
            waiting[id as usize] = false;
            self.recheck(self.relations[id as usize]);
        }
    }

    pub(crate) fn whole(&self, value: Value) -> Whole {
        if self.body.constant(value).is_some() {
            return Whole::Neutral;
        }
        let Repr::Bytes { first, len } = self.reprs[value] else {
            return Whole::Other;
        };
        if self.proved[value] {
            return Whole::Integer;
        }
        let mut seen = Whole::Neutral;
        for k in (0..len).filter(|&k| !self.is_zero_byte(value, k)) {
            let now = match self.graph.fact(Graph::nth(first, k)) {
                Some(Fact {
                    class: Class::Anything,
                    ..
                }) => continue,
                Some(Fact {
                    class: Class::Integer,
                    ..
                }) => Whole::Integer,
                Some(Fact {
                    class: Class::Pointer,
                    pos,
                    ..
                }) if u64::from(pos) == k => Whole::Pointer,
                _ => return Whole::Other,
            };
            if seen != Whole::Neutral && seen != now {
                return Whole::Other;
            }
            seen = now;
        }
        seen
    }

    fn recheck(&mut self, relation: Relation) {
        match relation {
            Relation::Sum {
                inst,
                result,
                a,
                b,
                sub,
            } => self.sum(inst, result, a, b, sub),
            Relation::Both { inst, result, a, b } => {
                let integer = |w| w == Whole::Integer;
                let (x, y) = (self.whole(a), self.whole(b));
                let neutral = x == Whole::Neutral || y == Whole::Neutral;
                if (integer(x) && integer(y)) || (neutral && (integer(x) || integer(y))) {
                    self.grow_integer(result, &[a, b], Self::reason(inst, "made of integers"));
                } else if self.is_bytewise(inst) {
                    self.bytewise(result, a, b, Self::reason(inst, "made of integers"));
                }
            }
            Relation::Compared { inst, a, b } => {
                let why = Self::reason(inst, "compared with an integer");
                match (self.whole(a), self.whole(b)) {
                    (Whole::Integer, Whole::Other) => self.hint_integer(b, why),
                    (Whole::Other, Whole::Integer) => self.hint_integer(a, why),
                    _ => {}
                }
            }
        }
    }

    fn sum(&mut self, inst: Inst, result: Value, a: Value, b: Value, sub: bool) {
        let (x, y, r) = (self.whole(a), self.whole(b), self.whole(result));
        let why = Self::reason(inst, "sum of integers");
        let numeric = |w| w == Whole::Integer || w == Whole::Neutral;
        match (x, y) {
            (Whole::Integer, w) | (w, Whole::Integer) if numeric(w) => {
                self.grow_integer(result, &[a, b], why);
            }
            (Whole::Pointer, Whole::Pointer) if sub => {
                self.grow_integer(result, &[], Self::reason(inst, "distance of pointers"));
            }
            (Whole::Pointer, w) if numeric(w) => self.grow_pointer(result, inst),
            (w, Whole::Pointer) if numeric(w) && !sub => self.grow_pointer(result, inst),
            // Pointers have a distance but no sum.
            (Whole::Other, Whole::Other) if r == Whole::Integer && !sub => {
                self.hint_integer(a, why);
                self.hint_integer(b, why);
            }
            (Whole::Integer | Whole::Neutral, Whole::Other) if r == Whole::Integer => {
                self.hint_integer(b, why);
            }
            (Whole::Other, Whole::Integer | Whole::Neutral) if r == Whole::Integer => {
                self.hint_integer(a, why);
            }
            _ => self.partial_sum(result, a, b, why),
        }
    }

    /// States integer for the bytes nothing is known about; a hint when an operand was one.
    fn grow_integer(&mut self, value: Value, from: &[Value], why: Reason) {
        let hint = from.iter().any(|&v| self.is_hint(v));
        let fact = Fact::integer(why);
        self.grow(value, 0..u64::MAX, |_| Fact { hint, ..fact });
    }

    fn is_hint(&self, value: Value) -> bool {
        let Repr::Bytes { first, len } = self.reprs[value] else {
            return false;
        };
        let fact = |k| self.graph.fact(Graph::nth(first, k));
        !self.proved[value] && (0..len).any(|k| fact(k).is_some_and(|f| f.hint))
    }

    fn grow_pointer(&mut self, value: Value, inst: Inst) {
        let why = Self::reason(inst, "pointer plus an integer");
        self.grow(value, 0..u64::MAX, |k| Fact::of(Class::Pointer, k, why));
    }

    /// States facts for some bytes of a value.
    pub(super) fn grow(&mut self, value: Value, bytes: Range<u64>, fact: impl Fn(u64) -> Fact) {
        let Repr::Bytes { first, len } = self.reprs[value] else {
            return;
        };
        let zeros = self.zeros[value];
        for k in (bytes.start..len.min(bytes.end)).filter(|&k| !is_zero(zeros, k)) {
            let (cell, fact) = (Graph::nth(first, k), fact(k));
            let known = self.graph.fact(cell);
            if known.is_none_or(|old| old.hint) {
                self.graph.assert(cell, fact);
            }
        }
    }

    /// Applies the hints whose values are still wholly unknown. True when that told anything new.
    fn take_hints(&mut self) -> bool {
        let before = self.graph.version;
        for Hint { value, bytes, why } in std::mem::take(&mut self.hints) {
            let Repr::Bytes { first, len } = self.reprs[value] else {
                continue;
            };
            let bytes = bytes.start..len.min(bytes.end);
            let open = |k| {
                let fact = self.graph.fact(Graph::nth(first, k));
                fact.is_none_or(|f| f.class == Class::Integer)
            };
            if bytes.clone().all(open) {
                let hint = true;
                let fact = Fact::integer(why);
                self.grow(value, bytes, |_| Fact { hint, ..fact });
            }
        }
        before != self.graph.version
    }
}

impl Graph {
    /// Elements of one array hold the same: exchanges facts between exact cells and views.
    ///
    /// A view reaches from its start up to the first exact byte that contradicts it, or to the
    /// start of the next view of its stride. Only bytes where one side is known are equated, so
    /// that two unknown neighbours can still become different things.
    pub(crate) fn homogenize(&mut self) {
        for region in self.array_regions() {
            let (exact, views) = self.contents(region);
            let (exact, mut views) = (exact.clone(), views.to_vec());
            views.sort_by_key(|v| (v.start, v.stride, v.end));
            for (index, view) in views.iter().enumerate() {
                let later = |v: &&View| v.stride == view.stride && v.start > view.start;
                let next = views[index + 1..].iter().find(later);
                let end = next.map_or(view.end, |v| v.start.min(view.end));
                let array = self.array_around(region, view);
                let reach = exact.range(view.start..end.max(view.start));
                for (&offset, &cell) in reach {
                    let one = offset < array;
                    if let Some(&element) = view.cells.get(&view.residue(offset))
                        && (self.is_cut(element, |k| exact.get(&offset.wrapping_add(k)).copied())
                            || !self.equate_if_compatible(cell, element, one))
                    {
                        break;
                    }
                }
            }
            // What records say comes before what an array inside or across them says.
            views.sort_by_key(|v| (std::cmp::Reverse(v.stride), v.start, v.end));
            for view in &views {
                self.homogenize_views(view, &views);
            }
        }
    }

    /// Views whose stride divides another's, or that start elsewhere in the same array.
    fn homogenize_views(&mut self, fine: &View, views: &[View]) {
        let key = |v: &View| (v.start, v.end);
        for coarse in views.iter().filter(|v| v.stride % fine.stride == 0) {
            let twice = coarse.stride == fine.stride && key(coarse) <= key(fine);
            let apart = coarse.start >= fine.end || fine.start >= coarse.end;
            if twice || apart {
                continue;
            }
            // `a[i]` and `a[i - 1]`: an array of one element would not be indexed.
            let one =
                coarse.stride == fine.stride && coarse.start.abs_diff(fine.start) <= fine.stride;
            for (&residue, &cell) in &coarse.cells {
                let offset = coarse.start.wrapping_add(residue as i64);
                let near = |k: i64| coarse.cells.get(&residue.wrapping_add_signed(k)).copied();
                if let Some(&element) = fine.cells.get(&fine.residue(offset))
                    && (self.is_cut(element, near)
                        || !self.equate_if_compatible(cell, element, one))
                {
                    break;
                }
            }
        }
    }

    /// Where an array seems to go on, there is no whole element: among its bytes, `near` this one, is padding, or, for
    /// a pointer, what the caller knows as an integer. Contexts tell integers as hints, which give way elsewhere.
    ///
    /// ```text
    /// struct { struct node *child[2]; int key; … }     child[i] looks like an array that goes on
    /// ```
    fn is_cut(&self, element: Cell, near: impl Fn(i64) -> Option<Cell>) -> bool {
        let Some(one) = self.fact(element).filter(|one| !one.hint) else {
            return false;
        };
        let bytes = one.class.element_bytes(8) as i64;
        let from = -i64::from(one.pos);
        let known = |k: i64| near(k).and_then(|cell| self.fact(cell));
        let all = || (from..from + bytes).map(known);
        let fits_all =
            |fact: &Option<Fact>| fact.is_some_and(|f| f.class == Class::Anything && f.hint);
        let holes = all().filter(fits_all).count() as i64;
        let told = |fact: Fact| {
            fact.class == Class::Integer && matches!(fact.why.source, Source::Param(_))
        };
        // Zeros fit everything too, and are whole elements.
        (holes > 0 && holes < bytes) || (one.class == Class::Pointer && all().flatten().any(told))
    }

    /// Where the array ends that is declared around the start of a view.
    fn array_around(&self, region: Region, view: &View) -> i64 {
        let around = self.arrays.iter().filter_map(|&(place, bytes)| {
            let place = self.resolve(place);
            let end = place.start.saturating_add(bytes as i64);
            let within = place.region == region && (place.start..end).contains(&view.start);
            within.then_some(end)
        });
        around.max().unwrap_or(i64::MIN)
    }

    /// False when the two contradict each other. Within `one` array, integers may hold the image of
    /// what the other elements are known to be.
    fn equate_if_compatible(&mut self, a: Cell, b: Cell, one: bool) -> bool {
        let explained = |x: &Fact, y: &Fact| one && (x.explains(y) || y.explains(x));
        match (self.fact(a), self.fact(b)) {
            (None, None) => true,
            (Some(x), Some(y)) if !x.agrees(&y) && !x.hint && !y.hint && !explained(&x, &y) => {
                false
            }
            _ => {
                if self.clash(a).is_none() && self.clash(b).is_none() {
                    let pointer = |cell| self.fact(cell).is_some_and(|f| f.class == Class::Pointer);
                    if pointer(a) || pointer(b) {
                        self.alike_pointers(a, b);
                    } else {
                        self.unify(a, b);
                    }
                }
                true
            }
        }
    }
}
