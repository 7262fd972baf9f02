/* Bundle adjustment: how far observed image points are from where cameras should see them. */
#ifndef BA_H
#define BA_H

/* A camera: rotation (axis times angle) 3, centre 3, focal length, principal point 2, radial
 * distortion 2. */
enum { CAMERA = 11, POINT = 3, COLUMNS = CAMERA + POINT + 1 };

/* Residuals of every observation. Observation i is point `points[i]` seen by camera `cameras[i]` at
 * `features[i][2]`, with weight `weights[i]`; it has two reprojection errors and one weight error. */
void ba_residuals(int count, const int *cameras, const int *points, const double *camera_data,
                  const double *point_data, const double *weights, const double *features,
                  double *reprojection, double *weight_error);

/* The Jacobian: a block 2 x (11 + 3 + 1) an observation by rows, and the weight error's derivative. */
void ba_jacobian(int count, const int *cameras, const int *points, const double *camera_data,
                 const double *point_data, const double *weights, const double *features,
                 double *blocks, double *weight_derivative);

/* Derivatives of one observation's three residuals along a direction of its 15 variables, from dual
 * numbers. */
void ba_directional(const double *camera, const double *point, double weight, const double *feature,
                    const double *direction, double *result);

#endif
