#include "case.h"
#include "/work/wt/lead/tests/files/run/arith/sign_bits_in_memory.c"
#include "harness.h"

struct rz_args {
  REAL a[8] __attribute__((aligned(32)));
  REALF b[8] __attribute__((aligned(32)));
  int n;
};
struct rz_result { REAL r; };
static const struct rz_leaf rz_active[] = {
  RZ_LEAF(rz_args, a[0])
  RZ_LEAF(rz_args, a[1])
  RZ_LEAF(rz_args, a[2])
  RZ_LEAF(rz_args, a[3])
  RZ_LEAF(rz_args, a[4])
  RZ_LEAF(rz_args, a[5])
  RZ_LEAF(rz_args, a[6])
  RZ_LEAF(rz_args, a[7])
  RZ_LEAF(rz_args, b[0])
  RZ_LEAF(rz_args, b[1])
  RZ_LEAF(rz_args, b[2])
  RZ_LEAF(rz_args, b[3])
  RZ_LEAF(rz_args, b[4])
  RZ_LEAF(rz_args, b[5])
  RZ_LEAF(rz_args, b[6])
  RZ_LEAF(rz_args, b[7])
  {0, RZ_U8}};
static const struct rz_leaf rz_inactive[] = {
  RZ_LEAF(rz_args, n)
  {0, RZ_U8}};
static const struct rz_leaf rz_ret[] = {
  RZ_LEAF(rz_result, r)
  {0, RZ_U8}};
enum { ACTIVE = 16, INACTIVE = 1, RET = 1, POINTS = 2 };
static const rz_num rz_active_values[][1 + (ACTIVE > INACTIVE ? ACTIVE : INACTIVE)] = {
  {1.5L, -2.5L, 3, -4, 0.5L, -0.25L, 6, -7, 1.5L, -2.5L, 3, -4, 0.5L, -0.25L, 6, -7, 0},
  {1.5L, -2.5L, 3, -4, 0.5L, -0.25L, 6, -7, 1.5L, -2.5L, 3, -4, 0.5L, -0.25L, 6, -7, 0},
};
static const rz_num rz_inactive_values[][1 + (ACTIVE > INACTIVE ? ACTIVE : INACTIVE)] = {
  {8, 0},
  {3, 0},
};
static void rz_links(struct rz_args *A) {
  (void)A;
}
static void rz_init(struct rz_args *A, int point) {
  memset((void *)A, 0, sizeof *A);
  rz_set(A, rz_active, ACTIVE, rz_active_values[point]);
  rz_set(A, rz_inactive, INACTIVE, rz_inactive_values[point]);
  rz_links(A);
}
static __typeof__(f) *volatile rz_function = f;
static void rz_call(struct rz_args *A, struct rz_result *R) {
  (void)R;
  R->r = rz_function(A->a, A->b, A->n);
}

#define RZ_STEP 2e-2L

static void rz_outer_directions(rz_num *b, int n) {
  for (int k = 0; k < n; k++) b[k] = ((k * 3 + 1) % 7 - 3.25L) / 4;
}

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
