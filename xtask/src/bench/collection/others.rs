//! The same gradients by other tools, each in units of our primal.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::json;

use super::{Maybe, Options, Parts, adolc, cell, jax, measure_right, short};
use crate::bench::{machine, write_book, write_json};
use crate::programs::Row;

/// One program at one size.
struct Compared {
    ours: Row,
    adolc: Option<adolc::Times>,
    jax: Result<jax::Times, String>,
}

/// Measures and writes the table.
pub(super) fn run(options: &Options, programs: &[Parts<'_>]) -> Result<()> {
    adolc::install()?;
    let python = jax::install()?;
    let version = jax::version(&python)?;
    let seconds = options.seconds / 2.0;
    let mut all = Vec::new();
    print!("{HEAD}");
    for parts in programs {
        let name = parts.source.name();
        let taped = adolc::Program::build(parts);
        for sizes in parts.entry.sizes {
            let jax = match jax::missing(&name) {
                Some(_) => Err(String::new()),
                None => jax::measure(&python, &parts.source, &parts.ours, sizes, seconds)
                    .map_err(|error| failed(&error)),
            };
            let compared = Compared {
                ours: measure_right(&parts.ours, sizes, seconds)?,
                adolc: taped.measure(&name, sizes, seconds),
                jax,
            };
            print!("{}", line(&compared));
            all.push(compared);
        }
    }
    let rows: Vec<_> = all.iter().map(as_json).collect();
    let value = json!({ "machine": machine(), "jax": version, "rows": rows });
    write_json("programs-others.json", &value)?;
    if options.record {
        write_book("programs-others.md", &page(&all, &version))?;
    }
    Ok(())
}

/// The reason goes to the terminal, the fact to the table.
fn failed(error: &anyhow::Error) -> String {
    eprintln!("{error:#}");
    short(error)
}

const HEAD: &str = "| program | sizes | primal | ours | ADOL-C | ADOL-C, trace reused | JAX | JAX ÷ its own primal | \
     error of ADOL-C | error of JAX |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n";

/// Above this a difference is no rounding.
const WRONG: f64 = 1e-8;

fn line(compared: &Compared) -> String {
    let Compared { ours, adolc, jax } = compared;
    let taped =
        |of: fn(&adolc::Times) -> &Maybe| adolc.as_ref().map_or_else(String::new, |t| cell(of(t)));
    let (theirs, own, error) = match jax {
        Ok(times) if times.error < WRONG => (
            format!("{:.2}", times.gradient / ours.primal),
            format!("{:.2}", times.gradient / times.primal),
            format!("{:.0e}", times.error),
        ),
        Ok(times) => (
            "wrong".to_owned(),
            String::new(),
            format!("{:.0e}", times.error),
        ),
        Err(why) => (why.clone(), String::new(), String::new()),
    };
    let rounding = adolc
        .as_ref()
        .and_then(|times| times.taped.as_ref().ok())
        .map_or_else(String::new, |row| format!("{:.0e}", row.error));
    format!(
        "| {} | {} | {} | {:.2} | {} | {} | {theirs} | {own} | {rounding} | {error} |\n",
        ours.program,
        ours.sizes,
        crate::programs::seconds(ours.primal),
        ours.ratio(),
        taped(|times| &times.taped),
        taped(|times| &times.reused),
    )
}

fn page(all: &[Compared], version: &str) -> String {
    let rows: String = all.iter().map(line).collect();
    format!(
        "# ADOL-C and JAX\n\nGradients of [the collection](programs.md) by an established library of overloaded \
         operators and by a compiler of\narray programs. All times are in units of the same primal, the C \
         program, unless a column says something else.\nOne run of `cargo xtask bench programs --others --record` on \
         {}.\n\n\
         - **ADOL-C** (Debian's package; `bench/others/adolc/`): the same loops over its number type. A call records \
         the\n  function in memory and goes back over the trace. *Trace reused* records once and then evaluates the \
         trace,\n  which is right as long as no branch changes. It is measured where it is written.\n\
         - **JAX {version}** (`bench/others/jax/programs.py`): programs over whole arrays, in double precision, \
         compiled before\n  they are timed, on one core of the processor. Small arrays in long loops are not what it is \
         for. Both Fourier\n  transforms are its own library function. It has no row where it cannot express the \
         program:\n{}\
         - Errors are relative to the gradient by hand, or to dual numbers for ADBench's objectives; those of JAX to \
         ours.\n\n{HEAD}{rows}",
        machine(),
        cannot(all)
    )
}

fn cannot(all: &[Compared]) -> String {
    let mut out = String::new();
    let mut names: Vec<_> = all.iter().map(|row| row.ours.program.as_str()).collect();
    names.dedup();
    for name in names {
        if let Some(why) = jax::missing(name) {
            let _ = writeln!(out, "  - {name}: {why}.");
        }
    }
    out
}

fn as_json(compared: &Compared) -> serde_json::Value {
    let Compared { ours, adolc, jax } = compared;
    let seconds = |of: fn(&adolc::Times) -> &Maybe| {
        let row = adolc.as_ref().and_then(|times| of(times).as_ref().ok());
        row.map(|row| json!({ "ratio": row.ratio(), "relative_error": row.error }))
    };
    json!({
        "program": ours.program,
        "sizes": ours.sizes,
        "primal_seconds": ours.primal,
        "gradient_seconds": ours.gradient,
        "ratio": ours.ratio(),
        "adolc": seconds(|times| &times.taped),
        "adolc_reused": seconds(|times| &times.reused),
        "jax": jax.as_ref().ok().map(|times| json!({
            "primal_seconds": times.primal,
            "gradient_seconds": times.gradient,
            "compile_seconds": times.compiling,
            "relative_error": times.error,
        })),
    })
}
