//! Memory of the fact graph: regions, exact cells, array views, and copies between them.
//!
//! ```text
//! region   offset 0      8        16       24          exact cells {0..8: double}
//!          | double     | double | double | …          view start 0 stride 8: {0..8: double}
//! ```
//!
//! Invariants: a region that was merged into another has no content; offsets wrap, since a program
//! may compute any address in code that never runs; strides are at most [`MAX_STRIDE`].

use super::graph::{Cell, Graph, Place, Region, Todo};
use cranelift_entity::PrimaryMap;
use std::collections::BTreeMap;

/// Views kept per region; more fall into the view of equal stride below them.
const MAX_VIEWS: usize = 16;
/// Memory copies kept per region.
const MAX_LINKS: usize = 64;
/// Copies up to this size are unified byte by byte at once.
const SMALL_COPY: u64 = 64;
/// Elements farther apart than this are not told apart by more than a power of two.
pub(crate) const MAX_STRIDE: u64 = 1 << 40;
/// The end of an array whose length is not known.
pub(crate) const NO_END: i64 = i64::MAX;

/// All regions of a graph.
pub(crate) type Regions = PrimaryMap<Region, RegionData>;

/// Cells that stand for all elements of an array from `start` up to `end`.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) start: i64,
    pub(crate) stride: u64,
    /// [`NO_END`] when not known.
    pub(crate) end: i64,
    /// By residue `(offset - start) mod stride`.
    pub(crate) cells: BTreeMap<u64, Cell>,
}

impl View {
    /// The place of byte `offset` within its element.
    pub(crate) fn residue(&self, offset: i64) -> u64 {
        let distance = offset.wrapping_sub(self.start);
        distance.rem_euclid(self.stride as i64) as u64
    }

    pub(crate) fn covers(&self, offset: i64) -> bool {
        offset >= self.start && offset < self.end
    }
}

/// One cell's position: exact (`stride == 0`) or in a view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    place: Place,
    end: i64,
    residue: u64,
}

/// Bytes of this region that equal bytes of another: `here.start + k ≡ there.start + k`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// In this region's coordinates; its `region` field is ignored.
    here: Place,
    there: Place,
    bytes: Option<u64>,
}

/// A region's content.
#[derive(Clone, Debug)]
pub(crate) struct RegionData {
    parent: Region,
    /// `offset here + delta = offset in parent`.
    delta: i64,
    exact: BTreeMap<i64, Cell>,
    views: Vec<View>,
    links: Vec<Link>,
    /// Where this may be, for the memory behind a pointer to one of several objects.
    pub(super) targets: Vec<Place>,
    /// Known only as what a pointer in memory points to.
    pub(super) loaded: bool,
}

impl Graph {
    /// A fresh region, pointed to at its offset 0.
    pub(crate) fn new_place(&mut self) -> Place {
        let parent = self.regions.next_key();
        let region = self.regions.push(RegionData {
            parent,
            delta: 0,
            exact: BTreeMap::new(),
            views: Vec::new(),
            links: Vec::new(),
            targets: Vec::new(),
            loaded: false,
        });
        Place {
            region,
            start: 0,
            stride: 0,
        }
    }

    /// Rewrites a place into the coordinates of the region its region was merged into.
    pub(crate) fn resolve(&self, mut place: Place) -> Place {
        loop {
            let data = &self.regions[place.region];
            if data.parent == place.region {
                return place;
            }
            place.start = place.start.wrapping_add(data.delta);
            place.region = data.parent;
        }
    }

    /// Exact cells and views of a region that was not merged away.
    pub(crate) fn contents(&self, region: Region) -> (&BTreeMap<i64, Cell>, &[View]) {
        let data = &self.regions[region];
        (&data.exact, &data.views)
    }

    /// All regions that were not merged into others and are arrays at least in part.
    pub(crate) fn array_regions(&self) -> Vec<Region> {
        let arrays = self.regions.iter().filter(|(_, d)| !d.views.is_empty());
        arrays.map(|(r, _)| r).collect()
    }

    /// The cell of byte `k` from `place`, made when there was none.
    pub(crate) fn at(&mut self, place: Place, k: i64) -> Cell {
        self.at_until(place, k, NO_END)
    }

    /// As [`Graph::at`] for an array known to end `end` bytes after the place.
    pub(crate) fn at_until(&mut self, place: Place, k: i64, end: i64) -> Cell {
        let place = self.resolve(place);
        let end = match end {
            NO_END => NO_END,
            end => place.start.saturating_add(end),
        };
        let cell = self.at_unlinked(place, k, end);
        self.drain();
        cell
    }

    /// `place` is resolved, `end` an offset of its region.
    fn at_unlinked(&mut self, place: Place, k: i64, end: i64) -> Cell {
        if place.stride == 0 {
            let offset = place.start.wrapping_add(k);
            if let Some(&cell) = self.regions[place.region].exact.get(&offset) {
                return cell;
            }
            let cell = self.new_cell();
            self.regions[place.region].exact.insert(offset, cell);
            self.announce(place.plus(k), end, 0, cell);
            return cell;
        }
        let index = self.view(place, end);
        let view = &mut self.regions[place.region].views[index];
        let residue = view.residue(place.start.wrapping_add(k));
        if let Some(&cell) = view.cells.get(&residue) {
            return cell;
        }
        let (start, end) = (view.start, view.end);
        let cell = self.new_cell();
        let view = &mut self.regions[place.region].views[index];
        view.cells.insert(residue, cell);
        self.announce(Place { start, ..place }, end, residue, cell);
        cell
    }

    fn announce(&mut self, place: Place, end: i64, residue: u64, cell: Cell) {
        if !self.regions[place.region].links.is_empty() {
            let spot = Spot {
                place,
                end,
                residue,
            };
            self.todo.push(Todo::LinkCell(spot, cell));
        }
    }

    /// The view for a place, found or made.
    fn view(&mut self, place: Place, end: i64) -> usize {
        let views = &mut self.regions[place.region].views;
        let (start, stride) = (place.start, place.stride);
        let same = |v: &View| v.stride == stride && v.start == start && v.end == end;
        if let Some(index) = views.iter().position(same) {
            return index;
        }
        if views.len() >= MAX_VIEWS {
            let alike = (0..views.len()).filter(|&i| views[i].stride == stride);
            let below = |&i: &usize| {
                let v = &views[i];
                (v.start > start, v.start.abs_diff(start), v.end != NO_END)
            };
            if let Some(index) = alike.min_by_key(below) {
                return index;
            }
        }
        views.push(View {
            start,
            stride,
            end,
            cells: BTreeMap::new(),
        });
        views.len() - 1
    }

    pub(super) fn merge_places(&mut self, a: Place, b: Place) {
        let (a, b) = (self.resolve(a), self.resolve(b));
        if a.region == b.region {
            return;
        }
        self.version += 1;
        self.leads += 1;
        let weight = |d: &RegionData| d.exact.len() + d.views.len() + d.links.len();
        let heavier = weight(&self.regions[a.region]) >= weight(&self.regions[b.region]);
        let (keep, gone) = if heavier { (a, b) } else { (b, a) };
        let delta = keep.start.wrapping_sub(gone.start);
        let lost = &mut self.regions[gone.region];
        lost.parent = keep.region;
        lost.delta = delta;
        let exact = std::mem::take(&mut lost.exact);
        let views = std::mem::take(&mut lost.views);
        let links = std::mem::take(&mut lost.links);
        let targets = std::mem::take(&mut lost.targets);
        self.regions[keep.region].loaded &= self.regions[gone.region].loaded;
        let moved = targets.into_iter().map(|t| t.plus(delta.wrapping_neg()));
        self.regions[keep.region].targets.extend(moved);
        if !self.regions[keep.region].targets.is_empty() {
            self.choosers.push(keep.region);
        }
        for link in links {
            let here = link.here.plus(delta);
            self.add_link(keep.region, Link { here, ..link });
        }
        let base = Place {
            region: keep.region,
            start: 0,
            stride: 0,
        };
        for (offset, cell) in exact {
            let place = base.plus(offset.wrapping_add(delta));
            let cells = &mut self.regions[keep.region].exact;
            if let Some(&other) = cells.get(&place.start) {
                self.todo.push(Todo::Cells(other, cell));
            } else {
                cells.insert(place.start, cell);
                self.announce(place, NO_END, 0, cell);
            }
        }
        for view in views {
            self.merge_view(base, &view, delta);
        }
    }

    fn merge_view(&mut self, base: Place, view: &View, delta: i64) {
        let place = Place {
            start: view.start.wrapping_add(delta),
            stride: view.stride,
            ..base
        };
        let end = match view.end {
            NO_END => NO_END,
            end => end.wrapping_add(delta),
        };
        let index = self.view(place, end);
        for (&residue, &cell) in &view.cells {
            let kept = &mut self.regions[base.region].views[index];
            let residue = kept.residue(place.start.wrapping_add(residue as i64));
            if let Some(&other) = kept.cells.get(&residue) {
                self.todo.push(Todo::Cells(other, cell));
            } else {
                kept.cells.insert(residue, cell);
                let start = kept.start;
                self.announce(Place { start, ..place }, end, residue, cell);
            }
        }
    }

    // ---- copies

    /// Says that `bytes` bytes (all when `None`) from `to` equal those from `from`.
    pub(crate) fn copy(&mut self, to: Place, from: Place, bytes: Option<u64>) {
        if let Some(bytes) = bytes.filter(|&b| b <= SMALL_COPY) {
            for k in 0..bytes as i64 {
                let (a, b) = (self.at(to, k), self.at(from, k));
                self.unify(a, b);
            }
            return;
        }
        let (to, from) = (self.resolve(to), self.resolve(from));
        if to.region == from.region {
            return;
        }
        let link = |here, there| Link { here, there, bytes };
        self.add_link(to.region, link(to, from));
        self.add_link(from.region, link(from, to));
        self.drain();
    }

    fn add_link(&mut self, region: Region, link: Link) {
        let data = &mut self.regions[region];
        if data.links.len() >= MAX_LINKS || data.links.contains(&link) {
            return;
        }
        data.links.push(link);
        let mut tell = |start, stride, end, residue, cell| {
            let place = Place {
                region,
                start,
                stride,
            };
            let spot = Spot {
                place,
                end,
                residue,
            };
            self.todo.push(Todo::LinkCell(spot, cell));
        };
        for (&offset, &cell) in &data.exact {
            tell(offset, 0, NO_END, 0, cell);
        }
        for view in &data.views {
            for (&residue, &cell) in &view.cells {
                tell(view.start, view.stride, view.end, residue, cell);
            }
        }
    }

    pub(super) fn follow_links(&mut self, spot: Spot, cell: Cell) {
        let place = self.resolve(spot.place);
        let moved = place.start.wrapping_sub(spot.place.start);
        let end = match spot.end {
            NO_END => NO_END,
            end => end.wrapping_add(moved),
        };
        let own = Spot { place, end, ..spot };
        for index in 0..self.regions[place.region].links.len() {
            let link = self.regions[place.region].links[index];
            let there = self.resolve(link.there);
            if there.region == place.region {
                continue;
            }
            let Some((place, k, end)) = counterpart(own, link, there) else {
                continue;
            };
            if self.link_budget == 0 {
                return;
            }
            self.link_budget -= 1;
            let other = self.at_unlinked(place, k, end);
            self.todo.push(Todo::Cells(cell, other));
        }
    }
}

/// The byte of `there` that a link makes equal to the byte at `own`: place, byte, end of the array.
fn counterpart(own: Spot, link: Link, there: Place) -> Option<(Place, i64, i64)> {
    let first = own.place.start.wrapping_sub(link.here.start);
    let k = first.wrapping_add(own.residue as i64);
    let within = |k: i64| k >= 0 && link.bytes.is_none_or(|n| (k as u64) < n);
    let stride = own.place.stride;
    match (stride, link.here.stride) {
        // An exact byte of an exactly placed copy.
        (0, 0) => within(k).then_some((there, k, NO_END)),
        // An array inside an exactly placed copy is an array there, as far as both reach.
        (_, 0) if there.stride == 0 => within(first).then(|| {
            let base = there.plus(first);
            let left = link
                .bytes
                .map_or(NO_END, |n| (n as i64).wrapping_sub(first));
            let own_left = match own.end {
                NO_END => NO_END,
                end => end.wrapping_sub(own.place.start),
            };
            let end = match left.min(own_left) {
                NO_END => NO_END,
                left => base.start.saturating_add(left),
            };
            (Place { stride, ..base }, own.residue as i64, end)
        }),
        (_, 0) => (there.stride == stride && within(k)).then_some((there, k, NO_END)),
        // Elements of the array the copy starts at.
        (_, here) if stride == here => {
            let k = k.rem_euclid(stride as i64);
            within(k).then_some((there, k, NO_END))
        }
        _ => None,
    }
}
