//! One test a case and level: `arith/mul@oracle`, `arith/mul@O0` … `arith/mul@O3`, a variant, and
//! `arith/mul@width`, several directions at once at one of the levels, and `arith/mul@second` for
//! nested requests.
//!
//! `RZ_LEVELS=O2,oracle` lists only those levels; the usual filters choose cases by name.

use libtest_mimic::{Arguments, Trial};
use rz_tests::case::{Case, discover};
use rz_tests::toolchain::LEVELS;
use std::path::Path;

fn main() {
    let args = Arguments::from_args();
    let wanted: Option<Vec<String>> = std::env::var("RZ_LEVELS")
        .ok()
        .map(|l| l.split(',').map(|s| s.trim().to_string()).collect());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("files/run");
    let mut trials = Vec::new();
    for (name, path) in discover(&root) {
        let case = match Case::load(&path, &name) {
            Ok(case) => case,
            Err(why) => {
                trials.push(Trial::test(format!("{name}@oracle"), move || {
                    Err(why.into())
                }));
                continue;
            }
        };
        let mut levels = vec!["oracle"];
        levels.extend(LEVELS);
        if case.spec.variants {
            levels.extend(case.variants());
        }
        if case.has_width() {
            levels.push("width");
        }
        levels.push("second");
        for level in levels {
            if wanted
                .as_ref()
                .is_some_and(|w| !w.iter().any(|l| l == level))
            {
                continue;
            }
            let (name, path) = (name.clone(), path.clone());
            trials.push(Trial::test(format!("{name}@{level}"), move || {
                let case = Case::load(&path, &name)?;
                let done = match level {
                    "oracle" => case.oracle().map(|_| ()),
                    "width" => case.width(),
                    "second" => case.second(),
                    _ => case.gradient(level),
                };
                done.map_err(|e| e.to_string().into())
            }));
        }
    }
    libtest_mimic::run(&args, trials).exit();
}
