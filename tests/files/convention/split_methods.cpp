// Virtual methods and tables of functions in two halves, with memory overwritten in between, and in two directions.
#include <cstdio>
#include <cmath>
extern int enzyme_dup,enzyme_const,enzyme_width,enzyme_allocated,enzyme_tape,enzyme_nofree;
struct TR{void*tape;double r;};
TR __enzyme_augmentfwd(void*,...); double __enzyme_reverse(void*,...); double __enzyme_fwddiff(void*,...); void __enzyme_autodiff(void*,...);
struct D2{double a,b;}; D2 __enzyme_fwddiff2(void*,...);
struct Shape{ double k; Shape(double k):k(k){} virtual double area(double x) const=0; virtual ~Shape(){} };
struct Sq:Shape{ using Shape::Shape; double area(double x) const override {return k*x*x;} };
struct Ci:Shape{ using Shape::Shape; double area(double x) const override {return std::sin(k*x);} };
__attribute__((noinline)) double total(double*x,double*p,int n){ Shape*s[3]={new Sq(p[0]),new Ci(p[1]),new Sq(p[1])}; double r=0; for(int i=0;i<n;i++) r+=s[i%3]->area(x[i]); for(auto q:s) delete q; return r; }
int main(){ double x[4]={1,2,3,4},p[2]={2,.5},dx[4]={},dp[2]={}; 
 TR t=__enzyme_augmentfwd((void*)total,x,dx,p,dp,4); double old=x[0]; x[0] = 77, p[0] = -1; 
 __enzyme_reverse((void*)total,x,dx,p,dp,4,1.0,t.tape); x[0] = old, p[0] = 2;
 printf("%g: %g %g %g %g | %g %g\n",t.r,dx[0],dx[1],dx[2],dx[3],dp[0],dp[1]);
 double e[2][4]={},ep[2][2]={};
 __enzyme_autodiff((void*)total,enzyme_width,2,enzyme_dup,x,e[0],e[1],enzyme_dup,p,ep[0],ep[1],4);
 printf("%g %g | %g %g\n",e[0][0],e[1][3],ep[0][0],ep[1][1]);
 double tx[2][4]={{1,0,0,0},{0,1,0,0}},tp[2][2]={{0,0},{0,1}};
 D2 d=__enzyme_fwddiff2((void*)total,enzyme_width,2,enzyme_dup,x,tx[0],tx[1],enzyme_dup,p,tp[0],tp[1],4); printf("%g %g\n",d.a,d.b);
}
