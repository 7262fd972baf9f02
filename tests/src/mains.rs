//! The `main` functions of the drivers, in C; what they refer to is written by [`crate::driver`].

pub(crate) const DUAL: &str = r#"
int main() {
  static struct rz_args A;
  static rz_num b[ACTIVE + RET + 1];
  for (int point = 0; point < POINTS; point++) {
    struct rz_result R;
    memset((void *)&R, 0, sizeof R);
    rz_init(&A, point);
    rz_call(&A, &R);
    rz_get(&R, rz_ret, RET, b);
    rz_get(&A, rz_active, ACTIVE, b + RET);
    rz_print("y", point, b, RET + ACTIVE);
    for (int j = 0; j < ACTIVE; j++) {
      rz_init(&A, point);
      rz_set_tangent(&A, &rz_active[j]);
      rz_call(&A, &R);
      rz_get_tangents(&R, rz_ret, RET, b);
      rz_get_tangents(&A, rz_active, ACTIVE, b + RET);
      rz_print("J", point, b, RET + ACTIVE);
    }
  }
  printf("\n@ end\n");
}
"#;

pub(crate) const PLAIN: &str = r#"
static struct rz_args A;
static rz_num rz_shifted(int point, int j, rz_num step, rz_num *b) {
  struct rz_result R;
  memset(&R, 0, sizeof R);
  rz_init(&A, point);
  rz_num x = 0;
  if (j >= 0) {
    rz_get(&A, &rz_active[j], 1, &x);
    x += step * (fabsl(x) > 1 ? fabsl(x) : 1);
    rz_set(&A, &rz_active[j], 1, &x);
    rz_get(&A, &rz_active[j], 1, &x);
  }
  rz_call(&A, &R);
  rz_get(&R, rz_ret, RET, b);
  rz_get(&A, rz_active, ACTIVE, b + RET);
  return x;
}

int main(void) {
  static rz_num b[ACTIVE + RET + 1], c[ACTIVE + RET + 1];
  for (int point = 0; point < POINTS; point++) {
    rz_shifted(point, -1, 0, b);
    rz_print("y", point, b, RET + ACTIVE);
    for (int j = 0; j < ACTIVE; j++) {
      rz_num hi = rz_shifted(point, j, RZ_STEP, b), lo = rz_shifted(point, j, -RZ_STEP, c);
      for (int i = 0; i < RET + ACTIVE; i++) b[i] = (b[i] - c[i]) / (hi - lo);
      rz_print("D", point, b, RET + ACTIVE);
    }
  }
  printf("\n@ end\n");
}
"#;

/// The functions without bodies are the interpreter's: give a leaf the tangent 1, begin a row of results
/// or of tangents, append a leaf to it.
pub(crate) const INTERPRETED: &str = r"
extern void rz_seed(void *leaf, int kind), rz_row(int tangents, int point), rz_entry(void *leaf, int kind);
static struct rz_args A;
static void rz_entries(void *object, const struct rz_leaf *leaf, int n) {
  for (int i = 0; i < n; i++) rz_entry((char *)object + leaf[i].offset, leaf[i].kind);
}
int main(void) {
  for (int point = 0; point < POINTS; point++)
    for (int j = -1; j < ACTIVE; j++) {
      struct rz_result R;
      memset(&R, 0, sizeof R);
      rz_init(&A, point);
      if (j >= 0) rz_seed((char *)&A + rz_active[j].offset, rz_active[j].kind);
      rz_call(&A, &R);
      rz_row(j >= 0, point);
      rz_entries(&R, rz_ret, RET);
      rz_entries(&A, rz_active, ACTIVE);
    }
  return 0;
}
";

pub(crate) const GRADIENT: &str = r#"
struct rz_run {
  struct rz_args A, S;
  struct rz_result D, R;
  struct rz_grad G;
  int point;
  rz_num got[OUT + RET + ACTIVE + 1];
};

static void *rz_run_reverse(void *context) {
  struct rz_run *run = (struct rz_run *)context;
  rz_num v[RET + ACTIVE + 1];
  rz_cotangents(v, ACTIVE, 0);
  memset(&run->S, 0, sizeof run->S);
  rz_set(&run->S, rz_active, ACTIVE, v);
  rz_links(&run->S);
  rz_cotangents(v, RET, 100);
  memset(&run->D, 0, sizeof run->D);
  rz_set(&run->D, rz_ret, RET, v);
  memset(&run->G, 0, sizeof run->G);
  rz_init(&run->A, run->point);
  rz_reverse(&run->A, &run->S, &run->D, &run->G, &run->R);
  rz_get(&run->G, rz_grad_leaves, OUT, run->got);
  rz_get(&run->S, rz_active, ACTIVE, run->got + OUT);
  return 0;
}

static void *rz_run_forward(void *context) {
  struct rz_run *run = (struct rz_run *)context;
  rz_num v[ACTIVE + 1];
  rz_directions(v, ACTIVE);
  memset(&run->S, 0, sizeof run->S);
  rz_set(&run->S, rz_active, ACTIVE, v);
  rz_links(&run->S);
  rz_init(&run->A, run->point);
  memset(&run->D, 0, sizeof run->D);
  rz_forward(&run->A, &run->S, &run->D, &run->R);
  rz_get(&run->D, rz_ret, RET, run->got);
  rz_get(&run->S, rz_active, ACTIVE, run->got + RET);
  return 0;
}

static bool rz_equal(const rz_num *a, const rz_num *b, int n) {
  for (int i = 0; i < n; i++)
    if (a[i] != b[i] && (a[i] == a[i] || b[i] == b[i])) return false;
  return true;
}

static struct rz_leaf rz_all[ACTIVE + INACTIVE + 1];

/* Both runs start from the same memory, so that pointers in it agree. */
static void rz_mode(const char *name, void *(*mode)(void *), struct rz_run *run, int results) {
  static struct rz_args want;
  static rz_num first[OUT + RET + ACTIVE + 1];
  char *skip = (char *)calloc(sizeof run->A, 1);
  if (mode == rz_run_reverse) rz_skip(skip);
  rz_init(&run->A, run->point);
  rz_call(&run->A, &run->R);
  want = run->A;
  for (int again = 0; again < 2; again++) {
    mode(run);
    rz_same(name, &want, &run->A, sizeof want, rz_all, ACTIVE + INACTIVE, skip);
    if (again && !rz_equal(first, run->got, results + ACTIVE)) printf("\n@ fail %s: a second run differs\n", name);
    memcpy(first, run->got, sizeof run->got);
  }
  free(skip);
  rz_print(name, run->point, run->got, results + ACTIVE);
  if (!RZ_THREADS) return;
  struct rz_run *other[2];
  pthread_t thread[2];
  for (int i = 0; i < 2; i++) {
    other[i] = (struct rz_run *)aligned_alloc(64, (sizeof *run + 63) / 64 * 64);
    other[i]->point = run->point;
    other[i]->R = run->R;
    pthread_create(&thread[i], 0, mode, other[i]);
  }
  for (int i = 0; i < 2; i++) {
    pthread_join(thread[i], 0);
    if (!rz_equal(first, other[i]->got, results + ACTIVE)) printf("\n@ fail %s: a thread differs\n", name);
    free(other[i]);
  }
}

int main(void) {
  memcpy(rz_all, rz_active, ACTIVE * sizeof *rz_all);
  memcpy(rz_all + ACTIVE, rz_inactive, INACTIVE * sizeof *rz_all);
  static struct rz_run run;
  for (run.point = 0; run.point < POINTS; run.point++) {
    if (RZ_REVERSE) rz_mode("reverse", rz_run_reverse, &run, OUT);
    if (RZ_FORWARD) rz_mode("forward", rz_run_forward, &run, RET);
  }
  printf("\n@ end\n");
}
"#;
