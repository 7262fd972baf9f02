//! Abstract objects: the pieces of memory activity tells apart.

use rz_view::{Func, Global, Inst};
use std::fmt;

/// An object's index in [`Objects`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Object(pub(crate) u32);

/// What an object stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum ObjectKind {
    /// Memory behind an integer turned into a pointer, or anything else unknown. Always object 0.
    Unknown,
    /// Memory only foreign code or an unmarked global knows: inactive by convention. Object 1.
    Foreign,
    /// What a parameter points to.
    Memory(u32),
    /// What is reached through pointers in [`ObjectKind::Memory`].
    Reach(u32),
    /// All executions of an `alloca`.
    Alloca(Inst),
    /// All blocks from an allocation call.
    Heap(Inst),
    /// All blocks a call allocates inside and gives out.
    Fresh(Inst),
    /// A global variable.
    Global(Global),
    /// A function's code.
    Func(Func),
}

impl Object {
    /// See [`ObjectKind::Unknown`].
    pub const UNKNOWN: Self = Self(0);
    /// See [`ObjectKind::Foreign`].
    pub const FOREIGN: Self = Self(1);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("unknown memory"),
            Self::Foreign => f.write_str("foreign memory"),
            Self::Memory(i) => write!(f, "memory of argument {i}"),
            Self::Reach(i) => write!(f, "memory reached from argument {i}"),
            Self::Alloca(inst) => write!(f, "stack memory of {inst}"),
            Self::Heap(inst) => write!(f, "heap memory of {inst}"),
            Self::Fresh(inst) => write!(f, "memory allocated inside {inst}"),
            Self::Global(g) => write!(f, "{g}"),
            Self::Func(func) => write!(f, "{func}"),
        }
    }
}

/// All objects of a function; merging makes several of them one.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    kinds: Vec<ObjectKind>,
    ids: rustc_hash::FxHashMap<ObjectKind, Object>,
    parent: Vec<u32>,
    /// Per representative: how many objects it stands for.
    members: Vec<u32>,
}

impl Objects {
    pub(crate) fn new() -> Self {
        let mut objects = Self::default();
        objects.add(ObjectKind::Unknown);
        objects.add(ObjectKind::Foreign);
        objects
    }

    /// The object of this kind, added if new.
    pub(crate) fn add(&mut self, kind: ObjectKind) -> Object {
        if let Some(&object) = self.ids.get(&kind) {
            return object;
        }
        let object = Object(self.kinds.len() as u32);
        self.kinds.push(kind);
        self.parent.push(object.0);
        self.members.push(1);
        self.ids.insert(kind, object);
        object
    }

    /// The representative object of this kind, if there is one.
    pub fn find_kind(&self, kind: ObjectKind) -> Option<Object> {
        self.ids.get(&kind).map(|&object| self.find(object))
    }

    /// What `object` stands for (its representative's kind when merged).
    pub fn kind(&self, object: Object) -> ObjectKind {
        self.kinds[object.index()]
    }

    /// The representative of `object`.
    pub fn find(&self, object: Object) -> Object {
        let mut at = object.0;
        while self.parent[at as usize] != at {
            at = self.parent[at as usize];
        }
        Object(at)
    }

    /// Makes `a` and `b` one object; returns the representative: the unknown object if it is one of
    /// them, else that of more members, so that a growing object keeps its name.
    pub(crate) fn merge(&mut self, a: Object, b: Object) -> Object {
        let (a, b) = (self.find(a), self.find(b));
        let larger = self.members[a.index()] >= self.members[b.index()];
        let first = a == Object::UNKNOWN || (larger && b != Object::UNKNOWN);
        let (keep, drop) = if first { (a, b) } else { (b, a) };
        if keep != drop {
            self.parent[drop.index()] = keep.0;
            self.members[keep.index()] += self.members[drop.index()];
        }
        keep
    }

    /// Number of objects, merged ones included.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// True when there are none (never: the unknown object exists).
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Every object with its kind, merged ones included.
    pub fn iter(&self) -> impl Iterator<Item = (Object, ObjectKind)> + '_ {
        self.kinds
            .iter()
            .enumerate()
            .map(|(index, &kind)| (Object(index as u32), kind))
    }
}
