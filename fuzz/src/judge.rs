//! What a compiler's errors and a run's numbers say about each program.

use crate::module::Verdict;
use crate::text::HEADER;
use crate::tree::Program;
use rz_tests::numbers::Report;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Programs in whose lines the C++ compiler found errors.
pub(crate) fn broken(programs: &[&Program], errors: &str) -> BTreeSet<usize> {
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

/// Programs named in the compiler's errors, with the reason's code and sentence. The first program named
/// after an error is the one it is about.
pub(crate) fn refusals(errors: &str) -> BTreeMap<usize, String> {
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

pub(crate) fn single_refusal(errors: &str) -> Verdict {
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

/// The reason that a program prints where a refused request is reached (`-ribozyme-runtime-error`).
pub(crate) fn refusal_at_run_time(stdout: &str) -> Option<Verdict> {
    let line = stdout
        .lines()
        .rev()
        .find(|line| line.contains("Enzyme: "))?;
    let (_, reason) = line.split_once("Enzyme: ")?;
    Some(Verdict::Refused(reason.into()))
}

/// Values too big or at a kink say nothing about the gradient.
pub(crate) fn skip(oracle: &Report, i: usize, p: &Program) -> bool {
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

/// The verdict on program `k` of a run, number `i` of the oracle.
pub(crate) fn compare(oracle: &Report, i: usize, got: &Report, k: usize, p: &Program) -> Verdict {
    let mut wrong = String::new();
    for point in 0..p.values.len() {
        let (want, have) = (Rows(oracle, 2 * i + point), Rows(got, 2 * k + point));
        let name = format!("point {point}");
        compare_values(&name, want, have, p, &mut wrong);
        compare_derivatives(&name, want, have, p, &mut wrong);
        for mode in ["reverse", "forward"] {
            compare_directions(&format!("{name}: {mode}"), have, mode, p, &mut wrong);
            compare_adjoint(&format!("{name}: over {mode}"), have, mode, &mut wrong);
        }
        compare_curvature(&name, want, have, p, &mut wrong);
    }
    if wrong.is_empty() {
        Verdict::Right
    } else {
        Verdict::Wrong(wrong)
    }
}

/// The rows of one program at one point.
#[derive(Clone, Copy)]
struct Rows<'a>(&'a Report, usize);

impl<'a> Rows<'a> {
    fn first(self, key: &str) -> &'a [f64] {
        self.0.rows(key, self.1).first().copied().unwrap_or(&[])
    }
}

fn tolerance(p: &Program) -> f64 {
    if p.single { 5e-3 } else { 1e-7 }
}

/// Results and memory: without the plugin's work, after reverse mode, after forward mode.
fn compare_values(name: &str, want: Rows, have: Rows, p: &Program, wrong: &mut String) {
    // y is the result, x, y, a, b; the module reports the result, a, b.
    let mut y = want.first("y").to_vec();
    y.drain(1..3);
    let noise = if p.single { 1e-4 } else { 1e-9 };
    for key in ["plain", "reversed", "forwarded"] {
        for (j, (w, h)) in y.iter().zip(have.first(key)).enumerate() {
            if (w - h).abs() > noise * w.abs().max(1.0) || h.is_nan() {
                let _ = writeln!(wrong, "{name}: {key} value {j} is {h:e}, expected {w:e}");
            }
        }
    }
}

fn compare_derivatives(name: &str, want: Rows, have: Rows, p: &Program, wrong: &mut String) {
    let tolerance = tolerance(p);
    for (key, size, what) in [("g", "G", "gradient"), ("t", "T", "tangent")] {
        let (w, s, h) = (want.first(key), want.first(size), have.first(key));
        let all = s.iter().copied().fold(0.0, f64::max);
        if h.len() != w.len() {
            let _ = writeln!(wrong, "{name}: no {what}");
        }
        for j in 0..w.len().min(h.len()) {
            let close = (w[j] - h[j]).abs() <= tolerance * s[j] + tolerance * 1e-3 * all;
            if !close {
                let _ = writeln!(
                    wrong,
                    "{name}: {what} {j} is {:e}, expected {:e}",
                    h[j], w[j]
                );
            }
        }
    }
}

/// Several directions at once against each alone.
fn compare_directions(name: &str, have: Rows, mode: &str, p: &Program, wrong: &mut String) {
    let row = |key: &str| have.0.rows(&format!("{key}_{mode}"), have.1);
    for (one, all) in row("alone").iter().zip(&row("together")) {
        let size = one.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
        for (j, (a, b)) in one.iter().zip(*all).enumerate() {
            if (a - b).abs() > tolerance(p) * (a.abs() + 1e-3 * size) || b.is_nan() {
                let _ = writeln!(
                    wrong,
                    "{name}: number {j} of all directions is {b:e}, alone it is {a:e}"
                );
            }
        }
    }
}

/// What two derivatives that must be equal may differ by, relative to their terms, in second derivatives.
const CURVATURE: f64 = 1e-6;

/// Forward mode over both modes, against differences of dual numbers. Where two steps do not agree there is a kink
/// nearby, and nothing is said.
fn compare_curvature(name: &str, want: Rows, have: Rows, p: &Program, wrong: &mut String) {
    let (rough, fine) = (want.first("E"), want.first("e"));
    let got = have.first("fr").iter().chain(have.first("ff"));
    let got: Vec<f64> = got.copied().collect();
    if p.single || fine.is_empty() {
        return;
    }
    if got.len() != fine.len() {
        let _ = writeln!(wrong, "{name}: {} second derivatives", got.len());
    }
    let size = fine.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
    for (j, ((r, f), g)) in rough.iter().zip(fine).zip(&got).enumerate() {
        let scale = f.abs() + 1e-2 * size;
        let known = (r - f).abs() <= 0.3 * CURVATURE * scale && size < 1e7;
        if known && ((f - g).abs() > CURVATURE * scale || g.is_nan()) {
            let _ = writeln!(
                wrong,
                "{name}: second derivative {j} is {g:e}, expected {f:e}"
            );
        }
    }
}

/// Reverse mode over an inner mode is the adjoint of forward mode over it.
fn compare_adjoint(name: &str, have: Rows, mode: &str, wrong: &mut String) {
    if let [forward, reverse, size] = have.first(&format!("dual_{mode}")) {
        let close = (forward - reverse).abs() <= 1e-9 * (size + 1.0);
        if !close && *size < 1e12 {
            let _ = writeln!(
                wrong,
                "{name}: reverse mode gives {reverse:e}, forward mode {forward:e}"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choices::Choices;
    use crate::generate;

    /// A verdict on a program whose gradient is `gradient` where 3 is right.
    fn judged(gradient: &str) -> Verdict {
        let mut program = generate::program(&mut Choices::of(1, 1), 2);
        program.values.truncate(1);
        program.single = false;
        let y = ["1"; 20].join(" ");
        let oracle = format!("@ y 0 {y}\n@ g 0 3\n@ G 0 3\n@ t 0 2\n@ T 0 2\n@ end\n");
        let got = format!("@ g 0 {gradient}\n@ t 0 2\n@ end\n");
        compare(
            &Report::parse(&oracle),
            0,
            &Report::parse(&got),
            0,
            &program,
        )
    }

    #[test]
    fn a_wrong_a_missing_and_an_undefined_number_are_wrong() {
        assert_eq!(judged("3"), Verdict::Right);
        for wrong in ["3.00001", "0", "", "nan"] {
            assert!(matches!(judged(wrong), Verdict::Wrong(_)), "{wrong}");
        }
    }

    #[test]
    fn errors_belong_to_the_program_named_after_them() {
        let errors = "a.c:1: error: Enzyme: no type [RZ0012]\n  in p7_f\nwarning: Enzyme: p3_f\n";
        let refused = refusals(errors);
        assert_eq!(refused.keys().collect::<Vec<_>>(), [&7]);
        assert_eq!(refused[&7], "no type [RZ0012]");
    }

    #[test]
    fn a_program_may_refuse_when_it_runs() {
        let printed = "@ start 3\na.c:7: Enzyme: no type [RZ0012]\n  note: here\n";
        let refused = Verdict::Refused("no type [RZ0012]".into());
        assert_eq!(refusal_at_run_time(printed), Some(refused));
        assert_eq!(refusal_at_run_time("@ start 3\n"), None);
    }

    #[test]
    fn a_crash_is_no_refusal() {
        let crash = "error: Enzyme: x [RZ0001]\nStack dump:\n";
        assert!(matches!(single_refusal(crash), Verdict::Wrong(_)));
        let refusal = "a.c:1: error: Enzyme: x [RZ0001]\n";
        assert_eq!(
            single_refusal(refusal),
            Verdict::Refused("x [RZ0001]".into())
        );
    }
}
