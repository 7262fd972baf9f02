//! Pointers kept in memory: what was stored into a byte, and what is read from it.
//!
//! ```text
//! box[0] = &a[1]; box[1] = &node.value;      stored: a+8, node+0
//! p = box[n]                                 p points to either, which need not be alike
//! ```
//!
//! While instructions are visited, what is read is a place of its own, the *handle* of the cell. When all
//! are visited, a handle with one target is that target; another one is a choice (`choice.rs`), which
//! may grow. Elements of arrays hold the same kind of data, and not the same pointers.

use super::choice::widen;
use super::graph::{Cell, CellData, Fact, Graph, Place, Todo};
use super::tree::Class;

/// Objects told apart behind one cell.
const MAX_STORED: usize = 64;

impl Graph {
    /// Where the pointer whose first byte is `cell` points, if that was asked or said before.
    pub(crate) fn pointee(&self, cell: Cell) -> Option<Place> {
        let data = &self.cells[self.root(cell)];
        let place = data.handle.or_else(|| data.stored.first().copied());
        place.map(|p| self.resolve(p))
    }

    /// The place behind the pointer that is read at `cell`, made when there was none.
    pub(crate) fn behind(&mut self, cell: Cell) -> Place {
        let root = self.root_compress(cell);
        if let Some(handle) = self.cells[root].handle {
            return self.resolve(handle);
        }
        if let Some(&only) = self.cells[root].stored.first().filter(|_| !self.open) {
            self.cells[root].handed = true;
            return self.resolve(only);
        }
        let handle = self.new_place();
        self.regions[handle.region].loaded = true;
        self.cells[root].handle = Some(handle);
        handle
    }

    /// Says that a pointer to `place` is put at `cell`, which is its first byte.
    pub(crate) fn points_to(&mut self, cell: Cell, place: Place) {
        let root = self.root_compress(cell);
        self.store(root, place);
        self.drain();
    }

    fn store(&mut self, root: Cell, place: Place) {
        let place = self.resolve(place);
        let handle = self.cells[root].handle.map(|h| self.resolve(h));
        if handle == Some(place) {
            return;
        }
        let mut stored = std::mem::take(&mut self.cells[root].stored);
        let known = |p: &Place| self.resolve(*p).region == place.region;
        let mut told = place;
        match stored.iter().position(known) {
            Some(index) => {
                let old = self.resolve(stored[index]);
                told = widen(old, place);
                self.version += u64::from(told != old);
                stored[index] = told;
            }
            None if stored.len() < MAX_STORED => {
                stored.push(place);
                self.version += 1;
            }
            None => self.todo.push(Todo::Places(stored[0], place)),
        }
        self.cells[root].stored = stored;
        if !self.open {
            self.late(root, told);
        }
    }

    /// A pointer put where others may have been read already.
    fn late(&mut self, root: Cell, place: Place) {
        let data = &self.cells[root];
        match data.handle {
            Some(handle) => self.todo.push(Todo::Choose(handle, place)),
            None if data.stored.len() < 2 => {}
            None if data.handed => self.todo.push(Todo::Places(data.stored[0], place)),
            None => self.spread_handle(root),
        }
    }

    /// Gives a cell that holds one of several pointers a place that is any of them.
    fn spread_handle(&mut self, root: Cell) {
        let handle = self.new_place();
        self.regions[handle.region].loaded = true;
        self.cells[root].handle = Some(handle);
        for &place in &self.cells[root].stored {
            self.todo.push(Todo::Choose(handle, place));
        }
    }

    /// The pointers of a cell that became one with `keep`.
    pub(super) fn join_pointers(&mut self, keep: Cell, lost: &CellData) {
        match (self.cells[keep].handle, lost.handle) {
            (Some(a), Some(b)) => self.todo.push(Todo::Places(a, b)),
            (None, Some(handle)) => {
                self.cells[keep].handle = Some(handle);
                let stored = self.cells[keep].stored.clone();
                let told = |place| Todo::Choose(handle, place);
                self.todo
                    .extend(stored.into_iter().filter(|_| !self.open).map(told));
                if self.cells[keep].handed {
                    let first = self.cells[keep].stored[0];
                    self.todo.push(Todo::Places(handle, first));
                }
            }
            (_, None) => {}
        }
        self.cells[keep].handed |= lost.handed;
        for &place in &lost.stored {
            self.store(keep, place);
        }
    }

    /// What is read at `from` may have been read at `to`, and what is put there is put here.
    pub(super) fn tell_pointer(&mut self, from: Cell, to: Cell, shared: bool) {
        let (from, to) = (self.root_compress(from), self.root_compress(to));
        if from == to {
            return;
        }
        for place in self.cells[from].stored.clone() {
            self.store(to, place);
        }
        if let Some(handle) = self.cells[from].handle {
            if self.cells[to].handle.is_none() && self.cells[to].stored.is_empty() {
                // Lists have no end: what is only known as read here is what is read there.
                if shared {
                    self.cells[to].handle = Some(handle);
                    self.version += 1;
                } else {
                    self.behind(to);
                }
            }
            self.offer(to, handle);
        }
        self.drain();
    }

    /// `handle` may be what `cell` holds.
    fn offer(&mut self, cell: Cell, handle: Place) {
        let data = &self.cells[cell];
        let all = data.handle.iter().chain(&data.stored);
        let told: Vec<Todo> = all.map(|&place| Todo::Choose(handle, place)).collect();
        self.todo.extend(told);
    }

    /// Elements of one array: each may hold what was put into all of them by an unknown index.
    pub(super) fn alike_pointers(&mut self, one: Cell, other: Cell) {
        let (one, other) = (self.root_compress(one), self.root_compress(other));
        for (from, to) in [(one, other), (other, one)] {
            if let Some(fact) = self.fact(from).filter(|f| f.class == Class::Pointer) {
                self.assert(to, Fact { ..fact });
            }
        }
        if self.fact(one).is_none_or(|f| f.pos != 0) || one == other {
            return;
        }
        for (from, to) in [(one, other), (other, one)] {
            let data = &self.cells[to];
            let place = match data.handle {
                None if data.handed => data.stored.first().copied(),
                handle => handle,
            };
            if let Some(place) = place {
                let stored = self.cells[from].stored.clone();
                let told = stored.into_iter().map(|s| Todo::Choose(place, s));
                self.todo.extend(told);
            }
        }
        if let (Some(element), Some(any)) = (self.cells[one].handle, self.cells[other].handle) {
            self.todo.push(Todo::Choose(any, element));
        }
        self.drain();
    }

    /// All instructions are visited: decides where what is read from memory points.
    pub(crate) fn close(&mut self) {
        for _ in 0..64 {
            let before = self.version;
            for cell in self.cells.keys() {
                if self.root(cell) == cell
                    && let Some(handle) = self.cells[cell].handle
                {
                    for place in self.cells[cell].stored.clone() {
                        self.choose(handle, place);
                    }
                }
            }
            self.tell_objects();
            if before == self.version && !self.collapse() {
                break;
            }
        }
        self.open = false;
        for cell in self.cells.keys() {
            if self.root(cell) == cell {
                self.settle_handle(cell);
            }
        }
        self.drain();
    }

    fn settle_handle(&mut self, cell: Cell) {
        let data = &self.cells[cell];
        let Some(&first) = data.stored.first() else {
            return;
        };
        let first = self.resolve(first);
        let one = data
            .stored
            .iter()
            .all(|&p| self.resolve(p).region == first.region);
        match data.handle {
            Some(handle) if one && self.resolve(handle).region == first.region => {
                self.cells[cell].handle = None;
                self.cells[cell].handed = true;
            }
            None if !one => self.spread_handle(cell),
            _ => {}
        }
    }
}
