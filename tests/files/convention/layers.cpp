// What layers of a network do is known through pointers only, and what they are given is known only by what they do.
#include <cmath>
#include <cstdio>
#include <memory>
#include <vector>
template <typename... T> double __enzyme_autodiff(T...);
template <typename... T> double __enzyme_fwddiff(T...);
using Numbers = std::vector<double>;

struct Layer {
  virtual Numbers forward(const Numbers &in) const = 0;
  virtual ~Layer() = default;
};
struct Dense : Layer {
  std::vector<Numbers> weights;
  Dense(int rows, int columns, double w) : weights(rows, Numbers(columns)) {
    int k = 0;
    for (auto &row : weights)
      for (auto &v : row) v = std::sin(k++) * w;
  }
  Numbers forward(const Numbers &in) const override {
    Numbers out(weights.size(), 0.1);
    for (std::size_t i = 0; i < out.size(); i++)
      for (std::size_t j = 0; j < in.size(); j++) out[i] += weights[i][j] * in[j];
    return out;
  }
};
struct Act : Layer {
  int kind;
  explicit Act(int kind) : kind(kind) {}
  Numbers forward(const Numbers &in) const override {
    Numbers out;
    out.reserve(in.size());
    for (double v : in) out.push_back(kind == 0 ? std::tanh(v) : v > 0 ? v : 0.01 * v);
    return out;
  }
};
struct Normalize : Layer {
  Numbers forward(const Numbers &in) const override {
    double m = 0, s = 0;
    for (double v : in) m += v;
    m /= in.size();
    for (double v : in) s += (v - m) * (v - m);
    Numbers out = in;
    for (double &v : out) v = (v - m) / std::sqrt(s / in.size() + 1e-3);
    return out;
  }
};

static double network(double x) {
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(std::make_unique<Dense>(4, 3, x));
  layers.push_back(std::make_unique<Act>(0));
  layers.push_back(std::make_unique<Normalize>());
  layers.push_back(std::make_unique<Dense>(3, 4, 0.5));
  layers.push_back(std::make_unique<Act>(1));
  const double start[3] = {x * x, 0.5, x};
  Numbers v(start, start + 3);
  for (auto &layer : layers) v = layer->forward(v);
  return v[0] + 2 * v[1] * v[2];
}

int main() {
  for (double x : {0.7, 1.3}) {
    double h = 1e-5, fd = (network(x + h) - network(x - h)) / (2 * h);
    double r = __enzyme_autodiff((void *)network, x), t = __enzyme_fwddiff((void *)network, x, 1.0);
    std::printf("%d %d\n", std::fabs(r - fd) < 1e-6, std::fabs(r - t) < 1e-12);
  }
}
