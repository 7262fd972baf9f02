//! Classes and type trees: what a run of bytes holds, in hash-consed and bounded form.
//!
//! A [`Tree`] lists what lies at the byte offsets of a value (or of the memory a pointer points
//! to). An entry is exact (`stride == 0`) or repeats every `stride` bytes from `start` on, which is
//! how arrays are said. A pointer entry may carry the tree of the memory behind it.
//!
//! ```text
//! struct { double x; int *next; } *p      ptr{0: double, 8: ptr{0: int}}
//! double *a                               ptr{0+8k: double}
//! struct { float f; int i; } in an i64    <0: float, 4: int:4>
//! ```
//!
//! Invariants: entries are sorted by `(stride, start, end)`; a tree nests at most `MAX_DEPTH` pointers
//! and has at most `MAX_ENTRIES` entries a level, `MAX_NODES` in all; equal trees of one [`Trees`] have equal ids.

use rustc_hash::FxHashMap;
use rz_view::FloatKind;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Pointers followed when a tree is made.
pub(crate) const MAX_DEPTH: u32 = 6;
/// Entries kept per level of a tree.
pub(crate) const MAX_ENTRIES: usize = 128;

/// Entries of a tree on all levels together.
pub(crate) const MAX_NODES: usize = 512;

/// What a byte range holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Default)]
pub enum Class {
    /// Nothing is known: an error wherever a derivative depends on it.
    #[default]
    Unknown,
    /// Carries no derivative.
    Integer,
    /// A pointer: has a shadow.
    Pointer,
    /// A float of this format.
    Float(FloatKind),
    /// Fits every class (zeros, undefined bytes).
    Anything,
}

impl Class {
    /// Bytes of one element; 1 for classes without a fixed width.
    pub fn element_bytes(self, pointer_bytes: u64) -> u64 {
        match self {
            Class::Float(kind) => kind.bytes(),
            Class::Pointer => pointer_bytes,
            Class::Unknown | Class::Integer | Class::Anything => 1,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Class::Unknown => "unknown",
            Class::Integer => "int",
            Class::Pointer => "ptr",
            Class::Float(kind) => kind.name(),
            Class::Anything => "anything",
        })
    }
}

/// One run of a tree.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    /// First byte.
    pub start: i64,
    /// 0 when exact, else the entry repeats every so many bytes from `start` on.
    pub stride: u64,
    /// The byte where the repetition ends, `i64::MAX` when that is not known (and for exact runs).
    pub end: i64,
    /// Bytes of the run.
    pub bytes: u64,
    /// Only uses suggest that this is an integer.
    pub hint: bool,
    /// What it holds; never [`Class::Unknown`].
    pub class: Class,
    /// The memory behind a pointer.
    pub pointee: Option<Tree>,
}

/// A hash-consed type tree. Comparison and hashing are by identity within one [`Trees`].
#[derive(Clone, Debug)]
pub struct Tree {
    id: u32,
    entries: Arc<[Entry]>,
}

impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl Eq for Tree {}
impl Hash for Tree {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl Tree {
    /// The tree that knows nothing.
    pub fn unknown() -> Self {
        Self {
            id: 0,
            entries: Arc::new([]),
        }
    }

    /// The runs, sorted.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// True when nothing is known.
    pub fn is_unknown(&self) -> bool {
        self.entries.is_empty()
    }

    /// The tree of the memory behind the pointer at byte 0, if that is a pointer.
    pub fn pointee(&self) -> Option<&Tree> {
        let entry = self.entries.iter().find(|e| e.start == 0)?;
        entry.pointee.as_ref()
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.entries {
            [] => f.write_str("?"),
            [e] if e.start == 0 && e.stride == 0 => write_leaf(f, e),
            entries => {
                f.write_str("<")?;
                write_entries(f, entries)?;
                f.write_str(">")
            }
        }
    }
}

fn write_leaf(f: &mut fmt::Formatter<'_>, entry: &Entry) -> fmt::Result {
    write!(f, "{}", entry.class)?;
    if let Some(tree) = &entry.pointee {
        f.write_str("{")?;
        write_entries(f, &tree.entries)?;
        f.write_str("}")?;
    }
    Ok(())
}

fn write_entries(f: &mut fmt::Formatter<'_>, entries: &[Entry]) -> fmt::Result {
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{}", entry.start)?;
        if entry.stride != 0 {
            write!(f, "+{}k", entry.stride)?;
            if entry.end != i64::MAX {
                write!(f, "<{}", entry.end)?;
            }
        }
        f.write_str(": ")?;
        write_leaf(f, entry)?;
        if entry.class == Class::Integer || entry.class == Class::Anything {
            write!(f, ":{}", entry.bytes)?;
        }
    }
    Ok(())
}

/// Drops entries that say nothing beyond what a repeating one says, so that one memory has one tree.
fn simplify(entries: &mut Vec<Entry>) {
    let arrays: Vec<Entry> = entries.iter().filter(|e| e.stride != 0).cloned().collect();
    let implied = |e: &Entry, array: &Entry| {
        (e.stride, e.start, e.end) != (array.stride, array.start, array.end)
            && e.start >= array.start
            && (e.start.abs_diff(array.start)).is_multiple_of(array.stride)
            && e.stride.is_multiple_of(array.stride)
            && if e.stride == 0 {
                e.start < array.end
            } else {
                e.end <= array.end
            }
            && (e.class, e.bytes) == (array.class, array.bytes)
            && e.pointee == array.pointee
    };
    entries.retain(|e| !arrays.iter().any(|array| implied(e, array)));
}

/// The table that makes equal trees share one id.
#[derive(Debug, Default)]
pub struct Trees {
    known: FxHashMap<Arc<[Entry]>, u32>,
}

impl Trees {
    /// The tree with these runs. Runs are sorted and cut at `MAX_ENTRIES`.
    pub fn tree(&mut self, mut entries: Vec<Entry>) -> Tree {
        if entries.is_empty() {
            return Tree::unknown();
        }
        simplify(&mut entries);
        entries.sort_by_key(|e| (e.stride, e.start, e.end));
        if entries.len() > MAX_ENTRIES {
            // What repeats says more than what is exact.
            let exact = entries.partition_point(|e| e.stride == 0);
            entries.rotate_left(exact);
            entries.truncate(MAX_ENTRIES);
            entries.sort_by_key(|e| (e.stride, e.start, e.end));
        }
        if let Some((entries, &id)) = self.known.get_key_value(entries.as_slice()) {
            return Tree {
                id,
                entries: entries.clone(),
            };
        }
        let id = u32::try_from(self.known.len() + 1).expect("fewer than 2^32 trees");
        let entries: Arc<[Entry]> = entries.into();
        self.known.insert(entries.clone(), id);
        Tree { id, entries }
    }

    /// What all of several trees say.
    pub(crate) fn common(&mut self, trees: &[Tree]) -> Tree {
        let Some((first, others)) = trees.split_first() else {
            return Tree::unknown();
        };
        let key = |e: &Entry| (e.start, e.stride, e.end, e.bytes, e.class);
        let mut entries = Vec::new();
        for entry in first.entries() {
            let same = |tree: &Tree| {
                tree.entries()
                    .iter()
                    .find(|e| key(e) == key(entry))
                    .cloned()
            };
            let all: Option<Vec<Entry>> = others.iter().map(same).collect();
            let Some(all) = all else { continue };
            let behind = all.iter().chain([entry]).map(|e| e.pointee.clone());
            let behind: Option<Vec<Tree>> = behind.collect();
            let pointee = behind.map(|trees| self.common(&trees));
            entries.push(Entry {
                hint: entry.hint || all.iter().any(|e| e.hint),
                pointee: pointee.filter(|t| !t.is_unknown()),
                ..entry.clone()
            });
        }
        self.tree(entries)
    }

    /// A value that is wholly of one class.
    pub fn leaf(&mut self, class: Class, bytes: u64) -> Tree {
        self.tree(vec![Entry {
            start: 0,
            stride: 0,
            end: i64::MAX,
            bytes,
            hint: false,
            class,
            pointee: None,
        }])
    }

    /// A pointer to memory described by `pointee`.
    pub fn pointer(&mut self, pointee: Tree, pointer_bytes: u64) -> Tree {
        self.tree(vec![Entry {
            start: 0,
            stride: 0,
            end: i64::MAX,
            bytes: pointer_bytes,
            hint: false,
            class: Class::Pointer,
            pointee: Some(pointee).filter(|t| !t.is_unknown()),
        }])
    }

    /// Memory that is an array of one class.
    pub fn array(&mut self, class: Class, element: u64) -> Tree {
        self.tree(vec![Entry {
            start: 0,
            stride: element,
            end: i64::MAX,
            bytes: element,
            hint: false,
            class,
            pointee: None,
        }])
    }
}
