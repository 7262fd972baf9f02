// A recursion of 100,000 frames: its gradient needs at most four times the stack, and memory in
// proportion to the frames.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
double __enzyme_autodiff(void *, ...);
enum { DEPTH = 100000, STACK = 1 << 28 };

__attribute__((noinline)) static double rec(double x, int n) {
  if (n == 0) return x;
  double y = rec(x * 0.99999 + 0.00001, n - 1);
  return y * 0.5 + x * x * 1e-6;
}
// The same through a table of functions.
static double odd(double x, int n);
static double even(double x, int n);
static double (*const next[2])(double, int) = {odd, even};
static double even(double x, int n) { return n ? next[n % 2](x * 0.99999, n - 1) + x * x : x; }
static double odd(double x, int n) { return n ? next[n % 2](x * 0.9999, n - 1) + x : x * x; }
static double f(double x) { return rec(x, DEPTH); }
static double g(double x) { return even(x, DEPTH); }

static double result;
static void *primal_f(void *p) { result = f(1.5); return p; }
static void *primal_g(void *p) { result = g(1.5); return p; }
static void *gradient_f(void *p) { result = __enzyme_autodiff((void *)f, 1.5); return p; }
static void *gradient_g(void *p) { result = __enzyme_autodiff((void *)g, 1.5); return p; }

/* Bytes of stack that `run` touches. */
static long touched(void *(*run)(void *)) {
  char *stack = mmap(0, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, STACK);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, run, 0)) exit(1);
  pthread_join(thread, 0);
  static unsigned char resident[STACK / 4096];
  mincore(stack, STACK, resident);
  long pages = 0;
  for (long i = 0; i < STACK / 4096; i++) pages += resident[i] & 1;
  munmap(stack, STACK);
  return pages * 4096;
}

static long rss(void) { struct rusage u; getrusage(RUSAGE_SELF, &u); return u.ru_maxrss; }

static void check(const char *name, void *(*primal)(void *), void *(*gradient)(void *)) {
  long before = touched(primal), start = rss();
  long after = touched(gradient), grown = rss() - start;
  printf("%s: stack %s, heap %s\n", name, after <= 4 * before + 65536 ? "ok" : "too large",
         grown * 1024 <= after + DEPTH * 1024L ? "ok" : "too large");
  if (getenv("RZ_SHOW")) printf("  %ld -> %ld bytes a frame, rss +%ld KiB\n", before / DEPTH, after / DEPTH, grown);
}

int main(void) {
  check("direct", primal_f, gradient_f);
  check("through pointers", primal_g, gradient_g);
}
