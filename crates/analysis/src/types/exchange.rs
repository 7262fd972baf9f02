//! Trees out of a graph and back in: how facts cross function boundaries.

use super::build::{Builder, Repr};
use super::graph::{Cell, Fact, Graph, Place, Reason, Region};
use super::outline::{Run, runs};
use super::regions::NO_END;
use super::tree::{Class, Entry, MAX_DEPTH, MAX_NODES, Tree, Trees};
use rz_view::{Module, Type, TypeKind, Value};

/// Makes trees of places and values.
///
/// A tree repeats what is shared, so its size is bounded: a region is entered at most twice on one
/// path (lists and search trees are cyclic), and the depth shrinks until the whole fits.
pub(crate) struct Extractor<'g> {
    graph: &'g Graph,
    trees: &'g mut Trees,
    pointer_bytes: u64,
    /// Regions on the path to here.
    path: Vec<Region>,
    /// Entries that may still be made.
    budget: usize,
    /// Something lies deeper than the depth asked for.
    cut: bool,
    /// Integers become hints.
    hints: bool,
}

impl<'g> Extractor<'g> {
    pub(crate) fn new(graph: &'g Graph, trees: &'g mut Trees, pointer_bytes: u64) -> Self {
        Self {
            graph,
            trees,
            pointer_bytes,
            path: Vec::new(),
            budget: 0,
            cut: false,
            hints: false,
        }
    }

    /// Integers are told as hints: contexts that differ only in what proves an integer are one.
    pub(crate) fn with_hints(self) -> Self {
        Self {
            hints: true,
            ..self
        }
    }

    /// Makes a tree of the greatest depth that fits the budget. The first one is the smallest: deeper ones
    /// grow fast, and most memory is not deep.
    fn fit(&mut self, make: impl Fn(&mut Self, u32) -> Tree) -> Tree {
        let mut best = Tree::unknown();
        for depth in 1..=MAX_DEPTH {
            (self.budget, self.cut) = (MAX_NODES, false);
            let tree = make(self, depth);
            if self.budget == 0 && depth > 1 {
                break;
            }
            best = tree;
            if !self.cut {
                break;
            }
        }
        best
    }

    /// The tree of a value.
    pub(crate) fn value(&mut self, builder: &Builder<'_>, value: Value) -> Tree {
        match builder.reprs[value] {
            Repr::Bytes { len, .. } if builder.proved[value] => self.trees.tree(vec![Entry {
                start: 0,
                stride: 0,
                end: NO_END,
                bytes: len,
                hint: self.hints,
                class: Class::Integer,
                pointee: None,
            }]),
            repr => self.repr(builder.module, builder.body.ty(value), repr),
        }
    }

    pub(crate) fn repr(&mut self, module: &Module, ty: Type, repr: Repr) -> Tree {
        match repr {
            Repr::Pointer(place) => {
                let pointee = self.place(place);
                self.trees.pointer(pointee, self.pointer_bytes)
            }
            Repr::Bytes { first, len } => {
                let cells = (0..len).map(|k| (k as i64, Graph::nth(first, k)));
                let cells: Vec<_> = cells.collect();
                let runs = runs(self.graph, &cells, self.pointer_bytes, self.hints);
                self.fit(|this, depth| {
                    let entry = |&run: &Run| this.entry(run, 0, (0, NO_END), depth);
                    let entries = runs.iter().map(entry).collect();
                    this.trees.tree(entries)
                })
            }
            Repr::Float | Repr::None => self.by_type(module, ty),
        }
    }

    fn by_type(&mut self, module: &Module, ty: Type) -> Tree {
        let types = &module.types;
        let scalar = types.scalar(ty);
        let class = match types.kind(scalar) {
            TypeKind::Float(kind) => Class::Float(*kind),
            TypeKind::Pointer { .. } => Class::Pointer,
            _ => return Tree::unknown(),
        };
        let stride = types.alloc_size(scalar);
        let lanes = u64::from(types.lanes(ty)).min(64);
        let entries = (0..lanes).map(|lane| Entry {
            start: (lane * stride) as i64,
            stride: 0,
            end: NO_END,
            bytes: class.element_bytes(self.pointer_bytes),
            hint: false,
            class,
            pointee: None,
        });
        self.trees.tree(entries.collect())
    }

    /// The tree of the memory at `place`, offsets relative to it.
    pub(crate) fn place(&mut self, place: Place) -> Tree {
        let place = self.graph.resolve(place);
        if let Some(tree) = self.graph.told(place, self.hints) {
            return tree;
        }
        let tree = self.fit(|this, depth| this.behind(place, depth));
        self.graph.tell_tree(place, self.hints, &tree);
        tree
    }

    fn behind(&mut self, place: Place, depth: u32) -> Tree {
        let place = self.graph.resolve(place);
        self.cut |= depth == 0;
        let visits = self.path.iter().filter(|&&r| r == place.region).count();
        if depth == 0 || visits >= 2 || self.budget == 0 {
            return Tree::unknown();
        }
        self.budget -= 1;
        self.path.push(place.region);
        let mut entries = self.entries(place, depth);
        let objects = self.graph.objects(place);
        if !objects.is_empty() {
            let trees: Vec<Tree> = objects.iter().map(|&o| self.behind(o, depth)).collect();
            entries.extend_from_slice(self.trees.common(&trees).entries());
        }
        self.path.pop();
        entries.sort_by_key(|e| (e.stride, e.start, e.end));
        entries.dedup_by_key(|e| (e.stride, e.start, e.end));
        self.trees.tree(entries)
    }

    fn entries(&mut self, place: Place, depth: u32) -> Vec<Entry> {
        let outline = (self.graph).outline(place.region, self.pointer_bytes, self.hints);
        let (_, views) = self.graph.contents(place.region);
        let mut entries = Vec::new();
        if place.stride == 0 {
            for run in outline.exact_from(self.graph, place) {
                entries.push(self.entry(run, 0, (0, NO_END), depth));
            }
        }
        for (view, runs) in views.iter().zip(&outline.views) {
            let finer = place.stride != 0 && place.stride.is_multiple_of(view.stride);
            if place.stride != 0 && !view.stride.is_multiple_of(place.stride) && !finer {
                continue;
            }
            let mut shift = view.start.wrapping_sub(place.start);
            let mut end = match view.end {
                NO_END => NO_END,
                end => end.wrapping_sub(place.start),
            };
            if place.stride != 0 {
                shift = shift.rem_euclid(place.stride.min(view.stride) as i64);
                end = NO_END;
            } else if shift < 0 {
                shift = shift.rem_euclid(view.stride as i64);
            }
            if end <= 0 {
                continue;
            }
            for &run in runs {
                entries.push(self.entry(run, shift, (view.stride, end), depth));
            }
        }
        entries
    }

    fn entry(&mut self, run: Run, shift: i64, (stride, end): (u64, i64), depth: u32) -> Entry {
        let behind = match run.class {
            Class::Pointer => self.graph.pointee(run.first),
            _ => None,
        };
        self.budget = self.budget.saturating_sub(1);
        let pointee = behind
            .filter(|_| self.budget > 0)
            .map(|place| self.behind(place, depth - 1));
        Entry {
            start: run.start.wrapping_add(shift),
            stride,
            end,
            bytes: run.bytes,
            hint: run.hint,
            class: run.class,
            pointee: pointee.filter(|t| !t.is_unknown()),
        }
    }
}

/// States what `tree` says about the memory at `place`.
pub(crate) fn apply(graph: &mut Graph, place: Place, tree: &Tree, why: Reason, pointer_bytes: u64) {
    for entry in tree.entries() {
        let mut base = place.plus(entry.start);
        if entry.stride != 0 {
            base = base.every(entry.stride);
        }
        if base.stride != 0 && base.stride < entry.class.element_bytes(pointer_bytes) {
            continue;
        }
        let left = match entry.end {
            NO_END => NO_END,
            end => end.wrapping_sub(entry.start),
        };
        apply_entry(graph, entry, why, pointer_bytes, &mut |g, k| {
            g.at_until(base, k as i64, left)
        });
    }
}

/// States what `tree` says about the bytes of a value.
pub(crate) fn apply_value(
    graph: &mut Graph,
    repr: Repr,
    tree: &Tree,
    why: Reason,
    pointer_bytes: u64,
) {
    match repr {
        Repr::Pointer(place) => {
            if let Some(pointee) = tree.pointee() {
                apply(graph, place, pointee, why, pointer_bytes);
            }
        }
        Repr::Bytes { first, len } => {
            let fits =
                |e: &&Entry| e.stride == 0 && e.start >= 0 && e.start as u64 + e.bytes <= len;
            for entry in tree.entries().iter().filter(fits) {
                let start = entry.start as u64;
                apply_entry(graph, entry, why, pointer_bytes, &mut |_, k| {
                    Graph::nth(first, start + k)
                });
            }
        }
        Repr::Float | Repr::None => {}
    }
}

fn apply_entry(
    graph: &mut Graph,
    entry: &Entry,
    why: Reason,
    pointer_bytes: u64,
    at: &mut impl FnMut(&mut Graph, u64) -> Cell,
) {
    for k in 0..entry.bytes {
        let cell = at(graph, k);
        let fact = Fact::of(entry.class, k, why);
        graph.assert(
            cell,
            Fact {
                hint: entry.hint,
                ..fact
            },
        );
    }
    if let Some(pointee) = &entry.pointee {
        let cell = at(graph, 0);
        let place = graph.behind(cell);
        apply(graph, place, pointee, why, pointer_bytes);
    }
}
