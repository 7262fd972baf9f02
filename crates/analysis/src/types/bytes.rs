//! What is known about a byte of memory.

use super::choice::visit;
use super::graph::{Cell, Fact, Graph, Place};
use super::regions::View;
use std::collections::BTreeMap;

/// What is known about one byte.
#[derive(Clone, Copy)]
pub(super) enum Byte {
    Known(Fact),
    Clash(Fact, Fact),
    Zero,
    Open,
}

impl Graph {
    pub(super) fn byte(&self, cell: Cell) -> Byte {
        match (self.fact(cell), self.clash(cell)) {
            (Some(a), Some(b)) => Byte::Clash(a, b),
            (Some(a), None) => Byte::Known(a),
            (None, _) => Byte::Open,
        }
    }

    /// What is known about byte `k` from `place`: in its own region, and in the objects it may be.
    pub(super) fn memory(&self, place: Place, k: i64) -> Byte {
        self.of_all(self.inside(place, k), place, k, &mut Vec::new())
    }

    /// What all the objects that `place` may be say about byte `k`.
    pub(super) fn beyond(&self, place: Place, k: i64) -> Byte {
        self.of_all(Byte::Open, place, k, &mut Vec::new())
    }

    /// What is known behind a pointer to one of several objects: nothing that one of them contradicts,
    /// and what all of them say. A hint of its own gives way. No object is asked twice.
    fn of_all(&self, own: Byte, place: Place, k: i64, seen: &mut Vec<Place>) -> Byte {
        let known =
            matches!(own, Byte::Known(fact) if !fact.hint) || matches!(own, Byte::Clash(..));
        let mut all = known.then_some(own);
        for object in self.objects(place) {
            if !visit(seen, object) {
                continue;
            }
            let there = self.of_all(self.inside(object, k), object, k, seen);
            all = Some(match (all, there) {
                (Some(Byte::Known(a)), Byte::Known(b)) if !a.agrees(&b) => {
                    return Byte::Clash(a, b);
                }
                (_, Byte::Clash(a, b)) => return Byte::Clash(a, b),
                (None, there) => there,
                (Some(_), Byte::Open) if !known => Byte::Open,
                (Some(all), _) => all,
            });
        }
        match all {
            None | Some(Byte::Open) => own,
            Some(all) => all,
        }
    }

    /// What is known about byte `k` from `place` in its own region.
    pub(super) fn inside(&self, place: Place, k: i64) -> Byte {
        let (exact, views) = self.contents(place.region);
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
        let (exact, views) = self.contents(place.region);
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
        exact
            .range(view.start..at.max(view.start))
            .any(|(&offset, &cell)| {
                let element = view
                    .cells
                    .get(&view.residue(offset))
                    .and_then(|&c| self.fact(c));
                match (element, self.fact(cell)) {
                    (Some(a), Some(b)) => !a.agrees(&b),
                    _ => false,
                }
            })
    }
}
