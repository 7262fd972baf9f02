// A chain of Lotka and Volterra, x_i' = x_i (1 - x_i - c x_{i+1} + c x_{i-1}), by Boost.odeint's
// Dormand and Prince steps of fixed length. The objective is half the squared norm of the last state; the
// variables are the first one.
#include "program.h"

#include <array>
#include <boost/numeric/odeint.hpp>

namespace {

constexpr size_t N = 8;
constexpr double coupling = 0.4, length = 0.01;
using State = std::array<double, N>;

struct Slope {
    void operator()(const State &x, State &y, double) const {
        for (size_t i = 0; i < N; i++)
            y[i] = x[i] * (1 - x[i] - coupling * x[(i + 1) % N] + coupling * x[(i + N - 1) % N]);
    }
};

[[maybe_unused]] double dopri5(long steps, const double *start) {
    State x;
    for (size_t i = 0; i < N; i++)
        x[i] = start[i];
    boost::numeric::odeint::runge_kutta_dopri5<State> stepper;
    boost::numeric::odeint::integrate_n_steps(stepper, Slope(), x, 0.0, length, size_t(steps));
    double sum = 0;
    for (double v : x)
        sum += v * v;
    return 0.5 * sum;
}

} // namespace

PROGRAM(dopri5, p->size[0])

#ifdef HAND
#include <vector>

namespace {

const double A[6][6] = {{},
                        {1.0 / 5},
                        {3.0 / 40, 9.0 / 40},
                        {44.0 / 45, -56.0 / 15, 32.0 / 9},
                        {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
                        {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656}};
const double B[6] = {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84};

// The states and slopes of the stages; returns the next state.
State advance(const State &x, std::array<State, 6> &y, std::array<State, 6> &k) {
    for (int s = 0; s < 6; s++) {
        for (size_t i = 0; i < N; i++) {
            double sum = 0;
            for (int r = 0; r < s; r++)
                sum += A[s][r] * k[r][i];
            y[s][i] = x[i] + length * sum;
        }
        Slope()(y[s], k[s], 0);
    }
    State next;
    for (size_t i = 0; i < N; i++) {
        double sum = 0;
        for (int s = 0; s < 6; s++)
            sum += B[s] * k[s][i];
        next[i] = x[i] + length * sum;
    }
    return next;
}

void undo(const State &x, State &d) {
    std::array<State, 6> y, k, dk;
    advance(x, y, k);
    for (int s = 0; s < 6; s++)
        for (size_t i = 0; i < N; i++)
            dk[s][i] = length * B[s] * d[i];
    for (int s = 5; s >= 0; s--) {
        State dy{};
        for (size_t i = 0; i < N; i++) {
            size_t next = (i + 1) % N, last = (i + N - 1) % N;
            const State &v = y[s];
            double seed = dk[s][i];
            dy[i] += seed * (1 - 2 * v[i] - coupling * v[next] + coupling * v[last]);
            dy[next] -= seed * coupling * v[i];
            dy[last] += seed * coupling * v[i];
        }
        for (size_t i = 0; i < N; i++) {
            d[i] += dy[i];
            for (int r = 0; r < s; r++)
                dk[r][i] += length * A[s][r] * dy[i];
        }
    }
}

size_t inputs(const long *) { return N; }
void prepare(Problem *p) {
    for (size_t i = 0; i < N; i++)
        p->x[i] = 1 + 0.2 * p->x[i];
}

} // namespace

void hand(const Problem *p, double *dx) {
    std::vector<State> states(size_t(p->size[0]));
    State x;
    for (size_t i = 0; i < N; i++)
        x[i] = p->x[i];
    std::array<State, 6> y, k;
    for (State &state : states) {
        state = x;
        x = advance(x, y, k);
    }
    for (size_t t = states.size(); t-- > 0;)
        undo(states[t], x);
    for (size_t i = 0; i < N; i++)
        dx[i] += x[i];
}

const Spec spec = {"dopri5", 1, {"steps"}, {500}, inputs, nullptr, prepare};
#endif
