//! What a block made is used where the block ends: a value that nobody reads tests nothing.

use super::{Generator, Scope, hole, real, statement};
use crate::tree::{Kind, Node};

/// The most things of one block that are used at its end.
const MOST: usize = 3;

impl Generator<'_> {
    /// Statements that add what came into scope since `before` to a variable of `before`.
    pub(super) fn uses_of_new(&mut self, before: &Scope) -> Vec<Node> {
        let targets = before.reals.clone();
        if targets.is_empty() || !self.choices.percent(70) {
            return vec![];
        }
        self.use_rule("use at the end of a block");
        let target = self.choices.one(&targets).clone();
        let terms = self.new_terms(before);
        let add = |term: Node| statement(&format!("{target} += 0.125 * sin($);"), vec![hole(term)]);
        terms.into_iter().map(add).collect()
    }

    /// A value with what came into scope since `before`, for a `return`.
    pub(super) fn result(&mut self, before: &Scope) -> Node {
        let mut value = self.real(3);
        for term in self.new_terms(before) {
            value = Node::form(Kind::Real, "($ + 0.25 * $)", vec![hole(value), hole(term)]);
        }
        value
    }

    fn new_terms(&mut self, before: &Scope) -> Vec<Node> {
        let now = self.scope.clone();
        let mut terms: Vec<String> = Vec::new();
        for a in now.arrays.iter().skip(before.arrays.len()) {
            let last = a.len - 1;
            terms.push(format!("({0}[0] - 0.5 * {0}[{last}])", a.name));
        }
        let new = |now: &[String], before: &[String]| now[before.len().min(now.len())..].to_vec();
        for s in new(&now.structs, &before.structs) {
            terms.push(format!("({s}.u + {s}.v[0] * {s}.v[2])"));
        }
        for p in new(&now.nodes, &before.nodes) {
            terms.push(format!("({p}->v - {p}->w[1])"));
        }
        for o in now.boxes.iter().skip(before.boxes.len()) {
            let o = &o.name;
            terms.push(format!("({o}.one.u + {o}.some[1].v[2] * {o}.p[3])"));
        }
        for e in new(&now.parts, &before.parts) {
            terms.push(format!(
                "({e}.tag == 'i' ? {e}.as.in.w : {e}.as.r * {e}.scale)"
            ));
        }
        for t in new(&now.reals, &before.reals) {
            terms.push(t);
        }
        while terms.len() > MOST {
            let at = self.choices.below(terms.len());
            terms.swap_remove(at);
        }
        terms.into_iter().map(real).collect()
    }
}
