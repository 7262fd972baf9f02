// Small vectors of dual numbers, standing in for clang's extended vectors in the C++ build.
#ifndef RZ_DUAL_VECTOR_HPP
#define RZ_DUAL_VECTOR_HPP

template <class T, int N> struct Vector {
  T lane[N];
  T &operator[](int i) { return lane[i]; }
  const T &operator[](int i) const { return lane[i]; }
  Vector operator-() const {
    Vector r;
    for (int i = 0; i < N; i++) r.lane[i] = -lane[i];
    return r;
  }
};

#define RZ_LANES(op)                                                                           \
  template <class T, int N> Vector<T, N> operator op(const Vector<T, N> &a, const Vector<T, N> &b) { \
    Vector<T, N> r;                                                                            \
    for (int i = 0; i < N; i++) r.lane[i] = a.lane[i] op b.lane[i];                            \
    return r;                                                                                  \
  }                                                                                            \
  template <class T, int N, class B> Vector<T, N> operator op(const Vector<T, N> &a, B b) {    \
    Vector<T, N> r;                                                                            \
    for (int i = 0; i < N; i++) r.lane[i] = T(a.lane[i] op T(b));                              \
    return r;                                                                                  \
  }                                                                                            \
  template <class T, int N, class B> Vector<T, N> operator op(B a, const Vector<T, N> &b) {    \
    Vector<T, N> r;                                                                            \
    for (int i = 0; i < N; i++) r.lane[i] = T(T(a) op b.lane[i]);                              \
    return r;                                                                                  \
  }                                                                                            \
  template <class T, int N, class B> Vector<T, N> &operator op##=(Vector<T, N> &a, const B &b) { return a = a op b; }
RZ_LANES(+)
RZ_LANES(-)
RZ_LANES(*)
RZ_LANES(/)
#undef RZ_LANES

typedef Vector<REAL, 2> REAL2;
typedef Vector<REAL, 4> REAL4;
typedef Vector<REALF, 4> REALF4;
typedef Vector<REALF, 8> REALF8;

template <class T, int N> Vector<T, N> VECTOR_MAX(const Vector<T, N> &a, const Vector<T, N> &b) {
  Vector<T, N> r;
  for (int i = 0; i < N; i++) r.lane[i] = a.lane[i] > b.lane[i] ? a.lane[i] : b.lane[i];
  return r;
}
template <class T> Vector<T, 4> VECTOR_REVERSE4(const Vector<T, 4> &a) {
  return {{a.lane[3], a.lane[2], a.lane[1], a.lane[0]}};
}
template <class T> Vector<T, 4> VECTOR_INTERLEAVE4(const Vector<T, 4> &a, const Vector<T, 4> &b) {
  return {{a.lane[0], b.lane[0], a.lane[1], b.lane[1]}};
}
template <class T> Vector<T, 2> VECTOR_LOW4(const Vector<T, 4> &a) { return {{a.lane[0], a.lane[1]}}; }

#endif
