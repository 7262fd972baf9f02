//! Arrays: on the stack, on the heap, moved, and pointed into.

use super::{Array, Generator, Integer, hole, replace_name, statement};
use crate::tree::{Node, Piece};

impl Generator<'_> {
    pub(super) fn store(&mut self) -> Node {
        let arrays: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| a.writable)
            .cloned()
            .collect();
        if arrays.is_empty() {
            return self.assign();
        }
        self.use_rule("store");
        let array = self.choices.one(&arrays).clone();
        let index = self.index(array.len);
        let value = self.real(3);
        let cast = if array.single { "(REALF)" } else { "" };
        let form = *self.choices.one(&[
            "= #sin($)",
            "= #($)",
            "+= #tanh($)",
            "-= #sin($)",
            "*= #cos($)",
        ]);
        statement(
            &format!("{}[$] {};", array.name, form.replace('#', cast)),
            vec![hole(index), hole(value)],
        )
    }

    pub(super) fn local_array(&mut self) -> Node {
        self.use_rule("local array");
        let name = self.name("v");
        let len = 3 + self.choices.below(4);
        let single = self.narrow && self.choices.percent(30);
        self.single |= single;
        let i = self.name("i");
        let saved = self.scope.clone();
        self.scope.integers.push(Integer {
            name: i.clone(),
            low: 0,
            high: len as i64 - 1,
        });
        let value = self.real(2);
        self.scope = saved;
        let (ty, cast) = if single {
            ("REALF", "(REALF)")
        } else {
            ("REAL", "")
        };
        let node = if self.choices.percent(30) {
            statement(
                &format!("{ty} {name}[{len}] = {{0}}; {name}[1] = {cast}($);"),
                vec![hole(replace_name(value, &i, "1"))],
            )
        } else {
            statement(
                &format!(
                    "{ty} {name}[{len}]; for (int {i} = 0; {i} < {len}; {i}++) {name}[{i}] = {cast}($);"
                ),
                vec![hole(value)],
            )
        };
        self.scope.arrays.push(Array {
            object: Some(name.clone()),
            name,
            len,
            writable: true,
            single,
        });
        node
    }

    pub(super) fn heap(&mut self, depth: usize) -> Node {
        self.use_rule("heap");
        let name = self.name("m");
        let len = 3 + self.choices.below(3);
        let i = self.name("i");
        let value = self.element(&i, len as i64 - 1);
        let saved = self.scope.clone();
        self.scope.level += 1;
        self.scope.arrays.push(Array {
            name: name.clone(),
            len,
            writable: true,
            object: Some(name.clone()),
            single: false,
        });
        let count = 2 + self.choices.below(3);
        let free = format!("free({name});");
        let body = self.owning(&free, |g| g.statements(count, depth + 1));
        self.scope = saved;
        let fill = format!("for (int {i} = 0; {i} < {len}; {i}++) {name}[{i}] = $;");
        let size = format!("{len} * sizeof(REAL)");
        let make = match self.choices.below(6) {
            0 => format!("REAL *{name} = (REAL *)calloc({len}, sizeof(REAL));"),
            1 => format!("REAL *{name} = (REAL *)aligned_alloc(64, 128);"),
            2 => format!(
                "void *{name}v = 0; if (posix_memalign(&{name}v, 32, {size})) abort(); REAL *{name} = (REAL *){name}v;"
            ),
            _ => format!("REAL *{name} = (REAL *)malloc({size});"),
        };
        let make = format!("{make} {fill}");
        let mut holes = vec![hole(value)];
        let mut grow = String::new();
        if self.choices.percent(30) {
            self.use_rule("realloc");
            let more = self.real(1);
            grow = format!(
                "{name} = (REAL *)realloc((void *){name}, {} * sizeof(REAL)); {name}[{len}] = $;",
                len + 1
            );
            holes.push(hole(more));
        }
        holes.push(Piece::Body(body));
        statement(&format!("{{ {make} {grow} $ {free} }}"), holes)
    }

    pub(super) fn move_memory(&mut self) -> Node {
        let doubles: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| !a.single)
            .cloned()
            .collect();
        let to: Vec<Array> = doubles.iter().filter(|a| a.writable).cloned().collect();
        if to.is_empty() {
            return self.assign();
        }
        let (from, to) = (
            self.choices.one(&doubles).clone(),
            self.choices.one(&to).clone(),
        );
        let most = from.len.min(to.len);
        let count = 1 + self.choices.below(most);
        let text = match self.choices.below(4) {
            0 => {
                self.use_rule("memset");
                format!("memset((void *){}, 0, {count} * sizeof(REAL));", to.name)
            }
            1 => {
                self.use_rule("memmove");
                let shift = usize::from(to.len > count);
                format!(
                    "memmove((void *)({0} + {shift}), {0}, {count} * sizeof(REAL));",
                    to.name
                )
                .replace(
                    &format!("{count} * sizeof"),
                    &format!("{} * sizeof", count.min(to.len - shift)),
                )
            }
            // Overlap would be undefined behaviour, so both objects must be known.
            _ if from.object != to.object && from.object.is_some() && to.object.is_some() => {
                self.use_rule("memcpy");
                let at = self.choices.below(to.len - count + 1);
                format!(
                    "memcpy((void *)({} + {at}), {}, {count} * sizeof(REAL));",
                    to.name, from.name
                )
            }
            _ => {
                self.use_rule("swap");
                let (i, j) = (self.choices.below(to.len), self.choices.below(to.len));
                let t = self.name("w");
                format!(
                    "{{ REAL {t} = {0}[{i}]; {0}[{i}] = {0}[{j}]; {0}[{j}] = {t}; }}",
                    to.name
                )
            }
        };
        statement(&text, vec![])
    }

    pub(super) fn pointer(&mut self) -> Node {
        let arrays: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| a.writable && !a.single && a.len >= 3)
            .cloned()
            .collect();
        if arrays.is_empty() {
            return self.declare();
        }
        let name = self.name("q");
        let (one, two) = (
            self.choices.one(&arrays).clone(),
            self.choices.one(&arrays).clone(),
        );
        let mut object = one.object.clone();
        let node = if self.choices.percent(50) || !self.on(2) {
            self.use_rule("pointer");
            let at = self.index(one.len - 2);
            statement(&format!("REAL *{name} = &{}[$];", one.name), vec![hole(at)])
        } else {
            self.use_rule("pointer select");
            if one.object != two.object {
                object = None;
            }
            let cond = self.cond(1);
            statement(
                &format!("REAL *{name} = ($) ? {} : {};", one.name, two.name),
                vec![hole(cond)],
            )
        };
        self.scope.arrays.push(Array {
            name,
            len: 3,
            writable: true,
            single: false,
            object,
        });
        node
    }
}
