//! The text of a module: many programs, the table of their values, and the requests for their gradients.

use crate::level::Level;
use crate::tree::Program;
use std::fmt::Write as _;

/// What every module and every case begins with; the grammar uses its structs.
pub(crate) const HEADER: &str = "#include \"case_random.h\"
";

/// Results of several directions at once: of x and y, or the tangents; returned in memory.
const WIDE: &str = "struct rz_wide { REAL first[RZ_WIDTH], second[RZ_WIDTH]; char memory[64]; };\n";

/// Functions that make requests, by the name of their field in the table: what they return and are given.
fn entries(level: &Level) -> Vec<(&'static str, &'static str, &'static str)> {
    const ONE: &str = "struct rz_args *A, struct rz_args *S, int n";
    const TWO: &str =
        "struct rz_args *A, struct rz_args *dA, struct rz_args *S, struct rz_args *dS, int n";
    let mut all = vec![("reverse", "struct rz_grad", ONE), ("forward", "REAL", ONE)];
    if level.width > 1 {
        all.push(("wide_reverse", "struct rz_wide", ONE));
        all.push(("wide_forward", "struct rz_wide", ONE));
    }
    if level.nested {
        all.push(("forward_of_reverse", "struct rz_grad", TWO));
        all.push(("forward_of_forward", "REAL", TWO));
        all.push(("reverse_of_reverse", "void", TWO));
        all.push(("reverse_of_forward", "void", TWO));
    }
    all
}

fn table(programs: &[&Program], gradient: bool, level: &Level) -> String {
    let entries = if gradient { entries(level) } else { vec![] };
    let mut out = String::from("struct rz_args;\nstruct rz_grad { REAL first, second; };\n");
    out.push_str("struct rz_program {\n  REAL (*f)(REAL, REAL, REAL *, REAL *, int);\n  bool x_active, b_active, single;\n  int points;\n  rz_num values[2][18];\n  int n[2];\n");
    for (name, result, parameters) in &entries {
        let _ = writeln!(out, "  {result} (*{name})({parameters});");
    }
    out.push_str("};\n");
    for i in 0..programs.len() {
        for (name, result, parameters) in &entries {
            let _ = writeln!(out, "static {result} p{i}_{name}({parameters});");
        }
    }
    let _ = writeln!(
        out,
        "enum {{ rz_count = {} }};\nstatic const struct rz_program rz_programs[] = {{",
        programs.len()
    );
    for (i, p) in programs.iter().enumerate() {
        let values: Vec<String> = p
            .values
            .iter()
            .map(|row| {
                format!(
                    "{{{}}}",
                    row.iter()
                        .map(|v| format!("{v:?}L"))
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            })
            .collect();
        let n: Vec<String> = p.n.iter().map(ToString::to_string).collect();
        let calls: Vec<String> = entries
            .iter()
            .map(|(name, ..)| format!("p{i}_{name}"))
            .collect();
        let calls = calls.join(", ");
        let _ = writeln!(
            out,
            "  {{(REAL (*)(REAL, REAL, REAL *, REAL *, int))p{i}_f, {}, {}, {}, {}, {{{}}}, {{{}}}, {calls}}},",
            u8::from(p.x_active),
            u8::from(p.b_active),
            u8::from(p.single),
            p.values.len(),
            values.join(", "),
            n.join(", ")
        );
    }
    out.push_str("};\n");
    out
}

fn requests(programs: &[&Program]) -> String {
    let mut out = String::from(
        "extern int enzyme_const, enzyme_dup, enzyme_out;\nextern struct rz_grad __enzyme_autodiff_two(void *, ...);\nextern REAL __enzyme_autodiff_one(void *, ...);\nextern REAL __enzyme_fwddiff_any(void *, ...);\nextern int enzyme_nofree;\nstruct rz_half { void *tape; REAL r; };\n#ifdef RZ_SPLIT\nstatic __attribute__((noinline)) void rz_clobber(struct rz_args *A) {\n  volatile char below[1 << 16];\n  for (unsigned i = 0; i < sizeof below; i++) below[i] = (char)0xff;\n  memset(A->a, 0xff, sizeof A->a), memset(A->b, 0xff, sizeof A->b);\n}\n#endif\nextern struct rz_half __enzyme_augmentfwd_any(void *, ...);\nextern struct rz_grad __enzyme_reverse_two(void *, ...);\nextern REAL __enzyme_reverse_one(void *, ...);\n",
    );
    for (i, p) in programs.iter().enumerate() {
        let (b, f) = if p.b_active {
            ("enzyme_dup, A->b, S->b", "enzyme_dup, A->b, S->b")
        } else {
            ("enzyme_const, A->b", "enzyme_const, A->b")
        };
        let rest = "enzyme_out, A->y, enzyme_dup, A->a, S->a";
        let x_active = p.x_active;
        let halves = halves(i, x_active, &format!("{rest}, {b}, enzyme_const, n"));
        let reverse = if x_active {
            format!(
                "return __enzyme_autodiff_two((void *)p{i}_f, enzyme_out, A->x, {rest}, {b}, enzyme_const, n);"
            )
        } else {
            format!(
                "struct rz_grad g = {{__enzyme_autodiff_one((void *)p{i}_f, enzyme_const, A->x, {rest}, {b}, enzyme_const, n), 0}}; return g;"
            )
        };
        let x = if p.x_active {
            "enzyme_dup, A->x, S->x"
        } else {
            "enzyme_const, A->x"
        };
        let _ = writeln!(
            out,
            "#ifdef RZ_SPLIT\n{halves}#else\nstatic struct rz_grad p{i}_reverse(struct rz_args *A, struct rz_args *S, int n) {{ {reverse} }}\n#endif\nstatic REAL p{i}_forward(struct rz_args *A, struct rz_args *S, int n) {{ return __enzyme_fwddiff_any((void *)p{i}_f, {x}, enzyme_dup, A->y, S->y, enzyme_dup, A->a, S->a, {f}, enzyme_const, n); }}"
        );
    }
    out
}

/// Reverse mode in two halves, at levels such as `O2-split`. In between the arrays are overwritten, as a
/// caller may do; the second half runs twice on the same tape.
fn halves(i: usize, x_active: bool, rest: &str) -> String {
    let x = if x_active {
        "enzyme_out, A->x"
    } else {
        "enzyme_const, A->x"
    };
    let args = format!("(void *)p{i}_f, {x}, {rest}");
    let reverse = |more: &str| {
        if x_active {
            format!("__enzyme_reverse_two({args}, 1.0, t.tape{more})")
        } else {
            format!("(struct rz_grad){{__enzyme_reverse_one({args}, 1.0, t.tape{more}), 0}}")
        }
    };
    format!(
        "static struct rz_grad p{i}_reverse(struct rz_args *A, struct rz_args *S, int n) {{
  struct rz_half t = __enzyme_augmentfwd_any({args});
  struct rz_args after = *A, shadow = *S;
  rz_clobber(A);
  struct rz_grad g = {};
  *S = shadow;
  g = {};
  *A = after;
  return g;
}}
",
        reverse(", enzyme_nofree"),
        reverse("")
    )
}

/// Requests of several directions at once: one array by its stride, the other by a pointer a direction.
fn wide_requests(programs: &[&Program], width: usize) -> String {
    let mut out = String::from(
        "extern int enzyme_width, enzyme_dupv;\nextern struct rz_wide __enzyme_autodiff_wide(void *, ...), __enzyme_fwddiff_wide(void *, ...);\n",
    );
    let each = |name: &str| {
        let all: Vec<String> = (0..width).map(|d| format!("S[{d}].{name}")).collect();
        format!("enzyme_dup, A->{name}, {}", all.join(", "))
    };
    let a = "enzyme_dupv, (long)sizeof *S, A->a, S->a";
    for (i, p) in programs.iter().enumerate() {
        let b = if p.b_active {
            each("b")
        } else {
            "enzyme_const, A->b".into()
        };
        let (out_x, dup_x) = if p.x_active {
            ("enzyme_out, A->x", each("x"))
        } else {
            ("enzyme_const, A->x", "enzyme_const, A->x".into())
        };
        let dup_y = each("y");
        let head = "(struct rz_args *A, struct rz_args *S, int n)";
        let first = format!("(void *)p{i}_f, enzyme_width, RZ_WIDTH");
        let _ = writeln!(
            out,
            "static struct rz_wide p{i}_wide_reverse{head} {{ return __enzyme_autodiff_wide({first}, {out_x}, enzyme_out, A->y, {a}, {b}, enzyme_const, n); }}\nstatic struct rz_wide p{i}_wide_forward{head} {{ return __enzyme_fwddiff_wide({first}, {dup_x}, {dup_y}, {a}, {b}, enzyme_const, n); }}"
        );
    }
    out
}

/// Requests over the functions that make a request.
fn nested_requests(programs: &[&Program]) -> String {
    let mut out = String::from(
        "extern struct rz_grad __enzyme_fwddiff_grad(void *, ...);\nextern void __enzyme_autodiff_nothing(void *, ...);\n",
    );
    for i in 0..programs.len() {
        for (outer, function, result) in [
            (
                "forward_of_reverse",
                "__enzyme_fwddiff_grad",
                "struct rz_grad",
            ),
            ("forward_of_forward", "__enzyme_fwddiff_any", "REAL"),
            ("reverse_of_reverse", "__enzyme_autodiff_nothing", "void"),
            ("reverse_of_forward", "__enzyme_autodiff_nothing", "void"),
        ] {
            let inner = outer.rsplit('_').next().unwrap_or_default();
            let give = if result == "void" { "" } else { "return " };
            let _ = writeln!(
                out,
                "static {result} p{i}_{outer}(struct rz_args *A, struct rz_args *dA, struct rz_args *S, struct rz_args *dS, int n) {{ {give}{function}((void *)p{i}_{inner}, enzyme_dup, A, dA, enzyme_dup, S, dS, enzyme_const, n); }}"
            );
        }
    }
    out
}

/// The text of a module; `gradient` adds the requests.
pub(crate) fn text(programs: &[&Program], gradient: bool, level: &Level) -> String {
    let mut out = String::from(HEADER);
    for (i, p) in programs.iter().enumerate() {
        out.push_str(&p.print(&format!("p{i}")));
    }
    out.push_str("#include \"harness.h\"\n");
    if gradient && level.width > 1 {
        out.push_str(WIDE);
    }
    out.push_str(&table(programs, gradient, level));
    out.push_str(include_str!("fuzz.h"));
    if gradient {
        out.push_str(&requests(programs));
        if level.width > 1 {
            out.push_str(&wide_requests(programs, level.width));
        }
        if level.nested {
            out.push_str(&nested_requests(programs));
        }
    }
    out
}
