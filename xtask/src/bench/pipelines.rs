//! Differentiating after optimization against differentiating before it.
//!
//! The same sources, flags and plugin; only the point in the pipeline differs. Before means after the
//! front end and mem2reg, with the usual optimizations afterwards. Nothing is required of the ratios;
//! of vector normalization it is: O(n) after, O(n²) before.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{exponent, folder, machine, write_book, write_json};
use crate::programs::{self, Build, Pipeline, Program, Row};
use crate::project::{self, Profile};
use crate::setup;

/// Options of `bench pipelines`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Seconds to measure each program.
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Write the table into the book.
    #[arg(long)]
    record: bool,
}

const NORMALIZE: Program = Program {
    name: "normalize",
    title: "a vector divided by its length",
    folder: "bench/c",
};

/// Lengths of the normalized vectors.
const LENGTHS: &[u32] = &[300, 1_000, 3_000, 10_000];

/// One program and size, both ways.
struct Pair {
    after: Row,
    before: Row,
}

/// Measures everything both ways.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(&setup::Options::toolchain_only())?;
    let plugin = project::build_plugin(Profile::Release)?;
    let build = |pipeline, name: &str| -> Result<Build<'_>> {
        Ok(Build {
            plugin: &plugin,
            pipeline,
            // A square root that may set errno cannot be moved.
            flags: &["-O2", "-fno-math-errno"],
            folder: folder()?.join(name),
        })
    };
    let builds = [
        build(Pipeline::After, "after")?,
        build(Pipeline::Before, "before")?,
    ];
    let programs = |program: Program| -> Result<[PathBuf; 2]> {
        Ok([builds[0].program(program)?, builds[1].program(program)?])
    };
    let mut pairs = Vec::new();
    for program in programs::ALL {
        pairs.push(measure(&programs(*program)?, options, &[])?);
    }
    let normalize = programs(NORMALIZE)?;
    for length in LENGTHS {
        pairs.push(measure(&normalize, options, &[*length])?);
    }
    print!("{}", table(&pairs));
    let (after, before) = growth(&pairs);
    println!("normalize: n^{after:.2} after, n^{before:.2} before");
    write_json("pipelines.json", &as_json(&pairs))?;
    if options.record {
        write_book("pipelines.md", &page(&pairs))?;
    }
    if after > 1.3 {
        bail!("the gradient of vector normalization grows as n^{after:.2}, not as n");
    }
    if before < 1.7 {
        bail!(
            "differentiated before optimization it grows as n^{before:.2}: this compares nothing"
        );
    }
    Ok(())
}

fn measure(paths: &[PathBuf; 2], options: &Options, sizes: &[u32]) -> Result<Pair> {
    let mut arguments = vec!["--seconds".to_owned(), options.seconds.to_string()];
    arguments.extend(sizes.iter().map(ToString::to_string));
    let one = |path| -> Result<Row> {
        let row = programs::measure(path, &arguments)?;
        if !row.ok {
            bail!(
                "{} {}: the gradient failed its check",
                row.program,
                row.sizes
            );
        }
        Ok(row)
    };
    Ok(Pair {
        after: one(&paths[0]).context("differentiated after optimization")?,
        before: one(&paths[1]).context("differentiated before optimization")?,
    })
}

/// Exponents of the gradient's time over the length, after and before.
fn growth(pairs: &[Pair]) -> (f64, f64) {
    let points = |of: &dyn Fn(&Pair) -> &Row| -> Vec<_> {
        pairs
            .iter()
            .filter(|pair| pair.after.program == NORMALIZE.name)
            .zip(LENGTHS)
            .map(|(pair, length)| (f64::from(*length), of(pair).gradient))
            .collect()
    };
    (
        exponent(&points(&|pair| &pair.after)),
        exponent(&points(&|pair| &pair.before)),
    )
}

/// Rows of a Markdown table; plain enough for a terminal.
fn table(pairs: &[Pair]) -> String {
    let mut out = String::from(
        "| program | sizes | primal | after | before | before ÷ after | tape after | tape before |\n\
         |---|---|---:|---:|---:|---:|---:|---:|\n",
    );
    for Pair { after, before } in pairs {
        let cells = [
            after.program.clone(),
            after.sizes.clone(),
            programs::seconds(after.primal),
            programs::seconds(after.gradient),
            programs::seconds(before.gradient),
            format!("{:.2}", before.gradient / after.gradient),
            programs::bytes(after.tape),
            programs::bytes(before.tape),
        ];
        out.push_str("| ");
        out.push_str(&cells.join(" | "));
        out.push_str(" |\n");
    }
    out
}

fn page(pairs: &[Pair]) -> String {
    let (after, before) = growth(pairs);
    format!(
        "# Before and after optimization\n\nThe same programs, differentiated at two points of the \
         pipeline: after the optimizer's\nsimplifications, as users get it, and directly after the front \
         end and mem2reg, with the same\noptimizations afterwards. Gradient times on {}, by `cargo xtask \
         bench pipelines --record`.\n\n{}\nThe length of a vector does not depend on the element that is \
         divided by it. The optimizer computes it\nonce; differentiated before that, every element \
         computes it and its derivative again. Time grows as\nn^{after:.2} after and as n^{before:.2} \
         before.\n",
        machine(),
        table(pairs)
    )
}

fn as_json(pairs: &[Pair]) -> serde_json::Value {
    let rows: Vec<_> = pairs
        .iter()
        .map(|Pair { after, before }| {
            json!({
                "program": after.program,
                "sizes": after.sizes,
                "primal_seconds": after.primal,
                "after_seconds": after.gradient,
                "before_seconds": before.gradient,
                "after_tape_bytes": after.tape,
                "before_tape_bytes": before.tape,
            })
        })
        .collect();
    json!({ "machine": machine(), "rows": rows })
}
