//! Several numbers in one value: vectors, complex numbers and small records that functions are given and return.

use super::{Array, Generator, Integer, Scope, Shape, hole, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn lanes(&mut self) -> Node {
        match self.choices.below(5) {
            0 => self.vector(),
            1 => self.vectors_in_memory(),
            2 => self.complex_values(),
            _ if self.has_values() => self.call_values(),
            _ => self.vector(),
        }
    }

    fn has_values(&self) -> bool {
        let shapes = [Shape::Lanes, Shape::Turn, Shape::Three];
        self.helpers.iter().any(|h| shapes.contains(&h.shape))
    }

    fn lane_step(&mut self) -> (&'static str, Vec<Piece>) {
        let text = *self.choices.one(&[
            "# = # * # + (REAL)($);",
            "# = VECTOR_REVERSE4(#) - # * (REAL)($);",
            "# = VECTOR_MAX(#, # * (REAL)(0.75 + sin($)));",
            "# = VECTOR_INTERLEAVE4(#, -#) * (REAL)($);",
            "# = # / (REAL)(2.0 + cos($));",
            "#[1] = #[2] * $; # = # * 0.5;",
        ]);
        let value = self.real(1);
        (text, vec![hole(value)])
    }

    fn vector(&mut self) -> Node {
        self.use_rule("vector");
        let (q, i) = (self.name("q"), self.name("i"));
        let mut holes: Vec<Piece> = (0..4).map(|_| hole(self.real(2))).collect();
        let turns = 1 + self.choices.below(4);
        let saved = self.scope.clone();
        self.scope.integers.push(Integer {
            name: i.clone(),
            low: 0,
            high: turns as i64 - 1,
        });
        let (step, more) = self.lane_step();
        holes.extend(more);
        let (at, value) = (self.index(4), self.real(1));
        holes.extend([hole(at), hole(value)]);
        self.scope = saved;
        let step = step.replace('#', &q);
        self.scope
            .reals
            .extend([format!("{q}[0]"), format!("{q}[3]")]);
        statement(
            &format!(
                "REAL4 {q} = {{(REAL)($), (REAL)($), (REAL)($), (REAL)($)}}; for (int {i} = 0; {i} < {turns}; {i}++) {{ {step} {q}[$] += $; }}"
            ),
            holes,
        )
    }

    /// Vectors in records and in arrays.
    fn vectors_in_memory(&mut self) -> Node {
        self.use_rule("vectors in memory");
        let (s, i) = (self.name("s"), self.name("i"));
        let values = [(); 3].map(|()| self.element(&i, 2));
        let cond = self.cond(1);
        let (step, more) = self.lane_step();
        let step = step.replace('#', &format!("{s}[1].p"));
        self.scope
            .reals
            .extend([format!("{s}[1].p[2]"), format!("{s}[0].m")]);
        let holes = values.into_iter().map(hole).chain([hole(cond)]).chain(more);
        statement(
            &format!(
                "struct lanes {s}[3]; for (int {i} = 0; {i} < 3; {i}++) {{ REAL4 w = {{(REAL)($), (REAL)0.5, (REAL){i}, (REAL)($)}}; {s}[{i}].p = w; {s}[{i}].id = {i}; {s}[{i}].m = $; }} {s}[0] = ($) ? {s}[2] : {s}[1]; {step} {s}[1].p = {s}[1].p + {s}[0].p * {s}[{s}[0].id].m;"
            ),
            holes.collect(),
        )
    }

    fn complex_values(&mut self) -> Node {
        self.use_rule("complex numbers in memory");
        let (z, i, t) = (self.name("z"), self.name("i"), self.name("t"));
        let (re, im) = (self.element(&i, 2), self.element(&i, 2));
        let value = self.real(1);
        let step = *self.choices.one(&[
            "#[1] = cexp(#[0] * MAKE(0.25, 0.5));",
            "#[2] = csqrt(MAKE(3.0 + sin(RE(#[0])), IM(#[1])));",
            "#[0] = conj(#[2]) * #[1];",
            "memcpy((void *)&#[0], &#[2], sizeof #[0]);",
            "#[1] = clog(MAKE(2.5 + cos(IM(#[2])), 0.5));",
        ]);
        let step = step.replace('#', &z);
        self.scope.reals.push(t.clone());
        statement(
            &format!(
                "COMPLEX {z}[3]; for (int {i} = 0; {i} < 3; {i}++) {z}[{i}] = MAKE($, sin($)); {step} {z}[2] = {z}[0] * {z}[1] + MAKE($, 0.5); REAL {t} = RE({z}[2]) - 0.5 * IM({z}[1]) + cabs({z}[2] + MAKE(7.0, 0.0));"
            ),
            vec![hole(re), hole(im), hole(value)],
        )
    }

    fn call_values(&mut self) -> Node {
        let shapes = [Shape::Lanes, Shape::Turn, Shape::Three];
        let all: Vec<_> = shapes.iter().flat_map(|s| self.of_shape(*s)).collect();
        let helper = self.choices.one(&all).clone();
        if !self.affords(helper.cost) {
            return self.declare();
        }
        let (q, t) = (self.name("q"), self.name("t"));
        let holes: Vec<Piece> = (0..4).map(|_| hole(self.real(1))).collect();
        let h = helper.name;
        let text = match helper.shape {
            Shape::Lanes => {
                self.use_rule("call with a vector");
                self.scope
                    .reals
                    .extend([format!("{q}[1]"), format!("{q}[2]")]);
                format!(
                    "REAL4 {q} = {{(REAL)($), (REAL)($), (REAL)0.5, (REAL)($)}}; {q} = {h}({q}, $);"
                )
            }
            Shape::Turn => {
                self.use_rule("call with a complex number");
                self.scope.reals.push(t.clone());
                format!(
                    "COMPLEX {q} = {h}(MAKE($, $), $); {q} = {q} * {h}({q}, $); REAL {t} = RE({q}) - IM({q});"
                )
            }
            _ => {
                self.use_rule("call that returns an array in a record");
                self.scope.reals.push(t.clone());
                let array = Array {
                    object: Some(q.clone()),
                    ..Array::behind(format!("{q}.v"), 3)
                };
                self.scope.arrays.push(array);
                format!("struct three {q} = {h}($, $); REAL {t} = {h}($, $).v[1] - {q}.v[2];")
            }
        };
        statement(&text, holes)
    }

    /// `REAL4 h(REAL4 q, REAL t)`, `COMPLEX h(COMPLEX z, REAL t)` or `struct three h(REAL s, REAL t)`
    pub(super) fn value_function(
        &mut self,
        shape: Shape,
        inline: &str,
        name: &str,
        count: usize,
    ) -> Node {
        self.returns = false;
        self.scope = Scope {
            reals: vec!["t".into()],
            ..Scope::default()
        };
        let (head, mut body, last) = match shape {
            Shape::Lanes => {
                self.scope.reals.extend(["q[0]".into(), "q[3]".into()]);
                let mut list = self.statements(count, 1);
                let (step, holes) = self.lane_step();
                list.push(statement(&step.replace('#', "q"), holes));
                (
                    "REAL4 #(REAL4 q, REAL t)",
                    list,
                    "return q * (REAL)($) + VECTOR_REVERSE4(q);",
                )
            }
            Shape::Turn => {
                let mut list = vec![statement("REAL r = RE(z), s = IM(z);", vec![])];
                self.scope.reals.extend(["r".into(), "s".into()]);
                list.extend(self.statements(count, 1));
                (
                    "COMPLEX #(COMPLEX z, REAL t)",
                    list,
                    "return z * MAKE(0.5 * sin(r), cos(s)) + MAKE($, r);",
                )
            }
            _ => {
                self.scope.reals.push("s".into());
                let mut list = vec![statement("struct three r = {{s, t, s}};", vec![])];
                self.scope.arrays.push(Array {
                    object: Some("r".into()),
                    ..Array::behind("r.v", 3)
                });
                list.extend(self.statements(count, 1));
                let value = self.real(2);
                list.push(statement("r.v[0] += $;", vec![hole(value)]));
                ("struct three #(REAL s, REAL t)", list, "return r;")
            }
        };
        let value = last.contains('$').then(|| hole(self.real(2)));
        body.push(statement(last, value.into_iter().collect()));
        let head = head.replace('#', name);
        statement(&format!("{inline} {head} $"), vec![Piece::Body(body)])
    }
}
