//! Facts from LLVM: aliases within and across iterations, trip counts, affine forms.

use rz_import::testing::{Parsed, parse_ir};
use rz_import::{Imported, LlvmFacts};
use rz_view::{Alias, Block, Body, Count, Facts, Func, Inst, Location, Op, Value, When};
use std::fmt::Write;

struct Case {
    imported: Imported,
    func: Func,
    parsed: Parsed,
}

impl Case {
    fn new(text: &str) -> Self {
        let parsed = parse_ir(text);
        let imported = parsed.import(&["f"]);
        let func = imported.module.func_named("f").unwrap();
        Self {
            imported,
            func,
            parsed,
        }
    }

    fn facts(&self) -> LlvmFacts<'_> {
        LlvmFacts::new(&self.imported, self.parsed.analyses())
    }

    fn body(&self) -> &Body {
        self.imported.module.body(self.func)
    }

    fn value(&self, name: &str) -> Value {
        let body = self.body();
        let mut values = body.values.keys();
        let found = values.find(|&v| self.imported.value(self.func, v).name() == name);
        found.unwrap_or_else(|| panic!("no %{name}"))
    }

    fn inst(&self, select: impl Fn(&Op) -> bool) -> Inst {
        let mut insts = self.body().insts.iter();
        insts.find(|(_, d)| select(&d.op)).expect("found").0
    }

    fn store(&self) -> Inst {
        self.inst(|op| matches!(op, Op::Store(_)))
    }

    fn block(&self, name: &str) -> Block {
        let mut blocks = self.body().blocks.keys();
        let found = blocks.find(|&b| self.imported.block(self.func, b).name() == name);
        found.unwrap_or_else(|| panic!("no %{name}"))
    }

    fn at(&self, name: &str) -> Location {
        Location {
            ptr: self.value(name),
            size: Some(8),
        }
    }

    fn may_store(&self, name: &str, when: When) -> bool {
        let (store, at) = (self.store(), self.at(name));
        self.facts().may_write(self.func, store, at, when)
    }

    fn show(&self, count: &Count) -> String {
        let mut out = String::new();
        self.print(count, &mut out);
        out
    }

    fn print(&self, count: &Count, out: &mut String) {
        let list = |name: &str, items: &[&Count], out: &mut String| {
            out.push_str(name);
            out.push('(');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                self.print(item, out);
            }
            out.push(')');
        };
        match count {
            Count::Const { value, bits } => write!(out, "{value}:{bits}").unwrap(),
            Count::Value(v) => out.push_str(&self.imported.value(self.func, *v).name()),
            Count::Add(es) => list("add", &es.iter().collect::<Vec<_>>(), out),
            Count::Mul(es) => list("mul", &es.iter().collect::<Vec<_>>(), out),
            Count::UDiv(a, b) => list("udiv", &[a, b], out),
            Count::UMax(es) => list("umax", &es.iter().collect::<Vec<_>>(), out),
            Count::SMax(es) => list("smax", &es.iter().collect::<Vec<_>>(), out),
            Count::UMin(es) => list("umin", &es.iter().collect::<Vec<_>>(), out),
            Count::SMin(es) => list("smin", &es.iter().collect::<Vec<_>>(), out),
            Count::ZExt(e, _) => list("zext", &[e], out),
            Count::SExt(e, _) => list("sext", &[e], out),
            Count::Trunc(e, _) => list("trunc", &[e], out),
            Count::Affine { start, step, .. } => list("affine", &[start, step], out),
        }
    }

    fn trips(&self, header: &str) -> Option<String> {
        let count = self.facts().backedge_count(self.func, self.block(header));
        count.map(|c| self.show(&c))
    }
}

const SHIFT: &str = r"
define void @f(ptr %a, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %next = add nuw nsw i64 %i, 1
  %from = getelementptr inbounds double, ptr %a, i64 %next
  %to = getelementptr inbounds double, ptr %a, i64 %i
  %v = load double, ptr %from
  store double %v, ptr %to
  %done = icmp eq i64 %next, %n
  br i1 %done, label %exit, label %loop
exit:
  ret void
}";

#[test]
fn the_next_iteration_clobbers_what_this_one_loads() {
    let case = Case::new(SHIFT);
    assert!(!case.may_store("from", When::SameIteration));
    assert!(case.may_store("from", When::Crossing));
    assert!(case.may_store("to", When::SameIteration));
    assert!(case.may_store("to", When::Crossing));
}

#[test]
fn different_objects_never_clobber() {
    let text = SHIFT
        .replace("@f(ptr %a", "@f(ptr noalias %a, ptr noalias %b")
        .replace(
            "%to = getelementptr inbounds double, ptr %a",
            "%to = getelementptr inbounds double, ptr %b",
        );
    let case = Case::new(&text);
    assert!(!case.may_store("from", When::SameIteration));
    assert!(!case.may_store("from", When::Crossing));
    let facts = case.facts();
    let alias = |when| facts.alias(case.func, case.at("from"), case.at("to"), when);
    assert_eq!(alias(When::Crossing), Alias::No);
}

#[test]
fn swapped_buffers_alias_across_iterations() {
    let text = r"
define void @f(ptr noalias %a, ptr noalias %b, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %p = phi ptr [ %a, %entry ], [ %q, %loop ]
  %q = phi ptr [ %b, %entry ], [ %p, %loop ]
  %v = load double, ptr %p
  store double %v, ptr %q
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, %n
  br i1 %done, label %exit, label %loop
exit:
  ret void
}";
    let case = Case::new(text);
    assert!(!case.may_store("p", When::SameIteration));
    assert!(case.may_store("p", When::Crossing));
}

#[test]
fn scopes_hold_in_one_iteration_only() {
    let text = SHIFT
        .replace(
            "load double, ptr %from",
            "load double, ptr %from, !alias.scope !2",
        )
        .replace(
            "store double %v, ptr %to",
            "store double %v, ptr %to, !noalias !2",
        )
        .replace("i64 %next\n", "i64 %k\n")
        .replace("i64 %n)", "i64 %n, i64 %k)")
        + "!0 = !{!0}\n!1 = !{!1, !0}\n!2 = !{!1}\n";
    let case = Case::new(&text);
    assert!(case.may_store("from", When::Crossing));
}

#[test]
fn types_hold_across_iterations() {
    let text = r#"
define void @f(ptr %rows, ptr %out, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %slot = getelementptr inbounds ptr, ptr %rows, i64 %i
  %row = load ptr, ptr %slot, !tbaa !4
  %v = load double, ptr %row, !tbaa !1
  %to = getelementptr inbounds double, ptr %out, i64 %i
  store double %v, ptr %to, !tbaa !1
  %next = add nuw nsw i64 %i, 1
  %done = icmp eq i64 %next, %n
  br i1 %done, label %exit, label %loop
exit:
  ret void
}
!0 = !{!"double", !2, i64 0}
!1 = !{!0, !0, i64 0}
!2 = !{!"omnipotent char", !3, i64 0}
!3 = !{!"Simple C/C++ TBAA"}
!4 = !{!5, !5, i64 0}
!5 = !{!"any pointer", !2, i64 0}
"#;
    let case = Case::new(text);
    assert!(!case.may_store("slot", When::Crossing));
    assert!(case.may_store("row", When::Crossing));
}

#[test]
fn library_calls_write_no_data() {
    let text = r#"
target triple = "x86_64-pc-linux-gnu"
declare double @sin(double)
declare double @unknown(double)
define double @f(ptr %p, double %x) {
  %s = call double @sin(double %x)
  %u = call double @unknown(double %x)
  %v = load double, ptr %p
  ret double %v
}"#;
    let case = Case::new(text);
    let facts = case.facts();
    let mut calls = case
        .body()
        .insts
        .iter()
        .filter(|(_, d)| d.op.call().is_some());
    let (sin, unknown) = (calls.next().unwrap().0, calls.next().unwrap().0);
    for when in [When::SameIteration, When::Crossing] {
        assert!(!facts.may_write(case.func, sin, case.at("p"), when));
        assert!(facts.may_write(case.func, unknown, case.at("p"), when));
        assert!(facts.may_read(case.func, unknown, case.at("p"), when));
    }
}

#[test]
fn copies_write_their_range_only() {
    let text = r"
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
define void @f(ptr noalias %a, ptr noalias %b) {
  %far = getelementptr i8, ptr %a, i64 16
  call void @llvm.memcpy.p0.p0.i64(ptr %a, ptr %b, i64 16, i1 false)
  ret void
}";
    let case = Case::new(text);
    let (facts, f) = (case.facts(), case.func);
    let copy = case.inst(|op| op.call().is_some());
    for when in [When::SameIteration, When::Crossing] {
        assert!(facts.may_write(f, copy, case.at("a"), when));
        assert!(!facts.may_write(f, copy, case.at("far"), when));
        assert!(!facts.may_write(f, copy, case.at("b"), when));
        assert!(facts.may_read(f, copy, case.at("b"), when));
    }
}

#[test]
fn past_the_budget_everything_may_happen() {
    let text = SHIFT
        .replace("@f(ptr %a", "@f(ptr noalias %a, ptr noalias %b")
        .replace(
            "%to = getelementptr inbounds double, ptr %a",
            "%to = getelementptr inbounds double, ptr %b",
        );
    let case = Case::new(&text);
    let facts = LlvmFacts::with_budget(&case.imported, case.parsed.analyses(), 0);
    assert!(facts.may_write(
        case.func,
        case.store(),
        case.at("from"),
        When::SameIteration
    ));
}

#[test]
fn exact_trip_counts() {
    assert_eq!(
        Case::new(SHIFT).trips("loop").as_deref(),
        Some("add(18446744073709551615:64, n)")
    );
    let constant = SHIFT.replace("%next, %n", "%next, 10");
    assert_eq!(Case::new(&constant).trips("loop").as_deref(), Some("9:64"));
    let data = SHIFT.replace(
        "%done = icmp eq i64 %next, %n",
        "%done = fcmp olt double %v, 0.0",
    );
    assert_eq!(Case::new(&data).trips("loop"), None);
    let signed = SHIFT.replace("%done = icmp eq i64", "%done = icmp sge i64");
    assert_eq!(
        Case::new(&signed).trips("loop").as_deref(),
        Some("add(18446744073709551615:64, smax(1:64, n))")
    );
}

#[test]
fn inner_counts_may_depend_on_the_outer_iteration() {
    let text = r"
define void @f(ptr %a, i64 %n) {
entry:
  br label %outer
outer:
  %i = phi i64 [ 0, %entry ], [ %i.next, %latch ]
  br label %inner
inner:
  %j = phi i64 [ 0, %outer ], [ %j.next, %inner ]
  %at = getelementptr inbounds double, ptr %a, i64 %j
  store double 0.0, ptr %at
  %j.next = add nuw nsw i64 %j, 1
  %j.done = icmp ugt i64 %j.next, %i
  br i1 %j.done, label %latch, label %inner
latch:
  %i.next = add nuw nsw i64 %i, 1
  %i.done = icmp eq i64 %i.next, %n
  br i1 %i.done, label %exit, label %outer
exit:
  ret void
}";
    let case = Case::new(text);
    let facts = case.facts();
    let count = facts
        .backedge_count(case.func, case.block("inner"))
        .unwrap();
    let Count::Affine { header, .. } = &count else {
        panic!("{}", case.show(&count))
    };
    assert_eq!(*header, case.block("outer"));
    assert_eq!(case.show(&count), "affine(0:64, 1:64)");
    let (start, step) = facts
        .affine(case.func, case.value("j"), case.block("inner"))
        .unwrap();
    assert_eq!(
        (case.show(&start).as_str(), case.show(&step).as_str()),
        ("0:64", "1:64")
    );
    assert_eq!(
        facts.affine(case.func, case.value("i"), case.block("inner")),
        None
    );
    let (start, step) = facts
        .affine(case.func, case.value("at"), case.block("inner"))
        .unwrap();
    assert_eq!(
        (case.show(&start).as_str(), case.show(&step).as_str()),
        ("a", "8:64")
    );
}

#[test]
fn a_count_that_depends_on_the_loop_is_not_known_at_entry() {
    let text = SHIFT.replace(
        "%done = icmp eq i64 %next, %n",
        "%w = load i64, ptr %a\n  %done = icmp uge i64 %next, %w",
    );
    assert_eq!(Case::new(&text).trips("loop"), None);
}

#[test]
fn a_count_never_divides_by_what_may_be_zero() {
    let text = r"
define void @f(ptr %a, i64 %n, i64 noundef %step) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %to = getelementptr inbounds double, ptr %a, i64 %i
  store double 0.0, ptr %to
  %next = add nuw i64 %i, %step
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %exit
exit:
  ret void
}";
    assert_eq!(Case::new(text).trips("loop"), None);
}

#[test]
fn two_exits_take_the_minimum_only_when_it_is_defined() {
    let text = r"
define void @f(ptr %a, i64 %n, i64 ATTR %m) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
  %first = icmp eq i64 %i, %n
  br i1 %first, label %exit, label %latch
latch:
  %to = getelementptr inbounds double, ptr %a, i64 %i
  store double 0.0, ptr %to
  %next = add nuw i64 %i, 1
  %second = icmp eq i64 %i, %m
  br i1 %second, label %exit, label %loop
exit:
  ret void
}";
    let defined = Case::new(&text.replace("ATTR", "noundef"));
    assert_eq!(defined.trips("loop").as_deref(), Some("umin(n, m)"));
    assert_eq!(Case::new(&text.replace("ATTR", "")).trips("loop"), None);
}

/// A distance that doubles, starting at `start`; it is used where `guard` holds.
fn doubling(start: &str, flags: &str, guard: &str) -> Option<(u64, u64)> {
    let text = format!(
        r"
define void @f(ptr %a, i64 %n, i64 %from) {{
entry:
  %unsigned = lshr i64 %from, 1
  br label %loop
loop:
  %d = phi i64 [ {start}, %entry ], [ %twice, %body ]
  %go = icmp {guard}
  br i1 %go, label %body, label %exit
body:
  %half = lshr i64 %d, 1
  %to = getelementptr inbounds double, ptr %a, i64 %d
  store double 0.0, ptr %to
  %twice = shl {flags} i64 %d, 1
  br label %loop
exit:
  ret void
}}"
    );
    let case = Case::new(&text);
    let range = case.facts().range(case.func, case.value("d"))?;
    Some((range.low, range.high))
}

#[test]
fn a_distance_that_doubles_stays_positive() {
    let (low, high) = doubling("2", "nsw", "sle i64 %d, %n").expect("grows");
    assert!(low == 2 && high <= 1 << 63, "{low} {high}");
    let (low, _) = doubling("3", "nuw", "ne i64 %d, %n").expect("grows");
    assert_eq!(low, 3);
}

#[test]
fn a_distance_that_may_be_zero_is_not_said_to_be_positive() {
    for (start, flags) in [
        ("2", ""),
        ("0", "nsw"),
        ("%from", "nsw"),
        ("%unsigned", "nuw"),
    ] {
        let range = doubling(start, flags, "ne i64 %d, %n");
        let zero = range.is_none_or(|(low, high)| low == 0 || low > high && high > 0);
        assert!(zero, "{start} {flags}: {range:?}");
    }
}

#[test]
fn a_guard_tells_what_a_number_is_behind_it() {
    let text = r"
define void @f(ptr %a, i64 %n) {
entry:
  %go = icmp sgt i64 %n, 0
  br i1 %go, label %then, label %exit
then:
  %m = add nsw i64 %n, 3
  %to = getelementptr inbounds double, ptr %a, i64 %m
  store double 0.0, ptr %to
  br label %exit
exit:
  ret void
}";
    let case = Case::new(text);
    let range = case
        .facts()
        .range(case.func, case.value("m"))
        .expect("known");
    assert_eq!((range.low, range.high), (4, 1 << 63));
}
