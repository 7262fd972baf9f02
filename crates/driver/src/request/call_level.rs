//! Markers about the whole call: the scan that finds them before any argument is read, and what the result
//! carries (sections 4 and 5.4 of the convention).

use super::grammar::Parser;
use super::marker::Marker;
use super::shape::{DefaultActivity, Shape};
use super::{Entry, OperandIndex, Return, TapeOperands};
use rz_diag::{Code, Diagnostic, Result};

/// Largest vector width: code for every direction is written out.
const MAX_WIDTH: i128 = 1024;

/// What the scan over call-level markers found.
#[derive(Default)]
pub(super) struct CallLevel {
    pub(super) ret: Option<Marker>,
    pub(super) primal_return: bool,
    pub(super) no_return: bool,
    pub(super) interleave: Option<OperandIndex>,
    pub(super) tape: TapeOperands,
    pub(super) runtime_activity: bool,
    pub(super) strong_zero: bool,
    pub(super) budget: Option<u64>,
    pub(super) no_alloc: bool,
}

impl Parser<'_> {
    pub(super) fn call_level(&mut self) -> Result<CallLevel> {
        let mut found = CallLevel::default();
        let mut width_seen = false;
        let mut index = self.next;
        while index < self.operands.len() {
            match self.marker(index)? {
                Some(Marker::Width) => {
                    self.width = self.read_width(index, width_seen)?;
                    width_seen = true;
                    index += 1;
                }
                Some(Marker::Interleave) => {
                    found.interleave.get_or_insert(index);
                }
                Some(Marker::PrimalReturn) => found.primal_return = true,
                Some(Marker::NoReturn) => found.no_return = true,
                Some(marker @ (Marker::ConstReturn | Marker::ActiveReturn | Marker::DupReturn)) => {
                    found.ret = Some(marker);
                }
                // The stride that follows is read with the argument.
                Some(Marker::DupV | Marker::DupNoNeedV) => index += 1,
                Some(marker @ (Marker::Allocated | Marker::Tape | Marker::NoFree)) => {
                    index += self.tape_marker(marker, index, &mut found.tape)?;
                }
                Some(Marker::RuntimeActivity) => found.runtime_activity = true,
                Some(Marker::StrongZero) => found.strong_zero = true,
                Some(Marker::TapeBudget) => {
                    self.check_tape_marker(index)?;
                    found.budget = Some(self.read_budget(index, found.budget.is_some())?);
                    index += 1;
                }
                Some(Marker::NoAlloc) => {
                    self.check_tape_marker(index)?;
                    found.no_alloc = true;
                }
                Some(Marker::Trace(_)) => {
                    return Err(self.not_yet(self.marker_name(index)));
                }
                Some(Marker::Vector | Marker::Scalar | Marker::Buffer) => {
                    return Err(Diagnostic::error(
                        Code::MisplacedMarker,
                        format!(
                            "`{}` has a meaning only in __enzyme_batch",
                            self.marker_name(index)
                        ),
                    )
                    .fix("remove the marker"));
                }
                Some(
                    Marker::Const
                    | Marker::Out
                    | Marker::Dup
                    | Marker::DupNoNeed
                    | Marker::NotOverwritten
                    | Marker::ByRef,
                )
                | None => {}
            }
            index += 1;
        }
        self.check_tape(&found.tape)?;
        Ok(found)
    }

    /// The width after its marker.
    pub(super) fn read_width(&self, index: OperandIndex, seen: bool) -> Result<u32> {
        let misplaced = |message: &str| {
            Diagnostic::error(Code::MisplacedMarker, message)
                .fix("write `enzyme_width, W` once, with a positive integer constant W")
        };
        if seen {
            return Err(misplaced("`enzyme_width` is given twice"));
        }
        let Some(operand) = self.operands.get(index + 1) else {
            return Err(misplaced("the width after `enzyme_width` is missing"));
        };
        match operand.constant {
            Some(width @ 1..=MAX_WIDTH) => Ok(width as u32),
            Some(width) if width > MAX_WIDTH => Err(misplaced(&format!(
                "the width must be at most {MAX_WIDTH}, found {width}"
            ))),
            Some(width) => Err(misplaced(&format!(
                "the width must be at least 1, found {width}"
            ))),
            None => Err(misplaced(&format!(
                "the width must be a constant, found `{}`",
                operand.text
            ))),
        }
    }

    /// Refuses a marker about the tape of a whole gradient in other requests.
    fn check_tape_marker(&self, index: OperandIndex) -> Result<()> {
        if self.entry == Entry::Autodiff {
            return Ok(());
        }
        let name = self.marker_name(index);
        let error = Diagnostic::error(
            Code::MisplacedMarker,
            format!("`{name}` in a call of {}", self.entry.stem()),
        );
        let note = if self.entry.is_forward() {
            "forward mode has no tape"
        } else {
            "the tape of a gradient in two halves leaves the first one, which keeps all of it"
        };
        Err(error
            .note(note)
            .fix("remove the marker, or ask for __enzyme_autodiff"))
    }

    /// The budget after its marker.
    fn read_budget(&self, index: OperandIndex, seen: bool) -> Result<u64> {
        let misplaced = |message: String| {
            Diagnostic::error(Code::MisplacedMarker, message)
                .fix("write `ribozyme_tape_budget, BYTES` once, with an integer constant BYTES")
        };
        if seen {
            return Err(misplaced(
                "`ribozyme_tape_budget` is given twice".to_owned(),
            ));
        }
        let operand = self.operands.get(index + 1);
        let Some(operand) = operand.filter(|operand| operand.marker.is_none()) else {
            let text = "the number of bytes after `ribozyme_tape_budget` is missing";
            return Err(misplaced(text.to_owned()));
        };
        match operand.constant {
            Some(bytes) => u64::try_from(bytes).map_err(|_| {
                misplaced(format!(
                    "the tape budget must not be negative, found {bytes}"
                ))
            }),
            None => Err(misplaced(format!(
                "the tape budget must be an integer constant, found `{}`",
                operand.text
            ))),
        }
    }

    /// Section 4 and 5.4: what the result carries.
    pub(super) fn return_activity(&mut self, call: &CallLevel) -> Result<Return> {
        let shape = &self.primal.ret;
        let default = match shape.default_activity(self.entry) {
            DefaultActivity::Const => Return::Const,
            DefaultActivity::Active => Return::Active,
            DefaultActivity::Dup if shape.has_pointer() => Return::Dup,
            DefaultActivity::Dup => Return::Active,
        };
        let ret = match call.ret {
            None => default,
            Some(Marker::ConstReturn) => Return::Const,
            Some(Marker::ActiveReturn) if !shape.has_float() || shape.has_pointer() => {
                return Err(Diagnostic::error(
                    Code::MisplacedMarker,
                    format!(
                        "`enzyme_active_return` on `{}`, which returns {}: the seed cannot be deduced",
                        self.primal.name, self.primal.ret_text
                    ),
                )
                .fix("remove the marker; only floating-point results are active by value"));
            }
            Some(Marker::ActiveReturn) => Return::Active,
            Some(_) if self.entry.is_forward() || shape.has_pointer() => default,
            Some(_) => {
                if shape.has_float() {
                    self.lost(format!(
                        "`enzyme_dup_return` leaves the {} returned by `{}` without a seed: its derivative is zero",
                        self.primal.ret_text, self.primal.name
                    ), "remove the marker");
                }
                Return::Const
            }
        };
        if ret != Return::Const && shape.has_float() && shape.has_other() {
            return Err(Diagnostic::error(
                Code::UnsupportedType,
                format!(
                    "`{}` returns {}, which mixes floating-point and integer fields",
                    self.primal.name, self.primal.ret_text
                ),
            )
            .fix("return the floating-point part, or write the result through a pointer"));
        }
        if call.primal_return {
            self.check_primal_return(ret)?;
        }
        Ok(ret)
    }

    fn check_primal_return(&self, ret: Return) -> Result<()> {
        let name = &self.primal.name;
        if self.entry.is_split() {
            return Err(Diagnostic::error(
                Code::MisplacedMarker,
                format!("`enzyme_primal_return` in a call of {}", self.entry.stem()),
            )
            .note("__enzyme_augmentfwd returns the primal result unless `enzyme_noret` is given")
            .fix("remove the marker"));
        }
        if self.primal.ret.is_empty() && !self.primal.sret {
            return Err(Diagnostic::error(
                Code::MisplacedMarker,
                format!("`enzyme_primal_return` on `{name}`, which returns nothing"),
            )
            .fix("remove the marker"));
        }
        if ret == Return::Dup && !self.entry.is_forward() {
            return Err(Diagnostic::error(
                Code::MisplacedMarker,
                format!(
                    "`enzyme_primal_return` on `{name}`, whose result is duplicated: a combined gradient cannot return a pointer together with its shadow"
                ),
            )
            .fix("add `enzyme_const_return`, or return the result through an argument"));
        }
        Ok(())
    }

    /// Section 5.4: in reverse modes the shadow of an `sret` result follows the function.
    pub(super) fn sret_shadows(&mut self) -> Result<Vec<OperandIndex>> {
        if !self.primal.sret || self.entry.is_forward() {
            return Ok(Vec::new());
        }
        (0..self.width)
            .map(|direction| {
                self.skip_call_level()?;
                let index = self.next;
                match self.operands.get(index) {
                    Some(operand)
                        if operand.marker.is_none() && operand.shape == Shape::Pointer =>
                    {
                        self.next += 1;
                        Ok(index)
                    }
                    _ => Err(self.missing_sret_shadow(direction)),
                }
            })
            .collect()
    }

    /// Skips markers about the whole call, which may stand anywhere.
    fn skip_call_level(&mut self) -> Result<()> {
        while self.next < self.operands.len() {
            let operands = self.marker(self.next)?.and_then(Marker::call_level);
            match operands {
                Some(operands) => self.next += 1 + operands,
                None => break,
            }
        }
        Ok(())
    }

    fn missing_sret_shadow(&self, direction: u32) -> Box<Diagnostic> {
        let needed = match self.width {
            1 => "a pointer to the shadow of that struct".into(),
            width => format!("pointers to {width} shadows of that struct"),
        };
        let error = Diagnostic::error(
            Code::MissingShadow,
            format!(
                "`{}` returns a struct in memory; {needed} must follow the function",
                self.primal.name
            ),
        );
        match self.width {
            1 => error
                .fix("pass the address of a struct that holds the seed right after the function"),
            _ => error
                .note(format!("{direction} found"))
                .fix("pass the addresses of structs that hold the seeds right after the function"),
        }
    }

    fn not_yet(&self, what: &str) -> Box<Diagnostic> {
        Diagnostic::error(
            Code::NotSupportedYet,
            format!("`{what}` is not supported yet by {}", self.entry.stem()),
        )
        .fix("remove the marker")
    }
}
