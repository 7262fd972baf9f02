//! Control flow: branches, switches, loops with and without a known length, jumps.

use super::{Generator, Integer, hole, statement};
use crate::tree::{Node, Piece};
use std::fmt::Write as _;

impl Generator<'_> {
    pub(super) fn branch(&mut self, depth: usize) -> Node {
        self.use_rule("if");
        let cond = self.cond(2);
        let count = 1 + self.choices.below(3);
        let then = self.block(count, depth + 1);
        if self.choices.percent(55) {
            let count = 1 + self.choices.below(3);
            let other = self.block(count, depth + 1);
            return statement(
                "if ($) $ else $",
                vec![hole(cond), Piece::Body(then), Piece::Body(other)],
            );
        }
        statement("if ($) $", vec![hole(cond), Piece::Body(then)])
    }

    pub(super) fn switch(&mut self, depth: usize) -> Node {
        self.use_rule("switch");
        let selector = self.integer();
        let arms = 2 + self.choices.below(3);
        let mut format = String::from("switch ((int)((unsigned)($) % 5u)) { ");
        let mut pieces = vec![hole(selector)];
        for k in 0..arms {
            let falls = self.choices.percent(25);
            let end = if falls { "" } else { " break;" };
            let _ = write!(format, "case {k}: ${end} ");
            pieces.push(Piece::Body(self.arm(depth)));
        }
        if self.choices.percent(60) {
            format.push_str("default: $ ");
            pieces.push(Piece::Body(self.arm(depth)));
        }
        format.push('}');
        statement(&format, pieces)
    }

    /// The arm of a switch: `break` would mean the switch, so no loop is left from here.
    pub(super) fn arm(&mut self, depth: usize) -> Vec<Node> {
        let loops = std::mem::take(&mut self.loops);
        let count = 1 + self.choices.below(2);
        let list = self.block(count, depth + 1);
        self.loops = loops;
        list
    }

    pub(super) fn loop_body(
        &mut self,
        trips: usize,
        depth: usize,
        counter: Option<Integer>,
    ) -> Vec<Node> {
        let saved = (self.scope.clone(), self.times);
        self.times *= trips;
        self.loops += 1;
        self.scope.integers.extend(counter);
        self.scope.level += 1;
        let before = self.scope.clone();
        let count = 1 + self.choices.below(4);
        let mut list = self.statements(count, depth + 1);
        list.extend(self.uses_of_new(&before));
        self.loops -= 1;
        (self.scope, self.times) = saved;
        list
    }

    pub(super) fn counted(&mut self, depth: usize) -> Node {
        self.use_rule("for");
        let i = self.name("i");
        let outer: Vec<Integer> = self
            .scope
            .integers
            .iter()
            .filter(|v| v.low >= 0 && v.high <= 8)
            .cloned()
            .collect();
        let (text, low, high) = match self.choices.weighted(&[4, 3, 3, 2, 2, 1]) {
            0 => {
                let k = 1 + self.choices.below(7) as i64;
                (format!("for (int {i} = 0; {i} < {k}; {i}++) $"), 0, k - 1)
            }
            1 if !outer.is_empty() => {
                let bound = self.choices.one(&outer).clone();
                (
                    format!("for (int {i} = 0; {i} < {}; {i}++) $", bound.name),
                    0,
                    (bound.high - 1).max(0),
                )
            }
            2 if !outer.is_empty() => {
                let bound = self.choices.one(&outer).clone();
                (
                    format!("for (int {i} = {}; {i} < 7; {i}++) $", bound.name),
                    bound.low,
                    6,
                )
            }
            3 => (format!("for (int {i} = 6; {i} >= 1; {i}--) $"), 1, 6),
            4 => (format!("for (int {i} = 1; {i} < 8; {i} += 3) $"), 1, 7),
            _ => (format!("for (int {i} = 1; {i} < 8; {i} *= 2) $"), 1, 4),
        };
        let trips = (high - low + 1).max(1) as usize;
        let body = self.loop_body(
            trips,
            depth,
            Some(Integer {
                name: i,
                low,
                high: high.max(low),
            }),
        );
        statement(&text, vec![Piece::Body(body)])
    }

    pub(super) fn unknown(&mut self, depth: usize) -> Node {
        self.use_rule("while");
        let fuel = self.name("k");
        let amount = 1 + self.choices.below(7) as i64;
        let cond = self.cond(1);
        let counter = Integer {
            name: fuel.clone(),
            low: -1,
            high: amount,
        };
        let body = self.loop_body(amount as usize, depth, Some(counter));
        let text = match self.choices.below(3) {
            0 => format!("for (int {fuel} = {amount}; {fuel} > 0 && ($); {fuel}--) $"),
            1 => format!("{{ int {fuel} = {amount}; while (($) && {fuel}-- > 0) $ }}"),
            _ => {
                let text =
                    format!("{{ int {fuel} = {amount}; do $ while (--{fuel} > 0 && ($)); }}");
                return statement(&text, vec![Piece::Body(body), hole(cond)]);
            }
        };
        statement(&text, vec![hole(cond), Piece::Body(body)])
    }

    pub(super) fn leave(&mut self) -> Node {
        self.use_rule("break or continue");
        let cond = self.cond(1);
        // In a do-while, `continue` reaches the condition, which burns fuel; so every loop still ends.
        let word = *self.choices.one(&["break", "continue", "break"]);
        statement(&format!("if ($) {word};"), vec![hole(cond)])
    }

    pub(super) fn early_return(&mut self) -> Node {
        self.use_rule("early return");
        let (cond, value) = (self.cond(1), self.real(2));
        let frees: Vec<&str> = self.frees.iter().rev().map(String::as_str).collect();
        let frees = frees.join(" ");
        if frees.trim().is_empty() {
            return statement("if ($) return $;", vec![hole(cond), hole(value)]);
        }
        self.use_rule("return that gives back");
        let r = self.name("r");
        let text = format!("if ($) {{ REAL {r} = $; {frees} return {r}; }}");
        statement(&text, vec![hole(cond), hole(value)])
    }

    /// What runs while a block is owned. A `return` in there must give it back first.
    pub(super) fn owning<T>(&mut self, free: &str, make: impl FnOnce(&mut Self) -> T) -> T {
        let returns = self.returns;
        self.returns &= self.choices.percent(60);
        self.frees.push(free.into());
        let made = make(self);
        self.frees.pop();
        self.returns = returns;
        made
    }

    /// A jump out of a block, or into the middle of a loop (which is irreducible).
    pub(super) fn goto(&mut self, depth: usize) -> Node {
        let label = self.name("l");
        let cond = self.cond(1);
        let saved = (self.times, std::mem::take(&mut self.loops));
        let node = if self.choices.percent(50) {
            self.use_rule("goto forward");
            let (one, two) = (self.block(1, depth + 1), self.block(2, depth + 1));
            statement(
                &format!("{{ $ if ($) goto {label}; $ }} {label}:;"),
                vec![Piece::Body(one), hole(cond), Piece::Body(two)],
            )
        } else {
            self.use_rule("goto irreducible");
            let fuel = self.name("k");
            self.times *= 4;
            let (one, two) = (self.block(1, depth + 1), self.block(1, depth + 1));
            statement(
                &format!(
                    "{{ int {fuel} = 0; if ($) goto {label}m; {label}: $ {label}m: $ if (++{fuel} < 4) goto {label}; }}"
                ),
                vec![hole(cond), Piece::Body(one), Piece::Body(two)],
            )
        };
        (self.times, self.loops) = saved;
        node
    }
}
