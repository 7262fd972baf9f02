//! The two halves of a gradient must mean the same derivative.
//!
//! A tape says nothing about itself: a reverse pass with other markers than its augmented forward would
//! take one value for another. Where a file asks for both halves of a function, each reverse pass must
//! therefore agree with some augmented forward. What another file does is not seen.

use crate::derive::Wish;
use crate::locate::user_name;
use crate::request::{Entry, Request};
use rz_diag::{Code, Diagnostic, Position};
use rz_llvm::Function;

/// One half.
struct Half {
    wish: Wish,
    /// The tape lies in the user's memory.
    allocated: bool,
    caller: Function,
    at: Option<Position>,
}

/// The halves that were asked for.
#[derive(Default)]
pub(crate) struct Pairs {
    augmented: Vec<Half>,
    reverse: Vec<Half>,
    tangent: Vec<Half>,
}

impl Pairs {
    /// Takes note of a request.
    pub(crate) fn note(
        &mut self,
        request: &Request,
        wish: &Wish,
        caller: Function,
        at: Option<Position>,
    ) {
        let list = match request.entry {
            Entry::AugmentForward => &mut self.augmented,
            Entry::Reverse => &mut self.reverse,
            Entry::ForwardSplit => &mut self.tangent,
            _ => return,
        };
        list.push(Half {
            wish: wish.clone(),
            allocated: request.tape.allocated.is_some(),
            caller,
            at,
        });
    }

    /// Every tangent whose tape no augmented forward of this file writes.
    fn unwritten_logs(&self) -> Vec<(Function, Box<Diagnostic>)> {
        let mut found = Vec::new();
        for half in &self.tangent {
            let writes = |other: &Half| {
                other.wish.primal == half.wish.primal && other.allocated == half.allocated
            };
            if self.augmented.iter().any(writes) {
                continue;
            }
            let name = user_name(half.wish.primal);
            let error = Diagnostic::error(
                Code::Tape,
                format!(
                    "no __enzyme_augmentfwd of `{name}` in this file writes the tape of this __enzyme_fwdsplit"
                ),
            );
            let error = error
                .note("an augmented forward keeps what a tangent reads only where it sees that one is asked for")
                .fix("request both in one file, with `enzyme_allocated` in both or in none, or use __enzyme_fwddiff");
            found.push((half.caller, error.at(half.at.clone())));
        }
        found
    }

    /// Every reverse pass that agrees with no augmented forward of its primal, and its refusal.
    pub(crate) fn disagreements(&self) -> Vec<(Function, Box<Diagnostic>)> {
        let mut found = self.unwritten_logs();
        for half in &self.reverse {
            let of_primal = |other: &&Half| other.wish.primal == half.wish.primal;
            let mut others = self.augmented.iter().filter(of_primal).peekable();
            if others.peek().is_none() {
                continue;
            }
            let mut same_tape = others
                .filter(|other| other.allocated == half.allocated)
                .peekable();
            let (why, fix) = if same_tape.peek().is_none() {
                (
                    "one of them keeps the tape in memory given by `enzyme_allocated`, the other does not",
                    "write `enzyme_allocated` and `enzyme_tape` in both halves or in none",
                )
            } else if same_tape.all(|other| other.wish != half.wish) {
                (
                    "their markers or widths differ, so the tape would be misread",
                    "pass the same arguments with the same markers to both halves",
                )
            } else {
                continue;
            };
            let name = user_name(half.wish.primal);
            let error = Diagnostic::error(
                Code::Tape,
                format!(
                    "this __enzyme_reverse of `{name}` does not go with any __enzyme_augmentfwd of `{name}`"
                ),
            );
            found.push((half.caller, error.note(why).fix(fix).at(half.at.clone())));
        }
        found
    }
}
