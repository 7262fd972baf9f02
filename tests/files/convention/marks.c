// SANITIZED
// Drives `marks.ll`. `marks.out` is what it prints.
#include <stdio.h>
#include <stdlib.h>
double reverse(int which, double x), forward(int which, double x), split(double x);
static int looked, fetched;
double *element(double *p, long i) { return p + i; }
void look(double *p) { looked += *p > 0; }
void *fetch(long n) { fetched++; return malloc(n); }
void put_back(void *p) { fetched--; free(p); }
int main() {
  for (int i = 0; i < 14; i++) printf("%d: %.8g %.8g\n", i, reverse(i, 3.0), forward(i, 3.0));
  printf("%g %d %d\n", split(3.0), looked > 0, fetched);
}
