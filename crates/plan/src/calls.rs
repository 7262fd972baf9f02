//! How each call is treated, decided once.

use crate::context::Context;
use crate::fresh;
use crate::segments::{self, Layout};
use crate::table;
use rz_analysis::callee;
use rz_diag::{Code, Diagnostic, Result};
use rz_rules::Rule;
use rz_rules::known::{self, Arena, Class, Length};
use rz_rules::names::Form;
use rz_view::op::BinaryOp;
use rz_view::{Callee, Func, Inst, Op, Value};

pub use rz_rules::known::{Masked, Reduce};

/// What a call is to the derivative.
#[derive(Clone, Debug)]
pub enum CallKind {
    /// Nothing.
    Inactive,
    /// A row of the rule table.
    Rule(&'static Rule),
    /// Copies memory.
    Copy {
        /// Destination.
        to: Value,
        /// Source.
        from: Value,
        /// Byte count.
        bytes: Value,
        /// What is copied.
        layout: Layout,
    },
    /// Overwrites memory with inactive bytes.
    Fill {
        /// Destination.
        to: Value,
        /// Byte count.
        bytes: Value,
        /// What was there.
        layout: Layout,
    },
    /// Allocates; the shadow is allocated alike and zeroed.
    Alloc(Allocation),
    /// Frees; delayed until the reverse pass is done.
    Free {
        /// The pointer.
        ptr: Value,
    },
    /// Closes the arena of an inner derivative; the outer one's takes over what it holds.
    Close,
    /// Gives back part of the arena of an inner derivative: nothing, since the outer one's gave it.
    Reset,
    /// Reduces a vector.
    Reduce(Reduce),
    /// Masked memory operation.
    Masked(Masked),
    /// Returns a pointer into what an argument points to.
    Pass {
        /// The pointer argument.
        from: Value,
        /// Found by looking at what is there, or null when nothing is found.
        found: bool,
    },
    /// Differentiated through its body.
    Body(Func),
    /// Called through the shadow of the function pointer; see [`crate::table`].
    Table {
        /// The function pointer.
        pointer: Value,
    },
}

/// An allocation call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Allocation {
    /// `size` bytes.
    Bytes(Value),
    /// `size` bytes of the arena of an inner derivative: taken from the outer one's, so that they live
    /// until the outer reverse pass is done.
    Arena(Value),
    /// An arena in memory of its own, with room for a tape.
    Open,
    /// `count` objects of `size` bytes.
    Array(Value, Value),
    /// `old` resized to `size` bytes.
    Resize {
        /// Previous memory.
        old: Value,
        /// New size.
        size: Value,
    },
}

/// The name a direct callee is looked up by.
pub fn callee_name<'a>(cx: &'a Context<'_>, func: Func) -> &'a str {
    callee::name(cx.module, func)
}

/// The rule for an arithmetic instruction or a call.
pub fn rule_of(cx: &Context<'_>, inst: Inst) -> Option<&'static Rule> {
    match &cx.body.insts[inst].op {
        Op::FNeg => rz_rules::rule("fneg"),
        Op::Binary(BinaryOp::FAdd) => rz_rules::rule("fadd"),
        Op::Binary(BinaryOp::FSub) => rz_rules::rule("fsub"),
        Op::Binary(BinaryOp::FMul) => rz_rules::rule("fmul"),
        Op::Binary(BinaryOp::FDiv) => rz_rules::rule("fdiv"),
        Op::Binary(BinaryOp::FRem) => rz_rules::rule("frem"),
        Op::Call(call) | Op::Invoke(call, ..) => match call.callee {
            Callee::Direct(func) => call_rule(cx, inst, func),
            Callee::Indirect | Callee::Asm { .. } => None,
        },
        _ => None,
    }
}

/// The plain or multi-output rule of a call. Forms with more operands than the rule's (constrained,
/// predicated) have their own mask and rounding and are not rows of the table.
fn call_rule(cx: &Context<'_>, inst: Inst, func: Func) -> Option<&'static Rule> {
    callee::rule(cx.module, cx.body, inst, func)
        .filter(|found| matches!(found.form, Form::Plain | Form::Constrained))
        .map(|found| found.rule)
}

/// Classifies an active call; an error when it cannot be differentiated.
pub fn classify(cx: &Context<'_>, inst: Inst) -> Result<CallKind> {
    let data = &cx.body.insts[inst];
    let call = data.op.call().expect("called for calls");
    if call.returns_twice {
        return Err(returns_twice(cx, inst));
    }
    let func = match call.callee {
        Callee::Direct(func) => func,
        Callee::Indirect => {
            table::check_call(cx, inst)?;
            let pointer = data.operands[0];
            return Ok(CallKind::Table { pointer });
        }
        Callee::Asm { .. } => return Err(assembly(cx, inst)),
    };
    if cx.module.funcs[func].custom {
        return Ok(CallKind::Body(func));
    }
    if let Some(rule) = call_rule(cx, inst, func) {
        return Ok(CallKind::Rule(rule));
    }
    let callee = &cx.module.funcs[func];
    if let Some(known) = known_function(cx, inst, func) {
        return known_call(cx, inst, func, known.class);
    }
    if callee.returns_twice {
        return Err(returns_twice(cx, inst));
    }
    if callee.varargs && callee.defined {
        let name = callee_name(cx, func);
        let what = format!("an active call of {name}, which takes a variable number of arguments");
        return Err(refuse(cx, inst, Code::Varargs, what)
            .note("how it finds them is known for calls in C's convention on x86-64 only")
            .fix("pass the values in an array"));
    }
    if callee.body.is_some() {
        return Ok(CallKind::Body(func));
    }
    Err(unknown(cx, inst, func))
}

/// What is known about a function that has no body of its own here.
pub fn known_function(cx: &Context<'_>, inst: Inst, func: Func) -> Option<&'static known::Known> {
    callee::known(cx.module, cx.body, inst, func)
}

fn known_call(cx: &Context<'_>, inst: Inst, func: Func, class: Class) -> Result<CallKind> {
    let args = cx.body.call_args(inst);
    let arg = |index: u8| args[usize::from(index)];
    let plain = |length: Length| match length {
        Length::Bytes(index) => Some(arg(index)),
        _ => None,
    };
    Ok(match class {
        // An integer function that rearranges the bits of an active float.
        Class::Inactive
            if cx.body.insts[inst]
                .result
                .is_some_and(|r| cx.activity.differentiable(r)) =>
        {
            return Err(refuse(
                cx,
                inst,
                Code::BitTrick,
                "an integer operation on the bits of an active float",
            )
            .fix("write it with floating-point operations"));
        }
        Class::Inactive if cx.types.moves_floats_as_letters(inst) => {
            return Err(numbers_as_letters(cx, inst, func));
        }
        Class::Inactive | Class::NoReturn | Class::Lifetime { .. } => CallKind::Inactive,
        Class::Move {
            dst, src, length, ..
        } => {
            let bytes = plain(length).ok_or_else(|| unknown(cx, inst, func))?;
            let layout = copy_layout(cx, inst, arg(dst), arg(src), bytes)?;
            CallKind::Copy {
                to: arg(dst),
                from: arg(src),
                bytes,
                layout,
            }
        }
        // Its shadow is zero as well, and nothing before it has an adjoint.
        Class::Set { dst, .. } if fresh::is_first_use(cx, inst, arg(dst)) => CallKind::Inactive,
        Class::Set {
            dst, byte, length, ..
        } => {
            let bytes = plain(length).ok_or_else(|| unknown(cx, inst, func))?;
            let zero = byte.is_none_or(|index| cx.body.const_int(arg(index)) == Some(0));
            let layout = segments::of_filled(cx, inst, arg(dst), cx.constant_bytes(bytes), zero)?;
            CallKind::Fill {
                to: arg(dst),
                bytes,
                layout,
            }
        }
        Class::Alloc(alloc) => match alloc.size {
            _ if alloc.delivery != known::Delivery::Result => return Err(unknown(cx, inst, func)),
            Length::Bytes(size) => CallKind::Alloc(Allocation::Bytes(arg(size))),
            Length::Product(count, size) => {
                CallKind::Alloc(Allocation::Array(arg(count), arg(size)))
            }
            _ => return Err(unknown(cx, inst, func)),
        },
        Class::Realloc(realloc) if callee_name(cx, func) == "realloc" => {
            let size = plain(realloc.size).ok_or_else(|| unknown(cx, inst, func))?;
            CallKind::Alloc(Allocation::Resize {
                old: arg(realloc.pointer),
                size,
            })
        }
        Class::Free(free) => CallKind::Free {
            ptr: arg(free.pointer),
        },
        Class::Arena(Arena::Alloc) => CallKind::Alloc(Allocation::Arena(arg(1))),
        Class::Arena(Arena::Defer) => CallKind::Free { ptr: arg(1) },
        Class::Arena(Arena::Open) => CallKind::Alloc(Allocation::Open),
        Class::Arena(Arena::Close) => CallKind::Close,
        Class::Arena(Arena::Reset) => CallKind::Reset,
        Class::Arena(Arena::Adopt | Arena::TakeOver) => CallKind::Inactive,
        Class::Reduce(reduce) => CallKind::Reduce(reduce),
        Class::Masked(
            masked @ (Masked::Load | Masked::Store | Masked::Gather | Masked::Scatter),
        ) => CallKind::Masked(masked),
        Class::Pass { from, nullable } => CallKind::Pass {
            from: arg(from),
            found: nullable,
        },
        Class::ReturnsTwice => return Err(returns_twice(cx, inst)),
        Class::Refuse(why) => {
            return Err(unknown(cx, inst, func).note(why));
        }
        Class::Realloc(_)
        | Class::Masked(_)
        | Class::Kill(_)
        | Class::Convert
        | Class::Narrow(_)
        | Class::Lanes(_) => return Err(unknown(cx, inst, func)),
    })
}

fn copy_layout(
    cx: &Context<'_>,
    inst: Inst,
    to: Value,
    from: Value,
    bytes: Value,
) -> Result<Layout> {
    segments::of_copy(cx, inst, to, from, cx.constant_bytes(bytes))
}

/// What a call is that releases memory, which the reverse pass may still read.
pub fn released(cx: &Context<'_>, inst: Inst) -> Option<CallKind> {
    let Callee::Direct(func) = cx.body.insts[inst].op.call()?.callee else {
        return None;
    };
    match known_function(cx, inst, func)?.class {
        Class::Free(free) if callee_name(cx, func) == "free" => Some(CallKind::Free {
            ptr: cx.body.call_args(inst)[usize::from(free.pointer)],
        }),
        Class::Arena(Arena::Defer) => Some(CallKind::Free {
            ptr: cx.body.call_args(inst)[1],
        }),
        Class::Arena(Arena::Close) => Some(CallKind::Close),
        Class::Arena(Arena::Reset) => Some(CallKind::Reset),
        _ => None,
    }
}

/// True when a call does something in the reverse pass.
pub fn works_in_reverse(kind: &CallKind) -> bool {
    match kind {
        CallKind::Inactive
        | CallKind::Free { .. }
        | CallKind::Close
        | CallKind::Reset
        | CallKind::Pass { .. } => false,
        CallKind::Alloc(Allocation::Resize { .. }) => true,
        CallKind::Alloc(_) => false,
        CallKind::Copy { layout, .. } | CallKind::Fill { layout, .. } => layout.has_floats(),
        CallKind::Rule(_)
        | CallKind::Reduce(_)
        | CallKind::Masked(_)
        | CallKind::Body(_)
        | CallKind::Table { .. } => true,
    }
}

fn refuse(cx: &Context<'_>, inst: Inst, code: Code, message: impl Into<String>) -> Box<Diagnostic> {
    Diagnostic::error(code, message)
        .at(cx.position(inst))
        .note(format!("in function {}", cx.name()))
}

fn unknown(cx: &Context<'_>, inst: Inst, func: Func) -> Box<Diagnostic> {
    let name = callee_name(cx, func);
    refuse(
        cx,
        inst,
        Code::UnknownFunction,
        format!("no derivative for a call of {name}: it has neither a body here nor a rule"),
    )
    .fix(format!(
        "make the body of {name} available, mark it __attribute__((annotate(\"enzyme_inactive\"))), \
         or register a derivative"
    ))
}

fn numbers_as_letters(cx: &Context<'_>, inst: Inst, func: Func) -> Box<Diagnostic> {
    let name = callee_name(cx, func);
    let what = format!(
        "no derivative for a call of {name}: it has no body here and moves the bytes of active numbers"
    );
    refuse(cx, inst, Code::UnknownFunction, what)
        .note("as letters of a string they would carry no derivative")
        .fix(
            "keep numbers in arrays or vectors of their own type; with -std=c++20 the members of strings have bodies",
        )
}

fn returns_twice(cx: &Context<'_>, inst: Inst) -> Box<Diagnostic> {
    refuse(
        cx,
        inst,
        Code::ReturnsTwice,
        "setjmp and its relatives cannot be differentiated: the reverse pass cannot retrace the jump",
    )
    .fix("return error codes instead of jumping")
}

fn assembly(cx: &Context<'_>, inst: Inst) -> Box<Diagnostic> {
    refuse(
        cx,
        inst,
        Code::InlineAssembly,
        "active inline assembly has no derivative",
    )
    .fix("write the computation in C, or keep the assembly's operands inactive")
}
