//! The documentation page: one table row per rule, printed from the same DAG that code is
//! emitted from.

use std::fmt::Write as _;

use crate::dag::{Arith, Cmp, Dag, Expr, Node};
use crate::row::{Operand, Place, Policy, Spelling};
use crate::rule::{Rule, rules};

/// The whole page, in Markdown.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Derivative rules\n\n\
         `x`, `y`, … are the operands, `r` is the result (`r0`, `r1` when there are two). *Keeps* is\n\
         what the reverse pass reads. C names stand for all float suffixes.\n\n\
         | rule | symbols | partials | keeps | notes |\n|---|---|---|---|---|\n",
    );
    for rule in rules() {
        row(&mut page, rule);
    }
    page
}

fn row(page: &mut String, rule: &Rule) {
    let symbols: Vec<String> = rule.symbols().iter().map(symbol).collect();
    let mut partials = Vec::new();
    for output in 0..rule.outputs().len() {
        for (operand, kind) in rule.operands().iter().enumerate() {
            if *kind == Operand::Real && rule.outputs()[output].real {
                let value = rule
                    .partial(output, operand)
                    .map_or("0".to_owned(), |expr| print(rule, expr));
                partials.push(format!("∂{}={value}", name(operand)));
            }
        }
    }
    let needs = rule.needs(u32::MAX);
    let operands = (0..rule.arity()).filter(|i| needs.operands >> i & 1 == 1);
    let outputs = (0..rule.outputs().len()).filter(|i| needs.outputs >> i & 1 == 1);
    let keeps: Vec<String> = operands
        .map(name)
        .chain(outputs.map(|i| output_name(rule, i)))
        .collect();
    let mut notes = rule.doc().split_whitespace().collect::<Vec<_>>().join(" ");
    for point in rule.special() {
        let policy = match point.policy {
            Policy::Ieee => "pI",
            Policy::Zero => "pZ",
            Policy::Tie => "pT",
        };
        let _ = write!(
            notes,
            " At {:?}: {:?} ({policy}: {}).",
            point.at, point.partials, point.why
        );
    }
    let keeps = if keeps.is_empty() {
        "–".to_owned()
    } else {
        keeps.join(", ")
    };
    let _ = writeln!(
        page,
        "| {} | {} | {} | {keeps} | {notes} |",
        rule.name(),
        symbols.join(", "),
        partials.join("; ").replace('|', "\\|"),
    );
}

fn symbol(spelling: &Spelling) -> String {
    match *spelling {
        Spelling::Op(name) | Spelling::C(name) | Spelling::Exact(name, _) => format!("`{name}`"),
        Spelling::Llvm(name) => format!("`llvm.{name}`"),
        Spelling::Tailed(name, tail) => format!("`{name}{tail}`"),
    }
}

fn name(operand: usize) -> String {
    ["x", "y", "z"]
        .get(operand)
        .map_or_else(|| format!("x{operand}"), |name| (*name).to_owned())
}

fn output_name(rule: &Rule, output: usize) -> String {
    match rule.outputs() {
        [only] if only.place == Place::Result => "r".to_owned(),
        _ => format!("r{output}"),
    }
}

/// A partial as a formula.
pub fn print(rule: &Rule, expr: Expr) -> String {
    Printer {
        rule,
        dag: rule.dag(),
    }
    .term(expr, 0)
}

struct Printer<'a> {
    rule: &'a Rule,
    dag: &'a Dag,
}

impl Printer<'_> {
    /// `level` is the binding strength around: 0 nothing, 1 sum, 2 product.
    fn term(&self, expr: Expr, level: u8) -> String {
        match self.dag.node(expr) {
            Node::Operand(i) => name(usize::from(i)),
            Node::Output(i) => output_name(self.rule, usize::from(i)),
            Node::Literal(bits) => f64::from_bits(bits).to_string(),
            Node::Constant(constant) => constant.symbol().to_owned(),
            Node::Arith(op, a, b) => self.arith(op, a, b, level),
            Node::Neg(a) => wrap(level > 0, format!("−{}", self.term(a, 2))),
            Node::Call(fun, a, b) => {
                let rest = b.map_or(String::new(), |b| format!(", {}", self.term(b, 0)));
                format!("{}({}{rest})", fun.name(), self.term(a, 0))
            }
            Node::Compare(Cmp::Ne, a, b) if a == b => format!("isnan {}", self.term(a, 2)),
            Node::Compare(cmp, a, b) | Node::IntCompare(cmp, a, b) => {
                let sign = match cmp {
                    Cmp::Lt => "<",
                    Cmp::Le => "≤",
                    Cmp::Gt => ">",
                    Cmp::Ge => "≥",
                    Cmp::Eq => "=",
                    Cmp::Ne => "≠",
                };
                format!("{} {sign} {}", self.term(a, 1), self.term(b, 1))
            }
            Node::And(a, b) => format!("({} and {})", self.term(a, 0), self.term(b, 0)),
            Node::Or(a, b) => format!("({} or {})", self.term(a, 0), self.term(b, 0)),
            Node::Not(a) => format!("not({})", self.term(a, 0)),
            Node::Pick(c, a, b) => format!(
                "[{} if {}, else {}]",
                self.term(a, 0),
                self.term(c, 0),
                self.term(b, 0)
            ),
            Node::Int(_, value) => value.to_string(),
            Node::IntAdd(a, b) => match self.dag.node(b) {
                Node::Int(_, value) if value < 0 => wrap(
                    level > 1,
                    format!("{} − {}", self.term(a, 1), value.unsigned_abs()),
                ),
                _ => self.arith(Arith::Add, a, b, level),
            },
            Node::IntSub(a, b) => self.arith(Arith::Sub, a, b, level),
            Node::IntToReal(a) => self.term(a, level),
        }
    }

    fn arith(&self, op: Arith, a: Expr, b: Expr, level: u8) -> String {
        let (sign, mine, right) = match op {
            Arith::Add => (" + ", 1, 1),
            Arith::Sub => (" − ", 1, 2),
            Arith::Mul => ("·", 2, 2),
            Arith::Div => ("/", 2, 3),
        };
        let text = format!("{}{sign}{}", self.term(a, mine), self.term(b, right));
        wrap(level > mine, text)
    }
}

fn wrap(needed: bool, text: String) -> String {
    if needed { format!("({text})") } else { text }
}
