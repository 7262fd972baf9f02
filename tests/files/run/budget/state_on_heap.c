// The state is too large for the budget to keep it before each step; one snapshot, or two, must do.
//! ret REAL
//! dup REAL start[6] = fill(0.2, 0.9)
//! const int n = 6 | 6 | 6 | 6 | 5
//! const int steps = 7 | 0 | 1 | 2 | 13
//! options tape-budget=0
#include "case.h"
#include "steps_on_heap.h"
