//! Calls of helpers, as expressions and as statements.

use super::{Array, BUDGET, Generator, Helper, Shape, hole, real, statement};
use crate::tree::{Kind, Node};

impl Generator<'_> {
    pub(super) fn of_shape(&self, shape: Shape) -> Vec<Helper> {
        let fits = |h: &&Helper| h.shape == shape;
        self.helpers.iter().filter(fits).cloned().collect()
    }

    /// Whether a few calls of this cost still fit; then they are counted.
    pub(super) fn affords(&mut self, cost: usize) -> bool {
        let more = 3 * cost * self.times;
        let fits = self.cost + more <= BUDGET;
        self.cost += if fits { more } else { 0 };
        fits
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
            Shape::Three => {
                let (l, r) = (self.real(depth - 1), self.real(depth - 1));
                let at = self.choices.below(3);
                let text = format!("{}($, $).v[{at}]", helper.name);
                Node::form(Kind::Real, &text, vec![hole(l), hole(r)])
            }
            _ => return self.leaf(),
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

    /// A helper is called as a statement.
    pub(super) fn effect(&mut self) -> Node {
        let helper = self.choices.one(&self.helpers.clone()).clone();
        if self.cost + helper.cost * self.times > BUDGET {
            return self.assign();
        }
        let writable: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| a.writable && !a.single && a.len >= 3)
            .cloned()
            .collect();
        let readable: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| !a.single && a.len >= 3)
            .cloned()
            .collect();
        match helper.shape {
            Shape::Copy if !writable.is_empty() => {
                self.cost += helper.cost * self.times;
                self.use_rule("call for effect");
                let (p, q) = (
                    self.choices.one(&readable).clone(),
                    self.choices.one(&writable).clone(),
                );
                let (i, j) = (self.choices.below(p.len - 2), self.choices.below(q.len - 2));
                statement(
                    &format!("{}({} + {i}, {} + {j});", helper.name, p.name, q.name),
                    vec![],
                )
            }
            Shape::Struct if !self.scope.structs.is_empty() => {
                self.cost += helper.cost * self.times;
                self.use_rule("call struct");
                let s = self.choices.one(&self.scope.structs.clone()).clone();
                let given = self.name("t");
                let value = self.real(2);
                statement(
                    // What the argument calls may change the struct.
                    &format!(
                        "{{ REAL {given} = $; {s} = {}({s}, {given}); }}",
                        helper.name
                    ),
                    vec![hole(value)],
                )
            }
            Shape::View => self.call_view(&helper).unwrap_or_else(|| self.declare()),
            Shape::Method | Shape::Driver | Shape::Maker => self.boxes(),
            Shape::Out => self.call_out(&helper),
            Shape::Block | Shape::Which | Shape::Cursor | Shape::Apart => {
                self.call_storage(&helper)
            }
            Shape::Carried | Shape::Growing | Shape::Variadic => self
                .call_recursion(helper.shape)
                .unwrap_or_else(|| self.declare()),
            Shape::Part => self.letters(3),
            Shape::Lanes | Shape::Turn | Shape::Three => self.lanes(),
            _ => self.declare(),
        }
    }
}
