//! The C program that calls every function at every point.

use crate::names::{Float, How, Named};
use crate::points::{DIRECTIONS, WEIGHTS, points};
use rz_rules::{Operand, Place};
use std::fmt::Write as _;

/// How a function is declared and called in C.
pub(crate) struct Prototype {
    pub(crate) result: String,
    pub(crate) parameters: Vec<String>,
    /// The arguments of a call in terms of the arrays `a` (may be active) and `c` (constants).
    pub(crate) arguments: Vec<String>,
}

pub(crate) fn prototype(named: &Named, t: &str) -> Prototype {
    let rule = named.rule;
    // The library's complex product takes parts.
    let parts = named.symbol.starts_with("__mul") || named.symbol.starts_with("__div");
    let pairs = if parts { 0 } else { rule.pairs() };
    let int = match rule.name() {
        "pown" | "compoundn" | "rootn" => "long long",
        "scalbln" => "long",
        _ => "int",
    };
    let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
    let mut add = |parameter: String, argument: String| {
        parameters.push(parameter);
        arguments.push(argument);
    };
    for (i, operand) in rule.operands().iter().enumerate() {
        let imaginary = i > 0 && pairs >> (i - 1) & 1 == 1;
        match operand {
            Operand::Real if pairs >> i & 1 == 1 => add(
                format!("{t} _Complex"),
                format!("__builtin_complex(a[{i}], a[{}])", i + 1),
            ),
            Operand::Real if imaginary => {}
            Operand::Real => add(t.into(), format!("a[{i}]")),
            Operand::Fixed => add(t.into(), format!("c[{i}]")),
            Operand::Long => add("long double".into(), format!("(long double)c[{i}]")),
            Operand::Int => add(int.into(), format!("({int})c[{i}]")),
            Operand::RealOut => add(format!("{t} *"), format!("&m{i}")),
            Operand::IntOut => add("int *".into(), format!("&m{i}")),
        }
    }
    let fields: Vec<_> = (rule.outputs().iter())
        .filter(|output| matches!(output.place, Place::Field(_)))
        .collect();
    let result = match fields.as_slice() {
        [] if rule.outputs().iter().any(|o| o.place == Place::Result) => t.into(),
        [] => "void".into(),
        [_, second] if second.real => {
            if rule.pairs() != 0 || rule.name() == "polar" {
                format!("{t} _Complex")
            } else {
                format!("struct {{ {t} f0; {t} f1; }}")
            }
        }
        _ => format!("struct {{ {t} f0; int f1; }}"),
    };
    Prototype {
        result,
        parameters,
        arguments,
    }
}

/// The program's function that calls, as C.
fn caller(named: &Named, t: &str, index: usize) -> String {
    let prototype = prototype(named, t);
    let arguments = prototype.arguments.join(", ");
    let mut text = String::new();
    let mut call = format!("{}({arguments})", named.symbol);
    let declared = prototype.parameters.join(", ");
    match named.how {
        How::Operator(c) => call = format!("a[0] {c} a[1]"),
        How::Intrinsic => {
            let _ = writeln!(text, "typedef {} r{index};", prototype.result);
            let _ = writeln!(
                text,
                "r{index} i{index}({declared}) __asm__(\"{}\");",
                named.symbol
            );
            call = format!("i{index}({arguments})");
        }
        How::Library | How::Registered => {
            let _ = writeln!(text, "typedef {} r{index};", prototype.result);
            let _ = writeln!(text, "r{index} {}({declared});", named.symbol);
        }
    }
    if named.how == How::Registered {
        let _ = writeln!(
            text,
            "void *__enzyme_function_like_{index}[2] = {{(void *){}, (void *)\"{}\"}};",
            named.symbol,
            named.rule.name()
        );
    }
    let _ = writeln!(
        text,
        "static {t} p{index}(const {t} *a, const {t} *c) {{ (void)c;"
    );
    for (i, operand) in named.rule.operands().iter().enumerate() {
        match operand {
            Operand::RealOut => drop(writeln!(text, "  {t} m{i} = 3;")),
            Operand::IntOut => drop(writeln!(text, "  int m{i} = 3;")),
            _ => {}
        }
    }
    if prototype.result == "void" {
        let _ = writeln!(text, "  {call};");
    } else if matches!(named.how, How::Operator(_)) {
        let _ = writeln!(text, "  {t} r = {call};");
    } else {
        let _ = writeln!(text, "  r{index} r = {call};");
    }
    let complex = prototype.result.ends_with("_Complex");
    let terms = (named.rule.outputs().iter().enumerate()).filter(|(_, output)| output.real);
    let terms: Vec<String> = terms
        .map(|(o, output)| {
            let value = match output.place {
                Place::Result => "r".to_owned(),
                Place::Field(0) if complex => "__real__ r".to_owned(),
                Place::Field(_) if complex => "__imag__ r".to_owned(),
                Place::Field(field) => format!("r.f{field}"),
                Place::Memory(argument) => format!("m{argument}"),
            };
            format!("({t}){} * {value}", WEIGHTS[o])
        })
        .collect();
    let _ = writeln!(text, "  return {};\n}}", terms.join(" + "));
    text
}

/// The program: every function at every one of its points.
pub(crate) fn program(list: &[Named], float: &Float) -> String {
    let t = float.c;
    let mut text = format!(
        "int printf(const char *, ...);
extern int enzyme_dup, enzyme_const, enzyme_width;
typedef {t} T;
typedef struct {{ T v0, v1, v2, v3; }} T4;
void __enzyme_autodiff(void *, ...);
T __enzyme_fwddiff(void *, ...);
T4 __enzyme_fwddiff4(void *, ...);
static void show(T x) {{ printf(\"%.17g \", (double)x); }}
#define GRADIENTS(I, N) \\
static void g##I(const double *at) {{ \\
  T a[N], c[N], d[5][N] = {{{{0}}}}, t[4][N]; \\
  for (int i = 0; i < N; i++) {{ \\
    a[i] = c[i] = (T)at[i]; \\
    for (int k = 0; k < 4; k++) t[k][i] = (T)directions[k][i]; \\
  }} \\
  show(p##I(a, c)); \\
  __enzyme_autodiff((void *)p##I, enzyme_dup, a, d[0], enzyme_const, c); \\
  for (int i = 0; i < N; i++) show(d[0][i]); \\
  show(__enzyme_fwddiff((void *)p##I, enzyme_dup, a, t[0], enzyme_const, c)); \\
  __enzyme_autodiff((void *)p##I, enzyme_width, 4, enzyme_dup, a, d[1], d[2], d[3], d[4], enzyme_const, c); \\
  for (int k = 1; k < 5; k++) for (int i = 0; i < N; i++) show(d[k][i]); \\
  T4 f = __enzyme_fwddiff4((void *)p##I, enzyme_width, 4, enzyme_dup, a, t[0], t[1], t[2], t[3], enzyme_const, c); \\
  show(f.v0); show(f.v1); show(f.v2); show(f.v3); printf(\"\\n\"); \\
}}
"
    );
    let _ = writeln!(text, "static const double directions[4][8] = {{");
    for direction in DIRECTIONS {
        let _ = writeln!(text, "  {{{}}},", numbers(&direction));
    }
    text.push_str("};\n");
    for (index, named) in list.iter().enumerate() {
        text.push_str(&caller(named, t, index));
        let _ = writeln!(text, "GRADIENTS({index}, {})", named.rule.arity());
    }
    text.push_str("int main(void) {\n");
    for (index, named) in list.iter().enumerate() {
        for point in points(named.rule) {
            let _ = writeln!(
                text,
                "  g{index}((const double[]){{{}}});",
                numbers(&point.at)
            );
        }
    }
    text.push_str("}\n");
    text
}

fn numbers(values: &[f64]) -> String {
    let list: Vec<String> = values.iter().map(|x| format!("{x:e}")).collect();
    list.join(", ")
}
