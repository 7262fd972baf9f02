//! Arguments and their shadows, side by side or all shadows last.

use super::grammar::Parser;
use super::marker::Marker;
use super::shape::{DefaultActivity, Shape};
use super::{Activity, Argument, OperandIndex, Shadow};
use rz_diag::{Code, Diagnostic, Result};

/// Markers that stand before an argument.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) activity: Option<Activity>,
    /// All shadows lie behind one pointer, so many bytes apart.
    pub(super) stride: Option<OperandIndex>,
    pub(super) not_overwritten: bool,
    pub(super) by_reference: Option<u64>,
}

impl Parser<'_> {
    pub(super) fn side_by_side(&mut self) -> Result<Vec<Argument>> {
        let end = self.operands.len();
        let mut args = Vec::new();
        for param in self.first_param()..self.primal.params.len() {
            let (pending, operand) = self.read_markers(end)?;
            let operand = operand.ok_or_else(|| self.too_few(args.len()))?;
            let default = self.default_activity(param);
            let activity = self.activity(param, pending.activity.unwrap_or(default))?;
            let shadow = if has_shadow(activity) {
                self.shadows(param, pending.stride)?
            } else {
                Shadow::None
            };
            args.push(self.argument(param, operand, activity, shadow, &pending));
        }
        Ok(args)
    }

    pub(super) fn interleaved(&mut self, split: OperandIndex) -> Result<Vec<Argument>> {
        let mut found = Vec::new();
        let mut previous = (Activity::Dup, None);
        for param in self.first_param()..self.primal.params.len() {
            let (pending, operand) = self.read_markers(split)?;
            let operand = operand.ok_or_else(|| self.too_few(found.len()))?;
            previous = match pending.activity {
                Some(activity) => (activity, pending.stride),
                None => previous,
            };
            let activity = self.activity(param, previous.0)?;
            found.push((param, operand, activity, previous.1, pending));
        }
        if let (_, Some(extra)) = self.read_markers(split)? {
            return Err(self.too_many(extra));
        }
        self.next = split + 1;
        let mut args = Vec::new();
        for (param, operand, activity, stride, pending) in found {
            let shadow = if has_shadow(activity) {
                self.shadows(param, stride)?
            } else {
                Shadow::None
            };
            args.push(self.argument(param, operand, activity, shadow, &pending));
        }
        Ok(args)
    }

    /// Reads markers up to the next argument before `end`; its index, or `None` at the end.
    pub(super) fn read_markers(
        &mut self,
        end: OperandIndex,
    ) -> Result<(Pending, Option<OperandIndex>)> {
        let mut pending = Pending::default();
        while self.next < end {
            let index = self.next;
            self.next += 1;
            match self.marker(index)? {
                None => return Ok((pending, Some(index))),
                Some(Marker::Width | Marker::Allocated | Marker::Tape | Marker::TapeBudget) => {
                    self.next += 1;
                }
                Some(Marker::ByRef) => pending.by_reference = Some(self.by_reference(index)?),
                Some(Marker::Const) => pending.activity = Some(Activity::Const),
                Some(Marker::Out) => pending.activity = Some(Activity::Out),
                Some(marker @ (Marker::Dup | Marker::DupV)) => {
                    pending.activity = Some(Activity::Dup);
                    pending.stride = match marker {
                        Marker::DupV => Some(self.stride(index, end)?),
                        _ => None,
                    };
                }
                Some(marker @ (Marker::DupNoNeed | Marker::DupNoNeedV)) => {
                    pending.activity = Some(Activity::DupNoNeed);
                    pending.stride = match marker {
                        Marker::DupNoNeedV => Some(self.stride(index, end)?),
                        _ => None,
                    };
                }
                Some(Marker::NotOverwritten) => pending.not_overwritten = true,
                // The call-level scan has read these and refused what is not supported.
                Some(
                    Marker::Interleave
                    | Marker::PrimalReturn
                    | Marker::NoReturn
                    | Marker::ConstReturn
                    | Marker::ActiveReturn
                    | Marker::DupReturn
                    | Marker::NoFree
                    | Marker::RuntimeActivity
                    | Marker::StrongZero
                    | Marker::NoAlloc
                    | Marker::Trace(_)
                    | Marker::Vector
                    | Marker::Scalar
                    | Marker::Buffer,
                ) => {}
            }
        }
        Ok((pending, None))
    }

    pub(super) fn default_activity(&self, param: usize) -> Activity {
        match self.primal.params[param].default_activity(self.entry) {
            DefaultActivity::Const => Activity::Const,
            DefaultActivity::Active => Activity::Out,
            DefaultActivity::Dup => Activity::Dup,
        }
    }

    /// Refuses what an activity cannot mean for the parameter's type.
    pub(super) fn activity(&self, param: usize, activity: Activity) -> Result<Activity> {
        if activity != Activity::Out {
            return Ok(activity);
        }
        let position = param - self.first_param();
        let (name, text) = (&self.primal.name, &self.primal.param_texts[param]);
        if self.entry.is_forward() {
            return Err(Diagnostic::error(
                Code::MisplacedMarker,
                format!("`enzyme_out` on argument {position} of `{name}` in forward mode"),
            )
            .fix("use `enzyme_dup` and pass the tangent, or `enzyme_const`"));
        }
        let shape = &self.primal.params[param];
        if !shape.has_float() || shape.has_pointer() {
            return Err(Diagnostic::error(
                Code::MisplacedMarker,
                format!(
                    "`enzyme_out` on argument {position} of `{name}`, of type {text}: only floating-point values are active by value"
                ),
            )
            .fix(if shape.has_pointer() {
                "use `enzyme_dup` and pass a pointer to the shadow"
            } else {
                "use `enzyme_const`"
            }));
        }
        if shape.has_other() {
            return Err(Diagnostic::error(
                Code::UnsupportedType,
                format!(
                    "argument {position} of `{name}`, of type {text}, mixes floating-point and integer fields"
                ),
            )
            .fix("pass the fields as separate arguments, or the struct by pointer"));
        }
        Ok(activity)
    }

    pub(super) fn argument(
        &mut self,
        param: usize,
        operand: OperandIndex,
        activity: Activity,
        shadow: Shadow,
        pending: &Pending,
    ) -> Argument {
        let shape = &self.primal.params[param];
        if has_shadow(activity)
            && !self.entry.is_forward()
            && shape.has_float()
            && !shape.has_pointer()
        {
            self.lost(
                format!(
                    "argument {} of `{}` is a floating-point value passed with `enzyme_dup`: its derivative is lost",
                    param - self.first_param(),
                    self.primal.name
                ),
                "use `enzyme_out`, or pass the value through a pointer",
            );
        }
        Argument {
            operand,
            activity,
            shadow,
            not_overwritten: pending.not_overwritten,
            by_reference: pending.by_reference,
        }
    }

    /// The stride after a marker.
    pub(super) fn stride(
        &mut self,
        marker: OperandIndex,
        end: OperandIndex,
    ) -> Result<OperandIndex> {
        let name = self.marker_name(marker);
        let index = self.next;
        let misplaced = |message: String| {
            Diagnostic::error(Code::MisplacedMarker, message)
                .fix(format!("write `{name}, stride`: the distance in bytes"))
        };
        let operand = self.operands[..end].get(index);
        let Some(operand) = operand.filter(|o| o.marker.is_none()) else {
            return Err(misplaced(format!("the stride after `{name}` is missing")));
        };
        if !matches!(operand.shape, Shape::Int(_)) {
            return Err(misplaced(format!(
                "the stride after `{name}` must be an integer, found `{}`",
                operand.text
            )));
        }
        self.next += 1;
        Ok(index)
    }

    /// The shadows of an argument: one for each direction, or one pointer to all.
    fn shadows(&mut self, param: usize, stride: Option<OperandIndex>) -> Result<Shadow> {
        let end = self.operands.len();
        let Some(stride) = stride else {
            let lanes = (0..self.width).map(|direction| match self.read_markers(end)? {
                (next, Some(shadow)) if next.activity.is_none() => Ok(shadow),
                _ => Err(self.missing_shadow(param, direction)),
            });
            return Ok(Shadow::Lanes(lanes.collect::<Result<_>>()?));
        };
        let (next, pointer) = self.read_markers(end)?;
        let pointer = pointer.filter(|_| next.activity.is_none());
        let pointer = pointer.ok_or_else(|| self.missing_shadow(param, 0))?;
        if self.operands[pointer].shape != Shape::Pointer {
            return Err(Diagnostic::error(
                Code::WrongArgumentType,
                format!(
                    "the shadows of argument {} of `{}` have a stride but no address: found `{}`",
                    param - self.first_param(),
                    self.primal.name,
                    self.operands[pointer].text
                ),
            )
            .fix("pass a pointer to the first shadow, or use `enzyme_dup` and one shadow for each direction"));
        }
        Ok(Shadow::Strided { pointer, stride })
    }

    fn missing_shadow(&self, param: usize, direction: u32) -> Box<Diagnostic> {
        let which = match self.width {
            1 => String::new(),
            width => format!(" {} of {width}", direction + 1),
        };
        let error = Diagnostic::error(
            Code::MissingShadow,
            format!(
                "missing shadow{which} for argument {} of `{}`, of type {}",
                param - self.first_param(),
                self.primal.name,
                self.primal.param_texts[param]
            ),
        );
        match self.width {
            1 => error.fix("pass its shadow right after it, or put `enzyme_const` before it"),
            _ => error.fix(
                "pass one shadow for each direction right after it, or put `enzyme_const` before it",
            ),
        }
    }
}

fn has_shadow(activity: Activity) -> bool {
    matches!(activity, Activity::Dup | Activity::DupNoNeed)
}
