/* The Jacobian by reverse mode, one row at a time: compiled with the plugin. */
#define BA_PARTS_ONLY
#include "ba.c"

#include <ribozyme/ribozyme.h>
#include <string.h>

void ba_jacobian(int count, const int *cameras, const int *points, const double *camera_data,
                 const double *point_data, const double *weights, const double *features,
                 double *blocks, double *weight_derivative) {
    memset(blocks, 0, sizeof(double) * 2 * COLUMNS * (size_t)count);
    for (int i = 0; i < count; i++) {
        const double *camera = &camera_data[CAMERA * cameras[i]];
        const double *point = &point_data[POINT * points[i]];
        for (int r = 0; r < 2; r++) {
            double *row = &blocks[(2 * i + r) * COLUMNS];
            double error[2], seed[2] = {r == 0, r == 1};
            __enzyme_autodiff_void((void *)reprojection_error, enzyme_dup, camera, row, enzyme_dup,
                                   point, row + CAMERA, enzyme_dup, &weights[i],
                                   row + CAMERA + POINT, enzyme_const, &features[2 * i],
                                   enzyme_dupnoneed, error, seed);
        }
        weight_derivative[i] = __enzyme_autodiff((void *)weight_residual, weights[i]);
    }
}
