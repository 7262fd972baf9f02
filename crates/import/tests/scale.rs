//! Import and facts stay near-linear in the size of the code.

use rz_import::LlvmFacts;
use rz_import::testing::parse_ir;
use rz_view::{Facts, Location, Op, When};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// A loop whose body loads, computes and stores `n` times at different offsets.
fn program(n: usize) -> String {
    let mut text = String::from(
        "define void @f(ptr %a, ptr %b, i64 %n) {\nentry:\n  br label %loop\nloop:\n  %i = phi i64 [ 0, %entry ], [ %next, %loop ]\n",
    );
    for k in 0..n {
        writeln!(
            text,
            "  %p{k} = getelementptr inbounds [64 x double], ptr %a, i64 %i, i64 {}\n  %v{k} = load double, ptr %p{k}, !tbaa !1\n  %w{k} = fmul fast double %v{k}, {k}.5\n  %q{k} = getelementptr inbounds double, ptr %b, i64 {k}\n  store double %w{k}, ptr %q{k}, !tbaa !1",
            k % 64
        )
        .unwrap();
    }
    text + "  %next = add nuw nsw i64 %i, 1\n  %done = icmp eq i64 %next, %n\n  br i1 %done, label %exit, label %loop\nexit:\n  ret void\n}\n!0 = !{!\"double\", !2, i64 0}\n!1 = !{!0, !0, i64 0}\n!2 = !{!\"omnipotent char\", !3, i64 0}\n!3 = !{!\"Simple C/C++ TBAA\"}\n"
}

fn time(n: usize) -> Duration {
    let parsed = parse_ir(&program(n));
    let start = Instant::now();
    let imported = parsed.import(&["f"]);
    let facts = LlvmFacts::with_budget(&imported, parsed.analyses(), 20_000);
    let f = imported.module.func_named("f").unwrap();
    let body = imported.module.body(f);
    let of = |select: fn(&Op) -> bool| -> Vec<_> {
        let chosen = body.insts.iter().filter(|(_, d)| select(&d.op));
        chosen.map(|(inst, _)| inst).collect()
    };
    let stores = of(|op| matches!(op, Op::Store(_)));
    for load in of(|op| matches!(op, Op::Load(_))) {
        for &store in &stores {
            if facts.budget_left() == 0 {
                break;
            }
            let location = Location {
                ptr: body.insts[load].operands[0],
                size: Some(8),
            };
            facts.may_write(f, store, location, When::Crossing);
        }
    }
    start.elapsed()
}

#[test]
fn ten_times_the_code_costs_about_ten_times() {
    time(100);
    let (small, large) = (time(2_000), time(20_000));
    println!("10^4 instructions: {small:?}, 10^5: {large:?}");
    assert!(large < small * 25, "{small:?} against {large:?}");
}
