// Powers in single and extended precision.
//! ret REALF
//! out REALF x = 1.7
//! out REALL y = 2.5
#include "case.h"
REALF f(REALF x, REALL y) { return powf(x, 1.5f) + (REALF)powl(y, y); }
