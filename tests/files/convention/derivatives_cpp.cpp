// FLAGS: -I../../include
// The helpers are for C++, too.
#include "derivatives.c"
