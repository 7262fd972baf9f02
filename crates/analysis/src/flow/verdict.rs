//! What bytes hold, judged by what is stored there and loaded from there.

use super::kinds::{Kinds, natural};
use super::places::OUTSIDE;
use super::{Flows, Range};
use rz_view::{FloatKind, Func, Inst, Value, ValueDef};

/// What bytes hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Held {
    /// Nothing that a derivative depends on.
    Plain,
    /// Floats of one kind or integers nobody cares about.
    Float(FloatKind),
    /// Pointers or integers nobody follows.
    Pointer,
}

impl Held {
    /// Bytes of one element.
    pub(crate) fn bytes(self, pointer_bytes: u64) -> u64 {
        match self {
            Self::Plain => 1,
            Self::Float(kind) => kind.bytes(),
            Self::Pointer => pointer_bytes,
        }
    }
}

/// What is found about bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judged {
    /// What they hold, when that is certain.
    pub(crate) held: Option<Held>,
    stored: Kinds,
    loaded: Kinds,
}

impl Judged {
    /// Bytes that are said to hold `said` carry something else too.
    pub(crate) fn contradicts(self, said: Held) -> bool {
        let both = self.stored.and(self.loaded);
        match said {
            Held::Float(kind) => !both.fits(kind) || both.has(Kinds::POINTER),
            Held::Plain | Held::Pointer => self.stored.known_floats() && self.loaded.known_floats(),
        }
    }
}

impl Flows<'_> {
    /// What an integer holds.
    pub(crate) fn value(&self, func: Func, value: Value) -> Option<Judged> {
        let node = self.known(func, value)?;
        let held = both(node.written, node.read, |_| true);
        // What comes from outside alone is not known to be a float.
        let body = self.module.funcs[func].body.as_ref()?;
        let given = matches!(body.values[value].def, ValueDef::Param(_));
        let small = self.module.types.store_size(body.ty(value)) < self.module.pointer_bytes;
        Some(Judged {
            held: match held {
                // Addresses are not passed in halves.
                Some(Held::Pointer) if given && small && !node.written.has(Kinds::POINTER) => {
                    Some(Held::Plain)
                }
                Some(Held::Plain) => held,
                _ => held.filter(|_| !given),
            },
            stored: node.written,
            loaded: node.read,
        })
    }

    /// What `len` bytes at `offset` from a pointer hold.
    pub(crate) fn memory(
        &self,
        func: Func,
        pointer: Value,
        offset: i64,
        len: u64,
    ) -> Option<Judged> {
        let range = self.range(func, pointer, offset, len)?;
        Some(Judged {
            held: both(range.stored, range.loaded, |kind| range.fits(kind)),
            stored: range.stored,
            loaded: range.loaded,
        })
    }

    /// What `len` bytes at `offset` hold that are copied.
    pub(crate) fn copied(
        &self,
        func: Func,
        (to, from): (Value, Value),
        offset: i64,
        len: u64,
    ) -> Option<Judged> {
        let from = self.range(func, from, offset, len)?;
        let to = self.range(func, to, offset, len)?;
        Some(Judged {
            held: moved(&from, &to),
            stored: from.stored,
            loaded: to.loaded,
        })
    }

    /// What `len` bytes hold that are overwritten with what is no float.
    pub(crate) fn overwritten(
        &self,
        func: Func,
        pointer: Value,
        offset: i64,
        len: u64,
    ) -> Option<Judged> {
        let range = self.range(func, pointer, offset, len)?;
        let held = if range.loaded.without_floats() || range.stored.without_floats() {
            // Also an address in pieces: null has a shadow, but half of it is none.
            let address = range.loaded.has(Kinds::POINTER) && len >= self.module.pointer_bytes;
            Some(if address { Held::Pointer } else { Held::Plain })
        } else {
            let kind = range.loaded.only_float();
            let kind = kind.filter(|&kind| range.fits(kind) && !range.stored.has(Kinds::POINTER));
            kind.map(Held::Float)
        };
        Some(Judged {
            held,
            stored: range.stored,
            loaded: range.loaded,
        })
    }

    /// Whether the letters that a function of strings moves are bytes of floats, which come out as such again.
    pub(crate) fn letters_are_floats(&self, func: Func, call: Inst) -> Option<bool> {
        let found = self.found()?;
        let mut copies = found.first.get(&func)?.iter();
        Some(copies.any(|&first| {
            let Some(held) = found.letters.get(&(first, call)) else {
                return false;
            };
            let letters = &found.graph.nodes[held.letters as usize];
            if held.passed {
                return letters.written.known_floats();
            }
            !letters.written.without_floats() && letters.read.known_floats()
        }))
    }

    fn range(&self, func: Func, pointer: Value, offset: i64, len: u64) -> Option<Range> {
        let places = self.known(func, pointer)?.places;
        let graph = &self.found()?.graph;
        let mut range = Range {
            stored: Kinds::NONE,
            loaded: Kinds::NONE,
            align: super::solve::WHOLE,
        };
        for &place in &places {
            if place.object == OUTSIDE {
                range.stored = range.stored | Kinds::OUTSIDE;
                range.loaded = range.loaded | Kinds::OUTSIDE;
                range.align = 1;
                continue;
            }
            let place = place.moved(offset, 0);
            let object = &graph.objects[place.object.0 as usize];
            let Some(len) = object.within(place, len) else {
                continue;
            };
            range.align = range.align.min(graph.alignment(place));
            for pattern in object.meeting(place, len) {
                range.stored = range.stored | graph.nodes[pattern.stored as usize].written;
                range.loaded = range.loaded | graph.nodes[pattern.loaded as usize].read;
            }
        }
        // A pointer to nothing was never made.
        (!places.is_empty()).then_some(range)
    }
}

impl Range {
    /// Floats of this kind start where the range does.
    fn fits(&self, kind: FloatKind) -> bool {
        self.align >= natural(kind)
    }
}

/// What is stored as these kinds and loaded as those.
fn both(stored: Kinds, loaded: Kinds, fits: impl Fn(FloatKind) -> bool) -> Option<Held> {
    let follows = (stored.has(Kinds::POINTER) && loaded.has(Kinds::POINTER | Kinds::OUTSIDE))
        || (loaded.has(Kinds::POINTER) && stored.has(Kinds::OUTSIDE));
    if stored.without_floats() || loaded.without_floats() {
        return Some(if follows { Held::Pointer } else { Held::Plain });
    }
    if (stored | loaded).has(Kinds::POINTER) {
        return None;
    }
    let kind = loaded.only_float().filter(|&kind| stored.fits(kind));
    let kind = kind.or_else(|| stored.only_float().filter(|&kind| loaded.fits(kind)));
    kind.filter(|&kind| fits(kind)).map(Held::Float)
}

/// What is copied.
fn moved(from: &Range, to: &Range) -> Option<Held> {
    let (stored, loaded) = (from.stored, to.loaded);
    // Where no float ever was, none is overwritten: numbers that are converted, and the padding beside them.
    let numbers = stored.without_floats() && to.stored.without_floats();
    if numbers || loaded.without_floats() {
        let follows = loaded.has(Kinds::POINTER) && stored.has(Kinds::POINTER | Kinds::OUTSIDE);
        return Some(if follows { Held::Pointer } else { Held::Plain });
    }
    if (to.stored | stored | loaded).has(Kinds::POINTER) {
        return None;
    }
    let kind = loaded
        .only_float()
        .filter(|&kind| stored.fits(kind) && to.fits(kind));
    let source = || {
        let kind = stored.only_float()?;
        (loaded.fits(kind) && from.fits(kind)).then_some(kind)
    };
    kind.or_else(source).map(Held::Float)
}
