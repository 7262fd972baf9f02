//! The rest of the mathematics library, numbers taken apart, and conversions between numbers and integers.

use super::{Generator, Integer, hole, statement};
use crate::tree::{Kind, Node, Piece};

const OF_ONE: [&str; 28] = [
    "exp2(sin($))",
    "expm1(sin($))",
    "log2(2.5 + cos($))",
    "log10(2.5 + sin($))",
    "asin(0.75 * sin($))",
    "acos(0.75 * cos($))",
    "acosh(2.5 + sin($))",
    "atanh(0.75 * sin($))",
    "asinh($)",
    "sinh(sin($))",
    "cosh(sin($))",
    "tan(0.75 * sin($))",
    "erfc($)",
    "lgamma(2.5 + sin($))",
    "tgamma(2.5 + sin($))",
    "j0(sin($))",
    "ceil($)",
    "trunc($)",
    "round($)",
    "rint($)",
    "FLIP_SIGN($)",
    "CLEAR_SIGN($)",
    "logb(1.5 + fabs($))",
    "ldexp($, -1)",
    "nextafter($, 8.0)",
    "(REAL)sinl((REALL)($))",
    "(REAL)(REALL)($)",
    "copysign(0.5, $)",
];
const OF_TWO: [&str; 10] = [
    "fmod($, 1.75 + 0.5 * sin($))",
    "remainder($, 2.25 + cos($))",
    "copysign(1.5 + sin($), $)",
    "fdim($, 0.25 + $)",
    "atan2(1.5 + sin($), $)",
    "hypot($, 0.75 + fabs($))",
    "ldexp($, (int)fmod(VALUE((REAL)($)), 3.0))",
    "pow(0.5 + fabs($), 2.0 + 0.5 * sin($))",
    "fma($, $, 0.5)",
    "($ * pow($, 2.0))",
];

impl Generator<'_> {
    pub(super) fn library(&mut self, depth: usize) -> Node {
        self.use_rule("library");
        if self.choices.percent(60) {
            let form = *self.choices.one(&OF_ONE);
            let value = self.real(depth - 1);
            return Node::form(Kind::Real, form, vec![hole(value)]);
        }
        let form = *self.choices.one(&OF_TWO);
        let (one, two) = (self.real(depth - 1), self.real(depth - 1));
        Node::form(Kind::Real, form, vec![hole(one), hole(two)])
    }

    fn integer_in_scope(&mut self, name: &str, high: i64) {
        self.scope.integers.push(Integer {
            name: name.into(),
            low: 0,
            high,
        });
    }

    /// Numbers taken apart by the library, or turned into integers and back.
    pub(super) fn taken_apart(&mut self) -> Node {
        self.use_rule("numbers taken apart");
        let names = ["t", "u", "k"].map(|prefix| self.name(prefix));
        let [t, u, k] = &names;
        let (value, other) = (self.real(2), self.real(1));
        let mut holes = vec![hole(value)];
        self.scope.reals.push(t.clone());
        let text = match self.choices.below(8) {
            0 => {
                self.integer_in_scope(k, 7);
                format!(
                    "int {k}; REAL {t} = frexp((REAL)($), &{k}); {k} = (int)((unsigned){k} % 8u);"
                )
            }
            1 => {
                self.scope.reals.push(u.clone());
                format!("REAL {u}; REAL {t} = modf((REAL)($), &{u});")
            }
            2 => {
                holes.push(hole(other));
                self.integer_in_scope(k, 3);
                format!(
                    "int {k}; REAL {t} = remquo((REAL)($), (REAL)(1.5 + 0.25 * sin($)), &{k}); {k} = (int)((unsigned){k} % 4u);"
                )
            }
            3 => {
                self.scope.reals.push(u.clone());
                format!("REAL {t}, {u}; sincos((REAL)($), &{t}, &{u});")
            }
            4 => {
                self.integer_in_scope(k, 7);
                format!(
                    "REAL {t} = $; int {k} = VALUE({t}) > 7 ? 7 : VALUE({t}) < 0 ? 0 : (int)VALUE({t}); {t} -= (REAL){k};"
                )
            }
            5 => format!(
                "REAL {t} = $; long {k} = lrint(fmod({t}, (REAL)8.0) * 256.0); {t} = {t} * ((REAL){k} / 256.0);"
            ),
            6 => {
                let ty = *self
                    .choices
                    .one(&["unsigned char", "signed char", "short", "long"]);
                format!(
                    "REAL {t} = $; {ty} {k} = ({ty})lround(fmod({t}, (REAL)8.0) * 16.0); {t} += 0.0625 * (REAL){k};"
                )
            }
            _ => {
                self.integer_in_scope(k, 3);
                format!(
                    "REAL {t} = $; int {k} = (signbit({t}) ? 2 : 0) + (isfinite({t}) ? 1 : 0); if (isnan({t})) {t} = 0.5;"
                )
            }
        };
        statement(&text, holes)
    }

    /// A record of numbers of several widths.
    pub(super) fn widths(&mut self) -> Node {
        self.use_rule("record of several widths");
        let (s, o, i) = (self.name("s"), self.name("s"), self.name("i"));
        let values: Vec<Piece> = (0..4).map(|_| hole(self.real(2))).collect();
        let n = self.integer();
        let mut holes = values;
        holes.insert(2, hole(n));
        self.scope
            .reals
            .extend([format!("{o}.r"), format!("{o}.m[1]")]);
        statement(
            &format!(
                "struct layers {s} = {{0}}, {o}; {s}.l = (REALL)($); {s}.r = $; {s}.k = (int)((unsigned)($) % 4u); for (int {i} = 0; {i} < 3; {i}++) {{ {s}.l = {s}.l * 0.5L + (REALL){s}.r; {s}.m[{i} % 2] = (REAL){s}.l * $; }} {o} = {s}; {o}.r += (REAL)({s}.l * (REALL)($));"
            ),
            holes,
        )
    }
}
