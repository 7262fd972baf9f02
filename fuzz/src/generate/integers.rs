//! Integer expressions of known range, and conditions.

use super::{Generator, Integer, hole, statement};
use crate::tree::{Kind, Node};

impl Generator<'_> {
    pub(super) fn integer(&mut self) -> Node {
        if !self.scope.tables.is_empty() && self.choices.percent(35) {
            return self.table_entry();
        }
        if !self.scope.structs.is_empty() && self.choices.percent(10) {
            let s = self.choices.one(&self.scope.structs.clone()).clone();
            return Node::text(Kind::Int, format!("{s}.k"));
        }
        if !self.scope.nodes.is_empty() && self.choices.percent(15) {
            let p = self.choices.one(&self.scope.nodes.clone()).clone();
            return Node::text(Kind::Int, format!("{p}->k"));
        }
        if self.scope.integers.is_empty() {
            return Node::text(Kind::Int, self.choices.below(4).to_string());
        }
        let v = self.choices.one(&self.scope.integers.clone()).name.clone();
        let k = self.choices.below(5);
        let text = match self.choices.below(4) {
            0 => v,
            1 => format!("{v} + {k}"),
            2 => format!("{v} * 3 + {k}"),
            _ => {
                let w = self.choices.one(&self.scope.integers.clone()).name.clone();
                format!("{v} + 2 * {w}")
            }
        };
        Node::text(Kind::Int, text)
    }

    /// An integer from memory.
    fn table_entry(&mut self) -> Node {
        let (name, len) = self.choices.one(&self.scope.tables.clone()).clone();
        // An index made of table entries would nest without end.
        let tables = std::mem::take(&mut self.scope.tables);
        let index = self.index(len);
        self.scope.tables = tables;
        Node::form(Kind::Int, &format!("{name}[$]"), vec![hole(index)])
    }

    /// Makes, reads or changes integers in memory that later decide where to go and what to access.
    pub(super) fn table(&mut self) -> Node {
        self.use_rule("integers in memory");
        if self.scope.tables.is_empty() || self.choices.percent(30) {
            let (name, i) = (self.name("c"), self.name("i"));
            let len = 3 + self.choices.below(4);
            let (k, c) = (1 + self.choices.below(5), self.choices.below(8));
            self.scope.tables.push((name.clone(), len));
            return statement(
                &format!(
                    "int {name}[{len}]; for (int {i} = 0; {i} < {len}; {i}++) {name}[{i}] = ({i} * {k} + {c}) % 8;"
                ),
                vec![],
            );
        }
        let (name, len) = self.choices.one(&self.scope.tables.clone()).clone();
        let index = self.index(len);
        match self.choices.below(3) {
            0 => {
                let entry = self.table_entry();
                let j = self.name("j");
                self.scope.integers.push(Integer {
                    name: j.clone(),
                    low: 0,
                    high: 7,
                });
                statement(&format!("int {j} = $;"), vec![hole(entry)])
            }
            1 => {
                let value = self.integer();
                let text = format!("{name}[$] = (int)((unsigned)($) % 8u);");
                statement(&text, vec![hole(index), hole(value)])
            }
            _ => {
                let cond = self.cond(1);
                let text = format!("{name}[$] = ($) ? 3 : 1;");
                statement(&text, vec![hole(index), hole(cond)])
            }
        }
    }

    /// An integer expression in `0..len`.
    pub(super) fn index(&mut self, len: usize) -> Node {
        let inside: Vec<Integer> = self
            .scope
            .integers
            .iter()
            .filter(|v| v.low >= 0 && v.high < len as i64)
            .cloned()
            .collect();
        if !inside.is_empty() && self.choices.percent(60) {
            return Node::text(Kind::Int, self.choices.one(&inside).name.clone());
        }
        let none = self.scope.integers.is_empty() && self.scope.tables.is_empty();
        if none || self.choices.percent(50) {
            return Node::text(Kind::Int, self.choices.below(len).to_string());
        }
        let value = self.integer();
        Node::form(
            Kind::Int,
            &format!("(int)((unsigned)($) % {len}u)"),
            vec![hole(value)],
        )
    }

    pub(super) fn cond(&mut self, depth: usize) -> Node {
        let integers = usize::from(!self.scope.integers.is_empty());
        match self.choices.weighted(&[6, 4 * integers, 2 * depth.min(1)]) {
            0 if self.choices.percent(6) => {
                let value = self.real(1);
                let form =
                    *self
                        .choices
                        .one(&["isfinite($)", "signbit($)", "VALUE((REAL)($)) > 0.25"]);
                Node::form(Kind::Cond, form, vec![hole(value)])
            }
            0 => {
                let (l, r) = (self.real(1), self.real(1));
                let form = *self.choices.one(&["$ < $", "$ > $", "$ <= $", "$ >= $"]);
                Node::form(Kind::Cond, form, vec![hole(l), hole(r)])
            }
            1 => {
                let value = self.integer();
                let k = self.choices.below(3);
                let form = match self.choices.below(3) {
                    0 => format!("($) % 2 == {}", k % 2),
                    1 => format!("($) % 3 != {k}"),
                    _ => format!("$ > {}", k + 1),
                };
                Node::form(Kind::Cond, &form, vec![hole(value)])
            }
            _ => {
                let (l, r) = (self.cond(depth - 1), self.cond(depth - 1));
                let form = *self
                    .choices
                    .one(&["($) && ($)", "($) || ($)", "!($) || ($)"]);
                Node::form(Kind::Cond, form, vec![hole(l), hole(r)])
            }
        }
    }
}
