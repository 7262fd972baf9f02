//! Type analysis stays near-linear: eight times the code takes about eight times as long.

use rz_analysis::types::TypeAnalysis;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// A function with `n` copies of a copy through memory, fields, array elements and pointer walks.
fn program(n: usize) -> String {
    let mut text = String::from(
        "func @leaf(v0: ptr, v1: i64) -> i64 {\nblock0:\n  v2 = gep(0 v1 x 8) ptr v0, v1\n  \
         v3 = load(align 8) i64 v2\n  store(align 8) v3, v0\n  ret v3\n}\n\
         func @f(v0: ptr, v1: ptr, v2: i64) -> double {\nblock0:\n",
    );
    let mut v = 3;
    let mut sum = 2;
    for block in 0..n {
        let field = block * 8;
        let _ = write!(
            text,
            "  v{a} = gep({field}) ptr v0\n  v{b} = load(align 8) i64 v{a}\n  \
             v{c} = gep(0 v{sum} x 8) ptr v1, v{sum}\n  store(align 8) v{b}, v{c}\n  \
             v{d} = add i64 v{b}, v{sum}\n  v{e} = call(@leaf) i64 v{c}, v{sum}\n  br(block{to})\n\
             block{to}:\n  v{g} = phi(block{block}) i64 v{b}\n  v{h} = xor i64 v{d}, v{g}\n",
            a = v,
            b = v + 1,
            c = v + 2,
            d = v + 3,
            e = v + 4,
            to = block + 1,
            g = v + 5,
            h = v + 6,
        );
        sum = if block % 100 == 99 { v + 6 } else { sum };
        v += 7;
    }
    let _ = write!(text, "  v{v} = load(align 8) double v0\n  ret v{v}\n}}\n");
    text
}

fn time(n: usize) -> Duration {
    let module = rz_view::text::parse(&program(n)).expect("the program parses");
    let func = module.func_named("f").expect("@f");
    let start = Instant::now();
    let types = TypeAnalysis::new(&module).root(func);
    assert!(types.func() == func);
    start.elapsed()
}

#[test]
fn near_linear() {
    time(100);
    let (small, large) = (time(1000), time(8000));
    println!("{small:?} for 8 000 instructions, {large:?} for 64 000");
    // A quadratic pass would be 64 times slower; leave room for a busy machine.
    assert!(large < 30 * small, "{small:?} → {large:?}");
}
