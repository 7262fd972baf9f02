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
use super::{cost, exponent, files, folder, machine, write_book, write_json};
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
    /// Only whole files; the rest of the page stays.
    #[arg(long)]
    files: bool,
    /// Write the plot and the table into the book.
    #[arg(long)]
    record: bool,
    /// Fail where the plugin takes more than three times as long as `opt -O2`, or grows faster than n·log n, or takes more
    /// than twice as long as `clang -O2` for a whole file.
    #[arg(long)]
    check: bool,
}

const MOST: f64 = 3.0;
/// What a power may differ from another by because of noise.
const NOISE: f64 = 0.05;

/// What brings a module to the state in which the plugin meets it, without the plugin.
const SIMPLIFY: &str =
    "function(sroa,early-cse,simplifycfg,instcombine<no-verify-fixpoint>,loop-simplify,lcssa)";

struct Point {
    shape: Shape,
    instructions: usize,
    optimizer: f64,
    plugin: f64,
}

/// What one module costs.
pub(super) struct Times {
    pub(super) instructions: usize,
    /// Seconds that `opt -O2` takes.
    pub(super) optimizer: f64,
    /// Seconds that the plugin takes.
    pub(super) plugin: f64,
}

/// Measures all shapes and sizes.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(&setup::Options::toolchain_only())?;
    let plugin = project::build_plugin(Profile::Release)?;
    let shapes = if options.files { &[] } else { Shape::ALL };
    let points = points(&plugin, shapes, options)?;
    let files = files::measure(&plugin)?;
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
        &json!({ "machine": machine(), "points": rows, "files": files::rows(&files), "table_ms": files.table }),
    )?;
    if options.record {
        record(options, &points, &files)?;
    }
    let mut failures = failures(&points);
    failures.extend(files.files.iter().filter_map(files::File::failure));
    if files.table > files::TABLE_MOST {
        failures.push(format!("a table of 1 MiB: {:.1} ms", files.table));
    }
    if options.check && !failures.is_empty() {
        bail!("above the limits: {}", failures.join("; "));
    }
    Ok(())
}

/// Writes what was measured into the book.
fn record(options: &Options, points: &[Point], files: &files::Files) -> Result<()> {
    const PAGE: &str = "compile-time.md";
    let first = if options.files {
        let known = std::fs::read_to_string(project::root().join("docs/src").join(PAGE))?;
        let first = known.split(files::TITLE).next().unwrap_or_default();
        first.trim_end().to_owned() + "\n"
    } else {
        write_book("images/compile-time.svg", &draw(points))?;
        page(points)
    };
    write_book(PAGE, &(first + "\n" + &files::section(files)))
}

/// Measures the shapes at all sizes.
fn points(plugin: &Path, shapes: &[Shape], options: &Options) -> Result<Vec<Point>> {
    let mut points = Vec::new();
    println!(
        "{:<14} {:>12} {:>12} {:>12} {:>7}",
        "shape", "instructions", "opt -O2", "plugin", "ratio"
    );
    for shape in shapes {
        for size in sizes(options.largest) {
            let point = measure(plugin, *shape, size, options.runs)?;
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
    Ok(points)
}

/// What is above the limits, in words.
fn failures(points: &[Point]) -> Vec<String> {
    let slow = points.iter().filter_map(|point| {
        let (ratio, name) = (point.plugin / point.optimizer, point.shape.name());
        (ratio > MOST).then(|| format!("{name}, {}: {ratio:.2}", point.instructions))
    });
    let steep = Shape::ALL.iter().filter_map(|shape| {
        let of = points.iter().filter(|point| point.shape == *shape);
        let per_n_log_n: Vec<_> = of
            .map(|point| (point.instructions as f64, point.plugin))
            .map(|(n, time)| (n, time / (n * n.ln())))
            .collect();
        let more = exponent(&per_n_log_n);
        (more > NOISE).then(|| format!("{}: n^{more:.2} more than n log n", shape.name()))
    });
    slow.chain(steep).collect()
}

/// 1, 3, 10, 30, … hundred up to the largest.
fn sizes(largest: usize) -> Vec<usize> {
    (0..9)
        .flat_map(|decade| [100 * 10_usize.pow(decade), 300 * 10_usize.pow(decade)])
        .take_while(|size| *size <= largest)
        .collect()
}

fn measure(plugin: &Path, shape: Shape, size: usize, runs: usize) -> Result<Point> {
    let stem = format!("{}-{size}", shape.name());
    let times = times(plugin, &stem, &generate::source(shape, size), runs)?;
    Ok(Point {
        shape,
        instructions: times.instructions,
        optimizer: times.optimizer,
        plugin: times.plugin,
    })
}

/// Measures the C program `source`, in files called `stem`.
pub(super) fn times(plugin: &Path, stem: &str, source: &str, runs: usize) -> Result<Times> {
    let folder = folder()?.join("compile-time");
    std::fs::create_dir_all(&folder)?;
    let stem = stem.replace(' ', "-");
    let [c, raw, simple] = ["c", "bc", "simple.bc"].map(|e| folder.join(format!("{stem}.{e}")));
    std::fs::write(&c, source).context("writing a generated program")?;
    run::output(
        Command::new("clang-22")
            .args([
                "-O2",
                "-w",
                "-Xclang",
                "-disable-llvm-passes",
                "-emit-llvm",
                "-c",
            ])
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
    let timed = |command: Command| cost::middle(&command, runs);
    let read_raw = timed(opt("no-op-module", &raw, false))?;
    let read_simple = timed(opt("no-op-module", &simple, true))?;
    let optimizer = timed(opt("default<O2>", &raw, false))? - read_raw;
    let plugin = timed(opt("ribozyme", &simple, true))? - read_simple;
    Ok(Times {
        instructions: instructions(&simple)?,
        // A difference of two measurements.
        optimizer: optimizer.max(1e-4),
        plugin: plugin.max(1e-4),
    })
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
    fn slow_and_steep_points_are_named() {
        let points = |power: f64, factor: f64| -> Vec<super::Point> {
            let point = |n: usize| super::Point {
                shape: super::Shape::Straight,
                instructions: n,
                optimizer: (n as f64).powf(power),
                plugin: factor * (n as f64).powf(power),
            };
            sizes(100_000).into_iter().map(point).collect()
        };
        assert!(super::failures(&points(1.0, 2.0)).is_empty());
        assert_eq!(super::failures(&points(1.5, 2.0)).len(), 1);
        assert_eq!(super::failures(&points(1.0, 4.0)).len(), 7);
    }

    #[test]
    fn sizes_are_even_on_a_logarithmic_axis() {
        assert_eq!(sizes(10_000), [100, 300, 1_000, 3_000, 10_000]);
    }
}
