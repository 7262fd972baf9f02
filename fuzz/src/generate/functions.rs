//! Functions: the entry point and the shapes of helpers.

use super::{ARRAY, Array, Generator, Helper, Integer, Scope, Shape, hole, statement};
use crate::tree::{Node, Piece};

/// The shapes of helpers: how often, whether they need memory, and what they are called in the report.
const SHAPES: [(Shape, usize, bool, &str); 17] = [
    (Shape::Scalar, 7, false, "helper scalar"),
    (Shape::Array, 3, true, "helper array"),
    (Shape::Copy, 3, true, "helper copy"),
    (Shape::Struct, 2, true, "helper struct by value"),
    (Shape::Recursive, 3, false, "helper recursive"),
    (Shape::Record, 2, true, "helper struct by pointer"),
    (Shape::Chain, 2, true, "helper chain"),
    (Shape::Taking, 3, false, "helper that is given a function"),
    (Shape::View, 3, true, "helper with arrays behind a record"),
    (Shape::Method, 5, true, "helper with a context"),
    (
        Shape::Driver,
        2,
        true,
        "helper that calls back with a context",
    ),
    (
        Shape::Maker,
        2,
        true,
        "helper that returns a record with pointers",
    ),
    (Shape::Out, 2, false, "helper with results by pointer"),
    (Shape::Block, 2, true, "helper that returns a block"),
    (Shape::Which, 2, true, "helper that returns a pointer"),
    (Shape::Cursor, 2, true, "helper with a cursor"),
    (Shape::Apart, 2, true, "helper with memory apart"),
];

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
        self.jumps = false;
    }

    /// A body that ends by returning a value.
    pub(super) fn body(&mut self, statements: usize, depth: usize) -> Vec<Node> {
        let before = self.scope.clone();
        let mut list = self.statements(statements, depth);
        let result = self.result(&before);
        list.push(statement("return $;", vec![hole(result)]));
        list
    }

    pub(super) fn helper(&mut self) -> Node {
        let weights =
            SHAPES.map(|(_, weight, memory, _)| weight * usize::from(!memory || self.on(3)));
        let (shape, _, _, rule) = SHAPES[self.choices.weighted(&weights)];
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
        let node = self.of(shape, inline, &name, count);
        self.use_rule(rule);
        self.helpers.push(Helper {
            name,
            shape,
            cost: self.cost + 10,
            takes: self.taken,
        });
        node
    }

    fn of(&mut self, shape: Shape, inline: &str, name: &str, count: usize) -> Node {
        let head = match shape {
            Shape::Scalar => {
                self.scope.reals = vec!["s".into(), "t".into()];
                format!("REAL {name}(REAL s, REAL t)")
            }
            Shape::Array => {
                self.scope.reals = vec!["s".into()];
                self.scope.arrays = vec![Array::behind("p", 4)];
                self.scope.integers = vec![Integer {
                    name: "m".into(),
                    low: 1,
                    high: 4,
                }];
                format!("REAL {name}(REAL *p, int m, REAL s)")
            }
            Shape::Record => {
                self.scope.reals = vec!["t".into()];
                self.scope.structs = vec!["(*s)".into()];
                format!("REAL {name}(struct pair *s, REAL t)")
            }
            Shape::Copy => return self.copying(inline, name, count),
            Shape::Struct => return self.by_value(inline, name, count),
            Shape::Recursive => return self.recursive(name, count),
            Shape::Chain => return self.chain(name, count),
            Shape::Taking => return self.taking_function(inline, name, count),
            Shape::View => return self.view_function(inline, name, count),
            Shape::Method => return self.method(inline, name, count),
            Shape::Driver => return self.driver(inline, name, count),
            Shape::Maker => return self.maker(inline, name, count),
            Shape::Out => return self.out_function(inline, name, count),
            Shape::Block | Shape::Which | Shape::Cursor | Shape::Apart => {
                return self.storage_function(shape, inline, name, count);
            }
        };
        let body = self.body(count, 1);
        statement(&format!("{inline} {head} $"), vec![Piece::Body(body)])
    }

    fn copying(&mut self, inline: &str, name: &str, count: usize) -> Node {
        let read = Array {
            writable: false,
            ..Array::behind("p", 3)
        };
        self.scope.arrays = vec![read, Array::behind("q", 3)];
        self.returns = false;
        let body = self.statements(count + 1, 1);
        statement(
            &format!("{inline} void {name}(const REAL *p, REAL *q) $"),
            vec![Piece::Body(body)],
        )
    }

    fn by_value(&mut self, inline: &str, name: &str, count: usize) -> Node {
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

    /// `if (d <= 0) return …; statements; REAL r = h(…, d - 1); statements; return …;`
    pub(super) fn recursive(&mut self, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["s".into()];
        self.scope.arrays = vec![Array {
            writable: self.on(3),
            ..Array::behind("p", 4)
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
