//! Pointers that point to one of several objects.
//!
//! ```text
//! %p = select i1 %c, ptr %a, ptr %b      %a {0: double, 8: ?}   %b {0: double, 8: ptr}
//! ⇒  %p {0: double}                      a word moved in a[1] is not the pointer in b[1]
//! ```
//!
//! What such a pointer points to is a region of its own with *targets*, the objects it may be. What is
//! accessed through the pointer is told to each target, unless that is known to hold something else;
//! what all targets hold is behind the pointer. They need not be alike elsewhere.
//!
//! Invariant: floats are told as facts, all else as hints: the access may have been to another target.

use super::bytes::Byte;
use super::graph::{Cell, Graph, Place, Region};
use super::regions::NO_END;
use super::tree::Class;
use crate::divisor::gcd;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Places told apart in one target; more are elements of an array.
const MAX_PLACES: usize = 4;

/// Objects told apart; with more, the next one is taken for alike.
const MAX_TARGETS: usize = 256;

/// Where pointers to one of several objects lead, until that changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Targets {
    leads: u64,
    of: FxHashMap<Region, Rc<[Place]>>,
}

impl Graph {
    /// Says that `pointer`, which is exact, points to `target` or elsewhere.
    pub(crate) fn choose(&mut self, pointer: Place, target: Place) {
        self.choose_now(pointer, target);
        self.drain();
    }

    pub(super) fn choose_now(&mut self, pointer: Place, target: Place) {
        let (pointer, target) = (self.resolve(pointer), self.resolve(target));
        if pointer == target {
            return;
        }
        if pointer.region != target.region && self.leads(target.region, pointer.region) {
            return self.merge_places(pointer, target);
        }
        if self.regions[pointer.region].targets.len() >= MAX_TARGETS {
            return self.merge_places(pointer, target);
        }
        let target = target.plus(pointer.start.wrapping_neg());
        let mut all = std::mem::take(&mut self.regions[pointer.region].targets);
        for known in &mut all {
            *known = self.resolve(*known);
        }
        let near = |p: &&mut Place| p.region == target.region;
        if !all.contains(&target) {
            self.leads += 1;
            let alike = all.iter_mut().filter(near).count();
            match all.iter_mut().filter(near).last() {
                Some(last) if alike >= MAX_PLACES => {
                    let wide = widen(*last, target);
                    self.version += u64::from(wide != *last);
                    *last = wide;
                }
                _ => {
                    all.push(target);
                    self.version += 1;
                }
            }
        }
        if all.len() == 1 {
            self.choosers.push(pointer.region);
        }
        self.regions[pointer.region].targets = all;
    }

    /// Where the start of a region may be in other regions.
    fn targets_of(&self, region: Region) -> Rc<[Place]> {
        let mut known = self.targets.borrow_mut();
        if known.leads != self.leads {
            known.leads = self.leads;
            known.of.clear();
        }
        let targets = known.of.entry(region);
        targets.or_insert_with(|| self.find_targets(region)).clone()
    }

    fn find_targets(&self, region: Region) -> Rc<[Place]> {
        let all = self.regions[region].targets.iter();
        let all: Vec<Place> = all.map(|&t| self.resolve(t)).collect();
        // A pointer that is moved and put back walks.
        let (own, others): (Vec<Place>, Vec<Place>) = all.iter().partition(|t| t.region == region);
        let steps = own.iter().map(|t| gcd(t.start.unsigned_abs(), t.stride));
        let step = steps.fold(0, gcd);
        let mut targets: Vec<Place> = others.into_iter().map(|t| t.every(step)).collect();
        targets.sort_unstable_by_key(|t| (t.region, t.start, t.stride));
        targets.dedup();
        targets.into()
    }

    /// Whether a pointer into region `from` may be one into `to`.
    fn leads(&self, from: Region, to: Region) -> bool {
        let mut seen = vec![from];
        let mut next = 0;
        while let Some(&region) = seen.get(next) {
            if region == to {
                return true;
            }
            next += 1;
            for &target in &self.regions[region].targets {
                let target = self.resolve(target).region;
                if !seen.contains(&target) {
                    seen.push(target);
                }
            }
        }
        false
    }

    /// The places in other regions that a pointer to `place` may point to.
    pub(crate) fn objects(&self, place: Place) -> Vec<Place> {
        let place = self.resolve(place);
        if self.regions[place.region].targets.is_empty() {
            return Vec::new();
        }
        let targets = self.targets_of(place.region);
        let targets = targets.iter();
        targets
            .map(|t| t.plus(place.start).every(place.stride))
            .collect()
    }

    /// Pointers that may each be the other point into one region.
    fn close_circles(&mut self) {
        for region in self.chooser_regions() {
            for target in self.regions[region].targets.clone() {
                let (start, target) = (self.resolve(at(region)), self.resolve(target));
                if target.region != start.region && self.leads(target.region, start.region) {
                    self.unify_places(start, target);
                }
            }
        }
    }

    /// Regions of choices.
    fn chooser_regions(&mut self) -> Vec<Region> {
        let mut all: Vec<Region> = self.choosers.iter().map(|&r| self.root_region(r)).collect();
        all.sort_unstable();
        all.dedup();
        self.choosers.clone_from(&all);
        all
    }

    fn root_region(&self, region: Region) -> Region {
        self.resolve(at(region)).region
    }

    /// A choice of one exact place is that place. True when there was one.
    pub(super) fn collapse(&mut self) -> bool {
        let mut found = false;
        self.close_circles();
        for region in self.chooser_regions() {
            let region = self.root_region(region);
            if let [only] = self.targets_of(region)[..]
                && only.stride == 0
            {
                self.unify_places(at(region), only);
                found = true;
            }
        }
        found
    }

    /// What is accessed through pointers is told to the objects, and what all objects hold comes back.
    pub(crate) fn agree_on_choices(&mut self) {
        self.close_circles();
        self.tell_objects();
        for region in self.chooser_regions() {
            for (place, k, end, cell) in self.cells_of(region) {
                if self.fact(cell).is_some_and(|f| !f.hint) {
                    continue;
                }
                if let Byte::Known(fact) = self.beyond(place, k)
                    && !fact.hint
                {
                    let cell = self.at_until(place, k, end);
                    self.assert(cell, fact);
                }
            }
        }
    }

    pub(super) fn tell_objects(&mut self) {
        for region in self.chooser_regions() {
            for (place, k, end, cell) in self.cells_of(region) {
                if self.fact(cell).is_some() {
                    for object in self.objects(place) {
                        self.tell(cell, object, k, end);
                    }
                }
            }
        }
    }

    /// The cells of a region: place (where its array starts, or the start of all), byte, how far the array reaches from the place.
    fn cells_of(&self, region: Region) -> Vec<(Place, i64, i64, Cell)> {
        let (exact, views) = self.contents(region);
        let place = |start, stride| Place {
            region,
            start,
            stride,
        };
        let mut all: Vec<_> = exact
            .iter()
            .map(|(&offset, &cell)| (place(0, 0), offset, NO_END, cell))
            .collect();
        for view in views {
            let end = match view.end {
                NO_END => NO_END,
                end => end.wrapping_sub(view.start),
            };
            let cells = view.cells.iter();
            all.extend(
                cells.map(|(&k, &cell)| (place(view.start, view.stride), k as i64, end, cell)),
            );
        }
        all
    }

    /// Tells what is accessed at `cell` through a pointer to one of the targets.
    fn tell(&mut self, cell: Cell, to: Place, k: i64, end: i64) {
        let (Some(fact), to) = (self.fact(cell), self.resolve(to)) else {
            return;
        };
        let width = fact.class.element_bytes(8);
        if to.stride != 0 && to.stride < width {
            return;
        }
        let float = matches!(fact.class, Class::Float(_));
        match self.inside(to, k) {
            Byte::Clash(..) => return,
            Byte::Known(held) if !held.hint && !held.agrees(&fact) && !fact.explains(&held) => {
                return;
            }
            // An array says so already. A cell of its own would be told on, and where choices go round at a
            // distance, byte by byte through all of memory.
            Byte::Known(held)
                if held.agrees(&fact) && fact.class != Class::Pointer && !(float && held.hint) =>
            {
                return;
            }
            _ => {}
        }
        let target = self.at_until(to, k, end);
        self.assert(target, if float { fact } else { fact.hint() });
        if fact.class == Class::Pointer && fact.pos == 0 {
            let shared = self.regions[self.root_region(to.region)].loaded;
            self.tell_pointer(cell, target, shared);
        }
    }
}

/// The start of a region.
fn at(region: Region) -> Place {
    Place {
        region,
        start: 0,
        stride: 0,
    }
}

/// Notes that an object is looked at; false when it was before, or too many places in it.
pub(super) fn visit(seen: &mut Vec<Place>, object: Place) -> bool {
    let near = seen.iter().filter(|p| p.region == object.region).count();
    let fresh = near <= MAX_PLACES && !seen.contains(&object);
    if fresh {
        seen.push(object);
    }
    fresh
}

/// The place that covers both, when they lie in one region.
pub(crate) fn widen(a: Place, b: Place) -> Place {
    if a.region != b.region || a == b {
        return a;
    }
    let apart = a.start.abs_diff(b.start);
    Place {
        region: a.region,
        start: a.start.min(b.start),
        stride: gcd(gcd(a.stride, b.stride), apart),
    }
}
