//! Reads the `@` lines of drivers and compares gradients with the oracle's Jacobian.

use crate::spec::{Activity, Spec};
use std::fmt::Write as _;

/// The lines of one run: key, point, numbers.
#[derive(Debug, Default, Clone)]
pub struct Report {
    /// `(key, point, numbers)` in the order printed.
    pub rows: Vec<(String, usize, Vec<f64>)>,
    /// Failures that the driver found by itself.
    pub fails: Vec<String>,
    /// Whether the driver reached its end.
    pub ended: bool,
}

impl Report {
    /// Reads a driver's standard output.
    pub fn parse(text: &str) -> Report {
        let mut report = Report::default();
        for line in text.lines().filter_map(|l| l.strip_prefix("@ ")) {
            if line == "end" {
                report.ended = true;
            } else if let Some(why) = line.strip_prefix("fail ") {
                report.fails.push(why.into());
            } else {
                let mut words = line.split_whitespace();
                let key = words.next().unwrap_or_default().to_string();
                let point = words.next().and_then(|w| w.parse().ok()).unwrap_or(0);
                report.rows.push((key, point, words.map(number).collect()));
            }
        }
        report
    }
    /// The lines again, for keeping.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (key, point, row) in &self.rows {
            let _ = write!(text, "@ {key} {point}");
            for x in row {
                let _ = write!(text, " {x:e}");
            }
            text.push('\n');
        }
        text.push_str("@ end\n");
        text
    }
    /// Every row of a key at a point.
    pub fn rows(&self, key: &str, point: usize) -> Vec<&[f64]> {
        self.rows
            .iter()
            .filter(|r| r.0 == key && r.1 == point)
            .map(|r| r.2.as_slice())
            .collect()
    }
}

fn number(word: &str) -> f64 {
    match word {
        "-nan" => f64::NAN,
        _ => word.parse().unwrap_or(f64::NAN),
    }
}

/// The shape that turns a Jacobian into expected gradients.
#[derive(Debug)]
pub struct Shape {
    /// Names of the active leaves.
    pub names: Vec<String>,
    /// Whether each leaf is passed by value.
    pub by_value: Vec<bool>,
    /// Cotangents of the results.
    pub seeds: Vec<f64>,
}

impl Shape {
    /// The shape of a case.
    pub fn new(spec: &Spec) -> Shape {
        let active = spec.args.iter().filter(|a| a.activity.active());
        let by_value = active
            .flat_map(|a| a.leaves.iter().map(move |_| a.activity == Activity::Out))
            .collect();
        let seed = |i: usize| match (spec.ret.active, spec.ret.sret) {
            (false, _) => 0.0,
            (true, false) => 1.0,
            (true, true) => cotangent(i + 100),
        };
        Shape {
            names: spec.active_leaves(),
            by_value,
            seeds: (0..spec.ret.leaves.len()).map(seed).collect(),
        }
    }
}

/// The cotangent that drivers put into the shadow of leaf `k` (harness.h has the same).
pub fn cotangent(k: usize) -> f64 {
    (((k * 7 + 3) % 11) as f64 - 4.5) / 4.0
}

/// The tangent that drivers put into the shadow of leaf `k` (harness.h has the same).
pub fn direction(k: usize) -> f64 {
    (((k * 5 + 2) % 13) as f64 - 6.5) / 8.0
}

/// What rounding leaves of a derivative that cancels to zero, relative to the biggest one around.
const CANCELLED: f64 = 1e-14;

/// Compares `got` with the sum of `terms`; the tolerance is relative to the size of the terms, with a floor.
pub(crate) fn check(
    what: &str,
    got: f64,
    terms: &[f64],
    (tolerance, floor): (f64, f64),
    wrong: &mut Vec<String>,
) {
    let want: f64 = terms.iter().sum();
    let scale: f64 = terms.iter().map(|t| t.abs()).sum();
    let close = if want.is_finite() {
        (got - want).abs() <= tolerance * scale + floor
    } else {
        got.total_cmp(&want).is_eq() || (got.is_nan() && want.is_nan())
    };
    if !close {
        wrong.push(format!(
            "{what}: {got:e}, expected {want:e} (relative error {:.1e})",
            (got - want).abs() / scale
        ));
    }
}

/// Products that are exactly zero do not count: an infinite partial times nothing is nothing.
pub(crate) fn times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

/// Judges the central differences of a plain run by the oracle.
pub fn judge_differences(
    oracle: &Report,
    plain: &Report,
    shape: &Shape,
    points: usize,
    tolerance: f64,
    noise: f64,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for point in 0..points {
        let (want, got) = (oracle.rows("y", point), plain.rows("y", point));
        if want.len() != 1 || got.len() != 1 {
            return vec![format!("point {point}: no results")];
        }
        for (i, (w, g)) in want[0].iter().zip(got[0]).enumerate() {
            check(
                &format!("point {point}: result {i} of plain C"),
                *g,
                &[*w],
                (noise, noise * 1e-3),
                &mut wrong,
            );
            if !w.is_finite() {
                wrong.push(format!("point {point}: result {i} is {w}"));
            }
        }
        let (jacobian, differences) = (oracle.rows("J", point), plain.rows("D", point));
        if jacobian.len() != shape.names.len() || differences.len() != shape.names.len() {
            return vec![format!(
                "point {point}: {} columns for {} leaves",
                jacobian.len(),
                shape.names.len()
            )];
        }
        for (j, (exact, rough)) in jacobian.iter().zip(differences).enumerate() {
            for (i, (w, g)) in exact.iter().zip(rough).enumerate() {
                let size = want[0][i].abs().max(1.0);
                if (w - g).abs() > tolerance * w.abs().max(size) || w.is_nan() {
                    wrong.push(format!("point {point}: d result {i} / d {}: dual numbers {w:e}, central difference {g:e}", shape.names[j]));
                }
            }
        }
        if jacobian
            .iter()
            .all(|c| c.iter().take(shape.seeds.len()).all(|x| *x == 0.0))
            && shape.seeds.iter().any(|s| *s != 0.0)
        {
            wrong.push(format!(
                "point {point}: the derivative of the result is zero; the case shows nothing"
            ));
        }
    }
    wrong
}

/// Judges results and Jacobians that were found in another way than the oracle's, entry by entry.
pub fn judge_rows(
    oracle: &Report,
    got: &Report,
    shape: &Shape,
    points: usize,
    tolerance: f64,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for point in 0..points {
        for key in ["y", "J"] {
            let (want, got) = (oracle.rows(key, point), got.rows(key, point));
            if want.len() != got.len() || want.iter().zip(&got).any(|(w, g)| w.len() != g.len()) {
                wrong.push(format!("point {point}: the shape of {key} differs"));
                continue;
            }
            let sizes = want.iter().flat_map(|row| row.iter().map(|x| x.abs()));
            let biggest = sizes.filter(|x| x.is_finite()).fold(0.0, f64::max);
            let floor = CANCELLED.max(tolerance * 1e-2) * biggest;
            for (j, (want, got)) in want.iter().zip(&got).enumerate() {
                let by = if key == "J" {
                    &shape.names[j]
                } else {
                    "result"
                };
                for (i, (w, g)) in want.iter().zip(*got).enumerate() {
                    let name = format!("point {point}: {key} {by} {i}");
                    check(&name, *g, &[*w], (tolerance, floor), &mut wrong);
                }
            }
        }
    }
    wrong
}

/// Judges what the plugin's gradients gave.
pub fn judge_gradient(
    oracle: &Report,
    got: &Report,
    shape: &Shape,
    spec: &Spec,
    tolerance: f64,
) -> Vec<String> {
    let mut wrong = got.fails.clone();
    let ret = shape.seeds.len();
    let outs: Vec<usize> = (0..shape.names.len())
        .filter(|&j| shape.by_value[j])
        .collect();
    // The cotangent of every row of the Jacobian: the result, then memory.
    let cotangents: Vec<f64> = shape
        .seeds
        .iter()
        .copied()
        .chain((0..shape.names.len()).map(|k| if shape.by_value[k] { 0.0 } else { cotangent(k) }))
        .collect();
    for point in 0..spec.points() {
        let columns = oracle.rows("J", point);
        let sizes = columns.iter().flat_map(|c| c.iter().map(|x| x.abs()));
        let floor =
            CANCELLED.max(tolerance * 1e-4) * sizes.filter(|x| x.is_finite()).fold(0.0, f64::max);
        let name = |mode: &str, leaf: &str| format!("point {point}: {mode}: {leaf}");
        if spec.reverse {
            let rows = got.rows("reverse", point);
            if rows.len() != 1 || rows[0].len() != outs.len() + shape.names.len() {
                wrong.push(format!("point {point}: no reverse results"));
                continue;
            }
            for (j, column) in columns.iter().enumerate() {
                let terms: Vec<f64> = column
                    .iter()
                    .zip(&cotangents)
                    .map(|(a, v)| times(*a, *v))
                    .collect();
                let place = outs.iter().position(|&o| o == j).unwrap_or(outs.len() + j);
                check(
                    &name("gradient", &shape.names[j]),
                    rows[0][place],
                    &terms,
                    (tolerance, floor),
                    &mut wrong,
                );
            }
        }
        if spec.forward {
            let rows = got.rows("forward", point);
            if rows.len() != 1 || rows[0].len() != ret + shape.names.len() {
                wrong.push(format!("point {point}: no forward results"));
                continue;
            }
            for i in 0..ret + shape.names.len() {
                if (i < ret && !spec.ret.active) || (i >= ret && shape.by_value[i - ret]) {
                    continue;
                }
                let terms: Vec<f64> = columns
                    .iter()
                    .enumerate()
                    .map(|(j, c)| times(c[i], direction(j)))
                    .collect();
                let leaf = if i < ret {
                    format!("result {i}")
                } else {
                    shape.names[i - ret].clone()
                };
                check(
                    &name("tangent", &leaf),
                    rows[0][i],
                    &terms,
                    (tolerance, floor),
                    &mut wrong,
                );
            }
        }
        if spec.reverse && spec.forward {
            duality(got, point, shape, &outs, &cotangents, tolerance, &mut wrong);
        }
    }
    wrong
}

/// ⟨v, J u⟩ = ⟨Jᵀ v, u⟩ between the two modes, without the oracle.
fn duality(
    got: &Report,
    point: usize,
    shape: &Shape,
    outs: &[usize],
    cotangents: &[f64],
    tolerance: f64,
    wrong: &mut Vec<String>,
) {
    let (reverse, forward) = (got.rows("reverse", point)[0], got.rows("forward", point)[0]);
    let left: Vec<f64> = forward
        .iter()
        .zip(cotangents)
        .map(|(a, v)| times(*a, *v))
        .collect();
    let right: Vec<f64> = (0..shape.names.len())
        .map(|j| {
            times(
                reverse[outs.iter().position(|&o| o == j).unwrap_or(outs.len() + j)],
                direction(j),
            )
        })
        .collect();
    let scale: f64 = left.iter().chain(&right).map(|t| t.abs()).sum();
    let (l, r): (f64, f64) = (left.iter().sum(), right.iter().sum());
    if (l - r).abs() > tolerance * scale {
        wrong.push(format!(
            "point {point}: forward and reverse disagree: <v,Ju> = {l:e}, <J'v,u> = {r:e}"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// f(x, y) = x·y at (1.5, 0.25).
    const SOURCE: &str = "//! ret REAL\n//! out REAL x = 1.5\n//! out REAL y = 0.25\n";
    const ORACLE: &str = "@ y 0 0.375 1.5 0.25\n@ J 0 0.25 1 0\n@ J 0 1.5 0 1\n@ end\n";

    fn judge(reverse: &str, forward: &str) -> Vec<String> {
        let spec = Spec::parse(SOURCE).unwrap();
        let text = format!("noise\n@ reverse 0 {reverse} 0 0\n@ forward 0 {forward} 0 0\n@ end\n");
        judge_gradient(
            &Report::parse(ORACLE),
            &Report::parse(&text),
            &Shape::new(&spec),
            &spec,
            1e-10,
        )
    }

    #[test]
    fn right_gradients_pass() {
        let tangent = 0.25 * direction(0) + 1.5 * direction(1);
        assert_eq!(
            judge("0.25 1.5", &tangent.to_string()),
            Vec::<String>::new()
        );
    }

    #[test]
    fn wrong_gradients_fail() {
        let tangent = (0.25 * direction(0) + 1.5 * direction(1)).to_string();
        assert_eq!(
            judge("0.25 1.4999999", &tangent).len(),
            2,
            "the component and the duality"
        );
        assert_eq!(judge("0.25 1.5", "1").len(), 2);
        assert_eq!(judge("nan 1.5", &tangent).len(), 1);
        assert_eq!(judge("0.25", &tangent).len(), 1, "a missing number");
    }

    #[test]
    fn wrong_cases_fail() {
        let spec = Spec::parse(SOURCE).unwrap();
        let plain = "@ y 0 0.375 1.5 0.25\n@ D 0 0.25 1 0\n@ D 0 1.4 0 1\n@ end\n";
        let wrong = judge_differences(
            &Report::parse(ORACLE),
            &Report::parse(plain),
            &Shape::new(&spec),
            1,
            1e-5,
            1e-10,
        );
        assert_eq!(wrong.len(), 1, "{wrong:?}");
    }
}
