//! Compiles the shim. Libraries keep LLVM's symbols undefined; only this crate's test binaries link libLLVM.
//! `LLVM_CONFIG` names another `llvm-config` than `llvm-config-22`.

use std::process::Command;

// One topic a line, so that two additions merge.
#[rustfmt::skip]
const TOPICS: &[&str] = &[
    "alias",
    "alike",
    "clone",
    "ends",
    "hold",
    "library",
    "meta",
    "pipeline",
    "plugin",
    "range",
    "scev",
    "value",
    "written",
];

fn main() {
    println!("cargo:rerun-if-env-changed=LLVM_CONFIG");
    println!("cargo:rerun-if-changed=shim/common.h");
    let mut build = cc::Build::new();
    build
        .cpp(true)
        .std("c++17")
        .flag("-isystem")
        .flag(llvm_config("--includedir"))
        .flag("-fno-exceptions")
        .flag("-fno-rtti")
        .flag("-fvisibility=hidden")
        .opt_level(2)
        .debug(false);
    // LLVM's header assertions help development; in a release they would kill the user's compiler.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        build.define("NDEBUG", None);
    }
    for topic in TOPICS {
        println!("cargo:rerun-if-changed=shim/{topic}.cpp");
        build.file(format!("shim/{topic}.cpp"));
    }
    build.compile("rzshim");
    let libdir = llvm_config("--libdir");
    println!("cargo:rustc-link-arg-tests=-L{libdir}");
    println!("cargo:rustc-link-arg-tests=-lLLVM-22");
}

fn llvm_config(what: &str) -> String {
    let tool = std::env::var("LLVM_CONFIG").unwrap_or_else(|_| "llvm-config-22".into());
    let output = Command::new(&tool)
        .arg(what)
        .output()
        .unwrap_or_else(|error| {
            panic!("{tool} not found ({error}): install llvm-22-dev or set LLVM_CONFIG")
        });
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
