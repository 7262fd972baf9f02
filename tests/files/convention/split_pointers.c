// Functions called through pointers in two halves, with memory overwritten in between, and in two directions.
#include <stdio.h>
#include <math.h>
extern int enzyme_dup,enzyme_const,enzyme_width;
typedef struct{void*tape;double r;}TR; TR __enzyme_augmentfwd(void*,...); double __enzyme_reverse(void*,...); void __enzyme_autodiff(void*,...);
typedef struct{double a,b;}D2; D2 __enzyme_fwddiff2(void*,...); typedef struct{double a,b;} P;
P __enzyme_reverse2(void*,...);
typedef double (*op)(double,double);
static double add(double a,double b){return a+b;} static double mul(double a,double b){return a*b;} static double pw(double a,double b){return pow(a,b);}
static const op ops[3]={add,mul,pw};
struct node{ op f; double v; };
double run(double*x,const int*code,int n){ double s=x[0]; for(int i=1;i<n;i++) s=ops[code[i]](s,x[i]); return s; }
double run2(double*x,int n){ struct node nd[4]; for(int i=0;i<n;i++){ nd[i].f=ops[i%3]; nd[i].v=x[i]; } double s=1.5; for(int i=0;i<n;i++) s=nd[i].f(s,nd[i].v); return s; }
double run3(op f,double*x){ return f(x[0],x[1])*x[2]; }
int main(){ double x[4]={1.1,1.2,1.3,1.4},d[4]={0}; int c[4]={0,1,2,0};
 TR t=__enzyme_augmentfwd((void*)run,x,d,enzyme_const,c,4); x[0]=9; __enzyme_reverse((void*)run,x,d,enzyme_const,c,4,1.0,t.tape); x[0]=1.1; printf("%g: %g %g %g %g\n",t.r,d[0],d[1],d[2],d[3]);
 double e[2][4]={{0}}; __enzyme_autodiff((void*)run,enzyme_width,2,enzyme_dup,x,e[0],e[1],enzyme_const,c,4); printf("%g %g\n",e[0][1],e[1][2]);
 double g[4]={0}; t=__enzyme_augmentfwd((void*)run2,x,g,4); x[1]=9; __enzyme_reverse((void*)run2,x,g,4,1.0,t.tape); x[1]=1.2; printf("%g: %g %g %g %g\n",t.r,g[0],g[1],g[2],g[3]);
 double h[2][4]={{0}}; __enzyme_autodiff((void*)run2,enzyme_width,2,enzyme_dup,x,h[0],h[1],4); printf("%g %g\n",h[0][1],h[1][2]);
 double tx[2][4]={{1,0,0,0},{0,1,0,0}}; D2 q=__enzyme_fwddiff2((void*)run2,enzyme_width,2,enzyme_dup,x,tx[0],tx[1],4); printf("%g %g\n",q.a,q.b);
}
