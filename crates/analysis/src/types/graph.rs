//! The fact graph of one function in one context: cells, regions, and their unification.
//!
//! Every byte whose content is tracked (a byte of an integer or aggregate value, a byte of memory
//! that some access names) is a *cell*; bytes that hold copies of each other are one class of a
//! union-find. Memory is made of *regions*: what one pointer, or pointers known to differ by a
//! constant, point into. A region keeps cells at exact offsets and *views*, cells that stand for
//! every element of an array (`start + k·stride + residue`).
//!
//! ```text
//! %x = load i64, ptr %s      bytes of %x   ≡  region(s)[0..8]
//! store i64 %x, ptr %d       bytes of %x   ≡  region(d)[0..8]
//! %y = load double, ptr %d   region(d)[0..8] is double       so %x and region(s)[0..8] are too
//! ```
//!
//! Invariants: facts only grow; a float or pointer takes the place of an integer, because integers
//! hold the images of both (`long bits = *(long *)&x`); any other second, different fact about a
//! cell is recorded as a clash and never replaces the first; merging two regions is by union-find with an offset, smaller into
//! larger, so the whole is near-linear in the number of accesses.

use super::choice::Targets;
use super::outline::Made;
use super::regions::{MAX_STRIDE, Regions, Spot};
use super::tree::Class;
use crate::divisor::gcd;
use cranelift_entity::{EntityRef, PrimaryMap, entity_impl};
use rustc_hash::FxHashMap;
use rz_view::{Global, Inst, Value};
use std::cell::RefCell;

/// A tracked byte.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Cell(u32);
entity_impl!(Cell, "cell");

/// A memory region.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Region(u32);
entity_impl!(Region, "region");

/// Where a fact was read off.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Source {
    /// An instruction.
    Inst(Inst),
    /// A value by its type (a constant or a parameter).
    Value(Value),
    /// The context: what the caller knows about parameter so-and-so.
    Param(u32),
    /// What the caller knows about the result.
    Return,
    /// A global variable.
    Global(Global),
    /// The type an object was allocated with.
    Padding,
}

/// Why a fact holds: its source and the rule that read it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Reason {
    /// Where.
    pub source: Source,
    /// Which rule, a short phrase.
    pub rule: &'static str,
}

/// A class at one byte of an element: byte 3 of a double is not byte 3 of an int.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Fact {
    pub(crate) class: Class,
    /// Position within the element, 0 for integers.
    pub(crate) pos: u8,
    /// Only a use suggests it; any fact replaces it.
    pub(crate) hint: bool,
    pub(crate) why: Reason,
}

impl Fact {
    /// An integer byte.
    pub(crate) fn integer(why: Reason) -> Self {
        Self::of(Class::Integer, 0, why)
    }

    /// Byte `k` of an element of `class`.
    pub(crate) fn of(class: Class, k: u64, why: Reason) -> Self {
        let plain = matches!(class, Class::Integer | Class::Anything);
        let pos = if plain { 0 } else { k as u8 };
        Self {
            class,
            pos,
            hint: false,
            why,
        }
    }

    /// The same as a hint.
    pub(crate) fn hint(self) -> Self {
        Self { hint: true, ..self }
    }

    /// True when what an integer access says is explained by this: it moves the bytes of a float or
    /// pointer.
    pub(super) fn explains(&self, other: &Fact) -> bool {
        other.class == Class::Integer && matches!(self.class, Class::Float(_) | Class::Pointer)
    }

    pub(crate) fn agrees(&self, other: &Fact) -> bool {
        self.class == other.class && self.pos == other.pos
    }
}

/// Where a pointer points.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Place {
    pub(crate) region: Region,
    pub(crate) start: i64,
    /// 0: exactly at `start`; else at `start + k·stride`, k unknown.
    pub(crate) stride: u64,
}

impl Place {
    pub(crate) fn plus(self, bytes: i64) -> Self {
        Self {
            start: self.start.wrapping_add(bytes),
            ..self
        }
    }
    pub(crate) fn every(self, stride: u64) -> Self {
        Self {
            stride: tame(gcd(self.stride, stride)),
            ..self
        }
    }
}

/// A stride that fits offset arithmetic: a power of two that divides it when it is huge.
fn tame(stride: u64) -> u64 {
    if stride <= MAX_STRIDE {
        return stride;
    }
    (1 << stride.trailing_zeros()).min(MAX_STRIDE)
}

#[derive(Clone, Debug)]
pub(super) struct CellData {
    parent: Cell,
    /// Members and subscribers; the heavier class absorbs the lighter.
    weight: u32,
    fact: Option<Fact>,
    clash: Option<Fact>,
    /// What is read from here points to this place.
    pub(super) handle: Option<Place>,
    /// What was put here points to these.
    pub(super) stored: Vec<Place>,
    /// What is stored was handed out as what is read.
    pub(super) handed: bool,
}

/// Work that unification leaves behind; done from a list so that long chains cannot exhaust the stack.
#[derive(Clone, Copy, Debug)]
pub(super) enum Todo {
    Cells(Cell, Cell),
    Places(Place, Place),
    /// The first points where the second does, or elsewhere.
    Choose(Place, Place),
    /// A new cell of a region that takes part in copies.
    LinkCell(Spot, Cell),
}

/// The graph. See the module documentation.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(super) cells: PrimaryMap<Cell, CellData>,
    pub(super) regions: Regions,
    pub(super) todo: Vec<Todo>,
    /// Subscribers of cells whose fact became known or changed; the reader takes them.
    pub(crate) due: Vec<u32>,
    /// Subscribers by root cell.
    watch: FxHashMap<Cell, Vec<u32>>,
    /// Objects declared as arrays of one scalar, with their sizes.
    pub(crate) arrays: Vec<(Place, u64)>,
    /// Regions of pointers to one of several objects.
    pub(super) choosers: Vec<Region>,
    /// Instructions are still visited: where pointers lead is not known yet.
    pub(super) open: bool,
    /// Cells that links may still create.
    pub(super) link_budget: usize,
    /// Counts changes, to detect fixed points.
    pub(crate) version: u64,
    /// The version of the last fixed point.
    pub(super) settled: Option<u64>,
    /// Counts changes of where pointers lead.
    pub(super) leads: u64,
    pub(super) made: RefCell<Made>,
    pub(super) targets: RefCell<Targets>,
}

impl Graph {
    pub(crate) fn new(link_budget: usize) -> Self {
        Self {
            cells: PrimaryMap::new(),
            regions: PrimaryMap::new(),
            todo: Vec::new(),
            due: Vec::new(),
            watch: FxHashMap::default(),
            arrays: Vec::new(),
            choosers: Vec::new(),
            open: true,
            link_budget,
            version: 0,
            settled: None,
            leads: 0,
            made: RefCell::default(),
            targets: RefCell::default(),
        }
    }

    // ---- cells

    pub(crate) fn new_cell(&mut self) -> Cell {
        let next = self.cells.next_key();
        self.cells.push(CellData {
            parent: next,
            weight: 1,
            fact: None,
            clash: None,
            handle: None,
            stored: Vec::new(),
            handed: false,
        })
    }

    /// `count` cells with consecutive ids.
    pub(crate) fn new_cells(&mut self, count: u64) -> Cell {
        let first = self.cells.next_key();
        for _ in 0..count {
            self.new_cell();
        }
        first
    }

    /// The cell `k` after `first`.
    pub(crate) fn nth(first: Cell, k: u64) -> Cell {
        Cell::new(first.index() + k as usize)
    }

    pub(crate) fn root(&self, mut cell: Cell) -> Cell {
        while self.cells[cell].parent != cell {
            cell = self.cells[cell].parent;
        }
        cell
    }

    pub(super) fn root_compress(&mut self, mut cell: Cell) -> Cell {
        let root = self.root(cell);
        while self.cells[cell].parent != root {
            let next = self.cells[cell].parent;
            self.cells[cell].parent = root;
            cell = next;
        }
        root
    }

    pub(crate) fn fact(&self, cell: Cell) -> Option<Fact> {
        self.cells[self.root(cell)].fact
    }

    pub(crate) fn clash(&self, cell: Cell) -> Option<Fact> {
        self.cells[self.root(cell)].clash
    }

    /// States a fact about one byte. A hint gives way to a fact, an integer to a float or pointer;
    /// other facts that disagree clash.
    pub(crate) fn assert(&mut self, cell: Cell, fact: Fact) {
        let root = self.root_compress(cell);
        let data = &mut self.cells[root];
        match data.fact {
            Some(old) if old.agrees(&fact) && (fact.hint || !old.hint) => return,
            Some(old) if !old.agrees(&fact) && (fact.hint || old.explains(&fact)) => return,
            Some(old) if !old.agrees(&fact) && !old.hint && !fact.explains(&old) => {
                if data.clash.is_some() {
                    return;
                }
                data.clash = Some(fact);
            }
            _ => {
                data.fact = Some(fact);
                self.notify(root);
            }
        }
        self.version += 1;
    }

    /// Makes two bytes one.
    pub(crate) fn unify(&mut self, a: Cell, b: Cell) {
        self.todo.push(Todo::Cells(a, b));
        self.drain();
    }

    /// Makes what two pointers point to one.
    pub(crate) fn unify_places(&mut self, a: Place, b: Place) {
        self.todo.push(Todo::Places(a, b));
        self.drain();
    }

    pub(super) fn drain(&mut self) {
        while let Some(todo) = self.todo.pop() {
            match todo {
                Todo::Cells(a, b) => self.unify_now(a, b),
                Todo::Places(a, b) => self.merge_places(a, b),
                Todo::Choose(pointer, target) => self.choose_now(pointer, target),
                Todo::LinkCell(spot, cell) => self.follow_links(spot, cell),
            }
        }
    }

    fn unify_now(&mut self, a: Cell, b: Cell) {
        let (a, b) = (self.root_compress(a), self.root_compress(b));
        if a == b {
            return;
        }
        self.version += 1;
        let (keep, gone) = if self.cells[a].weight >= self.cells[b].weight {
            (a, b)
        } else {
            (b, a)
        };
        self.cells[keep].weight += self.cells[gone].weight;
        let lost = self.cells[gone].clone();
        self.cells[gone].parent = keep;
        self.cells[gone].stored = Vec::new();
        // Only the side that learns something is told, so each subscriber hears a fact once.
        match (self.cells[keep].fact, lost.fact) {
            (None, Some(fact)) => self.assert(keep, fact),
            (Some(_), None) => self.notify(gone),
            (Some(kept), Some(fact)) => {
                if !kept.agrees(&fact) {
                    self.notify(gone);
                }
                self.assert(keep, fact);
            }
            (None, None) => {}
        }
        if let Some(mut list) = self.watch.remove(&gone) {
            self.watch.entry(keep).or_default().append(&mut list);
        }
        if self.cells[keep].clash.is_none() {
            self.cells[keep].clash = lost.clash;
        }
        self.join_pointers(keep, &lost);
    }

    /// Registers `id` for news about `cell`.
    pub(crate) fn subscribe(&mut self, cell: Cell, id: u32) {
        let root = self.root_compress(cell);
        self.cells[root].weight += 1;
        self.watch.entry(root).or_default().push(id);
    }

    fn notify(&mut self, root: Cell) {
        if let Some(list) = self.watch.get(&root) {
            self.due.extend_from_slice(list);
        }
    }
}
