//! `unsafe` lives in the LLVM boundary and in the plugin's entry points, nowhere else.

use std::path::Path;

/// Where the word may appear.
const ALLOWED: &[&str] = &["crates/llvm/", "crates/plugin/"];

/// Findings for one file, given its code without comments and literals.
pub(super) fn check(file: &Path, code: &str) -> Vec<String> {
    if ALLOWED.iter().any(|folder| file.starts_with(folder)) {
        return Vec::new();
    }
    code.lines()
        .enumerate()
        .filter(|(_, line)| words(line).any(|word| word == "unsafe" || word == "unsafe_code"))
        .map(|(index, _)| {
            format!(
                "{}:{}: `unsafe` outside of the LLVM boundary",
                file.display(),
                index + 1
            )
        })
        .collect()
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_boundary_may_be_unsafe() {
        let code = "fn f() {\n    unsafe { g() }\n}\n#![allow(unsafe_code)]\nlet unsafety = 1;\n";
        assert!(check(Path::new("crates/llvm/src/value.rs"), code).is_empty());
        assert_eq!(
            check(Path::new("crates/plan/src/lib.rs"), code),
            [
                "crates/plan/src/lib.rs:2: `unsafe` outside of the LLVM boundary",
                "crates/plan/src/lib.rs:4: `unsafe` outside of the LLVM boundary",
            ]
        );
    }
}
