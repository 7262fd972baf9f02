//! Programs as trees of text, so that any of them can be printed and made smaller.
//!
//! A [`Node`] is text with holes; a hole is an expression of some kind or a list of statements. Nothing
//! here knows C beyond that: the generator puts C into the text, and the shrinker removes statements,
//! opens blocks and puts smaller expressions of the same kind into holes. What no longer compiles
//! is rejected by the compiler.

/// What a node stands for; only nodes of one kind may replace each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A floating-point expression.
    Real,
    /// A condition.
    Cond,
    /// An integer expression.
    Int,
    /// A statement or a function.
    Statement,
}

/// A part of a node.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// C text; `@` stands for the program's name.
    Text(String),
    /// An expression.
    Hole(Node),
    /// Statements in braces.
    Body(Vec<Node>),
}

/// Text with holes.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Its kind.
    pub(crate) kind: Kind,
    /// Its parts in order.
    pub(crate) pieces: Vec<Piece>,
}

impl Node {
    /// Text without holes.
    pub(crate) fn text(kind: Kind, text: impl Into<String>) -> Node {
        Node {
            kind,
            pieces: vec![Piece::Text(text.into())],
        }
    }

    /// A node from a format in which `$` marks the holes, filled in order.
    pub(crate) fn form(kind: Kind, format: &str, holes: Vec<Piece>) -> Node {
        let mut pieces = Vec::new();
        let mut holes = holes.into_iter();
        for (i, text) in format.split('$').enumerate() {
            if i > 0 {
                pieces.extend(holes.next());
            }
            pieces.push(Piece::Text(text.into()));
        }
        debug_assert!(holes.next().is_none(), "{format}: more parts than holes");
        Node { kind, pieces }
    }

    fn print(&self, indent: usize, out: &mut String) {
        for piece in &self.pieces {
            match piece {
                Piece::Text(t) => out.push_str(t),
                Piece::Hole(n) => n.print(indent, out),
                Piece::Body(list) => print_body(list, indent, out),
            }
        }
    }

    fn kids(&self) -> impl Iterator<Item = &Node> {
        self.pieces.iter().flat_map(|p| match p {
            Piece::Text(_) => &[],
            Piece::Hole(n) => std::slice::from_ref(n),
            Piece::Body(list) => list.as_slice(),
        })
    }

    fn begins_with(&self, word: &str) -> bool {
        matches!(self.pieces.first(), Some(Piece::Text(text)) if text.starts_with(word))
    }

    /// The closest nodes below of the same kind.
    fn same_kind_below(&self, kind: Kind, out: &mut Vec<Node>) {
        for kid in self.kids() {
            if kid.kind == kind {
                out.push(kid.clone());
            } else if kid.kind != Kind::Statement {
                kid.same_kind_below(kind, out);
            }
        }
    }

    /// Smaller nodes that may stand in place of this one.
    fn replacements(&self) -> Vec<Node> {
        let mut out = Vec::new();
        let simplest: &[&str] = match self.kind {
            Kind::Real => &["0.75", "x"],
            Kind::Cond => &["0", "1"],
            Kind::Int => &["0", "1"],
            Kind::Statement => &[],
        };
        let text = {
            let mut t = String::new();
            self.print(0, &mut t);
            t
        };
        if self.kind != Kind::Statement {
            out.extend(
                simplest
                    .iter()
                    .filter(|s| s.len() < text.len())
                    .map(|s| Node::text(self.kind, *s)),
            );
            self.same_kind_below(self.kind, &mut out);
        }
        out
    }

    /// Every way to make this node smaller by one edit inside it.
    fn edits(&self) -> Vec<Node> {
        let mut out = Vec::new();
        for (i, piece) in self.pieces.iter().enumerate() {
            let mut put = |p: Piece| {
                let mut node = self.clone();
                node.pieces[i] = p;
                out.push(node);
            };
            match piece {
                Piece::Text(_) => {}
                Piece::Hole(n) => n
                    .replacements()
                    .into_iter()
                    .chain(n.edits())
                    .for_each(|n| put(Piece::Hole(n))),
                Piece::Body(list) => body_edits(list)
                    .into_iter()
                    .for_each(|l| put(Piece::Body(l))),
            }
        }
        out
    }
}

fn print_body(list: &[Node], indent: usize, out: &mut String) {
    out.push_str("{\n");
    for n in list {
        out.push_str(&"  ".repeat(indent + 1));
        n.print(indent + 1, out);
        out.push('\n');
    }
    out.push_str(&"  ".repeat(indent));
    out.push('}');
}

/// Every way to make a list of statements smaller: drop a run, open a block, edit one. A `return` at the
/// end stays, as a function that may end without one has no meaning.
fn body_edits(list: &[Node]) -> Vec<Vec<Node>> {
    let mut out = Vec::new();
    let droppable = match list.last() {
        Some(last) if last.begins_with("return") => list.len() - 1,
        _ => list.len(),
    };
    let mut run = droppable;
    while run > 0 {
        let mut at = 0;
        while at < droppable {
            let mut smaller = list.to_vec();
            smaller.drain(at..(at + run).min(droppable));
            out.push(smaller);
            at += run;
        }
        run /= 2;
    }
    for (i, n) in list.iter().enumerate() {
        for piece in &n.pieces {
            if let Piece::Body(inner) = piece {
                let mut open = list.to_vec();
                open.splice(i..=i, inner.iter().cloned());
                out.push(open);
            }
        }
        for edited in n.edits() {
            let mut changed = list.to_vec();
            changed[i] = edited;
            out.push(changed);
        }
    }
    out
}

/// One random program: helpers, then the function under test, with the values it runs on.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    /// Struct types, helpers and the entry point, in order.
    pub(crate) functions: Vec<Node>,
    /// Whether x is active.
    pub(crate) x_active: bool,
    /// Whether b is active; otherwise it is never written.
    pub(crate) b_active: bool,
    /// Whether single precision occurs.
    pub(crate) single: bool,
    /// Values of x, y, a\[8\], b\[8\] at each point.
    pub(crate) values: Vec<Vec<f64>>,
    /// n at each point.
    pub(crate) n: Vec<i32>,
    /// Grammar rules used, for the coverage table.
    pub(crate) used: Vec<&'static str>,
}

impl Program {
    /// The C text; every name of the program starts with `name`.
    pub(crate) fn print(&self, name: &str) -> String {
        let mut out = String::new();
        for f in &self.functions {
            f.print(0, &mut out);
            out.push('\n');
        }
        out.replace('@', name)
    }

    /// Every program smaller by one edit, biggest steps first within a function.
    pub(crate) fn edits(&self) -> Vec<Program> {
        let mut out = Vec::new();
        for i in 0..self.functions.len() {
            if i + 1 < self.functions.len() {
                let mut p = self.clone();
                p.functions.remove(i);
                out.push(p);
            }
        }
        for i in (0..self.functions.len()).rev() {
            for f in self.functions[i].edits() {
                let mut p = self.clone();
                p.functions[i] = f;
                out.push(p);
            }
        }
        if self.values.len() > 1 {
            for i in 0..self.values.len() {
                let mut p = self.clone();
                p.values = vec![self.values[i].clone()];
                p.n = vec![self.n[i]];
                out.insert(0, p);
            }
        }
        out
    }
}
