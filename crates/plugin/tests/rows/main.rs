//! Every row of the table of derivatives, by every name it has, through the whole compiler: a C program calls
//! the function, asks for its derivative in reverse and forward mode, and four at once, and prints them.
//!
//! What the derivative should be is the row's own evaluation, which the tests of `rz-rules` hold against
//! differences of an independent primal. A function that this machine's library lacks is linked as a table of the
//! row's primal at the points that are asked for: derivatives do not read it elsewhere.

mod names;
mod points;
mod program;
mod stubs;
#[path = "../support/mod.rs"]
mod support;

use libtest_mimic::{Arguments, Failed, Trial};
use names::{FLOATS, Float, Named, every, named};
use points::{expected, points};
use program::program;
use rz_rules::{Rule, Width, rules};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use stubs::stub;
use support::{plugin, run_within, scratch};

/// Hundreds of derivatives are compiled at once, and the machine may be busy.
const LIMIT: Duration = Duration::from_mins(5);
/// The rows are compiled in so many parts.
const CHUNKS: usize = 8;
/// Rows whose constrained intrinsics this machine has no code for.
const NOT_STRICT: &[&str] = &["minimum", "maximum"];

/// Compiles and links the program; what is undefined becomes a stub.
fn build(list: &[Named], float: &Float, flags: &[&str], dir: &Path) -> Result<(), Failed> {
    let clang = |arguments: &[&str]| {
        let mut command = Command::new("clang-22");
        command.current_dir(dir).arg("-w").args(arguments);
        run_within(&mut command, LIMIT)
    };
    std::fs::write(dir.join("rows.c"), program(list, float))?;
    let load = format!("-fpass-plugin={}", plugin().display());
    let mut arguments = vec!["-c", "rows.c", load.as_str()];
    arguments.extend(flags);
    let done = clang(&arguments);
    if done.code != Some(0) {
        return Err(done.stderr.into());
    }
    let link = ["rows.o", "stubs.c", "-lquadmath", "-lm", "-o", "rows"];
    std::fs::write(dir.join("stubs.c"), "")?;
    let done = clang(&link);
    let mut missing: Vec<&str> = (done.stderr.lines())
        .filter_map(|line| {
            line.split_once("undefined reference to `")?
                .1
                .split('\'')
                .next()
        })
        .collect();
    missing.sort_unstable();
    missing.dedup();
    let mut stubs = String::new();
    for symbol in missing {
        // Derivatives at `half` call functions of `float`.
        let widths = [float].into_iter().chain(FLOATS);
        let found = widths.flat_map(|float| every(float).map(move |named| (named, float)));
        let found = found.into_iter().find(|(named, _)| named.symbol == symbol);
        let (found, float) =
            found.ok_or_else(|| format!("{symbol} is called and is no row's name"))?;
        stubs.push_str(&stub(&found, float));
    }
    std::fs::write(dir.join("stubs.c"), stubs)?;
    let done = clang(&link);
    if done.code != Some(0) {
        return Err(done.stderr.into());
    }
    Ok(())
}

fn check(rows: &[&'static Rule], float: &Float, tag: &str, flags: &[&str]) -> Result<(), Failed> {
    let aliases = flags == ["-O2"];
    let list: Vec<Named> = (rows.iter())
        .flat_map(|rule| named(rule, float, aliases))
        .collect();
    let dir = scratch(&format!("rows-{tag}"));
    build(&list, float, flags, &dir)?;
    let done = run_within(&mut Command::new(dir.join("rows")), LIMIT);
    let mut lines = done.stdout.lines();
    let mut wrong = String::new();
    for named in &list {
        for point in points(named.rule) {
            let line = lines.next().unwrap_or_default();
            let found: Vec<f64> = (line.split_whitespace())
                .map(|word| word.parse().unwrap_or(f64::NAN))
                .collect();
            let expected = expected(named.rule, &point);
            let scale = point.adjoints.iter().fold(1.0, |m: f64, a| m.max(a.abs()));
            let same = |(found, want): (&f64, &f64)| {
                (found - want).abs() <= float.tolerance * want.abs().max(scale)
            };
            if found.len() != expected.len() || !found.iter().zip(&expected).skip(1).all(same) {
                let _ = writeln!(
                    wrong,
                    "{} at {:?}:\n  {found:?}\n  {expected:?}",
                    named.symbol, point.at
                );
            }
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.into())
    }
}

fn main() {
    let arguments = Arguments::from_args();
    let rows: Vec<&'static Rule> = rules().collect();
    let mut trials = Vec::new();
    for (number, chunk) in rows.chunks(rows.len().div_ceil(CHUNKS)).enumerate() {
        for float in FLOATS {
            let builds: &[(&str, &[&str])] = match float.width {
                Width::Double => &[
                    ("O0", &["-O0"]),
                    ("O2", &["-O2"]),
                    ("strict", &["-O1", "-ffp-model=strict", "-fno-math-errno"]),
                    ("fast", &["-O1", "-ffast-math"]),
                ],
                Width::Single => &[("O2", &["-O2"])],
                _ => &[("O1", &["-O1"])],
            };
            for (build, flags) in builds {
                let strict = *build == "strict";
                let mut chunk = chunk.to_vec();
                chunk.retain(|rule| !strict || !NOT_STRICT.contains(&rule.name()));
                let tag = format!("{}-{build}-{number}", float.c.replace(' ', "_"));
                let name = tag.clone();
                let flags = flags.to_vec();
                trials.push(Trial::test(name, move || {
                    check(&chunk, float, &tag, &flags)
                }));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
