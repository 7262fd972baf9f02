//! Expressions over numbers.

use super::{Generator, hole, real};
use crate::tree::{Kind, Node};

impl Generator<'_> {
    pub(super) fn leaf(&mut self) -> Node {
        let arrays = self.scope.arrays.len() * 3;
        let weights = [
            self.scope.reals.len() * 4,
            self.scope.fixed.len() * 3,
            arrays,
            2,
            self.scope.integers.len(),
            self.scope.singles.len() * 2,
            self.scope.structs.len() * 3,
            self.scope.nodes.len() * 3,
        ];
        match self.choices.weighted(&weights) {
            0 => {
                // What was declared last is the least used so far.
                let reals = self.scope.reals.clone();
                let recent = self.choices.percent(40);
                let from = if recent {
                    reals.len().saturating_sub(2)
                } else {
                    0
                };
                real(self.choices.one(&reals[from..]).clone())
            }
            1 => real(self.choices.one(&self.scope.fixed.clone()).clone()),
            2 => {
                let array = self.choices.one(&self.scope.arrays.clone()).clone();
                let index = self.index(array.len);
                Node::form(Kind::Real, &format!("{}[$]", array.name), vec![hole(index)])
            }
            4 => real(format!(
                "(REAL){}",
                self.choices.one(&self.scope.integers.clone()).name
            )),
            5 => real(self.choices.one(&self.scope.singles.clone()).clone()),
            6 => {
                let s = self.choices.one(&self.scope.structs.clone()).clone();
                real(format!(
                    "{s}.{}",
                    self.choices.one(&["u", "w", "v[0]", "v[1]", "v[2]", "u"])
                ))
            }
            7 => {
                let p = self.choices.one(&self.scope.nodes.clone()).clone();
                real(format!(
                    "{p}->{}",
                    self.choices.one(&["v", "w[0]", "w[1]", "v"])
                ))
            }
            _ => real(
                *self
                    .choices
                    .one(&["0.5", "1.25", "-0.75", "2.0", "0.1", "3.0"]),
            ),
        }
    }

    pub(super) fn real(&mut self, depth: usize) -> Node {
        if depth == 0 || self.choices.percent(15) {
            return self.leaf();
        }
        let calls = usize::from(self.on(5) && !self.helpers.is_empty());
        let branches = usize::from(self.on(2));
        match self
            .choices
            .weighted(&[22, 10, 2 * branches, 3 * calls, 2 * calls, 4])
        {
            0 => {
                let form = *self.choices.one(&[
                    "($ + $)",
                    "($ - $)",
                    "($ * $)",
                    "($ * $)",
                    "($ + $)",
                    "($ / (2.0 + cos($)))",
                    "(0.5 * $ + 0.25 * $)",
                    "fmin($, $)",
                    "fmax($, $)",
                    "hypot($, 1.0 + sin($) * 0.5)",
                    "atan2($, 2.5 + sin($))",
                    "pow(2.0 + sin($), cos($))",
                    "fma($, 0.5, $)",
                ]);
                let (l, r) = (self.real(depth - 1), self.real(depth - 1));
                Node::form(Kind::Real, form, vec![hole(l), hole(r)])
            }
            1 => {
                let form = *self.choices.one(
                    &[
                        "sin($)",
                        "cos($)",
                        "tanh($)",
                        "-($)",
                        "atan($)",
                        "exp(-fabs($))",
                        "exp(sin($))",
                        "sqrt(1.5 + sin($))",
                        "log(2.0 + cos($))",
                        "fabs($)",
                        "erf($)",
                        "cbrt(2.5 + sin($))",
                        "log1p(1.5 + sin($))",
                        "floor($)",
                        "(REAL)(REALF)($)",
                    ][..15 - usize::from(!self.narrow)],
                );
                self.single |= form.contains("REALF");
                let value = self.real(depth - 1);
                Node::form(Kind::Real, form, vec![hole(value)])
            }
            2 => {
                self.use_rule("select");
                let (c, l, r) = (self.cond(1), self.real(depth - 1), self.real(depth - 1));
                Node::form(
                    Kind::Real,
                    "(($) ? (REAL)($) : (REAL)($))",
                    vec![hole(c), hole(l), hole(r)],
                )
            }
            3 => self.call(depth),
            4 => self.call_pointer(depth),
            _ => self.library(depth),
        }
    }
}
