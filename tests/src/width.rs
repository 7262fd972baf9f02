//! The driver that compares several directions at once with one direction at a time.
//!
//! Each direction has seeds of its own. Shadows are given in both ways of the convention: pointers at
//! even positions by `enzyme_dupv` with the distance between the shadows, others one by one.

use crate::driver::{Operand, is_struct, marker, operand, operands, request, table};
use crate::spec::{Activity, Arg, Spec, Style};
use std::fmt::Write as _;

/// Directions at once: odd, so that nothing happens to fit.
const WIDTH: usize = 3;

/// Whether the case can be asked with a width: a struct passed in registers is several operands, whose
/// shadows C cannot interleave.
pub(crate) fn has_width(spec: &Spec) -> bool {
    !spec.arguments().any(is_struct)
}

/// Adds the requests of width 3 and the `main` that compares them.
pub(crate) fn width(out: &mut String, spec: &Spec) {
    let _ = writeln!(
        out,
        "extern int enzyme_width, enzyme_dupv, enzyme_dupnoneedv;\nenum {{ RZ_WIDTH = {WIDTH} }};\n#define RZ_TOLERANCE {:e}L",
        spec.tolerance
    );
    reverse(out, spec);
    forward(out, spec);
    out.push_str(MAIN);
}

fn is_strided(spec: &Spec, a: &Arg) -> bool {
    let position = spec.arguments().position(|b| b.name == a.name);
    !a.by_value() && position.is_some_and(|p| p % 2 == 0) && spec.style != Style::Bare
}

fn wide_operands(spec: &Spec, reverse: bool) -> Vec<Operand> {
    let marked = |a: &Arg, name: &'static str| match name {
        "enzyme_dup" | "enzyme_dupnoneed" if is_strided(spec, a) => vec![
            marker(if name == "enzyme_dup" {
                "enzyme_dupv"
            } else {
                "enzyme_dupnoneedv"
            }),
            ("long".into(), "(long)sizeof *S".into()),
        ],
        _ => vec![marker(name)],
    };
    let shadows = |a: &Arg| {
        let count = if is_strided(spec, a) { 1 } else { WIDTH };
        (0..count)
            .map(|d| operand(a, &format!("(S + {d})")))
            .collect()
    };
    let mut list = operands(spec, reverse, &marked, &shadows);
    list.insert(0, marker("enzyme_width"));
    list.insert(1, ("int".into(), "RZ_WIDTH".into()));
    list
}

fn reverse(out: &mut String, spec: &Spec) {
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
        let _ = write!(members, "{} {}[RZ_WIDTH]; ", a.ctype, a.name);
    }
    let empty = members.is_empty();
    // Returned in memory, whose layout is that of the result.
    let _ = writeln!(out, "struct rz_wide_grad {{ {members}char memory[64]; }};");
    for direction in 0..WIDTH {
        let leaves: Vec<String> = outs
            .iter()
            .flat_map(|a| {
                a.leaves
                    .iter()
                    .map(move |l| format!("{}[{direction}]{l}", a.name))
            })
            .collect();
        table(
            out,
            &format!("rz_wide_grad_leaves{direction}"),
            "rz_wide_grad",
            &leaves,
        );
    }
    let head = "static void rz_wide_reverse(struct rz_args *A, struct rz_args *S, struct rz_result *D, struct rz_wide_grad *G) {\n  (void)A, (void)S, (void)D, (void)G;\n";
    if !spec.reverse {
        let _ = writeln!(out, "{head}}}");
        return;
    }
    let mut list = wide_operands(spec, true);
    if spec.ret.sret {
        for direction in (0..WIDTH).rev() {
            list.insert(0, ("void *".into(), format!("D + {direction}")));
        }
    }
    let result = if empty { "void" } else { "struct rz_wide_grad" };
    let call = request(out, spec, "__enzyme_autodiff_wide", result, list);
    let target = if empty { "" } else { "*G = " };
    let _ = writeln!(out, "{head}  {target}{call};\n}}");
}

fn forward(out: &mut String, spec: &Spec) {
    let head = "static void rz_wide_forward(struct rz_args *A, struct rz_args *S, struct rz_result *T) {\n  (void)A, (void)S, (void)T;\n";
    if !spec.forward {
        let _ = writeln!(out, "{head}}}");
        return;
    }
    let primal = spec.style == Style::Primal && spec.ret.active;
    let result = if spec.ret.active {
        let member = if primal {
            format!("{} r; ", spec.ret.ctype)
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "struct rz_tangents {{ {member}{} t[RZ_WIDTH]; char memory[64]; }};",
            spec.ret.ctype
        );
        "struct rz_tangents"
    } else {
        "void"
    };
    let call = request(
        out,
        spec,
        "__enzyme_fwddiff_wide",
        result,
        wide_operands(spec, false),
    );
    out.push_str(head);
    if spec.ret.active {
        let _ = writeln!(
            out,
            "  struct rz_tangents t = {call};\n  for (int d = 0; d < RZ_WIDTH; d++) T[d].r = t.t[d];\n}}"
        );
    } else {
        let _ = writeln!(out, "  {call};\n}}");
    }
}

const MAIN: &str = r#"
enum { RZ_ALL = OUT + RET + ACTIVE };
static struct rz_args rz_A, rz_S[RZ_WIDTH], rz_want;
static struct rz_result rz_D[RZ_WIDTH], rz_R;
static struct rz_leaf rz_all[ACTIVE + INACTIVE + 1];
static char rz_skipped[sizeof rz_A];
static rz_num rz_alone[RZ_WIDTH][RZ_ALL + 1], rz_together[RZ_WIDTH][RZ_ALL + 1];

static void rz_seed(int point, int d, bool is_reverse) {
  rz_num v[RET + ACTIVE + 1];
  rz_init(&rz_A, point);
  memset(&rz_S[d], 0, sizeof rz_S[d]);
  rz_cotangents(v, ACTIVE, 3 * d);
  if (!is_reverse) for (int k = 0; k < ACTIVE; k++) v[k] /= 2 + d;
  rz_set(&rz_S[d], rz_active, ACTIVE, v);
  rz_links(&rz_S[d]);
  rz_cotangents(v, RET, 100 + 5 * d);
  memset(&rz_D[d], 0, sizeof rz_D[d]);
  if (is_reverse) rz_set(&rz_D[d], rz_ret, RET, v);
}

static void rz_results(int d, const void *gradient, const struct rz_leaf *leaves, rz_num *got) {
  if (gradient) rz_get(gradient, leaves, OUT, got);
  else memset(got, 0, OUT * sizeof *got);
  rz_get(&rz_D[d], rz_ret, RET, got + OUT);
  rz_get(&rz_S[d], rz_active, ACTIVE, got + OUT + RET);
}

static void rz_compare(const char *mode, int point) {
  for (int d = 0; d < RZ_WIDTH; d++) {
    rz_num most = 0;
    for (int i = 0; i < RZ_ALL; i++)
      if (isfinite(rz_alone[d][i]) && fabsl(rz_alone[d][i]) > most) most = fabsl(rz_alone[d][i]);
    for (int i = 0; i < RZ_ALL; i++) {
      rz_num a = rz_alone[d][i], b = rz_together[d][i];
      if (a == b || (a != a && b != b) || fabsl(a - b) <= RZ_TOLERANCE * (fabsl(a) + 1e-4L * most)) continue;
      printf("\n@ fail %s, point %d: number %d of direction %d is %.17Lg, alone it is %.17Lg\n", mode, point, i, d, b, a);
    }
  }
  rz_same(mode, &rz_want, &rz_A, sizeof rz_A, rz_all, ACTIVE + INACTIVE, rz_skipped);
}

static void rz_width_reverse(int point) {
  static struct rz_grad G;
  static struct rz_wide_grad W;
  static const struct rz_leaf *const leaves[] = {rz_wide_grad_leaves0, rz_wide_grad_leaves1, rz_wide_grad_leaves2};
  for (int d = 0; d < RZ_WIDTH; d++) {
    rz_seed(point, d, true);
    memset(&G, 0, sizeof G);
    rz_reverse(&rz_A, &rz_S[d], &rz_D[d], &G, &rz_R);
    rz_results(d, &G, rz_grad_leaves, rz_alone[d]);
  }
  for (int d = 0; d < RZ_WIDTH; d++) rz_seed(point, d, true);
  rz_wide_reverse(&rz_A, rz_S, rz_D, &W);
  for (int d = 0; d < RZ_WIDTH; d++) rz_results(d, &W, leaves[d], rz_together[d]);
  rz_skip(rz_skipped);
  rz_compare("reverse", point);
  memset(rz_skipped, 0, sizeof rz_skipped);
}

static void rz_width_forward(int point) {
  for (int d = 0; d < RZ_WIDTH; d++) {
    rz_seed(point, d, false);
    rz_forward(&rz_A, &rz_S[d], &rz_D[d], &rz_R);
    rz_results(d, 0, 0, rz_alone[d]);
  }
  for (int d = 0; d < RZ_WIDTH; d++) rz_seed(point, d, false);
  rz_wide_forward(&rz_A, rz_S, rz_D);
  for (int d = 0; d < RZ_WIDTH; d++) rz_results(d, 0, 0, rz_together[d]);
  rz_compare("forward", point);
}

int main(void) {
  memcpy(rz_all, rz_active, ACTIVE * sizeof *rz_all);
  memcpy(rz_all + ACTIVE, rz_inactive, INACTIVE * sizeof *rz_all);
  for (int point = 0; point < POINTS; point++) {
    rz_init(&rz_A, point);
    rz_call(&rz_A, &rz_R);
    rz_want = rz_A;
    if (RZ_REVERSE) rz_width_reverse(point);
    if (RZ_FORWARD) rz_width_forward(point);
  }
  printf("\n@ end\n");
}
"#;
