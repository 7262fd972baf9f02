// FLAGS: -mllvm -ribozyme-runtime-error
// Requests that are refused stop the program where it reaches them, with the reason. What is left of them links, whatever
// they ask for and however they are nested.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
typedef struct { double a, b; } D2;
typedef struct { double v[4]; } D4;
typedef struct { void *tape; double p; } Taped;
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...), __enzyme_reverse(void *, ...);
double __enzyme_fwdsplit(void *, ...);
D2 __enzyme_autodiff2(void *, ...), __enzyme_fwddiff2(void *, ...), __enzyme_batch(void *, ...);
D4 __enzyme_autodiff4(void *, ...);
Taped __enzyme_augmentfwd(void *, ...);
void *__enzyme_augmentfwd_plain(void *, ...), *__enzyme_virtualreverse(void *, ...);
size_t __enzyme_augmentsize(void *, ...);
extern int enzyme_dup, enzyme_dupnoneed, enzyme_dupv, enzyme_dupnoneedv, enzyme_const, enzyme_out, enzyme_width,
    enzyme_interleave, enzyme_primal_return, enzyme_noret, enzyme_const_return, enzyme_active_return, enzyme_dup_return,
    enzyme_allocated, enzyme_tape, enzyme_nofree, enzyme_runtime_activity, enzyme_strong_zero, enzyme_not_overwritten,
    enzyme_byref, enzyme_vector, enzyme_scalar;

static double no(double x, double *p) {
  __asm__("" : "+x"(x));
  return x * *p;
}
static double yes(double x, double *p) { return x * x * *p; }
static double twice(double (*f)(double), double x) { return f(x) * 2; }

// All that is refused, each once at the top and once inside of what is differentiated.
static double memory[4] = {1, 2, 3, 4}, shadow[16];
static double autodiff(double x) {
  return __enzyme_autodiff((void *)no, enzyme_out, x, enzyme_const, memory);
}
static double duplicated(double x) {
  double d = 1;
  __enzyme_autodiff((void *)no, enzyme_out, x, enzyme_dup, &x, &d);
  return d;
}
static double unneeded(double x) {
  double d[4] = {1, 1, 1, 1};
  __enzyme_autodiff4((void *)no, enzyme_width, 4, enzyme_out, x, enzyme_dupnoneedv, sizeof(double), &x, d);
  return d[0];
}
static double wide(double x) {
  return __enzyme_fwddiff2((void *)no, enzyme_width, 2, enzyme_dup, x, 1.0, 2.0, enzyme_dupv, 8, memory, shadow).a;
}
static double interleaved(double x) {
  return __enzyme_fwddiff2((void *)no, enzyme_primal_return, enzyme_strong_zero, enzyme_dup, x, enzyme_dup, memory,
                           enzyme_interleave, 1.0, shadow).b;
}
static double halves(double x) {
  Taped t = __enzyme_augmentfwd((void *)no, enzyme_nofree, enzyme_out, x, enzyme_not_overwritten, enzyme_dup, memory, shadow);
  return __enzyme_reverse((void *)no, enzyme_nofree, enzyme_out, x, enzyme_dup, memory, shadow, t.p, t.tape);
}
static double stored(double x) {
  double seed = 1;
  char tape[64];
  size_t size = __enzyme_augmentsize((void *)no, enzyme_out, enzyme_const);
  __enzyme_augmentfwd_plain((void *)no, enzyme_noret, enzyme_allocated, 64, enzyme_tape, tape, enzyme_out, x, enzyme_const, memory);
  return size + __enzyme_reverse((void *)no, enzyme_allocated, 64, enzyme_tape, tape, enzyme_out, x, enzyme_const, memory,
                                 enzyme_byref, sizeof seed, &seed);
}
static double from_tape(double x) {
  void *tape = __enzyme_augmentfwd_plain((void *)no, enzyme_noret, enzyme_dup, x, enzyme_const, memory);
  return __enzyme_fwdsplit((void *)no, enzyme_nofree, enzyme_dup, x, 1.0, enzyme_const, memory, tape);
}
static double returned(double x) {
  return __enzyme_autodiff((void *)no, enzyme_const_return, enzyme_runtime_activity, x, enzyme_const, memory) +
         __enzyme_autodiff((void *)no, enzyme_active_return, x, enzyme_const, memory) +
         __enzyme_fwddiff((void *)no, enzyme_dup_return, enzyme_dup, x, 1.0, enzyme_const, memory);
}
static double misspelled(double x) {
  return __enzyme_autodiff((void *)yes, enzyme_out, x, enzyme_out, memory);
}
static double local(double x) {
  int out = enzyme_out, other = enzyme_const, either;
  if (x > 3) either = enzyme_dup;
  else either = enzyme_const;
  int *at = &enzyme_const;
  return __enzyme_autodiff((void *)no, out, x, x > 2 ? enzyme_const : other, memory) +
         __enzyme_autodiff((void *)yes, out, x, either, memory) + __enzyme_autodiff((void *)no, &enzyme_out, x, at, memory);
}
static double pointer(double x) {
  void *(*f)(void *) = __enzyme_virtualreverse((void *)no);
  return f != 0;
}
static double (*choice)(double, double *) = no;
static double unknown(double x) {
  return __enzyme_autodiff((void *)choice, enzyme_out, x, enzyme_const, memory);
}
static double batch(double x) { return __enzyme_batch((void *)atoi, enzyme_width, 2, enzyme_vector, x, x).a; }
static double fine(double x) { return __enzyme_autodiff((void *)yes, enzyme_out, x, enzyme_const, memory); }

#define EACH(F) \
  F(autodiff) F(duplicated) F(unneeded) F(wide) F(interleaved) F(halves) F(stored) F(from_tape) F(returned) F(misspelled) \
  F(local) F(pointer) F(unknown) F(batch) F(fine)

// Each is differentiated in all ways, and what differentiates it, too.
#define NEST(f)                                                                                       \
  static double f##_reverse(double x) { return __enzyme_autodiff((void *)f, enzyme_out, x); }         \
  static double f##_forward(double x) { return __enzyme_fwddiff((void *)f, enzyme_dup, x, 1.0); }     \
  static double f##_split(double x) {                                                                 \
    void *tape = __enzyme_augmentfwd_plain((void *)f, enzyme_noret, enzyme_out, x);                   \
    return __enzyme_reverse((void *)f, enzyme_out, x, 1.0, tape);                                     \
  }                                                                                                   \
  static double f##_width(double x) {                                                                 \
    return __enzyme_fwddiff2((void *)f, enzyme_width, 2, enzyme_dup, x, 1.0, 2.0).a;                  \
  }                                                                                                   \
  static double f##_called(double x) { return twice(f##_reverse, x) + twice(f, x); }                  \
  static double f##_third(double x) { return __enzyme_fwddiff((void *)f##_reverse, enzyme_dup, x, 1.0); } \
  static double f##_fourth(double x) { return __enzyme_autodiff((void *)f##_third, enzyme_out, x); }   \
  static double f##_through(double x) { return __enzyme_autodiff((void *)f##_called, enzyme_out, x); }
EACH(NEST)

/// What happens when `f` runs: the exit status, and whether the reason was given.
static void outcome(const char *name, double (*f)(double)) {
  int ends[2], status = 0;
  char text[4096] = {0};
  fflush(stdout);
  if (pipe(ends)) return;
  pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 1);
    f(0.5);
    exit(7);
  }
  close(ends[1]);
  ssize_t length = 0, more;
  while ((more = read(ends[0], text + length, sizeof text - 1 - length)) > 0) length += more;
  close(ends[0]);
  waitpid(child, &status, 0);
  printf(" %s%d%s", name, WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status),
         strstr(text, "Enzyme: ") ? "!" : "");
}
#define SHOW(f)                                                                                                 \
  printf("%s:", #f);                                                                                            \
  outcome("", f), outcome("r", f##_reverse), outcome("f", f##_forward), outcome("s", f##_split);                \
  outcome("w", f##_width), outcome("3 ", f##_third), outcome("4 ", f##_fourth), outcome("t", f##_through); \
  printf("\n");
int main() {
  EACH(SHOW)
  printf("%g %g\n", fine(3), fine_reverse(3));
}
