//! A C file of a given length as one finds it: kernels of many kinds that share helpers, and what calls them.
//!
//! Each kernel is an instance of one of [`KERNELS`] with other constants, functions and operators; ten of them make a
//! stage, and `f` runs all stages. The text depends on the number of lines only.

use std::fmt::Write as _;

/// What a file asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asks {
    /// Nothing.
    Nothing,
    /// The gradient of all of it.
    Once,
    /// The gradient of each stage.
    EachStage,
}

/// Kernels a stage.
const STAGE: usize = 10;

const HEAD: &str = "#include <math.h>
struct body { double at[3], v[3], mass, charge; int kind; };
struct grid { int rows, cols; double dx, dt; };
";

const ASKING: &str = "extern int enzyme_dup, enzyme_const;
double __enzyme_autodiff(void *, ...);
";

/// Functions of two numbers that kernels call.
const HELPERS: &[&str] = &[
    "static double h@(double a, double b) {
  double t = a * # + b;
  if (t < #) return t * t * #;
  return M(t) + # * b;
}
",
    "static double h@(double a, double b) {
  double s = a;
  for (int i = 0; i < 4; i++) s = s * # + M(s + b);
  return s;
}
",
    "static double h@(double a, double b) {
  double r = sqrt(a * a + b * b + #);
  double w = fmin(r, #);
  return w * w * (3 - 2 * w) + M(r) / (r + #);
}
",
];

/// Each is a function of the same type; `M` is a function of one number, `H` a helper.
const KERNELS: &[&str] = &[
    // Over arrays, with a branch.
    "double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  double sum = 0;
  for (int i = 0; i < g->rows; i++) {
    double t = x[i] * # + y[i];
    if (t > #) {
      t = M(t) * #;
    } else if (x[i] < 0) {
      t = t * t - #;
    }
    y[i] = y[i] * # + t;
    sum += t * x[i];
  }
  return sum;
}
",
    // A stencil over a grid.
    "double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  int rows = g->rows, cols = g->cols;
  double r = g->dt / (g->dx * g->dx);
  for (int i = 1; i < rows - 1; i++) {
    for (int j = 1; j < cols - 1; j++) {
      int at = i * cols + j;
      double lap = x[at - 1] + x[at + 1] + x[at - cols] + x[at + cols] - 4 * x[at];
      y[at] = x[at] + r * lap * # + # * M(x[at]);
    }
  }
  double sum = 0;
  for (int j = 0; j < cols; j++) sum += y[j] * y[cols + j];
  return sum;
}
",
    // Pairs of records.
    "double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  double energy = 0;
  for (int i = 0; i < g->cols; i++) {
    double force[3] = {0, 0, 0};
    for (int j = 0; j < g->cols; j++) {
      if (i == j) continue;
      double d[3], r2 = #;
      for (int c = 0; c < 3; c++) {
        d[c] = b[j].at[c] - b[i].at[c];
        r2 += d[c] * d[c];
      }
      double w = b[j].mass / (r2 * sqrt(r2));
      for (int c = 0; c < 3; c++) force[c] += w * d[c];
      energy -= b[i].charge * b[j].charge * # / sqrt(r2);
    }
    for (int c = 0; c < 3; c++) b[i].v[c] += g->dt * force[c];
  }
  return energy;
}
",
    // Records of several kinds.
    "double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  double sum = 0;
  for (int i = 0; i < g->cols; i++) {
    struct body *p = &b[i];
    switch (p->kind) {
    case 0:
      p->charge *= #;
      sum += H(p->charge, x[i]);
      break;
    case 1:
      p->mass = p->mass * # + M(x[i]);
      sum += p->mass;
      break;
    case 2:
      for (int c = 0; c < 3; c++) p->at[c] += p->v[c] * g->dt;
      sum += p->at[0] * p->at[1] - p->at[2] * #;
      break;
    default:
      sum += p->mass * p->charge;
    }
  }
  return sum;
}
",
    // Recursion over halves.
    "static double r@(const double *x, int n) {
  if (n < 3) return n == 2 ? x[0] * x[1] * # : M(x[0]);
  int half = n / 2;
  double left = r@(x, half), right = r@(x + half, n - half);
  return left > right ? left * # + right : H(left, right);
}
double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  double all = r@(x, g->rows);
  y[0] += all * #;
  return all;
}
",
    // An iteration until it has converged.
    "double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  double sum = 0;
  for (int i = 0; i < g->cols; i++) {
    double u = 1, goal = x[i] * x[i] + #;
    for (int n = 0; n < 20; n++) {
      double f = u * u * u + u * # - goal;
      if (fabs(f) < 1e-12) break;
      u -= f / (3 * u * u + #);
    }
    y[i] += u;
    sum += u * M(u);
  }
  return sum;
}
",
    // A formula with cases.
    "static double c@(double vg, double vd, double vs, double t) {
  double vt = # + # * (sqrt(fabs(# + vs)) - #);
  double ov = vg - vs - vt;
  double mob = # / (1 + # * ov);
  double th = t * 8.617e-5;
  if (ov <= 0) return # * exp(ov / th) * (1 - exp(-vd / th));
  double sat = ov / (1 + # * ov);
  double i;
  if (vd < sat) {
    i = mob * (ov - vd / 2) * vd;
  } else {
    i = mob * sat * sat / 2 * (1 + # * (vd - sat));
  }
  double leak = # * H(vd, vs);
  double cap = # * ov + # * M(vd);
  return i + leak * # + cap;
}
double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  double sum = 0;
  for (int i = 0; i + 3 < g->rows; i++) {
    double now = c@(x[i], x[i + 1], x[i + 2], 300 + x[i + 3]);
    y[i] += now;
    sum += now * now;
  }
  return sum;
}
",
    // A small triangular solve.
    "double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  enum { N = 6 };
  double l[N][N], z[N], det = 0;
  for (int i = 0; i < N; i++) {
    for (int j = 0; j <= i; j++) {
      double s = x[i * N + j] * # + (i == j ? # + 2 * N : 0);
      for (int k = 0; k < j; k++) s -= l[i][k] * l[j][k];
      l[i][j] = i == j ? sqrt(s) : s / l[j][j];
    }
  }
  for (int i = 0; i < N; i++) {
    z[i] = y[i];
    for (int k = 0; k < i; k++) z[i] -= l[i][k] * z[k];
    z[i] /= l[i][i];
    det += log(l[i][i]) + z[i] * #;
  }
  return det;
}
",
    // A product of matrices, and a layer of neurons.
    "double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  int n = g->cols;
  double sum = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) {
      double s = 0;
      for (int k = 0; k < n; k++) s += x[i * n + k] * x[k * n + j];
      y[i * n + j] += M(s * # + #);
      sum += y[i * n + j];
    }
  }
  return sum;
}
",
    // A table with places between.
    "static const double t@[8] = {#, #, #, #, #, #, #, #};
double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  double sum = 0;
  for (int i = 0; i < g->rows; i++) {
    double u = fmax(0, fmin(6.999, x[i] * #));
    int at = (int)u;
    double w = u - at;
    double v = t@[at] * (1 - w) + t@[at + 1] * w;
    sum += H(v, w) * y[i];
    y[i] = v * # - y[i];
  }
  return sum;
}
",
    // Steps of a system of equations.
    "static void d@(const double *u, double *du, double a) {
  du[0] = # * (u[1] - u[0]);
  du[1] = u[0] * (a - u[2]) - u[1];
  du[2] = u[0] * u[1] - # * u[2] + M(u[1]);
}
double k@(const double *x, double *y, struct body *b, const struct grid *g) {
  double u[3] = {x[0], x[1], x[2]}, s[3], p[3], q[3];
  for (int step = 0; step < g->rows; step++) {
    d@(u, p, x[3]);
    for (int c = 0; c < 3; c++) s[c] = u[c] + g->dt / 2 * p[c];
    d@(s, q, x[3]);
    for (int c = 0; c < 3; c++) u[c] += g->dt * q[c];
    if (u[0] > #) u[0] *= #;
  }
  y[3] += u[2];
  return u[0] * u[1];
}
",
];

const MATH: &[&str] = &[
    "sin", "cos", "tanh", "exp", "atan", "log1p", "sinh", "cbrt", "erf",
];

/// Numbers from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// A file of about `lines` lines.
pub(super) fn source(lines: usize, asks: Asks) -> String {
    let mut random = Random(lines as u64);
    let mut out = String::from(HEAD);
    if asks != Asks::Nothing {
        out.push_str(ASKING);
    }
    // Requests do not count: what is asked for is asked of the same program.
    let mut written = HEAD.lines().count();
    let (mut kernels, mut helpers, mut stages) = (0, 0, 0);
    while written < lines {
        let from = out.len();
        if kernels % STAGE == 0 {
            for helper in HELPERS {
                instance(&mut out, helper, helpers, helpers, &mut random);
                helpers += 1;
            }
        }
        let kernel = KERNELS[kernels % KERNELS.len()];
        instance(&mut out, kernel, kernels, helpers, &mut random);
        kernels += 1;
        written += out[from..].lines().count();
        if kernels % STAGE == 0 {
            stage(&mut out, stages, asks);
            stages += 1;
            written += STAGE + 4;
        }
    }
    whole(&mut out, stages, asks);
    out
}

/// Appends number `index` of what `text` is a pattern of; there are `helpers` helpers that it may call.
fn instance(out: &mut String, text: &str, index: usize, helpers: usize, random: &mut Random) {
    for c in text.split_inclusive(['@', '#', 'M', 'H']) {
        let (plain, mark) = c.split_at(c.len() - 1);
        out.push_str(plain);
        let _ = match mark {
            "@" => write!(out, "{index}"),
            "#" => write!(out, "{:.2}", 0.25 + random.below(100) as f64 / 64.0),
            "M" => write!(out, "{}", MATH[random.below(MATH.len())]),
            // One of the last few.
            "H" => write!(out, "h{}", helpers - 1 - random.below(helpers.min(6))),
            _ => write!(out, "{mark}"),
        };
    }
}

const PARAMETERS: &str = "double *x, double *y, struct body *b, const struct grid *g";
const SHADOWS: &str = "double *x, double *dx, double *y, double *dy, struct body *b, struct body *db, const struct grid *g";
const OPERANDS: &str = "enzyme_dup, x, dx, enzyme_dup, y, dy, enzyme_dup, b, db, enzyme_const, g";

fn stage(out: &mut String, stage: usize, asks: Asks) {
    let _ = writeln!(
        out,
        "double s{stage}(const {PARAMETERS}) {{\n  double all = 0;"
    );
    for kernel in stage * STAGE..(stage + 1) * STAGE {
        let _ = writeln!(out, "  all += k{kernel}(x, y, b, g);");
    }
    out.push_str("  return all;\n}\n");
    if asks == Asks::EachStage {
        gradient(out, &format!("s{stage}"));
    }
}

fn whole(out: &mut String, stages: usize, asks: Asks) {
    let _ = writeln!(out, "double f(const {PARAMETERS}) {{\n  double all = 0;");
    for stage in 0..stages {
        let _ = writeln!(out, "  all += s{stage}(x, y, b, g);");
    }
    out.push_str("  return all;\n}\n");
    if asks == Asks::Once {
        gradient(out, "f");
    }
}

fn gradient(out: &mut String, of: &str) {
    let _ = writeln!(
        out,
        "void gradient_{of}({SHADOWS}) {{\n  __enzyme_autodiff((void *){of}, {OPERANDS});\n}}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_as_long_as_asked_for() {
        for lines in [1_000, 3_000, 10_000] {
            let text = source(lines, Asks::Once);
            let count = text.lines().count();
            assert!((lines..lines + lines / 10).contains(&count), "{count}");
            assert!(!text.contains(['@', '#', 'M', 'H']) || text.contains("#include"));
        }
    }
}
