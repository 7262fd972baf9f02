//! Ways to reach memory: volatile and atomic accesses, pointers to pointers, parts that are cleared, moved and compared,
//! and a pool from which parts are handed out.

use super::{Array, Generator, Integer, hole, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn access(&mut self, depth: usize) -> Node {
        match self.choices.below(8) {
            0 => self.volatile(),
            1 => self.volatile_count(depth),
            2 | 3 => self.atomic(),
            4 => self.pointer_to_pointer(),
            5 => self.clear_or_move(),
            6 => self.compare_bytes(),
            _ => self.pool(),
        }
    }

    fn written(&self, least: usize) -> Vec<Array> {
        let fits = |a: &&Array| a.writable && !a.single && a.len >= least;
        self.scope.arrays.iter().filter(fits).cloned().collect()
    }

    fn volatile(&mut self) -> Node {
        self.use_rule("volatile number");
        let (v, i) = (self.name("t"), self.name("i"));
        let start = self.real(2);
        let value = self.element(&i, 2);
        self.scope.reals.push(v.clone());
        statement(
            &format!(
                "VOLATILE REAL {v} = $; for (int {i} = 0; {i} < 3; {i}++) {v} = {v} * 0.5 + $;"
            ),
            vec![hole(start), hole(value)],
        )
    }

    fn volatile_count(&mut self, depth: usize) -> Node {
        self.use_rule("volatile count");
        let (k, i) = (self.name("k"), self.name("i"));
        let most = 1 + self.choices.below(4);
        let counter = Integer {
            name: i.clone(),
            low: 0,
            high: most as i64 - 1,
        };
        let body = self.loop_body(most, depth, Some(counter));
        statement(
            &format!("{{ volatile int {k} = {most}; for (int {i} = 0; {i} < {k}; {i}++) $ }}"),
            vec![Piece::Body(body)],
        )
    }

    fn atomic(&mut self) -> Node {
        let arrays = self.written(1);
        if arrays.is_empty() {
            return self.volatile();
        }
        self.use_rule("atomic access");
        let array = self.choices.one(&arrays).clone();
        let (at, value) = (self.index(array.len), self.real(2));
        let text = format!("rz_add(&{}[$], $);", array.name);
        statement(&text, vec![hole(at), hole(value)])
    }

    fn pointer_to_pointer(&mut self) -> Node {
        let arrays = self.written(3);
        if arrays.is_empty() {
            return self.volatile();
        }
        self.use_rule("pointer to a pointer");
        let (one, other) = (
            self.choices.one(&arrays).name.clone(),
            self.choices.one(&arrays).name.clone(),
        );
        let (p, q, r) = (self.name("q"), self.name("q"), self.name("q"));
        let (cond, first, second) = (self.cond(1), self.real(2), self.real(2));
        statement(
            &format!(
                "{{ REAL *{p} = {one}, *{q} = {other}, **{r} = ($) ? &{p} : &{q}; **{r} += sin($); (*{r})++; *(*{r})++ *= 0.75; **{r} -= $; {p}[0] += 0.5 * {q}[0]; }}"
            ),
            vec![hole(cond), hole(first), hole(second)],
        )
    }

    fn clear_or_move(&mut self) -> Node {
        let structs = self.scope.structs.clone();
        let parts = self.scope.parts.clone();
        let arrays = self.written(4);
        match self.choices.below(3) {
            0 if !structs.is_empty() => {
                self.use_rule("part of a record cleared");
                let s = self.choices.one(&structs).clone();
                statement(
                    &format!("memset((void *){s}.v, 0, 2 * sizeof(REAL));"),
                    vec![],
                )
            }
            1 if !parts.is_empty() => {
                self.use_rule("part of a record cleared");
                let e = self.choices.one(&parts).clone();
                statement(
                    &format!("memset((void *)&{e}.as, 0, sizeof {e}.as);"),
                    vec![],
                )
            }
            _ if !arrays.is_empty() => {
                self.use_rule("memmove that overlaps");
                let array = self.choices.one(&arrays).clone();
                let (from, to) = (self.choices.below(3), self.choices.below(3));
                let most = array.len - from.max(to);
                let count = 1 + self.choices.below(most);
                let v = &array.name;
                let text = if self.choices.percent(70) {
                    format!("memmove((void *)({v} + {to}), {v} + {from}, {count} * sizeof(REAL));")
                } else {
                    format!("memset((void *)({v} + {to}), 0, {count} * sizeof(REAL));")
                };
                statement(&text, vec![])
            }
            _ => self.declare(),
        }
    }

    fn compare_bytes(&mut self) -> Node {
        let arrays = self.written(3);
        if arrays.is_empty() {
            return self.volatile();
        }
        self.use_rule("memcmp");
        let (p, q) = (
            self.choices.one(&arrays).name.clone(),
            self.choices.one(&arrays).name.clone(),
        );
        let at = self.choices.below(2);
        let value = self.real(2);
        let text = format!("if (!rz_same_bytes({p} + {at}, {q}, 2)) {p}[0] += $;");
        statement(&text, vec![hole(value)])
    }

    /// Parts of one block, handed out one after another and all taken back at once.
    fn pool(&mut self) -> Node {
        self.use_rule("pool");
        let names = ["m", "k", "p", "p", "i"].map(|prefix| self.name(prefix));
        let [m, k, p, q, i] = &names;
        let (one, two) = (self.element(i, 2), self.element(i, 2));
        let again = if self.choices.percent(40) {
            format!("{k} = 1;")
        } else {
            String::new()
        };
        for part in [p, q] {
            self.scope.arrays.push(Array {
                object: None,
                ..Array::behind(part.clone(), 3)
            });
        }
        statement(
            &format!(
                "REAL {m}[8]; int {k} = 0; REAL *{p} = {m} + {k}; {k} += 3; for (int {i} = 0; {i} < 3; {i}++) {p}[{i}] = $; {again} REAL *{q} = {m} + {k}; {k} += 3; for (int {i} = 0; {i} < 3; {i}++) {q}[{i}] = $;"
            ),
            vec![hole(one), hole(two)],
        )
    }
}
