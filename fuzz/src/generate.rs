//! The grammar: random programs in the common subset that always end and stay in bounds.
//!
//! Every integer variable has a known range, so that indices are in bounds by construction. Every loop that is
//! not counted has fuel. The cost of nested loops and calls is estimated and bounded. Slices switch
//! parts of the grammar on: 1 straight line, 2 branches, 3 memory, 4 counted loops, 5 calls and recursion,
//! 6 loops of unknown length, several exits, irreducible regions.

use crate::choices::Choices;
use crate::tree::{Kind, Node, Piece, Program};
use std::fmt::Write as _;

/// The length of the arrays that the entry point takes.
const ARRAY: usize = 8;
/// The most operations a program may execute, by estimate.
const BUDGET: usize = 20_000;

#[derive(Clone)]
struct Array {
    name: String,
    len: usize,
    writable: bool,
    single: bool,
    /// The object it points into; none where that is not known.
    object: Option<String>,
}

#[derive(Clone)]
struct Integer {
    name: String,
    low: i64,
    high: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `REAL h(REAL, REAL)`
    Scalar,
    /// `REAL h(REAL *p, int m, REAL s)`: four elements, m in 1..=4
    Array,
    /// `void h(const REAL *p, REAL *q)`: three elements each, which may be the same
    Copy,
    /// `struct pair h(struct pair s, REAL t)`
    Struct,
    /// `REAL h(REAL s, REAL *p, int d)`: recursive in d
    Recursive,
}

#[derive(Clone)]
struct Helper {
    name: String,
    shape: Shape,
    cost: usize,
}

/// Names in scope; a block restores the lengths it found.
#[derive(Clone, Default)]
struct Scope {
    reals: Vec<String>,
    fixed: Vec<String>,
    singles: Vec<String>,
    arrays: Vec<Array>,
    integers: Vec<Integer>,
    structs: Vec<String>,
}

struct Generator<'a> {
    choices: &'a mut Choices,
    slices: u32,
    scope: Scope,
    helpers: Vec<Helper>,
    fresh: usize,
    loops: usize,
    /// Estimated executions of the statement being made.
    times: usize,
    /// Estimated cost so far of the function being made.
    cost: usize,
    /// `return` needs a value of this text form; none inside functions that return nothing.
    returns: bool,
    /// Whether single precision may occur: few programs, as it allows only a coarse comparison.
    narrow: bool,
    single: bool,
    used: Vec<&'static str>,
}

fn hole(n: Node) -> Piece {
    Piece::Hole(n)
}

fn real(text: impl Into<String>) -> Node {
    Node::text(Kind::Real, text)
}

fn statement(format: &str, pieces: Vec<Piece>) -> Node {
    Node::form(Kind::Statement, format, pieces)
}

/// A program from choices; `slices` has bit k set for slice k.
pub(crate) fn program(choices: &mut Choices, slices: u32) -> Program {
    let mut g = Generator {
        choices,
        slices,
        scope: Scope::default(),
        helpers: vec![],
        fresh: 0,
        loops: 0,
        times: 1,
        cost: 0,
        returns: true,
        narrow: false,
        single: false,
        used: vec![],
    };
    g.narrow = g.choices.percent(15);
    let mut functions = Vec::new();
    if g.on(5) {
        for _ in 0..g.choices.below(4) {
            let f = g.helper();
            functions.push(f);
        }
    }
    let (x_active, b_active) = (!g.choices.percent(15), !g.choices.percent(20));
    functions.push(g.entry(b_active));
    let points = 2;
    let mut values = Vec::new();
    let mut n = Vec::new();
    for _ in 0..points {
        let leaf =
            |c: &mut Choices| (c.below(4001) as f64 - 2000.0) / 1024.0 + 0.000_976_562_5 / 2.0;
        values.push((0..2 + 2 * ARRAY).map(|_| leaf(g.choices)).collect());
        n.push(2 + g.choices.below(5) as i32);
    }
    Program {
        functions,
        x_active,
        b_active,
        single: g.single,
        values,
        n,
        used: g.used,
    }
}

impl Generator<'_> {
    fn on(&self, slice: u32) -> bool {
        self.slices & (1 << slice) != 0
    }

    fn name(&mut self, prefix: &str) -> String {
        self.fresh += 1;
        format!("{prefix}{}", self.fresh)
    }

    fn use_rule(&mut self, rule: &'static str) {
        if !self.used.contains(&rule) {
            self.used.push(rule);
        }
    }

    // ---- functions

    fn entry(&mut self, b_active: bool) -> Node {
        self.scope = Scope {
            reals: vec!["x".into(), "y".into()],
            integers: vec![Integer {
                name: "n".into(),
                low: 2,
                high: 6,
            }],
            ..Scope::default()
        };
        if self.on(3) {
            let array = |name: &str, writable| Array {
                name: name.into(),
                len: ARRAY,
                writable,
                single: false,
                object: Some(name.into()),
            };
            self.scope.arrays = vec![array("a", true), array("b", b_active)];
        } else {
            self.scope.fixed = vec!["a[0]".into(), "a[3]".into(), "b[1]".into()];
        }
        self.start();
        let statements = 3 + self.choices.below(8);
        let body = self.body(statements, 0);
        let constant = if b_active { "" } else { "const " };
        statement(
            &format!("REAL @_f(REAL x, REAL y, REAL *a, {constant}REAL *b, int n) $"),
            vec![Piece::Body(body)],
        )
    }

    fn start(&mut self) {
        (self.times, self.cost, self.loops, self.returns) = (1, 0, 0, true);
    }

    /// A body that ends by returning a value.
    fn body(&mut self, statements: usize, depth: usize) -> Vec<Node> {
        let mut list = self.statements(statements, depth);
        let result = self.real(3);
        list.push(statement("return $;", vec![hole(result)]));
        list
    }

    fn helper(&mut self) -> Node {
        let shape = match self.choices.weighted(&[4, 3, 3, 2, 3]) {
            0 => Shape::Scalar,
            1 if self.on(3) => Shape::Array,
            2 if self.on(3) => Shape::Copy,
            3 if self.on(3) => Shape::Struct,
            4 => Shape::Recursive,
            _ => Shape::Scalar,
        };
        let name = self.name("@_h");
        let inline = *self.choices.one(&[
            "NOINLINE static",
            "static",
            "NOINLINE static",
            "static inline",
        ]);
        let count = 1 + self.choices.below(4);
        self.scope = Scope::default();
        self.start();
        let array = |name: &str, len, writable| Array {
            name: name.into(),
            len,
            writable,
            single: false,
            object: None,
        };
        let node = match shape {
            Shape::Scalar => {
                self.scope.reals = vec!["s".into(), "t".into()];
                let body = self.body(count, 1);
                statement(
                    &format!("{inline} REAL {name}(REAL s, REAL t) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Array => {
                self.scope.reals = vec!["s".into()];
                self.scope.arrays = vec![array("p", 4, true)];
                self.scope.integers = vec![Integer {
                    name: "m".into(),
                    low: 1,
                    high: 4,
                }];
                let body = self.body(count, 1);
                statement(
                    &format!("{inline} REAL {name}(REAL *p, int m, REAL s) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Copy => {
                self.scope.arrays = vec![array("p", 3, false), array("q", 3, true)];
                self.returns = false;
                let body = self.statements(count + 1, 1);
                statement(
                    &format!("{inline} void {name}(const REAL *p, REAL *q) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Struct => {
                self.scope.reals = vec!["t".into()];
                self.scope.structs = vec!["s".into()];
                self.returns = false;
                let mut body = self.statements(count, 1);
                body.push(statement("return s;", vec![]));
                statement(
                    &format!("{inline} struct pair {name}(struct pair s, REAL t) $"),
                    vec![Piece::Body(body)],
                )
            }
            Shape::Recursive => self.recursive(&name, count),
        };
        let cost = self.cost + 10;
        self.use_rule(match shape {
            Shape::Scalar => "helper scalar",
            Shape::Array => "helper array",
            Shape::Copy => "helper copy",
            Shape::Struct => "helper struct by value",
            Shape::Recursive => "helper recursive",
        });
        self.helpers.push(Helper { name, shape, cost });
        node
    }

    /// `if (d <= 0) return …; statements; REAL r = h(…, d - 1); statements; return …;`
    fn recursive(&mut self, name: &str, count: usize) -> Node {
        self.scope.reals = vec!["s".into()];
        self.scope.arrays = vec![Array {
            name: "p".into(),
            len: 4,
            writable: self.on(3),
            single: false,
            object: None,
        }];
        self.scope.integers = vec![Integer {
            name: "d".into(),
            low: 0,
            high: 4,
        }];
        let base = self.real(2);
        let mut list = vec![statement("if (d <= 0) return $;", vec![hole(base)])];
        list.extend(self.statements(count, 1));
        let twice = self.choices.percent(25);
        for k in 0..=usize::from(twice) {
            let argument = self.real(2);
            let result = format!("r{k}");
            let step = if twice { "2" } else { "1" };
            list.push(statement(
                &format!("REAL {result} = {name}($, p, d - {step});"),
                vec![hole(argument)],
            ));
            self.scope.reals.push(result);
        }
        let more = self.choices.below(3);
        list.extend(self.statements(more, 1));
        let result = self.real(2);
        list.push(statement("return $;", vec![hole(result)]));
        self.cost *= 8;
        statement(
            &format!("NOINLINE static REAL {name}(REAL s, REAL *p, int d) $"),
            vec![Piece::Body(list)],
        )
    }

    // ---- statements

    fn statements(&mut self, count: usize, depth: usize) -> Vec<Node> {
        (0..count).map(|_| self.statement(depth)).collect()
    }

    /// Statements in a scope of their own.
    fn block(&mut self, count: usize, depth: usize) -> Vec<Node> {
        let saved = self.scope.clone();
        let list = self.statements(count, depth);
        self.scope = saved;
        list
    }

    fn statement(&mut self, depth: usize) -> Node {
        self.cost += self.times;
        let nested = depth < 3;
        let memory = usize::from(self.on(3));
        let branch = usize::from(self.on(2) && nested);
        let counted = usize::from(self.on(4) && nested && self.times <= 128);
        let calls = usize::from(self.on(5) && !self.helpers.is_empty());
        let unknown = usize::from(self.on(6) && nested && self.times <= 128);
        let weights = [
            8,                                               // declare
            8,                                               // assign
            10 * memory,                                     // array store
            5 * branch,                                      // if
            2 * branch,                                      // switch
            7 * counted,                                     // for
            4 * unknown,                                     // while
            usize::from(branch > 0 && self.returns),         // early return
            4 * calls,                                       // call for effect
            3 * memory * usize::from(nested),                // local array
            2 * memory,                                      // move memory
            2 * memory,                                      // pointer
            2 * memory * usize::from(nested),                // struct
            2 * usize::from(self.loops > 0 && self.on(6)),   // break, continue
            unknown,                                         // goto
            memory * usize::from(nested && self.loops == 0), // heap
            3 * usize::from(self.narrow),                    // single precision
        ];
        match self.choices.weighted(&weights) {
            0 => self.declare(),
            1 => self.assign(),
            2 => self.store(),
            3 => self.branch(depth),
            4 => self.switch(depth),
            5 => self.counted(depth),
            6 => self.unknown(depth),
            7 => self.early_return(),
            8 => self.effect(),
            9 => self.local_array(),
            10 => self.move_memory(),
            11 => self.pointer(),
            12 => self.structure(),
            13 => self.leave(),
            14 => self.goto(depth),
            15 => self.heap(depth),
            _ => self.single(),
        }
    }

    fn declare(&mut self) -> Node {
        let value = self.real(3);
        let name = self.name("t");
        let node = statement(&format!("REAL {name} = $;"), vec![hole(value)]);
        self.scope.reals.push(name);
        node
    }

    fn assign(&mut self) -> Node {
        if self.scope.reals.is_empty() {
            return self.declare();
        }
        let name = self.choices.one(&self.scope.reals.clone()).clone();
        let value = self.real(3);
        let form = *self.choices.one(&[
            "= $",
            "= $",
            "+= $",
            "-= $",
            "*= 0.75 + 0.5 * sin($)",
            "/= 1.5 + cos($) * 0.25",
        ]);
        statement(&format!("{name} {form};"), vec![hole(value)])
    }

    fn store(&mut self) -> Node {
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

    fn branch(&mut self, depth: usize) -> Node {
        self.use_rule("if");
        let cond = self.cond(2);
        let count = 1 + self.choices.below(3);
        let then = self.block(count, depth + 1);
        if self.choices.percent(55) {
            let count = 1 + self.choices.below(3);
            let other = self.block(count, depth + 1);
            return statement(
                "if ($) $ else $",
                vec![hole(cond), Piece::Body(then), Piece::Body(other)],
            );
        }
        statement("if ($) $", vec![hole(cond), Piece::Body(then)])
    }

    fn switch(&mut self, depth: usize) -> Node {
        self.use_rule("switch");
        let selector = self.integer();
        let arms = 2 + self.choices.below(3);
        let mut format = String::from("switch ((int)((unsigned)($) % 5u)) { ");
        let mut pieces = vec![hole(selector)];
        for k in 0..arms {
            let falls = self.choices.percent(25);
            let end = if falls { "" } else { " break;" };
            let _ = write!(format, "case {k}: ${end} ");
            pieces.push(Piece::Body(self.arm(depth)));
        }
        if self.choices.percent(60) {
            format.push_str("default: $ ");
            pieces.push(Piece::Body(self.arm(depth)));
        }
        format.push('}');
        statement(&format, pieces)
    }

    /// The arm of a switch: `break` would mean the switch, so no loop is left from here.
    fn arm(&mut self, depth: usize) -> Vec<Node> {
        let loops = std::mem::take(&mut self.loops);
        let count = 1 + self.choices.below(2);
        let list = self.block(count, depth + 1);
        self.loops = loops;
        list
    }

    fn loop_body(&mut self, trips: usize, depth: usize, counter: Option<Integer>) -> Vec<Node> {
        let saved = (self.scope.clone(), self.times);
        self.times *= trips;
        self.loops += 1;
        self.scope.integers.extend(counter);
        let count = 1 + self.choices.below(4);
        let list = self.statements(count, depth + 1);
        self.loops -= 1;
        (self.scope, self.times) = saved;
        list
    }

    fn counted(&mut self, depth: usize) -> Node {
        self.use_rule("for");
        let i = self.name("i");
        let outer: Vec<Integer> = self
            .scope
            .integers
            .iter()
            .filter(|v| v.low >= 0 && v.high <= 8)
            .cloned()
            .collect();
        let (text, low, high) = match self.choices.weighted(&[4, 3, 3, 2, 2, 1]) {
            0 => {
                let k = 1 + self.choices.below(7) as i64;
                (format!("for (int {i} = 0; {i} < {k}; {i}++) $"), 0, k - 1)
            }
            1 if !outer.is_empty() => {
                let bound = self.choices.one(&outer).clone();
                (
                    format!("for (int {i} = 0; {i} < {}; {i}++) $", bound.name),
                    0,
                    (bound.high - 1).max(0),
                )
            }
            2 if !outer.is_empty() => {
                let bound = self.choices.one(&outer).clone();
                (
                    format!("for (int {i} = {}; {i} < 7; {i}++) $", bound.name),
                    bound.low,
                    6,
                )
            }
            3 => (format!("for (int {i} = 6; {i} >= 1; {i}--) $"), 1, 6),
            4 => (format!("for (int {i} = 1; {i} < 8; {i} += 3) $"), 1, 7),
            _ => (format!("for (int {i} = 1; {i} < 8; {i} *= 2) $"), 1, 4),
        };
        let trips = (high - low + 1).max(1) as usize;
        let body = self.loop_body(
            trips,
            depth,
            Some(Integer {
                name: i,
                low,
                high: high.max(low),
            }),
        );
        statement(&text, vec![Piece::Body(body)])
    }

    fn unknown(&mut self, depth: usize) -> Node {
        self.use_rule("while");
        let fuel = self.name("k");
        let amount = 1 + self.choices.below(7) as i64;
        let cond = self.cond(1);
        let counter = Integer {
            name: fuel.clone(),
            low: -1,
            high: amount,
        };
        let body = self.loop_body(amount as usize, depth, Some(counter));
        let text = match self.choices.below(3) {
            0 => format!("for (int {fuel} = {amount}; {fuel} > 0 && ($); {fuel}--) $"),
            1 => format!("{{ int {fuel} = {amount}; while (($) && {fuel}-- > 0) $ }}"),
            _ => {
                let text =
                    format!("{{ int {fuel} = {amount}; do $ while (--{fuel} > 0 && ($)); }}");
                return statement(&text, vec![Piece::Body(body), hole(cond)]);
            }
        };
        statement(&text, vec![hole(cond), Piece::Body(body)])
    }

    fn leave(&mut self) -> Node {
        self.use_rule("break or continue");
        let cond = self.cond(1);
        // In a do-while, `continue` reaches the condition, which burns fuel; so every loop still ends.
        let word = *self.choices.one(&["break", "continue", "break"]);
        statement(&format!("if ($) {word};"), vec![hole(cond)])
    }

    fn early_return(&mut self) -> Node {
        self.use_rule("early return");
        let (cond, value) = (self.cond(1), self.real(2));
        statement("if ($) return $;", vec![hole(cond), hole(value)])
    }

    /// A jump out of a block, or into the middle of a loop (which is irreducible).
    fn goto(&mut self, depth: usize) -> Node {
        let label = self.name("l");
        let cond = self.cond(1);
        let saved = (self.times, std::mem::take(&mut self.loops));
        let node = if self.choices.percent(50) {
            self.use_rule("goto forward");
            let (one, two) = (self.block(1, depth + 1), self.block(2, depth + 1));
            statement(
                &format!("{{ $ if ($) goto {label}; $ }} {label}:;"),
                vec![Piece::Body(one), hole(cond), Piece::Body(two)],
            )
        } else {
            self.use_rule("goto irreducible");
            let fuel = self.name("k");
            self.times *= 4;
            let (one, two) = (self.block(1, depth + 1), self.block(1, depth + 1));
            statement(
                &format!(
                    "{{ int {fuel} = 0; if ($) goto {label}m; {label}: $ {label}m: $ if (++{fuel} < 4) goto {label}; }}"
                ),
                vec![hole(cond), Piece::Body(one), Piece::Body(two)],
            )
        };
        (self.times, self.loops) = saved;
        node
    }

    fn local_array(&mut self) -> Node {
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

    fn heap(&mut self, depth: usize) -> Node {
        self.use_rule("heap");
        let name = self.name("m");
        let len = 3 + self.choices.below(3);
        let i = self.name("i");
        let saved = (self.scope.clone(), self.returns);
        self.scope.integers.push(Integer {
            name: i.clone(),
            low: 0,
            high: len as i64 - 1,
        });
        let value = self.real(2);
        self.scope = saved.0.clone();
        self.returns = false;
        self.scope.arrays.push(Array {
            name: name.clone(),
            len,
            writable: true,
            object: Some(name.clone()),
            single: false,
        });
        let count = 2 + self.choices.below(3);
        let body = self.statements(count, depth + 1);
        (self.scope, self.returns) = saved;
        let fill = format!("for (int {i} = 0; {i} < {len}; {i}++) {name}[{i}] = $;");
        let make = if self.choices.percent(70) {
            format!("REAL *{name} = (REAL *)malloc({len} * sizeof(REAL)); {fill}")
        } else {
            format!("REAL *{name} = (REAL *)calloc({len}, sizeof(REAL)); {fill}")
        };
        statement(
            &format!("{{ {make} $ free({name}); }}"),
            vec![hole(value), Piece::Body(body)],
        )
    }

    fn move_memory(&mut self) -> Node {
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

    fn pointer(&mut self) -> Node {
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

    fn structure(&mut self) -> Node {
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

    fn single(&mut self) -> Node {
        self.single = true;
        self.use_rule("single precision");
        let value = self.real(2);
        if !self.scope.singles.is_empty() && self.choices.percent(40) {
            let name = self.choices.one(&self.scope.singles.clone()).clone();
            return statement(
                &format!("{name} = {name} * 0.5f + (REALF)sin($);"),
                vec![hole(value)],
            );
        }
        let name = self.name("g");
        let node = statement(&format!("REALF {name} = (REALF)($);"), vec![hole(value)]);
        self.scope.singles.push(name);
        node
    }

    fn effect(&mut self) -> Node {
        let helper = self.choices.one(&self.helpers.clone()).clone();
        if self.cost + helper.cost * self.times > BUDGET {
            return self.assign();
        }
        let writable: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| a.writable && !a.single && a.len >= 3)
            .cloned()
            .collect();
        let readable: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| !a.single && a.len >= 3)
            .cloned()
            .collect();
        match helper.shape {
            Shape::Copy if !writable.is_empty() => {
                self.cost += helper.cost * self.times;
                self.use_rule("call for effect");
                let (p, q) = (
                    self.choices.one(&readable).clone(),
                    self.choices.one(&writable).clone(),
                );
                let (i, j) = (self.choices.below(p.len - 2), self.choices.below(q.len - 2));
                statement(
                    &format!("{}({} + {i}, {} + {j});", helper.name, p.name, q.name),
                    vec![],
                )
            }
            Shape::Struct if !self.scope.structs.is_empty() => {
                self.cost += helper.cost * self.times;
                self.use_rule("call struct");
                let s = self.choices.one(&self.scope.structs.clone()).clone();
                let value = self.real(2);
                statement(
                    &format!("{s} = {}({s}, $);", helper.name),
                    vec![hole(value)],
                )
            }
            _ => self.declare(),
        }
    }

    // ---- expressions

    fn leaf(&mut self) -> Node {
        let arrays = self.scope.arrays.len() * 3;
        let weights = [
            self.scope.reals.len() * 4,
            self.scope.fixed.len() * 3,
            arrays,
            2,
            self.scope.integers.len(),
            self.scope.singles.len() * 2,
            self.scope.structs.len() * 3,
        ];
        match self.choices.weighted(&weights) {
            0 => {
                // What was declared last is the least used so far.
                let reals = self.scope.reals.clone();
                let recent = self.choices.percent(40);
                let from = if recent {
                    reals.len().saturating_sub(2)
                } else {
                    0
                };
                real(self.choices.one(&reals[from..]).clone())
            }
            1 => real(self.choices.one(&self.scope.fixed.clone()).clone()),
            2 => {
                let array = self.choices.one(&self.scope.arrays.clone()).clone();
                let index = self.index(array.len);
                Node::form(Kind::Real, &format!("{}[$]", array.name), vec![hole(index)])
            }
            4 => real(format!(
                "(REAL){}",
                self.choices.one(&self.scope.integers.clone()).name
            )),
            5 => real(self.choices.one(&self.scope.singles.clone()).clone()),
            6 => {
                let s = self.choices.one(&self.scope.structs.clone()).clone();
                real(format!(
                    "{s}.{}",
                    self.choices.one(&["u", "w", "v[0]", "v[1]", "v[2]", "u"])
                ))
            }
            _ => real(
                *self
                    .choices
                    .one(&["0.5", "1.25", "-0.75", "2.0", "0.1", "3.0"]),
            ),
        }
    }

    fn real(&mut self, depth: usize) -> Node {
        if depth == 0 || self.choices.percent(15) {
            return self.leaf();
        }
        let calls = usize::from(self.on(5) && !self.helpers.is_empty());
        match self
            .choices
            .weighted(&[22, 10, 2 * usize::from(self.on(2)), 3 * calls])
        {
            0 => {
                let form = *self.choices.one(&[
                    "($ + $)",
                    "($ - $)",
                    "($ * $)",
                    "($ * $)",
                    "($ + $)",
                    "($ / (2.0 + cos($)))",
                    "(0.5 * $ + 0.25 * $)",
                    "fmin($, $)",
                    "fmax($, $)",
                    "hypot($, 1.0 + sin($) * 0.5)",
                    "atan2($, 2.5 + sin($))",
                    "pow(2.0 + sin($), cos($))",
                    "fma($, 0.5, $)",
                ]);
                let (l, r) = (self.real(depth - 1), self.real(depth - 1));
                Node::form(Kind::Real, form, vec![hole(l), hole(r)])
            }
            1 => {
                let form = *self.choices.one(
                    &[
                        "sin($)",
                        "cos($)",
                        "tanh($)",
                        "-($)",
                        "atan($)",
                        "exp(-fabs($))",
                        "exp(sin($))",
                        "sqrt(1.5 + sin($))",
                        "log(2.0 + cos($))",
                        "fabs($)",
                        "erf($)",
                        "cbrt(2.5 + sin($))",
                        "log1p(1.5 + sin($))",
                        "floor($)",
                        "(REAL)(REALF)($)",
                    ][..15 - usize::from(!self.narrow)],
                );
                self.single |= form.contains("REALF");
                let value = self.real(depth - 1);
                Node::form(Kind::Real, form, vec![hole(value)])
            }
            2 => {
                self.use_rule("select");
                let (c, l, r) = (self.cond(1), self.real(depth - 1), self.real(depth - 1));
                Node::form(
                    Kind::Real,
                    "(($) ? (REAL)($) : (REAL)($))",
                    vec![hole(c), hole(l), hole(r)],
                )
            }
            _ => self.call(depth),
        }
    }

    fn call(&mut self, depth: usize) -> Node {
        let helper = self.choices.one(&self.helpers.clone()).clone();
        if self.cost + helper.cost * self.times > BUDGET {
            return self.leaf();
        }
        let arrays: Vec<Array> = self
            .scope
            .arrays
            .iter()
            .filter(|a| a.writable && !a.single && a.len >= 4)
            .cloned()
            .collect();
        let node = match helper.shape {
            Shape::Scalar => {
                let (l, r) = (self.real(depth - 1), self.real(depth - 1));
                Node::form(
                    Kind::Real,
                    &format!("{}($, $)", helper.name),
                    vec![hole(l), hole(r)],
                )
            }
            // A callee that writes must not share an expression with a read of the same array.
            Shape::Array | Shape::Recursive => return self.call_array(&helper, &arrays),
            Shape::Copy | Shape::Struct => return self.leaf(),
        };
        self.cost += helper.cost * self.times;
        self.use_rule("call");
        node
    }

    fn call_array(&mut self, helper: &Helper, arrays: &[Array]) -> Node {
        if arrays.is_empty() {
            return self.leaf();
        }
        self.cost += helper.cost * self.times;
        self.use_rule("call with memory");
        let array = self.choices.one(arrays).clone();
        let at = self.choices.below(array.len - 3);
        let value = if self.scope.reals.is_empty() {
            real("0.5")
        } else {
            real(self.choices.one(&self.scope.reals.clone()).clone())
        };
        let count = 1 + self.choices.below(4);
        let text = match helper.shape {
            Shape::Array => format!("{}({} + {at}, {count}, $)", helper.name, array.name),
            _ => format!("{}($, {} + {at}, {count})", helper.name, array.name),
        };
        Node::form(Kind::Real, &text, vec![hole(value)])
    }

    fn integer(&mut self) -> Node {
        if self.scope.integers.is_empty() {
            return Node::text(Kind::Int, self.choices.below(4).to_string());
        }
        let v = self.choices.one(&self.scope.integers.clone()).name.clone();
        let k = self.choices.below(5);
        let text = match self.choices.below(4) {
            0 => v,
            1 => format!("{v} + {k}"),
            2 => format!("{v} * 3 + {k}"),
            _ => {
                let w = self.choices.one(&self.scope.integers.clone()).name.clone();
                format!("{v} + 2 * {w}")
            }
        };
        Node::text(Kind::Int, text)
    }

    /// An integer expression in `0..len`.
    fn index(&mut self, len: usize) -> Node {
        let inside: Vec<Integer> = self
            .scope
            .integers
            .iter()
            .filter(|v| v.low >= 0 && v.high < len as i64)
            .cloned()
            .collect();
        if !inside.is_empty() && self.choices.percent(60) {
            return Node::text(Kind::Int, self.choices.one(&inside).name.clone());
        }
        if self.scope.integers.is_empty() || self.choices.percent(50) {
            return Node::text(Kind::Int, self.choices.below(len).to_string());
        }
        let value = self.integer();
        Node::form(
            Kind::Int,
            &format!("(int)((unsigned)($) % {len}u)"),
            vec![hole(value)],
        )
    }

    fn cond(&mut self, depth: usize) -> Node {
        let integers = usize::from(!self.scope.integers.is_empty());
        match self.choices.weighted(&[6, 4 * integers, 2 * depth.min(1)]) {
            0 => {
                let (l, r) = (self.real(1), self.real(1));
                let form = *self.choices.one(&["$ < $", "$ > $", "$ <= $", "$ >= $"]);
                Node::form(Kind::Cond, form, vec![hole(l), hole(r)])
            }
            1 => {
                let value = self.integer();
                let k = self.choices.below(3);
                let form = match self.choices.below(3) {
                    0 => format!("($) % 2 == {}", k % 2),
                    1 => format!("($) % 3 != {k}"),
                    _ => format!("$ > {}", k + 1),
                };
                Node::form(Kind::Cond, &form, vec![hole(value)])
            }
            _ => {
                let (l, r) = (self.cond(depth - 1), self.cond(depth - 1));
                let form = *self
                    .choices
                    .one(&["($) && ($)", "($) || ($)", "!($) || ($)"]);
                Node::form(Kind::Cond, form, vec![hole(l), hole(r)])
            }
        }
    }
}

/// The node with a name replaced, for text that left the scope of the name.
fn replace_name(mut node: Node, from: &str, to: &str) -> Node {
    for piece in &mut node.pieces {
        match piece {
            Piece::Text(t) => *t = replace_word(t, from, to),
            Piece::Hole(n) => *n = replace_name(n.clone(), from, to),
            Piece::Body(list) => list
                .iter_mut()
                .for_each(|n| *n = replace_name(n.clone(), from, to)),
        }
    }
    node
}

fn replace_word(text: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(Some('\0')) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
        } else {
            out.push_str(if word == from { to } else { &word });
            word.clear();
            if c != '\0' {
                out.push(c);
            }
        }
    }
    out
}
