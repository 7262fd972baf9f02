//! Structs, chains of nodes, and words that hold the bytes of numbers.

use super::{Array, Generator, Integer, hole, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn structure(&mut self) -> Node {
        self.use_rule("struct");
        if !self.scope.structs.is_empty() && self.choices.percent(50) {
            let s = self.choices.one(&self.scope.structs.clone()).clone();
            let value = self.real(2);
            return match self.choices.below(4) {
                0 => statement(&format!("{s}.u = sin($);"), vec![hole(value)]),
                1 if self.narrow => {
                    self.single = true;
                    statement(&format!("{s}.w = (REALF)($);"), vec![hole(value)])
                }
                2 => {
                    let index = self.index(3);
                    statement(
                        &format!("{s}.v[$] += tanh($);"),
                        vec![hole(index), hole(value)],
                    )
                }
                _ => {
                    let name = self.name("s");
                    let node = statement(&format!("struct pair {name} = {s}; {name}.k++;"), vec![]);
                    self.scope.structs.push(name);
                    node
                }
            };
        }
        let name = self.name("s");
        let (one, two) = (self.real(2), self.real(1));
        let node = statement(
            &format!("struct pair {name} = {{0}}; {name}.k = 1; {name}.u = $; {name}.v[1] = $;"),
            vec![hole(one), hole(two)],
        );
        self.scope.structs.push(name);
        node
    }

    /// Makes nodes, walks along them, or changes their links.
    pub(super) fn nodes(&mut self, depth: usize) -> Node {
        if self.scope.nodes.is_empty() || self.choices.percent(20) {
            return self.node_array();
        }
        let p = self.choices.one(&self.scope.nodes.clone()).clone();
        match self.choices.below(6) {
            0 | 1 if self.on(6) && self.times <= 128 => self.walk(&p, depth),
            2 => {
                self.use_rule("relink nodes");
                let cond = self.cond(1);
                let text = format!("if ($) {p}->next = {p}->next ? {p}->next->next : {p};");
                statement(&text, vec![hole(cond)])
            }
            3 => {
                self.use_rule("step along nodes");
                statement(&format!("if ({p}->next) {p} = {p}->next;"), vec![])
            }
            4 => {
                let value = self.real(2);
                let field = *self.choices.one(&["v = ", "v += ", "w[1] = ", "w[0] -= "]);
                statement(&format!("{p}->{field}sin($);"), vec![hole(value)])
            }
            _ => {
                self.use_rule("copy node");
                let q = self.choices.one(&self.scope.nodes.clone()).clone();
                statement(
                    &format!("{{ struct node *o = {p}->next; *{p} = *{q}; {p}->next = o; }}"),
                    vec![],
                )
            }
        }
    }

    /// Statements that fill nodes named by `at` (with the index in place of `#`), and the value's holes.
    fn fill(&mut self, at: &str, i: &str, count: usize) -> (String, Vec<Piece>) {
        let saved = self.scope.clone();
        self.scope.integers.push(Integer {
            name: i.into(),
            low: 0,
            high: count as i64 - 1,
        });
        let (v, w) = (self.real(2), self.real(1));
        self.scope = saved;
        let to = match self.choices.below(3) {
            0 => format!(
                "{i} + 1 < {count} ? {} : 0",
                at.replace('#', &format!("{i} + 1"))
            ),
            1 => at.replace('#', &format!("({i} + 1) % {count}")),
            _ => at.replace('#', &format!("({i} * 2 + 1) % {count}")),
        };
        let node = at.replace('#', i);
        let text = format!(
            "for (int {i} = 0; {i} < {count}; {i}++) {{ struct node *o = {node}; o->v = $; o->w[0] = $; o->w[1] = 0.5; o->k = {i} * 3 % 4; o->next = {to}; }}"
        );
        (text, vec![hole(v), hole(w)])
    }

    fn node_array(&mut self) -> Node {
        self.use_rule("nodes");
        let (c, i, p) = (self.name("c"), self.name("i"), self.name("p"));
        let count = 2 + self.choices.below(4);
        let (fill, holes) = self.fill(&format!("&{c}[#]"), &i, count);
        let first = self.choices.below(count);
        self.scope.nodes.push(p.clone());
        statement(
            &format!("struct node {c}[{count}]; {fill} struct node *{p} = &{c}[{first}];"),
            holes,
        )
    }

    /// Nodes from `malloc`, used by a block and released after it.
    pub(super) fn heap_nodes(&mut self, depth: usize) -> Node {
        self.use_rule("nodes on the heap");
        let (c, i, p) = (self.name("c"), self.name("i"), self.name("p"));
        let count = 2 + self.choices.below(3);
        let (fill, mut holes) = self.fill(&format!("{c}[#]"), &i, count);
        let saved = self.scope.clone();
        self.scope.level += 1;
        self.scope.nodes.push(p.clone());
        let statements = 2 + self.choices.below(3);
        let free = format!("for (int {i} = 0; {i} < {count}; {i}++) free({c}[{i}]);");
        let body = self.owning(&free, |g| g.statements(statements, depth + 1));
        self.scope = saved;
        holes.push(Piece::Body(body));
        statement(
            &format!(
                "{{ struct node *{c}[{count}]; for (int {i} = 0; {i} < {count}; {i}++) {c}[{i}] = (struct node *)malloc(sizeof(struct node)); {fill} struct node *{p} = {c}[0]; $ {free} }}"
            ),
            holes,
        )
    }

    fn walk(&mut self, from: &str, depth: usize) -> Node {
        self.use_rule("walk along nodes");
        let (p, k) = (self.name("p"), self.name("k"));
        let fuel = 2 + self.choices.below(4) as i64;
        let saved = self.scope.clone();
        self.scope.nodes.push(p.clone());
        let counter = Integer {
            name: k.clone(),
            low: 1,
            high: fuel,
        };
        let body = self.loop_body(fuel as usize, depth, Some(counter));
        self.scope = saved;
        statement(
            &format!(
                "{{ int {k} = {fuel}; for (struct node *{p} = {from}; {p} && {k} > 0; {p} = {p}->next, {k}--) $ }}"
            ),
            vec![Piece::Body(body)],
        )
    }

    /// Moves parts of structs and arrays, as numbers or as words.
    pub(super) fn part(&mut self) -> Node {
        let fits = |a: &&Array| !a.single && a.len >= 3;
        let from: Vec<Array> = self.scope.arrays.iter().filter(fits).cloned().collect();
        let to: Vec<Array> = from.iter().filter(|a| a.writable).cloned().collect();
        if to.is_empty() {
            return self.assign();
        }
        let (from, to) = (
            self.choices.one(&from).clone(),
            self.choices.one(&to).clone(),
        );
        let (i, j) = (
            self.choices.below(from.len - 2),
            self.choices.below(to.len - 2),
        );
        let structs = self.scope.structs.clone();
        if structs.is_empty() || self.choices.percent(30) {
            self.use_rule("words");
            let (w, t, k) = (self.name("w"), self.name("t"), self.name("k"));
            // Words alone would not say that they are numbers.
            return statement(
                &format!(
                    "{{ WORD {w}[3]; memcpy((void *){w}, {} + {i}, sizeof {w}); WORD {t} = {w}[0]; {w}[0] = {w}[2]; {w}[2] = {t}; memcpy((void *)({1} + {j}), {w}, sizeof {w}); for (int {k} = 0; {k} < 3; {k}++) {1}[{j} + {k}] *= 0.75; }}",
                    from.name, to.name
                ),
                vec![],
            );
        }
        self.use_rule("parts of structs");
        let (s, q) = (
            self.choices.one(&structs).clone(),
            self.choices.one(&structs).clone(),
        );
        let count = 1 + self.choices.below(3);
        let text = match self.choices.below(3) {
            0 => format!(
                "memcpy((void *){s}.v, {} + {i}, {count} * sizeof(REAL));",
                from.name
            ),
            1 => format!(
                "memcpy((void *)({} + {j}), {s}.v, {count} * sizeof(REAL));",
                to.name
            ),
            _ if s != q => format!("memcpy((void *)&{s}, &{q}, sizeof(struct pair));"),
            _ => format!("{s}.v[{}] = {s}.u;", count - 1),
        };
        statement(&text, vec![])
    }
}
