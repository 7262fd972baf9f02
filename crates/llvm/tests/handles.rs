//! The handles against a real LLVM.

use rz_llvm::{
    Attribute, Builder, CloneChanges, FloatPredicate, IntPredicate, Linkage, Module, Opcode,
    OwnedAnalyses, OwnedContext, Pipeline, Place, ValueMap,
};

fn with(text: &str, check: impl FnOnce(Module)) {
    let context = OwnedContext::new();
    let module = context.get().parse("test", text).expect("parses");
    check(module.get());
}

#[test]
fn builds_a_function_that_verifies() {
    let context = OwnedContext::new();
    let owned = context.get().module("built");
    let (module, cx) = (owned.get(), context.get());
    let double = cx.double();
    let ty = double.function(&[double, cx.pointer(0), cx.int(64)], false);
    let function = module.add_function("f", ty, Linkage::Internal);
    let (entry, head, exit) = (
        function.append_block("entry"),
        function.append_block("loop"),
        function.append_block("exit"),
    );
    let b = Builder::at_end(entry);
    let slot = b.entry_alloca(double, 8);
    b.store(double.zero(), slot, 8);
    b.memset(function.param(1), cx.int(8).zero(), function.param(2), 8);
    b.br(head);
    b.position_at_end(head);
    let i = b.phi(cx.int(64));
    i.add_incoming(cx.int(64).zero(), entry);
    let address = b.gep(double, function.param(1), &[i], 1);
    let x = b.load(double, address, 8);
    b.set_fast_math(1);
    let y = b.fmul(x, function.param(0));
    assert_eq!(y.fast_math(), 1);
    let sine = b.intrinsic("llvm.sin", &[double], &[y]).expect("llvm.sin");
    let less = b.fcmp(FloatPredicate::OLT, sine, double.float_const(0.5));
    let z = b.select(less, sine, double.float_const(f64::INFINITY));
    b.store(z, slot, 0);
    let next = b.add(i, cx.int(64).int_const(1));
    i.add_incoming(next, head);
    let done = b.icmp(IntPredicate::Uge, next, function.param(2));
    b.cond_br(done, exit, head);
    b.position_at_end(exit);
    let pair = cx.structure(&[double, double.vector(4)], false);
    let result = b.insert_value(pair.poison(), b.load(double, slot, 0), 0);
    let wide = b.splat(double.vector(4), b.extract_value(result, 0));
    let wide = b.shuffle(wide, wide, &[Some(0), Some(5), None, Some(3)]);
    let back = b.extract_value(b.insert_value(result, wide, 1), 0);
    b.ret(Some(back));
    function.verify().expect("verifies");
    module.verify().expect("verifies");
}

#[test]
fn a_wrong_function_is_reported_with_the_reason() {
    let context = OwnedContext::new();
    let owned = context.get().module("wrong");
    let ty = context.get().void().function(&[], false);
    let function = owned.get().add_function("f", ty, Linkage::Internal);
    function.append_block("entry");
    assert!(function.verify().unwrap_err().contains("terminator"));
}

#[test]
fn constants_keep_their_bits() {
    let context = OwnedContext::new();
    let cx = context.get();
    let bits = 0x4000_c90f_daa2_2168_c235_u128;
    assert_eq!(
        cx.x86_fp80().float_const_bits(bits).float_bits(),
        Some(bits)
    );
    assert_eq!(cx.float().float_const(1.5).float_bits(), Some(0x3fc0_0000));
    assert_eq!(
        cx.int(128).int_const_signed(-1).int_value(),
        Some(u128::MAX)
    );
    assert_eq!(cx.int(300).int_const(1).int_value(), None);
    let lanes = cx.double().vector(4).float_const(2.0);
    let lane = lanes.splat_value().expect("a splat");
    assert_eq!(lane.float_bits(), Some(u128::from(2.0_f64.to_bits())));
}

#[test]
fn cloning_keeps_linkage_and_maps_values() {
    with(
        "define internal double @f(double %x) readnone {\nentry:\n %y = fmul double %x, %x\n ret double %y\n}",
        |module| {
            let old = module.function("f").unwrap();
            let cx = module.context();
            let ty = cx.double().function(&[cx.double(), cx.pointer(0)], false);
            let new = module.add_function("g", ty, Linkage::Internal);
            let mut map = ValueMap::new();
            map.set(old.param(0), new.param(0));
            new.clone_from(old, &mut map, CloneChanges::Local, ".c");
            new.strip_attributes();
            assert_eq!(new.linkage(), Linkage::Internal);
            assert!(new.value().is_dso_local());
            assert!(new.attributes(Place::Function).is_empty());
            let product = old.instructions()[0];
            let copy = map.get(product).expect("mapped");
            assert_eq!(copy.opcode(), Some(Opcode::FMul));
            assert_eq!(copy.function(), new);
            new.verify().unwrap();
            let (twin, _) = old.duplicate("twin");
            twin.verify().unwrap();
        },
    );
}

#[test]
fn attributes_metadata_and_effects() {
    let text = r#"
declare void @h(ptr) memory(argmem: read) "enzyme_x"="yes"
define void @f(ptr nocapture %p) !enzyme_thing !0 {
  call void @h(ptr readonly %p) nounwind, !enzyme_inactive !0
  ret void
}
!0 = !{i32 7, !"text", null}
"#;
    with(text, |module| {
        let cx = module.context();
        let h = module.function("h").unwrap();
        let tag = h.attribute(Place::Function, "enzyme_x").unwrap();
        assert_eq!(tag.string_value().as_deref(), Some("yes"));
        let effects = h.memory_effects();
        assert!(effects.args.read && !effects.args.write && !effects.other.read);
        h.add_attribute(Place::Param(0), Attribute::named(cx, "noalias", 0).unwrap());
        assert!(h.attribute(Place::Param(0), "noalias").is_some());
        h.remove_attribute(Place::Param(0), "noalias");
        assert!(h.attribute(Place::Param(0), "noalias").is_none());
        let f = module.function("f").unwrap();
        assert!(f.param_nocapture(0));
        let call = f.instructions()[0];
        assert!(call.call_has_attribute("nounwind") && call.arg_has_attribute(0, "readonly"));
        let kinds = call.metadata_kinds();
        assert_eq!(cx.metadata_kind_name(kinds[0]), "enzyme_inactive");
        let operands = call.metadata(kinds[0]).unwrap().operands();
        assert_eq!(operands[0].unwrap().int(), Some(7));
        assert_eq!(operands[1].unwrap().string().as_deref(), Some("text"));
        assert_eq!(operands[2], None);
        call.keep_metadata(&[]);
        assert!(call.metadata_kinds().is_empty());
        assert_eq!(f.value().global_metadata_kinds().len(), 1);
        let domain = cx.alias_domain("d");
        let scope = cx.alias_scope(domain, "s");
        let list = cx.metadata_node(&[scope]);
        call.set_metadata(cx.metadata_kind("noalias"), Some(list));
        module.verify().unwrap();
    });
}

#[test]
fn pipelines_run_alone() {
    let text = "define double @f(double %x) {\n %a = alloca double\n store double %x, ptr %a\n %y = load double, ptr %a\n ret double %y\n}";
    with(text, |module| {
        let analyses = OwnedAnalyses::new(module);
        let f = module.function("f").unwrap();
        let pipeline = Pipeline::parse("sroa,early-cse").unwrap();
        analyses.get().run_on(f, &pipeline);
        assert_eq!(f.instructions().len(), 1);
        assert!(Pipeline::parse("no-such-pass").is_err());
        analyses
            .get()
            .run("globaldce,function(simplifycfg)")
            .unwrap();
    });
}

#[test]
fn calls_get_a_location_where_the_verifier_demands_it() {
    let text = r#"
declare double @llvm.sin.f64(double)
define double @f(double %x) !dbg !4 {
  %y = call double @llvm.sin.f64(double %x), !dbg !7
  ret double %y, !dbg !7
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!3}
!0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, producer: "x", emissionKind: FullDebug)
!1 = !DIFile(filename: "a.c", directory: "/")
!3 = !{i32 2, !"Debug Info Version", i32 3}
!4 = distinct !DISubprogram(name: "f", scope: !1, file: !1, line: 3, type: !5, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DISubroutineType(types: !6)
!6 = !{null}
!7 = !DILocation(line: 4, column: 9, scope: !4)
"#;
    with(text, |module| {
        let f = module.function("f").unwrap();
        let call = f.instructions()[0];
        let location = call.debug_loc().unwrap();
        assert_eq!((location.line(), location.column()), (4, 9));
        assert_eq!(location.file().as_deref(), Some("a.c"));
        call.set_debug_loc(None);
        f.ensure_call_locations();
        assert_eq!(call.debug_loc().unwrap().line(), 0);
        f.verify().unwrap();
    });
}

#[test]
fn address_arithmetic_of_all_kinds() {
    let text = r"
%s = type { i32, [4 x double] }
define void @f(ptr %p, i64 %i, <2 x i64> %v) {
  %a = getelementptr %s, ptr %p, i64 %i, i32 1, i64 2
  %b = getelementptr [8 x i16], ptr %p, <2 x i64> %v, <2 x i64> <i64 3, i64 3>
  %c = getelementptr i8, ptr %p, i64 -4
  %d = getelementptr <vscale x 2 x double>, ptr %p, i64 %i
  ret void
}
";
    with(text, |module| {
        let f = module.function("f").unwrap();
        let insts = f.instructions();
        assert_eq!(insts[0].gep_terms(module), Some((24, vec![(1, 40)])));
        assert_eq!(insts[1].gep_terms(module), Some((6, vec![(1, 16)])));
        assert_eq!(insts[2].gep_terms(module), Some((-4, vec![])));
        assert_eq!(insts[3].gep_terms(module), None);
    });
}

#[test]
fn a_body_can_be_erased() {
    let text = "define double @f(double %x, i1 %c) {\nentry:\n br i1 %c, label %a, label %b\na:\n %y = fmul double %x, %x\n br label %b\nb:\n %r = phi double [ %x, %entry ], [ %y, %a ]\n ret double %r\n}";
    with(text, |module| {
        let f = module.function("f").unwrap();
        f.erase_body();
        assert!(f.is_declaration());
        module.verify().unwrap();
    });
}
