//! Functions that this machine's library lacks, as tables of their rows.

use crate::names::{Float, Named};
use crate::points::points;
use crate::program::prototype;
use rz_rules::Place;
use std::fmt::Write as _;

/// Functions of C23 that today's libraries lack and partials call: at any point.
fn formula(base: &str) -> Option<&'static str> {
    Some(match base {
        "sinpi" => "return __builtin_sinl(3.14159265358979323846264338327950288L * x0);",
        "cospi" => "return __builtin_cosl(3.14159265358979323846264338327950288L * x0);",
        "pown" => "return __builtin_powl(x0, x1);",
        "compoundn" => "return __builtin_powl(1 + x0, x1);",
        _ => return None,
    })
}

/// A function that the library lacks: what the row says at the points that are asked for.
pub(crate) fn stub(named: &Named, float: &Float) -> String {
    let t = float.c;
    let prototype = prototype(named, t);
    let parameters: Vec<String> = (prototype.parameters.iter().enumerate())
        .map(|(i, parameter)| format!("{parameter} x{i}"))
        .collect();
    let mut text = format!("typedef {} r_{};\n", prototype.result, named.symbol);
    let _ = write!(
        text,
        "r_{0} {0}({1}) {{ ",
        named.symbol,
        parameters.join(", ")
    );
    if let Some(body) = formula(named.rule.name()) {
        let _ = writeln!(text, "{body} }}");
        return text;
    }
    let _ = writeln!(text, "double best = 1e300, d, o0 = 0, o1 = 0;");
    for point in points(named.rule) {
        let mut distance = String::from("d = 0;");
        let mut operand = 0;
        for (i, parameter) in prototype.parameters.iter().enumerate() {
            if parameter.ends_with('*') {
                operand += 1;
                continue;
            }
            let parts: &[&str] = if parameter.ends_with("_Complex") {
                &["__real__ ", "__imag__ "]
            } else {
                &[""]
            };
            for part in parts {
                let at = point.at[operand];
                let _ = write!(
                    distance,
                    " d += __builtin_fabs((double)({part}x{i}) - {at:e});"
                );
                operand += 1;
            }
        }
        let outputs = (point.outputs.iter().enumerate()).fold(String::new(), |text, (o, value)| {
            format!("{text} o{o} = {value:e};")
        });
        let _ = writeln!(text, "{distance} if (d < best) {{ best = d;{outputs} }}");
    }
    for (o, output) in named.rule.outputs().iter().enumerate() {
        if let Place::Memory(argument) = output.place {
            let _ = writeln!(text, "*x{argument} = o{o};");
        }
    }
    let _ = match prototype.result.as_str() {
        "void" => writeln!(text, "}}"),
        complex if complex.ends_with("_Complex") => {
            writeln!(text, "return __builtin_complex(({t})o0, ({t})o1); }}")
        }
        pair if pair.starts_with("struct") => {
            writeln!(text, "return (r_{}){{o0, o1}}; }}", named.symbol)
        }
        _ => writeln!(text, "return o0; }}"),
    };
    text
}
