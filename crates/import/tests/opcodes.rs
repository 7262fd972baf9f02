//! Every opcode of LLVM 22 imports by name; only what the view truly cannot say is `Opaque`.

use rz_import::testing::parse_ir;
use rz_view::Op;
use rz_view::op::RmwOp;

const EVERYTHING: &str = include_str!("every_opcode.ll");

fn is_opaque(op: &Op) -> bool {
    matches!(op, Op::Opaque(_))
}

#[test]
fn nothing_is_opaque() {
    let parsed = parse_ir(EVERYTHING);
    let imported = parsed.import(&[]);
    let mut seen = std::collections::HashSet::new();
    for (id, data) in &imported.module.funcs {
        let Some(body) = &data.body else { continue };
        for (inst, data) in &body.insts {
            assert!(!is_opaque(&data.op), "{inst}: {:?}", data.op);
            let handle = imported.inst(id, inst);
            seen.insert(handle.opcode().expect("an instruction"));
            assert_eq!(data.op.is_terminator(), handle.is_terminator(), "{handle}");
            let successors: Vec<_> = handle
                .successors()
                .into_iter()
                .map(|b| imported.block_id(id, b).unwrap())
                .collect();
            assert_eq!(data.op.successors(), successors, "{handle}");
        }
    }
    assert_eq!(seen.len(), 66, "of LLVM 22's 66 opcodes: {seen:?}");
}

#[test]
fn atomics_by_family() {
    use RmwOp::{FAdd, FMinMax, FSub, Integer, Xchg};
    let text = r"
define void @f(ptr %p, double %x, i64 %n) {
  %a = atomicrmw fadd ptr %p, double %x monotonic
  %b = atomicrmw fsub ptr %p, double %x seq_cst
  %c = atomicrmw xchg ptr %p, double %x acquire
  %d = atomicrmw fmaximum ptr %p, double %x monotonic
  %e = atomicrmw fmin ptr %p, double %x monotonic
  %g = atomicrmw add ptr %p, i64 %n monotonic
  %h = atomicrmw usub_sat ptr %p, i64 %n monotonic
  ret void
}";
    let imported = parse_ir(text).import(&["f"]);
    let f = imported.module.func_named("f").unwrap();
    let ops: Vec<_> = imported
        .module
        .body(f)
        .insts
        .values()
        .filter_map(|d| match d.op {
            Op::AtomicRmw(op, access) => Some((op, access.atomic)),
            _ => None,
        })
        .collect();
    let expected = [FAdd, FSub, Xchg, FMinMax, FMinMax, Integer, Integer];
    assert_eq!(ops, expected.map(|op| (op, true)));
}

#[test]
fn scalable_addresses_are_opaque() {
    let text = "define void @f(ptr %p, i64 %i) {\n %d = getelementptr <vscale x 2 x double>, ptr %p, i64 %i\n ret void\n}";
    let imported = parse_ir(text).import(&["f"]);
    let f = imported.module.func_named("f").unwrap();
    assert!(is_opaque(
        &imported.module.body(f).insts.values().next().unwrap().op
    ));
}
