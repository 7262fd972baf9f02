//! Files of realistic code as a user compiles them: `clang -O2` of a file that asks for gradients, beside the same file
//! that does not, and what of the time is spent where.
//!
//! Where the processor time goes is read from LLVM's own record of the run (`-ftime-trace`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::program::{self, Asks};
use super::{cost, folder};

/// Lines of the files.
const LINES: &[usize] = &[1_000, 3_000, 10_000];
/// What the plugin may take at most, as a multiple of `clang -O2` without it.
pub(super) const MOST: f64 = 2.0;
/// A table of constants of 1 MiB, and the milliseconds it may add.
const TABLE: usize = 131_072;
pub(super) const TABLE_MOST: f64 = 10.0;

/// One file.
pub(super) struct File {
    lines: usize,
    asks: Asks,
    /// Seconds without requests, without the plugin.
    plain: f64,
    /// Seconds with both.
    total: f64,
    shares: Shares,
}

/// Parts of the time of a compilation.
#[derive(Clone, Copy, Default)]
struct Shares {
    /// The plugin, with the passes that it runs.
    plugin: f64,
    /// The host simplifies the copies that are differentiated.
    copies: f64,
}

/// All files, and the milliseconds that the plugin takes more with a large table of constants.
pub(super) struct Files {
    pub(super) files: Vec<File>,
    pub(super) table: f64,
}

impl File {
    fn of(&self, seconds: f64) -> f64 {
        seconds / self.plain
    }

    /// What the plugin takes, itself and by what it gives the host to simplify before, over `clang -O2`.
    fn plugin(&self) -> f64 {
        self.of((self.shares.plugin + self.shares.copies) * self.total)
    }

    fn name(&self) -> String {
        let what = match self.asks {
            Asks::Once => "one gradient",
            _ => "a gradient of each stage",
        };
        format!("{} lines, {what}", self.lines)
    }

    /// Above the limit, in words.
    pub(super) fn failure(&self) -> Option<String> {
        (self.plugin() > MOST).then(|| format!("{}: {:.2}", self.name(), self.plugin()))
    }
}

/// Measures all files.
pub(super) fn measure(plugin: &Path) -> Result<Files> {
    let mut files = Vec::new();
    for &lines in LINES {
        let plain = source(
            &format!("file-{lines}"),
            &program::source(lines, Asks::Nothing),
        )?;
        let plain = cost::of(&clang(&plain, None))?;
        for asks in [Asks::Once, Asks::EachStage] {
            let stem = format!("file-{lines}-{asks:?}");
            let path = source(&stem, &program::source(lines, asks))?;
            let (total, shares, _) = traced(&path, plugin)?;
            let file = File {
                lines,
                asks,
                plain,
                total,
                shares,
            };
            println!(
                "{:<40} clang -O2 {plain:>6.2} s, with gradients {total:>6.2} s, {:.2}; the plugin {:.2}",
                file.name(),
                file.of(total),
                file.plugin()
            );
            files.push(file);
        }
    }
    let table = table(plugin)?;
    println!("a table of 1 MiB adds {table:.1} ms");
    Ok(Files { files, table })
}

/// Writes a program to the file `stem`.
fn source(stem: &str, text: &str) -> Result<PathBuf> {
    let folder = folder()?.join("compile-time");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{stem}.c"));
    std::fs::write(&path, text).context("writing a generated program")?;
    Ok(path)
}

fn clang(file: &Path, plugin: Option<&Path>) -> Command {
    let mut command = Command::new("clang-22");
    command.args(["-O2", "-w", "-c", "-o", "/dev/null"]);
    command.args(plugin.map(|path| format!("-fpass-plugin={}", path.display())));
    command.arg(file);
    command
}

/// Seconds of processor time, where they go, and the milliseconds of the plugin.
fn traced(file: &Path, plugin: &Path) -> Result<(f64, Shares, f64)> {
    let trace = file.with_extension("json");
    let mut command = clang(file, Some(plugin));
    command.arg(format!("-ftime-trace={}", trace.display()));
    let total = cost::of(command.arg("-ftime-trace-granularity=50"))?;
    let text = std::fs::read_to_string(&trace).context("reading what clang recorded")?;
    let record: Value = serde_json::from_str(&text).context("what clang recorded is not JSON")?;
    let events = record["traceEvents"].as_array().context("no events")?;
    let (shares, plugin) = shares(events).context("nothing about the compilation as a whole")?;
    Ok((total, shares, plugin))
}

/// Time that clang recorded: from, to, in microseconds.
type Span = (f64, f64);

fn shares(events: &[Value]) -> Option<(Shares, f64)> {
    let spans = |is: &dyn Fn(&str, &str) -> bool| -> Vec<Span> {
        let of = |event: &Value| {
            let name = event["name"].as_str()?;
            let detail = event["args"]["detail"].as_str().unwrap_or_default();
            let from = event["ts"].as_f64()?;
            let counts = event["ph"] == "X" && !name.starts_with("Total ") && is(name, detail);
            counts.then_some((from, from + event["dur"].as_f64()?))
        };
        events.iter().filter_map(of).collect()
    };
    let whole = together(spans(&|name, _| name == "ExecuteCompiler"));
    let plugin = spans(&|name, _| name.contains("RibozymePass"));
    let either =
        spans(&|name, detail| name.contains("RibozymePass") || detail.contains("rz.held."));
    let (plugin, either) = (together(plugin), together(either));
    let shares = Shares {
        plugin: plugin / whole,
        copies: (either - plugin) / whole,
    };
    (whole > 0.0).then_some((shares, plugin / 1e3))
}

/// The time that is in any of the spans.
fn together(mut spans: Vec<Span>) -> f64 {
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut end) = (0.0, f64::MIN);
    for (from, to) in spans {
        sum += (to - from.max(end)).max(0.0);
        end = end.max(to);
    }
    sum
}

/// Milliseconds of the plugin that a large table of constants adds: the least of a few runs with it and without.
fn table(plugin: &Path) -> Result<f64> {
    let mut least = [f64::MAX; 2];
    for _ in 0..7 {
        for (least, size) in least.iter_mut().zip([8, TABLE]) {
            let path = source(&format!("table-{size}"), &super::cliffs::with_table(size))?;
            *least = least.min(traced(&path, plugin)?.2);
        }
    }
    Ok(least[1] - least[0])
}

/// For other programs.
pub(super) fn rows(all: &Files) -> Vec<Value> {
    let row = |file: &File| {
        json!({
            "lines": file.lines,
            "asks": format!("{:?}", file.asks),
            "plain_seconds": file.plain,
            "total_seconds": file.total,
            "plugin_share": file.shares.plugin,
            "copies_share": file.shares.copies,
        })
    };
    all.files.iter().map(row).collect()
}

/// The section of the book, and how it begins.
pub(super) const TITLE: &str = "## Whole files";

/// See [`TITLE`].
pub(super) fn section(all: &Files) -> String {
    let mut out = format!("{TITLE}\n\n");
    out.push_str(
        "Files of generated C: loops over arrays and grids, records, branches, tables, recursion, \
         small solvers, calls, functions\nof `math.h`. `clang -O2` of the file without requests and without the plugin, \
         and of the same file with gradients: one of\neverything, or one of each stage (about 200 lines). The other \
         columns are multiples of the former: *plugin* is the plugin,\nwith the passes of LLVM that it runs; *copies* is \
         what the host takes to simplify the copies that are differentiated;\n*derivative* is the rest, the host's work \
         on the derivatives, which it optimizes and translates as it does the program.\n\n\
         | lines | asked for | clang -O2 (s) | with gradients (s) | plugin | copies | derivative | in all |\n\
         |---:|---|---:|---:|---:|---:|---:|---:|\n",
    );
    for file in &all.files {
        let plugin = file.of(file.shares.plugin * file.total);
        let copies = file.of(file.shares.copies * file.total);
        let all = file.of(file.total);
        let asked = match file.asks {
            Asks::Once => "everything",
            _ => "each stage",
        };
        let _ = writeln!(
            out,
            "| {} | {asked} | {:.2} | {:.2} | {plugin:.2} | {copies:.2} | {:.2} | {all:.2} |",
            file.lines,
            file.plain,
            file.total,
            all - 1.0 - plugin - copies
        );
    }
    let _ = write!(
        out,
        "\nA table of constants of 1 MiB adds {:.1} ms to the plugin's time.\n",
        all.table.max(0.0)
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_counted_once() {
        assert!(
            (together(vec![(1.0, 3.0), (0.0, 2.0), (2.5, 2.7), (5.0, 6.0)]) - 4.0).abs() < 1e-12
        );
    }

    #[test]
    fn shares_are_read() {
        let event = |name: &str, detail: &str, from: u32, time: u32| json!({ "ph": "X", "name": name, "ts": from, "dur": time, "args": { "detail": detail } });
        let events = [
            event("ExecuteCompiler", "", 0, 100_000),
            event("{anonymous}::RibozymePass", "[module]", 20_000, 30_000),
            event("SROAPass", "rz.held.f", 10_000, 5_000),
            event("GVNPass", "rz.held.f", 25_000, 5_000),
            event("Total SROAPass", "", 0, 5_000),
        ];
        let (shares, plugin) = shares(&events).unwrap();
        assert!((shares.plugin - 0.3).abs() < 1e-12 && (shares.copies - 0.05).abs() < 1e-12);
        assert!((plugin - 30.0).abs() < 1e-12);
    }
}
