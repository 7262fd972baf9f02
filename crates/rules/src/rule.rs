//! A recorded row, and the table of all of them.

use std::sync::{LazyLock, OnceLock};

use crate::dag::{Dag, Expr, Node};
use crate::emit::{Emission, Emit};
use crate::names::{self, Form, Names, Width};
use crate::record::Recorder;
use crate::row::{Domain, Operand, Output, Place, Row, Special, Spelling};
use crate::rows;
use crate::signature::{Kind, Signature};

/// One differentiable operation.
pub struct Rule {
    row: &'static Row,
    dag: Dag,
    /// Output-major; `None` where structurally zero or not applicable.
    partials: Vec<Option<Expr>>,
    signature: Signature,
}

/// What a derivative of an operation reads besides seeds and tangents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Needs {
    /// Mask of operands whose primal value is read.
    pub operands: u32,
    /// Output 0 is read (the result, for operations with a single one).
    pub result: bool,
    /// Mask of outputs that are read; bit 0 is [`Needs::result`].
    pub outputs: u32,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Rule").field(&self.name()).finish()
    }
}

impl Rule {
    fn record(row: &'static Row) -> Self {
        let recorder = Recorder::default();
        let numbers = (row.partials)(&recorder);
        let mut exprs = numbers.into_iter().map(|num| recorder.expr(num));
        let mut partials = Vec::new();
        for output in row.outputs {
            for operand in row.operands {
                let applies = output.real && *operand == Operand::Real;
                partials.push(if applies { exprs.next() } else { None });
            }
        }
        assert!(
            exprs.next().is_none() && row.domain.iter().all(|d| d.len() == row.operands.len()),
            "row {}: one partial per real output and real operand, one range per operand",
            row.name
        );
        let dag = recorder.finish();
        for partial in &mut partials {
            *partial = partial.filter(|&expr| dag.literal(expr) != Some(0.0));
        }
        Self {
            row,
            dag,
            partials,
            signature: signature(row),
        }
    }

    /// Short name, unique in the table.
    pub fn name(&self) -> &'static str {
        self.row.name
    }

    /// Documentation of the row.
    pub fn doc(&self) -> &'static str {
        self.row.doc
    }

    /// Spellings it applies to.
    pub fn symbols(&self) -> &'static [Spelling] {
        self.row.spellings
    }

    /// Boxes that the self-test samples.
    pub fn domain(&self) -> &'static [Domain] {
        self.row.domain
    }

    /// Special points.
    pub fn special(&self) -> &'static [Special] {
        self.row.special
    }

    /// Number of operands, which are the leading arguments of the call.
    pub fn arity(&self) -> usize {
        self.row.operands.len()
    }

    /// Kinds of the operands.
    pub fn operands(&self) -> &'static [Operand] {
        self.row.operands
    }

    /// The outputs. Most rules have exactly one, the result.
    pub fn outputs(&self) -> &'static [Output] {
        self.row.outputs
    }

    /// True when the operation returns its only output: [`Rule::adjoint`] and [`Rule::tangent`]
    /// apply. Otherwise use an [`Emission`] and place seeds as [`Rule::outputs`] says.
    pub fn is_plain(&self) -> bool {
        matches!(self.row.outputs, [output] if output.place == Place::Result)
    }

    /// Mask of operands that are the real part of a complex one, whose imaginary part follows.
    pub fn pairs(&self) -> u32 {
        self.row.pairs
    }

    /// What is known about the types of operands and result.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The primal over `f64`: one value per output.
    pub fn primal(&self, operands: &[f64]) -> [f64; 2] {
        (self.row.primal)(operands)
    }

    /// The recorded expressions.
    pub fn dag(&self) -> &Dag {
        &self.dag
    }

    /// The partial of an output with respect to an operand; `None` is structurally zero.
    pub fn partial(&self, output: usize, operand: usize) -> Option<Expr> {
        self.partials[output * self.arity() + operand]
    }

    /// Mask of operands that a derivative can flow through.
    pub fn differentiable(&self) -> u32 {
        (0..self.arity())
            .filter(|&i| (0..self.outputs().len()).any(|o| self.partial(o, i).is_some()))
            .fold(0, |mask, i| mask | 1 << i)
    }

    /// Mask of operands that must not be active, because no partial is known.
    pub fn refused(&self) -> u32 {
        (self.operands().iter().enumerate())
            .filter(|(_, kind)| **kind == Operand::Fixed)
            .fold(0, |mask, (i, _)| mask | 1 << i)
    }

    /// What derivatives with respect to the operands of mask `active` read. The same for tangent
    /// and adjoint, because both are made of the same partials.
    pub fn needs(&self, active: u32) -> Needs {
        let mut needs = Needs::default();
        let mut seen = vec![false; self.dag.len()];
        let mut stack: Vec<Expr> = (0..self.arity())
            .filter(|i| active >> i & 1 == 1)
            .flat_map(|i| (0..self.outputs().len()).filter_map(move |o| self.partial(o, i)))
            .collect();
        while let Some(expr) = stack.pop() {
            if std::mem::replace(&mut seen[expr.0 as usize], true) {
                continue;
            }
            match self.dag.node(expr) {
                Node::Operand(i) => needs.operands |= 1 << i,
                Node::Output(i) => needs.outputs |= 1 << i,
                node => node.operands(|operand| stack.push(operand)),
            }
        }
        needs.result = needs.outputs & 1 == 1;
        needs
    }

    /// The adjoint contribution to operand `which` of an operation with one result.
    /// `None`: structurally zero.
    pub fn adjoint<E: Emit>(
        &self,
        e: &mut E,
        operands: &[Option<E::V>],
        result: Option<E::V>,
        seed: E::V,
        which: usize,
    ) -> Option<E::V> {
        let outputs = [result];
        Emission::new(self, operands, &outputs).adjoints(e, &[Some(seed)], 1 << which)[which]
    }

    /// The tangent of an operation with one result. `None`: structurally zero.
    pub fn tangent<E: Emit>(
        &self,
        e: &mut E,
        operands: &[Option<E::V>],
        result: Option<E::V>,
        tangents: &[Option<E::V>],
    ) -> Option<E::V> {
        let outputs = [result];
        Emission::new(self, operands, &outputs).tangents(e, tangents)[0]
    }
}

fn signature(row: &Row) -> Signature {
    let args = row.operands.iter().map(|operand| match operand {
        Operand::Real | Operand::Fixed => Kind::Real,
        Operand::Long => Kind::LongDouble,
        Operand::Int => Kind::Int,
        Operand::RealOut => Kind::PointerToReal,
        Operand::IntOut => Kind::PointerToInt,
    });
    let mut ret = Kind::Void;
    for output in row.outputs {
        match output.place {
            Place::Result if output.real => ret = Kind::Real,
            Place::Result => ret = Kind::Int,
            Place::Field(_) => ret = Kind::Struct,
            Place::Memory(_) => {}
        }
    }
    Signature {
        ret,
        args: args.collect(),
        variadic: false,
    }
}

/// A rule found by name.
#[derive(Clone, Copy)]
pub struct Match {
    /// The rule.
    pub rule: &'static Rule,
    /// The float type the name implies; [`Width::Any`] for opcodes and intrinsics.
    pub width: Width,
    /// What follows the rule's operands in the call.
    pub form: Form,
    /// The name is a vector library's: real operands are vectors, and a scalar prototype belongs to
    /// something else.
    pub lanes: bool,
}

impl Match {
    /// Kinds of operands and result, with the float type that the name implies.
    pub fn signature(&self) -> Signature {
        self.rule.signature.at(self.width)
    }

    /// True when a call of this shape may be the known function and not a user's namesake.
    pub fn accepts(&self, ret: Kind, args: &[Kind]) -> bool {
        let extra = args.len().saturating_sub(self.rule.arity());
        if args.len() < self.rule.arity() {
            return false;
        }
        let fits = match self.form {
            Form::Opcode | Form::Plain => extra == 0,
            Form::Constrained => true,
            Form::Predicated => extra == 2,
        };
        fits && self
            .rule
            .signature
            .accepts_prefix(ret, &args[..args.len() - extra])
    }
}

/// Rows are recorded when they are first asked for: most programs need few of them.
struct Table {
    rules: Vec<(&'static Row, OnceLock<Rule>)>,
    names: Names<usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rules: Vec<_> = rows::all().map(|row| (row, OnceLock::new())).collect();
    let mut names = Names::default();
    names.reserve(3 * rules.len());
    for (index, (row, _)) in rules.iter().enumerate() {
        for &spelling in row.spellings {
            names.add(spelling, index);
        }
    }
    Table { rules, names }
});

fn at(index: usize) -> &'static Rule {
    let (row, rule) = &TABLE.rules[index];
    rule.get_or_init(|| Rule::record(row))
}

/// All rules, in table order.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    (0..TABLE.rules.len()).map(at)
}

fn find(symbol: &str) -> Option<Match> {
    let name = names::base_name(symbol);
    let known = |name: &str| TABLE.names.find(name);
    // Lanes in memory are laid out in more than one way.
    let in_registers = |&(index, ..): &(usize, Width, Form)| {
        let outputs = TABLE.rules[index].0.outputs;
        outputs
            .iter()
            .all(|output| !matches!(output.place, Place::Memory(_)))
    };
    let vector = || known(&names::scalar_name(name)?).filter(in_registers);
    let scalar = known(name);
    let (index, width, form) = scalar.or_else(vector)?;
    Some(Match {
        rule: at(index),
        width,
        form,
        lanes: scalar.is_none(),
    })
}

/// The rule for an intrinsic or library function, with what its name implies. Overload types of an
/// intrinsic (`llvm.sin.f64`) and linker decorations may be present. Opcodes are not found here:
/// a user may have a function called `fadd`.
pub fn lookup(symbol: &str) -> Option<Match> {
    find(symbol).filter(|found| found.form != Form::Opcode)
}

/// The rule that a declaration names, whatever the function is called: by a symbol or an opcode, or
/// by the row's own name. Rows without symbols are found here only, because a user's function of
/// that name may be anything.
pub fn named(name: &str) -> Option<Match> {
    let own = || {
        let index = (TABLE.rules.iter()).position(|(row, _)| row.name == name)?;
        Some(Match {
            rule: at(index),
            width: Width::Any,
            form: Form::Plain,
            lanes: false,
        })
    };
    lookup(name).or_else(own)
}

/// The rule for an opcode (`"fadd"`), intrinsic (`"llvm.sin"`) or library function (`"sinf"`).
/// For the name of a function that the user chose, [`lookup`] is the one to ask.
pub fn rule(symbol: &str) -> Option<&'static Rule> {
    find(symbol).map(|found| found.rule)
}

#[cfg(test)]
mod tests {
    use super::TABLE;
    use crate::names::tests::are_found;

    #[test]
    fn no_name_is_of_two_rows() {
        let rows = TABLE.rules.iter().enumerate();
        let spellings =
            rows.flat_map(|(index, (row, _))| row.spellings.iter().map(move |&s| (s, index)));
        are_found(&TABLE.names, spellings);
    }
}
