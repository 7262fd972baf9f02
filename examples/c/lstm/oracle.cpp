// The derivative along a direction by dual numbers: compiled without the plugin.
#include "dual.hpp"

#include <vector>

#define restrict __restrict
namespace dual {
#define double Dual
#include "lstm.c"
#undef double
} // namespace dual

static std::vector<Dual> pair(const double *values, const double *tangents, size_t count) {
    std::vector<Dual> duals(count);
    for (size_t i = 0; i < count; i++)
        duals[i] = {values[i], tangents ? tangents[i] : 0};
    return duals;
}

extern "C" double lstm_directional(int l, int c, int b, const double *main, const double *vmain,
                                   const double *extra, const double *vextra, const double *state,
                                   const double *sequence) {
    size_t width = size_t(b), layers = size_t(l);
    auto dmain = pair(main, vmain, 8 * layers * width);
    auto dextra = pair(extra, vextra, 3 * width);
    auto dstate = pair(state, nullptr, 2 * layers * width);
    auto text = pair(sequence, nullptr, size_t(c) * width);
    return dual::lstm_objective(l, c, b, dmain.data(), dextra.data(), dstate.data(), text.data())
        .tangent;
}
