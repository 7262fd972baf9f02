// Registered and annotated functions. `registration.out` is what it prints.
#include <stdio.h>
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
double ina(double x) { return x * x; }
void *__enzyme_inactivefn_1[] = {(void*)ina};
double f35(double x) { return ina(x) * x; }
double ms(double x) { return x; }
struct like { void *f; const char *n; };
struct like __enzyme_function_like_ms = {(void*)ms, "sin"};
double f36(double x) { return ina(x) * ms(x); }
__attribute__((annotate("enzyme_inactive"))) double inb(double x) { return x * x; }
double f35b(double x) { return inb(x) * x; }
int main() { printf("35 %g\n36 %g\n35b %g\n", __enzyme_autodiff((void*)f35, 3.0), __enzyme_autodiff((void*)f36, 3.0), __enzyme_autodiff((void*)f35b, 3.0)); 
 printf("%g %g\n",  __enzyme_fwddiff((void*)f35, 3.0, 1.0), __enzyme_fwddiff((void*)f36, 3.0, 1.0)); }
