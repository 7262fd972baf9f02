//! What a region holds, in whole elements: the step between cells and trees.
//!
//! ```text
//! cells   0..8: double, 8..12: int, 12: ?, 16..24: ptr      runs   0: double, 8: int:4, 16: ptr
//! ```
//!
//! Trees are made again and again while functions exchange what they know, mostly of memory about which
//! nothing was learned in between. So outlines and trees are kept until the graph changes.

use super::graph::{Cell, Fact, Graph, Place, Region};
use super::tree::{Class, Tree};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Exact cells looked at when a tree is made.
const MAX_CELLS: usize = 2048;

/// One whole element or run of integers found in consecutive bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) start: i64,
    pub(super) bytes: u64,
    pub(super) class: Class,
    pub(super) hint: bool,
    pub(super) first: Cell,
}

/// The runs of a region: of its exact cells, and of each of its views.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    exact: Vec<Run>,
    pub(super) views: Vec<Vec<Run>>,
}

impl Outline {
    /// The exact runs from a place on, relative to it.
    pub(super) fn exact_from(&self, graph: &Graph, place: Place) -> Vec<Run> {
        let (exact, _) = graph.contents(place.region);
        let mut far = exact.range(place.start..).skip(MAX_CELLS);
        let many = exact.len() > MAX_CELLS;
        let limit = far.next().filter(|_| many).map_or(i64::MAX, |(&o, _)| o);
        let end = |run: &Run| run.start.saturating_add(run.bytes as i64);
        let from = self.exact.partition_point(|run| end(run) <= place.start);
        let near = self.exact[from..].iter().take_while(|r| r.start < limit);
        near.filter_map(|&run| {
            let cut = place.start.saturating_sub(run.start).max(0);
            let plain = matches!(run.class, Class::Integer | Class::Anything);
            (cut == 0 || plain).then(|| Run {
                start: run.start.wrapping_add(cut).wrapping_sub(place.start),
                bytes: run.bytes - cut as u64,
                ..run
            })
        })
        .collect()
    }
}

/// What was made of a graph since it last changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Made {
    version: u64,
    /// With integers as hints, or not.
    outlines: FxHashMap<(Region, bool), Rc<Outline>>,
    trees: FxHashMap<(Place, bool), Tree>,
}

impl Made {
    /// Forgets all when the graph is of another version.
    fn at(&mut self, version: u64) -> &mut Self {
        if self.version != version {
            self.outlines.clear();
            self.trees.clear();
            self.version = version;
        }
        self
    }
}

impl Graph {
    /// The outline of a region that was not merged away.
    pub(super) fn outline(&self, region: Region, pointer_bytes: u64, hints: bool) -> Rc<Outline> {
        let mut made = self.made.borrow_mut();
        let known = made.at(self.version).outlines.entry((region, hints));
        let outline = known.or_insert_with(|| {
            let (exact, views) = self.contents(region);
            let exact: Vec<_> = exact.iter().map(|(&o, &c)| (o, c)).collect();
            let view = |view: &super::regions::View| {
                let cells = view.cells.iter().map(|(&r, &c)| (r as i64, c));
                runs(self, &cells.collect::<Vec<_>>(), pointer_bytes, hints)
            };
            Rc::new(Outline {
                exact: runs(self, &exact, pointer_bytes, hints),
                views: views.iter().map(view).collect(),
            })
        });
        outline.clone()
    }

    /// The tree that was made of a place, if nothing has changed since.
    pub(super) fn told(&self, place: Place, hints: bool) -> Option<Tree> {
        let mut made = self.made.borrow_mut();
        made.at(self.version).trees.get(&(place, hints)).cloned()
    }

    /// Keeps a tree that was made of a place.
    pub(super) fn tell_tree(&self, place: Place, hints: bool, tree: &Tree) {
        let mut made = self.made.borrow_mut();
        let trees = &mut made.at(self.version).trees;
        trees.insert((place, hints), tree.clone());
    }
}

/// Whole elements among `cells` (sorted by offset); contradicted and partial ones are left out.
pub(super) fn runs(
    graph: &Graph,
    cells: &[(i64, Cell)],
    pointer_bytes: u64,
    hints: bool,
) -> Vec<Run> {
    let fact = |index: usize| -> Option<(i64, Fact)> {
        let &(offset, cell) = cells.get(index)?;
        let fact = graph.fact(cell).filter(|_| graph.clash(cell).is_none())?;
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
        let hint = here.hint || (hints && here.class == Class::Integer);
        let bytes = here.class.element_bytes(pointer_bytes);
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
