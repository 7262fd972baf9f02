//! Every row of the table of derivatives, by every name it has, through the whole compiler: a C program calls
//! the function, asks for its derivative in reverse and forward mode, and four at once, and prints them.
//!
//! What the derivative should be is the row's own evaluation, which the tests of `rz-rules` hold against
//! differences of an independent primal. A function that this machine's library lacks is linked as a table of the
//! row's primal at the points that are asked for: derivatives do not read it elsewhere.

mod support;

use libtest_mimic::{Arguments, Failed, Trial};
use rz_rules::{Emission, Eval, Operand, Place, Rule, Sampler, Spelling, Width, rules};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use support::{plugin, run_within, scratch};

/// Hundreds of derivatives are compiled at once, and the machine may be busy.
const LIMIT: Duration = Duration::from_mins(5);
/// The rows are compiled in so many parts.
const CHUNKS: usize = 8;
/// Weights of a function's outputs in the result of the program that calls it.
const WEIGHTS: [f64; 2] = [1.5, -0.5];
/// Tangents of the operands, in four directions.
const DIRECTIONS: [[f64; 8]; 4] = [
    [1.0, -0.5, 0.25, 0.75, 1.25, -1.0, 0.5, 2.0],
    [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [-2.0, 0.5, 1.5, -1.0, 0.25, 0.0, 1.0, -1.0],
    [0.5, 0.0, -1.0, 2.0, 1.0, 0.5, -0.75, 0.25],
];

/// A float type that the functions are called at.
struct Float {
    width: Width,
    c: &'static str,
    /// What is wrong by less is right: relative, and for small derivatives absolute.
    tolerance: f64,
}

const FLOATS: &[Float] = &[
    Float {
        width: Width::Double,
        c: "double",
        tolerance: 1e-9,
    },
    Float {
        width: Width::Single,
        c: "float",
        tolerance: 2e-4,
    },
    Float {
        width: Width::Long,
        c: "long double",
        tolerance: 1e-9,
    },
    Float {
        width: Width::Quad,
        c: "__float128",
        tolerance: 1e-9,
    },
    Float {
        width: Width::Half,
        c: "_Float16",
        tolerance: 3e-2,
    },
];

/// Intrinsics that this machine has no code for: of vectors only, and of another system's library.
const NOWHERE: &[&str] = &["roundtozero", "sincospi", "ssa.copy"];
/// Rows whose constrained intrinsics this machine has no code for.
const NOT_STRICT: &[&str] = &["minimum", "maximum"];

/// A function by one of its names.
struct Named {
    rule: &'static Rule,
    symbol: String,
    how: How,
}

#[derive(Clone, Copy, PartialEq)]
enum How {
    /// The library's function of that name.
    Library,
    /// An intrinsic.
    Intrinsic,
    /// An operator of C.
    Operator(&'static str),
    /// A function of the user's that is registered to be like the row.
    Registered,
}

fn operator(base: &str) -> Option<&'static str> {
    let operators = [("fadd", "+"), ("fsub", "-"), ("fmul", "*"), ("fdiv", "/")];
    let found = operators.iter().find(|(name, _)| *name == base);
    found.map(|(_, c)| *c)
}

/// The names of a rule for functions of one type. Aliases lead to the same row by a table of names, so one build
/// has all of them.
fn named(rule: &'static Rule, float: &Float, aliases: bool) -> Vec<Named> {
    let mut list = Vec::new();
    let mut add = |symbol: String, how| list.push(Named { rule, symbol, how });
    let suffixes: &[&str] = match float.width {
        Width::Single if !aliases => &["f"],
        Width::Double if !aliases => &[""],
        Width::Single => &["f", "f32"],
        Width::Long => &["l", "f64x"],
        Width::Quad => &["f128"],
        Width::Half => &["f16"],
        Width::Double | Width::Any => &["", "f64", "f32x"],
    };
    let bits = match float.width {
        Width::Single => Some("f32"),
        Width::Double => Some("f64"),
        _ => None,
    };
    for spelling in rule.symbols() {
        match *spelling {
            Spelling::C(base) => {
                for suffix in suffixes {
                    add(format!("{base}{suffix}"), How::Library);
                }
                if aliases {
                    add(format!("__{base}{}_finite", suffixes[0]), How::Library);
                }
            }
            Spelling::Tailed(base, tail) => {
                for suffix in suffixes {
                    add(format!("{base}{suffix}{tail}"), How::Library);
                }
            }
            Spelling::Exact(name, width) if width == float.width => {
                add(name.to_owned(), How::Library);
            }
            Spelling::Exact(..) => {}
            Spelling::Llvm(base) => {
                // C returns a pair of floats otherwise than the intrinsic does.
                let single_pair = float.width == Width::Single && !rule.is_plain();
                let has_int = rule.operands().contains(&Operand::Int)
                    || rule.outputs().iter().any(|output| !output.real);
                let int = if has_int { ".i32" } else { "" };
                if let Some(bits) = bits.filter(|_| !single_pair && !NOWHERE.contains(&base)) {
                    add(format!("llvm.{base}.{bits}{int}"), How::Intrinsic);
                }
            }
            Spelling::Op(base) => {
                if let Some(c) = operator(base) {
                    add(base.to_owned(), How::Operator(c));
                }
            }
        }
    }
    if rule.symbols().is_empty() && matches!(float.width, Width::Single | Width::Double) {
        add(format!("own_{}", rule.name()), How::Registered);
    }
    list
}

/// A point and what is expected there.
struct Point {
    at: Vec<f64>,
    outputs: Vec<f64>,
    value: f64,
    adjoints: Vec<f64>,
}

fn points(rule: &'static Rule) -> Vec<Point> {
    let mut sampler = Sampler::new(7);
    // Boxes may be narrow, or many.
    let two = (0..2).flat_map(|_| rule.sample(&mut sampler));
    two.map(|at| point(rule, at)).collect()
}

fn point(rule: &'static Rule, at: Vec<f64>) -> Point {
    let outputs = rule.primal(&at)[..rule.outputs().len()].to_vec();
    let seed = |o: usize| rule.outputs()[o].real.then_some(WEIGHTS[o]);
    let seeds: Vec<Option<f64>> = (0..outputs.len()).map(seed).collect();
    let all = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let (operands, results) = (all(&at), all(&outputs));
    let mut emission = Emission::new(rule, &operands, &results);
    let adjoints = emission.adjoints(&mut Eval, &seeds, rule.differentiable());
    let weighted = seeds.iter().zip(&outputs);
    Point {
        value: weighted
            .map(|(seed, output)| seed.map_or(0.0, |seed| seed * output))
            .sum(),
        adjoints: adjoints.into_iter().map(|a| a.unwrap_or(0.0)).collect(),
        at,
        outputs,
    }
}

/// How a function is declared and called in C.
struct Prototype {
    result: String,
    parameters: Vec<String>,
    /// The arguments of a call in terms of the arrays `a` (may be active) and `c` (constants).
    arguments: Vec<String>,
}

fn prototype(named: &Named, t: &str) -> Prototype {
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
fn program(list: &[Named], float: &Float) -> String {
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
fn stub(named: &Named, float: &Float) -> String {
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

fn every(float: &Float) -> impl Iterator<Item = Named> {
    rules().flat_map(|rule| named(rule, float, true))
}

/// Compiles and links the program; what is undefined becomes a stub.
fn build(list: &[Named], float: &Float, flags: &[&str], dir: &Path) -> Result<(), Failed> {
    let clang = |arguments: &[&str]| {
        let mut command = Command::new("clang-22");
        command.current_dir(dir).arg("-w").args(arguments);
        run_within(&mut command, LIMIT)
    };
    std::fs::write(dir.join("rows.c"), program(list, float))?;
    let load = format!("-fpass-plugin={}", plugin().display());
    let mut arguments = vec!["-c", "rows.c", load.as_str()];
    arguments.extend(flags);
    let done = clang(&arguments);
    if done.code != Some(0) {
        return Err(done.stderr.into());
    }
    let link = ["rows.o", "stubs.c", "-lquadmath", "-lm", "-o", "rows"];
    std::fs::write(dir.join("stubs.c"), "")?;
    let done = clang(&link);
    let mut missing: Vec<&str> = (done.stderr.lines())
        .filter_map(|line| {
            line.split_once("undefined reference to `")?
                .1
                .split('\'')
                .next()
        })
        .collect();
    missing.sort_unstable();
    missing.dedup();
    let mut stubs = String::new();
    for symbol in missing {
        // Derivatives at `half` call functions of `float`.
        let widths = [float].into_iter().chain(FLOATS);
        let found = widths.flat_map(|float| every(float).map(move |named| (named, float)));
        let found = found.into_iter().find(|(named, _)| named.symbol == symbol);
        let (found, float) =
            found.ok_or_else(|| format!("{symbol} is called and is no row's name"))?;
        stubs.push_str(&stub(&found, float));
    }
    std::fs::write(dir.join("stubs.c"), stubs)?;
    let done = clang(&link);
    if done.code != Some(0) {
        return Err(done.stderr.into());
    }
    Ok(())
}

/// The numbers that the program should print for a point.
fn expected(rule: &Rule, point: &Point) -> Vec<f64> {
    let mut list = vec![point.value];
    list.extend(&point.adjoints);
    let forward = |direction: &[f64; 8]| {
        let pairs = point.adjoints.iter().zip(direction);
        pairs
            .map(|(adjoint, tangent)| adjoint * tangent)
            .sum::<f64>()
    };
    list.push(forward(&DIRECTIONS[0]));
    for _ in 0..4 {
        list.extend(&point.adjoints);
    }
    list.extend(DIRECTIONS.iter().map(forward));
    debug_assert_eq!(list.len(), 6 + 5 * rule.arity());
    list
}

fn check(rows: &[&'static Rule], float: &Float, tag: &str, flags: &[&str]) -> Result<(), Failed> {
    let aliases = flags == ["-O2"];
    let list: Vec<Named> = (rows.iter())
        .flat_map(|rule| named(rule, float, aliases))
        .collect();
    let dir = scratch(&format!("rows-{tag}"));
    build(&list, float, flags, &dir)?;
    let done = run_within(&mut Command::new(dir.join("rows")), LIMIT);
    let mut lines = done.stdout.lines();
    let mut wrong = String::new();
    for named in &list {
        for point in points(named.rule) {
            let line = lines.next().unwrap_or_default();
            let found: Vec<f64> = (line.split_whitespace())
                .map(|word| word.parse().unwrap_or(f64::NAN))
                .collect();
            let expected = expected(named.rule, &point);
            let scale = point.adjoints.iter().fold(1.0, |m: f64, a| m.max(a.abs()));
            let same = |(found, want): (&f64, &f64)| {
                (found - want).abs() <= float.tolerance * want.abs().max(scale)
            };
            if found.len() != expected.len() || !found.iter().zip(&expected).skip(1).all(same) {
                let _ = writeln!(
                    wrong,
                    "{} at {:?}:\n  {found:?}\n  {expected:?}",
                    named.symbol, point.at
                );
            }
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.into())
    }
}

fn main() {
    let arguments = Arguments::from_args();
    let rows: Vec<&'static Rule> = rules().collect();
    let mut trials = Vec::new();
    for (number, chunk) in rows.chunks(rows.len().div_ceil(CHUNKS)).enumerate() {
        for float in FLOATS {
            let builds: &[(&str, &[&str])] = match float.width {
                Width::Double => &[
                    ("O0", &["-O0"]),
                    ("O2", &["-O2"]),
                    ("strict", &["-O1", "-ffp-model=strict", "-fno-math-errno"]),
                    ("fast", &["-O1", "-ffast-math"]),
                ],
                Width::Single => &[("O2", &["-O2"])],
                _ => &[("O1", &["-O1"])],
            };
            for (build, flags) in builds {
                let strict = *build == "strict";
                let mut chunk = chunk.to_vec();
                chunk.retain(|rule| !strict || !NOT_STRICT.contains(&rule.name()));
                let tag = format!("{}-{build}-{number}", float.c.replace(' ', "_"));
                let name = tag.clone();
                let flags = flags.to_vec();
                trials.push(Trial::test(name, move || {
                    check(&chunk, float, &tag, &flags)
                }));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
