//! Second derivatives of a case: requests nested in all four ways, judged by curvature.
//!
//! The functions that make the first request (`rz_reverse` and `rz_forward` of the gradient driver)
//! are differentiated again, over everything they are given:
//!
//! | mode | outer over inner | result | expected |
//! |---|---|---|---|
//! | `fr` | forward over reverse | tangent of the gradient | Σᵢ wᵢ Hᵢⱼ |
//! | `ff` | forward over forward | tangent of the tangent | Σⱼ vⱼ Hᵢⱼ |
//! | `rf` | reverse over forward | ⟨u, gradient by x⟩; gradient by v | Σᵢⱼ cᵢ vⱼ Hᵢⱼ; Σᵢ cᵢ Jᵢⱼ |
//! | `rr` | reverse over reverse | ⟨u, gradient by x⟩; gradient by w | Σᵢⱼ cⱼ wᵢ Hᵢⱼ; Σⱼ cⱼ Jᵢⱼ |
//!
//! H is the derivative of the exact Jacobian J in the direction u: fourth-order differences of
//! dual-number runs. Two step sizes must agree, else (at kinks, say) a component is not judged.

use crate::driver;
use crate::numbers::{Report, Shape, check, cotangent, direction, times};
use crate::spec::Spec;
use std::fmt::Write as _;

/// A way of nesting two requests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mode {
    /// Its name in case files and reports.
    pub name: &'static str,
    /// The inner request is reverse.
    pub inner_reverse: bool,
    /// The outer request is reverse.
    pub outer_reverse: bool,
}

const fn mode(name: &'static str, outer_reverse: bool, inner_reverse: bool) -> Mode {
    Mode {
        name,
        inner_reverse,
        outer_reverse,
    }
}

/// All four.
pub const MODES: [Mode; 4] = [
    mode("fr", false, true),
    mode("ff", false, false),
    mode("rf", true, false),
    mode("rr", true, true),
];

/// The modes a case can be nested in: those whose inner request it allows.
pub fn modes(spec: &Spec) -> impl Iterator<Item = Mode> + '_ {
    MODES.into_iter().filter(|m| {
        if m.inner_reverse {
            spec.reverse
        } else {
            spec.forward
        }
    })
}

const DIRECTION: &str = r"
static void rz_outer_directions(rz_num *b, int n) {
  for (int k = 0; k < n; k++) b[k] = ((k * 3 + 1) % 7 - 3.25L) / 4;
}
";

/// The oracle's main function: J as the dual driver prints it, and H for two step sizes.
pub fn curvature(out: &mut String, spec: &Spec) {
    let step = spec.second.step;
    let _ = writeln!(out, "#define RZ_STEP {step:e}L");
    out.push_str(DIRECTION);
    out.push_str(CURVATURE_MAIN);
}

const CURVATURE_MAIN: &str = r#"
static struct rz_args A;
static void rz_column(int point, int j, rz_num step, rz_num *b) {
  static rz_num x[ACTIVE + 1], u[ACTIVE + 1];
  struct rz_result R;
  memset((void *)&R, 0, sizeof R);
  rz_init(&A, point);
  rz_get(&A, rz_active, ACTIVE, x);
  rz_outer_directions(u, ACTIVE);
  for (int k = 0; k < ACTIVE; k++) x[k] += step * u[k];
  rz_set(&A, rz_active, ACTIVE, x);
  rz_set_tangent(&A, &rz_active[j]);
  rz_call(&A, &R);
  rz_get_tangents(&R, rz_ret, RET, b);
  rz_get_tangents(&A, rz_active, ACTIVE, b + RET);
}

int main() {
  static rz_num b[4][ACTIVE + RET + 1];
  for (int point = 0; point < POINTS; point++)
    for (int j = 0; j < ACTIVE; j++) {
      rz_column(point, j, 0, b[0]);
      rz_print("J", point, b[0], RET + ACTIVE);
      for (int fine = 0; fine < 2; fine++) {
        rz_num h = fine ? RZ_STEP / 2 : RZ_STEP;
        for (int k = 0; k < 4; k++) rz_column(point, j, (k < 2 ? k - 2 : k - 1) * h, b[k]);
        for (int i = 0; i < RET + ACTIVE; i++) b[0][i] = (b[0][i] - 8 * b[1][i] + 8 * b[2][i] - b[3][i]) / (12 * h);
        rz_print(fine ? "h" : "H", point, b[0], RET + ACTIVE);
      }
    }
  printf("\n@ end\n");
}
"#;

/// The driver's part behind the case: inner functions, outer requests and the main function.
pub fn nested(out: &mut String, spec: &Spec, wanted: &[Mode]) {
    out.push_str("#define rz_same(...) ((void)0)\n");
    out.push_str(driver::MARKERS);
    out.push_str(DIRECTION);
    driver::reverse(out, spec);
    driver::forward(out, spec);
    for mode in MODES {
        let on = u8::from(wanted.contains(&mode));
        let _ = writeln!(out, "#define RZ_{} {on}", mode.name.to_uppercase());
    }
    let by_value = Shape::new(spec).by_value;
    let flags: String = by_value
        .iter()
        .map(|&b| if b { "1, " } else { "0, " })
        .collect();
    let _ = writeln!(out, "static const bool rz_is_by_value[] = {{{flags}0}};");
    out.push_str(NESTED_MAIN);
}

const NESTED_MAIN: &str = r#"
extern void __enzyme_fwddiff_second(void *, ...);
extern void __enzyme_autodiff_second(void *, ...);
struct rz_second {
  struct rz_args A, dA, S, dS;
  struct rz_result D, dD;
  struct rz_grad G, dG;
};

/* Memory like the primal's whose active scalars are v and whose other scalars are zero. */
static void rz_shadow(struct rz_args *S, int point, const rz_num *v) {
  static const rz_num zero[INACTIVE + 1];
  rz_init(S, point);
  rz_set(S, rz_inactive, INACTIVE, zero);
  rz_set(S, rz_active, ACTIVE, v);
  rz_links(S);
}

static void rz_by_value(rz_num *v, bool keep) {
  for (int k = 0; k < ACTIVE; k++)
    if (rz_is_by_value[k] != keep) v[k] = 0;
}

static const rz_num rz_zero[ACTIVE + RET + 1];

/* The inner shadow starts as v, the outer ones at zero; the result's inner shadow is a cotangent in reverse mode. */
static void rz_start(struct rz_second *s, int point, bool reverse) {
  rz_num v[ACTIVE + RET + 1];
  memset(s, 0, sizeof *s);
  rz_init(&s->A, point);
  rz_shadow(&s->dA, point, rz_zero);
  rz_shadow(&s->dS, point, rz_zero);
  if (reverse) rz_cotangents(v, ACTIVE, 0);
  else rz_directions(v, ACTIVE);
  rz_shadow(&s->S, point, v);
  rz_cotangents(v, RET, 100);
  if (reverse) rz_set(&s->D, rz_ret, RET, v);
}

static void rz_seed_direction(struct rz_second *s, int point) {
  rz_num u[ACTIVE + 1];
  rz_outer_directions(u, ACTIVE);
  rz_shadow(&s->dA, point, u);
}

/* The outer cotangents: of memory, of the result (tangent) and of the returned gradients. */
static void rz_seed_cotangents(struct rz_second *s, int point, bool result) {
  rz_num c[ACTIVE + RET + OUT + 1];
  if (result) {
    rz_cotangents(c, ACTIVE, 0);
    rz_by_value(c, false);
    rz_shadow(&s->dS, point, c);
    rz_cotangents(c, RET, 100);
    rz_set(&s->dD, rz_ret, RET, c);
    return;
  }
  rz_directions(c, ACTIVE);
  rz_num outs[OUT + 1];
  for (int k = 0, n = 0; k < ACTIVE; k++)
    if (rz_is_by_value[k]) outs[n++] = c[k];
  rz_by_value(c, false);
  rz_shadow(&s->dS, point, c);
  rz_set(&s->dG, rz_grad_leaves, OUT, outs);
}

static void rz_print_projected(const char *name, int point, struct rz_second *s) {
  rz_num got[2 * ACTIVE + 2], u[ACTIVE + 1];
  rz_outer_directions(u, ACTIVE);
  rz_get(&s->dA, rz_active, ACTIVE, got + 1);
  got[0] = 0;
  for (int k = 0; k < ACTIVE; k++) got[0] += u[k] * got[k + 1];
  rz_get(&s->dS, rz_active, ACTIVE, got + 1);
  rz_print(name, point, got, ACTIVE + 1);
}

#define RZ_OPERANDS(s, inner)                                                                           \
  (void *)inner, enzyme_dup, &s->A, &s->dA, enzyme_dup, &s->S, &s->dS, enzyme_dup, &s->D, &s->dD

int main(void) {
  static struct rz_second state, *s = &state;
  static rz_num got[OUT + RET + ACTIVE + 1];
  for (int point = 0; point < POINTS; point++) {
#if RZ_FR
    rz_start(s, point, true);
    rz_seed_direction(s, point);
    __enzyme_fwddiff_second(RZ_OPERANDS(s, rz_reverse), enzyme_dup, &s->G, &s->dG, enzyme_const, (void *)0);
    rz_get(&s->dG, rz_grad_leaves, OUT, got);
    rz_get(&s->dS, rz_active, ACTIVE, got + OUT);
    rz_print("fr", point, got, OUT + ACTIVE);
#endif
#if RZ_FF
    rz_start(s, point, false);
    rz_seed_direction(s, point);
    __enzyme_fwddiff_second(RZ_OPERANDS(s, rz_forward), enzyme_const, (void *)0);
    rz_get(&s->dD, rz_ret, RET, got);
    rz_get(&s->dS, rz_active, ACTIVE, got + RET);
    rz_print("ff", point, got, RET + ACTIVE);
#endif
#if RZ_RF
    rz_start(s, point, false);
    rz_seed_cotangents(s, point, true);
    __enzyme_autodiff_second(RZ_OPERANDS(s, rz_forward), enzyme_const, (void *)0);
    rz_print_projected("rf", point, s);
#endif
#if RZ_RR
    rz_start(s, point, true);
    rz_seed_cotangents(s, point, false);
    __enzyme_autodiff_second(RZ_OPERANDS(s, rz_reverse), enzyme_dup, &s->G, &s->dG, enzyme_const, (void *)0);
    rz_print_projected("rr", point, s);
#endif
  }
  printf("\n@ end\n");
}
"#;

/// Everything known about one point.
struct Point<'a> {
    spec: &'a Spec,
    shape: &'a Shape,
    jacobian: Vec<&'a [f64]>,
    curvature: Vec<Vec<f64>>,
    /// The cotangent of every row: the result, then memory.
    cotangents: Vec<f64>,
    tolerance: f64,
    floors: (f64, f64),
    at: usize,
}

/// Judges second derivatives. Also the number of components that were compared.
pub fn judge(
    oracle: &Report,
    got: &Report,
    shape: &Shape,
    spec: &Spec,
    wanted: &[Mode],
) -> (Vec<String>, usize) {
    let (mut wrong, mut compared) = (got.fails.clone(), 0);
    for at in 0..spec.points() {
        let point = Point::new(oracle, shape, spec, at);
        for mode in wanted {
            let rows = got.rows(mode.name, at);
            let expected = point.expected(*mode);
            if rows.len() != 1 || rows[0].len() != expected.len() {
                wrong.push(format!("point {at}: no results of {}", mode.name));
                continue;
            }
            for ((what, terms, floor), &value) in expected.iter().zip(rows[0]) {
                if terms.iter().any(|t| t.is_nan()) || terms.is_empty() {
                    continue;
                }
                compared += 1;
                let name = format!("point {at}: {}: {what}", mode.name);
                check(&name, value, terms, (point.tolerance, *floor), &mut wrong);
            }
        }
    }
    (wrong, compared)
}

/// A component: what it is, the terms it is the sum of (none: not judged), the absolute tolerance.
type Component = (String, Vec<f64>, f64);

impl<'a> Point<'a> {
    fn new(oracle: &'a Report, shape: &'a Shape, spec: &'a Spec, at: usize) -> Self {
        let tolerance = spec.second.tolerance;
        let memory = |k: usize| if shape.by_value[k] { 0.0 } else { cotangent(k) };
        let cotangents = shape.seeds.iter().copied();
        let cotangents = cotangents
            .chain((0..shape.names.len()).map(memory))
            .collect();
        let (rough, fine) = (oracle.rows("H", at), oracle.rows("h", at));
        let size = largest(rough.iter().flat_map(|r| r.iter()));
        let agreed = |a: f64, b: f64| {
            let near = (a - b).abs() <= tolerance * 0.3 * (a.abs() + size * 1e-3);
            if near { b } else { f64::NAN }
        };
        let curvature = rough
            .iter()
            .zip(&fine)
            .map(|(a, b)| a.iter().zip(*b).map(|(&a, &b)| agreed(a, b)).collect())
            .collect();
        let jacobian = oracle.rows("J", at);
        let first = largest(jacobian.iter().flat_map(|r| r.iter()));
        Self {
            spec,
            shape,
            jacobian,
            curvature,
            cotangents,
            tolerance,
            floors: (
                tolerance * 1e-2 * size + 1e-13 * first,
                tolerance * 1e-4 * first,
            ),
            at,
        }
    }

    fn expected(&self, mode: Mode) -> Vec<Component> {
        debug_assert!(self.at < self.spec.points());
        match (mode.outer_reverse, mode.inner_reverse) {
            (false, true) => self.tangents_of_gradient(),
            (false, false) => self.tangents_of_tangents(),
            (true, false) => self.gradient_of_tangents(),
            (true, true) => self.gradient_of_gradient(),
        }
    }

    fn leaves(&self) -> usize {
        self.shape.names.len()
    }

    fn results(&self) -> usize {
        self.shape.seeds.len()
    }

    /// The terms of Σᵢ wᵢ rowᵢ.
    fn weighted(row: &[f64], weights: &[f64]) -> Vec<f64> {
        row.iter()
            .zip(weights)
            .map(|(&a, &w)| times(a, w))
            .collect()
    }

    fn tangents_of_gradient(&self) -> Vec<Component> {
        let component = |j: usize| {
            let terms = Self::weighted(&self.curvature[j], &self.cotangents);
            (self.shape.names[j].clone(), terms, self.floors.0)
        };
        let outs = (0..self.leaves()).filter(|&j| self.shape.by_value[j]);
        let memory = |j: usize| {
            let (name, terms, floor) = component(j);
            let judged = !self.shape.by_value[j];
            (name, if judged { terms } else { vec![] }, floor)
        };
        outs.map(component)
            .chain((0..self.leaves()).map(memory))
            .collect()
    }

    fn tangents_of_tangents(&self) -> Vec<Component> {
        (0..self.results() + self.leaves())
            .map(|i| {
                let result = i < self.results();
                let judged = if result {
                    self.spec.ret.active
                } else {
                    !self.shape.by_value[i - self.results()]
                };
                let column = |j: usize| times(self.curvature[j][i], direction(j));
                let terms = if judged {
                    (0..self.leaves()).map(column).collect()
                } else {
                    vec![]
                };
                (format!("row {i}"), terms, self.floors.0)
            })
            .collect()
    }

    /// ⟨u, gradient⟩ = Σᵢⱼ cᵢ vⱼ Hᵢⱼ.
    fn projected(&self, rows: &[f64], columns: &[f64]) -> Component {
        let mut terms = Vec::new();
        for (row, &v) in self.curvature.iter().zip(columns) {
            terms.extend(Self::weighted(row, rows).into_iter().map(|t| times(t, v)));
        }
        ("projected gradient".into(), terms, self.floors.0)
    }

    fn directions(&self) -> Vec<f64> {
        (0..self.leaves()).map(direction).collect()
    }

    fn gradient_of_tangents(&self) -> Vec<Component> {
        let active = self.spec.ret.active;
        let results = (0..self.results()).map(|i| if active { cotangent(i + 100) } else { 0.0 });
        let weights: Vec<f64> = results
            .chain(self.cotangents[self.results()..].iter().copied())
            .collect();
        let mut all = vec![self.projected(&weights, &self.directions())];
        all.extend((0..self.leaves()).map(|j| {
            let terms = Self::weighted(self.jacobian[j], &weights);
            (
                format!("tangent of {}", self.shape.names[j]),
                terms,
                self.floors.1,
            )
        }));
        all
    }

    fn gradient_of_gradient(&self) -> Vec<Component> {
        let columns = self.directions();
        let mut all = vec![self.projected(&self.cotangents, &columns)];
        all.extend((0..self.leaves()).map(|i| {
            let row = |j: usize| times(self.jacobian[j][self.results() + i], columns[j]);
            let judged = !self.shape.by_value[i];
            let terms = if judged {
                (0..self.leaves()).map(row).collect()
            } else {
                vec![]
            };
            (
                format!("cotangent of {}", self.shape.names[i]),
                terms,
                self.floors.1,
            )
        }));
        all
    }
}

fn largest<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    values
        .map(|x| x.abs())
        .filter(|x| x.is_finite())
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The outer direction u (the driver has the same).
    fn outer_direction(k: usize) -> f64 {
        (((k * 3 + 1) % 7) as f64 - 3.25) / 4.0
    }

    /// f(x) = x³ at 3 in the direction u₀: J = 27, H = 18 u₀.
    const SOURCE: &str = "//! ret REAL\n//! out REAL x = 3\n";

    fn judged(fr: f64) -> Vec<String> {
        let spec = Spec::parse(SOURCE).unwrap();
        let h = 18.0 * outer_direction(0);
        let oracle = format!("@ J 0 27 1\n@ H 0 {h} 0\n@ h 0 {h} 0\n@ end\n");
        let got = format!("@ fr 0 {fr} 0\n@ end\n");
        let (oracle, got) = (Report::parse(&oracle), Report::parse(&got));
        let (wrong, compared) = judge(&oracle, &got, &Shape::new(&spec), &spec, &MODES[..1]);
        assert_eq!(compared, 1);
        wrong
    }

    #[test]
    fn right_and_wrong_second_derivatives() {
        assert_eq!(judged(18.0 * outer_direction(0)), Vec::<String>::new());
        assert_eq!(judged(18.001 * outer_direction(0)).len(), 1);
    }
}
