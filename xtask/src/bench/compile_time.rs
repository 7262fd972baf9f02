//! The plugin's time over the size of the function, beside what the optimizer takes.
//!
//! For each shape and size: `opt -O2` on the module (without the plugin), and the plugin's pass alone on
//! the simplified module. Reading the file is measured apart and subtracted from both.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::generate::{self, Shape};
use super::plot::{self, Labels, Series};
use super::{exponent, folder, machine, median, write_book, write_json};
use crate::project::{self, Profile};
use crate::{run, setup};

/// Options of `bench compile-time`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Largest number of instructions.
    #[arg(long, default_value_t = 100_000)]
    largest: usize,
    /// Runs a point; the median counts.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Write the plot and the table into the book.
    #[arg(long)]
    record: bool,
}

/// What brings a module to the state in which the plugin meets it, without the plugin.
const SIMPLIFY: &str =
    "function(sroa,early-cse,simplifycfg,instcombine<no-verify-fixpoint>,loop-simplify,lcssa)";

struct Point {
    shape: Shape,
    instructions: usize,
    optimizer: f64,
    plugin: f64,
}

/// Measures all shapes and sizes.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(&setup::Options::toolchain_only())?;
    let plugin = project::build_plugin(Profile::Release)?;
    let mut points = Vec::new();
    println!(
        "{:<14} {:>12} {:>12} {:>12} {:>7}",
        "shape", "instructions", "opt -O2", "plugin", "ratio"
    );
    for shape in Shape::ALL {
        for size in sizes(options.largest) {
            let point = measure(&plugin, *shape, size, options.runs)?;
            println!(
                "{:<14} {:>12} {:>10.1}ms {:>10.1}ms {:>7.2}",
                shape.name(),
                point.instructions,
                1e3 * point.optimizer,
                1e3 * point.plugin,
                point.plugin / point.optimizer
            );
            points.push(point);
        }
        println!(
            "{:<14} time grows as size^{:.2}",
            shape.name(),
            growth(&points, *shape)
        );
    }
    let rows: Vec<_> = points
        .iter()
        .map(|point| {
            json!({
                "shape": point.shape.name(),
                "instructions": point.instructions,
                "optimizer_seconds": point.optimizer,
                "plugin_seconds": point.plugin,
            })
        })
        .collect();
    write_json(
        "compile-time.json",
        &json!({ "machine": machine(), "points": rows }),
    )?;
    let svg = draw(&points);
    std::fs::write(folder()?.join("compile-time.svg"), &svg)?;
    if options.record {
        write_book("images/compile-time.svg", &svg)?;
        write_book("compile-time.md", &page(&points))?;
    }
    Ok(())
}

/// 1, 3, 10, 30, … hundred up to the largest.
fn sizes(largest: usize) -> Vec<usize> {
    (0..9)
        .flat_map(|decade| [100 * 10_usize.pow(decade), 300 * 10_usize.pow(decade)])
        .take_while(|size| *size <= largest)
        .collect()
}

fn measure(plugin: &Path, shape: Shape, size: usize, runs: usize) -> Result<Point> {
    let folder = folder()?.join("compile-time");
    std::fs::create_dir_all(&folder)?;
    let stem = format!("{}-{size}", shape.name().replace(' ', "-"));
    let [c, raw, simple] = ["c", "bc", "simple.bc"].map(|e| folder.join(format!("{stem}.{e}")));
    std::fs::write(&c, generate::source(shape, size)).context("writing a generated program")?;
    run::output(
        Command::new("clang-22")
            .args(["-O2", "-Xclang", "-disable-llvm-passes", "-emit-llvm", "-c"])
            .arg(&c)
            .arg("-o")
            .arg(&raw),
    )?;
    run::output(
        Command::new("opt-22")
            .arg(format!("-passes={SIMPLIFY}"))
            .args([raw.as_os_str(), "-o".as_ref(), simple.as_os_str()]),
    )?;
    let opt = |passes: &str, file: &Path, load: bool| {
        let mut command = Command::new("opt-22");
        if load {
            command.arg(format!("-load-pass-plugin={}", plugin.display()));
        }
        command
            .arg(format!("-passes={passes}"))
            // It takes quadratic time in the length of a block and would flatter everything else.
            .args(["-vectorize-slp=false", "-disable-output"])
            .arg(file);
        command
    };
    let timed = |make: &dyn Fn() -> Command| -> Result<f64> {
        let mut samples = Vec::new();
        for _ in 0..runs.max(1) {
            samples.push(processor_time(&make())?);
        }
        Ok(median(samples))
    };
    let read_raw = timed(&|| opt("no-op-module", &raw, false))?;
    let read_simple = timed(&|| opt("no-op-module", &simple, true))?;
    let optimizer = timed(&|| opt("default<O2>", &raw, false))? - read_raw;
    let plugin = timed(&|| opt("ribozyme", &simple, true))? - read_simple;
    Ok(Point {
        shape,
        instructions: instructions(&simple)?,
        // Processor time is counted in milliseconds.
        optimizer: optimizer.max(1e-3),
        plugin: plugin.max(1e-3),
    })
}

/// Seconds of processor time a command takes, which other work on the machine does not stretch.
fn processor_time(command: &Command) -> Result<f64> {
    let mut shell = Command::new("bash");
    shell
        .arg("-c")
        .arg(r#"TIMEFORMAT='%U %S'; { time "$@" >&2 2>&3; } 3>&2 2>&1"#)
        .arg("bash")
        .arg(command.get_program())
        .args(command.get_args());
    let text = run::output(&mut shell)?;
    let times: Vec<f64> = text
        .lines()
        .last()
        .unwrap_or_default()
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()
        .with_context(|| format!("no times in {text:?}"))?;
    Ok(times.iter().sum())
}

/// Instructions of the module, as LLVM counts them.
fn instructions(file: &Path) -> Result<usize> {
    let text = run::output(Command::new("llvm-dis-22").arg(file).args(["-o", "-"]))?;
    let mut inside = false;
    let mut count = 0;
    for line in text.lines() {
        match line {
            _ if line.starts_with("define ") => inside = true,
            "}" => inside = false,
            _ if inside && line.starts_with("  ") => count += 1,
            _ => {}
        }
    }
    if count == 0 {
        bail!("{} has no instructions", file.display());
    }
    Ok(count)
}

/// The exponent from a thousand instructions on: below, the start of the process dominates.
fn growth(points: &[Point], shape: Shape) -> f64 {
    let points: Vec<_> = points
        .iter()
        .filter(|point| point.shape == shape && point.instructions >= 1_000)
        .map(|point| (point.instructions as f64, point.plugin))
        .collect();
    exponent(&points)
}

fn draw(points: &[Point]) -> String {
    let series: Vec<_> = Shape::ALL
        .iter()
        .flat_map(|shape| {
            let of = |name: &str, time: &dyn Fn(&Point) -> f64| Series {
                name: format!("{name}, {}", shape.name()),
                points: points
                    .iter()
                    .filter(|point| point.shape == *shape)
                    .map(|point| (point.instructions as f64, time(point)))
                    .collect(),
            };
            [of("plugin", &|p| p.plugin), of("opt -O2", &|p| p.optimizer)]
        })
        .collect();
    let labels = Labels {
        title: "Time to differentiate a module",
        x: "instructions (simplified)",
        y: "seconds of processor time",
    };
    plot::log_log(&labels, &series)
}

fn page(points: &[Point]) -> String {
    use std::fmt::Write as _;
    let mut out = format!(
        "# Compile time\n\nHow long the plugin takes over the size of a module, beside `opt -O2` on the same \
         module: processor\ntime without reading the file. LLVM's SLP vectorizer, which is quadratic \
         here, is off. Measured on\n{} by `cargo xtask bench compile-time \
         --record`.\n\n![Time over size](images/compile-time.svg)\n\n\
         | shape | instructions | opt -O2 (ms) | plugin (ms) | ratio |\n|---|---:|---:|---:|---:|\n",
        machine()
    );
    for point in points {
        let _ = writeln!(
            out,
            "| {} | {} | {:.1} | {:.1} | {:.2} |",
            point.shape.name(),
            point.instructions,
            1e3 * point.optimizer,
            1e3 * point.plugin,
            point.plugin / point.optimizer
        );
    }
    out.push_str("\nGrowth from a thousand instructions on, as a power of the size:");
    for shape in Shape::ALL {
        let _ = write!(out, " {} {:.2};", shape.name(), growth(points, *shape));
    }
    out.truncate(out.len() - 1);
    out.push_str(".\n");
    out
}

#[cfg(test)]
mod tests {
    use super::sizes;

    #[test]
    fn processor_time_is_read() {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", "echo noise; echo noise >&2"]);
        let time = super::processor_time(&command).unwrap();
        assert!((0.0..1.0).contains(&time));
        let mut failing = std::process::Command::new("false");
        assert!(super::processor_time(failing.arg("x")).is_err());
    }

    #[test]
    fn sizes_are_even_on_a_logarithmic_axis() {
        assert_eq!(sizes(10_000), [100, 300, 1_000, 3_000, 10_000]);
    }
}
