//! Functions whose derivatives somebody else states: registered rules that compute by hand what the oracle computes,
//! functions said to be like one of the library, and functions said to be inactive.

use super::{Generator, statement};
use crate::tree::Node;

/// A function of s and t with its two derivatives, all without `$`.
struct Formula {
    value: &'static str,
    by_s: &'static str,
    by_t: &'static str,
}

const FORMULAS: [Formula; 4] = [
    Formula {
        value: "s * sin(t) + 0.5 * t * t",
        by_s: "sin(t)",
        by_t: "s * cos(t) + t",
    },
    Formula {
        value: "s * t + tanh(s)",
        by_s: "t + 1.0 - tanh(s) * tanh(s)",
        by_t: "s",
    },
    Formula {
        value: "sqrt(2.0 + s * s + t * t)",
        by_s: "s / sqrt(2.0 + s * s + t * t)",
        by_t: "t / sqrt(2.0 + s * s + t * t)",
    },
    Formula {
        value: "exp(-s * s) * t",
        by_s: "-2.0 * s * t * exp(-s * s)",
        by_t: "exp(-s * s)",
    },
];

/// Functions that are like one of the library: their text, and its name.
const ALIKE: [(&str, &str); 4] = [
    ("sqrt(s * s + t * t)", "hypot"),
    ("atan2(s, t)", "atan2"),
    ("s < t ? s : t", "fmin"),
    ("s > t ? s : t", "fmax"),
];

impl Generator<'_> {
    /// `REAL h(REAL s, REAL t)`, whose derivative is not found in its text.
    pub(super) fn ruled(&mut self, name: &str) -> Node {
        let text = match self.choices.below(8) {
            0 => self.inactive_function(name),
            1 => self.like_function(name),
            2 => self.registered_on_memory(name),
            3 => self.own_allocator(name),
            _ => self.registered(name),
        };
        statement(&text, vec![])
    }

    fn registered(&mut self, name: &str) -> String {
        let formula = self.choices.one(&FORMULAS);
        let value = formula.value;
        let mut lines = vec![format!(
            "NOINLINE static REAL {name}(REAL s, REAL t) {{ return {value}; }}"
        )];
        lines.push("#ifndef RZ_DUAL".into());
        if self.choices.percent(75) {
            lines.extend(self.gradient(name, formula));
            lines.push(format!(
                "void *__enzyme_register_gradient_{name}[] = {{(void *){name}, (void *){name}_aug, (void *){name}_rev}};"
            ));
        }
        if self.choices.percent(60) {
            self.use_rule("registered derivative");
            let Formula { by_s, by_t, .. } = formula;
            lines.push(format!(
                "static struct rz_two {name}_fwd(REAL s, REAL ds, REAL t, REAL dt) {{ struct rz_two r = {{{value}, ({by_s}) * ds + ({by_t}) * dt}}; return r; }}\nvoid *__enzyme_register_derivative_{name}[] = {{(void *){name}, (void *){name}_fwd}};"
            ));
        }
        lines.push("#endif".into());
        lines.join("\n")
    }

    /// The augmented function and the gradient, with or without a tape.
    fn gradient(&mut self, name: &str, formula: &Formula) -> [String; 2] {
        let Formula { value, by_s, by_t } = formula;
        if self.choices.percent(50) {
            self.use_rule("registered gradient with a tape");
            return [
                format!(
                    "static struct rz_taped {name}_aug(REAL s, REAL t) {{ struct rz_taped r = {{{{{{{by_s}, {by_t}}}}}, {value}}}; return r; }}"
                ),
                format!(
                    "static struct rz_two {name}_rev(REAL s, REAL t, REAL d, struct three tape) {{ struct rz_two r = {{d * tape.v[0], d * tape.v[1]}}; return r; }}"
                ),
            ];
        }
        self.use_rule("registered gradient");
        [
            format!("static REAL {name}_aug(REAL s, REAL t) {{ return {name}(s, t); }}"),
            format!(
                "static struct rz_two {name}_rev(REAL s, REAL t, REAL d) {{ struct rz_two r = {{d * ({by_s}), d * ({by_t})}}; return r; }}"
            ),
        ]
    }

    /// A function that works on memory, with its gradient, which keeps what it overwrites, and its derivative.
    fn registered_on_memory(&mut self, name: &str) -> String {
        self.use_rule("registered rule on memory");
        let step = "for (int i = 0; i < 3; i++)";
        let parameters = "REAL *p, REAL *dp, int m, int dm";
        format!(
            "NOINLINE static void {name}m(REAL *p, int m) {{ {step} p[i] *= p[i] * 0.5 * (m + 1); }}\n\
             #ifndef RZ_DUAL\n\
             static struct three {name}m_aug({parameters}) {{ struct three t = {{{{p[0], p[1], p[2]}}}}; {name}m(p, m); return t; }}\n\
             static void {name}m_rev({parameters}, struct three t) {{ {step} dp[i] *= t.v[i] * (m + 1); }}\n\
             static void {name}m_fwd({parameters}) {{ {step} dp[i] *= p[i] * (m + 1); {name}m(p, m); }}\n\
             void *__enzyme_register_gradient_{name}m[] = {{(void *){name}m, (void *){name}m_aug, (void *){name}m_rev}};\n\
             void *__enzyme_register_derivative_{name}m[] = {{(void *){name}m, (void *){name}m_fwd}};\n\
             #endif\n\
             static REAL {name}(REAL s, REAL t) {{ REAL v[3] = {{s, t, s - t}}; {name}m(v, 0); v[0] = sin(v[0]); {name}m(v, 1); return v[0] * v[1] + 0.25 * sin(v[2]); }}"
        )
    }

    /// Memory from an allocator of the program's own.
    fn own_allocator(&mut self, name: &str) -> String {
        self.use_rule("allocator of its own");
        format!(
            "NOINLINE static void *{name}get(int k, size_t n) {{ char *p = (char *)malloc(n + 16); memset(p, k, n + 16); return p + 16; }}\n\
             NOINLINE static void {name}put(void *p, int k) {{ free((char *)p - 16); }}\n\
             #ifndef RZ_DUAL\n\
             void *__enzyme_allocation_like_{name}[] = {{(void *){name}get, (void *)1, (void *)\"-1,0\", (void *){name}put}};\n\
             #endif\n\
             static REAL {name}(REAL s, REAL t) {{ REAL *p = (REAL *){name}get(3, 2 * sizeof(REAL)); p[0] = s * t; p[1] = sin(s); REAL r = p[0] * p[1]; p[0] = r * t; r += p[0] * p[0] * 0.5; {name}put(p, 3); return sin(r); }}"
        )
    }

    fn inactive_function(&mut self, name: &str) -> String {
        self.use_rule("inactive function");
        let body = "{ return (REAL)(0.5 * STEADY(s) + floor(VALUE(t))); }";
        if self.choices.percent(50) {
            return format!(
                "__attribute__((annotate(\"enzyme_inactive\"))) NOINLINE static REAL {name}(REAL s, REAL t) {body}"
            );
        }
        format!(
            "NOINLINE static REAL {name}(REAL s, REAL t) {body}\n#ifndef RZ_DUAL\nvoid *__enzyme_inactivefn_{name}[] = {{(void *){name}}};\n#endif"
        )
    }

    fn like_function(&mut self, name: &str) -> String {
        self.use_rule("function like one of the library");
        let (body, like) = *self.choices.one(&ALIKE);
        format!(
            "NOINLINE static REAL {name}(REAL s, REAL t) {{ return {body}; }}\n#ifndef RZ_DUAL\nvoid *__enzyme_function_like_{name}[] = {{(void *){name}, (void *)\"{like}\"}};\n#endif"
        )
    }
}
