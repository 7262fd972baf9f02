//! `ribozyme explain`, as a user runs it.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

const SOURCE: &str = "\
double exp(double);
double __enzyme_autodiff(void *, ...);
int enzyme_dup, enzyme_const;
static double f(double *a, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++)
    sum += exp(a[i]);
  return sum;
}
void gradient(double *a, double *d, int n) {
  __enzyme_autodiff((void *)f, enzyme_dup, a, d, enzyme_const, n);
}
";

/// The command finds the plugin beside itself. Cargo builds no plugin for this test, nextest's
/// caller does.
fn ribozyme(args: &[&str]) -> Output {
    let command = PathBuf::from(env!("CARGO_BIN_EXE_ribozyme"));
    let profile = command.parent().expect("a directory");
    let chosen = std::env::var_os("RIBOZYME_PLUGIN").is_some();
    if !chosen && std::env::var_os("NEXTEST").is_none() {
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build
            .args(["build", "--quiet", "--package", "rz-plugin"])
            .arg("--target-dir")
            .arg(profile.parent().expect("a target directory"));
        if profile.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo runs").success());
    }
    Command::new(&command).args(args).output().expect("it runs")
}

fn file(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, SOURCE).expect("writable");
    path.display().to_string()
}

#[test]
fn a_request_is_explained_with_source_lines() {
    let done = ribozyme(&["explain", &file("text.c")]);
    let text = String::from_utf8_lossy(&done.stdout);
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{errors}");
    for expected in [
        "__enzyme_autodiff of `f`",
        "types of @f",
        "activity @f(dup, const) -> active",
        "plan @f(dup, const) -> active, combined",
        "text.c:7",
        "why: the result of a call",
    ] {
        assert!(text.contains(expected), "no {expected:?} in\n{text}");
    }
    assert!(!text.contains("rz.held"), "{text}");
}

#[test]
fn json_holds_the_same_parts() {
    let done = ribozyme(&["explain", "--format", "json", &file("json.c")]);
    let requests: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(requests.as_array().map(Vec::len), Some(1), "{requests}");
    let request = &requests[0];
    assert_eq!(request["primal"], "f");
    assert!(
        request["at"]
            .as_str()
            .is_some_and(|at| at.contains("json.c:11"))
    );
    assert!(request["error"].is_null());
    for part in ["code", "types", "activity", "plan"] {
        assert!(
            request[part].as_str().is_some_and(|text| !text.is_empty()),
            "{part}"
        );
    }
}

#[test]
fn a_code_is_explained() {
    let done = ribozyme(&["explain", "RZ0012"]);
    assert!(done.status.success());
    assert!(done.stdout.starts_with(b"RZ0012: "));
}
