//! The example programs over a range of sizes: error, time ratio, tape.

use anyhow::{Result, bail};
use serde_json::json;

use super::{machine, write_json};
use crate::programs::{self, Build, Pipeline, Row};
use crate::project::{self, Profile};
use crate::setup;

/// Options of `bench gradients`.
#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Fail when a ratio is above its target.
    #[arg(long)]
    check: bool,
    /// Seconds to measure each size (default 2).
    #[arg(long)]
    seconds: Option<f64>,
}

/// Sizes of each program, with the ratio that is the target at that size, if it has one.
const SIZES: &[(&str, &[u32], Option<f64>)] = &[
    ("gmm", &[2, 5, 1000], None),
    ("gmm", &[10, 25, 1000], None),
    ("gmm", &[20, 50, 1000], Some(6.0)),
    ("gmm", &[64, 5, 1000], None),
    ("ba", &[2, 10, 10], None),
    ("ba", &[49, 7776, 31843], Some(12.0)),
    ("lstm", &[2, 64, 14], None),
    ("lstm", &[2, 1024, 14], Some(5.0)),
    ("lstm", &[4, 1024, 14], None),
];

/// Measures all sizes.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(&setup::Options::toolchain_only())?;
    let plugin = project::build_plugin(Profile::Release)?;
    let build = Build {
        plugin: &plugin,
        pipeline: Pipeline::After,
        flags: &["-O2"],
        folder: super::folder()?.join("gradients"),
    };
    let mut results = Vec::new();
    let mut misses = Vec::new();
    let mut built = Vec::new();
    for program in programs::ALL {
        built.push((program.name, build.program(*program)?));
    }
    println!(
        "{:<6} {:<22} {:>9} {:>7} {:>7} {:>12}",
        "", "sizes", "error", "ratio", "target", "tape"
    );
    for (name, sizes, target) in SIZES {
        let Some((_, path)) = built.iter().find(|(known, _)| known == name) else {
            continue;
        };
        let mut arguments = vec![
            "--seconds".to_owned(),
            options.seconds.unwrap_or(2.0).to_string(),
        ];
        arguments.extend(sizes.iter().map(ToString::to_string));
        let row = programs::measure(path, &arguments)?;
        println!(
            "{:<6} {:<22} {:>9.1e} {:>7.2} {:>7} {:>12}",
            row.program,
            row.sizes,
            row.error,
            row.ratio(),
            target.map_or_else(|| "-".to_owned(), |target| target.to_string()),
            programs::bytes(row.tape)
        );
        if !row.ok {
            bail!(
                "{} {}: the gradient failed its check",
                row.program,
                row.sizes
            );
        }
        if target.is_some_and(|target| row.ratio() > target) {
            misses.push(format!("{} {}", row.program, row.sizes));
        }
        results.push(as_json(&row, *target));
    }
    write_json(
        "gradients.json",
        &json!({ "machine": machine(), "rows": results }),
    )?;
    if options.check && !misses.is_empty() {
        bail!("above target: {}", misses.join(", "));
    }
    Ok(())
}

fn as_json(row: &Row, target: Option<f64>) -> serde_json::Value {
    json!({
        "program": row.program,
        "sizes": row.sizes,
        "relative_error": row.error,
        "primal_seconds": row.primal,
        "gradient_seconds": row.gradient,
        "ratio": row.ratio(),
        "target": target,
        "tape_bytes": row.tape,
        "allocations": row.allocations,
    })
}
