// Dual numbers: a value and its derivative along one direction.
//
// An objective written in C is compiled a second time, as C++ and without the plugin, with `double`
// meaning `Dual`. What comes out is the exact directional derivative (up to rounding), by a method that
// shares nothing with the compiler under test.
//
//     #include "dual.hpp"       // before the next line: it includes every header the source needs
//     #define double Dual
//     #include "objective.c"
#ifndef DUAL_HPP
#define DUAL_HPP

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <type_traits>

struct Dual {
    double value;
    double tangent;

    Dual() = default;
    // Numbers and literals in the source have no derivative.
    template <class Number, class = std::enable_if_t<std::is_arithmetic<Number>::value>>
    Dual(Number number) : value(static_cast<double>(number)), tangent(0) {}
    Dual(double value, double tangent) : value(value), tangent(tangent) {}

    Dual operator+() const { return *this; }
    Dual operator-() const { return {-value, -tangent}; }
    Dual &operator+=(Dual b) { return *this = *this + b; }
    Dual &operator-=(Dual b) { return *this = *this - b; }
    Dual &operator*=(Dual b) { return *this = *this * b; }
    Dual &operator/=(Dual b) { return *this = *this / b; }

    friend Dual operator+(Dual a, Dual b) { return {a.value + b.value, a.tangent + b.tangent}; }
    friend Dual operator-(Dual a, Dual b) { return {a.value - b.value, a.tangent - b.tangent}; }
    friend Dual operator*(Dual a, Dual b) {
        return {a.value * b.value, a.tangent * b.value + a.value * b.tangent};
    }
    friend Dual operator/(Dual a, Dual b) {
        double value = a.value / b.value;
        return {value, (a.tangent - value * b.tangent) / b.value};
    }
    friend bool operator<(Dual a, Dual b) { return a.value < b.value; }
    friend bool operator>(Dual a, Dual b) { return a.value > b.value; }
    friend bool operator<=(Dual a, Dual b) { return a.value <= b.value; }
    friend bool operator>=(Dual a, Dual b) { return a.value >= b.value; }
    friend bool operator==(Dual a, Dual b) { return a.value == b.value; }
    friend bool operator!=(Dual a, Dual b) { return a.value != b.value; }
};

inline Dual exp(Dual a) {
    double value = exp(a.value);
    return {value, value * a.tangent};
}
inline Dual log(Dual a) { return {log(a.value), a.tangent / a.value}; }
inline Dual sin(Dual a) { return {sin(a.value), cos(a.value) * a.tangent}; }
inline Dual cos(Dual a) { return {cos(a.value), -sin(a.value) * a.tangent}; }
inline Dual sqrt(Dual a) {
    double value = sqrt(a.value);
    return {value, a.tangent / (2 * value)};
}
inline Dual tanh(Dual a) {
    double half = 1 / cosh(a.value);
    return {tanh(a.value), half * half * a.tangent};
}
// The source needs log-gamma of constants only; a derivative that would be wrong is not given.
inline Dual lgamma(Dual a) {
    if (a.tangent != 0)
        abort();
    return lgamma(a.value);
}

#endif
