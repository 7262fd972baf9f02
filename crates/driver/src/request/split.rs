//! Operands of the split entry points: the tape, the seed, and requests for the tape's size.
//!
//! ```text
//! __enzyme_reverse(f, args…, seed, tape)
//! __enzyme_reverse(f, args…, enzyme_allocated, 64, enzyme_tape, &buffer)      ; the seed is 1
//! __enzyme_augmentsize(f, enzyme_dup, enzyme_const)                           ; markers alone
//! ```

use super::arguments::Pending;
use super::grammar::Parser;
use super::marker::Marker;
use super::shape::Shape;
use super::{Activity, Argument, Entry, OperandIndex, Return, Seed, Shadow, TapeOperands};
use rz_diag::{Code, Diagnostic, Result};

impl Parser<'_> {
    /// Reads a marker about the tape; how many operands it takes besides itself.
    pub(super) fn tape_marker(
        &self,
        marker: Marker,
        index: OperandIndex,
        tape: &mut TapeOperands,
    ) -> Result<usize> {
        if marker == Marker::NoFree {
            tape.no_free = true;
            return Ok(0);
        }
        let name = self.marker_name(index);
        if !self.entry.is_split() {
            return Err(Diagnostic::error(
                Code::MisplacedMarker,
                format!(
                    "`{name}` in a call of {}, which has no tape",
                    self.entry.stem()
                ),
            )
            .fix("remove the marker, or use __enzyme_augmentfwd and __enzyme_reverse"));
        }
        if marker == Marker::Allocated {
            tape.allocated = Some(self.size_after(index)?);
            return Ok(1);
        }
        match self.operands.get(index + 1) {
            Some(operand) if operand.marker.is_none() && operand.shape == Shape::Pointer => {
                tape.operand = Some(index + 1);
                tape.marked = true;
                Ok(1)
            }
            other => Err(Diagnostic::error(
                Code::Tape,
                match other {
                    Some(operand) => {
                        format!(
                            "`enzyme_tape` is followed by `{}`, not by a pointer",
                            operand.text
                        )
                    }
                    None => "the pointer after `enzyme_tape` is missing".to_owned(),
                },
            )
            .fix("pass the address of the memory that holds the tape")),
        }
    }

    /// The size after `enzyme_byref`, which stands at `index`.
    pub(super) fn by_reference(&mut self, index: OperandIndex) -> Result<u64> {
        self.next += 1;
        self.size_after(index)
    }

    /// The constant after the marker at `index`.
    fn size_after(&self, index: OperandIndex) -> Result<u64> {
        let name = self.marker_name(index);
        let error = |message: String| {
            Diagnostic::error(Code::MisplacedMarker, message).fix(format!(
                "write `{name}, N` with a constant number of bytes N"
            ))
        };
        let Some(operand) = self.operands.get(index + 1) else {
            return Err(error(format!("the size after `{name}` is missing")));
        };
        let size = operand.constant.and_then(|size| u64::try_from(size).ok());
        size.ok_or_else(|| {
            error(format!(
                "the size after `{name}` must be a constant, found `{}`",
                operand.text
            ))
        })
    }

    /// What can be said about the tape before the arguments are read.
    pub(super) fn check_tape(&self, tape: &TapeOperands) -> Result<()> {
        if self.entry != Entry::AugmentForward || tape.allocated.is_some() == tape.operand.is_some()
        {
            return Ok(());
        }
        Err(if tape.operand.is_none() {
            Diagnostic::error(
                Code::Tape,
                "`enzyme_allocated` without `enzyme_tape`: there is no memory to write the tape to",
            )
            .fix("add `enzyme_tape` and a pointer to the memory")
        } else {
            Diagnostic::error(
                Code::Tape,
                "`enzyme_tape` without `enzyme_allocated`: the size of the memory is not known",
            )
            .fix("add `enzyme_allocated` and the size of the memory in bytes")
        })
    }

    /// The operands behind the arguments of `__enzyme_reverse`. Reads up to the end.
    pub(super) fn seed_and_tape(
        &mut self,
        ret: Return,
        tape: &mut TapeOperands,
    ) -> Result<Option<Seed>> {
        let mut rest: Vec<(OperandIndex, Option<u64>)> = Vec::new();
        let end = self.operands.len();
        loop {
            let before = self.next;
            let (pending, operand) = self.read_markers(end)?;
            let Some(operand) = operand else {
                // Markers that nothing follows are refused where every request ends.
                self.next = before;
                break;
            };
            rest.push((operand, pending.by_reference));
        }
        let active = ret == Return::Active;
        if tape.operand.is_none() {
            let last = match rest[..] {
                [] => None,
                // One operand is the tape if it can be; a seed is no pointer.
                [(only, _)] if active && self.operands[only].shape != Shape::Pointer => None,
                [.., (last, _)] => Some(last),
            };
            let by_value = tape.allocated.is_some();
            let last = last.filter(|&last| by_value || self.operands[last].shape == Shape::Pointer);
            tape.operand = Some(last.ok_or_else(|| self.missing_tape())?);
            rest.pop();
        }
        let Some(&(_, by_reference)) = rest.first() else {
            return if active && !tape.marked {
                Err(self.missing_seed(tape.operand))
            } else {
                Ok(None)
            };
        };
        let fields = match &self.primal.ret {
            _ if self.width > 1 => self.width as usize,
            Shape::Struct(fields) => fields.len(),
            _ => 1,
        };
        let wanted = match (active, rest.len()) {
            (false, _) => 0,
            (true, found) if found == fields && by_reference.is_none() => fields,
            (true, _) => 1,
        };
        if let Some(&(extra, _)) = rest.get(wanted) {
            return Err(self.extra_operand(extra, wanted > 0));
        }
        Ok(Some(Seed {
            operands: rest.into_iter().map(|(operand, _)| operand).collect(),
            by_reference,
        }))
    }

    /// What reads the tape.
    fn pass(&self) -> &'static str {
        match self.entry {
            Entry::ForwardSplit => "tangent",
            _ => "reverse pass",
        }
    }

    fn missing_tape(&self) -> Box<Diagnostic> {
        Diagnostic::error(
            Code::Tape,
            format!("the tape of the {} of `{}` is missing", self.pass(), self.primal.name),
        )
        .fix("pass the tape that __enzyme_augmentfwd returned last, even if it is null, or `enzyme_tape` and a pointer")
    }

    fn missing_seed(&self, tape: Option<OperandIndex>) -> Box<Diagnostic> {
        let found = tape.map_or("", |index| self.operands[index].text.as_str());
        Diagnostic::error(
            Code::WrongArgumentType,
            format!(
                "the seed of the reverse pass of `{}` must be of type {}, found `{found}`",
                self.primal.name, self.primal.ret_text
            ),
        )
        .fix("pass the seed before the tape, or the tape through `enzyme_tape` for a seed of 1")
    }

    fn extra_operand(&self, index: OperandIndex, has_seed: bool) -> Box<Diagnostic> {
        let error = Diagnostic::error(
            Code::TooManyArguments,
            format!(
                "too many arguments for the {} of `{}`: `{}` is extra",
                self.pass(),
                self.primal.name,
                self.operands[index].text
            ),
        )
        .note(format!("it is operand {index} of {}", self.entry.stem()));
        if has_seed {
            error.fix("pass the arguments of the augmented forward, one seed and the tape")
        } else if self.entry == Entry::ForwardSplit {
            error.fix("pass the arguments with their tangents and the tape")
        } else {
            error
                .note(format!(
                    "the result of `{}`, {}, has no adjoint, so there is no seed",
                    self.primal.name, self.primal.ret_text
                ))
                .fix("pass the arguments of the augmented forward and the tape")
        }
    }

    /// A request for the tape's size that consists of activity markers.
    pub(super) fn has_markers_only(&self) -> bool {
        let mut index = self.next;
        while let Some(operand) = self.operands.get(index) {
            let takes = match operand.marker.as_deref().map(Marker::of) {
                None => return false,
                Some(Some(
                    Marker::Width | Marker::Allocated | Marker::Tape | Marker::TapeBudget,
                )) => 1,
                Some(_) => 0,
            };
            index += 1 + takes;
        }
        index > self.next || self.primal.params.len() == self.first_param()
    }

    /// Reads one activity marker for each parameter.
    pub(super) fn markers_only(&mut self) -> Result<Vec<Argument>> {
        let mut args = Vec::new();
        let mut pending = Pending::default();
        while self.next < self.operands.len() {
            let index = self.next;
            self.next += 1;
            match self.marker(index)? {
                Some(Marker::Const) => pending.activity = Some(Activity::Const),
                Some(Marker::Out) => pending.activity = Some(Activity::Out),
                Some(Marker::Dup | Marker::DupV) => pending.activity = Some(Activity::Dup),
                Some(Marker::DupNoNeed | Marker::DupNoNeedV) => {
                    pending.activity = Some(Activity::DupNoNeed);
                }
                Some(Marker::NotOverwritten) => pending.not_overwritten = true,
                Some(Marker::Width | Marker::Allocated | Marker::Tape | Marker::TapeBudget) => {
                    self.next += 1;
                }
                _ => {}
            }
            let Some(activity) = pending.activity else {
                continue;
            };
            let param = self.first_param() + args.len();
            if param == self.primal.params.len() {
                return Err(self.too_many(index));
            }
            let activity = self.activity(param, activity)?;
            args.push(self.argument(param, index, activity, Shadow::None, &pending));
            pending = Pending::default();
        }
        if self.first_param() + args.len() < self.primal.params.len() {
            return Err(self.too_few(args.len()));
        }
        Ok(args)
    }
}
