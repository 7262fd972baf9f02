//! Functions: the entry point and the shapes of helpers.

use super::{ARRAY, Array, Generator, Helper, Integer, Scope, Shape, hole, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn entry(&mut self, b_active: bool) -> Node {
        self.scope = Scope {
            reals: vec!["x".into(), "y".into()],
            integers: vec![Integer {
                name: "n".into(),
                low: 2,
                high: 6,
            }],
            ..Scope::default()
        };
        if self.on(3) {
            let array = |name: &str, writable| Array {
                name: name.into(),
                len: ARRAY,
                writable,
                single: false,
                object: Some(name.into()),
            };
            self.scope.arrays = vec![array("a", true), array("b", b_active)];
        } else {
            self.scope.fixed = vec!["a[0]".into(), "a[3]".into(), "b[1]".into()];
        }
        self.start();
        let statements = 3 + self.choices.below(8);
        let body = self.body(statements, 0);
        let constant = if b_active { "" } else { "const " };
        statement(
            &format!("REAL @_f(REAL x, REAL y, REAL *a, {constant}REAL *b, int n) $"),
            vec![Piece::Body(body)],
        )
    }

    pub(super) fn start(&mut self) {
        (self.times, self.cost, self.loops, self.returns) = (1, 0, 0, true);
    }

    /// A body that ends by returning a value.
    pub(super) fn body(&mut self, statements: usize, depth: usize) -> Vec<Node> {
        let mut list = self.statements(statements, depth);
        let result = self.real(3);
        list.push(statement("return $;", vec![hole(result)]));
        list
    }

    pub(super) fn helper(&mut self) -> Node {
        let shape = match self.choices.weighted(&[7, 3, 3, 2, 3, 2, 2, 3, 3]) {
            0 => Shape::Scalar,
            1 if self.on(3) => Shape::Array,
            2 if self.on(3) => Shape::Copy,
            3 if self.on(3) => Shape::Struct,
            4 => Shape::Recursive,
            5 if self.on(3) => Shape::Record,
            6 if self.on(3) => Shape::Chain,
            7 => Shape::Taking,
            8 if self.on(3) => Shape::View,
            _ => Shape::Scalar,
        };
        let name = self.name("@_h");
        let inline = *self.choices.one(&[
            "NOINLINE static",
            "static",
            "NOINLINE static",
            "static inline",
        ]);
        let count = 1 + self.choices.below(4);
        self.scope = Scope::default();
        self.start();
        let array = |name: &str, len, writable| Array {
            name: name.into(),
            len,
            writable,
            single: false,
            object: None,
        };
        let node = match shape {
            Shape::Scalar => {
                self.scope.reals = vec!["s".into(), "t".into()];
                let body = self.body(count, 1);
                statement(
                    &format!("{inline} REAL {name}(REAL s, REAL t) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Array => {
                self.scope.reals = vec!["s".into()];
                self.scope.arrays = vec![array("p", 4, true)];
                self.scope.integers = vec![Integer {
                    name: "m".into(),
                    low: 1,
                    high: 4,
                }];
                let body = self.body(count, 1);
                statement(
                    &format!("{inline} REAL {name}(REAL *p, int m, REAL s) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Copy => {
                self.scope.arrays = vec![array("p", 3, false), array("q", 3, true)];
                self.returns = false;
                let body = self.statements(count + 1, 1);
                statement(
                    &format!("{inline} void {name}(const REAL *p, REAL *q) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Struct => {
                self.scope.reals = vec!["t".into()];
                self.scope.structs = vec!["s".into()];
                self.returns = false;
                let mut body = self.statements(count, 1);
                body.push(statement("return s;", vec![]));
                statement(
                    &format!("{inline} struct pair {name}(struct pair s, REAL t) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Recursive => self.recursive(&name, count),
            Shape::Record => {
                self.scope.reals = vec!["t".into()];
                self.scope.structs = vec!["(*s)".into()];
                let body = self.body(count, 1);
                statement(
                    &format!("{inline} REAL {name}(struct pair *s, REAL t) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Chain => self.chain(&name, count),
            Shape::Taking => self.taking_function(inline, &name, count),
            Shape::View => self.view_function(inline, &name, count),
        };
        let cost = self.cost + 10;
        self.use_rule(match shape {
            Shape::Scalar => "helper scalar",
            Shape::Array => "helper array",
            Shape::Copy => "helper copy",
            Shape::Struct => "helper struct by value",
            Shape::Recursive => "helper recursive",
            Shape::Record => "helper struct by pointer",
            Shape::Chain => "helper chain",
            Shape::Taking => "helper that is given a function",
            Shape::View => "helper with arrays behind a record",
        });
        let takes = self.taken;
        self.helpers.push(Helper {
            name,
            shape,
            cost,
            takes,
        });
        node
    }

    /// `if (d <= 0) return …; statements; REAL r = h(…, d - 1); statements; return …;`
    pub(super) fn recursive(&mut self, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["s".into()];
        self.scope.arrays = vec![Array {
            name: "p".into(),
            len: 4,
            writable: self.on(3),
            single: false,
            object: None,
        }];
        self.scope.integers = vec![Integer {
            name: "d".into(),
            low: 0,
            high: 4,
        }];
        let base = self.real(2);
        let mut list = vec![statement("if (d <= 0) return $;", vec![hole(base)])];
        list.extend(self.statements(count, 1));
        let twice = self.choices.percent(25);
        for k in 0..=usize::from(twice) {
            let argument = self.real(2);
            let result = format!("r{k}");
            let step = if twice { "2" } else { "1" };
            list.push(statement(
                &format!("REAL {result} = {name}($, p, d - {step});"),
                vec![hole(argument)],
            ));
            self.scope.reals.push(result);
        }
        let more = self.choices.below(3);
        list.extend(self.statements(more, 1));
        let result = self.real(2);
        list.push(statement("return $;", vec![hole(result)]));
        self.cost *= 8;
        statement(
            &format!("NOINLINE static REAL {name}(REAL s, REAL *p, int d) $"),
            vec![Piece::Body(list)],
        )
    }

    /// `if (!p || d <= 0) return …; statements; REAL r = h(p->next, …, d - 1); return …;`
    pub(super) fn chain(&mut self, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["t".into()];
        let end = self.real(2);
        self.scope.nodes = vec!["p".into()];
        let mut list = vec![statement("if (!p || d <= 0) return $;", vec![hole(end)])];
        list.extend(self.statements(count, 1));
        let argument = self.real(2);
        let call = format!("REAL r0 = {name}(p->next, $, d - 1);");
        list.push(statement(&call, vec![hole(argument)]));
        self.scope.reals.push("r0".into());
        let result = self.real(2);
        list.push(statement("return $;", vec![hole(result)]));
        self.cost *= 4;
        statement(
            &format!("NOINLINE static REAL {name}(struct node *p, REAL t, int d) $"),
            vec![Piece::Body(list)],
        )
    }
}
