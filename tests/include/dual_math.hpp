// The C mathematics library over dual numbers: sin(REAL), sinf(REALF), sinl(REALL), and so on.
//
// Each row gives the derivative in long double (l) from the operand x and the result r, as C's library
// functions take them. Values come from the same library function as in the C build.
#ifndef RZ_DUAL_MATH_HPP
#define RZ_DUAL_MATH_HPP

namespace rz {
typedef long double l;
constexpr l pi = 3.14159265358979323846264338327950288L;
constexpr l ln2 = 0.693147180559945309417232121458176568L;
constexpr l ln10 = 2.302585092994045684017991454684364208L;
constexpr l two_over_sqrt_pi = 1.128379167095512573896158903121545172L;

// The logarithmic derivative of gamma: recurrence up to 20, then the asymptotic series.
static inline l digamma(l x) {
  if (x < 0.5L) return digamma(1 - x) - pi / tanl(pi * x);
  l sum = 0;
  for (; x < 20; x += 1) sum -= 1 / x;
  l j = 1 / (x * x);
  l tail = j * (1 / 12.0L - j * (1 / 120.0L - j * (1 / 252.0L - j * (1 / 240.0L - j * (1 / 132.0L - j * 691 / 32760.0L)))));
  return sum + logl(x) - 1 / (2 * x) - tail;
}
static inline l sign(l x) { return signbit(x) ? -1 : 1; }

static inline l tie(bool hit, l slope) { return ties += hit, slope; }
}  // namespace rz

#define RZ_UNARY(name, slope)                                                         \
  static inline REAL name(REAL a) {                                                   \
    double y = ::name(a.v);                                                           \
    rz::l x = a.v, r = ::name##l(x);                                                  \
    (void)x, (void)r;                                                                 \
    return REAL::make(y, a.t * (slope));                                              \
  }                                                                                   \
  static inline REALF name##f(REALF a) {                                              \
    float y = ::name##f(a.v);                                                         \
    rz::l x = a.v, r = ::name##l(x);                                                  \
    (void)x, (void)r;                                                                 \
    return REALF::make(y, a.t * (slope));                                             \
  }                                                                                   \
  static inline REALL name##l(REALL a) {                                              \
    rz::l x = a.v, r = ::name##l(x);                                                  \
    (void)x, (void)r;                                                                 \
    return REALL::make(r, a.t * (slope));                                             \
  }

RZ_UNARY(sin, cosl(x))
RZ_UNARY(cos, -sinl(x))
RZ_UNARY(tan, 1 + r * r)
RZ_UNARY(asin, 1 / sqrtl((1 - x) * (1 + x)))
RZ_UNARY(acos, -1 / sqrtl((1 - x) * (1 + x)))
RZ_UNARY(atan, 1 / (1 + x * x))
RZ_UNARY(sinh, coshl(x))
RZ_UNARY(cosh, sinhl(x))
RZ_UNARY(tanh, 1 / (coshl(x) * coshl(x)))
RZ_UNARY(asinh, 1 / sqrtl(x *x + 1))
RZ_UNARY(acosh, 1 / (sqrtl(x - 1) * sqrtl(x + 1)))
RZ_UNARY(atanh, 1 / ((1 - x) * (1 + x)))
RZ_UNARY(exp, r)
RZ_UNARY(exp2, rz::ln2 *r)
RZ_UNARY(exp10, rz::ln10 *r)
RZ_UNARY(expm1, expl(x))
RZ_UNARY(log, 1 / x)
RZ_UNARY(log2, 1 / (x * rz::ln2))
RZ_UNARY(log10, 1 / (x * rz::ln10))
RZ_UNARY(log1p, 1 / (1 + x))
RZ_UNARY(sqrt, rz::tie(x == 0, x == 0 ? 0 : 1 / (2 * r)))
RZ_UNARY(cbrt, 1 / (3 * r * r))
RZ_UNARY(fabs, rz::tie(x == 0 && a.t != 0, rz::sign(x)))
RZ_UNARY(erf, rz::two_over_sqrt_pi *expl(-x *x))
RZ_UNARY(erfc, -rz::two_over_sqrt_pi *expl(-x *x))
RZ_UNARY(lgamma, rz::digamma(x))
RZ_UNARY(tgamma, r *rz::digamma(x))
RZ_UNARY(j0, -j1l(x))
RZ_UNARY(j1, x == 0 ? 0.5L : j0l(x) - r / x)
RZ_UNARY(y0, -y1l(x))
RZ_UNARY(y1, y0l(x) - r / x)
RZ_UNARY(floor, 0)
RZ_UNARY(ceil, 0)
RZ_UNARY(round, 0)
RZ_UNARY(roundeven, 0)
RZ_UNARY(trunc, 0)
RZ_UNARY(rint, 0)
RZ_UNARY(nearbyint, 0)
RZ_UNARY(logb, 0)
#undef RZ_UNARY

// The integer multiple that fmod and remainder subtract, from the exact remainder.
#define RZ_QUOTIENT rintl((x - r) / y)

#define RZ_BINARY_FUNCTION(name, slope)                                               \
  static inline REAL name(REAL a, REAL b) {                                           \
    double z = ::name(a.v, b.v);                                                      \
    rz::l x = a.v, y = b.v, r = ::name##l(x, y), dx = a.t, dy = b.t;                  \
    (void)x, (void)y, (void)r, (void)dx, (void)dy;                                    \
    return REAL::make(z, (slope));                                                    \
  }                                                                                   \
  static inline REALF name##f(REALF a, REALF b) {                                     \
    float z = ::name##f(a.v, b.v);                                                    \
    rz::l x = a.v, y = b.v, r = ::name##l(x, y), dx = a.t, dy = b.t;                  \
    (void)x, (void)y, (void)r, (void)dx, (void)dy;                                    \
    return REALF::make(z, (slope));                                                   \
  }                                                                                   \
  static inline REALL name##l(REALL a, REALL b) {                                     \
    rz::l x = a.v, y = b.v, r = ::name##l(x, y), dx = a.t, dy = b.t;                  \
    (void)x, (void)y, (void)r, (void)dx, (void)dy;                                    \
    return REALL::make(r, (slope));                                                   \
  }

RZ_BINARY_FUNCTION(pow, (y == 0 || dx == 0 ? 0 : dx * y * powl(x, y - 1)) + (x == 0 || dy == 0 ? 0 : dy * r * logl(x)))
RZ_BINARY_FUNCTION(atan2, x == 0 && y == 0 ? 0 : (dx * y - dy * x) / (x * x + y * y))
RZ_BINARY_FUNCTION(hypot, r == 0 ? 0 : (dx * x + dy * y) / r)
RZ_BINARY_FUNCTION(fmod, dx - dy * RZ_QUOTIENT)
RZ_BINARY_FUNCTION(remainder, dx - dy * RZ_QUOTIENT)
RZ_BINARY_FUNCTION(fdim, rz::tie(x == y && dx != dy, x >= y ? dx - dy : 0))
RZ_BINARY_FUNCTION(fmin, rz::tie(x == y && dx != dy, isnan(y) || x < y ? dx : dy))
RZ_BINARY_FUNCTION(fmax, rz::tie(x == y && dx != dy, isnan(y) || x > y ? dx : dy))
RZ_BINARY_FUNCTION(copysign, dx *rz::sign(x) * rz::sign(y))
RZ_BINARY_FUNCTION(nextafter, dx)
#undef RZ_BINARY_FUNCTION
#undef RZ_QUOTIENT

#define RZ_EACH_TYPE(X) X(, REAL, double) X(f, REALF, float) X(l, REALL, long double)
#define RZ_MORE(s, R, T)                                                                       \
  static inline R fma##s(R a, R b, R c) {                                                      \
    return R::make(::fma##s(a.v, b.v, c.v), a.t * (rz::l)b.v + b.t * (rz::l)a.v + c.t);        \
  }                                                                                            \
  static inline R ldexp##s(R a, int n) { return R::make(::ldexp##s(a.v, n), ldexpl(a.t, n)); } \
  static inline R scalbn##s(R a, int n) { return ldexp##s(a, n); }                             \
  static inline R scalbln##s(R a, long n) { return ldexp##s(a, (int)n); }                      \
  static inline R frexp##s(R a, int *e) {                                                      \
    T r = ::frexp##s(a.v, e);                                                                  \
    return R::make(r, ldexpl(a.t, -*e));                                                       \
  }                                                                                            \
  static inline R modf##s(R a, R *whole) {                                                     \
    T w, r = ::modf##s(a.v, &w);                                                               \
    *whole = w;                                                                                \
    return R::make(r, a.t);                                                                    \
  }                                                                                            \
  static inline R remquo##s(R a, R b, int *q) {                                                \
    T r = ::remquo##s(a.v, b.v, q);                                                            \
    rz::l n = rintl(((rz::l)a.v - r) / (rz::l)b.v);                                            \
    return R::make(r, a.t - b.t * n);                                                          \
  }                                                                                            \
  static inline void sincos##s(R a, R *sine, R *cosine) { *sine = sin##s(a), *cosine = cos##s(a); } \
  static inline R jn##s(int n, R a) {                                                          \
    return R::make(::jn##s(n, a.v), a.t * (jnl(n - 1, a.v) - jnl(n + 1, a.v)) / 2);            \
  }                                                                                            \
  static inline R yn##s(int n, R a) {                                                          \
    return R::make(::yn##s(n, a.v), a.t * (ynl(n - 1, a.v) - ynl(n + 1, a.v)) / 2);            \
  }                                                                                            \
  static inline int ilogb##s(R a) { return ::ilogb##s(a.v); }                                  \
  static inline long lround##s(R a) { return ::lround##s(a.v); }                               \
  static inline long lrint##s(R a) { return ::lrint##s(a.v); }                                 \
  static inline long long llround##s(R a) { return ::llround##s(a.v); }
RZ_EACH_TYPE(RZ_MORE)
#undef RZ_MORE
#undef RZ_EACH_TYPE

// The classification macros of C work on the value.
#undef isnan
#undef isinf
#undef isfinite
#undef signbit
template <class T> static inline int isnan(Dual<T> a) { return __builtin_isnan(a.v); }
template <class T> static inline int isinf(Dual<T> a) { return __builtin_isinf(a.v); }
template <class T> static inline int isfinite(Dual<T> a) { return __builtin_isfinite(a.v); }
template <class T> static inline int signbit(Dual<T> a) { return __builtin_signbit(a.v); }
static inline int isnan(long double a) { return __builtin_isnan(a); }
static inline int isinf(long double a) { return __builtin_isinf(a); }
static inline int isfinite(long double a) { return __builtin_isfinite(a); }
static inline int signbit(long double a) { return __builtin_signbit(a); }

#endif
