//! Random modules from LLVM's generator import without panic, and the view agrees with LLVM about the graph.

use rz_import::LlvmFacts;
use rz_import::testing::Parsed;
use rz_view::{Cfg, Dominators, Facts, Location, LoopForest, Op, When};
use std::path::Path;
use std::process::Command;

/// LLVM's random program generator; part of the same package as `opt`.
const GENERATOR: [&str; 2] = ["llvm-stress-22", "/usr/lib/llvm-22/bin/llvm-stress"];

fn generate(seed: u32, size: u32) -> Option<String> {
    let args = [format!("-seed={seed}"), format!("-size={size}")];
    let run = |tool| Command::new(tool).args(&args).output().ok();
    let output = GENERATOR.iter().find_map(run)?;
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap())
}

fn check(text: &str) {
    let Ok(parsed) = Parsed::try_parse(text) else {
        panic!("the generator writes valid IR")
    };
    let imported = parsed.import(&[]);
    let facts = LlvmFacts::with_budget(&imported, parsed.analyses(), 2000);
    for (id, data) in &imported.module.funcs {
        let Some(body) = &data.body else { continue };
        let cfg = Cfg::new(body);
        let forest = LoopForest::new(body, &cfg, &Dominators::new(body, &cfg));
        for (_, data) in forest.iter() {
            let _ = facts.backedge_count(id, data.header);
        }
        for (inst, data) in &body.insts {
            assert!(!matches!(data.op, Op::Opaque(_)), "{:?}", data.op);
            for &operand in &data.operands {
                let location = Location {
                    ptr: operand,
                    size: Some(8),
                };
                let _ = facts.may_write(id, inst, location, When::Crossing);
            }
        }
    }
}

#[test]
fn random_modules_import() {
    assert!(
        GENERATOR
            .iter()
            .any(|t| Command::new(t).arg("--version").output().is_ok() || Path::new(t).exists()),
        "llvm-stress is part of the package llvm-22"
    );
    for seed in 0..40 {
        check(&generate(seed, 50 + seed * 20).expect("generated"));
    }
}
