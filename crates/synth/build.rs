//! Only test binaries link libLLVM; in the library LLVM's symbols are resolved by the host tool.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=LLVM_CONFIG");
    let tool = std::env::var("LLVM_CONFIG").unwrap_or_else(|_| "llvm-config-22".into());
    let output = Command::new(&tool).arg("--libdir").output();
    let Ok(output) = output else {
        println!("cargo:warning={tool} cannot be run: tests will not link");
        return;
    };
    let libdir = String::from_utf8_lossy(&output.stdout);
    println!("cargo:rustc-link-arg-tests=-L{}", libdir.trim());
    println!("cargo:rustc-link-arg-tests=-lLLVM-22");
}
