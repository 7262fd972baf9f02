// Loops over adjoints that are nearly zero multiply by bits. Their products are the processor's, to the last bit: of
// denormal numbers, of numbers with few bits (many products lie in the middle between two numbers), and of large ones,
// infinite ones and such that are no numbers, among them.
// SANITIZED
#include <stdint.h>
#include <stdio.h>
#include <string.h>
extern int enzyme_dup, enzyme_const;
double __enzyme_autodiff(void *, ...);

enum { N = 500, ROUNDS = 200 };

static uint64_t state = 88172645463325252u;
static uint64_t random_bits(void) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return state;
}

// A number of a format with exponents up to `top` and `below` bits under them, mostly near `exponent`.
static uint64_t number(uint64_t top, int below, uint64_t exponent, uint64_t near) {
  uint64_t low = ((uint64_t)1 << below) - 1, bits = random_bits() & low;
  exponent += random_bits() % near;
  switch (random_bits() % 8) {
  case 0: bits &= ~(low >> random_bits() % below); break;
  case 1: bits = random_bits() % 8; break;
  case 2: bits = low - random_bits() % 8; break;
  case 3: exponent = random_bits() % (top + 1); break;
  }
  return (random_bits() & 1) * (top + 1) << below | exponent << below | bits;
}

#define FORMAT(real, word, top, below)                                                                                 \
  static void scale_##real(long n, const real *restrict x, const real *restrict y, real *restrict z) {                 \
    for (long i = 0; i < n; i++) z[i] = x[i] * y[i];                                                                   \
  }                                                                                                                    \
  static real real##_of(uint64_t bits) {                                                                               \
    word narrow = (word)bits;                                                                                          \
    real value;                                                                                                        \
    memcpy(&value, &narrow, sizeof value);                                                                             \
    return value;                                                                                                      \
  }                                                                                                                    \
  static int differs_##real(real a, real b) {                                                                          \
    b += 0; /* added to a shadow that was zero */                                                                      \
    return memcmp(&a, &b, sizeof a) != 0 && !(a != a && b != b);                                                       \
  }                                                                                                                    \
  static void check_##real(void) {                                                                                     \
    static real x[N], dx[N], y[N], dy[N], z[N], dz[N], seed[N];                                                        \
    int differ = 0, denormal = 0;                                                                                      \
    real least = real##_of((uint64_t)1 << below);                                                                      \
    for (int round = 0; round < ROUNDS; round++) {                                                                     \
      for (int i = 0; i < N; i++) {                                                                                    \
        seed[i] = dz[i] = real##_of(number(top, below, 0, below + below / 2));                                         \
        y[i] = real##_of(number(top, below, top / 2 - below, below + 10));                                             \
        x[i] = 1, dx[i] = dy[i] = 0;                                                                                   \
      }                                                                                                                \
      /* The reverse part begins with the last one. */                                                                 \
      seed[N - 1] = dz[N - 1] = real##_of(7);                                                                          \
      __enzyme_autodiff((void *)scale_##real, enzyme_const, (long)N, enzyme_dup, x, dx, enzyme_dup, y, dy, enzyme_dup, \
                        z, dz);                                                                                        \
      for (int i = 0; i < N; i++) {                                                                                    \
        volatile real a = seed[i], b = y[i];                                                                           \
        volatile real product = a * b;                                                                                 \
        denormal += product != 0 && product < least && product > -least;                                               \
        differ += differs_##real(dx[i], product) + differs_##real(dy[i], a);                                           \
      }                                                                                                                \
    }                                                                                                                  \
    printf("%s: %d of %d differ, %s\n", #real, differ, 2 * N * ROUNDS,                                                 \
           denormal > N * ROUNDS / 8 ? "many of them denormal" : "too few of them denormal");                          \
  }

FORMAT(double, uint64_t, 2047, 52)
FORMAT(float, uint32_t, 255, 23)

// A triangular matrix by columns, as a loop in a loop: what the inner one adds up, and its results, are used behind it. An
// adjoint is multiplied before the inner one begins, which is asked first.
static double weighted(int n, const double *restrict q, const double *restrict x, double *restrict y, double weight) {
  for (int i = 0; i < n; i++) y[i] = 0;
  for (int i = 0; i < n; i++) {
    for (int j = i; j < n; j++) y[j] += q[j - i] * x[i];
    y[i] *= 3;
    q += n - i;
  }
  double sum = 0;
  for (int i = 0; i < n; i++) sum += y[i] * y[i];
  return weight * sum;
}

enum { D = 40, SIZE = D * (D + 1) / 2 };

static void check_columns(double weight) {
  static double q[SIZE], dq[SIZE], x[D], dx[D], y[D], dy[D], columns[D];
  long double expected[D];
  for (int i = 0; i < SIZE; i++) q[i] = 1.25 + i % 7 - i % 4 * 1.0625, dq[i] = i % 3;
  for (int i = 0; i < D; i++) x[i] = 0.75 + i % 5 * 0.4375, dx[i] = 0, columns[i] = expected[i] = 0;
  __enzyme_autodiff((void *)weighted, enzyme_const, D, enzyme_dup, q, dq, enzyme_dup, x, dx, enzyme_dup, y, dy,
                    enzyme_const, weight);
  int differ = 0;
  for (int i = 0, at = 0; i < D; at += D - i, i++)
    for (int j = i; j < D; j++) columns[j] += q[at + j - i] * x[i];
  for (int i = 0; i < D; i++) columns[i] *= 3;
  for (int i = 0, at = 0; i < D; at += D - i, i++)
    for (int j = i; j < D; j++) {
      long double adjoint = 3 * 2.0L * weight * columns[j];
      expected[i] += adjoint * q[at + j - i];
      long double sum = (at + j - i) % 3 + adjoint * x[i];
      differ += !(dq[at + j - i] - sum < 1e-321L + 1e-13L * sum && sum - dq[at + j - i] < 1e-321L + 1e-13L * sum);
    }
  for (int i = 0; i < D; i++) {
    long double size = expected[i] < 0 ? -expected[i] : expected[i];
    differ += !(dx[i] - expected[i] < 1e-321L + 1e-12L * size && expected[i] - dx[i] < 1e-321L + 1e-12L * size);
  }
  printf("columns: %d differ\n", differ);
}

int main() {
  check_double(), check_float();
  check_columns(1), check_columns(1e-305), check_columns(3e-310), check_columns(5e-324), check_columns(0);
}
