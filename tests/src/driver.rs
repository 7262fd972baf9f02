//! Writes the C drivers of a case: one text a way of computing.
//!
//! - *dual*: C++ over dual numbers; prints results and the exact Jacobian, column by column.
//! - *plain*: C without the plugin; prints results and central differences.
//! - *second*, with its oracle *curvature*: nested requests (see [`second`]).
//! - *interpreted*: C for the interpreter of `rz-interp`, which carries tangents beside all memory.
//! - *gradient*: C with the plugin; prints what reverse and forward mode return, and checks by itself
//!   that the primal is unchanged, that a second run and two threads give the same bits.
//! - *width*: C with the plugin; checks by itself that several directions at once give what each alone gives.
//!
//! All drivers number the leaves alike, so that their lines can be compared number by number.

use crate::mains;
use crate::second::{self, Mode};
use crate::spec::{Activity, Arg, Spec, Style, Values};
use crate::split;
use crate::width;
use std::fmt::Write as _;

/// Which driver to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind<'a> {
    /// The dual-number oracle.
    Dual,
    /// Central differences of plain C.
    Plain,
    /// The exact Jacobian for the interpreter, which seeds and reads tangents itself.
    Interpreted,
    /// Gradients by the plugin.
    Gradient,
    /// Several directions at once by the plugin, compared with one at a time.
    Width,
    /// The oracle of second derivatives.
    Curvature,
    /// Second derivatives by the plugin: nested requests in these modes.
    Second(&'a [Mode]),
}

/// The driver's text; `case` is the path of the case file.
pub fn driver(spec: &Spec, case: &str, kind: Kind<'_>) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "#include \"case.h\"\n#include \"{case}\"\n#include \"harness.h\"\n\n"
    );
    common(&mut out, spec);
    match kind {
        Kind::Dual => out.push_str(mains::DUAL),
        Kind::Plain => {
            let step = spec.differences.map_or(1e-6, |d| d.1);
            let _ = writeln!(out, "#define RZ_STEP {step:e}L");
            out.push_str(mains::PLAIN);
        }
        Kind::Interpreted => out.push_str(mains::INTERPRETED),
        Kind::Gradient => {
            gradient(&mut out, spec);
            out.push_str(mains::GRADIENT);
        }
        Kind::Width => {
            gradient(&mut out, spec);
            width::width(&mut out, spec);
        }
        Kind::Curvature => second::curvature(&mut out, spec),
        Kind::Second(modes) => second::nested(&mut out, spec, modes),
    }
    out
}

fn common(out: &mut String, spec: &Spec) {
    out.push_str("struct rz_args {\n");
    for a in &spec.args {
        let align = if a.dims.is_empty() {
            ""
        } else {
            " __attribute__((aligned(32)))"
        };
        let dims: Vec<String> = a.dims.iter().map(|d| format!("[{d}]")).collect();
        let dims = dims.concat();
        let _ = writeln!(out, "  {} {}{dims}{align};", a.ctype, a.name);
    }
    let ctype = if spec.ret.ctype == "void" {
        "char"
    } else {
        &spec.ret.ctype
    };
    let _ = writeln!(out, "}};\nstruct rz_result {{ {ctype} r; }};");
    table(out, "rz_active", "rz_args", &spec.active_leaves());
    table(out, "rz_inactive", "rz_args", &inactive_leaves(spec));
    let ret: Vec<String> = spec.ret.leaves.iter().map(|l| format!("r{l}")).collect();
    table(out, "rz_ret", "rz_result", &ret);
    let (active, inactive) = (spec.active_leaves().len(), inactive_leaves(spec).len());
    let points = spec.points();
    let _ = writeln!(
        out,
        "enum {{ ACTIVE = {active}, INACTIVE = {inactive}, RET = {}, POINTS = {points} }};",
        ret.len()
    );
    values(out, "rz_active_values", spec, true);
    values(out, "rz_inactive_values", spec, false);
    out.push_str("static void rz_links(struct rz_args *A) {\n  (void)A;\n");
    for (place, value) in &spec.links {
        let _ = writeln!(
            out,
            "  {} = {};",
            place.replace('@', "A"),
            value.replace('@', "A")
        );
    }
    out.push_str("}\nstatic void rz_init(struct rz_args *A, int point) {\n  memset((void *)A, 0, sizeof *A);\n");
    out.push_str("  rz_set(A, rz_active, ACTIVE, rz_active_values[point]);\n");
    out.push_str(
        "  rz_set(A, rz_inactive, INACTIVE, rz_inactive_values[point]);\n  rz_links(A);\n",
    );
    for a in &spec.args {
        for point in 0..points {
            if let Some(Values::Text(text)) = a.at(point) {
                let _ = writeln!(
                    out,
                    "  if (point == {point}) memcpy((void *)A->{}, {text}, sizeof {text});",
                    a.name
                );
            }
        }
    }
    for (place, value) in &spec.sets {
        let _ = writeln!(
            out,
            "  {} = {};",
            place.replace('@', "A"),
            value.replace('@', "A")
        );
    }
    let args: Vec<String> = spec.arguments().map(|a| format!("A->{}", a.name)).collect();
    let result = if spec.ret.ctype == "void" {
        ""
    } else {
        "R->r = "
    };
    let _ = write!(
        out,
        "}}\nstatic __typeof__({call}) *volatile rz_function = {call};\n\
         static void rz_call(struct rz_args *A, struct rz_result *R) {{\n  (void)R;\n  {result}rz_function({});\n}}\n\n",
        args.join(", "),
        call = spec.call,
    );
}

fn inactive_leaves(spec: &Spec) -> Vec<String> {
    let args = spec.args.iter().filter(|a| !a.activity.active());
    args.flat_map(|a| a.leaves.iter().map(|l| format!("{}{l}", a.name)))
        .collect()
}

pub(crate) fn table(out: &mut String, name: &str, object: &str, leaves: &[String]) {
    let _ = writeln!(out, "static const struct rz_leaf {name}[] = {{");
    for l in leaves {
        let _ = writeln!(out, "  RZ_LEAF({object}, {l})");
    }
    let _ = writeln!(out, "  {{0, RZ_U8}}}};");
}

fn values(out: &mut String, name: &str, spec: &Spec, active: bool) {
    let _ = writeln!(
        out,
        "static const rz_num {name}[][1 + (ACTIVE > INACTIVE ? ACTIVE : INACTIVE)] = {{"
    );
    for point in 0..spec.points() {
        let mut row = String::new();
        for a in spec.args.iter().filter(|a| a.activity.active() == active) {
            if let Some(Values::List(list)) = a.at(point) {
                for v in list {
                    let _ = write!(
                        row,
                        "{v}{}, ",
                        if v.parse::<f64>().is_ok() && v.contains(['.', 'e']) {
                            "L"
                        } else {
                            ""
                        }
                    );
                }
            }
        }
        let _ = writeln!(out, "  {{{row}0}},");
    }
    out.push_str("};\n");
}

/// Whether C's promotions leave a by-value argument of this type as the parameter has it.
fn survives_promotion(a: &Arg) -> bool {
    !a.by_value()
        || matches!(
            a.ctype.as_str(),
            "REAL"
                | "REALL"
                | "int"
                | "long"
                | "unsigned"
                | "size_t"
                | "int64_t"
                | "uint64_t"
                | "double"
        )
}

pub(crate) fn is_struct(a: &Arg) -> bool {
    a.by_value() && a.ctype.starts_with("struct")
}

/// One operand of a request: its C type and its expression.
pub(crate) type Operand = (String, String);

pub(crate) fn marker(name: &str) -> Operand {
    ("int".into(), name.into())
}

pub(crate) fn operand(a: &Arg, object: &str) -> Operand {
    let ctype = if a.by_value() {
        a.ctype.clone()
    } else {
        "void *".into()
    };
    (ctype, format!("{object}->{}", a.name))
}

/// The operands of the arguments of a request, after the function.
pub(crate) fn operands(
    spec: &Spec,
    reverse: bool,
    marked: &dyn Fn(&Arg, &'static str) -> Vec<Operand>,
    shadow_of: &dyn Fn(&Arg) -> Vec<Operand>,
) -> Vec<Operand> {
    let structs = spec.arguments().any(is_struct);
    let interleave = spec.style == Style::Interleave || (!reverse && structs);
    let bare = spec.style == Style::Bare;
    let (mut list, mut shadows) = (Vec::new(), Vec::new());
    if spec.style == Style::Primal && spec.ret.active {
        list.push(marker("enzyme_primal_return"));
    }
    if !spec.ret.active && spec.ret.ctype.starts_with("REAL") {
        list.push(marker("enzyme_const_return"));
    }
    for a in spec.arguments() {
        let (name, shadow) = match (a.activity, reverse) {
            (Activity::Out, true) => ("enzyme_out", false),
            (Activity::Out | Activity::Dup, _) => ("enzyme_dup", true),
            (Activity::DupNoNeed, _) => ("enzyme_dupnoneed", true),
            _ => ("enzyme_const", false),
        };
        if !(bare || reverse && is_struct(a)) {
            list.extend(marked(a, name));
        }
        list.push(operand(a, "A"));
        if shadow {
            (if interleave { &mut shadows } else { &mut list }).extend(shadow_of(a));
        }
    }
    if interleave {
        list.push(marker("enzyme_interleave"));
        list.extend(shadows);
    }
    list
}

pub(crate) fn request(
    out: &mut String,
    spec: &Spec,
    name: &str,
    result: &str,
    mut list: Vec<Operand>,
) -> String {
    if spec.arguments().all(survives_promotion) {
        let _ = writeln!(out, "extern {result} {name}(void *, ...);");
    } else {
        let types: Vec<&str> = list.iter().map(|o| o.0.as_str()).collect();
        let _ = writeln!(out, "extern {result} {name}(void *, {});", types.join(", "));
    }
    list.insert(0, ("void *".into(), format!("(void *){}", spec.call)));
    let text: Vec<String> = list.into_iter().map(|o| o.1).collect();
    format!("{name}({})", text.join(", "))
}

/// The markers of the requests.
pub(crate) const MARKERS: &str = "extern int enzyme_const, enzyme_dup, enzyme_dupnoneed, enzyme_out, enzyme_interleave, enzyme_primal_return, enzyme_const_return, enzyme_nofree, enzyme_byref;\n";

fn gradient(out: &mut String, spec: &Spec) {
    out.push_str("#include <pthread.h>\n");
    out.push_str(MARKERS);
    let noneed: Vec<&Arg> = spec
        .args
        .iter()
        .filter(|a| a.activity == Activity::DupNoNeed)
        .collect();
    out.push_str("static void rz_skip(char *mask) {\n  (void)mask;\n");
    for a in noneed {
        let _ = writeln!(
            out,
            "  memset(mask + offsetof(struct rz_args, {0}), 1, sizeof ((struct rz_args *)0)->{0});",
            a.name
        );
    }
    out.push_str("}\n");
    reverse(out, spec);
    forward(out, spec);
    let _ = writeln!(
        out,
        "#define RZ_REVERSE {}\n#define RZ_FORWARD {}\n#define RZ_THREADS {}",
        u8::from(spec.reverse),
        u8::from(spec.forward),
        u8::from(spec.threads)
    );
}

/// `rz_reverse`: makes the reverse request.
pub(crate) fn reverse(out: &mut String, spec: &Spec) {
    let outs: Vec<&Arg> = spec
        .arguments()
        .filter(|a| a.activity == Activity::Out)
        .collect();
    let primal = spec.style == Style::Primal && spec.ret.active && !spec.ret.sret;
    let mut members = String::new();
    if primal {
        let _ = write!(members, "{} r; ", spec.ret.ctype);
    }
    for a in &outs {
        let _ = write!(members, "{} {}; ", a.ctype, a.name);
    }
    let components = outs.len() + usize::from(primal);
    // Small floats would come back packed into one vector register, which is not the result's layout.
    if components > 1 && members.contains("REAL") && !spec.arguments().all(survives_promotion) {
        members.push_str("char memory[64]; ");
    }
    let leaves: Vec<String> = outs
        .iter()
        .flat_map(|a| a.leaves.iter().map(|l| format!("{}{l}", a.name)))
        .collect();
    let empty = components == 0;
    let _ = writeln!(
        out,
        "struct rz_grad {{ {}}};",
        if empty { "char none; " } else { &members }
    );
    table(out, "rz_grad_leaves", "rz_grad", &leaves);
    let _ = writeln!(out, "enum {{ OUT = {} }};", leaves.len());
    if !spec.reverse {
        out.push_str("static void rz_reverse(struct rz_args *A, struct rz_args *S, struct rz_result *D, struct rz_grad *G, const struct rz_result *R) { (void)A, (void)S, (void)D, (void)G, (void)R; }\n");
        return;
    }
    let mut list = operands(spec, true, &|_, m| vec![marker(m)], &|a| {
        vec![operand(a, "S")]
    });
    if spec.ret.sret {
        list.insert(0, ("void *".into(), "D".into()));
    }
    let result = if empty { "void" } else { "struct rz_grad" };
    let combined = list.clone();
    let call = request(out, spec, "__enzyme_autodiff_case", result, combined);
    out.push_str("#ifdef RZ_SPLIT\n");
    split::reverse(out, spec, list, empty);
    out.push_str("#else\n");
    out.push_str("static void rz_reverse(struct rz_args *A, struct rz_args *S, struct rz_result *D, struct rz_grad *G, const struct rz_result *R) {\n");
    out.push_str("  (void)S, (void)D, (void)G, (void)R;\n");
    if empty {
        let _ = writeln!(out, "  {call};");
    } else {
        // Member by member: what a struct holds besides them is not initialized.
        let _ = writeln!(out, "  struct rz_grad all = {call};");
        let names = outs.iter().map(|a| a.name.as_str());
        for name in primal.then_some("r").into_iter().chain(names) {
            let _ = writeln!(out, "  G->{name} = all.{name};");
        }
    }
    if primal {
        out.push_str("  struct rz_result P;\n  P.r = G->r;\n  rz_same(\"returned primal\", R, &P, 0, rz_ret, RET, 0);\n");
    }
    out.push_str("}\n#endif\n");
}

/// `rz_forward`: makes the forward request.
pub(crate) fn forward(out: &mut String, spec: &Spec) {
    out.push_str("static void rz_forward(struct rz_args *A, struct rz_args *S, struct rz_result *T, const struct rz_result *R) {\n  (void)A, (void)S, (void)T, (void)R;\n");
    if spec.forward {
        let primal = spec.style == Style::Primal && spec.ret.active;
        let mut before = String::new();
        let result = match (spec.ret.active, primal) {
            (false, _) => "void",
            (true, false) => spec.ret.ctype.as_str(),
            (true, true) => {
                let _ = writeln!(before, "struct rz_both {{ {0} r, t; }};", spec.ret.ctype);
                "struct rz_both"
            }
        };
        let call = request(
            &mut before,
            spec,
            "__enzyme_fwddiff_case",
            result,
            operands(spec, false, &|_, m| vec![marker(m)], &|a| {
                vec![operand(a, "S")]
            }),
        );
        out.insert_str(out.rfind("static void rz_forward").unwrap_or(0), &before);
        let _ = match (spec.ret.active, primal) {
            (false, _) => writeln!(out, "  {call};"),
            (true, false) => writeln!(out, "  T->r = {call};"),
            (true, true) => writeln!(
                out,
                "  struct rz_both both = {call};\n  struct rz_result P;\n  P.r = both.r;\n  T->r = both.t;\n  rz_same(\"returned primal\", R, &P, 0, rz_ret, RET, 0);"
            ),
        };
    }
    out.push_str("}\n");
}
