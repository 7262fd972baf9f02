//! Functions: the entry point and the shapes of helpers.

use super::{ARRAY, Array, Generator, Integer, Scope, hole, statement};
use crate::tree::{Node, Piece};

/// What a helper is given and returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `REAL h(REAL, REAL)`
    Scalar,
    /// `REAL h(REAL *p, int m, REAL s)`: four elements, m in 1..=4
    Array,
    /// `void h(const REAL *p, REAL *q)`: three elements each, which may be the same
    Copy,
    /// `struct pair h(struct pair s, REAL t)`
    Struct,
    /// `REAL h(REAL s, REAL *p, int d)`: recursive in d
    Recursive,
    /// `REAL h(struct pair *s, REAL t)`
    Record,
    /// `REAL h(struct node *p, REAL t, int d)`: follows a chain, at most d nodes
    Chain,
    /// `REAL h(REAL (*g)(REAL, REAL), REAL s, REAL t)`
    Taking,
    /// `REAL h(struct view *c, REAL s)`: four elements behind each pointer, `next` is not null
    View,
    /// `REAL h(void *v, REAL t)`: given the address of a box
    Method,
    /// `REAL h(REAL (*g)(void *, REAL), void *v, REAL t, int m)`: calls a method, m in 1..=4
    Driver,
    /// `struct box h(REAL *p, REAL t)`: four elements
    Maker,
    /// `REAL h(REAL t, REAL *out, int *k)`: k becomes 0 to 3
    Out,
    /// `REAL *h(REAL t, int m)`: a block of m + 3 elements, m in 1..=3
    Block,
    /// `REAL *h(REAL *p, REAL *q, REAL t)`: four elements each; points to three of one
    Which,
    /// `REAL h(REAL **c, REAL t)`: takes an element and moves on; another follows
    Cursor,
    /// `REAL h(const REAL *restrict p, REAL *restrict q, REAL t)`: three elements each
    Apart,
    /// `REAL h(REAL s, REAL t)` with a registered rule; called as a scalar one
    Ruled,
    /// `REAL h(REAL s, REAL *p, int d)` in a ring of two; called as a recursive one
    Mutual,
    /// `struct pair h(struct pair s, REAL t, int d)`: recursive in d
    Carried,
    /// `REAL h(REAL **p, int *n, REAL t, int d)`: recursive in d, the block of at least two elements grows
    Growing,
    /// `REAL h(int m, ...)`: m in 1..=4 times an integer from 0 to 3 and a number
    Variadic,
    /// `REAL h(struct part *e, REAL t)`
    Part,
    /// `REAL4 h(REAL4 q, REAL t)`
    Lanes,
    /// `COMPLEX h(COMPLEX z, REAL t)`
    Turn,
    /// `struct three h(REAL s, REAL t)`
    Three,
}

#[derive(Clone)]
pub(super) struct Helper {
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) cost: usize,
    /// The most that a function given to it may cost.
    pub(super) takes: usize,
}

/// The shapes of helpers: how often, whether they need memory, and what they are called in the report.
const SHAPES: [(Shape, usize, bool, &str); 26] = [
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
    (Shape::Ruled, 5, false, "helper with a rule"),
    (Shape::Mutual, 2, false, "helpers that call each other"),
    (Shape::Carried, 1, true, "helper recursive with records"),
    (
        Shape::Growing,
        2,
        true,
        "helper recursive that grows a block",
    ),
    (
        Shape::Variadic,
        2,
        false,
        "helper of any number of arguments",
    ),
    (Shape::Part, 2, true, "helper with a letter"),
    (Shape::Lanes, 1, true, "helper with a vector"),
    (Shape::Turn, 1, true, "helper with a complex number"),
    (
        Shape::Three,
        2,
        true,
        "helper that returns an array in a record",
    ),
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
        self.frees.clear();
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
        let called_as = match shape {
            Shape::Ruled => Shape::Scalar,
            Shape::Mutual => Shape::Recursive,
            _ => shape,
        };
        self.helpers.push(Helper {
            name,
            shape: called_as,
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
            Shape::Ruled => return self.ruled(name),
            Shape::Mutual => return self.mutual(name, count),
            Shape::Carried => return self.carried(name, count),
            Shape::Growing => return self.growing(name, count),
            Shape::Variadic => return self.variadic(inline, name, count),
            Shape::Part => return self.part_function(inline, name, count),
            Shape::Lanes | Shape::Turn | Shape::Three => {
                return self.value_function(shape, inline, name, count);
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
