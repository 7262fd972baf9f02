// The derivative along a direction by dual numbers: compiled without the plugin.
#include "dual.hpp"

#include <vector>

#define restrict __restrict
namespace dual {
#define double Dual
#include "gmm.c"
#undef double
} // namespace dual

static std::vector<Dual> pair(const double *values, const double *tangents, size_t count) {
    std::vector<Dual> duals(count);
    for (size_t i = 0; i < count; i++)
        duals[i] = {values[i], tangents ? tangents[i] : 0};
    return duals;
}

extern "C" double gmm_directional(int d, int k, int n, const double *alphas, const double *valphas,
                                  const double *means, const double *vmeans, const double *icf,
                                  const double *vicf, const double *x, double gamma, int m) {
    size_t stride = size_t(d) * size_t(d + 1) / 2, count = size_t(k);
    auto dalphas = pair(alphas, valphas, count);
    auto dmeans = pair(means, vmeans, count * size_t(d));
    auto dicf = pair(icf, vicf, count * stride);
    auto points = pair(x, nullptr, size_t(n) * size_t(d));
    return dual::gmm_objective(d, k, n, dalphas.data(), dmeans.data(), dicf.data(), points.data(),
                               gamma, m)
        .tangent;
}
