//! Every row, through the emitted code: tangents and adjoints against central differences of the
//! primal, transposes of each other, and the pinned special points.

// Infinities and exact zeros are part of the contract.
#![allow(clippy::float_cmp)]

use rz_rules::{Emission, Eval, Operand, Rule, Sampler, helpers, rule, rules};

const POINTS: usize = 200;

/// Values of operands as `Emit` wants them; only what `needs` names, so that a row that reads
/// more than it says fails here.
fn needed(rule: &Rule, active: u32, at: &[f64]) -> (Vec<Option<f64>>, Vec<Option<f64>>) {
    let needs = rule.needs(active);
    let outputs = rule.primal(at);
    let mask = |mask: u32, values: &[f64]| -> Vec<Option<f64>> {
        (values.iter().enumerate())
            .map(|(i, &value)| (mask >> i & 1 == 1).then_some(value))
            .collect()
    };
    let count = rule.outputs().len();
    (
        mask(needs.operands, at),
        mask(needs.outputs, &outputs[..count]),
    )
}

/// ∂ output / ∂ operand by the emitted adjoint.
fn adjoint(rule: &Rule, at: &[f64], output: usize, operand: usize) -> f64 {
    let (operands, outputs) = needed(rule, 1 << operand, at);
    let mut seeds = vec![None; rule.outputs().len()];
    seeds[output] = Some(1.0);
    let mut emission = Emission::new(rule, &operands, &outputs);
    emission.adjoints(&mut Eval, &seeds, 1 << operand)[operand].unwrap_or(0.0)
}

/// ∂ output / ∂ operand by central differences of order 8, extrapolated from the primal alone.
fn difference(rule: &Rule, at: &[f64], output: usize, operand: usize) -> f64 {
    const WEIGHTS: [f64; 4] = [4.0 / 5.0, -1.0 / 5.0, 4.0 / 105.0, -1.0 / 280.0];
    let step = 2e-3 * at[operand].abs().clamp(0.05, 1.0);
    let primal = |offset: f64| {
        let mut moved = at.to_vec();
        moved[operand] += offset;
        rule.primal(&moved)[output]
    };
    let terms = WEIGHTS.iter().zip(1..).map(|(weight, k)| {
        let h = step * f64::from(k);
        weight * (primal(h) - primal(-h))
    });
    terms.sum::<f64>() / step
}

fn real_operands(rule: &Rule) -> impl Iterator<Item = usize> {
    let kinds = rule.operands().iter().enumerate();
    kinds
        .filter(|(_, kind)| **kind == Operand::Real)
        .map(|(i, _)| i)
}

#[test]
fn adjoints_agree_with_differences_of_the_primal() {
    let mut sampler = Sampler::new(1);
    for rule in rules() {
        let mut worst: (f64, String) = (0.0, String::new());
        for at in (0..POINTS).flat_map(|_| rule.sample(&mut sampler)) {
            for output in 0..rule.outputs().len() {
                for operand in real_operands(rule).filter(|_| rule.outputs()[output].real) {
                    // Zero partials by convention are not differences: neighbours of a number.
                    if rule.name().starts_with("next") && operand == 1 {
                        continue;
                    }
                    let expected = difference(rule, &at, output, operand);
                    let got = adjoint(rule, &at, output, operand);
                    let error = (got - expected).abs() / expected.abs().max(1.0);
                    if error.is_nan() || error > worst.0 {
                        worst = (
                            if error.is_nan() { f64::INFINITY } else { error },
                            format!("∂{output}/∂{operand} at {at:?}: {got} not {expected}"),
                        );
                    }
                }
            }
        }
        assert!(
            worst.0 < 2e-9,
            "{}: {} ({:e})",
            rule.name(),
            worst.1,
            worst.0
        );
    }
}

/// One random direction suffices: a wrong transpose is wrong almost everywhere.
#[test]
fn tangents_and_adjoints_are_transposes() {
    let mut sampler = Sampler::new(2);
    for rule in rules() {
        let points: Vec<_> = (0..POINTS)
            .flat_map(|_| rule.sample(&mut sampler))
            .collect();
        for at in points {
            let active = rule.differentiable();
            let (operands, outputs) = needed(rule, active, &at);
            let direction: Vec<Option<f64>> = (0..rule.arity())
                .map(|i| (active >> i & 1 == 1).then(|| sampler.between(-1.0, 1.0)))
                .collect();
            let seeds: Vec<Option<f64>> = (rule.outputs().iter())
                .map(|output| output.real.then(|| sampler.between(-1.0, 1.0)))
                .collect();
            let mut emission = Emission::new(rule, &operands, &outputs);
            let forward = emission.tangents(&mut Eval, &direction);
            let reverse = emission.adjoints(&mut Eval, &seeds, active);
            let dot = |a: &[Option<f64>], b: &[Option<f64>]| -> f64 {
                let pairs = a.iter().zip(b);
                pairs
                    .map(|(a, b)| a.unwrap_or(0.0) * b.unwrap_or(0.0))
                    .sum()
            };
            let (left, right) = (dot(&seeds, &forward), dot(&reverse, &direction));
            assert!(
                (left - right).abs() <= 1e-12 * left.abs().max(1.0),
                "{} at {at:?}: {left} and {right}",
                rule.name()
            );
        }
    }
}

#[test]
fn special_points_are_as_documented() {
    for rule in rules() {
        for point in rule.special() {
            assert_eq!(point.at.len(), rule.arity(), "{}", rule.name());
            assert_eq!(point.partials.len(), rule.arity(), "{}", rule.name());
            for operand in real_operands(rule) {
                let (got, want) = (adjoint(rule, point.at, 0, operand), point.partials[operand]);
                let same = got.is_nan() && want.is_nan()
                    || got == want
                    || (got - want).abs() <= 1e-12 * want.abs();
                assert!(
                    same,
                    "{} ∂{operand} at {:?}: {got:e}, documented {want:e} ({})",
                    rule.name(),
                    point.at,
                    point.why
                );
            }
        }
    }
}

/// Small seeds at small or large operands: the product of the two is not formed.
#[test]
fn scaling_does_not_leave_the_range_in_between() {
    let adjoint = |name: &str, at: &[f64], seed: f64| {
        let rule = rule(name).unwrap();
        let operands: Vec<_> = at.iter().copied().map(Some).collect();
        let result = Some(rule.primal(at)[0]);
        rule.adjoint(&mut Eval, &operands, result, seed, 0).unwrap()
    };
    let close = |got: f64, want: f64| assert!((got - want).abs() <= 1e-12 * want, "{got} {want}");
    close(adjoint("hypot", &[3e-200, 4e-200], 1e-150), 0.6e-150);
    close(adjoint("hypot", &[3e200, 4e200], 1e150), 0.6e150);
    close(adjoint("atan2", &[1e-250, 1e-200], 1e-150), 1e50);
    close(adjoint("fdiv", &[1.0, 1e-310], 1e-100), 1e-100 / 1e-310);
    close(
        adjoint("ldexp", &[1.0, -1074.0], 1e300),
        1e300 * 2f64.powi(-1000) * 2f64.powi(-74),
    );
}

/// A zero seed must give zero even where the branch that was not taken has a pole.
#[test]
fn zero_seeds_stay_zero_at_defined_zeros() {
    for (name, at) in [
        ("sqrt", vec![0.0]),
        ("hypot", vec![0.0, 0.0]),
        ("atan2", vec![0.0, 0.0]),
        ("pow", vec![0.0, 0.0]),
        ("minnum", vec![f64::INFINITY, 1.0]),
    ] {
        let rule = rule(name)
            .or_else(|| rule(&format!("llvm.{name}")))
            .unwrap();
        let operands: Vec<_> = at.iter().copied().map(Some).collect();
        let result = Some(rule.primal(&at)[0]);
        for which in 0..at.len() {
            for seed in [0.0, f64::INFINITY] {
                let got = rule
                    .adjoint(&mut Eval, &operands, result, seed, which)
                    .unwrap();
                assert!(
                    got == 0.0 || name == "minnum" && got == seed,
                    "{name} ∂{which} seed {seed}: {got}"
                );
            }
        }
    }
}

/// 40-digit values.
#[test]
fn helpers_are_accurate() {
    let cases: [(&str, f64, f64); 20] = [
        ("digamma", 1.0, -0.577_215_664_901_532_9),
        ("digamma", 0.5, -1.963_510_026_021_423_5),
        ("digamma", 1e-8, -1e8 - 0.577_215_648_452_191_6),
        ("digamma", 10.0, 2.251_752_589_066_721),
        ("digamma", 9.999_999_999_999_998, 2.251_752_589_066_721),
        ("digamma", 1e8, 18.420_680_738_952_366),
        ("digamma", -0.5, 0.036_489_973_978_576_52),
        ("digamma", -19.5, 2.995_836_394_707_646_6),
        ("digamma", 0.0, f64::NAN),
        ("digamma", -3.0, f64::NAN),
        ("trigamma", 1.0, 1.644_934_066_848_226_4),
        ("trigamma", 0.5, 4.934_802_200_544_679),
        ("trigamma", 30.0, 0.033_895_060_357_739_944),
        ("trigamma", -0.5, 8.934_802_200_544_679),
        ("trigamma", -2.0, f64::INFINITY),
        ("tetragamma", 1.0, -2.404_113_806_319_188_6),
        ("tetragamma", 0.5, -16.828_796_644_234_32),
        ("tetragamma", -0.5, -0.828_796_644_234_319_3),
        ("tetragamma", 20.0, -0.002_628_122_402_314_654_6),
        ("tetragamma", -3.3, 68.769_445_477_485_1),
    ];
    for (name, x, want) in cases {
        let helper = helpers().iter().find(|h| h.fun().name() == name).unwrap();
        let got = helper.emit(&mut Eval, &[x]);
        let close = got == want
            || got.is_nan() && want.is_nan()
            || (got - want).abs() <= 2e-12 * want.abs().max(1.0);
        assert!(close, "{name}({x}) = {got}, not {want}");
    }
}
