//! Dependencies between the crates point one way, from the pipeline's end to its beginning.
//!
//! [`ORDER`] is the one home of that order: a crate may depend only on crates before it. Crates
//! in [`WITHOUT_LLVM`] must build and test without LLVM, so nothing that binds LLVM may appear among
//! their dependencies, for tests either.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{project, run};

/// From the beginning of the pipeline to its end.
const ORDER: &[&str] = &[
    "rz-diag",
    "rz-rules",
    "rz-view",
    "rz-interp",
    "rz-analysis",
    "rz-plan",
    "rz-llvm",
    "rz-import",
    "rz-synth",
    "rz-driver",
    "rz-plugin",
    "rz-cli",
    "rz-tests",
    "rz-fuzz",
    "xtask",
];

/// Safe Rust over data: no LLVM, not even in their tests.
const WITHOUT_LLVM: &[&str] = &[
    "rz-diag",
    "rz-rules",
    "rz-view",
    "rz-interp",
    "rz-analysis",
    "rz-plan",
];

/// What binds LLVM.
const LLVM: &[&str] = &["rz-llvm", "rz-import", "rz-synth", "rz-driver", "llvm-sys"];

/// Pairs that the order would allow and the design does not: (crate, dependency, reason).
const FORBIDDEN: &[(&str, &str, &str)] = &[
    (
        "rz-view",
        "rz-rules",
        "the view knows nothing of derivatives",
    ),
    ("rz-plugin", "rz-cli", "the plugin is a leaf"),
    (
        "rz-cli",
        "rz-plugin",
        "the plugin has undefined LLVM symbols",
    ),
];

/// One dependency: `from` needs `to`.
pub(super) struct Dependency {
    from: String,
    to: String,
}

/// The direct dependencies of the workspace's crates, as cargo sees them.
pub(super) fn dependencies() -> Result<Vec<Dependency>> {
    let text = run::output(project::cargo().args([
        "metadata",
        "--format-version=1",
        "--no-deps",
        "--offline",
    ]))?;
    let metadata: Value = serde_json::from_str(&text).context("reading cargo's metadata")?;
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            found.push(Dependency {
                from: name(package),
                to: name(dependency),
            });
        }
    }
    Ok(found)
}

/// Findings, one line each.
pub(super) fn check(dependencies: &[Dependency]) -> Vec<String> {
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let mut findings = Vec::new();
    for Dependency { from, to } in dependencies {
        let Some(from_rank) = rank(from) else {
            findings.push(format!(
                "crate {from} has no place in the order of the layers"
            ));
            continue;
        };
        if from == to {
            continue;
        }
        if rank(to).is_some_and(|to_rank| to_rank > from_rank) {
            findings.push(format!("{from} depends on {to}, which comes after it"));
        }
        if WITHOUT_LLVM.contains(&from.as_str()) && LLVM.contains(&to.as_str()) {
            findings.push(format!("{from} depends on {to}, so it needs LLVM"));
        }
        for (_, _, reason) in FORBIDDEN.iter().filter(|(a, b, _)| a == from && b == to) {
            findings.push(format!("{from} depends on {to}: {reason}"));
        }
    }
    findings.sort();
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(from: &str, to: &str) -> Vec<String> {
        check(&[Dependency {
            from: from.to_owned(),
            to: to.to_owned(),
        }])
    }

    #[test]
    fn forward_dependencies_pass() {
        assert!(findings("rz-plan", "rz-view").is_empty());
        assert!(findings("rz-plan", "smallvec").is_empty());
        assert!(findings("rz-synth", "rz-llvm").is_empty());
    }

    #[test]
    fn backward_dependencies_are_found() {
        assert_eq!(findings("rz-view", "rz-plan").len(), 1);
        assert_eq!(
            findings("rz-analysis", "llvm-sys"),
            ["rz-analysis depends on llvm-sys, so it needs LLVM"]
        );
        assert_eq!(findings("rz-view", "rz-rules").len(), 1);
    }

    #[test]
    fn a_new_crate_must_be_placed() {
        assert_eq!(
            findings("rz-new", "rz-view"),
            ["crate rz-new has no place in the order of the layers"]
        );
    }
}
