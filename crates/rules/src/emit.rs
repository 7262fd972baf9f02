//! Interpreting a rule's DAG as code: tangents and adjoints for any [`Emit`].
//!
//! Invariants of what is emitted:
//! - a subterm shared between partials is emitted once per [`Emission`];
//! - a partial that is structurally zero emits nothing; literals 1 and −1 emit no multiplication;
//! - scaling distributes over `pick`, negation, `constant / y` and powers of two, so a seed is
//!   never multiplied by a value of a branch that was not taken (no `0 · ∞`), `g / y` is one
//!   rounding, and nothing leaves the range of the float type unless the partial does.

use crate::dag::{Arith, Cmp, Dag, Expr, Node};
use crate::fun::{Constant, Fun};
use crate::rule::Rule;

/// Something that code can be emitted into: an IR builder, an evaluator, a printer.
///
/// The emitter knows the float type it works at; rules do not. `V` covers reals, integers and
/// truth values alike, because rules are well kinded by construction.
pub trait Emit {
    /// An emitted value.
    type V: Copy;
    /// A real literal.
    fn literal(&mut self, value: f64) -> Self::V;
    /// A named constant; override to give wide types all digits.
    fn constant(&mut self, constant: Constant) -> Self::V {
        self.literal(constant.value())
    }
    /// Real `a + b`.
    fn add(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// Real `a - b`.
    fn sub(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// Real `a * b`.
    fn mul(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// Real `a / b`.
    fn div(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// Real `-a`.
    fn neg(&mut self, a: Self::V) -> Self::V;
    /// A call; operand kinds are those of [`Fun::integer_operand`] and [`Fun::returns_int`].
    fn call(&mut self, fun: Fun, args: &[Self::V]) -> Self::V;
    /// Real comparison.
    fn compare(&mut self, cmp: Cmp, a: Self::V, b: Self::V) -> Self::V;
    /// Conjunction.
    fn and(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// Disjunction.
    fn or(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// Negation of a truth value.
    fn not(&mut self, a: Self::V) -> Self::V;
    /// `if c { a } else { b }` over reals or integers.
    fn select(&mut self, c: Self::V, a: Self::V, b: Self::V) -> Self::V;
    /// An integer literal of the type of `like`, or a C `int`.
    fn int(&mut self, like: Option<Self::V>, value: i64) -> Self::V;
    /// Wrapping integer `a + b`.
    fn int_add(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// Wrapping integer `a - b`.
    fn int_sub(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// Signed integer comparison.
    fn int_compare(&mut self, cmp: Cmp, a: Self::V, b: Self::V) -> Self::V;
    /// Signed integer to real.
    fn int_to_real(&mut self, a: Self::V) -> Self::V;
    /// `seed · partial`. Override for strong zeros (a zero seed gives zero whatever the partial).
    fn scale(&mut self, seed: Self::V, partial: Self::V) -> Self::V {
        self.mul(seed, partial)
    }
    /// `seed / divisor`. Override together with [`Emit::scale`].
    fn scale_div(&mut self, seed: Self::V, divisor: Self::V) -> Self::V {
        self.div(seed, divisor)
    }
}

/// One use of a rule at one place in the code: remembers what has been emitted there.
///
/// Make one per primal operation and width, and ask it for every operand and every lane's seed.
pub struct Emission<'a, E: Emit> {
    rule: &'a Rule,
    values: Terms<'a, E>,
}

impl<'a, E: Emit> Emission<'a, E> {
    /// `operands` and `outputs` hold at least what [`Rule::needs`] names.
    pub fn new(rule: &'a Rule, operands: &'a [Option<E::V>], outputs: &'a [Option<E::V>]) -> Self {
        Self {
            rule,
            values: Terms::new(rule.dag(), operands, outputs),
        }
    }

    /// The adjoint contribution to each operand of the mask `which`, given the adjoint of each
    /// output (`None` is zero). `None` in the result is structurally zero.
    pub fn adjoints(&mut self, e: &mut E, seeds: &[Option<E::V>], which: u32) -> Vec<Option<E::V>> {
        let mut sums = vec![None; self.rule.arity()];
        for (output, seed) in seeds.iter().enumerate() {
            let Some(seed) = *seed else { continue };
            let mut scaled = self.values.scaled();
            for (operand, sum) in sums.iter_mut().enumerate() {
                if which >> operand & 1 == 0 {
                    continue;
                }
                if let Some(partial) = self.rule.partial(output, operand) {
                    let term = self.values.scale(e, &mut scaled, seed, partial);
                    *sum = add(e, *sum, term);
                }
            }
        }
        sums
    }

    /// The tangent of each output, given the tangent of each operand (`None` is zero).
    pub fn tangents(&mut self, e: &mut E, tangents: &[Option<E::V>]) -> Vec<Option<E::V>> {
        let mut sums = vec![None; self.rule.outputs().len()];
        for (operand, tangent) in tangents.iter().enumerate() {
            let Some(tangent) = *tangent else { continue };
            let mut scaled = self.values.scaled();
            for (output, sum) in sums.iter_mut().enumerate() {
                if let Some(partial) = self.rule.partial(output, operand) {
                    let term = self.values.scale(e, &mut scaled, tangent, partial);
                    *sum = add(e, *sum, term);
                }
            }
        }
        sums
    }
}

fn add<E: Emit>(e: &mut E, a: Option<E::V>, b: Option<E::V>) -> Option<E::V> {
    match (a, b) {
        (Some(a), Some(b)) => Some(e.add(a, b)),
        (a, b) => a.or(b),
    }
}

/// Emits terms of a DAG, each at most once.
pub(crate) struct Terms<'a, E: Emit> {
    dag: &'a Dag,
    operands: &'a [Option<E::V>],
    outputs: &'a [Option<E::V>],
    done: Vec<Option<E::V>>,
}

impl<'a, E: Emit> Terms<'a, E> {
    pub(crate) fn new(
        dag: &'a Dag,
        operands: &'a [Option<E::V>],
        outputs: &'a [Option<E::V>],
    ) -> Self {
        Self {
            dag,
            operands,
            outputs,
            done: vec![None; dag.len()],
        }
    }

    fn scaled(&self) -> Vec<Option<E::V>> {
        vec![None; self.dag.len()]
    }

    /// The value of a term.
    pub(crate) fn value(&mut self, e: &mut E, expr: Expr) -> E::V {
        if let Some(value) = self.done[expr.0 as usize] {
            return value;
        }
        let value = self.emit(e, self.dag.node(expr));
        self.done[expr.0 as usize] = Some(value);
        value
    }

    fn emit(&mut self, e: &mut E, node: Node) -> E::V {
        match node {
            Node::Operand(i) => {
                self.operands[usize::from(i)].expect("Rule::needs names this operand")
            }
            Node::Output(i) => self.outputs[usize::from(i)].expect("Rule::needs names this output"),
            Node::Literal(bits) => e.literal(f64::from_bits(bits)),
            Node::Constant(constant) => e.constant(constant),
            Node::Arith(op, a, b) => {
                let (a, b) = (self.value(e, a), self.value(e, b));
                match op {
                    Arith::Add => e.add(a, b),
                    Arith::Sub => e.sub(a, b),
                    Arith::Mul => e.mul(a, b),
                    Arith::Div => e.div(a, b),
                }
            }
            Node::Neg(a) => {
                let a = self.value(e, a);
                e.neg(a)
            }
            Node::Call(fun, a, None) => {
                let a = self.value(e, a);
                e.call(fun, &[a])
            }
            Node::Call(fun, a, Some(b)) => {
                let (a, b) = (self.value(e, a), self.value(e, b));
                e.call(fun, &[a, b])
            }
            Node::Compare(cmp, a, b) => {
                let (a, b) = (self.value(e, a), self.value(e, b));
                e.compare(cmp, a, b)
            }
            Node::And(a, b) => {
                let (a, b) = (self.value(e, a), self.value(e, b));
                e.and(a, b)
            }
            Node::Or(a, b) => {
                let (a, b) = (self.value(e, a), self.value(e, b));
                e.or(a, b)
            }
            Node::Not(a) => {
                let a = self.value(e, a);
                e.not(a)
            }
            Node::Pick(c, a, b) => {
                let (c, a, b) = (self.value(e, c), self.value(e, a), self.value(e, b));
                e.select(c, a, b)
            }
            Node::Int(like, value) => {
                let like = like.map(|like| self.value(e, like));
                e.int(like, value)
            }
            Node::IntAdd(a, b) => {
                let (a, b) = (self.value(e, a), self.value(e, b));
                e.int_add(a, b)
            }
            Node::IntSub(a, b) => {
                let (a, b) = (self.value(e, a), self.value(e, b));
                e.int_sub(a, b)
            }
            Node::IntCompare(cmp, a, b) => {
                let (a, b) = (self.value(e, a), self.value(e, b));
                e.int_compare(cmp, a, b)
            }
            Node::IntToReal(a) => {
                let a = self.value(e, a);
                e.int_to_real(a)
            }
        }
    }

    /// `seed · expr`; `None` is structurally zero.
    fn scale(
        &mut self,
        e: &mut E,
        scaled: &mut Vec<Option<E::V>>,
        seed: E::V,
        expr: Expr,
    ) -> Option<E::V> {
        if self.dag.literal(expr) == Some(0.0) {
            return None;
        }
        if let Some(value) = scaled[expr.0 as usize] {
            return Some(value);
        }
        let value = self.scale_node(e, scaled, seed, expr);
        scaled[expr.0 as usize] = Some(value);
        Some(value)
    }

    fn scale_node(
        &mut self,
        e: &mut E,
        scaled: &mut Vec<Option<E::V>>,
        seed: E::V,
        expr: Expr,
    ) -> E::V {
        match self.dag.node(expr) {
            Node::Literal(bits) if bits == 1f64.to_bits() => seed,
            Node::Literal(bits) if bits == (-1f64).to_bits() => e.neg(seed),
            Node::Neg(a) => {
                let a = self.scale_or_zero(e, scaled, seed, a);
                e.neg(a)
            }
            Node::Pick(c, a, b) => {
                let c = self.value(e, c);
                let a = self.scale_or_zero(e, scaled, seed, a);
                let b = self.scale_or_zero(e, scaled, seed, b);
                e.select(c, a, b)
            }
            Node::Arith(Arith::Div, a, b) if self.distributes(expr) => {
                let a = self.scale_or_zero(e, scaled, seed, a);
                let b = self.value(e, b);
                e.scale_div(a, b)
            }
            Node::Arith(Arith::Mul, a, b) if self.distributes(a) => {
                let a = self.scale_or_zero(e, scaled, seed, a);
                let b = self.value(e, b);
                e.scale(a, b)
            }
            Node::Call(Fun::Ldexp | Fun::Scalbln, a, Some(n)) => {
                let Node::Call(fun, ..) = self.dag.node(expr) else {
                    unreachable!("matched above")
                };
                let a = self.scale_or_zero(e, scaled, seed, a);
                let n = self.value(e, n);
                e.call(fun, &[a, n])
            }
            _ => {
                let partial = self.value(e, expr);
                e.scale(seed, partial)
            }
        }
    }

    fn scale_or_zero(
        &mut self,
        e: &mut E,
        scaled: &mut Vec<Option<E::V>>,
        seed: E::V,
        expr: Expr,
    ) -> E::V {
        match self.scale(e, scaled, seed, expr) {
            Some(value) => value,
            None => e.literal(0.0),
        }
    }

    /// True when scaling `expr` is better than multiplying by its value.
    fn distributes(&self, expr: Expr) -> bool {
        match self.dag.node(expr) {
            // Only constant numerators: `seed · x` could leave the range that `x / y` stays in.
            Node::Arith(Arith::Div, a, _) => self.dag.literal(a).is_some() || self.distributes(a),
            Node::Pick(..) => true,
            Node::Neg(a) => self.distributes(a),
            Node::Call(fun, ..) => matches!(fun, Fun::Ldexp | Fun::Scalbln),
            _ => false,
        }
    }
}
