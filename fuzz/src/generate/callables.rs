//! Function pointers: in variables, arrays, records and constant tables, and given to helpers.

use super::{BUDGET, Generator, Helper, Shape, hole, statement};
use crate::tree::{Kind, Node, Piece};

/// An expression of type `REAL (*)(REAL, REAL)`, with the most that a call of it may cost.
#[derive(Clone)]
pub(super) struct Callable {
    pub(super) text: String,
    pub(super) cost: usize,
}

impl Generator<'_> {
    /// Helpers that a pointer `REAL (*)(REAL, REAL)` may point to.
    fn targets(&self, most: usize) -> Vec<Helper> {
        let fits = |h: &&Helper| h.shape == Shape::Scalar && h.cost <= most;
        self.helpers.iter().filter(fits).cloned().collect()
    }

    /// Names and the greatest cost of `count` functions.
    fn some_targets(&mut self, count: usize) -> (Vec<String>, usize) {
        let all = self.targets(usize::MAX);
        let chosen: Vec<Helper> = (0..count).map(|_| self.choices.one(&all).clone()).collect();
        let cost = chosen.iter().map(|h| h.cost).max().unwrap_or(0);
        (chosen.into_iter().map(|h| h.name).collect(), cost)
    }

    /// A variable that holds the address of a function.
    pub(super) fn function_pointer(&mut self) -> Node {
        if self.targets(usize::MAX).is_empty() {
            return self.declare();
        }
        let name = self.name("f");
        let (targets, cost) = self.some_targets(2);
        let [one, other] = [&targets[0], &targets[1]];
        let add = |g: &mut Self, text: String| g.scope.callables.push(Callable { text, cost });
        match self.choices.below(3) {
            0 => {
                self.use_rule("function pointer");
                let cond = self.cond(1);
                add(self, name.clone());
                let text = format!("REAL (*{name})(REAL, REAL) = ($) ? {one} : {other};");
                statement(&text, vec![hole(cond)])
            }
            1 => {
                self.use_rule("array of function pointers");
                let index = self.index(2);
                let write = format!("{name}[$] = {one};");
                add(self, format!("{name}[0]"));
                add(self, format!("{name}[1]"));
                let text = format!("REAL (*{name}[2])(REAL, REAL) = {{{one}, {other}}}; {write}");
                statement(&text, vec![hole(index)])
            }
            _ => {
                self.use_rule("function pointer in a record");
                let (cond, value) = (self.cond(1), self.real(1));
                add(self, format!("{name}.f"));
                self.scope.reals.push(format!("{name}.v"));
                let text = format!("struct op {name} = {{{one}, $}}; if ($) {name}.f = {other};");
                statement(&text, vec![hole(value), hole(cond)])
            }
        }
    }

    /// A constant table outside of functions.
    pub(super) fn function_table(&mut self) -> Option<Node> {
        if self.targets(usize::MAX).len() < 2 {
            return None;
        }
        self.use_rule("constant table of functions");
        let name = self.name("@_c");
        let (targets, cost) = self.some_targets(3);
        self.tables.push((
            Callable {
                text: name.clone(),
                cost,
            },
            3,
        ));
        let list = targets.join(", ");
        Some(statement(
            &format!("static REAL (*const {name}[3])(REAL, REAL) = {{{list}}};"),
            vec![],
        ))
    }

    /// `REAL h(REAL (*g)(REAL, REAL), REAL s, REAL t)`
    pub(super) fn taking_function(&mut self, inline: &str, name: &str, count: usize) -> Node {
        let cost = self.targets(usize::MAX).iter().map(|h| h.cost).max();
        self.taken = cost.unwrap_or(0);
        self.scope.reals = vec!["s".into(), "t".into()];
        let g = Callable {
            text: "g".into(),
            cost: self.taken,
        };
        self.scope.callables = vec![g];
        let body = self.body(count, 1);
        statement(
            &format!("{inline} REAL {name}(REAL (*g)(REAL, REAL), REAL s, REAL t) $"),
            vec![Piece::Body(body)],
        )
    }

    /// A call through a pointer, or of a helper that is given one.
    pub(super) fn call_pointer(&mut self, depth: usize) -> Node {
        let mut all = self.scope.callables.clone();
        all.extend(self.targets(usize::MAX).into_iter().map(|h| Callable {
            text: h.name,
            cost: h.cost,
        }));
        let takers: Vec<Helper> = self
            .helpers
            .iter()
            .filter(|h| h.shape == Shape::Taking)
            .cloned()
            .collect();
        let tables = self.tables.clone();
        let weights = [
            3 * self.scope.callables.len(),
            3 * tables.len(),
            3 * takers.len() * all.len(),
        ];
        if weights.iter().all(|w| *w == 0) {
            return self.leaf();
        }
        let (callee, cost, index) = match self.choices.weighted(&weights) {
            0 => {
                let c = self.choices.one(&self.scope.callables.clone()).clone();
                (format!("{}($, $)", c.text), c.cost, None)
            }
            1 => {
                let (c, len) = self.choices.one(&tables).clone();
                let index = self.index(len);
                (format!("{}[$]($, $)", c.text), c.cost, Some(index))
            }
            _ => {
                let taker = self.choices.one(&takers).clone();
                let given: Vec<Callable> =
                    all.into_iter().filter(|c| c.cost <= taker.takes).collect();
                if given.is_empty() {
                    return self.leaf();
                }
                let c = self.choices.one(&given).clone();
                (
                    format!("{}({}, $, $)", taker.name, c.text),
                    taker.cost,
                    None,
                )
            }
        };
        if self.cost + cost * self.times > BUDGET {
            return self.leaf();
        }
        self.cost += cost * self.times;
        self.use_rule("call through a pointer");
        let (l, r) = (self.real(depth - 1), self.real(depth - 1));
        let holes = index.into_iter().chain([l, r]).map(hole).collect();
        Node::form(Kind::Real, &callee, holes)
    }
}
