//! The programs of `bench/programs`: primal, our gradient, and one written by hand, timed in one run.
//!
//! The plugin reads its options from the environment: `RIBOZYME_FUSE=0 cargo xtask bench programs` shows what
//! a choice is worth. `dopri5.cpp` needs the headers of Boost.
//!
//! Programs in `held_out/` are measured like the others; no optimization is developed on them.

use anyhow::{Result, bail};
use serde_json::json;

use super::plot::{self, Bar};
use super::{folder, machine, write_book, write_json};
use crate::programs::{self, Build, Pipeline, Row};
use crate::project::{self, Profile};
use crate::setup;

/// Options of `bench programs`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Seconds to measure each size.
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Only programs whose file name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// Write the table and the plot into the book.
    #[arg(long)]
    record: bool,
}

/// A program's file in `bench/programs`, the sizes at which it runs (none: its own), and the ratio of
/// gradient to primal that is the target.
struct Entry(&'static str, &'static [&'static [u32]], Option<f64>);

const ENTRIES: &[Entry] = &[
    Entry("log_sum_exp.c", &[&[400], &[100_000]], Some(1.3)),
    Entry("least_squares.c", &[&[1000, 50]], Some(1.5)),
    Entry("k_means.c", &[&[1000, 10, 8]], Some(1.5)),
    Entry("determinant.c", &[&[5], &[7], &[10]], Some(2.5)),
    Entry("brusselator.c", &[&[32, 100]], Some(2.5)),
    Entry("rk4.c", &[&[40, 200]], Some(3.0)),
    Entry("dopri5.cpp", &[&[500]], Some(3.0)),
    Entry("fft_recursive.c", &[&[4096]], Some(2.5)),
    Entry("fft_iterative.c", &[&[4096]], Some(2.5)),
    Entry("hand_tracking.c", &[&[22, 500]], Some(20.0)),
    Entry("particle.c", &[&[8, 1000]], None),
    Entry("matrix_descent.c", &[&[16, 24, 50]], None),
    Entry("held_out/black_scholes.c", &[&[64, 1000]], None),
    Entry("held_out/n_body.c", &[&[20, 50]], None),
    Entry("held_out/registration.c", &[&[64, 11]], None),
    Entry("held_out/kalman.c", &[&[6, 200]], None),
    Entry("held_out/conv_net.c", &[&[16, 4, 20]], None),
];

struct Measured {
    row: Row,
    target: Option<f64>,
    held_out: bool,
    /// Seconds.
    compiling: f64,
}

/// Measures everything.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(&setup::Options::toolchain_only())?;
    let plugin = project::build_plugin(Profile::Release)?;
    let build = Build {
        plugin: &plugin,
        pipeline: Pipeline::After,
        flags: &["-O2"],
        folder: folder()?.join("programs"),
    };
    let mut all = Vec::new();
    print!("{HEAD}");
    for Entry(file, sizes, target) in ENTRIES {
        if !file.contains(&options.only) {
            continue;
        }
        let (path, compiling) = build.single(&project::root().join("bench/programs").join(file))?;
        for sizes in *sizes {
            let mut arguments = vec!["--seconds".to_owned(), options.seconds.to_string()];
            arguments.extend(sizes.iter().map(ToString::to_string));
            let measured = Measured {
                row: programs::measure(&path, &arguments)?,
                target: *target,
                held_out: file.starts_with("held_out/"),
                compiling,
            };
            print!("{}", line(&measured));
            if !measured.row.ok {
                bail!("{file}: the gradient failed its check");
            }
            all.push(measured);
        }
    }
    let rows: Vec<_> = all.iter().map(as_json).collect();
    write_json(
        "programs.json",
        &json!({ "machine": machine(), "rows": rows }),
    )?;
    let svg = draw(&all);
    std::fs::write(folder()?.join("programs.svg"), &svg)?;
    if options.record {
        write_book("images/programs.svg", &svg)?;
        write_book("programs.md", &page(&all))?;
    }
    Ok(())
}

const HEAD: &str = "| program | sizes | error | gradient ÷ primal | target | by hand ÷ primal | \
     gradient ÷ by hand | tape | allocations | compile time |\n\
     |---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";

fn line(measured: &Measured) -> String {
    let row = &measured.row;
    let target = measured.target.map_or_else(String::new, |t| t.to_string());
    let star = if measured.held_out { "*" } else { "" };
    format!(
        "| {}{star} | {} | {:.0e} | {:.2} | {target} | {:.2} | {:.2} | {} | {} | {:.2} s |\n",
        row.program,
        row.sizes,
        row.error,
        row.ratio(),
        row.hand / row.primal,
        row.gradient / row.hand,
        programs::bytes(row.tape),
        row.allocations,
        measured.compiling
    )
}

fn draw(all: &[Measured]) -> String {
    let bars: Vec<Bar> = all
        .iter()
        .map(|m| Bar {
            name: format!("{} {}", m.row.program, m.row.sizes),
            value: m.row.ratio(),
            mark: Some(m.row.hand / m.row.primal),
        })
        .collect();
    let axis = "gradient ÷ primal; the mark: the gradient written by hand";
    plot::bars("Time of gradients", axis, &bars)
}

fn page(all: &[Measured]) -> String {
    let rows: String = all.iter().map(line).collect();
    format!(
        "# A collection of programs\n\nPrograms from several fields, each written from its mathematics \
         (`bench/programs/`), with a gradient written by\nhand as oracle and as measure. One run of \
         `cargo xtask bench programs --record` on {}:\nmedians of interleaved batches, everything \
         compiled with `-O2`, the tape as on the page on\n[performance](performance.md). No \
         optimization was developed on programs with a star.\nCompile time is that of the \
         file with the request, by the clock of the same busy machine.\n\n![Ratios](images/programs.svg)\n\n{HEAD}{rows}",
        machine()
    )
}

fn as_json(measured: &Measured) -> serde_json::Value {
    let row = &measured.row;
    json!({
        "program": row.program,
        "sizes": row.sizes,
        "held_out": measured.held_out,
        "relative_error": row.error,
        "primal_seconds": row.primal,
        "gradient_seconds": row.gradient,
        "hand_seconds": row.hand,
        "ratio": row.ratio(),
        "target": measured.target,
        "tape_bytes": row.tape,
        "allocations": row.allocations,
        "compile_seconds": measured.compiling,
    })
}
