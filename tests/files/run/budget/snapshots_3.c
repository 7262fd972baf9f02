// As state_on_heap, with room for 3 snapshots.
//! ret REAL
//! dup REAL start[6] = fill(0.2, 0.9)
//! const int n = 6 | 6 | 6 | 6 | 5
//! const int steps = 7 | 0 | 1 | 2 | 13
//! options tape-budget=576
#include "case.h"
#include "steps_on_heap.h"
