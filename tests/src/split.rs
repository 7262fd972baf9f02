//! Reverse mode in two halves, as the drivers of variants such as `O2-split` run it.
//!
//! Between the augmented forward and the reverse pass every array of the case is overwritten: the
//! convention lets a caller do that, so the tape must hold whatever the reverse pass reads. The reverse
//! pass runs twice on the tape, from the same shadows; the first run must not spoil the second.

use crate::driver::{Operand, marker, request};
use crate::spec::{Spec, Style};
use std::fmt::Write as _;

/// Writes `rz_reverse`; `list` are the operands of the combined request, which returns nothing when
/// `empty`.
pub(crate) fn reverse(out: &mut String, spec: &Spec, mut list: Vec<Operand>, empty: bool) {
    if spec.style == Style::Primal {
        list.retain(|operand| operand.1 != "enzyme_primal_return");
    }
    let returns = spec.ret.ctype != "void";
    let members = if returns {
        format!("{} r;", spec.ret.ctype)
    } else {
        String::new()
    };
    let _ = writeln!(out, "struct rz_augmented {{ void *tape; {members} }};");
    let augmented = request(
        out,
        spec,
        "__enzyme_augmentfwd_case",
        "struct rz_augmented",
        list.clone(),
    );
    let seeded = spec.ret.active && !spec.ret.sret;
    if seeded {
        list.push(marker("enzyme_byref"));
        list.push(("size_t".into(), "sizeof one.r".into()));
        list.push(("void *".into(), "&one.r".into()));
    }
    list.push(("void *".into(), "augmented.tape".into()));
    let result = if empty { "void" } else { "struct rz_half" };
    if !empty {
        // The combined result begins with the primal, if that was asked for.
        out.push_str("struct rz_half { ");
        for a in spec
            .arguments()
            .filter(|a| a.activity == crate::spec::Activity::Out)
        {
            let _ = write!(out, "{} {}; ", a.ctype, a.name);
        }
        out.push_str("char memory[64]; };\n");
    }
    let last = request(out, spec, "__enzyme_reverse_case", result, list.clone());
    list.push(marker("enzyme_nofree"));
    let first = request(out, spec, "__enzyme_reverse_again", result, list);
    // The stack below the caller belongs to nobody between the halves.
    out.push_str("static __attribute__((noinline)) void rz_scribble(struct rz_args *A) {\n  volatile char below[1 << 16];\n  for (unsigned i = 0; i < sizeof below; i++) below[i] = (char)0xfe;\n");
    for a in spec.args.iter().filter(|a| !a.dims.is_empty()) {
        let _ = writeln!(
            out,
            "  memset((void *)&A->{0}, 0xfe, sizeof A->{0});",
            a.name
        );
    }
    out.push_str("}\n");
    out.push_str("static void rz_reverse(struct rz_args *A, struct rz_args *S, struct rz_result *D, struct rz_grad *G, const struct rz_result *R) {\n  (void)S, (void)D, (void)G, (void)R;\n");
    let _ = writeln!(out, "  struct rz_augmented augmented = {augmented};");
    if returns {
        out.push_str("  struct rz_result P;\n  P.r = augmented.r;\n  rz_same(\"augmented primal\", R, &P, 0, rz_ret, RET, 0);\n");
    }
    out.push_str("  static _Thread_local struct rz_args primal, shadow;\n  struct rz_result seed = *D, one;\n  primal = *A, shadow = *S;\n");
    out.push_str("  rz_num ones[RET + 1];\n  for (int i = 0; i < RET; i++) ones[i] = 1;\n  rz_set(&one, rz_ret, RET, ones);\n");
    let _ = writeln!(
        out,
        "  rz_scribble(A);\n  {first};\n  *S = shadow, *D = seed;"
    );
    if empty {
        let _ = writeln!(out, "  {last};");
    } else {
        let _ = writeln!(out, "  struct rz_half half = {last};");
        for a in spec
            .arguments()
            .filter(|a| a.activity == crate::spec::Activity::Out)
        {
            let _ = writeln!(out, "  G->{0} = half.{0};", a.name);
        }
    }
    out.push_str("  *A = primal;\n}\n");
}
