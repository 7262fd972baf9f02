//! The programs of `bench/programs` and the examples: primal, our gradient, and one written by hand, timed in one
//! run; beside them the gradient that is made before optimization.
//!
//! - `--others`: the same gradients by ADOL-C and JAX.
//! - `--ablation`: what each optimization is worth.
//! - `--scaling`: time and tape over the size.
//!
//! The plugin reads its options from the environment: `RIBOZYME_FUSE=0 cargo xtask bench programs` shows what
//! a choice is worth. `dopri5.cpp` needs the headers of Boost.
//!
//! Programs in `held_out/` are measured like the others; no optimization is developed on them.

mod ablation;
mod adolc;
mod entries;
mod jax;
mod others;
mod scaling;

use std::path::PathBuf;

use anyhow::{Result, bail};
use serde_json::json;

use self::entries::{Entry, Sizes};
use super::plot::{self, Bar};
use super::{folder, machine, write_book, write_json};
use crate::programs::{self, Build, Gradient, Pipeline, Row, Source};
use crate::project::{self, Profile};
use crate::setup;

/// Options of `bench programs`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Seconds to measure each size.
    #[arg(long, default_value_t = 1.0)]
    seconds: f64,
    /// Only programs whose file name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// Also the same gradients by ADOL-C and JAX, which are installed when they are not there.
    #[arg(long)]
    others: bool,
    /// Also what each optimization is worth: all but one of them.
    #[arg(long)]
    ablation: bool,
    /// Also time and tape over the size.
    #[arg(long)]
    scaling: bool,
    /// Everything.
    #[arg(long)]
    all: bool,
    /// Only the parts asked for, and not the table of programs.
    #[arg(long)]
    no_table: bool,
    /// Write the tables and plots into the book.
    #[arg(long)]
    record: bool,
}

/// Measures everything.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(&setup::Options::toolchain_only())?;
    let plugin = project::build_plugin(Profile::Release)?;
    let build = |pipeline, name: &str| -> Result<Build<'_>> {
        Ok(Build {
            plugin: &plugin,
            pipeline,
            flags: &["-O2"],
            folder: folder()?.join(name),
        })
    };
    let after = build(Pipeline::After, "programs")?;
    let parts: Vec<_> = Entry::named(&options.only)
        .map(|entry| Parts::new(&after, entry))
        .collect::<Result<_>>()?;
    if !options.no_table {
        let before = build(Pipeline::Before, "programs-before")?;
        table(options, &parts, &before)?;
    }
    if options.all || options.scaling {
        scaling::run(options, &parts)?;
    }
    if options.all || options.ablation {
        ablation::run(options, &parts)?;
    }
    if options.all || options.others {
        others::run(options, &parts)?;
    }
    Ok(())
}

/// A program, built once with our gradient, and what other gradients of it are linked with.
struct Parts<'a> {
    entry: &'static Entry,
    build: &'a Build<'a>,
    source: Source,
    rest: Vec<PathBuf>,
    /// The object of our gradient.
    object: PathBuf,
    /// The program with it.
    ours: PathBuf,
    /// Seconds that compiling the gradient took.
    compiling: f64,
}

impl<'a> Parts<'a> {
    fn new(build: &'a Build<'a>, entry: &'static Entry) -> Result<Self> {
        let source = entry.source();
        eprintln!("building {}", source.name());
        let rest = build.rest(&source)?;
        let start = std::time::Instant::now();
        let object = build.gradient(&source, &Gradient::Plugin, "ours")?;
        let compiling = start.elapsed().as_secs_f64();
        let mut objects = rest.clone();
        objects.push(object.clone());
        let ours = build.link(&format!("{}.ours", source.name()), &objects, &[])?;
        Ok(Self {
            entry,
            build,
            source,
            rest,
            object,
            ours,
            compiling,
        })
    }

    /// The program with one of its gradients; `name` tells it from its other ones.
    fn with(&self, gradient: &Gradient<'_>, name: &str) -> Result<PathBuf> {
        let object = self.build.gradient(&self.source, gradient, name)?;
        self.link(object, gradient, name)
    }

    fn link(&self, object: PathBuf, gradient: &Gradient<'_>, name: &str) -> Result<PathBuf> {
        let mut objects = self.rest.clone();
        objects.push(object);
        let library = match gradient {
            Gradient::Library { library, .. } => Some(*library),
            Gradient::Plugin | Gradient::With(_) => None,
        };
        let libraries: Vec<_> = library.into_iter().collect();
        let name = format!("{}.{name}", self.source.name());
        self.build.link(&name, &objects, &libraries)
    }
}

/// One run of a program.
fn measure(path: &std::path::Path, sizes: Sizes, seconds: f64) -> Result<Row> {
    let mut arguments = vec!["--seconds".to_owned(), seconds.to_string()];
    arguments.extend(sizes.iter().map(ToString::to_string));
    programs::measure(path, &arguments)
}

/// [`measure`] of a gradient that must be right.
fn measure_right(path: &std::path::Path, sizes: Sizes, seconds: f64) -> Result<Row> {
    let row = measure(path, sizes, seconds)?;
    if !row.ok {
        bail!("{} {}: {WRONG}: {}", row.program, row.sizes, path.display());
    }
    Ok(row)
}

/// A gradient that may be missing, and why.
type Maybe = Result<Row, String>;

struct Measured {
    row: Row,
    /// The gradient that was made before optimization.
    before: Maybe,
    target: Option<f64>,
    /// The most bytes of tape.
    limit: Option<u64>,
    held_out: bool,
    /// Seconds.
    compiling: f64,
}

fn table(options: &Options, programs: &[Parts<'_>], before: &Build<'_>) -> Result<()> {
    let mut all = Vec::new();
    print!("{HEAD}");
    for parts in programs {
        let entry = parts.entry;
        let early = before
            .gradient(&parts.source, &Gradient::Plugin, "before")
            .and_then(|object| parts.link(object, &Gradient::Plugin, "before"))
            .map_err(|error| short(&error));
        for sizes in entry.sizes {
            let row = measure_right(&parts.ours, sizes, options.seconds)?;
            let before = early.clone().and_then(|path| {
                let row = measure(&path, sizes, options.seconds / 2.0);
                row.map_err(|error| short(&error))
            });
            let measured = Measured {
                limit: entry.tape.limit(sizes, row.own),
                row,
                before,
                target: entry.target,
                held_out: entry.held_out(),
                compiling: parts.compiling,
            };
            print!("{}", line(&measured));
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

/// Why something failed, for the cell of a table: the code of the diagnostic if there is one.
fn short(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    match text.find("[RZ") {
        Some(at) => format!("refused: {}", &text[at + 1..(at + 7).min(text.len())]),
        None if text.contains(WRONG) => "wrong".to_owned(),
        None => "fails".to_owned(),
    }
}

/// What is said of a gradient that differs from its oracle.
const WRONG: &str = "the gradient failed its check";

const HEAD: &str = "| program | sizes | error | gradient ÷ primal | target | by hand ÷ primal | \
     before optimization ÷ primal | tape | at most | allocations | own | compile time |\n\
     |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";

fn line(measured: &Measured) -> String {
    let row = &measured.row;
    let star = if measured.held_out { "*" } else { "" };
    let hand = if row.hand > 0.0 {
        format!("{:.2}", row.hand / row.primal)
    } else {
        String::new()
    };
    format!(
        "| {}{star} | {} | {:.0e} | {} | {} | {hand} | {} | {} | {} | {} | {} | {:.2} s |\n",
        row.program,
        row.sizes,
        row.error,
        marked(row.ratio(), measured.target),
        measured.target.map_or_else(String::new, |t| t.to_string()),
        cell(&measured.before),
        match measured.limit {
            Some(limit) if row.tape > limit => format!("**{}**", programs::bytes(row.tape)),
            _ => programs::bytes(row.tape),
        },
        measured.limit.map_or_else(String::new, programs::bytes),
        row.allocations.saturating_sub(row.own_allocations),
        row.own_allocations,
        measured.compiling
    )
}

/// A ratio, in bold where it is above its target.
fn marked(ratio: f64, target: Option<f64>) -> String {
    if target.is_some_and(|target| ratio > target) {
        format!("**{ratio:.2}**")
    } else {
        format!("{ratio:.2}")
    }
}

/// The ratio of a gradient that may be missing or wrong.
fn cell(row: &Maybe) -> String {
    match row {
        Ok(row) if row.ok => format!("{:.2}", row.ratio()),
        Ok(row) => format!("wrong: {:.0e}", row.error),
        Err(why) => why.clone(),
    }
}

fn draw(all: &[Measured]) -> String {
    let bars: Vec<Bar> = all
        .iter()
        .map(|m| Bar {
            name: format!("{} {}", m.row.program, m.row.sizes),
            value: m.row.ratio(),
            mark: (m.row.hand > 0.0).then(|| m.row.hand / m.row.primal),
        })
        .collect();
    let axis = "gradient ÷ primal; the mark: the gradient written by hand";
    plot::bars("Time of gradients", axis, &bars)
}

fn page(all: &[Measured]) -> String {
    let rows: String = all.iter().map(line).collect();
    format!(
        "# A collection of programs\n\nPrograms from several fields, each written from its mathematics \
         (`bench/programs/`), with a gradient written by\nhand as oracle and as measure, and the three \
         objectives of the public ADBench suite (`examples/c/`), whose\noracle is dual numbers. One run of \
         `cargo xtask bench programs --record` on {}:\nmedians of interleaved batches, everything \
         compiled with `-O2`. No optimization was developed on programs\nwith a star. Compile time is \
         that of the file with the request, by the clock of the same busy machine.\n\n\
         *Before optimization* is the same file, differentiated after the front end and the promotion of \
         variables to\nregisters, and optimized as usual afterwards.\n\n\
         The *tape* is as on the page on [performance](performance.md): the most heap bytes live at once, beyond \
         those of\nthe primal. *At most* is its target: as much as the primal's own memory again, for its \
         shadow, and beyond that\nnothing for sums over points and the determinant, one state a step for the \
         integrators, two numbers a gate for\nthe LSTM. *Allocations* are those beyond the primal's \
         *own*. What misses its target is bold.\n\n![Ratios](images/programs.svg)\n\n{HEAD}{rows}\n\
         At n=100000 the tape of log-sum-exp is nothing of the primal's, which allocates nothing: for each \
         number the\ngradient keeps its exponential. So does the gradient by hand; without them each is \
         computed twice, and the exponential\nis most of the time. Short tapes lie on the stack.\n\n\
         [ADOL-C and JAX](programs-others.md) · [the worth of each optimization](programs-ablation.md) · \
         [time and tape over the size](programs-scaling.md)\n",
        machine()
    )
}

fn as_json(measured: &Measured) -> serde_json::Value {
    let row = &measured.row;
    let before = measured.before.as_ref();
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
        "before_optimization": {
            "ratio": before.ok().map(Row::ratio),
            "relative_error": before.ok().map(|row| row.error),
            "tape_bytes": before.ok().map(|row| row.tape),
            "failure": before.err(),
        },
        "tape_bytes": row.tape,
        "tape_limit_bytes": measured.limit,
        "allocations": row.allocations,
        "primal_bytes": row.own,
        "primal_allocations": row.own_allocations,
        "compile_seconds": measured.compiling,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_named_by_their_code() {
        let refused = anyhow::anyhow!("error: Enzyme: no [RZ0012]\n").context("opt failed");
        assert_eq!(short(&refused), "refused: RZ0012");
        assert_eq!(short(&anyhow::anyhow!("signal 11")), "fails");
    }

    #[test]
    fn missed_targets_are_bold() {
        assert_eq!(marked(2.0, Some(1.5)), "**2.00**");
        assert_eq!(marked(2.0, Some(2.5)), "2.00");
        assert_eq!(marked(2.0, None), "2.00");
    }
}
