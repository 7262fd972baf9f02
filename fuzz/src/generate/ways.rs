//! Ways through code that people write: loops with several ways round and out, switches in loops, jumps into loops,
//! conditions that do something, statements that tell the compiler what is known.

use super::{Generator, Integer, hole, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn ways(&mut self, depth: usize) -> Node {
        match self.choices.below(9) {
            0 => self.several_ways_round(depth),
            1 => self.switch_in_loop(depth),
            2 => self.condition_that_acts(depth),
            3 => self.two_counters(depth),
            4 => self.jump_into_switch(depth),
            5 => self.jump_into_loop(depth),
            6 => self.cleanup(depth),
            7 => self.all_cases(depth),
            _ => self.known(),
        }
    }

    /// What `make` makes is repeated, in a loop that its `break` and `continue` mean.
    fn repeated<T>(
        &mut self,
        trips: usize,
        counter: Integer,
        make: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let saved = (self.scope.clone(), self.times, self.loops);
        self.times *= trips;
        self.loops += 1;
        self.scope.integers.push(counter);
        let made = make(self);
        (self.scope, self.times, self.loops) = saved;
        made
    }

    fn counter(name: &str, low: i64, high: i64) -> Integer {
        Integer {
            name: name.into(),
            low,
            high,
        }
    }

    fn several_ways_round(&mut self, depth: usize) -> Node {
        self.use_rule("loop with several ways round");
        let k = self.name("k");
        let most = 2 + self.choices.below(5);
        let holes = self.repeated(most, Self::counter(&k, 1, most as i64), |g| {
            let (one, two, three) = (g.cond(1), g.cond(1), g.cond(1));
            let blocks = [1, 2, 1, 1].map(|count| Piece::Body(g.block(count, depth + 1)));
            let [a, b, c, d] = blocks;
            vec![a, hole(one), b, hole(two), c, hole(three), d]
        });
        statement(
            &format!(
                "{{ int {k} = 0; for (;;) {{ if (++{k} > {most}) break; $ if ($) continue; $ if ($) {{ $ continue; }} if ($) break; $ }} }}"
            ),
            holes,
        )
    }

    fn switch_in_loop(&mut self, depth: usize) -> Node {
        self.use_rule("switch in an endless loop");
        let (k, l) = (self.name("k"), self.name("l"));
        let most = 2 + self.choices.below(4);
        let last = if self.returns && self.frees.is_empty() {
            "return"
        } else {
            "goto"
        };
        let mut holes = self.repeated(most, Self::counter(&k, 1, most as i64), |g| {
            let selector = g.integer();
            let arms = [(); 5].map(|()| Piece::Body(g.arm(depth)));
            let (one, two) = (g.cond(1), g.cond(1));
            let [a, b, c, d, tail] = arms;
            let mut holes = vec![hole(selector), a, b, c, hole(one), d, hole(two)];
            if last == "return" {
                let value = g.real(2);
                holes.push(hole(value));
            }
            holes.push(tail);
            holes
        });
        let leave = if last == "return" {
            "return $;".into()
        } else {
            format!("goto {l};")
        };
        let text = format!(
            "{{ int {k} = 0; while (1) {{ if ({k}++ >= {most}) break; switch ((int)((unsigned)($) % 4u)) {{ case 0: $ break; case 1: $ continue; case 2: $ if ($) goto {l}; default: $ if ($) {leave} }} $ }} {l}:; }}"
        );
        statement(&text, std::mem::take(&mut holes))
    }

    fn condition_that_acts(&mut self, depth: usize) -> Node {
        let Some(target) = self.target() else {
            return self.declare();
        };
        self.use_rule("condition that acts");
        let (k, t) = (self.name("k"), self.name("t"));
        let most = 1 + self.choices.below(6);
        let start = self.real(2);
        let (step, body) = self.repeated(most, Self::counter(&k, 1, most as i64), |g| {
            g.scope.reals.push(t.clone());
            let step = g.real(2);
            (step, g.block(2, depth + 1))
        });
        let text = match self.choices.below(3) {
            0 => format!(
                "{{ int {k} = {most}; REAL {t} = $; while (({t} = 0.5 * {t} + 0.25 * sin($)) > -0.5 && {k}-- > 0) $ {target} += {t}; }}"
            ),
            1 => format!(
                "{{ int {k} = {most}; REAL {t} = $; for (; {k} > 0 || ({target} -= {t}, 0); {k}--, {t} *= 0.75 + 0.125 * sin($)) $ {target} += {t}; }}"
            ),
            _ => {
                let text = format!(
                    "{{ int {k} = {most}; REAL {t} = $; do $ while (({t} = 0.5 * {t} + 0.25 * sin($)) > -0.5 && --{k} > 0); {target} += {t}; }}"
                );
                return statement(&text, vec![hole(start), Piece::Body(body), hole(step)]);
            }
        };
        statement(&text, vec![hole(start), hole(step), Piece::Body(body)])
    }

    fn two_counters(&mut self, depth: usize) -> Node {
        self.use_rule("two counters");
        let (i, j) = (self.name("i"), self.name("j"));
        let body = self.repeated(3, Self::counter(&i, 0, 2), |g| {
            g.scope.integers.push(Self::counter(&j, 3, 6));
            g.block(2, depth + 1)
        });
        let text = format!("for (int {i} = 0, {j} = 6; {i} < {j}; {i}++, {j}--) $");
        statement(&text, vec![Piece::Body(body)])
    }

    /// A switch whose cases are inside of a loop.
    fn jump_into_switch(&mut self, depth: usize) -> Node {
        self.use_rule("switch into a loop");
        let k = self.name("k");
        let selector = self.integer();
        let most = 1 + self.choices.below(4);
        let [a, b, c] = self.repeated(most, Self::counter(&k, 1, most as i64), |g| {
            [(); 3].map(|()| Piece::Body(g.arm(depth)))
        });
        statement(
            &format!(
                "{{ int {k} = {most}; switch ((int)((unsigned)($) % 4u)) {{ case 0: do {{ $ case 1: $ case 2: $ }} while (--{k} > 0); }} }}"
            ),
            vec![hole(selector), a, b, c],
        )
    }

    fn jump_into_loop(&mut self, depth: usize) -> Node {
        self.use_rule("goto into a loop");
        let (k, l) = (self.name("k"), self.name("l"));
        let cond = self.cond(1);
        let [a, b] = self.repeated(3, Self::counter(&k, 0, 2), |g| {
            [(); 2].map(|()| Piece::Body(g.block(1, depth + 1)))
        });
        statement(
            &format!("{{ int {k} = 0; if ($) goto {l}; for (; {k} < 3; {k}++) {{ $ {l}: $ }} }}"),
            vec![hole(cond), a, b],
        )
    }

    /// Nested loops over a block from the heap, left early in several ways.
    fn cleanup(&mut self, depth: usize) -> Node {
        if self.loops > 0 {
            return self.known();
        }
        let Some(target) = self.target() else {
            return self.declare();
        };
        self.use_rule("loops left with a cleanup");
        let names = ["m", "i", "j", "l"].map(|prefix| self.name(prefix));
        let [m, i, j, l] = &names;
        let first = self.real(2);
        let array = super::Array {
            object: Some(m.clone()),
            ..super::Array::behind(m.clone(), 3)
        };
        let free = format!("free({m});");
        let saved = self.scope.clone();
        self.scope.level += 1;
        self.scope.arrays.push(array);
        let holes = self.owning(&free, |g| {
            g.repeated(9, Self::counter(i, 0, 2), |g| {
                g.scope.integers.push(Self::counter(j, 0, 2));
                let (one, two) = (g.cond(1), g.cond(1));
                let body = g.block(2, depth + 1);
                let second = if g.returns {
                    g.early_return()
                } else {
                    g.leave()
                };
                let tail = g.block(1, depth + 1);
                let pieces = [Piece::Body(body), hole(one), hole(second)];
                pieces
                    .into_iter()
                    .chain([hole(two), Piece::Body(tail)])
                    .collect::<Vec<_>>()
            })
        });
        self.scope = saved;
        let holes = std::iter::once(hole(first)).chain(holes).collect();
        statement(
            &format!(
                "{{ REAL *{m} = (REAL *)malloc(3 * sizeof(REAL)); for (int {i} = 0; {i} < 3; {i}++) {m}[{i}] = 0.5 * {i} + $; for (int {i} = 0; {i} < 3; {i}++) for (int {j} = 0; {j} < 3; {j}++) {{ $ if ($) goto {l}; $ if ($) break; $ }} {target} += {m}[1]; {l}: {target} += 0.5 * {m}[0]; {free} }}"
            ),
            holes,
        )
    }

    fn all_cases(&mut self, depth: usize) -> Node {
        self.use_rule("switch without a default");
        let selector = self.integer();
        let arms = [(); 3].map(|()| Piece::Body(self.arm(depth)));
        let holes = std::iter::once(hole(selector)).chain(arms).collect();
        let text = "switch ((int)((unsigned)($) % 3u)) { case 0: $ break; case 1: $ break; case 2: $ break; default: __builtin_unreachable(); }";
        statement(text, holes)
    }

    /// What the compiler is told.
    fn known(&mut self) -> Node {
        self.use_rule("what is known");
        let integers = self.scope.integers.clone();
        if integers.is_empty() || self.choices.percent(50) {
            let (cond, value) = (self.cond(1), self.real(2));
            let (name, likely) = (self.name("t"), self.choices.below(2));
            let text = format!(
                "REAL {name} = 0.5; if (__builtin_expect(($) ? 1 : 0, {likely})) {name} = $;"
            );
            self.scope.reals.push(name);
            return statement(&text, vec![hole(cond), hole(value)]);
        }
        let v = self.choices.one(&integers).clone();
        let text = format!(
            "__builtin_assume({0} >= {1} && {0} <= {2});",
            v.name, v.low, v.high
        );
        statement(&text, vec![])
    }
}
