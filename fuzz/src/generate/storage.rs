//! Where numbers live and how they are reached, beside arrays and records: arrays of a length known at run time, blocks
//! that a function returns, cursors, memory that is said to be apart, extended precision, complex numbers, static
//! scratch, fields of bits, and jumps to computed labels.

use super::{Array, BUDGET, Generator, Helper, Integer, Scope, Shape, hole, real, statement};
use crate::tree::{Node, Piece};

/// The least number of elements of the arrays made here.
const LEAST: usize = 3;

impl Generator<'_> {
    pub(super) fn storage(&mut self, depth: usize) -> Node {
        match self.choices.below(8) {
            0 => self.variable_length(depth),
            1 => self.wide_sum(),
            2 => self.complex(),
            3 => self.scratch(),
            4 => self.bits(),
            5 => self.computed_goto(depth),
            6 => self.chosen_record(),
            _ => self.cursor_over(),
        }
    }

    /// Statements that no loop is left from, with an array more in scope.
    fn with_array(&mut self, array: Array, depth: usize, free: &str) -> Vec<Node> {
        let saved = (self.scope.clone(), std::mem::take(&mut self.loops));
        self.scope.level += 1;
        self.scope.arrays.push(array);
        let before = self.scope.clone();
        let count = 2 + self.choices.below(3);
        let list = self.owning(free, |g| {
            let mut list = g.statements(count, depth + 1);
            list.extend(g.uses_of_new(&before));
            list
        });
        (self.scope, self.loops) = saved;
        list
    }

    /// A value of which an element is made, with the element's number `i` in scope.
    pub(super) fn element(&mut self, i: &str, high: i64) -> Node {
        let saved = self.scope.clone();
        self.scope.integers.push(Integer {
            name: i.into(),
            low: 0,
            high,
        });
        let value = self.real(2);
        self.scope = saved;
        value
    }

    fn variable_length(&mut self, depth: usize) -> Node {
        self.use_rule("array of variable length");
        let (v, k, i) = (self.name("v"), self.name("k"), self.name("i"));
        let more = self.index(4);
        let value = self.element(&i, 5);
        let body = self.with_array(
            Array {
                object: Some(v.clone()),
                ..Array::behind(v.clone(), LEAST)
            },
            depth,
            "",
        );
        statement(
            &format!(
                "{{ int {k} = {LEAST} + $; REAL {v}[{k}]; for (int {i} = 0; {i} < {k}; {i}++) {v}[{i}] = $; $ }}"
            ),
            vec![hole(more), hole(value), Piece::Body(body)],
        )
    }

    /// A sum in extended precision.
    fn wide_sum(&mut self) -> Node {
        self.use_rule("extended precision");
        let (w, i, t) = (self.name("w"), self.name("i"), self.name("t"));
        let start = self.real(2);
        let value = self.element(&i, 3);
        self.scope.reals.push(t.clone());
        statement(
            &format!(
                "REALL {w} = (REALL)($); for (int {i} = 0; {i} < 4; {i}++) {w} = {w} * 0.5L + (REALL)($); REAL {t} = (REAL){w};"
            ),
            vec![hole(start), hole(value)],
        )
    }

    fn complex(&mut self) -> Node {
        self.use_rule("complex number");
        let (z, i) = (self.name("z"), self.name("i"));
        let (re, im) = (self.real(2), self.real(2));
        let (a, b) = (self.element(&i, 3), self.real(1));
        let step = *self.choices.one(&[
            "# = # * MAKE(0.5 * sin($), 0.5 * cos($));",
            "# = # + MAKE($, sin($));",
            "# = MAKE(IM(#) * 0.5 + $, RE(#) - sin($));",
            "# = # / MAKE(2.0 + sin($), cos($));",
        ]);
        let step = step.replace('#', &z);
        let part = |name: &str| format!("{name}({z})");
        let (t, u) = (self.name("t"), self.name("t"));
        self.scope.reals.extend([t.clone(), u.clone()]);
        statement(
            &format!(
                "COMPLEX {z} = MAKE($, $); for (int {i} = 0; {i} < 4; {i}++) {{ {step} }} REAL {t} = {}, {u} = {};",
                part("RE"),
                part("IM")
            ),
            vec![hole(re), hole(im), hole(a), hole(b)],
        )
    }

    /// Memory that outlives the call and holds no derivatives.
    fn scratch(&mut self) -> Node {
        self.use_rule("static scratch");
        let own = *self.choices.one(&["", "__thread "]);
        let (w, i, t) = (self.name("w"), self.name("i"), self.name("t"));
        let (start, at, again) = (self.index(5), self.index(3), self.index(3));
        let value = self.real(2);
        self.scope.reals.push(t.clone());
        statement(
            &format!(
                "static {own}double {w}[3]; for (int {i} = 0; {i} < 3; {i}++) {w}[{i}] = 0.25 * {i} + ($); REAL {t} = {w}[$] * ($); {w}[$] += 1.5; {t} += {w}[0] * {t};"
            ),
            vec![hole(start), hole(at), hole(value), hole(again)],
        )
    }

    /// Numbers beside fields of bits that say where to go.
    fn bits(&mut self) -> Node {
        self.use_rule("fields of bits");
        let (s, i) = (self.name("s"), self.name("i"));
        let (mode, value, other) = (self.integer(), self.real(2), self.real(2));
        let (turns, cond) = (2 + self.choices.below(4), self.cond(1));
        self.scope.reals.push(format!("{s}.r"));
        self.scope.integers.push(Integer {
            name: format!("{s}.mode"),
            low: 0,
            high: 3,
        });
        statement(
            &format!(
                "struct {{ unsigned mode : 2, seen : 1; REAL r; }} {s} = {{0, 0, $}}; {s}.mode = (unsigned)($) & 3u; for (int {i} = 0; {i} < {turns}; {i}++) {{ if ($) {s}.seen = 1; if ({s}.seen && {s}.mode == 1) {s}.r += 0.5 * $; {s}.mode = ({s}.mode + 1) & 3u; }}"
            ),
            vec![hole(value), hole(mode), hole(cond), hole(other)],
        )
    }

    /// A little machine: each piece says where to go next.
    fn computed_goto(&mut self, depth: usize) -> Node {
        if std::mem::replace(&mut self.jumps, true) {
            return self.goto(depth);
        }
        self.use_rule("computed goto");
        let (l, k) = (self.name("l"), self.name("k"));
        let saved = (self.times, std::mem::take(&mut self.loops));
        self.times *= 3;
        let next = [self.index(3), self.index(3)];
        let (one, two) = (self.block(2, depth + 1), self.block(2, depth + 1));
        (self.times, self.loops) = saved;
        let [first, second] = next;
        statement(
            &format!(
                "{{ static const void *const {l}t[] = {{&&{l}a, &&{l}b, &&{l}z}}; int {k} = 0; goto *{l}t[$]; {l}a: $ if (++{k} > 3) goto {l}z; goto *{l}t[$]; {l}b: $ if (++{k} < 4) goto *{l}t[({k} + 1) % 3]; {l}z:; }}"
            ),
            vec![
                hole(first),
                Piece::Body(one),
                hole(second),
                Piece::Body(two),
            ],
        )
    }

    /// A record that is one of two, copied whole.
    fn chosen_record(&mut self) -> Node {
        if self.scope.structs.is_empty() {
            return self.structure();
        }
        self.use_rule("chosen record");
        let structs = self.scope.structs.clone();
        let (one, other) = (self.choices.one(&structs), self.choices.one(&structs));
        let (one, other, s) = (one.clone(), other.clone(), self.name("s"));
        let cond = self.cond(1);
        let changed = self.real(2);
        self.scope.structs.push(s.clone());
        statement(
            &format!("struct pair {s} = ($) ? {one} : {other}; {s}.v[1] += $;"),
            vec![hole(cond), hole(changed)],
        )
    }

    /// Calls that each take an element and move on, or an array of which a function chooses the part.
    fn cursor_over(&mut self) -> Node {
        let new = [Shape::Block, Shape::Which, Shape::Cursor, Shape::Apart];
        let helpers = self.helpers.iter();
        let fitting: Vec<Helper> = helpers
            .filter(|h| new.contains(&h.shape))
            .cloned()
            .collect();
        if fitting.is_empty() {
            return self.wide_sum();
        }
        let helper = self.choices.one(&fitting).clone();
        self.call_storage(&helper)
    }

    /// A call of one of the shapes of this file.
    pub(super) fn call_storage(&mut self, helper: &Helper) -> Node {
        if self.cost + 2 * helper.cost * self.times > BUDGET {
            return self.assign();
        }
        let fits = |a: &&Array| a.writable && !a.single && a.len > LEAST;
        let arrays: Vec<Array> = self.scope.arrays.iter().filter(fits).cloned().collect();
        if arrays.is_empty() && helper.shape != Shape::Block {
            return self.local_array();
        }
        self.cost += 2 * helper.cost * self.times;
        match helper.shape {
            Shape::Block => self.call_block(helper),
            Shape::Which => self.call_which(helper, &arrays),
            Shape::Cursor => self.call_cursor(helper, &arrays),
            _ => self.call_apart(helper, &arrays),
        }
    }

    fn call_block(&mut self, helper: &Helper) -> Node {
        self.use_rule("returned block");
        let p = self.name("m");
        let (value, more) = (self.real(2), 1 + self.choices.below(3));
        let array = Array {
            object: Some(p.clone()),
            ..Array::behind(p.clone(), LEAST)
        };
        let body = self.with_array(array, 2, &format!("free({p});"));
        statement(
            &format!("{{ REAL *{p} = {}($, {more}); $ free({p}); }}", helper.name),
            vec![hole(value), Piece::Body(body)],
        )
    }

    fn call_which(&mut self, helper: &Helper, arrays: &[Array]) -> Node {
        self.use_rule("returned pointer");
        let (p, q) = (
            self.choices.one(arrays).clone(),
            self.choices.one(arrays).clone(),
        );
        let (r, value) = (self.name("q"), self.real(1));
        let object = p.object.clone().filter(|_| p.object == q.object);
        self.scope.arrays.push(Array {
            object,
            ..Array::behind(r.clone(), LEAST)
        });
        statement(
            &format!("REAL *{r} = {}({}, {}, $);", helper.name, p.name, q.name),
            vec![hole(value)],
        )
    }

    fn call_cursor(&mut self, helper: &Helper, arrays: &[Array]) -> Node {
        self.use_rule("cursor");
        let array = self.choices.one(arrays).clone();
        let (c, t, u) = (self.name("q"), self.name("t"), self.name("t"));
        let (one, two) = (self.real(1), self.real(1));
        self.scope.reals.extend([t.clone(), u.clone()]);
        let (h, a) = (&helper.name, &array.name);
        statement(
            &format!(
                "REAL *{c} = {a}; REAL {t} = $; {t} = {h}(&{c}, {t}); REAL {u} = $; {u} = {h}(&{c}, {u}); {u} += *{c};"
            ),
            vec![hole(one), hole(two)],
        )
    }

    /// Two different objects, or two parts of one.
    fn call_apart(&mut self, helper: &Helper, arrays: &[Array]) -> Node {
        self.use_rule("memory said to be apart");
        let (p, q) = (
            self.choices.one(arrays).clone(),
            self.choices.one(arrays).clone(),
        );
        let t = self.name("t");
        let value = self.real(1);
        self.scope.reals.push(t.clone());
        let known = p.object.is_some() && q.object.is_some();
        let (from, to) = match (known && p.object != q.object, p.len >= 2 * LEAST) {
            (true, _) => (p.name, q.name),
            (false, true) => (p.name.clone(), format!("{} + {LEAST}", p.name)),
            (false, false) => {
                let v = self.name("v");
                let copy = format!("REAL {v}[3] = {{{0}[0], {0}[1], {0}[2]}};", p.name);
                let call = format!("REAL {t} = $; {t} = {}({v}, {}, {t});", helper.name, p.name);
                return statement(&format!("{copy} {call}"), vec![hole(value)]);
            }
        };
        statement(
            &format!("REAL {t} = $; {t} = {}({from}, {to}, {t});", helper.name),
            vec![hole(value)],
        )
    }

    /// Helpers of the shapes of this file.
    pub(super) fn storage_function(
        &mut self,
        shape: Shape,
        inline: &str,
        name: &str,
        count: usize,
    ) -> Node {
        self.scope = Scope {
            reals: vec!["t".into()],
            ..Scope::default()
        };
        match shape {
            Shape::Block => self.block_function(inline, name, count),
            Shape::Which => self.which_function(inline, name, count),
            Shape::Cursor => self.cursor_function(inline, name, count),
            _ => self.apart_function(inline, name, count),
        }
    }

    /// `REAL *h(REAL t, int m)`: a block of m + 3 elements, m in 1..=3
    fn block_function(&mut self, inline: &str, name: &str, count: usize) -> Node {
        let value = self.element("i", 5);
        self.scope.integers.push(Integer {
            name: "m".into(),
            low: 1,
            high: 3,
        });
        self.scope.arrays.push(Array {
            object: Some("p".into()),
            ..Array::behind("p", 4)
        });
        self.returns = false;
        let mut body = vec![statement(
            "REAL *p = (REAL *)malloc((m + 3) * sizeof(REAL)); for (int i = 0; i < m + 3; i++) p[i] = $;",
            vec![hole(value)],
        )];
        body.extend(self.statements(count, 1));
        body.push(statement("return p;", vec![]));
        statement(
            &format!("{inline} REAL *{name}(REAL t, int m) $"),
            vec![Piece::Body(body)],
        )
    }

    /// `REAL *h(REAL *p, REAL *q, REAL t)`: four elements each; the first three or the last three of one
    fn which_function(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.arrays = vec![Array::behind("p", 4), Array::behind("q", 4)];
        self.returns = false;
        let mut body = self.statements(count, 1);
        let cond = self.cond(1);
        body.push(statement("return ($) ? p : q + 1;", vec![hole(cond)]));
        statement(
            &format!("{inline} REAL *{name}(REAL *p, REAL *q, REAL t) $"),
            vec![Piece::Body(body)],
        )
    }

    /// `REAL h(REAL **c, REAL t)`: takes an element and moves on; another follows
    fn cursor_function(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.reals.push("r".into());
        self.scope.arrays = vec![Array::behind("(*c)", 1)];
        let mut body = vec![statement("REAL r = *(*c)++;", vec![])];
        body.extend(self.body(count, 1));
        statement(
            &format!("{inline} REAL {name}(REAL **c, REAL t) $"),
            vec![Piece::Body(body)],
        )
    }

    /// `REAL h(const REAL *restrict p, REAL *restrict q, REAL t)`: three elements each
    fn apart_function(&mut self, inline: &str, name: &str, count: usize) -> Node {
        let read = Array {
            writable: false,
            object: Some("p".into()),
            ..Array::behind("p", LEAST)
        };
        let written = Array {
            object: Some("q".into()),
            ..Array::behind("q", LEAST)
        };
        self.scope.arrays = vec![read, written];
        let mut body = vec![statement(
            "for (int i = 0; i < 3; i++) q[i] += 0.25 * sin(p[i]) * $;",
            vec![hole(real("t"))],
        )];
        body.extend(self.body(count, 1));
        statement(
            &format!("{inline} REAL {name}(const REAL *restrict p, REAL *restrict q, REAL t) $"),
            vec![Piece::Body(body)],
        )
    }
}
