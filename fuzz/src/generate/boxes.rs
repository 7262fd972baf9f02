//! Records in records, with pointers to arrays, to functions and to each other: what a callback is given as its
//! context, what is copied, swapped and returned by value.

use super::{Array, BUDGET, Generator, Integer, Shape, hole, statement};
use crate::tree::{Kind, Node, Piece};
use std::fmt::Write as _;

/// The number of elements behind the pointer of a box.
const ELEMENTS: usize = 4;

/// A box in scope.
#[derive(Clone)]
pub(super) struct Boxed {
    pub(super) name: String,
    /// The level of the block that it belongs to.
    level: usize,
}

impl Generator<'_> {
    /// What the fields of the box named `at` add to the scope.
    fn open_box(&mut self, at: &str) {
        let array = Array::behind(format!("{at}p"), ELEMENTS);
        self.scope.arrays.push(array);
        for part in ["one", "some[1]"] {
            self.scope.structs.push(format!("{at}{part}"));
        }
        let any = format!("{at}some[(int)((unsigned){at}n % 2u)]");
        self.scope.structs.push(any);
    }

    /// `REAL h(void *v, REAL t)`, given the address of a box.
    pub(super) fn method(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["t".into()];
        self.open_box("z->");
        let mut body = vec![statement("struct box *z = (struct box *)v;", vec![])];
        if self.choices.percent(40) {
            self.use_rule("method of the box above");
            let value = self.real(1);
            let text = "REAL r = z->up ? z->up->g(z->up, $) : t;";
            body.push(statement(text, vec![hole(value)]));
            self.scope.reals.push("r".into());
            self.cost += self.costs(Shape::Method) * 2;
        }
        body.extend(self.body(count, 1));
        statement(
            &format!("{inline} REAL {name}(void *v, REAL t) $"),
            vec![Piece::Body(body)],
        )
    }

    /// `REAL h(REAL (*g)(void *, REAL), void *v, REAL t, int m)`: m steps with a callback.
    pub(super) fn driver(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["t".into()];
        let counter = Integer {
            name: "i".into(),
            low: 0,
            high: 3,
        };
        self.taken = self.costs(Shape::Method);
        self.cost += 4 * self.taken;
        let mut list = vec![statement("REAL d = g(v, t);", vec![])];
        let saved = self.scope.clone();
        self.scope.reals.push("d".into());
        list.extend(self.loop_body(4, 1, Some(counter)));
        let step = *self.choices.one(&[
            "t += 0.25 * d;",
            "t += 0.25 * (d + g(v, t + 0.25 * d));",
            "t = t * 0.5 + d;",
        ]);
        list.push(statement(step, vec![]));
        self.scope = saved;
        let mut body = vec![statement(
            "for (int i = 0; i < m; i++) $",
            vec![Piece::Body(list)],
        )];
        body.extend(self.body(count.min(2), 1));
        statement(
            &format!("{inline} REAL {name}(REAL (*g)(void *, REAL), void *v, REAL t, int m) $"),
            vec![Piece::Body(body)],
        )
    }

    /// `struct box h(REAL *p, REAL t)`
    pub(super) fn maker(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["t".into()];
        self.scope.arrays = vec![Array::behind("p", ELEMENTS)];
        self.returns = false;
        let (one, two) = (self.real(2), self.real(2));
        let first = "struct box z = {0}; z.one.u = $; z.some[1].v[2] = $; z.p = p; z.n = 1;";
        let mut body = vec![statement(first, vec![hole(one), hole(two)])];
        self.open_box("z.");
        body.extend(self.statements(count, 1));
        body.push(statement("return z;", vec![]));
        statement(
            &format!("{inline} struct box {name}(REAL *p, REAL t) $"),
            vec![Piece::Body(body)],
        )
    }

    /// Whether there is a function that is given a box.
    pub(super) fn has_methods(&self) -> bool {
        !self.of_shape(Shape::Method).is_empty()
    }

    /// The most that a helper of a shape may cost.
    fn costs(&self, shape: Shape) -> usize {
        let all = self.of_shape(shape);
        all.iter().map(|h| h.cost).max().unwrap_or(0)
    }

    /// Makes a box, changes one, or gives one to a function.
    pub(super) fn boxes(&mut self) -> Node {
        let fits = |a: &&Array| a.writable && !a.single && a.len >= ELEMENTS;
        let arrays: Vec<Array> = self.scope.arrays.iter().filter(fits).cloned().collect();
        if arrays.is_empty() {
            return self.declare();
        }
        let array = self.choices.one(&arrays).clone();
        let at = self.choices.below(array.len - ELEMENTS + 1);
        let part = format!("{} + {at}", array.name);
        let all = self.scope.boxes.clone();
        if all.is_empty() || self.choices.percent(15) {
            return self.make_box(&part);
        }
        let (one, other) = (
            self.choices.one(&all).clone(),
            self.choices.one(&all).clone(),
        );
        // A pointer must not outlive the block of what it points to.
        let here = one.level == self.scope.level && other.level == self.scope.level;
        let (o, q) = (one.name, other.name);
        match self.choices.below(8) {
            0 => {
                self.use_rule("copy box");
                let name = self.name("o");
                self.add_box(&name);
                statement(&format!("struct box {name} = {o}; {name}.n = 1;"), vec![])
            }
            1 if here => {
                self.use_rule("swap pointers of boxes");
                let w = self.name("w");
                let text = format!("{{ REAL *{w} = {o}.p; {o}.p = {q}.p; {q}.p = {w}; }}");
                statement(&text, vec![])
            }
            2 => {
                self.use_rule("move parts of boxes");
                let text = *self.choices.one(&[
                    "o.one = q.some[1];",
                    "o.some[0] = q.one;",
                    "o.some[1].v[0] = q.p[2];",
                    "o.p[1] = q.some[0].u;",
                ]);
                let text = text
                    .replace("q.", &format!("{q}."))
                    .replace("o.", &format!("{o}."));
                statement(&text, vec![])
            }
            3 if here => {
                self.use_rule("pointer of a box");
                statement(&format!("{o}.p = {part};"), vec![])
            }
            _ => self.call_box(&o),
        }
    }

    fn add_box(&mut self, name: &str) {
        self.scope.boxes.push(Boxed {
            name: name.into(),
            level: self.scope.level,
        });
        self.open_box(&format!("{name}."));
    }

    fn make_box(&mut self, part: &str) -> Node {
        let name = self.name("o");
        let makers = self.of_shape(Shape::Maker);
        let cost = self.costs(Shape::Maker) * self.times;
        if !makers.is_empty() && self.choices.percent(50) && self.cost + cost <= BUDGET {
            self.cost += cost;
            self.use_rule("box by value");
            let value = self.real(2);
            let maker = self.choices.one(&makers).clone();
            let text = format!("struct box {name} = {}({part}, $);", maker.name);
            self.add_box(&name);
            return statement(&text, vec![hole(value)]);
        }
        self.use_rule("box");
        let (one, two) = (self.real(2), self.real(1));
        let n = self.integer();
        let mut text = format!(
            "struct box {name} = {{0}}; {name}.one.u = $; {name}.some[1].v[1] = $; {name}.p = {part}; {name}.n = (int)((unsigned)($) % 4u);"
        );
        let methods = self.of_shape(Shape::Method);
        if !methods.is_empty() {
            let g = self.choices.one(&methods).name.clone();
            let _ = write!(text, " {name}.g = {g};");
            let above = self.scope.boxes.clone();
            if !above.is_empty() && self.choices.percent(60) {
                let up = self.choices.one(&above).name.clone();
                let _ = write!(text, " {name}.up = {up}.g && !{up}.up ? &{up} : 0;");
            }
        }
        self.add_box(&name);
        statement(&text, vec![hole(one), hole(two), hole(n)])
    }

    /// Calls a method of a box: by name, through its pointer, or from a driver.
    fn call_box(&mut self, o: &str) -> Node {
        let (methods, drivers) = (self.of_shape(Shape::Method), self.of_shape(Shape::Driver));
        let cost = (self.costs(Shape::Method) + self.costs(Shape::Driver)) * self.times;
        if methods.is_empty() || self.cost + 2 * cost > BUDGET {
            return self.assign();
        }
        self.cost += 2 * cost;
        let method = self.choices.one(&methods).name.clone();
        let value = self.real(2);
        let call = match self.choices.below(3) {
            0 => {
                self.use_rule("call with a context");
                format!("{method}(&{o}, $)")
            }
            1 if !drivers.is_empty() => {
                self.use_rule("callback with a context");
                let steps = 1 + self.choices.below(4);
                let driver = self.choices.one(&drivers).clone();
                let fits = methods.iter().filter(|h| h.cost <= driver.takes);
                let names: Vec<String> = fits.map(|h| h.name.clone()).collect();
                if names.is_empty() {
                    return self.assign();
                }
                format!(
                    "{}({}, &{o}, $, {steps})",
                    driver.name,
                    self.choices.one(&names)
                )
            }
            _ => {
                self.use_rule("call through a box");
                format!("({o}.g ? {o}.g(&{o}, $) : (REAL)0.5)")
            }
        };
        let name = self.name("t");
        let call = Node::form(Kind::Real, &call, vec![hole(value)]);
        let node = statement(&format!("REAL {name} = $;"), vec![hole(call)]);
        self.scope.reals.push(name);
        node
    }
}
