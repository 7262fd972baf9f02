// A chain of joints as 4 by 4 matrices by Denavit and Hartenberg; the pose of the tool, then one step of inverse kinematics.
//! ret REAL
//! dup REAL q[4] = 0.3 -0.7 1.1 0.2
//! dup REAL link[4] = 0.5 0.4 0.3 0.1
#include "case.h"
static void forward(const REAL *q, const REAL *link, REAL *tool) {
  REAL T[4][4];
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) T[i][j] = i == j;
  for (int k = 0; k < 4; k++) {
    double alpha = k % 2 ? 1.5707963267948966 : 0;
    REAL c = cos(q[k]), s = sin(q[k]), ca = cos(alpha), sa = sin(alpha);
    REAL A[4][4] = {{c, -s * ca, s * sa, link[k] * c}, {s, c * ca, -c * sa, link[k] * s}, {0, sa, ca, 0.1}, {0, 0, 0, 1}}, R[4][4];
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < 4; j++) {
        R[i][j] = 0;
        for (int m = 0; m < 4; m++) R[i][j] += T[i][m] * A[m][j];
      }
    memcpy(T, R, sizeof T);
  }
  for (int i = 0; i < 3; i++) tool[i] = T[i][3];
}
REAL f(const REAL *q, const REAL *link) {
  REAL tool[3], moved[4], r = 0;
  forward(q, link, tool);
  for (int k = 0; k < 4; k++) moved[k] = q[k] - 0.1 * tool[k % 3];
  forward(moved, link, tool);
  for (int i = 0; i < 3; i++) r += (tool[i] - 0.4) * (tool[i] - 0.4);
  return r;
}
