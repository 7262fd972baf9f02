/* Fixed part of the fuzzer's modules; the programs and tables come before it. */
#define RZ_LEAVES 18
struct rz_args {
  REAL x, y, a[8], b[8];
};
static const struct rz_leaf rz_leaves[] = {
    RZ_LEAF(rz_args, x) RZ_LEAF(rz_args, y)
    RZ_LEAF(rz_args, a[0]) RZ_LEAF(rz_args, a[1]) RZ_LEAF(rz_args, a[2]) RZ_LEAF(rz_args, a[3])
    RZ_LEAF(rz_args, a[4]) RZ_LEAF(rz_args, a[5]) RZ_LEAF(rz_args, a[6]) RZ_LEAF(rz_args, a[7])
    RZ_LEAF(rz_args, b[0]) RZ_LEAF(rz_args, b[1]) RZ_LEAF(rz_args, b[2]) RZ_LEAF(rz_args, b[3])
    RZ_LEAF(rz_args, b[4]) RZ_LEAF(rz_args, b[5]) RZ_LEAF(rz_args, b[6]) RZ_LEAF(rz_args, b[7])};

/* Inactive leaves keep zero shadows and are not reported. */
static bool rz_is_active(const struct rz_program *p, int leaf) {
  return leaf == 0 ? p->x_active : leaf >= 10 ? p->b_active : true;
}

/* The direction in which derivatives are differentiated again, and the tangents of their seeds. */
__attribute__((unused)) static rz_num rz_outer(int k) { return ((k * 3 + 1) % 7 - 3.25L) / 4; }
__attribute__((unused)) static rz_num rz_outer_seed(int k) { return ((k * 4 + 3) % 9 - 4.25L) / 6; }

#ifdef RZ_DUAL

static rz_num rz_cotangent(int k) { return ((k * 7 + 3) % 11 - 4.5L) / 4; }
static rz_num rz_direction(int k) { return ((k * 5 + 2) % 13 - 6.5L) / 8; }


/* The Jacobian at a point moved by a step: a column for every leaf; rows are the result, then a and b. */
static void rz_jacobian(const struct rz_program *p, int point, rz_num step, rz_num columns[][17]) {
  struct rz_args A;
  rz_num v[RZ_LEAVES], column[18];
  for (int k = 0; k < RZ_LEAVES; k++) v[k] = p->values[point][k] + step * rz_outer(k);
  for (int j = 0; j < RZ_LEAVES; j++) {
    memset(columns[j], 0, sizeof columns[j]);
    if (!rz_is_active(p, j)) continue;
    rz_set(&A, rz_leaves, RZ_LEAVES, v);
    rz_set_tangent(&A, &rz_leaves[j]);
    REAL r = p->f(A.x, A.y, A.a, A.b, p->n[point]);
    rz_get_tangents(&A, rz_leaves, RZ_LEAVES, column);
    column[1] = r.t;
    for (int row = 0; row < 17; row++) columns[j][row] = rz_is_active(p, row ? row + 1 : 1) ? column[row + 1] : 0;
  }
}

/* Sums over rows and over columns, with cotangents and directions. */
static void rz_project(rz_num columns[][17], rz_num *gradient, rz_num *size, rz_num *tangent, rz_num *extent) {
  for (int j = 0; j < RZ_LEAVES; j++)
    for (int row = 0; row < 17; row++) {
      rz_num c = columns[j][row], g = c * (row ? rz_cotangent(row + 1) : 1), t = c * rz_direction(j);
      gradient[j] += g, size[j] += fabsl(g), tangent[row] += t, extent[row] += fabsl(t);
    }
}

#ifdef RZ_NESTED
/* Derivatives of the gradient and of the tangent: fourth-order differences, for two steps that must agree. They are
   far apart, for a function that swings faster than both looks smooth to two that are close. */
static void rz_curvature(const struct rz_program *p, int index, int point, rz_num columns[][17]) {
  static rz_num moved[4][RZ_LEAVES][17], slope[RZ_LEAVES][17];
  for (int fine = 0; fine < 2; fine++) {
    rz_num h = fine ? 1e-5L : 1e-4L, out[35] = {0}, none[18] = {0};
    for (int k = 0; k < 4; k++) rz_jacobian(p, point, (k < 2 ? k - 2 : k - 1) * h, moved[k]);
    for (int j = 0; j < RZ_LEAVES; j++)
      for (int row = 0; row < 17; row++)
        slope[j][row] = (moved[0][j][row] - 8 * moved[1][j][row] + 8 * moved[2][j][row] - moved[3][j][row]) / (12 * h);
    rz_project(slope, out, none, out + 18, none);
    for (int j = 0; j < RZ_LEAVES; j++)
      for (int row = 0; row < 17; row++) {
        if (row) out[j] += columns[j][row] * rz_outer_seed(row + 1);
        out[18 + row] += columns[j][row] * rz_outer_seed(j);
      }
    rz_print(fine ? "e" : "E", index, out, 35);
  }
}
#endif

int main() {
  static rz_num columns[RZ_LEAVES][17];
  for (int i = 0; i < rz_count; i++)
    for (int point = 0; point < rz_programs[i].points; point++) {
      const struct rz_program *p = &rz_programs[i];
      rz_num y[20], gradient[18] = {0}, size[18] = {0}, tangent[17] = {0}, extent[17] = {0};
      struct rz_args A;
      rz::ties = rz::overflows = 0;
      rz_set(&A, rz_leaves, RZ_LEAVES, p->values[point]);
      y[0] = p->f(A.x, A.y, A.a, A.b, p->n[point]).v;
      rz_get(&A, rz_leaves, RZ_LEAVES, y + 1);
      rz_jacobian(p, point, 0, columns);
      rz_project(columns, gradient, size, tangent, extent);
      y[19] = rz::ties + rz::overflows;
      printf("\n@ y %d", 2 * i + point);
      for (int k = 0; k < 20; k++) printf(" %.17Lg", y[k]);
      rz_print("g", 2 * i + point, gradient, 18);
      rz_print("G", 2 * i + point, size, 18);
      rz_print("t", 2 * i + point, tangent, 17);
      rz_print("T", 2 * i + point, extent, 17);
#ifdef RZ_NESTED
      if (!y[19]) rz_curvature(p, 2 * i + point, point, columns);
#endif
    }
  printf("\n@ end\n");
}

#else

static void rz_start(const struct rz_program *p, int point, struct rz_args *A, struct rz_args *S, bool reverse) {
  rz_num v[RZ_LEAVES];
  rz_set(A, rz_leaves, RZ_LEAVES, p->values[point]);
  if (reverse) rz_cotangents(v, RZ_LEAVES, 0);
  else rz_directions(v, RZ_LEAVES);
  for (int k = 0; k < RZ_LEAVES; k++)
    if (!rz_is_active(p, k)) v[k] = 0;
  rz_set(S, rz_leaves, RZ_LEAVES, v);
}

#ifdef RZ_WIDTH
static struct rz_args rz_shadows[RZ_WIDTH];

/* Seeds of its own for every direction. */
static void rz_start_all(const struct rz_program *p, int point, struct rz_args *A, bool reverse) {
  for (int d = 0; d < RZ_WIDTH; d++) {
    rz_num v[RZ_LEAVES];
    rz_start(p, point, A, &rz_shadows[d], reverse);
    rz_get(&rz_shadows[d], rz_leaves, RZ_LEAVES, v);
    for (int k = 0; k < RZ_LEAVES; k++) v[k] = v[(k + 5 * d) % RZ_LEAVES] / (1 + d % 3);
    for (int k = 0; k < RZ_LEAVES; k++)
      if (!rz_is_active(p, k)) v[k] = 0;
    rz_set(&rz_shadows[d], rz_leaves, RZ_LEAVES, v);
  }
}

static void rz_width(const struct rz_program *p, int index, int point, bool reverse) {
  static rz_num alone[RZ_WIDTH][RZ_LEAVES + 2], together[RZ_WIDTH][RZ_LEAVES + 2];
  struct rz_args A;
  rz_start_all(p, point, &A, reverse);
  for (int d = 0; d < RZ_WIDTH; d++) {
    struct rz_grad g = {0, 0};
    rz_set(&A, rz_leaves, RZ_LEAVES, p->values[point]);
    if (reverse) g = p->reverse(&A, &rz_shadows[d], p->n[point]);
    else g.first = p->forward(&A, &rz_shadows[d], p->n[point]);
    rz_get(&rz_shadows[d], rz_leaves, RZ_LEAVES, alone[d]);
    alone[d][RZ_LEAVES] = g.first, alone[d][RZ_LEAVES + 1] = p->x_active ? g.second : 0;
  }
  rz_start_all(p, point, &A, reverse);
  struct rz_wide w = (reverse ? p->wide_reverse : p->wide_forward)(&A, rz_shadows, p->n[point]);
  for (int d = 0; d < RZ_WIDTH; d++) {
    rz_get(&rz_shadows[d], rz_leaves, RZ_LEAVES, together[d]);
    together[d][RZ_LEAVES] = w.first[d], together[d][RZ_LEAVES + 1] = reverse && p->x_active ? w.second[d] : 0;
  }
  rz_print(reverse ? "alone_reverse" : "alone_forward", index, alone[0], RZ_WIDTH * (RZ_LEAVES + 2));
  rz_print(reverse ? "together_reverse" : "together_forward", index, together[0], RZ_WIDTH * (RZ_LEAVES + 2));
}
#endif

#ifdef RZ_NESTED
/* The outer shadows of everything that an inner request is given and gives. */
struct rz_seeds { rz_num args[RZ_LEAVES], shadow[RZ_LEAVES], result[2]; };

/* Forward over an inner request: the tangents of what it gives. */
static void rz_outer_forward(const struct rz_program *p, int point, bool reverse, struct rz_seeds *s) {
  struct rz_args A, S, dA, dS;
  struct rz_grad g = {0, 0};
  rz_start(p, point, &A, &S, reverse);
  rz_set(&dA, rz_leaves, RZ_LEAVES, s->args);
  rz_set(&dS, rz_leaves, RZ_LEAVES, s->shadow);
  if (reverse) g = p->forward_of_reverse(&A, &dA, &S, &dS, p->n[point]);
  else g.first = p->forward_of_forward(&A, &dA, &S, &dS, p->n[point]);
  rz_get(&dA, rz_leaves, RZ_LEAVES, s->args);
  rz_get(&dS, rz_leaves, RZ_LEAVES, s->shadow);
  s->result[0] = g.first, s->result[1] = g.second;
}

/* Reverse over an inner request; the cotangents of its results are one. */
static void rz_outer_reverse(const struct rz_program *p, int point, bool reverse, struct rz_seeds *s) {
  struct rz_args A, S, dA, dS;
  rz_start(p, point, &A, &S, reverse);
  rz_set(&dA, rz_leaves, RZ_LEAVES, s->args);
  rz_set(&dS, rz_leaves, RZ_LEAVES, s->shadow);
  (reverse ? p->reverse_of_reverse : p->reverse_of_forward)(&A, &dA, &S, &dS, p->n[point]);
  rz_get(&dA, rz_leaves, RZ_LEAVES, s->args);
  rz_get(&dS, rz_leaves, RZ_LEAVES, s->shadow);
}

/* Both outer modes over one inner mode: the tangents, and whether the two are adjoint. */
static void rz_nest(const struct rz_program *p, int index, int point, bool reverse) {
  struct rz_seeds u, v, c, d;
  for (int k = 0; k < RZ_LEAVES; k++) {
    u.args[k] = rz_outer(k), c.args[k] = rz_outer(k + 3);
    u.shadow[k] = rz_is_active(p, k) && !(reverse && k < 2) ? rz_outer_seed(k) : 0;
    c.shadow[k] = rz_is_active(p, k) && !(reverse && k < 2) ? rz_outer_seed(k + 4) : 0;
  }
  v = u, d = c;
  rz_outer_forward(p, point, reverse, &v);
  rz_outer_reverse(p, point, reverse, &d);
  rz_num sums[3] = {v.result[0] + v.result[1], 0, fabsl(v.result[0]) + fabsl(v.result[1])};
  for (int k = 0; k < RZ_LEAVES; k++) {
    rz_num left = v.args[k] * c.args[k], right = u.args[k] * d.args[k];
    sums[0] += left, sums[1] += right, sums[2] += fabsl(left) + fabsl(right);
    left = v.shadow[k] * c.shadow[k], right = u.shadow[k] * d.shadow[k];
    sums[0] += left, sums[1] += right, sums[2] += fabsl(left) + fabsl(right);
  }
  rz_print(reverse ? "dual_reverse" : "dual_forward", index, sums, 3);
  if (reverse) v.shadow[0] = p->x_active ? v.result[0] : 0, v.shadow[1] = p->x_active ? v.result[1] : v.result[0];
  else v.shadow[1] = v.result[0];
  rz_print(reverse ? "fr" : "ff", index, v.shadow + !reverse, 18 - !reverse);
}

static void rz_nested(const struct rz_program *p, int index, int point) {
  rz_nest(p, index, point, true);
  rz_nest(p, index, point, false);
}
#endif

/* Runs the programs whose numbers are given, so that a crash costs one program and not the module. */
int main(int argc, char **argv) {
  int last = argc > 2 ? atoi(argv[2]) : rz_count;
  for (int i = argc > 1 ? atoi(argv[1]) : 0; i < last; i++)
    for (int point = 0; point < rz_programs[i].points; point++) {
      const struct rz_program *p = &rz_programs[i];
      struct rz_args A, S;
      rz_num y[18], out[RZ_LEAVES];
      printf("\n@ start %d\n", i);
      fflush(stdout);
      rz_set(&A, rz_leaves, RZ_LEAVES, p->values[point]);
      y[0] = p->f(A.x, A.y, A.a, A.b, p->n[point]);
      rz_get(&A, rz_leaves + 1, 17, y + 1);
      y[1] = y[0];
      rz_print("plain", 2 * i + point, y + 1, 17);
      rz_start(p, point, &A, &S, true);
      struct rz_grad g = p->reverse(&A, &S, p->n[point]);
      rz_get(&S, rz_leaves, RZ_LEAVES, out);
      out[0] = p->x_active ? g.first : 0;
      out[1] = p->x_active ? g.second : g.first;
      rz_print("g", 2 * i + point, out, RZ_LEAVES);
      rz_get(&A, rz_leaves + 1, 17, y + 1);
      y[1] = y[0];
      rz_print("reversed", 2 * i + point, y + 1, 17);
      rz_start(p, point, &A, &S, false);
      REAL t = p->forward(&A, &S, p->n[point]);
      rz_get(&S, rz_leaves + 1, 17, out);
      out[0] = t;
      rz_print("t", 2 * i + point, out, 17);
      rz_get(&A, rz_leaves + 1, 17, y + 1);
      y[1] = y[0];
      rz_print("forwarded", 2 * i + point, y + 1, 17);
#ifdef RZ_WIDTH
      rz_width(p, 2 * i + point, point, true);
      rz_width(p, 2 * i + point, point, false);
#endif
#ifdef RZ_NESTED
      if (!p->single) rz_nested(p, 2 * i + point, point);
#endif
    }
  printf("\n@ end\n");
}

#endif
