//! `rz-fuzz`: random programs, differentiated at every level and judged by dual numbers.
//!
//! ```text
//! cargo run --release -p rz-fuzz -- --seed 1 --count 10000
//! cargo run -p rz-fuzz -- --seed 7 --count 100 --slices 1,2 --levels O2 --print
//! ```
//!
//! Programs are made from a seed and their number alone, so any of them can be made again
//! (`--seed S --only N`). What fails is made smaller and written as a run case.

mod choices;
mod coverage;
mod generate;
mod judge;
mod level;
mod module;
mod shrink;
mod text;
mod tree;

use choices::Choices;
use clap::Parser;
use level::Level;
use module::{Bench, Verdict};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tree::Program;

/// Random programs whose gradients are judged by dual numbers.
#[derive(Parser, Debug)]
struct Options {
    /// The seed; programs are numbered under it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many programs.
    #[arg(long, default_value_t = 1000)]
    count: u64,
    /// The first program's number.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Just this program.
    #[arg(long)]
    only: Option<u64>,
    /// Bytes to make one program from, instead of a seed.
    #[arg(long)]
    bytes: Option<PathBuf>,
    /// Programs in a module.
    #[arg(long, default_value_t = 50)]
    module: u64,
    /// Levels; modules take turns. A level may have variants: `O2-full` also runs what comes after
    /// differentiation, others are `split`, `width3`, `nested`, `address`, `memory`, `valgrind`.
    #[arg(
        long,
        default_value = "O2,O0,O1,O3,O2-split,O0-nested,O1-width3,O3-full",
        value_delimiter = ','
    )]
    levels: Vec<Level>,
    /// Parts of the grammar: 1 straight line, 2 branches, 3 memory, 4 counted loops, 5 calls, 6 other loops.
    #[arg(long, default_value = "1,2,3,4,5,6", value_delimiter = ',')]
    slices: Vec<u32>,
    /// Start no further module after this many seconds.
    #[arg(long)]
    seconds: Option<u64>,
    /// Modules at once.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Where failing programs go, as run cases.
    #[arg(long, default_value = "tests/files/run/fuzz")]
    save: PathBuf,
    /// Stop after this many failures.
    #[arg(long, default_value_t = 5)]
    stop: usize,
    /// Tries to make a failing program smaller.
    #[arg(long, default_value_t = 1500)]
    tries: usize,
    /// Seconds to spend on making one failing program smaller.
    #[arg(long, default_value_t = 120)]
    shrink_seconds: u64,
    /// Also make refused programs smaller and write one for each reason, beside the failures.
    #[arg(long)]
    save_refused: bool,
    /// Also report which plan decisions the programs exercised, by opcode.
    #[arg(long)]
    coverage: bool,
    /// Print the programs instead of judging them.
    #[arg(long)]
    print: bool,
    /// Only compile and run the oracle; needs no plugin.
    #[arg(long)]
    oracle: bool,
}

/// What was seen, summed over modules.
#[derive(Default)]
struct Totals {
    right: usize,
    skipped: usize,
    refused: BTreeMap<String, usize>,
    failures: Vec<String>,
    rules: BTreeMap<&'static str, usize>,
    broken: Vec<String>,
    coverage: coverage::Coverage,
}

fn main() -> ExitCode {
    let options = Options::parse();
    let slices = options.slices.iter().fold(0, |m, s| m | 1 << s);
    if let Some(n) = options.only {
        return judge_all(&options, slices, n, 1);
    }
    judge_all(&options, slices, options.from, options.count)
}

fn make(options: &Options, slices: u32, number: u64) -> Program {
    let bytes = options
        .bytes
        .as_ref()
        .and_then(|path| std::fs::read(path).ok());
    let mut choices = bytes.map_or_else(|| Choices::of(options.seed, number), Choices::bytes);
    generate::program(&mut choices, slices)
}

fn judge_all(options: &Options, slices: u32, from: u64, count: u64) -> ExitCode {
    if options.print {
        for number in from..from + count {
            println!(
                "// seed {} number {number}\n{}",
                options.seed,
                make(options, slices, number).print("p")
            );
        }
        return ExitCode::SUCCESS;
    }
    let plugin = match rz_tests::toolchain::plugin() {
        Ok(plugin) => plugin,
        Err(_) if options.oracle => PathBuf::new(),
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let totals = Mutex::new(Totals::default());
    let next = AtomicU64::new(0);
    let modules = count.div_ceil(options.module);
    let start = Instant::now();
    std::thread::scope(|scope| {
        for worker in 0..options.jobs.max(1) {
            let (totals, next, plugin) = (&totals, &next, plugin.clone());
            scope.spawn(move || {
                let folder = rz_tests::toolchain::work_dir().join(format!("fuzz-{}-{worker}", std::process::id()));
                let _ = std::fs::create_dir_all(&folder);
                let coverage = options.coverage.then(Mutex::default);
                let bench = Bench { folder, plugin, coverage };
                loop {
                    let module = next.fetch_add(1, Ordering::Relaxed);
                    let stop = totals.lock().is_ok_and(|t| t.failures.len() >= options.stop || t.broken.len() > 2);
                    let late = options.seconds.is_some_and(|s| start.elapsed().as_secs() >= s);
                    if module >= modules || stop || late {
                        break;
                    }
                    let first = from + module * options.module;
                    let last = (first + options.module).min(from + count);
                    one_module(options, slices, &bench, first..last, module as usize, totals);
                    if let Ok(t) = totals.lock() {
                        let done = t.right + t.skipped + t.refused.values().sum::<usize>();
                        eprintln!("{done} of {count}: {} right, {} skipped, {} refused, {} wrong, {:.0} s", t.right, t.skipped, t.refused.values().sum::<usize>(), t.failures.len(), start.elapsed().as_secs_f64());
                    }
                }
                if let (Some(seen), Ok(mut t)) = (bench.coverage, totals.lock()) {
                    t.coverage.merge(seen.into_inner().unwrap_or_default());
                }
                if std::env::var_os("RZ_KEEP").is_none() {
                    let _ = std::fs::remove_dir_all(&bench.folder);
                }
            });
        }
    });
    report(&totals.into_inner().unwrap_or_default(), start)
}

fn one_module(
    options: &Options,
    slices: u32,
    bench: &Bench,
    range: std::ops::Range<u64>,
    turn: usize,
    totals: &Mutex<Totals>,
) {
    let level = &options.levels[turn % options.levels.len()];
    let programs: Vec<Program> = range.clone().map(|n| make(options, slices, n)).collect();
    let refs: Vec<&Program> = programs.iter().collect();
    let judged = if options.oracle {
        bench.oracle_only(&refs, level)
    } else {
        bench.judge(&refs, level)
    };
    let verdicts = match judged {
        Ok(v) => v,
        Err(why) => {
            if let Ok(mut t) = totals.lock() {
                t.broken.push(format!(
                    "module of programs {range:?}: {}",
                    why.lines().take(12).collect::<Vec<_>>().join("\n")
                ));
            }
            return;
        }
    };
    for (program, (number, verdict)) in programs.iter().zip(range.zip(verdicts)) {
        let Ok(mut t) = totals.lock() else { return };
        for rule in &program.used {
            *t.rules.entry(rule).or_default() += 1;
        }
        match &verdict {
            Verdict::Right => t.right += 1,
            Verdict::Skipped => t.skipped += 1,
            Verdict::Refused(why) => {
                let seen = t.refused.entry(general(why)).or_default();
                *seen += 1;
                if *seen == 1 && options.save_refused {
                    drop(t);
                    save(options, bench, program, number, level, &verdict);
                }
            }
            Verdict::Wrong(_) => {
                if t.failures.len() < options.stop {
                    t.failures
                        .push(format!("seed {} number {number} at {level}", options.seed));
                    drop(t);
                    save(options, bench, program, number, level, &verdict);
                }
            }
        }
    }
}

/// A refusal's reason without the names of this program.
fn general(why: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for c in why.chars() {
        match c {
            '`' | '\'' => {
                quoted = !quoted;
                if quoted {
                    out.push('…');
                }
            }
            _ if quoted => {}
            c if c.is_ascii_digit() && !out.ends_with("RZ") && !out.contains('[') => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

fn save(
    options: &Options,
    bench: &Bench,
    program: &Program,
    number: u64,
    level: &Level,
    verdict: &Verdict,
) {
    let (small, why) = shrink::shrink(
        bench,
        program,
        level,
        verdict,
        options.tries,
        Duration::from_secs(options.shrink_seconds),
    );
    let name = format!("seed{}_{number}", options.seed);
    let first = match &why {
        Verdict::Wrong(t) | Verdict::Refused(t) => t.lines().next().unwrap_or_default().to_string(),
        _ => String::new(),
    };
    let case = shrink::as_case(
        &small,
        &format!(
            "Random program {number} of seed {}, at {level}: {first}",
            options.seed
        ),
    );
    let path = options.save.join(format!("{name}.c"));
    let _ = std::fs::create_dir_all(&options.save);
    let _ = std::fs::write(&path, &case);
    eprintln!(
        "FAILED {name} at {level}: {why:?}\n{case}\nwritten to {}",
        path.display()
    );
}

fn report(t: &Totals, start: Instant) -> ExitCode {
    let refused: usize = t.refused.values().sum();
    println!("right     {}", t.right);
    println!(
        "skipped   {} (overflow or a kink: no single right answer)",
        t.skipped
    );
    println!("refused   {refused}");
    for (why, count) in &t.refused {
        println!("  {count:>6}  {why}");
    }
    println!("wrong     {}", t.failures.len());
    for failure in &t.failures {
        println!("          {failure}");
    }
    println!("grammar");
    for (rule, count) in &t.rules {
        println!("  {count:>6}  {rule}");
    }
    t.coverage.print();
    for broken in &t.broken {
        println!("broken module (the generator's fault): {broken}");
    }
    println!("time      {:.1} s", start.elapsed().as_secs_f64());
    if t.failures.is_empty() && t.broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
