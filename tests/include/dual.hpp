// Dual numbers: the oracle that shares nothing with the compiler under test.
//
// Dual<T> carries a value computed exactly as C computes it and the tangent of that value. Arithmetic
// follows C's conversions: the result of an operation has the type that C would give it. A tangent is kept
// at least in double, and library derivatives are computed in long double, so the oracle is more
// precise than what it judges. No header of the C++ library is used; this must compile in a moment.
#ifndef RZ_DUAL_HPP
#define RZ_DUAL_HPP

#define RZ_DIGAMMA 1
namespace rz {
template <class A, class B> struct same { static constexpr bool value = false; };
template <class A> struct same<A, A> { static constexpr bool value = true; };
template <bool C, class T = int> struct when {};
template <class T> struct when<true, T> { using type = T; };
template <class A> constexpr bool number_v = __is_arithmetic(A) || same<A, _Float16>::value || same<A, __bf16>::value;
template <class A> using if_number = typename when<number_v<A>>::type;
template <class T> struct tangent { using type = double; };
template <> struct tangent<long double> { using type = long double; };
/* Results that are not finite: from there on no derivative is well conditioned. */
static int overflows = 0;
/* How often a kink was hit exactly, where more than one derivative is right. The fuzzer skips such programs. */
static int ties = 0;
/* Two numbers that are equal here alone are compared: first derivatives follow the way that is taken, but differences
   of them would take both. */
template <class A, class B> static inline bool compared(const A &a, const B &b, bool result) {
#ifdef RZ_NESTED
  ties += a.v == b.v && a.t != b.t;
#endif
  return result;
}
}  // namespace rz

template <class T> struct Dual {
  T v;
  typename rz::tangent<T>::type t;

  Dual() = default;
  template <class A, rz::if_number<A> = 0> constexpr Dual(A a) : v((T)a), t(0) {}
  template <class U> constexpr Dual(Dual<U> o) : v((T)o.v), t(o.t) {}
  static Dual make(T v, long double t) {
    Dual d = 0;
    d.v = v;
    d.t = (decltype(d.t))t;
    rz::overflows += !(d.v - d.v == 0);
    return d;
  }
  template <class A, rz::if_number<A> = 0> constexpr explicit operator A() const { return (A)v; }

  template <class B> Dual &operator+=(B b) { return *this = Dual(*this + b); }
  template <class B> Dual &operator-=(B b) { return *this = Dual(*this - b); }
  template <class B> Dual &operator*=(B b) { return *this = Dual(*this * b); }
  template <class B> Dual &operator/=(B b) { return *this = Dual(*this / b); }
  Dual &operator++() { return *this += 1; }
  Dual &operator--() { return *this -= 1; }
  Dual operator++(int) { Dual o = *this; *this += 1; return o; }
  Dual operator--(int) { Dual o = *this; *this -= 1; return o; }
  Dual operator-() const { return make(-v, -t); }
  Dual operator+() const { return *this; }
};

namespace rz {
template <class A, class B> using common = decltype(A() + B());
}

#define RZ_BINARY(op, value, slope)                                                                  \
  template <class A, class B> Dual<rz::common<A, B>> operator op(Dual<A> a, Dual<B> b) {             \
    using R = rz::common<A, B>;                                                                      \
    R x = (R)a.v, y = (R)b.v, r = (R)(value);                                                        \
    long double dx = a.t, dy = b.t;                                                                  \
    (void)r;                                                                                         \
    return Dual<R>::make(r, (slope));                                                                \
  }                                                                                                  \
  template <class A, class B, rz::if_number<B> = 0> Dual<rz::common<A, B>> operator op(Dual<A> a, B b) { \
    return a op Dual<B>(b);                                                                          \
  }                                                                                                  \
  template <class A, class B, rz::if_number<A> = 0> Dual<rz::common<A, B>> operator op(A a, Dual<B> b) { \
    return Dual<A>(a) op b;                                                                          \
  }
RZ_BINARY(+, x + y, dx + dy)
RZ_BINARY(-, x - y, dx - dy)
RZ_BINARY(*, x *y, dx *(long double)y + dy * (long double)x)
RZ_BINARY(/, x / y, (dx - dy * ((long double)x / (long double)y)) / (long double)y)
#undef RZ_BINARY

#define RZ_COMPARE(op)                                                                               \
  template <class A, class B> bool operator op(Dual<A> a, Dual<B> b) { return rz::compared(a, b, a.v op b.v); } \
  template <class A, class B, rz::if_number<B> = 0> bool operator op(Dual<A> a, B b) { return a op Dual<B>(b); } \
  template <class A, class B, rz::if_number<A> = 0> bool operator op(A a, Dual<B> b) { return Dual<A>(a) op b; }
RZ_COMPARE(<)
RZ_COMPARE(<=)
RZ_COMPARE(>)
RZ_COMPARE(>=)
RZ_COMPARE(==)
RZ_COMPARE(!=)
#undef RZ_COMPARE

typedef Dual<double> REAL;
typedef Dual<float> REALF;
typedef Dual<long double> REALL;
typedef Dual<_Float16> REALH;
typedef Dual<__bf16> REALB;

#define VALUE(x) ((x).v)

#include "dual_math.hpp"
#include "dual_vector.hpp"

static inline REAL FLIP_SIGN(REAL x) { return -x; }
static inline REAL CLEAR_SIGN(REAL x) { return fabs(x); }

#endif
