//! The operand grammar (sections 3 to 6 of the convention).
//!
//! One scan finds the call-level markers, then operands are read left to right: any number of
//! markers, then an argument, then its shadow unless `enzyme_interleave` put all shadows last.
//! Pure: operands are named by index, so nothing here can touch a module.
//!
//! Invariant: every operand after the function is a marker, an argument, a shadow or an error.

use super::marker::Marker;
use super::shape::{DefaultActivity, Shape};
use super::{Activity, Argument, Entry, OperandIndex, Request, Return, Shadow, TapeOperands};
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

/// Largest vector width: code for every direction is written out.
const MAX_WIDTH: i128 = 1024;

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

/// Markers that stand before an argument.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) activity: Option<Activity>,
    /// All shadows lie behind one pointer, so many bytes apart.
    pub(super) stride: Option<OperandIndex>,
    pub(super) not_overwritten: bool,
    pub(super) by_reference: Option<u64>,
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

    fn not_yet(&self, what: &str) -> Box<Diagnostic> {
        Diagnostic::error(
            Code::NotSupportedYet,
            format!("`{what}` is not supported yet by {}", self.entry.stem()),
        )
        .fix("remove the marker")
    }

    fn call_level(&mut self) -> Result<CallLevel> {
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

    pub(super) fn marker_name(&self, index: OperandIndex) -> &'a str {
        self.operands[index].marker.as_deref().unwrap_or_default()
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
    fn return_activity(&mut self, call: &CallLevel) -> Result<Return> {
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
    fn sret_shadows(&mut self) -> Result<Vec<OperandIndex>> {
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

    fn side_by_side(&mut self) -> Result<Vec<Argument>> {
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

    fn interleaved(&mut self, split: OperandIndex) -> Result<Vec<Argument>> {
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

    fn lost(&mut self, message: String, fix: &str) {
        let mut warning = *Diagnostic::error(Code::LostDerivative, message).fix(fix);
        warning.severity = Severity::Warning;
        self.warnings.push(warning);
    }
}

fn has_shadow(activity: Activity) -> bool {
    matches!(activity, Activity::Dup | Activity::DupNoNeed)
}
