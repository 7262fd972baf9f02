//! What a reader may expect the tables to know, name by name. A name that is missing here is not
//! promised; one that is listed and unknown fails.

use rz_rules::known::{self, Class};
use rz_rules::{Match, Width, lookup, named};

/// Functions of the C library with a derivative: plain, `f` and `l` forms.
const C_LIBRARY: &str = "
    sqrt rsqrt cbrt exp exp2 exp10 pow10 expm1 exp2m1 exp10m1 log log2 log10 log1p log2p1 log10p1
    pow powr pown compoundn rootn sin cos tan sinpi cospi tanpi asin acos atan asinpi acospi atanpi
    atan2 atan2pi sinh cosh tanh asinh acosh atanh sincos hypot fmod remainder drem remquo fdim
    fmin fmax fminimum fmaximum fminimum_num fmaximum_num fminimum_mag fmaximum_mag
    fminimum_mag_num fmaximum_mag_num fminmag fmaxmag fabs copysign fma modf frexp ldexp scalbn
    scalbln scalb significand nextafter nexttoward nextup nextdown logb floor ceil trunc round
    roundeven rint nearbyint erf erfc lgamma gamma tgamma j0 j1 jn y0 y1 yn
    cexp clog clog10 csqrt cpow csin ccos ctan csinh ccosh ctanh casin cacos catan casinh cacosh
    catanh cabs carg conj cproj creal cimag";

/// glibc's entry points of `-ffinite-math-only`.
const FINITE: &str = "
    acos acosh asin atan2 atanh cosh exp exp10 exp2 fmod hypot j0 j1 jn log log10 log2 pow
    remainder scalb sinh sqrt y0 y1 yn";

/// Functions of the C library that are constant, or whose results are integers.
const CONSTANT: &str = "
    ilogb llogb lround llround lrint llrint fromfp ufromfp fromfpx ufromfpx __isnan __isinf
    __finite __signbit __fpclassify __issignaling __iscanonical totalorder totalordermag
    getpayload setpayload setpayloadsig nan finite isnan isinf signbit issignaling iscanonical
    _isnanf _finitef __fixtfti __floattidf __fixxfdi __floatundixf";

/// Rules without a symbol in the C library: by registration.
const REGISTERED: &str = "
    rcp rcbrt cot sind cosd tand asind acosd atand atan2d norm3d norm4d rhypot rnorm3d rnorm4d
    erfi erfcx dawson erfinv erfcinv normcdf normcdfinv digamma trigamma beta lbeta gamma_p
    beta_inc logistic logit log1pexp logaddexp xlogy xlog1py lerp smoothstep saturate modulo sinc
    sincpi cosc expint_ei expint_e1 sinint cosint complex_reciprocal complex_norm polar
    complex_erf complex_erfc complex_erfi complex_erfcx complex_dawson faddeeva_w scalef getmant rsub
    fadd fsub fmul fdiv frem fneg identity";

/// Symbols of other run-time libraries.
const OTHER: &str = "
    _chgsign _chgsignf _nextafterf _logbf Faddeeva_erf_re Faddeeva_erfc_re _FortranAFPow4i
    _FortranAFPow8i __sincos_stret __sincosf_stret __sincospi_stret __sincospif_stret __exp10 __exp10f __sinpi
    __cospi __tanpi __sinpif _hypot _hypotf _cabs _copysign _nextafter _logb _scalb _j0 _j1 _jn
    _y0 _y1 _yn __lgamma_r_finite __lgammaf_r_finite lgamma_r lgammaf_r lgammal_r
    __addtf3 __subtf3 __multf3 __divtf3 __negtf2 __powitf2 __powidf2 __powisf2 __powixf2
    __aeabi_dadd __aeabi_dsub __aeabi_drsub __aeabi_dmul __aeabi_ddiv __aeabi_fadd __aeabi_fsub
    __aeabi_frsub __aeabi_fmul __aeabi_fdiv sinq expq powq sinf128 cexpf128 sinf64x expf32x
    __mulhc3 __mulsc3 __muldc3 __mulxc3 __multc3 __divhc3 __divsc3 __divdc3 __divxc3 __divtc3
    Faddeeva_w Faddeeva_erf Faddeeva_erfc Faddeeva_erfi Faddeeva_erfcx Faddeeva_Dawson
    Faddeeva_w_im Faddeeva_erfcx_re Faddeeva_erfi_re Faddeeva_Dawson_re";

/// Vector libraries, and the row that each name leads to.
const VECTOR: &[(&str, &str)] = &[
    ("_ZGVbN2v_sin", "sin"),
    ("_ZGVdN8v_sinf", "sin"),
    ("_ZGVeN8vv_pow", "pow"),
    ("_ZGVnN2v_exp", "exp"),
    ("__svml_cos4", "cos"),
    ("__svml_atan2f8_ha", "atan2"),
    ("amd_vrd4_log", "log"),
    ("amd_vrs8_log10f", "log10"),
    ("armpl_vtanhq_f64", "tanh"),
    ("_simd_erf_d2", "erf"),
    ("__cbrtd2", "cbrt"),
    ("__expf4", "exp"),
    ("vexpf", "exp"),
    ("Sleef_asinhd4_u10", "asinh"),
    ("Sleef_tgammaf8_u10avx2", "tgamma"),
    ("__fd_exp_1", "exp"),
    ("__rs_sin_8", "sin"),
];

/// LLVM's intrinsics with a derivative.
const INTRINSICS: &str = "
    fma fmuladd fabs copysign sqrt pow powi exp exp2 exp10 log log2 log10 sin cos tan sincos
    sincospi asin acos atan atan2 sinh cosh tanh minnum maxnum minimumnum maximumnum minimum
    maximum ldexp frexp modf canonicalize arithmetic.fence ssa.copy floor ceil trunc rint
    nearbyint round roundeven";

/// LLVM's intrinsics of class “constant”.
const CONSTANT_INTRINSICS: &str = "
    lround llround lrint llrint fptosi.sat fptoui.sat is.fpclass smin smax umin umax abs
    sadd.with.overflow ctpop ctlz cttz bswap bitreverse fshl fshr scmp ucmp vector.reduce.add
    get.active.lane.mask stepvector assume expect is.constant objectsize donothing sideeffect
    fake.use pseudoprobe get.rounding set.rounding get.fpenv read_register returnaddress
    frameaddress";

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split_ascii_whitespace()
}

fn rule(name: &str) -> Match {
    lookup(name).unwrap_or_else(|| panic!("{name} has no rule"))
}

#[test]
fn the_c_library_has_rules_at_every_width() {
    for name in words(C_LIBRARY) {
        let base = rule(name).rule.name();
        for (suffix, width) in [
            ("f", Width::Single),
            ("l", Width::Long),
            ("f16", Width::Half),
            ("f32", Width::Single),
            ("f64", Width::Double),
            ("f32x", Width::Double),
            ("f64x", Width::Long),
            ("f128", Width::Quad),
            ("q", Width::Quad),
        ] {
            let found = rule(&format!("{name}{suffix}"));
            assert_eq!(
                (found.rule.name(), found.width),
                (base, width),
                "{name}{suffix}"
            );
        }
    }
    for name in words(FINITE) {
        for suffix in ["", "f", "l", "f128"] {
            rule(&format!("__{name}{suffix}_finite"));
        }
    }
}

#[test]
fn other_libraries_have_rules() {
    words(OTHER).for_each(|name| {
        rule(name);
    });
    for (name, row) in VECTOR {
        let found = rule(name);
        assert_eq!(found.rule.name(), *row, "{name}");
        assert!(found.lanes, "{name} is a function of vectors");
    }
}

#[test]
fn what_has_no_symbol_can_be_registered() {
    for name in words(REGISTERED) {
        assert!(named(name).is_some(), "{name} has no rule");
        // A user's function of that name may be anything.
        assert!(
            lookup(name).is_none(),
            "{name} is taken for a library function"
        );
    }
    // What has a symbol can be registered by it.
    assert_eq!(named("sinf").map(|found| found.rule.name()), Some("sin"));
    assert!(named("no such function").is_none());
}

#[test]
fn what_is_constant_is_known_to_be() {
    let inactive = |name: &str| {
        let known = known::lookup(name).unwrap_or_else(|| panic!("{name} is unknown"));
        assert_eq!(known.class, Class::Inactive, "{name}");
    };
    words(CONSTANT).for_each(inactive);
    for name in words(CONSTANT_INTRINSICS) {
        inactive(&format!("llvm.{name}"));
    }
}

#[test]
fn intrinsics_have_rules_in_every_form() {
    for name in words(INTRINSICS) {
        rule(&format!("llvm.{name}.f64"));
        rule(&format!("llvm.{name}.v4f32"));
        rule(&format!("llvm.experimental.constrained.{name}.f64"));
    }
    for op in ["fadd", "fsub", "fmul", "fdiv", "frem"] {
        rule(&format!("llvm.experimental.constrained.{op}.f64"));
        rule(&format!("llvm.vp.{op}.v4f64"));
    }
}

/// Conversions, and arithmetic that narrows its result, follow the rule of the operands' type.
#[test]
fn narrowing_and_conversions_have_rules() {
    for (name, rule) in [
        ("fadd", "fadd"),
        ("dsubl", "fsub"),
        ("f32mulf64", "fmul"),
        ("ddivl", "fdiv"),
        ("fsqrt", "sqrt"),
        ("dfmal", "fma"),
        ("__extendsfdf2", "identity"),
        ("__truncdfsf2", "identity"),
        ("__aeabi_d2f", "identity"),
        ("llvm.fptrunc.round.f32.f64", "identity"),
        ("llvm.experimental.constrained.fpext.f64.f32", "identity"),
    ] {
        let known = known::lookup(name).unwrap_or_else(|| panic!("{name} is unknown"));
        let found = known
            .wide_rule()
            .unwrap_or_else(|| panic!("{name} has no rule"));
        assert_eq!(found.name(), rule, "{name}");
    }
}
