//! What a run exercised: plan decisions by opcode, and how control flow was undone.
//!
//! Read off the printed plans (`-ribozyme-print-plan`), so it counts what the compiler really did:
//!
//! ```text
//!   recomputed:
//!     v12 = trunc i32 v2              recomputed × trunc
//!   merges:
//!     block5 from block0: by slot0    merges × slot
//! ```

use std::collections::BTreeMap;

/// Counts by decision and by what it was about.
#[derive(Default)]
pub(crate) struct Coverage(BTreeMap<(String, String), usize>);

impl Coverage {
    /// Adds the plans in a compiler's standard error.
    pub(crate) fn add(&mut self, text: &str) {
        let mut decision = None;
        for line in text.lines() {
            let trimmed = line.trim_start();
            let indent = line.len() - trimmed.len();
            match indent {
                2 => {
                    let (head, rest) = trimmed.split_once(':').unwrap_or((trimmed, ""));
                    let head = head.split_once(" at ").map_or(head, |(head, _)| head);
                    decision = Some(unnumbered(head));
                    if head.starts_with("loop") {
                        let known = rest.split(';').next().unwrap_or_default();
                        self.count("loop", known.rsplit(',').next().unwrap_or_default().trim());
                    }
                }
                4 => {
                    if let Some(decision) = &decision {
                        self.count(&decision.clone(), &subject(decision, trimmed));
                    }
                }
                0 => decision = None,
                _ => {}
            }
        }
    }

    fn count(&mut self, decision: &str, subject: &str) {
        let key = (decision.to_owned(), unnumbered(subject));
        *self.0.entry(key).or_default() += 1;
    }

    /// Adds what another worker saw.
    pub(crate) fn merge(&mut self, other: Coverage) {
        for (key, count) in other.0 {
            *self.0.entry(key).or_default() += count;
        }
    }

    /// One line a decision.
    pub(crate) fn print(&self) {
        let mut last = "";
        for ((decision, subject), count) in &self.0 {
            if decision != last {
                println!("{decision}");
                last = decision;
            }
            println!("  {count:>8}  {subject}");
        }
    }
}

/// What a line under a decision is about: an opcode, a callee's treatment, a way to decide.
fn subject(decision: &str, line: &str) -> String {
    if matches!(decision, "merges" | "calls") {
        let how = line.rsplit(": ").next().unwrap_or(line);
        return how.split(['(', ',']).next().unwrap_or(how).to_owned();
    }
    let made = line.split_once(" = ").map_or(line, |(_, made)| made);
    let end = made.find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'));
    made[..end.unwrap_or(made.len())].to_owned()
}

/// The text without the numbers of values, slots and blocks.
fn unnumbered(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_ascii_digit());
    kept.collect::<String>().trim().to_owned()
}
