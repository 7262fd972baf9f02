//! Where compile time could fall off a cliff: programs that are extreme in one way, at two sizes.
//!
//! What counts is how the plugin's time grows from the smaller size to the larger, and that nothing
//! crashes or is refused.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::compile_time::{self, Times};
use super::whole::{self, Whole};
use super::{exponent, machine, write_book, write_json};
use crate::project::{self, Profile};
use crate::setup;

/// Options of `bench cliffs`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only programs whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// Write the table into the book.
    #[arg(long)]
    record: bool,
}

struct Cliff {
    name: &'static str,
    /// What the size counts.
    unit: &'static str,
    sizes: [usize; 2],
    source: fn(usize) -> String,
}

const CLIFFS: &[Cliff] = &[
    cliff("straight line", "operations", [12_500, 50_000], straight),
    cliff("branches", "blocks", [2_500, 10_000], branches),
    cliff("switch", "cases", [1_000, 4_000], switch),
    cliff("phis", "phis", [1_250, 5_000], phis),
    cliff("loop nest", "loops", [3, 12], nest),
    cliff("loops in a row", "loops", [50, 200], loops),
    cliff("call chain", "functions", [750, 3_000], chain),
    cliff("recursion web", "functions", [50, 200], web),
    cliff("requests", "requests", [125, 500], requests),
    cliff("requests of one", "requests", [125, 500], same_request),
    cliff("stores and loads", "accesses", [1_250, 5_000], memory),
    cliff("constant table", "doubles", [32_768, 131_072], table),
    cliff("generated file", "lines", [2_500, 10_000], file),
];

const fn cliff(
    name: &'static str,
    unit: &'static str,
    sizes: [usize; 2],
    source: fn(usize) -> String,
) -> Cliff {
    Cliff {
        name,
        unit,
        sizes,
        source,
    }
}

/// Growth above this power of the size is a cliff. Where the time is short, it is noise.
const STEEPEST: f64 = 1.4;
/// Lines of the generated file that is compiled as a whole, and how much longer `clang -O2` may take with a derivative.
const LINES: usize = 10_000;
const MOST: f64 = 2.0;
const SHORT: f64 = 0.05;

/// What was measured of one of them.
struct Row {
    cliff: &'static Cliff,
    points: Vec<(usize, Times)>,
    /// The power of the size that the plugin's time grows with.
    growth: f64,
}

/// Measures all of them.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(&setup::Options::toolchain_only())?;
    let plugin = project::build_plugin(Profile::Release)?;
    let mut rows = Vec::new();
    let mut steep = Vec::new();
    for cliff in CLIFFS {
        let wanted = options.only.as_ref();
        if wanted.is_some_and(|only| !cliff.name.contains(only.as_str())) {
            continue;
        }
        let mut points = Vec::new();
        for size in cliff.sizes {
            let source = format!("{HEAD}{}", (cliff.source)(size));
            let stem = format!("{}-{size}", cliff.name);
            let point = compile_time::times(&plugin, &stem, &source, 1)
                .with_context(|| format!("{} of size {size}", cliff.name))?;
            println!(
                "{:<16} {:>7} {:<10} opt -O2 {:>8.1} ms, plugin {:>8.1} ms, {:>6.2}",
                cliff.name,
                size,
                cliff.unit,
                1e3 * point.optimizer,
                1e3 * point.plugin,
                point.plugin / point.optimizer
            );
            points.push((size, point));
        }
        let shares = points
            .iter()
            .map(|(size, times)| (*size as f64, times.plugin));
        let growth = exponent(&shares.collect::<Vec<_>>());
        println!("{:<16} grows as size^{growth:.2}", cliff.name);
        if growth > STEEPEST && points.iter().any(|(_, times)| times.plugin > SHORT) {
            steep.push(cliff.name);
        }
        rows.push(Row {
            cliff,
            points,
            growth,
        });
    }
    let whole = if options.only.is_none() {
        let source = format!("{HEAD}{}", file(LINES));
        let whole = whole::measure(&plugin, "whole-file", &source)?;
        println!("{}", sentence(whole));
        Some(whole)
    } else {
        None
    };
    let records: Vec<_> = rows
        .iter()
        .flat_map(|row| row.points.iter().map(|point| (row.cliff, point)))
        .map(|(cliff, (size, times))| {
            json!({
                "program": cliff.name,
                "size": size,
                "optimizer_seconds": times.optimizer,
                "plugin_seconds": times.plugin,
            })
        })
        .collect();
    write_json(
        "cliffs.json",
        &json!({ "machine": machine(), "points": records }),
    )?;
    if options.record {
        write_book("compile-time-extremes.md", &page(&rows, whole))?;
    }
    if let Some(whole) = whole.filter(|whole| whole.ratio() > MOST) {
        bail!("above the limit of {MOST}: {}", sentence(whole));
    }
    if !steep.is_empty() {
        bail!("compile time grows too fast: {}", steep.join(", "));
    }
    Ok(())
}

const HEAD: &str = "extern int enzyme_dup, enzyme_const;\ndouble __enzyme_autodiff(void *, ...);\n\
     double sin(double);\n";

/// `gradient` of `f(const double *x)`.
const REQUEST: &str = "void gradient(const double *x, double *dx) {\n  \
     __enzyme_autodiff((void *)f, enzyme_dup, x, dx);\n}\n";

fn straight(size: usize) -> String {
    let mut out =
        String::from("static double f(const double *x) {\n  double a = x[0], b = x[1];\n");
    for i in 0..size / 2 {
        let _ = writeln!(out, "  a = a * b + x[{}];", i % 64);
        if i % 8 == 7 {
            out.push_str("  b = a * 0.5 - b;\n");
        }
    }
    out + "  return a + b;\n}\n" + REQUEST
}

fn branches(size: usize) -> String {
    let mut out =
        String::from("static double f(const double *x) {\n  double a = x[0], b = x[1];\n");
    for i in 0..size / 3 {
        let _ = writeln!(
            out,
            "  if (x[{}] > {i}) a = a * b; else b = b * a + {i};",
            i % 512
        );
    }
    out + "  return a + b;\n}\n" + REQUEST
}

fn switch(size: usize) -> String {
    let mut out = String::from(
        "static double f(const double *x) {\n  double a = 1;\n  for (int i = 0; i < 100; i++)\n    \
         switch ((int)(x[i] * 7)) {\n",
    );
    for i in 0..size {
        let _ = writeln!(
            out,
            "    case {}: a = a * x[{}] + {i}; break;",
            i * 3,
            i % 99
        );
    }
    out + "    }\n  return a;\n}\n" + REQUEST
}

fn phis(size: usize) -> String {
    let mut out = String::from("static double f(const double *x) {\n");
    for i in 0..size {
        let _ = writeln!(out, "  double v{i} = x[{i}];");
    }
    out.push_str("  for (int k = 0; k < 9; k++) {\n");
    for i in 0..size {
        let _ = writeln!(out, "    v{i} = v{i} * v{};", (i + 1) % size);
    }
    out.push_str("  }\n  double s = 0;\n");
    for i in 0..size {
        let _ = writeln!(out, "  s += v{i};");
    }
    out + "  return s;\n}\n" + REQUEST
}

fn nest(size: usize) -> String {
    let mut out = String::from("static double f(const double *x) {\n  double s = 1;\n");
    for i in 0..size {
        let _ = writeln!(out, "  for (int i{i} = 0; i{i} < (int)x[{i}]; i{i}++) {{");
        let _ = writeln!(out, "  s = s * x[i{i}] + 1;");
    }
    out.push_str("  s = s * s;\n");
    out.push_str(&"  }\n".repeat(size));
    out + "  return s;\n}\n" + REQUEST
}

fn loops(size: usize) -> String {
    let mut out = String::from("static double f(double *x) {\n  double s = 1;\n");
    for i in 0..size {
        let _ = writeln!(
            out,
            "  for (int i = 0; i < (int)x[{i}]; i++) {{ x[i] = x[i] * s; s += x[i + {i}]; }}"
        );
    }
    out + "  return s;\n}\n"
        + "void gradient(double *x, double *dx) {\n  \
           __enzyme_autodiff((void *)f, enzyme_dup, x, dx);\n}\n"
}

fn chain(size: usize) -> String {
    let mut out = String::from("static double g0(double a, double b) { return a * b; }\n");
    for i in 1..size {
        let _ = writeln!(
            out,
            "__attribute__((noinline)) static double g{i}(double a, double b) {{ return g{}(a * b, b) * b; }}",
            i - 1
        );
    }
    let _ = writeln!(
        out,
        "static double f(const double *x) {{ return g{}(x[0], x[1]); }}",
        size - 1
    );
    out + REQUEST
}

fn web(size: usize) -> String {
    let mut out = String::new();
    for i in 0..size {
        let _ = writeln!(out, "static double g{i}(double a, int n);");
    }
    for i in 0..size {
        let (j, k) = ((i + 1) % size, (i * 7 + 3) % size);
        let _ = writeln!(
            out,
            "__attribute__((noinline)) static double g{i}(double a, int n) {{ return n <= 0 ? a * a : g{j}(a * {i}.5, n - 1) * g{k}(a, n - 2); }}"
        );
    }
    out + "static double f(const double *x) { return g0(x[0], 9); }\n" + REQUEST
}

fn requests(size: usize) -> String {
    let mut out = String::from(
        "__attribute__((noinline)) static double shared(double a, const double *x) {\n  \
         double s = 0;\n  for (int i = 0; i < 50; i++) s += sin(a * x[i]);\n  return s;\n}\n",
    );
    for i in 0..size {
        let _ = writeln!(
            out,
            "static double f{i}(const double *x) {{ return shared(x[{i}] * {i}, x); }}\n\
             void gradient{i}(const double *x, double *dx) {{ __enzyme_autodiff((void *)f{i}, enzyme_dup, x, dx); }}"
        );
    }
    out
}

fn same_request(size: usize) -> String {
    let mut out = String::from(
        "static double f(const double *x) {\n  \
         double s = 0;\n  for (int i = 0; i < 50; i++) s += sin(x[0] * x[i]);\n  return s;\n}\n",
    );
    for i in 0..size {
        let _ = writeln!(
            out,
            "void gradient{i}(const double *x, double *dx) {{ __enzyme_autodiff((void *)f, enzyme_dup, x, dx); }}"
        );
    }
    out
}

fn memory(size: usize) -> String {
    let mut out = String::from("static double f(double *x) {\n");
    for i in 0..size / 4 {
        let _ = writeln!(
            out,
            "  x[{}] = x[{}] * x[{}] + x[{}];",
            i % 997,
            (i * 5 + 1) % 997,
            (i * 11 + 2) % 997,
            (i * 3) % 997
        );
    }
    out + "  return x[0];\n}\n"
        + "void gradient(double *x, double *dx) {\n  \
           __enzyme_autodiff((void *)f, enzyme_dup, x, dx);\n}\n"
}

/// A program of its own that goes through a table of `size` constants.
pub(super) fn with_table(size: usize) -> String {
    format!("{HEAD}{}", table(size))
}

fn table(size: usize) -> String {
    let mut out = format!("static const double table[{size}] = {{\n");
    for i in 0..size {
        let _ = write!(
            out,
            "{}.25,{}",
            i % 1000,
            if i % 16 == 15 { "\n" } else { "" }
        );
    }
    out.push_str("};\n");
    let _ = writeln!(
        out,
        "static double f(const double *x) {{\n  double s = 0;\n  \
         for (int i = 0; i < {size}; i++) s += table[i] * x[i % 7];\n  return s;\n}}"
    );
    out + REQUEST
}

/// What a code generator would write: functions of some lines with loops, branches and arrays.
fn file(size: usize) -> String {
    let mut out = String::new();
    let count = size / 10;
    for i in 0..count {
        let _ = writeln!(
            out,
            "static double g{i}(const double *restrict x, double *restrict y, int n) {{\n  \
               double s = {i}.5;\n  for (int i = 0; i < n; i++) {{\n    double t = x[i] * s;\n    \
               if (t > {i}) t = sin(t);\n    y[i] = y[i] * 0.5 + t;\n    s += t * x[{}];\n  }}\n  \
               return s;\n}}",
            i % 100
        );
    }
    out.push_str("static double f(const double *x, double *y, int n) {\n  double s = 0;\n");
    for i in 0..count {
        let _ = writeln!(out, "  s += g{i}(x, y, n);");
    }
    out + "  return s;\n}\n"
        + "void gradient(const double *x, double *dx, double *y, double *dy, int n) {\n  \
           __enzyme_autodiff((void *)f, enzyme_dup, x, dx, enzyme_dup, y, dy, enzyme_const, n);\n}\n"
}

fn sentence(whole: Whole) -> String {
    format!(
        "The generated file of {LINES} lines as a whole: clang -O2 takes {:.2} s, with its gradient {:.2} s, {:.2} times \
         as long.",
        whole.plain,
        whole.plugin,
        whole.ratio()
    )
}

fn page(rows: &[Row], whole: Option<Whole>) -> String {
    let mut out = format!(
        "# Compile time of extreme programs\n\nPrograms that are large in one way, measured as on \
         [the page about size](compile-time.md), on\n{}, by `cargo xtask bench cliffs --record`. The \
         growth is that of the plugin's time, as a power of\nthe size; the benchmark fails above \
         {STEEPEST}.\n\n\
         | program | size | opt -O2 (ms) | plugin (ms) | ratio | growth |\n\
         |---|---:|---:|---:|---:|---:|\n",
        machine()
    );
    for Row {
        cliff,
        points,
        growth,
    } in rows
    {
        for (index, (size, times)) in points.iter().enumerate() {
            let _ = writeln!(
                out,
                "| {} | {size} {} | {:.1} | {:.1} | {:.2} | {} |",
                cliff.name,
                cliff.unit,
                1e3 * times.optimizer,
                1e3 * times.plugin,
                times.plugin / times.optimizer,
                if index == 0 {
                    String::new()
                } else {
                    format!("{growth:.2}")
                }
            );
        }
    }
    if let Some(whole) = whole {
        let _ = write!(out, "\n{}\n", sentence(whole));
    }
    out
}
