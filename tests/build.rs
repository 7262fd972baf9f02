//! Links libLLVM into this crate's test binaries that use it, and into nothing else.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=LLVM_CONFIG");
    let tool = std::env::var("LLVM_CONFIG").unwrap_or_else(|_| "llvm-config-22".into());
    let output = Command::new(&tool)
        .arg("--libdir")
        .output()
        .unwrap_or_else(|error| {
            panic!("{tool} not found ({error}): install llvm-22-dev or set LLVM_CONFIG")
        });
    let libdir = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    println!("cargo:rustc-link-arg-tests=-L{libdir}");
    println!("cargo:rustc-link-arg-tests=-lLLVM-22");
}
