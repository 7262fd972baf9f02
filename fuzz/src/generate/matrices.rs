//! Arrays of arrays, of records and of pointers to arrays; two arrays that take turns.

use super::{Array, Generator, Integer, hole, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn matrix(&mut self, depth: usize) -> Node {
        match self.choices.below(5) {
            0 => self.array_of_arrays(),
            1 => self.array_of_records(),
            2 => self.array_of_pointers(),
            3 if self.loops == 0 => self.heap_rows(depth),
            _ => self.turns(depth),
        }
    }

    fn push_array(&mut self, name: String, len: usize, object: Option<String>) {
        let array = Array::behind(name, len);
        self.scope.arrays.push(Array { object, ..array });
    }

    /// A value that may depend on counters with these bounds.
    fn value_of(&mut self, counters: &[(&str, usize)]) -> Node {
        let saved = self.scope.clone();
        for (name, len) in counters {
            self.scope.integers.push(Integer {
                name: (*name).into(),
                low: 0,
                high: *len as i64 - 1,
            });
        }
        let value = self.real(2);
        self.scope = saved;
        value
    }

    fn array_of_arrays(&mut self) -> Node {
        self.use_rule("array of arrays");
        let (m, i, j) = (self.name("m"), self.name("i"), self.name("j"));
        let (rows, columns) = (2 + self.choices.below(3), 3 + self.choices.below(3));
        let value = self.value_of(&[(&i, rows), (&j, columns)]);
        let weight = self.real(1);
        let loops = |from: usize| {
            let (r, c) = (rows - from, columns - from);
            format!(
                "for (int {i} = {from}; {i} < {r}; {i}++) for (int {j} = {from}; {j} < {c}; {j}++)"
            )
        };
        let fill = loops(0);
        let stencil = format!(
            "{} {m}[{i}][{j}] += 0.2 * ({m}[{i} - 1][{j}] + {m}[{i}][{j} - 1] - {m}[{i} + 1][{j}] * $);",
            loops(1)
        );
        let text = format!("REAL {m}[{rows}][{columns}]; {fill} {m}[{i}][{j}] = $; {stencil}");
        let row = self.index(rows);
        let any = self.name("r");
        self.push_array(format!("{m}[{}]", rows - 1), columns, Some(m.clone()));
        self.push_array(any.clone(), columns, Some(m.clone()));
        statement(
            &format!("{text} REAL *{any} = {m}[$];"),
            vec![hole(value), hole(weight), hole(row)],
        )
    }

    fn array_of_records(&mut self) -> Node {
        self.use_rule("array of records");
        let (s, i, k) = (self.name("s"), self.name("i"), self.name("k"));
        let len = 2 + self.choices.below(3);
        let (u, v) = (self.value_of(&[(&i, len)]), self.value_of(&[(&i, len)]));
        let w = if self.narrow { "w" } else { "v[1]" };
        let text = format!(
            "struct pair {s}[{len}]; for (int {i} = 0; {i} < {len}; {i}++) {{ {s}[{i}].u = $; {s}[{i}].k = {i}; {s}[{i}].w = 0; for (int {k} = 0; {k} < 3; {k}++) {s}[{i}].v[{k}] = $ * 0.5; }}"
        );
        self.single |= self.narrow;
        let mut holes = vec![hole(u), hole(v)];
        let (one, two) = (self.index(len), self.index(len));
        holes.extend([hole(one), hole(two)]);
        let more = *self.choices.one(&[
            "S[$] = S[$];",
            "S[$].u += S[$].#;",
            "S[$].v[1] *= cos(S[$].u);",
        ]);
        let more = more.replace('S', &s).replace('#', w);
        let any = self.name("e");
        let at = self.index(len);
        holes.push(hole(at));
        self.scope.structs.push(format!("{s}[0]"));
        self.scope.structs.push(format!("(*{any})"));
        statement(
            &format!("{text} {more} struct pair *{any} = &{s}[$];"),
            holes,
        )
    }

    fn array_of_pointers(&mut self) -> Node {
        let fits = |a: &&Array| a.writable && !a.single && a.len >= 3;
        let arrays: Vec<Array> = self.scope.arrays.iter().filter(fits).cloned().collect();
        if arrays.is_empty() {
            return self.declare();
        }
        self.use_rule("array of pointers");
        let r = self.name("r");
        let part = |g: &mut Self| {
            let array = g.choices.one(&arrays).clone();
            let at = g.choices.below(array.len - 2);
            format!("{} + {at}", array.name)
        };
        let parts = [part(self), part(self), part(self)];
        let (i, j) = (self.index(3), self.index(3));
        let any = self.name("q");
        let at = self.index(3);
        self.push_array(format!("{r}[0]"), 3, None);
        self.push_array(any.clone(), 3, None);
        statement(
            &format!(
                "REAL *{r}[3] = {{{}}}; {r}[$] = {r}[$]; REAL *{any} = {r}[$];",
                parts.join(", ")
            ),
            vec![hole(i), hole(j), hole(at)],
        )
    }

    /// Rows from `malloc` behind a block of pointers, used by a block and released after it.
    fn heap_rows(&mut self, depth: usize) -> Node {
        self.use_rule("rows on the heap");
        let (r, i, j) = (self.name("r"), self.name("i"), self.name("j"));
        let (rows, columns) = (2 + self.choices.below(2), 3 + self.choices.below(3));
        let value = self.value_of(&[(&i, rows), (&j, columns)]);
        let saved = self.scope.clone();
        self.scope.level += 1;
        let any = self.index(rows);
        let swap = self.name("w");
        for row in 0..rows {
            self.push_array(format!("{r}[{row}]"), columns, None);
        }
        let count = 2 + self.choices.below(3);
        let free = format!("for (int {i} = 0; {i} < {rows}; {i}++) free({r}[{i}]); free({r});");
        let body = self.owning(&free, |g| g.statements(count, depth + 1));
        self.scope = saved;
        statement(
            &format!(
                "{{ REAL **{r} = (REAL **)malloc({rows} * sizeof(REAL *)); for (int {i} = 0; {i} < {rows}; {i}++) {{ {r}[{i}] = (REAL *)malloc({columns} * sizeof(REAL)); for (int {j} = 0; {j} < {columns}; {j}++) {r}[{i}][{j}] = $; }} REAL *{swap} = {r}[0]; {r}[0] = {r}[{last}]; {r}[{last}] = {swap}; {r}[$][0] *= 1.5; $ {free} }}",
                last = rows - 1
            ),
            vec![hole(value), hole(any), Piece::Body(body)],
        )
    }

    /// Steps in time: a new state is computed from an old one, then they change places.
    fn turns(&mut self, depth: usize) -> Node {
        let Some(target) = self.target() else {
            return self.declare();
        };
        self.use_rule("arrays that take turns");
        let names = ["v", "v", "u", "w", "k", "i", "t"].map(|prefix| self.name(prefix));
        let [one, two, old, new, step, i, swap] = &names;
        let (len, steps) = (3 + self.choices.below(3), 1 + self.choices.below(5));
        let first = self.value_of(&[(i, len)]);
        let saved = (self.scope.clone(), self.returns, self.times);
        self.returns = false;
        self.times *= steps * len;
        self.scope.level += 1;
        self.scope.integers.push(Integer {
            name: step.clone(),
            low: 0,
            high: steps as i64 - 1,
        });
        self.push_array(old.clone(), len, None);
        let next = self.value_of(&[(i, len)]);
        self.push_array(new.clone(), len, None);
        self.times = saved.2 * steps;
        let count = self.choices.below(3);
        let body = self.statements(count, depth + 1);
        (self.scope, self.returns, self.times) = saved;
        let heap = self.loops == 0 && self.choices.percent(40);
        let (make, free) = if heap {
            let make = |v| format!("REAL *{v} = (REAL *)malloc({len} * sizeof(REAL));");
            let free = format!("free({one}); free({two});");
            (make(one) + " " + &make(two), free)
        } else {
            (format!("REAL {one}[{len}], {two}[{len}];"), String::new())
        };
        statement(
            &format!(
                "{{ {make} for (int {i} = 0; {i} < {len}; {i}++) {one}[{i}] = $, {two}[{i}] = 0.5; REAL *{old} = {one}, *{new} = {two}; for (int {step} = 0; {step} < {steps}; {step}++) {{ for (int {i} = 0; {i} < {len}; {i}++) {new}[{i}] = 0.5 * {old}[{i}] + 0.25 * {old}[({i} + 1) % {len}] * sin($); $ REAL *{swap} = {old}; {old} = {new}; {new} = {swap}; }} {target} += {old}[0] * {old}[{last}]; {free} }}",
                last = len - 1
            ),
            vec![hole(first), hole(next), Piece::Body(body)],
        )
    }

    /// A number that statements may add to.
    pub(super) fn target(&mut self) -> Option<String> {
        let reals = self.scope.reals.clone();
        if !reals.is_empty() {
            return Some(self.choices.one(&reals).clone());
        }
        let fits = |a: &&Array| a.writable && !a.single;
        let array = self.scope.arrays.iter().find(fits)?;
        Some(format!("{}[1]", array.name))
    }
}
