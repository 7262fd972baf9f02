#include <math.h>
#include <stdio.h>
typedef double V __attribute__((vector_size(16)));
typedef long M __attribute__((vector_size(16)));
// The library: the unmasked functions are what derivatives call.
V _ZGVbN2v_log(V x) { return (V){log(x[0]), log(x[1])}; }
V _ZGVbN2vv_pow(V x, V y) { return (V){pow(x[0], y[0]), pow(x[1], y[1])}; }
V _ZGVbM2v_log(V x, M m) { V r = {m[0] ? log(x[0]) : 9, m[1] ? log(x[1]) : 9}; return r; }
V _ZGVbM2vv_pow(V x, V y, M m) { V r = {m[0] ? pow(x[0], y[0]) : 9, m[1] ? pow(x[1], y[1]) : 9}; return r; }
void reverse(V *, V *, M *);
double forward(V *, V *, M *);
int main() {
  for (int k = 0; k < 4; k++) {
    M m = {-(k & 1), -(k >> 1)};
    V x = {1.3, -0.0}, d = {1, 10}, e = {2, 3};
    if (k >> 1) x[1] = 0.7;
    double want[2];
    for (int i = 0; i < 2; i++) want[i] = m[i] ? 1 / x[i] + pow(x[i], x[i]) * (log(x[i]) + 1) : 1;
    double t = forward(&x, &e, &m);
    reverse(&x, &d, &m);
    printf("%d %d %d\n", fabs(d[0] - 1 - want[0]) < 1e-12, fabs(d[1] - 10 - want[1]) < 1e-12, fabs(t - 2 * want[0] - 3 * want[1]) < 1e-12);
  }
}
