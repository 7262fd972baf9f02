//! The grammar: random programs in the common subset that always end and stay in bounds.
//!
//! Every integer variable has a known range, so that indices are in bounds by construction. Every loop that is
//! not counted has fuel. The cost of nested loops and calls is estimated and bounded. Slices switch
//! parts of the grammar on: 1 straight line, 2 branches, 3 memory, 4 counted loops, 5 calls and recursion,
//! 6 loops of unknown length, several exits, irreducible regions.

mod access;
mod boxes;
mod callables;
mod calls;
mod expressions;
mod flow;
mod functions;
mod idioms;
mod integers;
mod lanes;
mod letters;
mod library;
mod matrices;
mod memory;
mod records;
mod recursion;
mod rules;
mod storage;
mod uses;
mod views;
mod ways;

use crate::choices::Choices;
use crate::tree::{Kind, Node, Piece, Program};
use boxes::Boxed;
use callables::Callable;
use functions::{Helper, Shape};

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

impl Array {
    /// Numbers behind a pointer that may point anywhere.
    fn behind(name: impl Into<String>, len: usize) -> Array {
        Array {
            name: name.into(),
            len,
            writable: true,
            single: false,
            object: None,
        }
    }
}

#[derive(Clone)]
struct Integer {
    name: String,
    low: i64,
    high: i64,
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
    /// Pointers to nodes, never null.
    nodes: Vec<String>,
    /// Arrays of integers from 0 to 7, with their lengths.
    tables: Vec<(String, usize)>,
    /// Pointers to functions.
    callables: Vec<Callable>,
    boxes: Vec<Boxed>,
    /// Records whose letter says what they hold.
    parts: Vec<String>,
    /// How many blocks are around.
    level: usize,
}

struct Generator<'a> {
    choices: &'a mut Choices,
    slices: u32,
    scope: Scope,
    helpers: Vec<Helper>,
    /// Constant tables of functions, with their lengths.
    tables: Vec<(Callable, usize)>,
    /// What a function given to the helper being made may cost.
    taken: usize,
    fresh: usize,
    loops: usize,
    /// The function being made jumps to computed labels: each such jump must be able to reach all of them.
    jumps: bool,
    /// Estimated executions of the statement being made.
    times: usize,
    /// Estimated cost so far of the function being made.
    cost: usize,
    /// `return` needs a value of this text form; none inside functions that return nothing.
    returns: bool,
    /// What gives back the blocks that are owned here.
    frees: Vec<String>,
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
        tables: vec![],
        taken: 0,
        fresh: 0,
        loops: 0,
        jumps: false,
        times: 1,
        cost: 0,
        returns: true,
        frees: vec![],
        narrow: false,
        single: false,
        used: vec![],
    };
    g.narrow = g.choices.percent(15);
    let mut functions = Vec::new();
    if g.on(5) {
        for _ in 0..g.choices.below(6) {
            let f = g.helper();
            functions.push(f);
        }
        if g.choices.percent(50) {
            functions.extend(g.function_table());
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

    fn statements(&mut self, count: usize, depth: usize) -> Vec<Node> {
        (0..count).map(|_| self.statement(depth)).collect()
    }

    /// Statements in a scope of their own.
    fn block(&mut self, count: usize, depth: usize) -> Vec<Node> {
        let saved = self.scope.clone();
        self.scope.level += 1;
        let mut list = self.statements(count, depth);
        list.extend(self.uses_of_new(&saved));
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
            8,                                                                                  // declare
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
            2 * memory * usize::from(nested),                // integers in memory
            (2 + 4 * usize::from(!self.scope.nodes.is_empty())) * memory * usize::from(nested), // nodes
            memory * usize::from(nested && self.loops == 0), // nodes on the heap
            2 * memory,                                      // parts of memory as words
            2 * calls,                                       // function pointers
            (3 + 5 * usize::from(self.has_methods())) * memory * usize::from(nested), // boxes
            3 * memory * usize::from(nested),                // arrays of arrays and of records
            3 * memory * usize::from(nested),                // idioms
            4 * memory * usize::from(nested),                // where numbers live
            (3 + 4 * usize::from(!self.scope.parts.is_empty())) * memory, // letters
            3 * unknown * branch,                            // ways
            2 * memory,                                      // numbers taken apart
            2 * memory,                                      // lanes
            3 * memory * usize::from(nested),                // access
            memory,                                          // widths
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
            17 => self.table(),
            18 => self.nodes(depth),
            19 => self.heap_nodes(depth),
            20 => self.part(),
            21 => self.function_pointer(),
            22 => self.boxes(),
            23 => self.matrix(depth),
            24 => self.idiom(depth),
            25 => self.storage(depth),
            26 => self.letters(depth),
            27 => self.ways(depth),
            28 => self.taken_apart(),
            29 => self.lanes(),
            30 => self.access(depth),
            31 => self.widths(),
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
