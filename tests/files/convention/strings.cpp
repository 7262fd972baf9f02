// Text beside numbers: names in records that are copied and moved, and arrays that functions of the library copy.
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>
template <typename... T> double __enzyme_autodiff(T...);
template <typename... T> double __enzyme_fwddiff(T...);

struct Account {
  std::string name;
  double value;
};

static double copied(double x) {
  Account a{"ann", x};
  Account b = a, c = std::move(a);
  return b.value * c.value * c.name.size();
}

struct Layer {
  virtual ~Layer() = default;
  virtual std::vector<double> through(const std::vector<double> &in) const = 0;
};
struct Dense : Layer {
  int rows;
  std::vector<double> weights;
  Dense(const double *w, int rows, int columns) : rows(rows), weights(w, w + rows * columns) {}
  std::vector<double> through(const std::vector<double> &in) const override {
    std::vector<double> out(rows);
    for (int i = 0; i < rows; i++)
      for (size_t j = 0; j < in.size(); j++) out[i] += weights[i * in.size() + j] * in[j];
    return out;
  }
};
struct Bent : Layer {
  std::vector<double> through(const std::vector<double> &in) const override {
    std::vector<double> out;
    out.reserve(in.size());
    for (double v : in) out.push_back(std::tanh(v));
    return out;
  }
};

static double layered(double x) {
  double w[6] = {x, 0.4, x * x, -0.7, 1.1, x};
  std::vector<std::unique_ptr<Layer>> net;
  net.push_back(std::make_unique<Dense>(w, 2, 2));
  net.push_back(std::make_unique<Bent>());
  net.emplace_back(new Dense(w + 4, 1, 2));
  std::vector<double> v{0.5, -0.3};
  for (auto &layer : net) v = layer->through(v);
  return v[0] * v[0];
}

#define CHECK(f)                                                                         \
  {                                                                                      \
    double h = 1e-5, fd = (f(x + h) - f(x - h)) / (2 * h);                                \
    double r = __enzyme_autodiff((void *)f, x), t = __enzyme_fwddiff((void *)f, x, 1.0);  \
    printf(#f " %d %d %.8g\n", std::fabs(r - fd) < 1e-6 * std::fabs(fd), std::fabs(r - t) < 1e-9 * std::fabs(r), r); \
  }
int main() {
  double x = 1.3;
  CHECK(copied)
  CHECK(layered)
}
