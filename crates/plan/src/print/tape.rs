//! The size of the tape as a formula in the trip counts, and what each loop keeps.

use super::counts::{count_text, extent_text, iterations};
use super::{Printer, line_text};
use crate::checkpoint::SNAPSHOT_HEAD;
use crate::plan::Storage;
use rz_view::{Count, Loop};
use std::fmt::Write;

impl Printer<'_> {
    /// What the tape takes, by the trip counts; records carry a link besides their slots.
    pub(super) fn tape(&mut self) {
        let mut terms = Vec::new();
        let once: u64 = self.plan.slots_of(None).map(|(_, data)| data.bytes).sum();
        if once > 0 {
            terms.push(once.to_string());
        }
        for (id, _) in self.plan.shape.loops.iter() {
            if self.plan.reversal.is_checkpointed(id) {
                terms.push(self.snapshots_of(id));
            } else {
                terms.extend(self.tape_of(id, true));
                terms.extend(self.states_of(id));
            }
            terms.extend(self.tape_of(id, false));
        }
        for (&inst, _) in self.plan.splits.iter().filter(|(_, s)| s.has_tape) {
            let home = self.plan.shape.home(self.body.insts[inst].block);
            let nest = self.plan.shape.nest(home);
            let mut factors: Vec<String> = nest.iter().map(|&l| self.trips(l)).collect();
            factors.push(format!("tape of {inst}"));
            terms.push(factors.join("·"));
        }
        let text = if terms.is_empty() {
            "tape: none".to_owned()
        } else {
            format!("tape: {} bytes", terms.join(" + "))
        };
        self.line(1, &text);
    }

    /// What the slots of a loop take: those of one entry for each iteration of a loop that runs again, or others.
    fn tape_of(&self, id: Loop, saved: bool) -> Option<String> {
        let slots = self.plan.slots_of(Some(id));
        let mut bytes: u64 = slots
            .filter(|(_, data)| data.saved == saved)
            .map(|(_, data)| data.bytes)
            .sum();
        if bytes == 0 {
            return None;
        }
        let reversal = &self.plan.reversal;
        let variables = reversal.is_fused(id) && !saved;
        if self.storage(id) == Some(&Storage::Records) && !variables {
            bytes += self.module.pointer_bytes;
        }
        let nest = self.plan.shape.nest(Some(id));
        // One iteration of a fused loop has a tape at a time.
        let fused = nest.iter().position(|&l| reversal.is_fused(l) && !saved);
        let nest = &nest[fused.map_or(0, |outer| outer + 1)..];
        let dimensions = nest.iter().filter(|l| !self.is_flat(id, **l));
        let mut factors: Vec<String> = dimensions.map(|&l| self.trips(l)).collect();
        factors.push(bytes.to_string());
        Some(factors.join("·"))
    }

    /// What the snapshots of a loop take: all states, or as many as there is room for beside the tape of a step.
    fn snapshots_of(&self, id: Loop) -> String {
        let fusion = &self.plan.fusions[&id];
        let mut parts = vec![(SNAPSHOT_HEAD + self.plan.entry_bytes(id)).to_string()];
        parts.extend(
            fusion
                .again
                .iter()
                .flat_map(|states| states.values())
                .map(extent_text),
        );
        let regions = fusion.checkpoint.iter().flat_map(|c| &c.regions);
        parts.extend(regions.map(|region| {
            let text = |count| count_text(self.body, count);
            format!(
                "{} - {} at {}",
                text(&region.high),
                text(&region.low),
                region.base
            )
        }));
        let room = fusion.checkpoint.as_ref().map_or(0, |c| c.room);
        format!("min({room}, {}·({}))", self.trips(id), parts.join(" + "))
    }

    /// What the memory takes that is saved before each iteration of a loop.
    fn states_of(&self, id: Loop) -> Vec<String> {
        let states = self.plan.fusions.get(&id).and_then(|f| f.again.as_ref());
        let nest = self.plan.shape.nest(Some(id));
        let extents = states.into_iter().flat_map(|states| states.values());
        extents
            .map(|extent| {
                let mut factors: Vec<String> = nest.iter().map(|&l| self.trips(l)).collect();
                factors.push(extent_text(extent));
                factors.join("·")
            })
            .collect()
    }

    fn storage(&self, id: Loop) -> Option<&Storage> {
        self.plan.loops[id].as_ref()?.storage.as_ref()
    }

    /// True when the slots of `id` repeat in `outer`.
    fn is_flat(&self, id: Loop, outer: Loop) -> bool {
        matches!(self.storage(id), Some(Storage::Arrays { flat, .. }) if flat.contains(&outer))
    }

    fn count(&self, id: Loop) -> Option<&Count> {
        self.plan.loops[id].as_ref()?.count.as_ref()
    }

    /// The number of iterations: one more than how often the back edge is taken.
    fn trips(&self, id: Loop) -> String {
        match self.count(id) {
            Some(count) => format!("({})", iterations(self.body, count)),
            None => format!("[{id}]"),
        }
    }

    pub(super) fn loops(&mut self) {
        for (id, data) in self.plan.shape.loops.iter() {
            let terminator = self.body.terminator(data.latches[0]);
            let place = format!(
                "{id} at {}{}",
                data.header,
                line_text(self.body, terminator)
            );
            if !self.plan.reversal.is_live(id) {
                self.line(
                    1,
                    &format!("{place}: stepped over, it carries no derivative"),
                );
                continue;
            }
            let count = match self.count(id) {
                Some(_) => format!("{} iterations, known on entry", self.trips(id)),
                None => "counted while it runs".to_owned(),
            };
            let storage = self.storage_text(id);
            let skip = match self.plan.skips.get(&id) {
                Some(values) => {
                    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                    format!(
                        "; not undone where the adjoint of {} is zero",
                        values.join(", ")
                    )
                }
                None => String::new(),
            };
            self.line(1, &format!("{place}: {count}; {storage}{skip}"));
            self.slots(Some(id));
        }
    }

    fn storage_text(&self, id: Loop) -> String {
        let again = self.plan.reversal.runs_again(id);
        if self.plan.reversal.is_fused(id) && !again {
            return "fused: an iteration runs in the reverse pass, before it is undone".to_owned();
        }
        let stored = self.stored_text(id);
        if again {
            if self.plan.reversal.is_checkpointed(id) {
                return format!("runs again in the reverse pass, from {stored}");
            }
            return format!("runs again in the reverse pass, from what is saved; {stored}");
        }
        stored
    }

    fn stored_text(&self, id: Loop) -> String {
        match self.storage(id) {
            None => "nothing stored".to_owned(),
            Some(Storage::Records) => "one record an iteration".to_owned(),
            Some(Storage::Snapshots) => "snapshots of some states".to_owned(),
            Some(Storage::Arrays {
                outermost,
                guards,
                flat,
            }) => {
                let mut text = format!("arrays made before {outermost}");
                for (index, (value, truth)) in guards.iter().enumerate() {
                    let word = if index == 0 { " if" } else { " and" };
                    let _ = write!(text, "{word} {value} is {truth}");
                }
                for outer in flat {
                    let _ = write!(text, ", the same in each iteration of {outer}");
                }
                text
            }
        }
    }
}
