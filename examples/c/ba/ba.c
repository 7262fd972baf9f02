/* A point is moved into the camera's frame, projected, distorted radially and scaled:
 *
 *   p = R(r) (X - C),  u = (p_x, p_y) / p_z,  u' = u (1 + k1 |u|^2 + k2 |u|^4),  image = f u' + x0
 *
 * R is the rotation about the axis r by the angle |r|. Residuals: w (image - observed), and 1 - w^2,
 * which keeps a weight from fading out. The objective of the public ADBench suite. */
#include "ba.h"

#include <math.h>

/* Rodrigues' formula; to first order where the angle is 0. */
static void rotate(const double *restrict r, const double *restrict x, double *restrict y) {
    double square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    if (square != 0) {
        double angle = sqrt(square);
        double c = cos(angle), s = sin(angle), inverse = 1 / angle;
        double w[3] = {r[0] * inverse, r[1] * inverse, r[2] * inverse};
        double along = (w[0] * x[0] + w[1] * x[1] + w[2] * x[2]) * (1 - c);
        y[0] = x[0] * c + (w[1] * x[2] - w[2] * x[1]) * s + w[0] * along;
        y[1] = x[1] * c + (w[2] * x[0] - w[0] * x[2]) * s + w[1] * along;
        y[2] = x[2] * c + (w[0] * x[1] - w[1] * x[0]) * s + w[2] * along;
    } else {
        y[0] = x[0] + r[1] * x[2] - r[2] * x[1];
        y[1] = x[1] + r[2] * x[0] - r[0] * x[2];
        y[2] = x[2] + r[0] * x[1] - r[1] * x[0];
    }
}

static void project(const double *restrict camera, const double *restrict point,
                    double *restrict image) {
    const double *centre = &camera[3], *principal = &camera[7], *radial = &camera[9];
    double focal = camera[6];
    double moved[3] = {point[0] - centre[0], point[1] - centre[1], point[2] - centre[2]};
    double seen[3];
    rotate(camera, moved, seen);
    double u = seen[0] / seen[2], v = seen[1] / seen[2];
    double square = u * u + v * v;
    double distortion = 1 + square * (radial[0] + square * radial[1]);
    image[0] = focal * u * distortion + principal[0];
    image[1] = focal * v * distortion + principal[1];
}

static void reprojection_error(const double *restrict camera, const double *restrict point,
                               const double *restrict weight, const double *restrict feature,
                               double *restrict error) {
    double image[2];
    project(camera, point, image);
    error[0] = *weight * (image[0] - feature[0]);
    error[1] = *weight * (image[1] - feature[1]);
}

static double weight_residual(double weight) { return 1 - weight * weight; }

#ifndef BA_PARTS_ONLY
void ba_residuals(int count, const int *cameras, const int *points, const double *camera_data,
                  const double *point_data, const double *weights, const double *features,
                  double *reprojection, double *weight_error) {
    for (int i = 0; i < count; i++) {
        reprojection_error(&camera_data[CAMERA * cameras[i]], &point_data[POINT * points[i]],
                           &weights[i], &features[2 * i], &reprojection[2 * i]);
        weight_error[i] = weight_residual(weights[i]);
    }
}
#endif
