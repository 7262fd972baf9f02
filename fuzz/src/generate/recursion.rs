//! Functions that call themselves and each other, and functions of any number of arguments.

use super::{Array, Generator, Integer, Scope, Shape, hole, statement};
use crate::tree::{Node, Piece};
use std::fmt::Write as _;

impl Generator<'_> {
    /// `REAL h(REAL s, REAL *p, int d)`: two functions that call each other through a table.
    pub(super) fn mutual(&mut self, name: &str, count: usize) -> Node {
        let parameters = "(REAL s, REAL *p, int d)";
        let names = [name.to_string(), format!("{name}b")];
        let mut format = String::new();
        for name in &names {
            let _ = writeln!(format, "static REAL {name}{parameters};");
        }
        let table = format!("{name}t");
        let _ = writeln!(
            format,
            "static REAL (*const {table}[2])(REAL, REAL *, int) = {{{}, {}}};",
            names[0], names[1]
        );
        let mut pieces = Vec::new();
        for name in &names {
            let _ = writeln!(format, "NOINLINE static REAL {name}{parameters} $");
            self.scope = Scope {
                reals: vec!["s".into()],
                arrays: vec![Array {
                    writable: self.on(3),
                    ..Array::behind("p", 4)
                }],
                integers: vec![Integer {
                    name: "d".into(),
                    low: 0,
                    high: 4,
                }],
                ..Scope::default()
            };
            let base = self.real(2);
            let mut list = vec![statement("if (d <= 0) return $;", vec![hole(base)])];
            list.extend(self.statements(count.min(3), 1));
            let argument = self.real(2);
            let (at, mut holes) = match self.choices.below(3) {
                0 => ("d % 2", vec![]),
                1 => ("(d + 1) / 2 % 2", vec![]),
                _ => ("($) ? 1 : 0", vec![hole(self.cond(1))]),
            };
            holes.push(hole(argument));
            list.push(statement(
                &format!("REAL r0 = {table}[{at}]($, p, d - 1);"),
                holes,
            ));
            self.scope.reals.push("r0".into());
            let result = self.real(2);
            list.push(statement("return $;", vec![hole(result)]));
            pieces.push(Piece::Body(list));
        }
        self.cost *= 4;
        statement(&format, pieces)
    }

    /// `struct pair h(struct pair s, REAL t, int d)`
    pub(super) fn carried(&mut self, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["t".into()];
        self.scope.structs = vec!["s".into()];
        self.returns = false;
        let mut list = vec![statement("if (d <= 0) return s;", vec![])];
        list.extend(self.statements(count, 1));
        let argument = self.real(2);
        list.push(statement(
            &format!("REAL u = $; struct pair r = {name}(s, u, d - 1);"),
            vec![hole(argument)],
        ));
        self.scope.structs.push("r".into());
        list.extend(self.statements(1, 1));
        let value = self.real(2);
        list.push(statement("r.u += s.v[1] * $;", vec![hole(value)]));
        list.push(statement("return r;", vec![]));
        self.cost *= 4;
        statement(
            &format!("NOINLINE static struct pair {name}(struct pair s, REAL t, int d) $"),
            vec![Piece::Body(list)],
        )
    }

    /// `REAL h(REAL **p, int *n, REAL t, int d)`: the block of at least two elements grows
    pub(super) fn growing(&mut self, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["t".into()];
        let (base, value) = (self.real(2), self.real(2));
        self.scope.arrays = vec![Array::behind("(*p)", 2)];
        let mut list = vec![
            statement("if (d <= 0) return $;", vec![hole(base)]),
            statement(
                "*p = (REAL *)realloc((void *)*p, (*n + 1) * sizeof(REAL)); (*p)[(*n)++] = $;",
                vec![hole(value)],
            ),
        ];
        list.extend(self.statements(count.min(3), 1));
        let argument = self.real(2);
        let text = format!("REAL u = $; REAL r = {name}(p, n, u, d - 1);");
        list.push(statement(&text, vec![hole(argument)]));
        self.scope.reals.push("r".into());
        let result = self.real(2);
        let text = "return $ + (*p)[*n - 1] * (*p)[d];";
        list.push(statement(text, vec![hole(result)]));
        self.cost *= 4;
        statement(
            &format!("NOINLINE static REAL {name}(REAL **p, int *n, REAL t, int d) $"),
            vec![Piece::Body(list)],
        )
    }

    /// `REAL h(int m, ...)`: m times an integer from 0 to 3 and a number
    pub(super) fn variadic(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["r".into()];
        let m = Integer {
            name: "m".into(),
            low: 1,
            high: 4,
        };
        self.scope.integers = vec![m];
        let k = Integer {
            name: "k".into(),
            low: 0,
            high: 3,
        };
        self.scope.reals.push("t".into());
        self.returns = false;
        let mut list = self.loop_body(4, 1, Some(k));
        self.returns = true;
        self.scope.reals.pop();
        list.push(statement("r += t * (1.0 + 0.5 * k);", vec![]));
        let body = self.body(count.min(2), 1);
        statement(
            &format!(
                "{inline} REAL {name}(int m, ...) {{ va_list l; REAL r = 0.5; va_start(l, m); for (int i = 0; i < m; i++) {{ int k = va_arg(l, int); REAL t = va_arg(l, REAL); $ }} va_end(l); $ }}"
            ),
            vec![Piece::Body(list), Piece::Body(body)],
        )
    }

    /// A call of one of the shapes of this file.
    pub(super) fn call_recursion(&mut self, shape: Shape) -> Option<Node> {
        let all = self.of_shape(shape);
        let helper = (!all.is_empty()).then(|| self.choices.one(&all).clone())?;
        if !self.affords(helper.cost) {
            return None;
        }
        let (h, t) = (helper.name, self.name("t"));
        let count = 1 + self.choices.below(4);
        let node = match shape {
            Shape::Carried => {
                let structs = self.scope.structs.clone();
                if structs.is_empty() {
                    return Some(self.structure());
                }
                self.use_rule("call of a recursion with records");
                let s = self.choices.one(&structs).clone();
                let value = self.real(2);
                let text = format!("{{ REAL {t} = $; {s} = {h}({s}, {t}, {count}); }}");
                statement(&text, vec![hole(value)])
            }
            Shape::Growing => {
                self.use_rule("call of a recursion that grows a block");
                let (m, n) = (self.name("m"), self.name("n"));
                let holes = (0..3).map(|_| hole(self.real(2))).collect();
                self.scope.reals.push(t.clone());
                statement(
                    &format!(
                        "REAL {t} = $; {{ int {n} = 2; REAL *{m} = (REAL *)malloc(2 * sizeof(REAL)); {m}[0] = $; {m}[1] = $; {t} += {h}(&{m}, &{n}, {t}, {count}); {t} += {m}[{n} - 1]; free({m}); }}"
                    ),
                    holes,
                )
            }
            _ => {
                self.use_rule("call with any number of arguments");
                let mut text = String::new();
                for _ in 0..count {
                    let _ = write!(text, ", {}, (REAL)($)", self.choices.below(4));
                }
                let holes = (0..count).map(|_| hole(self.real(2))).collect();
                self.scope.reals.push(t.clone());
                statement(&format!("REAL {t} = {h}({count}{text});"), holes)
            }
        };
        Some(node)
    }
}
