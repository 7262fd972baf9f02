//! Where functions are called, and what their derivatives are by the row's own evaluation.

use rz_rules::{Emission, Eval, Rule, Sampler};

/// Weights of a function's outputs in the result of the program that calls it.
pub(crate) const WEIGHTS: [f64; 2] = [1.5, -0.5];
/// Tangents of the operands, in four directions.
pub(crate) const DIRECTIONS: [[f64; 8]; 4] = [
    [1.0, -0.5, 0.25, 0.75, 1.25, -1.0, 0.5, 2.0],
    [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [-2.0, 0.5, 1.5, -1.0, 0.25, 0.0, 1.0, -1.0],
    [0.5, 0.0, -1.0, 2.0, 1.0, 0.5, -0.75, 0.25],
];

/// A point and what is expected there.
pub(crate) struct Point {
    pub(crate) at: Vec<f64>,
    pub(crate) outputs: Vec<f64>,
    pub(crate) value: f64,
    pub(crate) adjoints: Vec<f64>,
}

pub(crate) fn points(rule: &'static Rule) -> Vec<Point> {
    let mut sampler = Sampler::new(7);
    // Boxes may be narrow, or many.
    let two = (0..2).flat_map(|_| rule.sample(&mut sampler));
    two.map(|at| point(rule, at)).collect()
}

fn point(rule: &'static Rule, at: Vec<f64>) -> Point {
    let outputs = rule.primal(&at)[..rule.outputs().len()].to_vec();
    let seed = |o: usize| rule.outputs()[o].real.then_some(WEIGHTS[o]);
    let seeds: Vec<Option<f64>> = (0..outputs.len()).map(seed).collect();
    let all = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let (operands, results) = (all(&at), all(&outputs));
    let mut emission = Emission::new(rule, &operands, &results);
    let adjoints = emission.adjoints(&mut Eval, &seeds, rule.differentiable());
    let weighted = seeds.iter().zip(&outputs);
    Point {
        value: weighted
            .map(|(seed, output)| seed.map_or(0.0, |seed| seed * output))
            .sum(),
        adjoints: adjoints.into_iter().map(|a| a.unwrap_or(0.0)).collect(),
        at,
        outputs,
    }
}

/// The numbers that the program should print for a point.
pub(crate) fn expected(rule: &Rule, point: &Point) -> Vec<f64> {
    let mut list = vec![point.value];
    list.extend(&point.adjoints);
    let forward = |direction: &[f64; 8]| {
        let pairs = point.adjoints.iter().zip(direction);
        pairs
            .map(|(adjoint, tangent)| adjoint * tangent)
            .sum::<f64>()
    };
    list.push(forward(&DIRECTIONS[0]));
    for _ in 0..4 {
        list.extend(&point.adjoints);
    }
    list.extend(DIRECTIONS.iter().map(forward));
    debug_assert_eq!(list.len(), 6 + 5 * rule.arity());
    list
}
