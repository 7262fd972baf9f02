//! The hash-consed expression DAG that partial derivatives are recorded into.
//!
//! Invariants: a node refers only to earlier nodes; equal nodes have equal ids, so a shared subterm
//! is emitted once; kinds (real, integer, truth) agree, which the recording types in
//! [`crate::record`] enforce at compile time.

use rustc_hash::FxHashMap;

use crate::fun::{Constant, Fun};

/// A node of a [`Dag`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Expr(pub(crate) u32);

/// Comparison. All but [`Cmp::Ne`] are ordered: false when an operand is NaN.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Cmp {
    /// Less.
    Lt,
    /// Less or equal.
    Le,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Equal.
    Eq,
    /// Not equal, or unordered (`fcmp une`): `x != x` asks for NaN.
    Ne,
}

/// Two-operand real arithmetic.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Arith {
    Add,
    Sub,
    Mul,
    Div,
}

/// What a node computes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Node {
    /// Operand of the primal operation.
    Operand(u8),
    /// Output of the primal operation (0 is the result of a single-result operation).
    Output(u8),
    /// A real literal, by its bits.
    Literal(u64),
    /// A named irrational.
    Constant(Constant),
    /// Real arithmetic.
    Arith(Arith, Expr, Expr),
    /// Real negation.
    Neg(Expr),
    /// A call; the second operand of unary functions is `None`.
    Call(Fun, Expr, Option<Expr>),
    /// Real comparison.
    Compare(Cmp, Expr, Expr),
    /// Conjunction of truths.
    And(Expr, Expr),
    /// Disjunction of truths.
    Or(Expr, Expr),
    /// Negation of a truth.
    Not(Expr),
    /// `if c { a } else { b }` over reals or integers.
    Pick(Expr, Expr, Expr),
    /// An integer literal of the type of the given integer, or a C `int`.
    Int(Option<Expr>, i64),
    /// Integer addition, wrapping.
    IntAdd(Expr, Expr),
    /// Integer subtraction, wrapping.
    IntSub(Expr, Expr),
    /// Signed integer comparison.
    IntCompare(Cmp, Expr, Expr),
    /// Signed integer to real.
    IntToReal(Expr),
}

impl Node {
    /// Calls `visit` with each operand, in order.
    pub fn operands(self, mut visit: impl FnMut(Expr)) {
        match self {
            Node::Operand(_) | Node::Output(_) | Node::Literal(_) | Node::Constant(_) => {}
            Node::Int(like, _) => like.into_iter().for_each(visit),
            Node::Neg(a) | Node::Not(a) | Node::IntToReal(a) => visit(a),
            Node::Call(_, a, b) => {
                visit(a);
                b.into_iter().for_each(visit);
            }
            Node::Arith(_, a, b)
            | Node::Compare(_, a, b)
            | Node::IntCompare(_, a, b)
            | Node::And(a, b)
            | Node::Or(a, b)
            | Node::IntAdd(a, b)
            | Node::IntSub(a, b) => {
                visit(a);
                visit(b);
            }
            Node::Pick(c, a, b) => {
                visit(c);
                visit(a);
                visit(b);
            }
        }
    }
}

/// An append-only arena of hash-consed nodes.
#[derive(Clone, Debug, Default)]
pub struct Dag {
    nodes: Vec<Node>,
    ids: FxHashMap<Node, Expr>,
}

impl Dag {
    /// The id of `node`, adding it if new.
    pub fn intern(&mut self, node: Node) -> Expr {
        if let Some(&id) = self.ids.get(&node) {
            return id;
        }
        let id = Expr(self.nodes.len() as u32);
        self.nodes.push(node);
        self.ids.insert(node, id);
        id
    }

    /// The node behind an id.
    pub fn node(&self, expr: Expr) -> Node {
        self.nodes[expr.0 as usize]
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True when nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All nodes in an order where operands come first.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        self.nodes.iter().copied()
    }

    /// The literal value of `expr`, when it is one.
    pub fn literal(&self, expr: Expr) -> Option<f64> {
        match self.node(expr) {
            Node::Literal(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }
}
