//! Pointers that point to one of several objects.
//!
//! ```text
//! %p = select i1 %c, ptr %a, ptr %b      %a {0: double, 8: ?}   %b {0: double, 8: ptr}
//! ⇒  %p {0: double}                      a word moved in a[1] is not the pointer in b[1]
//! ```
//!
//! What is accessed through the pointer is accessed in each object (a link of one direction), and where
//! all objects are known to hold the same, that is behind the pointer. They need not be alike elsewhere.

use super::graph::{Cell, Fact, Graph, Place, Region};
use super::regions::{NO_END, View};

/// Choices of choices are followed so far.
const MAX_DEPTH: u32 = 8;

/// A pointer and where it may point.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pointer: Place,
    targets: Vec<Place>,
}

impl Graph {
    /// Says that `pointer` points to one of `targets`.
    pub(crate) fn choose(&mut self, pointer: Place, targets: Vec<Place>) {
        for &target in &targets {
            if self.leads(target.region, pointer.region, 0) {
                self.unify_places(pointer, target);
            } else {
                self.may_point_to(pointer, target);
            }
        }
        let region = self.resolve(pointer).region;
        let index = self.choices.len() as u32;
        self.regions[region].choices.push(index);
        self.choices.push(Choice { pointer, targets });
    }

    /// Whether a pointer into region `from` may be one into `to`.
    fn leads(&self, from: Region, to: Region, depth: u32) -> bool {
        let at = |region| Place {
            region,
            start: 0,
            stride: 0,
        };
        let (from, to) = (self.resolve(at(from)).region, self.resolve(at(to)).region);
        let below = || {
            let mut targets = self.choices_of(from).flat_map(|c| &c.targets);
            targets.any(|t| self.leads(t.region, to, depth + 1))
        };
        from == to || depth >= MAX_DEPTH || below()
    }

    fn choices_of(&self, region: Region) -> impl Iterator<Item = &Choice> {
        let own = self.regions[region].choices.iter();
        own.map(|&index| &self.choices[index as usize])
    }

    /// The places in other regions that a pointer to `place` may point to.
    pub(crate) fn objects(&self, place: Place) -> Vec<Place> {
        let place = self.resolve(place);
        let mut all = Vec::new();
        for choice in self.choices_of(place.region) {
            let distance = place.start.wrapping_sub(self.resolve(choice.pointer).start);
            let targets = choice.targets.iter().map(|&t| self.resolve(t));
            let others = targets.filter(|t| t.region != place.region);
            all.extend(others.map(|t| t.plus(distance).every(place.stride)));
        }
        all
    }

    /// What all objects of a choice hold is behind the pointer.
    pub(crate) fn agree_on_choices(&mut self) {
        for index in 0..self.choices.len() {
            let pointer = self.resolve(self.choices[index].pointer);
            let targets = &self.choices[index].targets;
            let mut targets: Vec<Place> = targets.iter().map(|&t| self.resolve(t)).collect();
            targets.retain(|t| t.region != pointer.region);
            let Some((&first, others)) = targets.split_first() else {
                continue;
            };
            for (place, k, end, fact) in self.alike(pointer, first, others) {
                let cell = self.at_until(place, k, end);
                self.assert(cell, fact);
            }
        }
    }

    /// The bytes of `first` that all `others` hold too, as bytes behind `pointer`.
    fn alike(
        &self,
        pointer: Place,
        first: Place,
        others: &[Place],
    ) -> Vec<(Place, i64, i64, Fact)> {
        let (exact, views) = self.contents(first.region);
        let mut all = Vec::new();
        if pointer.stride == 0 {
            let known = self.contents(pointer.region).0;
            for (&offset, &cell) in exact {
                let k = offset.wrapping_sub(first.start);
                let same = |fact: &Fact| others.iter().all(|&o| self.exactly(o, k, fact));
                let fresh = !known.contains_key(&pointer.start.wrapping_add(k));
                if let Some(fact) = self.firm(cell).filter(|f| fresh && same(f)) {
                    all.push((pointer, k, NO_END, fact));
                }
            }
        }
        for view in views {
            let start = view.start.wrapping_sub(first.start);
            let place = pointer.plus(start).every(view.stride);
            if place.stride != view.stride {
                continue;
            }
            let end = others.iter().fold(relative(view, first), |end, &o| {
                end.min(
                    self.alike_view(o, start, view)
                        .map_or(i64::MIN, |v| relative(v, o)),
                )
            });
            if end <= start {
                continue;
            }
            for (&residue, &cell) in &view.cells {
                let k = residue as i64;
                let same = |o: &Place| {
                    let other = self.alike_view(*o, start, view);
                    other.and_then(|v| v.cells.get(&v.residue(o.start.wrapping_add(start + k))))
                };
                let agrees = |fact: &Fact| {
                    let mut cells = others.iter().map(same);
                    cells.all(|c| {
                        c.and_then(|&c| self.firm(c))
                            .is_some_and(|f| f.agrees(fact))
                    })
                };
                if let Some(fact) = self.firm(cell).filter(agrees) {
                    let end = if end == NO_END { NO_END } else { end - start };
                    all.push((place, k, end, fact));
                }
            }
        }
        all
    }

    /// The array `start` bytes from `place` with the stride of `like`.
    fn alike_view(&self, place: Place, start: i64, like: &View) -> Option<&View> {
        let from = place.start.wrapping_add(start);
        let views = self.contents(place.region).1.iter();
        let mut fits = views.filter(|v| v.stride == like.stride && v.covers(from));
        fits.next()
    }

    fn exactly(&self, place: Place, k: i64, fact: &Fact) -> bool {
        let cell = self
            .contents(place.region)
            .0
            .get(&place.start.wrapping_add(k));
        let held = cell.and_then(|&c| self.firm(c));
        place.stride == 0 && held.is_some_and(|f| f.agrees(fact))
    }

    /// What a byte is known to hold.
    fn firm(&self, cell: Cell) -> Option<Fact> {
        let fact = self.fact(cell).filter(|f| !f.hint);
        fact.filter(|_| self.clash(cell).is_none())
    }
}

/// Where a view ends, relative to a place.
fn relative(view: &View, place: Place) -> i64 {
    match view.end {
        NO_END => NO_END,
        end => end.wrapping_sub(place.start),
    }
}
