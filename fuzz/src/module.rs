//! Many programs in one translation unit: written, built, run and judged together.
//!
//! One module costs one start of the compiler a mode instead of one a program. A program that the plugin
//! refuses or that crashes is taken out and the rest is judged again, so one bad program costs little.

use crate::coverage::Coverage;
use crate::tree::Program;
use rz_tests::numbers::Report;
use rz_tests::toolchain::{DUAL, PLAIN, clang, level_flags, run};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

const COMPILE_LIMIT: Duration = Duration::from_secs(100);
const RUN_LIMIT: Duration = Duration::from_mins(1);

/// What became of one program.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Verdict {
    /// Both modes agree with the oracle.
    Right,
    /// The oracle gives no well-conditioned answer here: a kink, an overflow.
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
    /// Directions at once that are compared with one at a time; 1 compares nothing.
    pub(crate) width: usize,
}

/// What every module and every case begins with; the grammar uses the structs.
pub(crate) const HEADER: &str = "#include \"case.h\"\nstruct pair { REAL u; int k; REALF w; REAL v[3]; };\nstruct node { REAL v; struct node *next; int k; REAL w[2]; };\n";

/// Results of several directions at once: of x and y, or the tangents; returned in memory.
const WIDE: &str = "struct rz_wide { REAL first[RZ_WIDTH], second[RZ_WIDTH]; char memory[64]; };\n";

fn table(programs: &[&Program], gradient: bool, width: usize) -> String {
    let wide = gradient && width > 1;
    let mut out = String::from("struct rz_args;\nstruct rz_grad { REAL first, second; };\n");
    out.push_str("struct rz_program {\n  REAL (*f)(REAL, REAL, REAL *, REAL *, int);\n  bool x_active, b_active;\n  int points;\n  rz_num values[2][18];\n  int n[2];\n");
    out.push_str("  struct rz_grad (*reverse)(struct rz_args *, struct rz_args *, int);\n  REAL (*forward)(struct rz_args *, struct rz_args *, int);\n");
    if wide {
        out.push_str("  struct rz_wide (*wide_reverse)(struct rz_args *, struct rz_args *, int);\n  struct rz_wide (*wide_forward)(struct rz_args *, struct rz_args *, int);\n");
    }
    out.push_str("};\n");
    if gradient {
        for i in 0..programs.len() {
            let _ = writeln!(
                out,
                "static struct rz_grad p{i}_reverse(struct rz_args *, struct rz_args *, int);\nstatic REAL p{i}_forward(struct rz_args *, struct rz_args *, int);"
            );
            if wide {
                let _ = writeln!(
                    out,
                    "static struct rz_wide p{i}_wide_reverse(struct rz_args *, struct rz_args *, int), p{i}_wide_forward(struct rz_args *, struct rz_args *, int);"
                );
            }
        }
    }
    let _ = writeln!(
        out,
        "enum {{ rz_count = {} }};\nstatic const struct rz_program rz_programs[] = {{",
        programs.len()
    );
    for (i, p) in programs.iter().enumerate() {
        let values: Vec<String> = p
            .values
            .iter()
            .map(|row| {
                format!(
                    "{{{}}}",
                    row.iter()
                        .map(|v| format!("{v:?}L"))
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            })
            .collect();
        let n: Vec<String> = p.n.iter().map(ToString::to_string).collect();
        let calls = if wide {
            format!("p{i}_reverse, p{i}_forward, p{i}_wide_reverse, p{i}_wide_forward")
        } else if gradient {
            format!("p{i}_reverse, p{i}_forward")
        } else {
            "0, 0".into()
        };
        let _ = writeln!(
            out,
            "  {{(REAL (*)(REAL, REAL, REAL *, REAL *, int))p{i}_f, {}, {}, {}, {{{}}}, {{{}}}, {calls}}},",
            u8::from(p.x_active),
            u8::from(p.b_active),
            p.values.len(),
            values.join(", "),
            n.join(", ")
        );
    }
    out.push_str("};\n");
    out
}

fn requests(programs: &[&Program]) -> String {
    let mut out = String::from(
        "extern int enzyme_const, enzyme_dup, enzyme_out;\nextern struct rz_grad __enzyme_autodiff_two(void *, ...);\nextern REAL __enzyme_autodiff_one(void *, ...);\nextern REAL __enzyme_fwddiff_any(void *, ...);\nextern int enzyme_nofree;\nstruct rz_half { void *tape; REAL r; };\n#ifdef RZ_SPLIT\nstatic __attribute__((noinline)) void rz_clobber(struct rz_args *A) {\n  volatile char below[1 << 16];\n  for (unsigned i = 0; i < sizeof below; i++) below[i] = (char)0xff;\n  memset(A->a, 0xff, sizeof A->a), memset(A->b, 0xff, sizeof A->b);\n}\n#endif\nextern struct rz_half __enzyme_augmentfwd_any(void *, ...);\nextern struct rz_grad __enzyme_reverse_two(void *, ...);\nextern REAL __enzyme_reverse_one(void *, ...);\n",
    );
    for (i, p) in programs.iter().enumerate() {
        let (b, f) = if p.b_active {
            ("enzyme_dup, A->b, S->b", "enzyme_dup, A->b, S->b")
        } else {
            ("enzyme_const, A->b", "enzyme_const, A->b")
        };
        let rest = "enzyme_out, A->y, enzyme_dup, A->a, S->a";
        let x_active = p.x_active;
        let halves = halves(i, x_active, &format!("{rest}, {b}, enzyme_const, n"));
        let reverse = if x_active {
            format!(
                "return __enzyme_autodiff_two((void *)p{i}_f, enzyme_out, A->x, {rest}, {b}, enzyme_const, n);"
            )
        } else {
            format!(
                "struct rz_grad g = {{__enzyme_autodiff_one((void *)p{i}_f, enzyme_const, A->x, {rest}, {b}, enzyme_const, n), 0}}; return g;"
            )
        };
        let x = if p.x_active {
            "enzyme_dup, A->x, S->x"
        } else {
            "enzyme_const, A->x"
        };
        let _ = writeln!(
            out,
            "#ifdef RZ_SPLIT\n{halves}#else\nstatic struct rz_grad p{i}_reverse(struct rz_args *A, struct rz_args *S, int n) {{ {reverse} }}\n#endif\nstatic REAL p{i}_forward(struct rz_args *A, struct rz_args *S, int n) {{ return __enzyme_fwddiff_any((void *)p{i}_f, {x}, enzyme_dup, A->y, S->y, enzyme_dup, A->a, S->a, {f}, enzyme_const, n); }}"
        );
    }
    out
}

/// Reverse mode in two halves, at levels such as `O2-split`. In between the arrays are overwritten, as a
/// caller may do; the second half runs twice on the same tape.
fn halves(i: usize, x_active: bool, rest: &str) -> String {
    let x = if x_active {
        "enzyme_out, A->x"
    } else {
        "enzyme_const, A->x"
    };
    let args = format!("(void *)p{i}_f, {x}, {rest}");
    let reverse = |more: &str| {
        if x_active {
            format!("__enzyme_reverse_two({args}, 1.0, t.tape{more})")
        } else {
            format!("(struct rz_grad){{__enzyme_reverse_one({args}, 1.0, t.tape{more}), 0}}")
        }
    };
    format!(
        "static struct rz_grad p{i}_reverse(struct rz_args *A, struct rz_args *S, int n) {{
  struct rz_half t = __enzyme_augmentfwd_any({args});
  struct rz_args after = *A, shadow = *S;
  rz_clobber(A);
  struct rz_grad g = {};
  *S = shadow;
  g = {};
  *A = after;
  return g;
}}
",
        reverse(", enzyme_nofree"),
        reverse("")
    )
}

/// Requests of several directions at once: one array by its stride, the other by a pointer a direction.
fn wide_requests(programs: &[&Program], width: usize) -> String {
    let mut out = String::from(
        "extern int enzyme_width, enzyme_dupv;\nextern struct rz_wide __enzyme_autodiff_wide(void *, ...), __enzyme_fwddiff_wide(void *, ...);\n",
    );
    let each = |name: &str| {
        let all: Vec<String> = (0..width).map(|d| format!("S[{d}].{name}")).collect();
        format!("enzyme_dup, A->{name}, {}", all.join(", "))
    };
    let a = "enzyme_dupv, (long)sizeof *S, A->a, S->a";
    for (i, p) in programs.iter().enumerate() {
        let b = if p.b_active {
            each("b")
        } else {
            "enzyme_const, A->b".into()
        };
        let (out_x, dup_x) = if p.x_active {
            ("enzyme_out, A->x", each("x"))
        } else {
            ("enzyme_const, A->x", "enzyme_const, A->x".into())
        };
        let dup_y = each("y");
        let head = "(struct rz_args *A, struct rz_args *S, int n)";
        let first = format!("(void *)p{i}_f, enzyme_width, RZ_WIDTH");
        let _ = writeln!(
            out,
            "static struct rz_wide p{i}_wide_reverse{head} {{ return __enzyme_autodiff_wide({first}, {out_x}, enzyme_out, A->y, {a}, {b}, enzyme_const, n); }}\nstatic struct rz_wide p{i}_wide_forward{head} {{ return __enzyme_fwddiff_wide({first}, {dup_x}, {dup_y}, {a}, {b}, enzyme_const, n); }}"
        );
    }
    out
}

/// The text of a module; `gradient` adds the requests.
pub(crate) fn text(programs: &[&Program], gradient: bool, width: usize) -> String {
    let mut out = String::from(HEADER);
    if gradient && width > 1 {
        let _ = writeln!(out, "#define RZ_WIDTH {width}");
    }
    for (i, p) in programs.iter().enumerate() {
        out.push_str(&p.print(&format!("p{i}")));
    }
    out.push_str("#include \"harness.h\"\n");
    if gradient && width > 1 {
        out.push_str(WIDE);
    }
    out.push_str(&table(programs, gradient, width));
    out.push_str(include_str!("fuzz.h"));
    if gradient {
        out.push_str(&requests(programs));
        if width > 1 {
            out.push_str(&wide_requests(programs, width));
        }
    }
    out
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
    fn compile_quickly(&self, text: &str, flags: &[String]) -> Result<PathBuf, String> {
        let mut early = flags.to_vec();
        early.push("-c".into());
        early.push("-flto=thin".into());
        let bitcode = self.compile("gradient.bc", text, &early, false)?;
        let program = self.folder.join("gradient");
        let mut command = clang();
        command
            .args(["-O0", "-x", "ir"])
            .arg(&bitcode)
            .args(["-x", "none", "-lm", "-o"])
            .arg(&program);
        let built = run(&mut command, COMPILE_LIMIT);
        if built.ok {
            Ok(program)
        } else {
            Err(format!("{}\n{}", built.end, built.stderr))
        }
    }

    /// The oracle's rows, or the reason why the programs do not compile as C++.
    fn oracle(&self, programs: &[&Program]) -> Result<Report, String> {
        let program = self.compile("dual", &text(programs, false, 1), &["-O0".into()], true)?;
        let ran = run(&mut std::process::Command::new(&program), RUN_LIMIT);
        let report = Report::parse(&ran.stdout);
        if report.ended {
            Ok(report)
        } else {
            Err(format!("the oracle ended with {}", ran.end))
        }
    }

    /// Only which programs are well conditioned, to check the grammar without a plugin.
    pub(crate) fn oracle_only(&self, programs: &[&Program]) -> Result<Vec<Verdict>, String> {
        self.compile(
            "syntax",
            &text(programs, true, self.width),
            &["-fsyntax-only".into()],
            false,
        )?;
        let oracle = self.oracle(programs)?;
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
    pub(crate) fn judge(&self, programs: &[&Program], level: &str) -> Result<Vec<Verdict>, String> {
        let oracle = self.oracle(programs)?;
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
        level: &str,
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
        level: &str,
        oracle: &Report,
        verdicts: &mut [Option<Verdict>],
    ) -> Result<(), String> {
        let (full, level) = match level.strip_suffix("-full") {
            Some(level) => (true, level),
            None => (false, level),
        };
        let mut flags = level_flags(level);
        flags.push(format!("-fpass-plugin={}", self.plugin.display()));
        if let Ok(more) = std::env::var("RIBOZYME_PLUGIN_FLAGS") {
            flags.extend(more.split_whitespace().map(String::from));
        }
        let mut queue: Vec<Vec<usize>> = vec![
            (0..programs.len())
                .filter(|&i| verdicts[i].is_none())
                .collect(),
        ];
        while let Some(set) = queue.pop() {
            if set.is_empty() {
                continue;
            }
            let chosen: Vec<&Program> = set.iter().map(|&i| programs[i]).collect();
            let source = text(&chosen, true, self.width);
            let built = if full {
                self.compile("gradient", &source, &flags, false)
            } else {
                self.compile_quickly(&source, &flags)
            };
            match built {
                Ok(program) => execute(&program, &set, programs, oracle, verdicts),
                Err(errors) => {
                    if errors.contains("error: use of undeclared")
                        || errors.contains("error: expected")
                    {
                        return Err(errors);
                    }
                    let refused = refusals(&errors);
                    let named: BTreeMap<usize, String> = refused
                        .into_iter()
                        .filter(|(k, _)| *k < set.len())
                        .collect();
                    if set.len() == 1 {
                        verdicts[set[0]] = Some(single_refusal(&errors));
                    } else if named.is_empty() {
                        let half = set.len() / 2;
                        queue.push(set[..half].to_vec());
                        queue.push(set[half..].to_vec());
                    } else {
                        // Judge the named ones alone, as an error may stop the compiler before the rest.
                        for (k, why) in &named {
                            verdicts[set[*k]] = Some(Verdict::Refused(why.clone()));
                        }
                        queue.push(
                            set.iter()
                                .enumerate()
                                .filter(|(k, _)| !named.contains_key(k))
                                .map(|(_, i)| *i)
                                .collect(),
                        );
                    }
                }
            }
        }
        Ok(())
    }
}

/// Programs in whose lines the C++ compiler found errors.
fn broken(programs: &[&Program], errors: &str) -> BTreeSet<usize> {
    let mut ends = Vec::new();
    let mut line = HEADER.lines().count();
    for (i, p) in programs.iter().enumerate() {
        line += p.print(&format!("p{i}")).lines().count();
        ends.push(line);
    }
    let place = |l: &str| -> Option<usize> {
        let (head, _) = l.split_once(": error:")?;
        let mut words = head.rsplit(':').skip(1);
        words.next()?.parse().ok()
    };
    let found = errors.lines().filter_map(place);
    found
        .filter_map(|l| ends.iter().position(|e| l <= *e))
        .collect()
}

/// Runs a module's program, and again after each crash.
fn execute(
    program: &Path,
    set: &[usize],
    programs: &[&Program],
    oracle: &Report,
    verdicts: &mut [Option<Verdict>],
) {
    let mut first = 0;
    while first < set.len() {
        let ran = run(
            std::process::Command::new(program).arg(first.to_string()),
            RUN_LIMIT,
        );
        let report = Report::parse(&ran.stdout);
        let last = report
            .rows
            .iter()
            .rev()
            .find(|r| r.0 == "start")
            .map_or(first, |r| r.1);
        let done = if report.ended { set.len() } else { last };
        for k in first..done {
            verdicts[set[k]] = Some(compare(oracle, set[k], &report, k, programs[set[k]]));
        }
        if !report.ended {
            verdicts[set[last]] = Some(Verdict::Wrong(format!(
                "the program ended with {}",
                ran.end
            )));
        }
        first = done + usize::from(!report.ended);
    }
}

/// Programs named in the compiler's errors, with the reason's code and sentence. The first program named
/// after an error is the one it is about.
fn refusals(errors: &str) -> BTreeMap<usize, String> {
    let mut out = BTreeMap::new();
    let mut reason = None;
    for line in errors.lines() {
        if let Some(at) = line.find("Enzyme: ") {
            reason = line.contains("error: ").then(|| line[at + 8..].to_string());
        }
        let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        let named = words.find_map(|word| {
            let (number, _) = word.strip_prefix('p')?.split_once('_')?;
            number.parse::<usize>().ok()
        });
        if let (Some(k), Some(why)) = (named, reason.clone()) {
            out.entry(k).or_insert(why);
            reason = None;
        }
    }
    out
}

fn single_refusal(errors: &str) -> Verdict {
    let crashed = errors.contains("Stack dump") || errors.contains("PLEASE submit");
    match errors
        .lines()
        .find_map(|l| l.find("Enzyme: ").map(|at| l[at + 8..].to_string()))
    {
        Some(reason) if !crashed => Verdict::Refused(reason),
        _ => Verdict::Wrong(format!(
            "the compiler failed: {}",
            errors
                .lines()
                .filter(|l| !l.trim().is_empty() && !l.contains("Program arguments"))
                .take(12)
                .collect::<Vec<_>>()
                .join("\n")
        )),
    }
}

/// Values too big or at a kink say nothing about the gradient.
fn skip(oracle: &Report, i: usize, p: &Program) -> bool {
    (0..p.values.len()).any(|point| {
        let row = |key: &str| {
            oracle
                .rows(key, 2 * i + point)
                .first()
                .map_or(&[][..], |r| r)
                .to_vec()
        };
        let y = row("y");
        let big = |v: &f64, most: f64| v.is_nan() || v.abs() > most;
        y.len() != 20
            || y[19] != 0.0
            || y[..19].iter().any(|v| big(v, 1e6))
            || row("G").iter().chain(&row("T")).any(|v| big(v, 1e9))
    })
}

fn compare(oracle: &Report, i: usize, got: &Report, k: usize, p: &Program) -> Verdict {
    let tolerance = if p.single { 5e-3 } else { 1e-7 };
    let mut wrong = String::new();
    for point in 0..p.values.len() {
        let want = |key: &str| {
            oracle
                .rows(key, 2 * i + point)
                .first()
                .map_or(&[][..], |r| r)
                .to_vec()
        };
        let have = |key: &str| {
            got.rows(key, 2 * k + point)
                .first()
                .map_or(&[][..], |r| r)
                .to_vec()
        };
        // y is the result, x, y, a, b; the module reports the result, a, b.
        let mut y = want("y");
        y.drain(1..3);
        for key in ["plain", "reversed", "forwarded"] {
            for (j, (w, h)) in y.iter().zip(have(key)).enumerate() {
                let noise = if p.single { 1e-4 } else { 1e-9 };
                if (w - h).abs() > noise * w.abs().max(1.0) || h.is_nan() {
                    let _ = writeln!(
                        wrong,
                        "point {point}: {key} value {j} is {h:e}, expected {w:e}"
                    );
                }
            }
        }
        for (key, size, name) in [("g", "G", "gradient"), ("t", "T", "tangent")] {
            let (w, s, h) = (want(key), want(size), have(key));
            let all = s.iter().copied().fold(0.0, f64::max);
            if h.len() != w.len() {
                let _ = writeln!(wrong, "point {point}: no {name}");
            }
            for j in 0..w.len().min(h.len()) {
                if (w[j] - h[j]).abs() > tolerance * s[j] + tolerance * 1e-3 * all || h[j].is_nan()
                {
                    let _ = writeln!(
                        wrong,
                        "point {point}: {name} {j} is {:e}, expected {:e}",
                        h[j], w[j]
                    );
                }
            }
        }
    }
    for point in 0..p.values.len() {
        for mode in ["reverse", "forward"] {
            let row = |key: &str| got.rows(&format!("{key}_{mode}"), 2 * k + point);
            let (alone, together) = (row("alone"), row("together"));
            for (one, all) in alone.iter().zip(&together) {
                let size = one.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
                for (j, (a, b)) in one.iter().zip(*all).enumerate() {
                    if (a - b).abs() > tolerance * (a.abs() + 1e-3 * size) || b.is_nan() {
                        let _ = writeln!(
                            wrong,
                            "point {point}: {mode}: number {j} of all directions is {b:e}, alone it is {a:e}"
                        );
                    }
                }
            }
        }
    }
    if wrong.is_empty() {
        Verdict::Right
    } else {
        Verdict::Wrong(wrong)
    }
}
