//! Expressions over numbers.

use super::{Array, BUDGET, Generator, Helper, Shape, hole, real};
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
        match self
            .choices
            .weighted(&[22, 10, 2 * usize::from(self.on(2)), 3 * calls, 2 * calls])
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
            _ => self.call_pointer(depth),
        }
    }

    pub(super) fn call(&mut self, depth: usize) -> Node {
        let helper = self.choices.one(&self.helpers.clone()).clone();
        if self.cost + helper.cost * self.times > BUDGET {
            return self.leaf();
        }
        let arrays: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| a.writable && !a.single && a.len >= 4)
            .cloned()
            .collect();
        let node = match helper.shape {
            Shape::Scalar => {
                let (l, r) = (self.real(depth - 1), self.real(depth - 1));
                Node::form(
                    Kind::Real,
                    &format!("{}($, $)", helper.name),
                    vec![hole(l), hole(r)],
                )
            }
            // A callee that writes must not share an expression with a read of the same array.
            Shape::Array | Shape::Recursive => return self.call_array(&helper, &arrays),
            Shape::Record if !self.scope.structs.is_empty() => {
                let s = self.choices.one(&self.scope.structs.clone()).clone();
                let value = self.real(depth - 1);
                Node::form(
                    Kind::Real,
                    &format!("{}(&{s}, $)", helper.name),
                    vec![hole(value)],
                )
            }
            Shape::Chain if !self.scope.nodes.is_empty() => {
                let p = self.choices.one(&self.scope.nodes.clone()).clone();
                let value = self.real(depth - 1);
                let most = 1 + self.choices.below(4);
                let text = format!("{}({p}, $, {most})", helper.name);
                Node::form(Kind::Real, &text, vec![hole(value)])
            }
            Shape::Taking => return self.call_pointer(depth),
            Shape::Copy
            | Shape::Struct
            | Shape::Record
            | Shape::Chain
            | Shape::View
            | Shape::Method
            | Shape::Driver
            | Shape::Maker
            | Shape::Out
            | Shape::Block
            | Shape::Which
            | Shape::Cursor
            | Shape::Apart => return self.leaf(),
        };
        self.cost += helper.cost * self.times;
        self.use_rule("call");
        node
    }

    pub(super) fn call_array(&mut self, helper: &Helper, arrays: &[Array]) -> Node {
        if arrays.is_empty() {
            return self.leaf();
        }
        self.cost += helper.cost * self.times;
        self.use_rule("call with memory");
        let array = self.choices.one(arrays).clone();
        let at = self.choices.below(array.len - 3);
        let value = if self.scope.reals.is_empty() {
            real("0.5")
        } else {
            real(self.choices.one(&self.scope.reals.clone()).clone())
        };
        let count = 1 + self.choices.below(4);
        let text = match helper.shape {
            Shape::Array => format!("{}({} + {at}, {count}, $)", helper.name, array.name),
            _ => format!("{}($, {} + {at}, {count})", helper.name, array.name),
        };
        Node::form(Kind::Real, &text, vec![hole(value)])
    }
}
