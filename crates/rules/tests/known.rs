//! The table of known functions: consistent with itself and with the rules.

use rz_rules::known::{
    Arena, Class, Delivery, Known, Length, ReleaseArg, Returns, Writes, is_inactive_global, lookup,
    names, release_symbol,
};
use rz_rules::{Kind, rule};

fn class(symbol: &str) -> Class {
    lookup(symbol)
        .unwrap_or_else(|| panic!("{symbol} is not known"))
        .class
}

#[test]
fn no_name_has_both_a_rule_and_a_class() {
    for (name, known) in names() {
        assert!(
            rz_rules::lookup(&name).is_none(),
            "{name}: {:?}",
            known.class
        );
    }
}

fn length_arguments(length: Length) -> Vec<u8> {
    match length {
        Length::Bytes(a) | Length::Scaled(a, _) => vec![a],
        Length::Product(a, b) => vec![a, b],
        Length::Const(_) | Length::Unknown => vec![],
    }
}

/// Argument numbers that must be pointers, and those that must be integers.
fn arguments(class: Class) -> (Vec<u8>, Vec<u8>) {
    match class {
        Class::Kill(spans) => (
            (spans.iter().filter(|span| !span.rest))
                .map(|span| span.pointer)
                .collect(),
            spans
                .iter()
                .flat_map(|span| length_arguments(span.length))
                .collect(),
        ),
        Class::Set {
            dst, byte, length, ..
        } => {
            let mut integers = length_arguments(length);
            integers.extend(byte);
            (vec![dst], integers)
        }
        Class::Pass { from, .. } => (vec![from], vec![]),
        Class::Move {
            dst, src, length, ..
        } => (vec![dst, src], length_arguments(length)),
        Class::Alloc(alloc) => {
            let mut integers = length_arguments(alloc.size);
            integers.extend(alloc.align);
            let pointers = match alloc.delivery {
                Delivery::Memory(argument) => vec![argument],
                Delivery::Result | Delivery::Sized => vec![],
            };
            (pointers, integers)
        }
        Class::Realloc(realloc) => {
            let mut integers = length_arguments(realloc.size);
            integers.extend(realloc.old_size);
            integers.extend(realloc.align);
            (vec![realloc.pointer], integers)
        }
        Class::Free(free) => (
            vec![free.pointer],
            free.size.into_iter().chain(free.align).collect(),
        ),
        Class::Arena(arena) => match arena {
            Arena::Alloc => (vec![0], vec![1]),
            Arena::Defer => (vec![0, 1], vec![]),
            Arena::Close => (vec![0], vec![]),
            Arena::Adopt | Arena::TakeOver | Arena::Reset => (vec![0, 1], vec![]),
            Arena::Open => (vec![], vec![]),
        },
        Class::Inactive
        | Class::NoReturn
        | Class::ReturnsTwice
        | Class::Reduce(_)
        | Class::Convert
        | Class::Narrow(_)
        | Class::Lifetime { .. }
        | Class::Masked(_)
        | Class::Lanes(_)
        | Class::Refuse(_) => (vec![], vec![]),
    }
}

#[test]
fn arguments_are_of_the_kind_their_role_wants() {
    for (name, known) in names() {
        let kind = |index: u8| {
            let args = &known.signature.args;
            *args.get(usize::from(index)).unwrap_or_else(|| {
                panic!("{name}: argument {index} is not in {:?}", known.signature)
            })
        };
        let (pointers, integers) = arguments(known.class);
        for index in pointers {
            assert!(kind(index).is_pointer(), "{name}: argument {index}");
        }
        for index in integers {
            assert_eq!(kind(index), Kind::Int, "{name}: argument {index}");
        }
        if let Writes::Through(through) = known.writes {
            for &index in through {
                assert!(kind(index).is_pointer(), "{name}: writes through {index}");
            }
        }
    }
}

/// An allocator's block goes back to a known deallocator that takes what the release says.
#[test]
fn every_allocator_names_a_deallocator_of_its_family() {
    for (name, known) in names() {
        let release = match known.class {
            Class::Alloc(alloc) => alloc.release,
            Class::Realloc(realloc) => realloc.release,
            _ => continue,
        };
        let Class::Free(free) = class(release.symbol) else {
            panic!("{name}: {} does not release", release.symbol)
        };
        let position = |wanted| release.takes.iter().position(|&arg| arg == wanted);
        assert_eq!(
            position(ReleaseArg::Pointer),
            Some(usize::from(free.pointer)),
            "{name}"
        );
        assert_eq!(
            position(ReleaseArg::Size),
            free.size.map(usize::from),
            "{name}"
        );
        assert_eq!(
            position(ReleaseArg::Align),
            free.align.map(usize::from),
            "{name}"
        );
    }
}

#[test]
fn arguments_that_are_easily_confused() {
    // bcopy copies from its first argument.
    assert!(matches!(class("bcopy"), Class::Move { dst: 1, src: 0, .. }));
    assert!(matches!(
        class("mempcpy"),
        Class::Move {
            returns: Returns::DstEnd,
            overlap: false,
            ..
        }
    ));
    // memcpy_s has the destination's size before the source.
    assert!(matches!(
        class("memcpy_s"),
        Class::Move {
            dst: 0,
            src: 2,
            length: Length::Bytes(3),
            ..
        }
    ));
    // The ARM helper takes the count before the byte.
    assert!(matches!(
        class("__aeabi_memset"),
        Class::Set {
            byte: Some(2),
            length: Length::Bytes(1),
            ..
        }
    ));
    let Class::Alloc(alloc) = class("aligned_alloc") else {
        panic!()
    };
    assert_eq!((alloc.align, alloc.size), (Some(0), Length::Bytes(1)));
    let Class::Alloc(alloc) = class("_ZnwmSt11align_val_t") else {
        panic!()
    };
    assert_eq!(
        (alloc.align, alloc.size, alloc.nullable),
        (Some(1), Length::Bytes(0), false)
    );
    let Class::Alloc(alloc) = class("posix_memalign") else {
        panic!()
    };
    assert_eq!(alloc.delivery, Delivery::Memory(0));
    let Class::Realloc(realloc) = class("__rust_realloc") else {
        panic!()
    };
    assert_eq!(
        (realloc.size, realloc.old_size),
        (Length::Bytes(3), Some(1))
    );
    let Class::Kill(spans) = class("__isoc99_sscanf") else {
        panic!()
    };
    assert!(spans[0].rest && spans[0].pointer == 2);
}

#[test]
fn intrinsics_are_found_with_their_overload_types() {
    assert!(matches!(class("llvm.memcpy.p0.p0.i64"), Class::Move { .. }));
    assert!(matches!(
        class("llvm.vector.reduce.fadd.v4f64"),
        Class::Reduce(_)
    ));
    assert!(matches!(
        class("llvm.lifetime.start.p0"),
        Class::Lifetime { start: true }
    ));
    assert!(matches!(
        class("llvm.launder.invariant.group.p0"),
        Class::Pass { from: 0, .. }
    ));
    assert_eq!(class("llvm.umul.with.overflow.i64"), Class::Inactive);
    assert_eq!(
        class("llvm.experimental.constrained.fptosi.i32.f64"),
        Class::Inactive
    );
    assert_eq!(
        class("llvm.experimental.constrained.fpext.f64.f32"),
        Class::Convert
    );
    assert_eq!(class("llvm.trap"), Class::NoReturn);
}

/// The disambiguator of Rust's shims changes with the toolchain; the deallocator's is the same.
#[test]
fn rust_shims_are_found_by_their_mangled_names() {
    let prefix = "_RNvCsdBezzDwma51_7___rustc";
    let symbol = format!("{prefix}19___rust_alloc_zeroed");
    let Class::Alloc(alloc) = class(&symbol) else {
        panic!()
    };
    assert!(alloc.zeroed);
    assert_eq!(
        release_symbol(&symbol, &alloc.release),
        format!("{prefix}14___rust_dealloc")
    );
    assert_eq!(
        release_symbol("__rust_alloc", &alloc.release),
        "__rust_dealloc"
    );
    assert_eq!(
        class(&format!("{prefix}35___rust_no_alloc_shim_is_unstable_v2")),
        Class::Inactive
    );
    assert!(lookup(&format!("{prefix}12___rust_dealloc")).is_none());
}

#[test]
fn names_that_contain_a_known_one_are_unknown() {
    for name in [
        "copy_",
        "norm",
        "f90iox",
        "my_malloc",
        "mallocator",
        "printf_",
        "std_like::print",
        "_Znwx",
        "time_step",
        "llvm.memcpyx",
        "__as_an_",
        "exit2",
        "llvm.vector.reduce",
    ] {
        assert!(lookup(name).is_none(), "{name}");
    }
}

#[test]
fn namesakes_are_told_apart_by_signature() {
    let time = lookup("time").unwrap();
    assert!(time.accepts(Kind::Int, &[Kind::Pointer]));
    assert!(!time.accepts(Kind::Double, &[Kind::Double]));
    let printf = lookup("printf").unwrap();
    assert!(printf.accepts(Kind::Int, &[Kind::Pointer]));
    assert!(printf.accepts(Kind::Int, &[Kind::Pointer, Kind::Double, Kind::Int]));
    assert!(!printf.accepts(Kind::Void, &[Kind::Double]));
}

/// `llvm22-intrinsics.txt` lists every target-independent intrinsic of LLVM 22
/// (`grep -oP '// \Kllvm\.[\w.]+' llvm/IR/IntrinsicEnums.inc`): none may be unknown, and the tables
/// may not name one that does not exist.
#[test]
fn every_intrinsic_of_llvm_22_is_classified() {
    let list: Vec<&str> = include_str!("llvm22-intrinsics.txt").lines().collect();
    for name in &list {
        assert!(
            rz_rules::lookup(name).is_some() || lookup(name).is_some(),
            "{name} is not classified"
        );
    }
    // Classes for names of LLVM before and after 22.
    let elsewhere = ["llvm.vector.splice", "llvm.clmul", "llvm.threadlocal.guard"];
    let independent = |name: &str| name.starts_with("llvm.") && !name.starts_with("llvm.x86.");
    for (name, known) in names().filter(|(name, _)| independent(name)) {
        let exists = list.contains(&&*name) || elsewhere.contains(&&*name);
        assert!(exists, "{name} does not exist ({:?})", known.class);
    }
}

/// glibc's narrowing `fadd` is not the opcode.
#[test]
fn narrowing_functions_name_their_rule() {
    for (name, known) in names() {
        if let Class::Narrow(base) = known.class {
            let base = rule(base).unwrap();
            assert_eq!(base.arity(), known.signature.args.len(), "{name}");
        }
    }
    let fadd = lookup("fadd").unwrap();
    assert_eq!(fadd.class, Class::Narrow("fadd"));
    assert!(fadd.accepts(Kind::Float, &[Kind::Double, Kind::Double]));
}

#[test]
fn what_is_written_is_known_for_rules_and_classes() {
    for (symbol, mask) in [
        ("llvm.pow.f64", Some(0)),
        ("sincosf", Some(0b110)),
        ("lgamma_r", Some(0b10)),
        ("bcopy", Some(0b10)),
        ("read", Some(0b10)),
        ("scanf", Some(u32::MAX << 1)),
        ("snprintf", Some(0b1)),
        ("malloc", Some(0)),
        ("posix_memalign", Some(0b1)),
        ("free", Some(0)),
        ("gettimeofday", Some(0b11)),
        ("llvm.masked.store.v4f64.p0", Some(0b10)),
        ("qsort", Some(u32::MAX)),
        ("user_function", None),
    ] {
        assert_eq!(rz_rules::known::written_arguments(symbol), mask, "{symbol}");
    }
}

#[test]
fn float_suffixes_decide_the_kind_of_a_real() {
    let real = |known: &Known| known.signature.args[0];
    assert_eq!(real(lookup("lround").unwrap()), Kind::Double);
    assert_eq!(real(lookup("lroundf").unwrap()), Kind::Float);
    assert_eq!(real(lookup("lroundl").unwrap()), Kind::LongDouble);
    assert_eq!(real(lookup("llvm.lround.i64.f64").unwrap()), Kind::Real);
}

#[test]
fn instrumentation_and_standard_globals_are_inactive() {
    assert_eq!(class("__asan_report_load8"), Class::Inactive);
    assert_eq!(class("_FortranAioOutputReal64"), Class::Inactive);
    assert!(matches!(class("_FortranAioInputReal64"), Class::Kill(_)));
    assert!(lookup("_FortranAioInputSomething").is_none());
    assert!(is_inactive_global("stdout") && is_inactive_global("_ZTV4Base"));
    assert!(!is_inactive_global("stdout_") && !is_inactive_global("weights"));
}
