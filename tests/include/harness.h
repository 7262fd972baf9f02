/* What every generated driver shares: leaves, directions, comparison and printing.
 *
 * A driver includes case.h, the case, and this file; then it defines `struct rz_args` (the arguments
 * and the memory behind them), the tables of its leaves, and the functions of its own mode. A *leaf* is
 * one scalar, found by its offset and kind. Results leave the program as lines that start with '@',
 * since a case may print too.
 */
#ifndef RZ_HARNESS_H
#define RZ_HARNESS_H

typedef long double rz_num;

enum rz_kind { RZ_F64, RZ_F32, RZ_F80, RZ_F16, RZ_BF16, RZ_I8, RZ_U8, RZ_I16, RZ_U16, RZ_I32, RZ_U32, RZ_I64, RZ_U64, RZ_D64 };

struct rz_leaf {
  unsigned offset;
  enum rz_kind kind;
};

#ifdef RZ_DUAL
template <class T> constexpr rz_kind rz_kind_of = sizeof(T) == 1 ? RZ_I8 : sizeof(T) == 2 ? RZ_I16 : sizeof(T) == 4 ? RZ_I32 : RZ_I64;
template <> constexpr rz_kind rz_kind_of<REAL> = RZ_F64;
template <> constexpr rz_kind rz_kind_of<REALF> = RZ_F32;
template <> constexpr rz_kind rz_kind_of<REALL> = RZ_F80;
template <> constexpr rz_kind rz_kind_of<REALH> = RZ_F16;
template <> constexpr rz_kind rz_kind_of<REALB> = RZ_BF16;
template <> constexpr rz_kind rz_kind_of<unsigned char> = RZ_U8;
template <> constexpr rz_kind rz_kind_of<unsigned short> = RZ_U16;
template <> constexpr rz_kind rz_kind_of<unsigned> = RZ_U32;
template <> constexpr rz_kind rz_kind_of<unsigned long> = RZ_U64;
template <> constexpr rz_kind rz_kind_of<double> = RZ_D64;
template <class T> struct rz_bare { typedef T type; };
template <class T> struct rz_bare<T &> { typedef T type; };
#define RZ_KIND(e) rz_kind_of<rz_bare<decltype((e))>::type>
#else
#define RZ_KIND(e)                                                                                   \
  _Generic((e), double: RZ_F64, float: RZ_F32, long double: RZ_F80, _Float16: RZ_F16, __bf16: RZ_BF16, \
      char: RZ_I8, signed char: RZ_I8, unsigned char: RZ_U8, bool: RZ_U8, short: RZ_I16,             \
      unsigned short: RZ_U16, int: RZ_I32, unsigned: RZ_U32, long: RZ_I64, long long: RZ_I64,        \
      unsigned long: RZ_U64, unsigned long long: RZ_U64)
#endif
#define RZ_LEAF(type, path) {(unsigned)offsetof(struct type, path), RZ_KIND(((struct type *)0)->path)},

#define RZ_EACH_INTEGER(X)                                                                          \
  X(RZ_I8, int8_t) X(RZ_U8, uint8_t) X(RZ_I16, int16_t) X(RZ_U16, uint16_t) X(RZ_I32, int32_t)       \
  X(RZ_U32, uint32_t) X(RZ_I64, int64_t) X(RZ_U64, uint64_t) X(RZ_D64, double)
#define RZ_EACH_FLOAT(X) X(RZ_F64, REAL) X(RZ_F32, REALF) X(RZ_F80, REALL) X(RZ_F16, REALH) X(RZ_BF16, REALB)

#define RZ_GET(K, T) case K: b[i] = (rz_num) * (T *)p; break;
#define RZ_SET(K, T) case K: *(T *)p = (T)b[i]; break;

static void rz_get(const void *object, const struct rz_leaf *leaf, int n, rz_num *b) {
  for (int i = 0; i < n; i++) {
    char *p = (char *)object + leaf[i].offset;
    switch (leaf[i].kind) { RZ_EACH_FLOAT(RZ_GET) RZ_EACH_INTEGER(RZ_GET) }
  }
}

static void rz_set(void *object, const struct rz_leaf *leaf, int n, const rz_num *b) {
  for (int i = 0; i < n; i++) {
    char *p = (char *)object + leaf[i].offset;
    switch (leaf[i].kind) { RZ_EACH_FLOAT(RZ_SET) RZ_EACH_INTEGER(RZ_SET) }
  }
}

static void rz_print(const char *what, int point, const rz_num *b, int n) {
  printf("\n@ %s %d", what, point);
  for (int i = 0; i < n; i++) printf(" %.21Lg", b[i]);
  printf("\n");
}

#ifdef RZ_DUAL

#define RZ_GET_TANGENT(K, T) case K: b[i] = (*(T *)p).t; break;
static void rz_get_tangents(const void *object, const struct rz_leaf *leaf, int n, rz_num *b) {
  for (int i = 0; i < n; i++) {
    char *p = (char *)object + leaf[i].offset;
    switch (leaf[i].kind) {
      RZ_EACH_FLOAT(RZ_GET_TANGENT)
      default: b[i] = 0;
    }
  }
}

#define RZ_SET_TANGENT(K, T) case K: (*(T *)p).t = 1; break;
static void rz_set_tangent(void *object, const struct rz_leaf *leaf) {
  char *p = (char *)object + leaf->offset;
  switch (leaf->kind) {
    RZ_EACH_FLOAT(RZ_SET_TANGENT)
    default: break;
  }
}

#else

static const unsigned rz_bytes[] = {8, 4, 10, 2, 2, 1, 1, 2, 2, 4, 4, 8, 8, 8};
static const double rz_noise[] = {1e-11, 1e-5, 1e-11, 2e-2, 5e-2, 0, 0, 0, 0, 0, 0, 0, 0, 0};

/* Exact in every format, never zero, no symmetry: cotangents (reverse) and tangents (forward). */
__attribute__((unused)) static void rz_cotangents(rz_num *b, int n, int from) {
  for (int k = 0; k < n; k++) b[k] = (((k + from) * 7 + 3) % 11 - 4.5L) / 4;
}
__attribute__((unused)) static void rz_directions(rz_num *b, int n) {
  for (int k = 0; k < n; k++) b[k] = ((k * 5 + 2) % 13 - 6.5L) / 8;
}

/* Compares two objects: leaves up to rounding, every other byte exactly; `skip` marks bytes that may differ. */
__attribute__((unused)) static void rz_same(const char *what, const void *want, const void *got, size_t size,
                                            const struct rz_leaf *leaf, int n, const char *skip) {
  char *mask = (char *)calloc(size + 1, 1);
  for (int i = 0; i < n; i++) {
    unsigned at = leaf[i].offset;
    if (skip && skip[at]) continue;
    if (size) memset(mask + at, 1, rz_bytes[leaf[i].kind]);
    rz_num a, b;
    rz_get(want, leaf + i, 1, &a);
    rz_get(got, leaf + i, 1, &b);
    rz_num scale = fabsl(a) > 1 ? fabsl(a) : 1;
    bool close = a == b || fabsl(a - b) <= rz_noise[leaf[i].kind] * scale || (a != a && b != b);
    if (!close) printf("\n@ fail %s: leaf %d is %.17Lg, not %.17Lg\n", what, i, b, a);
  }
  for (size_t i = 0; i < size; i++)
    if (!mask[i] && !(skip && skip[i]) && ((const char *)want)[i] != ((const char *)got)[i]) {
      printf("\n@ fail %s: byte %zu changed\n", what, i);
      break;
    }
  free(mask);
}

#endif

/* Old run-time libraries lack these. */
#if defined(__x86_64__)
#ifdef __cplusplus
extern "C"
#endif
__attribute__((weak)) __bf16 __truncsfbf2(float x) {
  unsigned bits;
  memcpy(&bits, &x, 4);
  if ((bits & 0x7fffffff) > 0x7f800000) bits |= 0x400000;
  else bits += 0x7fff + ((bits >> 16) & 1);
  unsigned short half = (unsigned short)(bits >> 16);
  __bf16 r;
  memcpy(&r, &half, 2);
  return r;
}
#ifdef __cplusplus
extern "C"
#endif
__attribute__((weak)) __bf16 __truncdfbf2(double x) { return __truncsfbf2((float)x); }
#ifdef __cplusplus
extern "C"
#endif
__attribute__((weak)) __bf16 __truncxfbf2(long double x) { return __truncsfbf2((float)x); }
#endif

#endif
