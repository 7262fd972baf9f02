//! AVX-512 intrinsics with a mask and values for the lanes that it leaves out: the operation on
//! all lanes, then a select.

use super::StandIn;
use super::lanes::{self, lowest};
use super::x86;
use rz_llvm::{Builder, Value};

/// What the operation on all lanes is.
enum Inner {
    /// An intrinsic whose derivative is that of a rule.
    Rule(&'static str),
    /// Piecewise constant: the intrinsic itself, which the tables know to be.
    Constant,
    /// Ordinary arithmetic.
    Plain,
}

/// The value of a call of `llvm.x86.NAME`.
pub(super) fn rewrite(b: &Builder, call: Value, name: &str) -> Option<Value> {
    let mut parts = name.split('.').skip_while(|part| part.starts_with("avx"));
    let mut family = parts.next()?;
    if family == "mask" {
        family = parts.next()?;
    }
    let shape = parts.next().unwrap_or("");
    let scalar = matches!(shape, "ss" | "sd" | "sh");
    // Value operands, and whether an immediate follows them.
    let (inner, values, immediate) = match family {
        "rcp14" | "rcp" => (Inner::Rule("rcp"), 1, false),
        "rsqrt14" | "rsqrt" => (Inner::Rule("rsqrt"), 1, false),
        "scalef" => (Inner::Rule("scalef"), 2, false),
        "reduce" => (Inner::Rule("identity"), 1, true),
        "getmant" => (Inner::Rule("getmant"), 1, true),
        "rndscale" => (Inner::Constant, 1, true),
        "getexp" => (Inner::Constant, 1, false),
        "add" | "sub" | "mul" | "div" | "min" | "max" => (Inner::Plain, 2, false),
        "sqrt" => (Inner::Plain, 1, false),
        _ => return None,
    };
    let args = call.args();
    // In scalar forms the first operand gives the upper lanes too.
    let first = usize::from(scalar && values == 1);
    // In scalar forms most immediates stand behind the mask.
    let between = immediate && (!scalar || family == "getmant");
    let last = first + values + usize::from(between);
    let (&source, &mask) = (args.get(last)?, args.get(last + 1)?);
    if source.ty() != call.ty() || !mask.ty().scalar().is_int() {
        return None;
    }
    let n = if scalar { 1 } else { lanes::count(call) };
    if matches!(inner, Inner::Constant) && !scalar && lanes::all_set(mask, n) {
        return None;
    }
    let operands = &args[first..first + values];
    let result = match inner {
        Inner::Plain => {
            let rounding = args.get(last + 2).copied();
            let current = rounding.is_none_or(|r| lanes::constant(r) == Some(4));
            if !current && !matches!(family, "min" | "max") {
                return None;
            }
            x86::plain(b, family, operands)?
        }
        Inner::Constant => all_lanes(b, call, operands, (last, mask))?,
        Inner::Rule(rule) => {
            let constants: Vec<String> = args.iter().filter_map(|&a| number(a)).collect();
            let label = format!("llvm.x86.{name}.{}", constants.join("."));
            let stand_in = StandIn {
                label: &label,
                rule,
                params: operands.iter().map(|v| v.ty()).collect(),
                result: call.ty(),
                errno: false,
            };
            let function = stand_in.function(b.module(), |b, params| {
                all_lanes(b, call, params, (last, mask)).expect("checked to have these operands")
            });
            b.call(function, operands)
        }
    };
    if scalar {
        let on = b.extract_element(lanes::bits(b, mask, 1), lanes::index(b, 0));
        let low = b.select(on, result, source);
        return Some(lowest(b, low, args[0]));
    }
    if lanes::all_set(mask, n) {
        return Some(result);
    }
    Some(b.select(lanes::bits(b, mask, n), result, source))
}

fn number(value: Value) -> Option<String> {
    lanes::constant(value).map(|bits| bits.to_string())
}

/// The intrinsic on `operands` with nothing masked out. Operands in front are values: the last of
/// them are given, and one before stands for the upper lanes of scalar forms, which are not used.
fn all_lanes(
    b: &Builder,
    call: Value,
    operands: &[Value],
    (source, mask): (usize, Value),
) -> Option<Value> {
    let mut args = call.args();
    let leading = args.iter().take(source);
    let values = leading.filter(|a| a.ty().is_vector()).count();
    let first = values.checked_sub(operands.len())?;
    for upper in &mut args[..first] {
        *upper = upper.ty().zero();
    }
    args[first..first + operands.len()].copy_from_slice(operands);
    args[source] = args[source].ty().zero();
    args[source + 1] = if mask.ty().is_vector() {
        mask.ty().splat(mask.ty().scalar().int_const(1))
    } else {
        mask.ty().int_const_signed(-1)
    };
    Some(b.call(call.called_function()?, &args))
}
