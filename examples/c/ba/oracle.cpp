// Derivatives along a direction by dual numbers: compiled without the plugin.
#include "dual.hpp"

#define restrict __restrict
#define BA_PARTS_ONLY
namespace dual {
#define double Dual
#include "ba.c"
#undef double
} // namespace dual

using dual::CAMERA;
using dual::POINT;

extern "C" void ba_directional(const double *camera, const double *point, double weight,
                               const double *feature, const double *direction, double *result) {
    Dual c[CAMERA], p[POINT], f[2] = {feature[0], feature[1]}, error[2];
    for (int i = 0; i < CAMERA; i++)
        c[i] = {camera[i], direction[i]};
    for (int i = 0; i < POINT; i++)
        p[i] = {point[i], direction[CAMERA + i]};
    Dual w = {weight, direction[CAMERA + POINT]};
    dual::reprojection_error(c, p, &w, f, error);
    result[0] = error[0].tangent;
    result[1] = error[1].tangent;
    result[2] = dual::weight_residual(w).tangent;
}
