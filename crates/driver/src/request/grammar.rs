//! The operand grammar (sections 3 to 6 of the convention).
//!
//! One scan finds the call-level markers, then operands are read left to right: any number of
//! markers, then an argument, then its shadow unless `enzyme_interleave` put all shadows last.
//! The scan is in `call_level`, the arguments are in `arguments`, and what only split requests have in `split`.
//! Pure: operands are named by index, so nothing here can touch a module.
//!
//! Invariant: every operand after the function is a marker, an argument, a shadow or an error.

use super::marker::Marker;
use super::shape::Shape;
use super::{Entry, OperandIndex, Request, Return};
use rz_diag::{Code, Diagnostic, Result, Severity};

/// An operand of the request's call, summarized.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Operand {
    /// The marker name, when the operand is a marker.
    pub marker: Option<String>,
    /// The value, when it is an integer constant.
    pub constant: Option<i128>,
    /// Its type.
    pub shape: Shape,
    /// How messages show it: `ptr %x`.
    pub text: String,
}

/// What the grammar needs to know about the primal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Primal {
    /// Name as the user knows it.
    pub name: String,
    /// Parameter types, including `sret`.
    pub params: Vec<Shape>,
    /// How messages show the parameter types.
    pub param_texts: Vec<String>,
    /// The first parameter is `sret`.
    pub sret: bool,
    /// The declared result.
    pub ret: Shape,
    /// How messages show the result type.
    pub ret_text: String,
}

/// Parses the operands after the function operand. `first` is the index of the first of them.
pub fn parse(
    entry: Entry,
    primal: &Primal,
    operands: &[Operand],
    first: OperandIndex,
) -> Result<Request> {
    let mut parser = Parser::new(entry, primal, operands, first);
    let mut call = parser.call_level()?;
    let ret = parser.return_activity(&call)?;
    let markers_only = entry == Entry::AugmentSize && parser.has_markers_only();
    let sret_shadows = if markers_only {
        Vec::new()
    } else {
        parser.sret_shadows()?
    };
    let args = match call.interleave {
        _ if markers_only => parser.markers_only()?,
        None => parser.side_by_side()?,
        Some(split) => parser.interleaved(split)?,
    };
    let seed = match entry {
        Entry::Reverse => parser.seed_and_tape(ret, &mut call.tape)?,
        Entry::ForwardSplit => parser.seed_and_tape(Return::Const, &mut call.tape)?,
        _ => None,
    };
    parser.expect_end()?;
    Ok(Request {
        entry,
        width: parser.width,
        args,
        ret,
        primal_return: call.primal_return,
        no_return: call.no_return,
        sret_shadows,
        seed,
        tape: call.tape,
        runtime_activity: call.runtime_activity,
        strong_zero: call.strong_zero,
        budget: call.budget,
        no_alloc: call.no_alloc,
        warnings: parser.warnings,
    })
}

/// Reads operands from left to right.
pub(super) struct Parser<'a> {
    pub(super) entry: Entry,
    pub(super) primal: &'a Primal,
    pub(super) operands: &'a [Operand],
    pub(super) next: OperandIndex,
    pub(super) width: u32,
    pub(super) warnings: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    /// A parser before the operand `first`.
    pub(super) fn new(
        entry: Entry,
        primal: &'a Primal,
        operands: &'a [Operand],
        first: OperandIndex,
    ) -> Self {
        Self {
            entry,
            primal,
            operands,
            next: first,
            width: 1,
            warnings: Vec::new(),
        }
    }

    /// The marker an operand is, if it is one.
    pub(super) fn marker(&self, index: OperandIndex) -> Result<Option<Marker>> {
        let Some(name) = &self.operands[index].marker else {
            return Ok(None);
        };
        debug_assert!(Marker::is_meant(name));
        if let Some(marker) = Marker::of(name) {
            return Ok(Some(marker));
        }
        let error = Diagnostic::error(
            Code::UnknownMarker,
            format!("unknown marker `{name}` in a call of {}", self.entry.stem()),
        );
        Err(match Marker::closest(name) {
            Some(known) => error.fix(format!("did you mean `{known}`?")),
            None => error.fix("rename the variable if it is meant to be an argument"),
        })
    }

    pub(super) fn marker_name(&self, index: OperandIndex) -> &'a str {
        self.operands[index].marker.as_deref().unwrap_or_default()
    }

    /// Index of the first parameter that has an operand.
    pub(super) fn first_param(&self) -> usize {
        usize::from(self.primal.sret)
    }

    pub(super) fn too_few(&self, found: usize) -> Box<Diagnostic> {
        let required = self.primal.params.len() - self.first_param();
        Diagnostic::error(
            Code::TooFewArguments,
            format!(
                "too few arguments for `{}`: {required} required, {found} found",
                self.primal.name
            ),
        )
        .fix(format!(
            "`{}` takes ({})",
            self.primal.name,
            self.primal.param_texts[self.first_param()..].join(", ")
        ))
    }

    pub(super) fn too_many(&self, index: OperandIndex) -> Box<Diagnostic> {
        let expected = self.primal.params.len() - self.first_param();
        Diagnostic::error(
            Code::TooManyArguments,
            format!(
                "too many arguments for `{}`, which takes {expected}: `{}` is extra",
                self.primal.name, self.operands[index].text
            ),
        )
        .note(format!("it is operand {index} of {}", self.entry.stem()))
        .fix("remove it, or mark the argument before it with `enzyme_dup` if this is its shadow")
    }

    fn expect_end(&mut self) -> Result<()> {
        let (pending, extra) = self.read_markers(self.operands.len())?;
        if let Some(extra) = extra {
            return Err(self.too_many(extra));
        }
        if pending.activity.is_some() || pending.not_overwritten || pending.by_reference.is_some() {
            return Err(self.last_marker());
        }
        Ok(())
    }

    /// The refusal of a marker behind which nothing follows.
    pub(super) fn last_marker(&self) -> Box<Diagnostic> {
        let expected = self.primal.params.len() - self.first_param();
        Diagnostic::error(
            Code::TooFewArguments,
            format!(
                "too few arguments: the last marker of {} is not followed by an argument",
                self.entry.stem()
            ),
        )
        .note(format!(
            "all {expected} parameters of `{}` have their arguments already",
            self.primal.name
        ))
        .fix("remove the marker")
    }

    /// Warns that a derivative has nowhere to go.
    pub(super) fn lost(&mut self, message: String, fix: &str) {
        let mut warning = *Diagnostic::error(Code::LostDerivative, message).fix(fix);
        warning.severity = Severity::Warning;
        self.warnings.push(warning);
    }
}
