//! Many programs in one translation unit: written, built, run and judged together.
//!
//! One module costs one start of the compiler a mode instead of one a program. A program that the plugin
//! refuses or that crashes is taken out and the rest is judged again, so one bad program costs little.

use crate::coverage::Coverage;
use crate::judge::{broken, compare, refusal_at_run_time, refusals, single_refusal, skip};
use crate::level::Level;
use crate::text::text;
use crate::tree::Program;
use rz_tests::numbers::Report;
use rz_tests::toolchain::{DUAL, Output, PLAIN, clang, run};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

const COMPILE_LIMIT: Duration = Duration::from_secs(100);
const RUN_LIMIT: Duration = Duration::from_mins(1);
/// What clang says when it crashes.
const HOST_CRASH: &str = "PLEASE submit a bug report";

/// What became of one program.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Verdict {
    /// Both modes agree with the oracle.
    Right,
    /// The oracle gives no well-conditioned answer here: a kink, an overflow. Or the compiler crashes by itself.
    Skipped,
    /// The plugin answered with a coded error.
    Refused(String),
    /// Wrong numbers, a crash or a hang.
    Wrong(String),
}

/// Where and how modules are built.
pub(crate) struct Bench {
    /// A folder of this worker's own.
    pub(crate) folder: PathBuf,
    /// The plugin under test.
    pub(crate) plugin: PathBuf,
    /// What plans decided, when that is asked for.
    pub(crate) coverage: Option<Mutex<Coverage>>,
}

impl Bench {
    fn compile(
        &self,
        tag: &str,
        text: &str,
        flags: &[String],
        dual: bool,
    ) -> Result<PathBuf, String> {
        let source = self
            .folder
            .join(format!("{tag}.{}", if dual { "cc" } else { "c" }));
        fs::write(&source, text).map_err(|e| e.to_string())?;
        let program = self.folder.join(tag);
        let mut command = clang();
        command
            .args(if dual { DUAL } else { PLAIN })
            .args(flags)
            .arg("-ferror-limit=0")
            .arg("-o")
            .arg(&program)
            .arg(&source)
            .arg("-lm");
        if self.coverage.is_some() && !dual {
            command.args(["-mllvm", "-ribozyme-print-plan"]);
        }
        let built = run(&mut command, COMPILE_LIMIT);
        if built.ok {
            let seen = self.coverage.as_ref().map(Mutex::lock);
            if let Some(Ok(mut seen)) = seen.filter(|_| !dual) {
                seen.add(&built.stderr);
            }
            Ok(program)
        } else {
            Err(format!("{}\n{}", built.end, built.stderr))
        }
    }

    /// The gradients as the plugin leaves them, with the least of a back end.
    ///
    /// Most of a full build is spent on what comes after differentiation: loop passes and the code
    /// generator. A pre-link for `ThinLTO` ends where the plugin has done its work, and instructions are
    /// then selected without optimization.
    fn compile_quickly(
        &self,
        text: &str,
        flags: &[String],
        link: &[&str],
    ) -> Result<PathBuf, String> {
        let mut early = flags.to_vec();
        early.push("-c".into());
        early.push("-flto=thin".into());
        let bitcode = self.compile("gradient.bc", text, &early, false)?;
        let (object, program) = (self.folder.join("gradient.o"), self.folder.join("gradient"));
        let mut select = clang();
        select.args(["-O0", "-c", "-x", "ir"]).arg(&bitcode);
        select.arg("-o").arg(&object);
        let mut join = clang();
        join.args(link)
            .arg(&object)
            .args(["-lm", "-o"])
            .arg(&program);
        for command in [&mut select, &mut join] {
            let built = run(command, COMPILE_LIMIT);
            if !built.ok {
                return Err(format!("{}\n{}", built.end, built.stderr));
            }
        }
        Ok(program)
    }

    /// The oracle's rows, or the reason why the programs do not compile as C++.
    fn oracle(&self, programs: &[&Program], level: &Level) -> Result<Report, String> {
        let flags: Vec<String> = level
            .definitions()
            .into_iter()
            .chain(["-O0".into()])
            .collect();
        let program = self.compile("dual", &text(programs, false, level), &flags, true)?;
        let ran = run(&mut std::process::Command::new(&program), RUN_LIMIT);
        let report = Report::parse(&ran.stdout);
        if report.ended {
            Ok(report)
        } else {
            Err(format!("the oracle ended with {}", ran.end))
        }
    }

    /// Only which programs are well conditioned, to check the grammar without a plugin.
    pub(crate) fn oracle_only(
        &self,
        programs: &[&Program],
        level: &Level,
    ) -> Result<Vec<Verdict>, String> {
        self.compile(
            "syntax",
            &text(programs, true, level),
            &[level.flags(), vec!["-fsyntax-only".into()]].concat(),
            false,
        )?;
        let oracle = self.oracle(programs, level)?;
        let verdict = |(i, p)| {
            if skip(&oracle, i, p) {
                Verdict::Skipped
            } else {
                Verdict::Right
            }
        };
        Ok(programs
            .iter()
            .enumerate()
            .map(|(i, p)| verdict((i, *p)))
            .collect())
    }

    /// Judges programs at a level. An error means that the programs themselves are broken.
    pub(crate) fn judge(
        &self,
        programs: &[&Program],
        level: &Level,
    ) -> Result<Vec<Verdict>, String> {
        let oracle = self.oracle(programs, level)?;
        let mut verdicts = vec![None; programs.len()];
        for (i, p) in programs.iter().enumerate() {
            if skip(&oracle, i, p) {
                verdicts[i] = Some(Verdict::Skipped);
            }
        }
        self.gradients(programs, level, &oracle, &mut verdicts)?;
        Ok(verdicts
            .into_iter()
            .map(|v| v.unwrap_or(Verdict::Wrong("no verdict".into())))
            .collect())
    }

    /// Judges candidates of which some may not compile; those get no verdict.
    pub(crate) fn judge_candidates(
        &self,
        programs: &[&Program],
        level: &Level,
    ) -> Vec<Option<Verdict>> {
        let mut out = vec![None; programs.len()];
        let mut alive: Vec<usize> = (0..programs.len()).collect();
        while !alive.is_empty() {
            let chosen: Vec<&Program> = alive.iter().map(|&i| programs[i]).collect();
            match self.judge(&chosen, level) {
                Ok(verdicts) => {
                    for (i, v) in alive.iter().zip(verdicts) {
                        out[*i] = Some(v);
                    }
                    break;
                }
                Err(errors) => {
                    let bad = broken(&chosen, &errors);
                    if bad.is_empty() {
                        break;
                    }
                    let kept = alive.iter().enumerate().filter(|(k, _)| !bad.contains(k));
                    alive = kept.map(|(_, i)| *i).collect();
                }
            }
        }
        out
    }

    /// Builds and runs the programs without a verdict, taking out those that stop the others.
    fn gradients(
        &self,
        programs: &[&Program],
        level: &Level,
        oracle: &Report,
        verdicts: &mut [Option<Verdict>],
    ) -> Result<(), String> {
        let left = (0..programs.len()).filter(|&i| verdicts[i].is_none());
        let mut queue: Vec<Vec<usize>> = vec![left.collect()];
        while let Some(set) = queue.pop() {
            if set.is_empty() {
                continue;
            }
            let chosen: Vec<&Program> = set.iter().map(|&i| programs[i]).collect();
            match self.build_gradients(&text(&chosen, true, level), level) {
                Ok(program) => execute(level, &program, &set, programs, oracle, verdicts),
                Err(errors)
                    if errors.contains("error: use of undeclared")
                        || errors.contains("error: expected") =>
                {
                    return Err(errors);
                }
                Err(errors)
                    if set.len() == 1
                        && errors.contains(HOST_CRASH)
                        && self.crashes_alone(chosen[0], level) =>
                {
                    verdicts[set[0]] = Some(Verdict::Skipped);
                }
                Err(errors) => take_out(&set, &errors, verdicts, &mut queue),
            }
        }
        Ok(())
    }

    /// True when the compiler crashes on a program without the plugin, too.
    fn crashes_alone(&self, program: &Program, level: &Level) -> bool {
        let mut flags = level.flags();
        flags.push("-c".into());
        let source = text(&[program], true, level);
        let built = self.compile("alone.o", &source, &flags, false);
        built.is_err_and(|errors| errors.contains(HOST_CRASH))
    }

    fn build_gradients(&self, source: &str, level: &Level) -> Result<PathBuf, String> {
        let mut flags = level.flags();
        flags.push(format!("-fpass-plugin={}", self.plugin.display()));
        // One refused program must not cost a second build of all the others.
        flags.extend(["-mllvm".into(), "-ribozyme-runtime-error".into()]);
        flags.extend(["-mllvm".into(), "-ribozyme-verify".into()]);
        if let Ok(more) = std::env::var("RIBOZYME_PLUGIN_FLAGS") {
            flags.extend(more.split_whitespace().map(String::from));
        }
        if level.full {
            self.compile("gradient", source, &flags, false)
        } else {
            self.compile_quickly(source, &flags, level.link())
        }
    }
}

/// Gives the programs that the errors are about their verdict and queues the others; halves a set of
/// which no program is named.
fn take_out(
    set: &[usize],
    errors: &str,
    verdicts: &mut [Option<Verdict>],
    queue: &mut Vec<Vec<usize>>,
) {
    let mut named = refusals(errors);
    named.retain(|k, _| *k < set.len());
    if set.len() == 1 {
        verdicts[set[0]] = Some(single_refusal(errors));
    } else if named.is_empty() {
        let (low, high) = set.split_at(set.len() / 2);
        queue.extend([low.to_vec(), high.to_vec()]);
    } else {
        for (k, why) in &named {
            verdicts[set[*k]] = Some(Verdict::Refused(why.clone()));
        }
        let others = set
            .iter()
            .enumerate()
            .filter(|(k, _)| !named.contains_key(k));
        queue.push(others.map(|(_, i)| *i).collect());
    }
}

/// Runs a module's program, and again after each crash. What is only noticed at the end, a leak, is looked
/// for in halves.
fn execute(
    level: &Level,
    program: &Path,
    set: &[usize],
    programs: &[&Program],
    oracle: &Report,
    verdicts: &mut [Option<Verdict>],
) {
    let mut queue: Vec<_> = std::iter::once(0..set.len()).collect();
    while let Some(range) = queue.pop() {
        if range.is_empty() {
            continue;
        }
        let ran = run(&mut level.command(program, &range), RUN_LIMIT);
        let report = Report::parse(&ran.stdout);
        let started = report.rows.iter().rev().find(|r| r.0 == "start");
        let last = started.map_or(range.start, |r| r.1);
        let done = if report.ended { range.end } else { last };
        for k in range.start..done {
            verdicts[set[k]] = Some(compare(oracle, set[k], &report, k, programs[set[k]]));
        }
        if !report.ended {
            verdicts[set[last]] = Some(
                refusal_at_run_time(&ran.stdout).unwrap_or_else(|| Verdict::Wrong(ending(&ran))),
            );
            queue.push(last + 1..range.end);
        } else if !ran.ok && range.len() == 1 {
            verdicts[set[range.start]] = Some(Verdict::Wrong(ending(&ran)));
        } else if !ran.ok {
            let middle = range.start + range.len() / 2;
            queue.extend([range.start..middle, middle..range.end]);
        }
    }
}

/// How a run ended, with what a sanitizer said of it.
fn ending(ran: &Output) -> String {
    let said = ran.stderr.lines().filter(|line| !line.trim().is_empty());
    let said: Vec<&str> = said.take(14).collect();
    format!("the program ended with {}\n{}", ran.end, said.join("\n"))
}
