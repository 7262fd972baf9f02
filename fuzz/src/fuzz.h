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

#ifdef RZ_DUAL

static rz_num rz_cotangent(int k) { return ((k * 7 + 3) % 11 - 4.5L) / 4; }
static rz_num rz_direction(int k) { return ((k * 5 + 2) % 13 - 6.5L) / 8; }

int main() {
  for (int i = 0; i < rz_count; i++)
    for (int point = 0; point < rz_programs[i].points; point++) {
      const struct rz_program *p = &rz_programs[i];
      rz_num y[20], column[18], gradient[18] = {0}, size[18] = {0}, tangent[17] = {0}, extent[17] = {0};
      struct rz_args A;
      rz::ties = rz::overflows = 0;
      for (int j = -1; j < RZ_LEAVES; j++) {
        rz_set(&A, rz_leaves, RZ_LEAVES, p->values[point]);
        if (j >= 0) {
          if (!rz_is_active(p, j)) continue;
          rz_set_tangent(&A, &rz_leaves[j]);
        }
        REAL r = p->f(A.x, A.y, A.a, A.b, p->n[point]);
        if (j < 0) {
          y[0] = r.v;
          rz_get(&A, rz_leaves, RZ_LEAVES, y + 1);
          continue;
        }
        rz_get_tangents(&A, rz_leaves, RZ_LEAVES, column);
        column[1] = r.t; /* rows: the result, then a and b */
        for (int row = 0; row < 17; row++) {
          rz_num c = column[row + 1], g = c * (row ? rz_cotangent(row + 1) : 1), t = c * rz_direction(j);
          if (!rz_is_active(p, row ? row + 1 : 1)) continue;
          gradient[j] += g, size[j] += fabsl(g), tangent[row] += t, extent[row] += fabsl(t);
        }
      }
      y[19] = rz::ties + rz::overflows;
      printf("\n@ y %d", 2 * i + point);
      for (int k = 0; k < 20; k++) printf(" %.17Lg", y[k]);
      rz_print("g", 2 * i + point, gradient, 18);
      rz_print("G", 2 * i + point, size, 18);
      rz_print("t", 2 * i + point, tangent, 17);
      rz_print("T", 2 * i + point, extent, 17);
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

/* Runs from the program given, so that a crash costs one program and not the module. */
int main(int argc, char **argv) {
  for (int i = argc > 1 ? atoi(argv[1]) : 0; i < rz_count; i++)
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
    }
  printf("\n@ end\n");
}

#endif
