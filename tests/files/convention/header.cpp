// The C++ header of the convention. `header.out` is what it prints.
#include "../../../include/enzyme/enzyme"
#include <cmath>
#include <cstdio>
using enzyme::Active, enzyme::Const, enzyme::Duplicated, enzyme::DuplicatedNoNeed, enzyme::autodiff, enzyme::get;
using enzyme::Forward, enzyme::Reverse, enzyme::ReverseWithPrimal;

static double product(double x, double y) { return x * x * y; }
static double mixed(float a, double b, int n) { return a * b * n; }
static double at(const double *p, double x, int n) { return p[n] * x * x; }
static double refer(double &y, double x) { double r = x * y; y = x * x; return r; }
static void store(double *out, double x) { *out = x * x; }
struct Pair { double a, b; };
static double pair(Pair p) { return p.a * p.a + p.b; }
struct Power {
  double scale;
  double operator()(double x, double y) const { return scale * x * x * y; }
};

int main() {
  double x = 3, y = 5;
  {
    auto r = autodiff<Reverse>(product, Active<double>(x), Active{y});
    auto [dx, dy] = get<0>(r);
    std::printf("reverse %g %g\n", dx, dy);
    auto p = autodiff<ReverseWithPrimal>(product, Active{x}, Const{y});
    std::printf("primal %g %g\n", get<0>(get<0>(p)), get<1>(p));
    std::printf("constant %g\n", get<0>(get<0>(autodiff<Reverse, Const<double>>(product, Active{x}, Active{y}))));
  }
  {
    auto r = get<0>(autodiff<Reverse>(mixed, Active{2.0f}, Active{3.0}, Const{4}));
    std::printf("kinds %g %g %d\n", get<0>(r), get<1>(r), int(sizeof(get<2>(r))));
  }
  {
    double p[2] = {1, 2}, d[2] = {10, 20};
    auto r = autodiff<Reverse>(at, Duplicated<double *>(p, d), Active{x}, Const{1});
    std::printf("memory and value %g %g %g\n", get<1>(get<0>(r)), d[0], d[1]);
    double t[2] = {1, 10};
    std::printf("forward %g\n", get<0>(autodiff<Forward>(at, Duplicated<double *>(p, t), Duplicated{x, 2.0}, Const{1})));
  }
  {
    double v = 5, d = 1;
    auto r = autodiff<Reverse>(refer, Duplicated<double &>(v, d), Active{x});
    std::printf("reference %g %g %g\n", v, d, get<1>(get<0>(r)));
    double w = 5, e = 1;
    auto t = autodiff<Forward, Duplicated<double>>(refer, Duplicated<double &>(w, e), Duplicated{x, 0.5});
    std::printf("both %g %g %g %g\n", get<0>(t), get<1>(t), w, e);
    auto c = autodiff<Forward, Const<double>>(product, Duplicated{x, 1.0}, Const{y});
    std::printf("only the result %g\n", get<0>(c));
  }
  {
    double out = 0, d = 2;
    auto r = autodiff<Reverse>(store, DuplicatedNoNeed<double *>(&out, &d), Active{x});
    std::printf("nothing returned %g %g\n", get<1>(get<0>(r)), d);
    double o = 0, t = 0;
    autodiff<Forward>(store, Duplicated<double *>(&o, &t), Duplicated{x, 10.0});
    std::printf("nothing returned %g %g\n", o, t);
  }
  std::printf("struct %g\n", get<0>(autodiff<Forward>(pair, Duplicated<Pair>(Pair{3, 5}, Pair{1, 0.5}))));
  {
    Power power{2};
    auto r = get<0>(autodiff<Reverse>(power, Active{x}, Active{y}));
    auto s = get<0>(autodiff<Reverse>(Power{3}, Active{x}, Active{y}));
    std::printf("objects %g %g %g %g\n", get<0>(r), get<1>(r), get<0>(s), get<1>(s));
    double k = 7;
    auto t = autodiff<Forward>([k](double u) { return k * std::sin(u); }, Duplicated{x, 1.0});
    auto u = get<0>(autodiff<Reverse>([](double u) { return u * u; }, Active{x}));
    std::printf("lambdas %g %g\n", get<0>(t), get<0>(u));
  }
  std::printf("primal %g %g\n", enzyme::primal_call(product, Active{x}, Const{y}), enzyme::primal_call(Power{2}, Active{x}, Const{y}));
  auto all = enzyme::tuple_cat(enzyme::tuple(1, 2.5), enzyme::tuple<>(), enzyme::tuple('c'));
  std::printf("tuple %d %g %c %d\n", get<0>(all), get<1>(all), get<2>(all), int(enzyme::tuple_size_v<decltype(all)>));
}
