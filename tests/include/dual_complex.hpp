// Complex numbers over dual numbers, by textbook formulas in the real functions.
#ifndef RZ_DUAL_COMPLEX_HPP
#define RZ_DUAL_COMPLEX_HPP

// Everything is computed in extended precision, so that the formulas' own errors do not matter.
struct Wide {
  REALL re, im;
  Wide operator+(Wide o) const { return {re + o.re, im + o.im}; }
  Wide operator-(Wide o) const { return {re - o.re, im - o.im}; }
  Wide operator-() const { return {-re, -im}; }
  Wide operator*(Wide o) const { return {re * o.re - im * o.im, re * o.im + im * o.re}; }
  Wide operator/(Wide o) const {
    REALL m = o.re * o.re + o.im * o.im;
    return {(re * o.re + im * o.im) / m, (im * o.re - re * o.im) / m};
  }
};

namespace rz {
static inline Wide times_i(Wide z) { return {-z.im, z.re}; }
static inline Wide less_i(Wide z) { return {z.im, -z.re}; }
static inline Wide half(Wide z) { return {z.re * 0.5L, z.im * 0.5L}; }
static const Wide one = {1, 0};
static inline Wide exp(Wide z) { return {expl(z.re) * cosl(z.im), expl(z.re) * sinl(z.im)}; }
static inline Wide log(Wide z) { return {logl(hypotl(z.re, z.im)), atan2l(z.im, z.re)}; }
static inline Wide sqrt(Wide z) {
  REALL r = sqrtl(hypotl(z.re, z.im)), a = atan2l(z.im, z.re) * 0.5L;
  return {r * cosl(a), r * sinl(a)};
}
static inline Wide pow(Wide z, Wide w) { return exp(w * log(z)); }
static inline Wide sinh(Wide z) { return half(exp(z) - exp(-z)); }
static inline Wide cosh(Wide z) { return half(exp(z) + exp(-z)); }
static inline Wide tanh(Wide z) { return sinh(z) / cosh(z); }
static inline Wide sin(Wide z) { return less_i(sinh(times_i(z))); }
static inline Wide cos(Wide z) { return cosh(times_i(z)); }
static inline Wide tan(Wide z) { return sin(z) / cos(z); }
static inline Wide asinh(Wide z) { return log(z + sqrt(z * z + one)); }
static inline Wide acosh(Wide z) { return log(z + sqrt(z + one) * sqrt(z - one)); }
static inline Wide atanh(Wide z) { return half(log(one + z) - log(one - z)); }
static inline Wide asin(Wide z) { return less_i(asinh(times_i(z))); }
static inline Wide acos(Wide z) { return Wide{1.570796326794896619231321691639751442L, 0} - asin(z); }
static inline Wide atan(Wide z) { return less_i(atanh(times_i(z))); }
static inline Wide conj(Wide z) { return {z.re, -z.im}; }
static inline Wide proj(Wide z) { return z; }
}  // namespace rz

template <class R> struct Pair {
  R re, im;
  Pair() = default;
  Pair(R x, R y) : re(x), im(y) {}
  Pair(Wide z) : re(z.re), im(z.im) {}
  operator Wide() const { return {re, im}; }
  Pair operator-() const { return {-re, -im}; }
  Pair operator+(Pair o) const { return Wide(*this) + Wide(o); }
  Pair operator-(Pair o) const { return Wide(*this) - Wide(o); }
  Pair operator*(Pair o) const { return Wide(*this) * Wide(o); }
  Pair operator/(Pair o) const { return Wide(*this) / Wide(o); }
};
typedef Pair<REAL> COMPLEX;
typedef Pair<REALF> COMPLEXF;
typedef Pair<REALL> COMPLEXL;

#define MAKE(x, y) COMPLEX(x, y)
#define MAKEF(x, y) COMPLEXF(x, y)
#define MAKEL(x, y) COMPLEXL(x, y)
#define RE(z) ((z).re)
#define IM(z) ((z).im)

#define RZ_COMPLEX(name)                                                       \
  static inline COMPLEX c##name(COMPLEX z) { return rz::name(Wide(z)); }        \
  static inline COMPLEXF c##name##f(COMPLEXF z) { return rz::name(Wide(z)); }   \
  static inline COMPLEXL c##name##l(COMPLEXL z) { return rz::name(Wide(z)); }
RZ_COMPLEX(exp)
RZ_COMPLEX(log)
RZ_COMPLEX(sqrt)
RZ_COMPLEX(sin)
RZ_COMPLEX(cos)
RZ_COMPLEX(tan)
RZ_COMPLEX(sinh)
RZ_COMPLEX(cosh)
RZ_COMPLEX(tanh)
RZ_COMPLEX(asin)
RZ_COMPLEX(acos)
RZ_COMPLEX(atan)
RZ_COMPLEX(asinh)
RZ_COMPLEX(acosh)
RZ_COMPLEX(atanh)
RZ_COMPLEX(proj)
#undef RZ_COMPLEX
static inline COMPLEX conj(COMPLEX z) { return rz::conj(z); }
static inline COMPLEXF conjf(COMPLEXF z) { return rz::conj(z); }
static inline COMPLEXL conjl(COMPLEXL z) { return rz::conj(z); }
static inline COMPLEX cpow(COMPLEX z, COMPLEX w) { return rz::pow(z, w); }
static inline COMPLEXF cpowf(COMPLEXF z, COMPLEXF w) { return rz::pow(z, w); }
static inline COMPLEXL cpowl(COMPLEXL z, COMPLEXL w) { return rz::pow(z, w); }
static inline REAL cabs(COMPLEX z) { return hypot(z.re, z.im); }
static inline REALF cabsf(COMPLEXF z) { return hypotf(z.re, z.im); }
static inline REALL cabsl(COMPLEXL z) { return hypotl(z.re, z.im); }
static inline REAL carg(COMPLEX z) { return atan2(z.im, z.re); }
static inline REALF cargf(COMPLEXF z) { return atan2f(z.im, z.re); }
static inline REALL cargl(COMPLEXL z) { return atan2l(z.im, z.re); }

#endif
