// The derivative along a direction by dual numbers: compiled without the plugin.
#include "dual.hpp"

#include <vector>

// In dual arithmetic nothing is moved out of the loop, so the length is computed once by hand.
extern "C" void normalize_directional(int n, const double *x, const double *v, double *dy) {
    std::vector<Dual> in(static_cast<size_t>(n));
    Dual sum = 0;
    for (size_t i = 0; i < in.size(); i++) {
        in[i] = {x[i], v[i]};
        sum += in[i] * in[i];
    }
    Dual length = sqrt(sum);
    for (size_t i = 0; i < in.size(); i++)
        dy[i] = (in[i] / length).tangent;
}
