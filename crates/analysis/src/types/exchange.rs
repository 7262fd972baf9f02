//! Trees out of a graph and back in: how facts cross function boundaries.

use super::build::{Builder, Repr};
use super::graph::{Cell, Fact, Graph, Place, Reason, Region};
use super::regions::NO_END;
use super::tree::{Class, Entry, MAX_DEPTH, MAX_NODES, Tree, Trees};
use rz_view::{Module, Type, TypeKind, Value};

/// Exact cells looked at when a tree is made.
const MAX_CELLS: usize = 2048;

/// One whole element or run of integers found in consecutive bytes.
#[derive(Clone, Copy, Debug)]
struct Run {
    start: i64,
    bytes: u64,
    class: Class,
    hint: bool,
    first: Cell,
}

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

    /// Makes a tree of the greatest depth that fits the budget.
    fn fit(&mut self, make: impl Fn(&mut Self, u32) -> Tree) -> Tree {
        for depth in (1..=MAX_DEPTH).rev() {
            self.budget = MAX_NODES;
            let tree = make(self, depth);
            if self.budget > 0 || depth == 1 {
                return tree;
            }
        }
        Tree::unknown()
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
                let runs = self.runs(&cells.collect::<Vec<_>>());
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
        self.fit(|this, depth| this.behind(place, depth))
    }

    fn behind(&mut self, place: Place, depth: u32) -> Tree {
        let place = self.graph.resolve(place);
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
        let (exact, views) = self.graph.contents(place.region);
        let mut entries = Vec::new();
        if place.stride == 0 {
            let near = exact.range(place.start..).take(MAX_CELLS);
            let cells = near.map(|(&o, &c)| (o.wrapping_sub(place.start), c));
            for run in self.runs(&cells.collect::<Vec<_>>()) {
                entries.push(self.entry(run, 0, (0, NO_END), depth));
            }
        }
        for view in views {
            let finer = place.stride != 0 && place.stride.is_multiple_of(view.stride);
            if place.stride != 0 && !view.stride.is_multiple_of(place.stride) && !finer {
                continue;
            }
            let cells = view.cells.iter().map(|(&r, &c)| (r as i64, c));
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
            for run in self.runs(&cells.collect::<Vec<_>>()) {
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

    /// Whole elements among `cells` (sorted by offset); contradicted and partial ones are left out.
    fn runs(&self, cells: &[(i64, Cell)]) -> Vec<Run> {
        let fact = |index: usize| -> Option<(i64, Fact)> {
            let &(offset, cell) = cells.get(index)?;
            let fact = self
                .graph
                .fact(cell)
                .filter(|_| self.graph.clash(cell).is_none())?;
            Some((offset, fact))
        };
        let mut runs: Vec<Run> = Vec::new();
        let mut index = 0;
        while index < cells.len() {
            let (start, first) = cells[index];
            let Some((_, here)) = fact(index) else {
                index += 1;
                continue;
            };
            let hint = here.hint || (self.hints && here.class == Class::Integer);
            let bytes = here.class.element_bytes(self.pointer_bytes);
            let whole = here.pos == 0
                && (1..bytes).all(|k| {
                    fact(index + k as usize).is_some_and(|(offset, f)| {
                        offset == start.wrapping_add(k as i64)
                            && f.class == here.class
                            && u64::from(f.pos) == k
                    })
                });
            if matches!(here.class, Class::Integer | Class::Anything) {
                match runs.last_mut() {
                    Some(run)
                        if run.class == here.class
                            && run.hint == hint
                            && run.start.wrapping_add(run.bytes as i64) == start =>
                    {
                        run.bytes += 1;
                    }
                    _ => runs.push(Run {
                        start,
                        bytes: 1,
                        class: here.class,
                        hint,
                        first,
                    }),
                }
                index += 1;
            } else if whole {
                runs.push(Run {
                    start,
                    bytes,
                    class: here.class,
                    hint,
                    first,
                });
                index += bytes as usize;
            } else {
                index += 1;
            }
        }
        runs
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
