// The gradient of a program by ADOL-C, in the place of the one by the plugin (program.h).
//
//   -DTAPED    each call records the function and goes back over what it recorded
//   -DREUSED   the first call records; the others evaluate the trace forwards, then backwards
//
// The trace stays in memory: the buffers are large enough for every program of the collection.
#ifndef TAPE_HPP
#define TAPE_HPP

#include "program.h"

#include <adolc/adouble.h>
#include <adolc/interfaces.h>
#include <adolc/taping.h>

#include <vector>

namespace tape {

constexpr short tag = 1;
constexpr unsigned room = 1u << 25;

// dx += the gradient of `function` (adoubles to an adouble) at x.
template <class Function> void gradient(size_t n, const double *x, double *dx, Function function) {
#ifdef REUSED
    static bool recorded = false;
#else
    bool recorded = false;
#endif
    double value;
    if (recorded) {
        zos_forward(tag, 1, int(n), 1, x, &value);
    } else {
        trace_on(tag, 1, room, room, room, room);
        {
            std::vector<adouble> variables(n);
            for (size_t i = 0; i < n; i++)
                variables[i] <<= x[i];
            adouble result = function(variables.data());
            result >>= value;
        }
        trace_off();
        recorded = true;
    }
    double seed = 1;
    std::vector<double> adjoints(n);
    fos_reverse(tag, 1, int(n), &seed, adjoints.data());
    for (size_t i = 0; i < n; i++)
        dx[i] += adjoints[i];
}

} // namespace tape

// `function` takes the problem's sizes and data as it wants them, and the variables.
#define TAPE(function)                                                                             \
    extern "C" void gradient(const Problem *p, double *dx) {                                       \
        tape::gradient(p->inputs, p->x, dx,                                                        \
                       [p](const adouble *x) { return function(p->size, p->data, x); });           \
    }

#endif
