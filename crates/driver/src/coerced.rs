//! Structs in registers whose shadows are written side by side.
//!
//! C passes a small struct as one operand for each half, so `f(s)` with a shadow written right behind it
//! is read as the first half of `s`, with the second half as its shadow:
//!
//! ```text
//! __enzyme_fwddiff(f, s, ds)   →   s.a, shadow s.b, ds.a, shadow ds.b
//! ```
//!
//! That is what the convention says, and never what was meant. It shows before the host simplifies: the
//! primal puts both halves into one variable, and the operands are read from one.

use crate::locate::{self, Site};
use crate::request::{Shadow, parse};
use crate::values::base_and_offset;
use rz_diag::{Code, Diagnostic, Severity};
use rz_llvm::{Attribute, Function, Opcode, Place, Value};

/// Attribute of requests that were seen to do this: the argument's position.
const MARK: &str = "ribozyme-half-as-shadow";

/// Marks the request if it takes one half of a struct for the shadow of the other.
pub(crate) fn mark(site: Site, target: Function) {
    let operands = locate::operands(site);
    let interleaved =
        |operand: &crate::request::Operand| operand.marker.as_deref() == Some("enzyme_interleave");
    if operands.iter().any(interleaved) || target.is_declaration() {
        return;
    }
    let first = site.function_operand() as usize + 1;
    let Ok(request) = parse(site.entry, &locate::primal(target), &operands, first) else {
        return;
    };
    let params = target.params();
    let skip = params.len() - request.args.len();
    for (index, pair) in request.args.windows(2).enumerate() {
        let (Shadow::Lanes(shadow), Shadow::Lanes(_)) = (&pair[0].shadow, &pair[1].shadow) else {
            continue;
        };
        let operand = |index: usize| site.call.operand(index as u32);
        let one_struct = same(
            kept_in(params[skip + index]),
            kept_in(params[skip + index + 1]),
        );
        let halves = shadow.iter().any(|&lane| {
            same(
                read_from(operand(pair[0].operand)),
                read_from(operand(lane)),
            )
        });
        if one_struct && halves {
            let mark = Attribute::string(site.call.context(), MARK, &index.to_string());
            site.call.add_call_attribute(Place::Function, mark);
            return;
        }
    }
}

/// The warning about a marked request.
pub(crate) fn warning(call: Value, primal: &str) -> Option<Box<Diagnostic>> {
    let marks = call.call_attributes(Place::Function).into_iter();
    let mark = marks
        .filter(|a| a.name() == MARK)
        .find_map(Attribute::string_value)?;
    let mut warning = Diagnostic::error(
        Code::LostDerivative,
        format!(
            "argument {mark} of `{primal}` is a part of a struct that is passed in registers, and its shadow is another part of the same struct"
        ),
    )
    .note("each part of such a struct is an argument of its own, directly followed by its shadow")
    .fix("pass the shadows behind all arguments, after `enzyme_interleave`");
    warning.severity = Severity::Warning;
    Some(warning)
}

fn same(a: Option<Value>, b: Option<Value>) -> bool {
    a.is_some() && a == b
}

/// The variable a parameter is put into.
fn kept_in(param: Value) -> Option<Value> {
    let [user] = param.users()[..] else {
        return None;
    };
    if user.opcode() != Some(Opcode::Store) || user.operand(0) != param {
        return None;
    }
    base_and_offset(user.function().module(), user.operand(1)).map(|(base, _)| base)
}

/// The variable an operand is read from.
fn read_from(operand: Value) -> Option<Value> {
    if operand.opcode() != Some(Opcode::Load) {
        return None;
    }
    base_and_offset(operand.function().module(), operand.operand(0)).map(|(base, _)| base)
}
