//! Where bytes come from and where they go, whatever they are called on the way.
//!
//! Type analysis finds what bytes *are*: its facts are sound, and that nothing is known about a byte means
//! nothing. This analysis finds what bytes *may be*: it follows every flow, so that what it does not find
//! does not happen. It is asked only about bytes that have no type.
//!
//! ```text
//! struct { double *data; size_t n; }      push(s, x):  s->data[s->n] = x; s->n += 1
//! s->n     nobody stores a float there, or loads one: a number, and the sum is no bit trick
//! memcpy(a->data, b->data, 8 * k)         all that is loaded from a->data is double, at natural places
//! ```
//!
//! *What it computes.* The abstract machine is flow- and context-insensitive: objects are executions of an
//! `alloca`, blocks of an allocation, and constants; everything that others can reach is one object more,
//! the outside. Addresses are sets of places (object, start, stride), solved by inclusion. Each access of an object, told
//! apart by place and length, holds the kinds that are *stored* by it (forward, from accesses of float or pointer
//! type, through everything that moves bits) and the kinds that are *loaded* by it (backward). Accesses that may
//! overlap exchange both. Anything that is not a plain move makes floats come apart ([`kinds::Kinds::PARTS`]).
//!
//! *Why the answers are right.*
//! 1. Bytes that no float is ever stored to carry no derivative in; bytes that no float is ever loaded from
//!    carry none out. Conversions of integers to floats count as loads of parts: bit tricks have a derivative.
//! 2. Where all floats that are loaded from a copy's target are of one kind, what the copy moves counts as
//!    that kind: an adjoint is there only where such a float was. Words that are in truth integers have
//!    adjoints nobody looks at. Pointers must not be there, for their shadows are no adjoints.
//! 3. Floats lie at multiples of their size: an access with less alignment, or a copy between places that
//!    are not so aligned, moves parts. So the address decides which bytes of a word are a float's.
//! 4. Storing what is no float over memory that floats are loaded from resets the derivative there: it counts as
//!    that float.
//!
//! What is ambiguous stays unknown, and so does everything when there is too much to follow.
//!
//! *When it is asked.* About words that are only moved, whether they may be something else than types say;
//! then they are unknown. About the rest only after types led to a refusal: then it is asked about everything
//! that moves as bytes, and what it contradicts is unknown again, so that what it helps to differentiate does
//! not rest on that.

mod build;
mod calls;
mod kinds;
mod places;
mod solve;
mod text;
mod verdict;

use build::Builder;
use kinds::Kinds;
use places::Place;
pub(crate) use places::TEXT;
use rustc_hash::FxHashMap;
use rz_view::{Func, Inst, Module, Value};
use solve::{Graph, Node};
use std::cell::OnceCell;
pub(crate) use text::leads_out;
pub(crate) use verdict::{Held, Judged};

/// The flows of a module, found when first asked for.
pub(crate) struct Flows<'m> {
    module: &'m Module,
    /// What code outside calls.
    entries: Vec<Func>,
    found: OnceCell<Option<Found>>,
}

struct Found {
    graph: Graph,
    first: FxHashMap<Func, Vec<Node>>,
    letters: FxHashMap<(Node, Inst), text::Held>,
}

impl<'m> Flows<'m> {
    pub(crate) fn new(module: &'m Module, entries: Vec<Func>) -> Self {
        Self {
            module,
            entries,
            found: OnceCell::new(),
        }
    }

    fn found(&self) -> Option<&Found> {
        let find = || {
            let mut builder = Builder::new(self.module);
            builder.run(&self.entries);
            let Builder {
                mut graph,
                first,
                letters,
                ..
            } = builder;
            graph.solve().then_some(Found {
                graph,
                first,
                letters,
            })
        };
        self.found.get_or_init(find).as_ref()
    }

    /// What a value is in any call of its function.
    fn known(&self, func: Func, value: Value) -> Option<Known> {
        let found = self.found()?;
        let copies = found.first.get(&func)?.iter();
        let mut known = Known::default();
        for node in copies.map(|first| &found.graph.nodes[(first + value.as_u32()) as usize]) {
            known.written = known.written | node.written;
            known.read = known.read | node.read;
            known.places.extend_from_slice(&node.places);
        }
        Some(known)
    }
}

/// What a value may be.
#[derive(Default)]
struct Known {
    written: Kinds,
    read: Kinds,
    places: Vec<Place>,
}

/// What accesses of a range of memory store and load.
struct Range {
    stored: Kinds,
    loaded: Kinds,
    /// All of it starts at multiples of so many bytes.
    align: u64,
}
