//! Letters beside numbers: records whose letter says what they hold, text that is written and looked at, small
//! languages that are interpreted.

use super::{BUDGET, Generator, Helper, Integer, Shape, hole, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn letters(&mut self, depth: usize) -> Node {
        let some = !self.scope.parts.is_empty();
        match self.choices.weighted(&[
            3,
            2,
            4 * usize::from(some),
            5 * usize::from(some),
            2,
            2,
            2 * usize::from(depth < 3),
        ]) {
            0 => self.part_of_letter(),
            1 => self.parts(),
            2 => self.change_part(),
            3 => self.read_part(),
            4 => self.text(),
            5 => self.little_language(),
            _ => self.table_of_steps(depth),
        }
    }

    /// Statements that make the record `at` one kind or another.
    fn become_kind(&mut self, at: &str) -> (String, Vec<Piece>) {
        let kind = self.index(3);
        let values: Vec<Node> = (0..5).map(|_| self.real(2)).collect();
        let count = 1 + self.choices.below(4);
        let text = format!(
            "switch ($) {{ case 0: {at}.tag = 'r'; {at}.as.r = $; break; case 1: {at}.tag = 't'; {at}.as.two[0] = $; {at}.as.two[1] = $; break; default: {at}.tag = 'i'; {at}.as.in.w = $; {at}.as.in.z = 0.5; {at}.k = {count}; }} {at}.scale = $;"
        );
        let all = std::iter::once(kind).chain(values);
        (text, all.map(hole).collect())
    }

    fn part_of_letter(&mut self) -> Node {
        self.use_rule("record with a letter");
        let name = self.name("e");
        let (text, holes) = self.become_kind(&name);
        self.scope.parts.push(name.clone());
        statement(&format!("struct part {name} = {{0}}; {text}"), holes)
    }

    /// An array of such records, often sorted or moved.
    fn parts(&mut self) -> Node {
        self.use_rule("array of records with letters");
        let (v, i, s) = (self.name("e"), self.name("i"), self.name("s"));
        let len = 2 + self.choices.below(4);
        let saved = self.scope.clone();
        self.scope.integers.push(Integer {
            name: i.clone(),
            low: 0,
            high: len as i64 - 1,
        });
        let (fill, holes) = self.become_kind(&format!("{v}[{i}]"));
        self.scope = saved;
        let then = match self.choices.below(5) {
            0 => format!(
                "for (int {i} = 1; {i} < {len}; {i}++) if ({v}[{i}].tag < {v}[{i} - 1].tag || {v}[{i}].scale > {v}[{i} - 1].scale) {{ struct part {s} = {v}[{i}]; {v}[{i}] = {v}[{i} - 1]; {v}[{i} - 1] = {s}; }}"
            ),
            1 => format!(
                "memmove((void *)({v} + 1), {v}, {} * sizeof(struct part));",
                len - 1
            ),
            2 => format!(
                "memcpy((void *)&{v}[0], &{v}[{}], sizeof(struct part));",
                len - 1
            ),
            3 if self.choices.percent(40) => {
                format!("qsort((void *){v}, {len}, sizeof(struct part), rz_order_of_parts);")
            }
            _ => String::new(),
        };
        let at = self.choices.below(len);
        self.scope
            .parts
            .extend([format!("{v}[{at}]"), format!("{v}[0]")]);
        statement(
            &format!(
                "struct part {v}[{len}]; memset((void *){v}, 0, sizeof {v}); for (int {i} = 0; {i} < {len}; {i}++) {{ {fill} }} {then}"
            ),
            holes,
        )
    }

    fn change_part(&mut self) -> Node {
        let all = self.scope.parts.clone();
        let (e, o) = (
            self.choices.one(&all).clone(),
            self.choices.one(&all).clone(),
        );
        match self.choices.below(6) {
            0 => {
                self.use_rule("copy record with a letter");
                let name = self.name("e");
                let value = self.real(1);
                self.scope.parts.push(name.clone());
                let text = format!("struct part {name} = {e}; {name}.scale *= $;");
                statement(&text, vec![hole(value)])
            }
            1 => {
                self.use_rule("choose record with a letter");
                let (name, cond) = (self.name("e"), self.cond(1));
                self.scope.parts.push(name.clone());
                let text = format!("struct part {name} = ($) ? {e} : {o};");
                statement(&text, vec![hole(cond)])
            }
            2 if e != o => {
                self.use_rule("swap records with letters");
                let s = self.name("s");
                let text = format!("{{ struct part {s} = {e}; {e} = {o}; {o} = {s}; }}");
                statement(&text, vec![])
            }
            3 => {
                let value = self.real(2);
                let text = format!("if ({e}.tag != 'i') {e}.as.r = $; else {e}.k++;");
                statement(&text, vec![hole(value)])
            }
            4 => {
                let value = self.real(2);
                let text = format!("if ({e}.tag == {o}.tag) {e}.scale += 0.5 * {o}.as.r * $;");
                statement(&text, vec![hole(value)])
            }
            _ => {
                let (text, holes) = self.become_kind(&e);
                statement(&text, holes)
            }
        }
    }

    /// A number from a record with a letter: here, or from a helper that is given it.
    fn read_part(&mut self) -> Node {
        let e = self.choices.one(&self.scope.parts.clone()).clone();
        let t = self.name("t");
        let start = self.real(1);
        let helpers: Vec<Helper> = self.of_shape(Shape::Part);
        if !helpers.is_empty() && self.choices.percent(50) {
            let helper = self.choices.one(&helpers).clone();
            if self.cost + helper.cost * self.times <= BUDGET {
                self.cost += helper.cost * self.times;
                self.use_rule("call with a letter");
                self.scope.reals.push(t.clone());
                let text = format!("REAL {t} = $; {t} = {}(&{e}, {t});", helper.name);
                return statement(&text, vec![hole(start)]);
            }
        }
        self.use_rule("switch on a letter");
        let (one, two) = (self.real(2), self.real(1));
        self.scope.reals.push(t.clone());
        statement(
            &format!(
                "REAL {t} = $; switch ({e}.tag) {{ case 'r': {t} += {e}.as.r * {e}.scale; break; case 't': {t} += {e}.as.two[0] * sin({e}.as.two[1]) + $; break; case 'i': {t} -= {e}.as.in.w * (REAL){e}.k; break; default: {t} *= $; }}"
            ),
            vec![hole(start), hole(one), hole(two)],
        )
    }

    /// `REAL h(struct part *e, REAL t)`
    pub(super) fn part_function(&mut self, inline: &str, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["t".into(), "e->scale".into()];
        let arms = [
            &["e->as.r"][..],
            &["e->as.two[0]", "e->as.two[1]"],
            &["e->as.in.w"],
        ];
        let mut pieces = Vec::new();
        for fields in arms {
            let saved = self.scope.clone();
            self.scope
                .reals
                .extend(fields.iter().map(ToString::to_string));
            self.scope
                .reals
                .extend(fields.iter().map(ToString::to_string));
            let mut list = self.statements(count.min(2), 1);
            let value = self.real(2);
            list.push(statement("t += $;", vec![hole(value)]));
            self.scope = saved;
            pieces.push(Piece::Body(list));
        }
        let result = self.real(2);
        pieces.push(hole(result));
        statement(
            &format!(
                "{inline} REAL {name}(struct part *e, REAL t) {{ switch (e->tag) {{ case 'r': $ break; case 't': $ break; case 'i': $ break; default: t *= 0.5; }} return t + $; }}"
            ),
            pieces,
        )
    }

    /// Numbers are printed into a buffer, and what stands there says where to go. Text carries no derivative.
    fn text(&mut self) -> Node {
        self.use_rule("text");
        let (s, k) = (self.name("s"), self.name("k"));
        let (number, value) = (self.integer(), self.real(2));
        let looked = match self.choices.below(4) {
            0 => format!("(int)strlen({s}) + {s}[0]"),
            1 => format!("strcmp({s}, \"3:\") > 0 ? {s}[2] : 1"),
            2 => format!("strchr({s}, '-') ? 2 : atoi({s})"),
            _ => format!("(int)(16 * fmod(strtod(strchr({s}, ':') + 1, 0), 100.0))"),
        };
        self.scope.integers.push(Integer {
            name: k.clone(),
            low: 0,
            high: 3,
        });
        statement(
            &format!(
                "char {s}[40]; snprintf({s}, sizeof {s}, \"%d:%.1f\", (int)($), (double)VALUE((REAL)($))); int {k} = (int)((unsigned)({looked}) % 4u);"
            ),
            vec![hole(number), hole(value)],
        )
    }

    /// A formula in postfix letters, read by a loop with a stack.
    fn little_language(&mut self) -> Node {
        self.use_rule("interpreter");
        let (program, room) = self.postfix();
        let (v, k, c, t) = (
            self.name("v"),
            self.name("k"),
            self.name("c"),
            self.name("t"),
        );
        let (one, two) = (self.real(2), self.real(2));
        self.scope.reals.push(t.clone());
        let at = |back: usize| format!("{v}[{k} - {back}]");
        let (top, below) = (at(1), at(2));
        statement(
            &format!(
                "REAL {v}[{room}]; int {k} = 0; for (const char *{c} = \"{program}\"; *{c}; {c}++) switch (*{c}) {{ case 'x': {v}[{k}++] = $; break; case 'y': {v}[{k}++] = $; break; case 'd': {v}[{k}] = {top}; {k}++; break; case 's': {top} = sin({top}); break; case 'n': {top} = -{top}; break; case '+': {below} += {top}; {k}--; break; case '*': {below} *= 0.5 * {top}; {k}--; break; default: {below} = {below} / (1.5 + {top} * {top}); {k}--; }} REAL {t} = {v}[0];"
            ),
            vec![hole(one), hole(two)],
        )
    }

    /// A valid postfix program and the room its stack needs.
    fn postfix(&mut self) -> (String, usize) {
        let (mut out, mut high, mut most) = (String::new(), 0, 1);
        for _ in 0..4 + self.choices.below(7) {
            let letters = match high {
                0 => "xy",
                1 => "xydsn",
                4.. => "sn+*/",
                _ => "xyds+*/",
            };
            let all: Vec<char> = letters.chars().collect();
            let letter = *self.choices.one(&all);
            out.push(letter);
            match letter {
                'x' | 'y' | 'd' => high += 1,
                '+' | '*' | '/' => high -= 1,
                _ => {}
            }
            most = most.max(high);
        }
        out.extend(std::iter::repeat_n('+', high - 1));
        (out, most)
    }

    /// A constant table of letters and numbers, done step by step.
    fn table_of_steps(&mut self, depth: usize) -> Node {
        let Some(target) = self.target() else {
            return self.declare();
        };
        self.use_rule("table of steps");
        let (c, i) = (self.name("c"), self.name("i"));
        let rows: Vec<String> = (0..4)
            .map(|k| {
                let op = *self.choices.one(&["a", "m", "s", "-"]);
                format!("{{'{op}', {k}, {}.25}}", self.choices.below(3))
            })
            .collect();
        let counter = Integer {
            name: i.clone(),
            low: 0,
            high: 3,
        };
        let value = self.real(2);
        let body = self.loop_body(4, depth, Some(counter));
        statement(
            &format!(
                "{{ static const struct {{ char op; int at; double by; }} {c}[4] = {{{}}}; for (int {i} = 0; {i} < 4; {i}++) {{ if ({c}[{i}].op == 'a') {target} += {c}[{i}].by * $; else if ({c}[{i}].op == 'm') {target} *= 0.5 + 0.25 * {c}[{i}].by; else if ({c}[{i}].op == 's') {target} = sin({target}) * (REAL){c}[{i}].at; $ }} }}",
                rows.join(", ")
            ),
            vec![hole(value), Piece::Body(body)],
        )
    }
}
