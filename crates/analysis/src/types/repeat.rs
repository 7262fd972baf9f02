//! What repeats in memory whose length is not known.

use super::bytes::Byte;
use super::choice::visit;
use super::graph::{Cell, Fact, Place};
use super::query::{FuncTypes, Segment};
use super::regions::View;
use super::tbaa;
use super::tree::Class;
use crate::divisor::{divisor, gcd};
use rz_view::{Inst, Value};

/// Records larger than this are not looked for in copies of varying length.
const MAX_PERIOD: u64 = 1 << 12;

/// What repeats in memory whose length is not known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The segments repeat every so many bytes.
    pub period: u64,
    /// One period.
    pub segments: Vec<Segment>,
}

impl Run {
    /// The class of byte `k` of a period, and its position within the element.
    fn class(&self, k: u64, pointer_bytes: u64) -> Option<(Class, u64)> {
        let hit = |s: &&Segment| k >= s.offset && k < s.offset + s.bytes;
        let segment = self.segments.iter().find(hit)?;
        let at = k - segment.offset;
        // Consecutive elements are one segment.
        Some((
            segment.class,
            at % segment.class.element_bytes(pointer_bytes),
        ))
    }

    /// True when the pattern looks the same from every `stride`th byte on: a pointer that moves in such steps may
    /// point to any of them.
    ///
    /// ```text
    /// <ptr, double> every 16 bytes    from byte 8 on it is <double, ptr>
    /// ```
    fn repeats_every(&self, stride: u64, pointer_bytes: u64) -> bool {
        let step = gcd(stride, self.period);
        let class = |k: u64| self.class(k % self.period, pointer_bytes);
        step == self.period || (0..self.period).all(|k| class(k) == class(k + step))
    }
}

impl FuncTypes<'_> {
    /// What repeats behind `pointer` from there on, when all that is known is of one pattern.
    pub fn run(&self, pointer: Value) -> Option<Run> {
        self.run_from(self.state.place(pointer)?, &mut Vec::new())
    }

    /// What its own region says, or else what all the objects say that it may be.
    fn run_from(&self, place: Place, seen: &mut Vec<Place>) -> Option<Run> {
        let own = self.run_inside(place);
        let mut all = own.as_ref().ok()?.clone();
        for object in self.state.graph.objects(place) {
            if !visit(seen, object) {
                continue;
            }
            match (&all, self.run_from(object, seen)) {
                (Some(known), Some(run)) if !agree(known, &run) => return None,
                (None, run @ Some(_)) => all = run,
                (Some(_), Some(_)) => {}
                (_, None) if matches!(own, Ok(Some(_))) => {}
                (_, None) => return None,
            }
        }
        all.filter(|run| self.is_everywhere(place, run))
    }

    /// What the arrays of one region say; an error when they say different things.
    fn run_inside(&self, place: Place) -> Result<Option<Run>, ()> {
        let graph = &self.state.graph;
        let (_, views) = graph.contents(place.region);
        let from = place.start;
        let mut best: Option<Run> = None;
        for view in views.iter().filter(|v| !v.cells.is_empty()) {
            let cell = |k: u64| {
                let residue = view.residue(from.wrapping_add(k as i64));
                view.cells.get(&residue).copied()
            };
            let segments = self.cut(view.stride, |k| {
                cell(k).map_or(Byte::Open, |c| graph.byte(c))
            });
            if segments.iter().any(|s| s.class == Class::Unknown) {
                continue;
            }
            let run = Run {
                period: view.stride,
                segments,
            };
            if !run.repeats_every(place.stride, self.state.module.pointer_bytes) {
                continue;
            }
            match &best {
                Some(known) if takes_in(known, &run) => {}
                Some(known) if takes_in(&run, known) => best = Some(run),
                Some(known) if !agree(known, &run) => return Err(()),
                Some(known) if known.period <= run.period => {}
                _ => best = Some(run),
            }
        }
        Ok(best)
    }

    /// Nothing that is known about memory from `place` on contradicts that `run` repeats there.
    fn is_everywhere(&self, place: Place, run: &Run) -> bool {
        self.everywhere(place, &|p| self.is_all_over(p, run), &mut Vec::new())
    }

    /// As [`FuncTypes::is_everywhere`] for one region.
    fn is_all_over(&self, place: Place, run: &Run) -> bool {
        let (exact, views) = self.state.graph.contents(place.region);
        let says = |offset: i64| {
            let distance = offset.wrapping_sub(place.start);
            let k = distance.rem_euclid(run.period.max(1) as i64) as u64;
            run.class(k, self.state.module.pointer_bytes)
        };
        let fits = |offset: i64, cell: Cell| match self.state.graph.byte(cell) {
            Byte::Known(fact) => says(offset).is_none_or(|(class, pos)| {
                // `a[i].v[j]` looks like an array from the first `v[0]` on. Integers among floats have
                // no derivative, so nothing is lost or invented when they are taken for floats.
                let among = matches!(class, Class::Float(_)) && fact.class == Class::Integer;
                among
                    || class == Class::Anything
                    || fact.class == Class::Anything
                    || fact.agrees(&Fact::of(class, pos, fact.why))
            }),
            Byte::Clash(..) => false,
            Byte::Zero | Byte::Open => true,
        };
        let from = if place.stride == 0 {
            place.start
        } else {
            i64::MIN
        };
        let after = |view: &&View| view.end > from;
        exact
            .range(from..)
            .all(|(&offset, &cell)| fits(offset, cell))
            && views.iter().filter(after).all(|view| {
                // Elements of a view fall on different bytes of the period when neither divides.
                let steps = run.period / gcd(run.period, view.stride);
                let place = |residue: u64, step: u64| {
                    let at = residue.wrapping_add(step.wrapping_mul(view.stride));
                    view.start.wrapping_add(at as i64)
                };
                let each = |(&residue, &cell): (&u64, &Cell)| {
                    (0..steps.min(MAX_PERIOD)).all(|step| fits(place(residue, step), cell))
                };
                view.cells.iter().all(each)
            })
    }

    /// What repeats in the memory an instruction with a byte count touches at `pointer`.
    ///
    /// Besides arrays: a count that is a multiple of some size says how large the elements are, and
    /// the first one may be known by exact accesses. What `strlen` counts is text.
    pub fn run_at(&self, inst: Inst, pointer: Value) -> Option<Run> {
        let told = || {
            self.run_told(inst)
                .or_else(|| self.run_of_letters(inst, pointer))
        };
        if let Some(run) = told() {
            return Some(run);
        }
        let text = || {
            let letter = Segment {
                offset: 0,
                bytes: 1,
                class: Class::Integer,
            };
            self.state.copies_text(inst).then(|| Run {
                period: 1,
                segments: vec![letter],
            })
        };
        let typed = self.run(pointer).or_else(text).or_else(|| {
            let count = self.state.byte_count(inst)?;
            let period = divisor(self.state.body, count, 8);
            let place = self.state.place(pointer)?;
            let whole = (2..=MAX_PERIOD).contains(&period) && place.stride.is_multiple_of(period);
            let segments = self.pointee_at(place, period * u64::from(whole));
            let known = whole && segments.iter().all(|s| s.class != Class::Unknown);
            let run = known.then_some(Run { period, segments })?;
            self.is_everywhere(place, &run).then_some(run)
        });
        self.run_of_flows(inst, pointer, typed)
    }
}

/// What a pattern says of byte `k`.
fn expand(run: &Run, k: u64) -> Option<Class> {
    let k = k % run.period;
    let hit = |s: &&Segment| k >= s.offset && k < s.offset + s.bytes;
    run.segments.iter().find(hit).map(|s| s.class)
}

impl FuncTypes<'_> {
    /// What metadata calls the elements that an instruction copies.
    fn run_told(&self, inst: Inst) -> Option<Run> {
        self.state.moved_between(inst)?;
        let [element] = &self.state.body.insts[inst].tbaa[..] else {
            return None;
        };
        let class = tbaa::class(&element.name)?;
        let told = matches!(class, Class::Float(_) | Class::Pointer) && element.size == 0;
        let period = class.element_bytes(self.state.module.pointer_bytes);
        let segments = vec![Segment {
            offset: 0,
            bytes: period,
            class,
        }];
        told.then_some(Run { period, segments })
    }
}

/// Two patterns say the same where both speak.
fn agree(a: &Run, b: &Run) -> bool {
    let span = a.period.max(b.period);
    (0..span).all(|k| expand(a, k) == expand(b, k))
}

/// Where the patterns differ, `a` takes for floats what `b` knows to be integers or padding among them: an array in
/// a record that is indexed looks like one that goes on. Nothing is lost when it is believed.
fn takes_in(a: &Run, b: &Run) -> bool {
    let span = a.period.max(b.period);
    let among = |k: u64| {
        matches!(expand(a, k), Some(Class::Float(_)))
            && matches!(expand(b, k), Some(Class::Integer | Class::Anything))
    };
    !agree(a, b) && (0..span).all(|k| expand(a, k) == expand(b, k) || among(k))
}
