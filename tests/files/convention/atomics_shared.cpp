// FLAGS: -std=c++20
// NOT AT: -O0 (there the order of memory accesses is still an argument of the library)
// Atomic variables that other threads may reach, as the library and the language add to them.
#include <atomic>
#include <cstdio>
#include <thread>

extern int enzyme_dup, enzyme_const, enzyme_width;
void __enzyme_autodiff(void *, ...);
void __enzyme_fwddiff(void *, ...);

static void sum_of_squares(std::atomic<double> *sum, const double *x, int n) {
  for (int i = 0; i < n; i++) {
    double before = sum->fetch_add(x[i] * x[i], std::memory_order_relaxed);
    if (before < -1e9) sum->fetch_sub(before);
    *sum -= 0.5 * x[i];
  }
}

static void narrow(std::atomic<float> *sum, const float *x, int n) {
  for (int i = 0; i < n; i++) *sum += x[i] * x[i];
}

int main() {
  double x[4] = {1, 2, 3, 4}, dx[4] = {}, tx[4] = {1, 0, -1, 0.5};
  std::atomic<double> sum{1}, dsum{1}, tsum{3};
  __enzyme_autodiff((void *)sum_of_squares, &sum, &dsum, x, dx, 4);
  std::printf("%g %g: %g %g %g %g\n", sum.load(), dsum.load(), dx[0], dx[1], dx[2], dx[3]);
  __enzyme_fwddiff((void *)sum_of_squares, &sum, &tsum, x, tx, 4);
  std::printf("%g %g\n", sum.load(), tsum.load());

  float y[3] = {1, 2, 3}, dy[3] = {};
  std::atomic<float> small{0}, dsmall{2};
  __enzyme_autodiff((void *)narrow, &small, &dsmall, y, dy, 3);
  std::printf("%g %g: %g %g %g\n", small.load(), dsmall.load(), dy[0], dy[1], dy[2]);

  // Several threads add to one variable and its shadow.
  std::atomic<double> total{0}, dtotal{1};
  double d[4][4] = {};
  std::thread threads[4];
  for (int t = 0; t < 4; t++)
    threads[t] = std::thread([&, t] {
      for (int k = 0; k < 100; k++)
        __enzyme_autodiff((void *)sum_of_squares, &total, &dtotal, x, d[t], 4);
    });
  for (auto &thread : threads) thread.join();
  std::printf("%g %g: %g %g\n", total.load(), dtotal.load(), d[0][1], d[3][3]);
}
