//! Short pieces of code that many programs have: a stack, a sort, a search, a table, results by pointer.

use super::{Array, BUDGET, Generator, Helper, Integer, hole, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn idiom(&mut self, depth: usize) -> Node {
        match self.choices.below(5) {
            0 => self.stack(),
            1 => self.sort(),
            2 => self.search(),
            3 => self.constants(),
            _ => self.horner(depth),
        }
    }

    /// Numbers that are pushed and popped as conditions say.
    fn stack(&mut self) -> Node {
        let Some(target) = self.target() else {
            return self.declare();
        };
        self.use_rule("stack");
        let (s, top, i) = (self.name("v"), self.name("k"), self.name("i"));
        let (turns, room) = (3 + self.choices.below(5), 2 + self.choices.below(4));
        let saved = (self.scope.clone(), self.times);
        self.times *= turns;
        self.scope.integers.push(Integer {
            name: i.clone(),
            low: 0,
            high: turns as i64 - 1,
        });
        let (cond, value) = (self.cond(1), self.real(2));
        (self.scope, self.times) = saved;
        statement(
            &format!(
                "{{ REAL {s}[{room}]; int {top} = 0; for (int {i} = 0; {i} < {turns}; {i}++) {{ if (($) && {top} < {room}) {s}[{top}++] = $; else if ({top} > 0) {target} += 0.5 * {s}[--{top}]; }} while ({top} > 0) {target} -= 0.25 * {s}[--{top}]; }}"
            ),
            vec![hole(cond), hole(value)],
        )
    }

    fn some_array(&mut self, writable: bool) -> Option<Array> {
        let fits = |a: &&Array| !a.single && (a.writable || !writable);
        let arrays: Vec<Array> = self.scope.arrays.iter().filter(fits).cloned().collect();
        (!arrays.is_empty()).then(|| self.choices.one(&arrays).clone())
    }

    fn sort(&mut self) -> Node {
        let Some(array) = self.some_array(true) else {
            return self.declare();
        };
        let (v, len) = (&array.name, array.len);
        if self.choices.percent(30) {
            self.use_rule("qsort");
            let text = format!("qsort((void *){v}, {len}, sizeof(REAL), rz_order_of);");
            return statement(&text, vec![]);
        }
        self.use_rule("sort");
        let (i, j, t) = (self.name("i"), self.name("j"), self.name("t"));
        statement(
            &format!(
                "for (int {i} = 1; {i} < {len}; {i}++) {{ REAL {t} = {v}[{i}]; int {j} = {i}; for (; {j} > 0 && {v}[{j} - 1] > {t}; {j}--) {v}[{j}] = {v}[{j} - 1]; {v}[{j}] = {t}; }}"
            ),
            vec![],
        )
    }

    /// Where the greatest element is.
    fn search(&mut self) -> Node {
        let Some(array) = self.some_array(false) else {
            return self.declare();
        };
        self.use_rule("search");
        let (v, len) = (&array.name, array.len);
        let (k, i, best) = (self.name("k"), self.name("i"), self.name("t"));
        self.scope.reals.push(best.clone());
        self.scope.integers.push(Integer {
            name: k.clone(),
            low: 0,
            high: len as i64 - 1,
        });
        let order = *self.choices.one(&[">", "<", ">="]);
        statement(
            &format!(
                "int {k} = 0; REAL {best} = {v}[0]; for (int {i} = 1; {i} < {len}; {i}++) if ({v}[{i}] {order} {best}) {{ {best} = {v}[{i}]; {k} = {i}; }}"
            ),
            vec![],
        )
    }

    /// A table of constants, looked up by an index.
    fn constants(&mut self) -> Node {
        self.use_rule("table of constants");
        let (c, t) = (self.name("c"), self.name("t"));
        let at = self.index(5);
        let value = self.real(1);
        self.scope.reals.push(t.clone());
        statement(
            &format!(
                "static const double {c}[5] = {{0.5, -1.25, 0.75, 2.0, -0.375}}; REAL {t} = {c}[$] * $;"
            ),
            vec![hole(at), hole(value)],
        )
    }

    /// A polynomial whose coefficients are an array's, evaluated in a block that may leave early.
    fn horner(&mut self, depth: usize) -> Node {
        let Some(array) = self.some_array(false) else {
            return self.declare();
        };
        self.use_rule("polynomial");
        let (v, len) = (&array.name, array.len);
        let (t, i) = (self.name("t"), self.name("i"));
        let at = self.real(2);
        let counter = Integer {
            name: i.clone(),
            low: 0,
            high: len as i64 - 1,
        };
        let body = self.loop_body(len, depth, Some(counter));
        self.scope.reals.push(t.clone());
        statement(
            &format!(
                "REAL {t} = 0.5; for (int {i} = {len} - 1; {i} >= 0; {i}--) {{ {t} = {t} * sin($) + {v}[{i}]; $ }}"
            ),
            vec![hole(at), Piece::Body(body)],
        )
    }

    /// `REAL h(REAL t, REAL *out, int *k)`
    pub(super) fn out_function(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["t".into()];
        let (value, index) = (self.real(1), self.integer_of_parameters());
        let mut body = self.body(count, 1);
        let end = body.pop();
        let text = "*out = $; *k = (int)((unsigned)($) % 4u);";
        body.insert(0, statement(text, vec![hole(value), hole(index)]));
        let adds = self.choices.percent(50);
        if adds {
            body.push(statement("*out += 0.5 * t;", vec![]));
        }
        body.extend(end);
        statement(
            &format!("{inline} REAL {name}(REAL t, REAL *out, int *k) $"),
            vec![Piece::Body(body)],
        )
    }

    fn integer_of_parameters(&mut self) -> Node {
        let texts = ["t > 0.25 ? 3 : 1", "2", "(t < 0) + (t < -1)"];
        let text = *self.choices.one(&texts);
        Node::text(crate::tree::Kind::Int, text)
    }

    pub(super) fn call_out(&mut self, helper: &Helper) -> Node {
        if self.cost + helper.cost * self.times > BUDGET {
            return self.assign();
        }
        self.cost += helper.cost * self.times;
        self.use_rule("call with results by pointer");
        let (out, k, t) = (self.name("t"), self.name("k"), self.name("t"));
        let value = self.real(2);
        self.scope.reals.extend([out.clone(), t.clone()]);
        self.scope.integers.push(Integer {
            name: k.clone(),
            low: 0,
            high: 3,
        });
        statement(
            &format!(
                "REAL {out}; int {k}; REAL {t} = {}($, &{out}, &{k});",
                helper.name
            ),
            vec![hole(value)],
        )
    }
}
