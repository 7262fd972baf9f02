//! Mathematical functions whose results are integers or do not vary.

use super::Writes::{Nothing, Through};
use super::{Class, Entry, entry, inactive, refuse};

const fn narrow(rule: &'static str, signature: &'static str, names: &'static str) -> Entry {
    entry(Class::Narrow(rule), Nothing, signature, names)
}

pub(super) const ENTRIES: &[Entry] = &[
    inactive(
        Nothing,
        "i:r",
        "ilogb* llogb* lround* llround* lrint* llrint* finite* isnan* isinf*
        signbit* issignaling* iscanonical*
        __isnan* __isinf* __finite* __signbit* __fpclassify* __issignaling* __iscanonical*",
    ),
    inactive(
        Nothing,
        "i:r",
        "_isnan _isnanf _finite _finitef _fpclass _dclass _fdclass _dsign _fdsign
        _dtest _fdtest",
    ),
    inactive(Nothing, "i:rii", "fromfp* fromfpx* ufromfp* ufromfpx*"),
    inactive(Nothing, "i:rr", "__iseqsig*"),
    inactive(Nothing, "i:RR", "totalorder* totalordermag*"),
    inactive(Nothing, "r:s", "nan*"),
    inactive(Nothing, "r:R", "getpayload*"),
    inactive(Through(&[0]), "i:Rr", "setpayload* setpayloadsig*"),
    refuse(
        "the canonical copy is written through a pointer",
        "i:RR",
        "canonicalize*",
    ),
    // The floating-point environment.
    inactive(Nothing, "i:", "fegetround fegetexcept"),
    inactive(
        Nothing,
        "i:i",
        "fesetround feclearexcept feraiseexcept fetestexcept feenableexcept
        fedisableexcept fesetexcept",
    ),
    inactive(Through(&[0]), "i:p", "fegetenv feholdexcept fegetmode"),
    inactive(Nothing, "i:p", "fesetenv feupdateenv fesetmode"),
    inactive(Through(&[0]), "i:pi", "fegetexceptflag"),
    inactive(Nothing, "i:pi", "fesetexceptflag"),
    inactive(Nothing, "i:p", "matherr"),
    // Soft-float comparisons and conversions to and from integers.
    inactive(
        Nothing,
        "i:rr",
        "__eqtf2 __netf2 __lttf2 __letf2 __gttf2 __getf2 __unordtf2
        __eqdf2 __nedf2 __ltdf2 __ledf2 __gtdf2 __gedf2 __unorddf2
        __eqsf2 __nesf2 __ltsf2 __lesf2 __gtsf2 __gesf2 __unordsf2",
    ),
    inactive(
        Nothing,
        "i:r",
        "__fixtfsi __fixtfdi __fixunstfsi __fixunstfdi __fixdfsi __fixdfdi
        __fixunsdfsi __fixunsdfdi __fixsfsi __fixsfdi __fixunssfsi __fixunssfdi
        __fixtfti __fixunstfti __fixxfsi __fixxfdi __fixxfti __fixunsxfsi __fixunsxfdi __fixunsxfti
        __fixdfti __fixunsdfti __fixsfti __fixunssfti __fixhfsi __fixhfdi __fixhfti __fixunshfsi
        __fixunshfdi __fixunshfti",
    ),
    inactive(
        Nothing,
        "r:i",
        "__floatsitf __floatditf __floatunsitf __floatunditf __floatsidf
        __floatdidf __floatunsidf __floatundidf __floatsisf __floatdisf __floatunsisf
        __floatundisf __floattitf __floatuntitf __floatsixf __floatdixf __floattixf __floatunsixf
        __floatundixf __floatuntixf __floattidf __floatuntidf __floattisf __floatuntisf __floatsihf
        __floatdihf __floattihf __floatunsihf __floatundihf __floatuntihf",
    ),
    inactive(
        Nothing,
        "i:rr",
        "__aeabi_dcmpeq __aeabi_dcmplt __aeabi_dcmple __aeabi_dcmpge __aeabi_dcmpgt __aeabi_dcmpun
        __aeabi_fcmpeq __aeabi_fcmplt __aeabi_fcmple __aeabi_fcmpge __aeabi_fcmpgt __aeabi_fcmpun",
    ),
    inactive(
        Nothing,
        "i:r",
        "__aeabi_d2iz __aeabi_d2uiz __aeabi_d2lz __aeabi_d2ulz
        __aeabi_f2iz __aeabi_f2uiz __aeabi_f2lz __aeabi_f2ulz",
    ),
    inactive(
        Nothing,
        "r:i",
        "__aeabi_i2d __aeabi_ui2d __aeabi_l2d __aeabi_ul2d
        __aeabi_i2f __aeabi_ui2f __aeabi_l2f __aeabi_ul2f",
    ),
    // Fortran.
    inactive(
        Nothing,
        "r:r",
        "_FortranASpacing4 _FortranASpacing8 _FortranASpacing10 _FortranASpacing16
        _FortranARRSpacing4 _FortranARRSpacing8 _FortranARRSpacing10 _FortranARRSpacing16",
    ),
    inactive(
        Nothing,
        "i:r",
        "_FortranAExponent4_4 _FortranAExponent4_8 _FortranAExponent8_4 _FortranAExponent8_8
        _FortranAExponent10_4 _FortranAExponent10_8 _FortranAExponent16_4 _FortranAExponent16_8",
    ),
    inactive(Nothing, "i:i", "_FortranAMapException"),
    inactive(
        Nothing,
        "v:i",
        "_FortranAferaiseexcept _FortranAfeclearexcept",
    ),
    // Narrowing arithmetic and conversions.
    narrow("fadd", "f:dd", "fadd"),
    narrow("fadd", "f:ll", "faddl"),
    narrow("fadd", "d:ll", "daddl"),
    narrow(
        "fadd",
        "r:rr",
        "f32addf32x f32addf64 f32addf64x f32addf128 f32xaddf64 f32xaddf64x f32xaddf128 f64addf64x f64addf128 f64xaddf128",
    ),
    narrow("fsub", "f:dd", "fsub"),
    narrow("fsub", "f:ll", "fsubl"),
    narrow("fsub", "d:ll", "dsubl"),
    narrow(
        "fsub",
        "r:rr",
        "f32subf32x f32subf64 f32subf64x f32subf128 f32xsubf64 f32xsubf64x f32xsubf128 f64subf64x f64subf128 f64xsubf128",
    ),
    narrow("fmul", "f:dd", "fmul"),
    narrow("fmul", "f:ll", "fmull"),
    narrow("fmul", "d:ll", "dmull"),
    narrow(
        "fmul",
        "r:rr",
        "f32mulf32x f32mulf64 f32mulf64x f32mulf128 f32xmulf64 f32xmulf64x f32xmulf128 f64mulf64x f64mulf128 f64xmulf128",
    ),
    narrow("fdiv", "f:dd", "fdiv"),
    narrow("fdiv", "f:ll", "fdivl"),
    narrow("fdiv", "d:ll", "ddivl"),
    narrow(
        "fdiv",
        "r:rr",
        "f32divf32x f32divf64 f32divf64x f32divf128 f32xdivf64 f32xdivf64x f32xdivf128 f64divf64x f64divf128 f64xdivf128",
    ),
    narrow("llvm.sqrt", "f:d", "fsqrt"),
    narrow("llvm.sqrt", "f:l", "fsqrtl"),
    narrow("llvm.sqrt", "d:l", "dsqrtl"),
    narrow(
        "llvm.sqrt",
        "r:r",
        "f32sqrtf32x f32sqrtf64 f32sqrtf64x f32sqrtf128 f32xsqrtf64 f32xsqrtf64x f32xsqrtf128 f64sqrtf64x f64sqrtf128 f64xsqrtf128",
    ),
    narrow("llvm.fma", "f:ddd", "ffma"),
    narrow("llvm.fma", "f:lll", "ffmal"),
    narrow("llvm.fma", "d:lll", "dfmal"),
    narrow(
        "llvm.fma",
        "r:rrr",
        "f32fmaf32x f32fmaf64 f32fmaf64x f32fmaf128 f32xfmaf64 f32xfmaf64x f32xfmaf128 f64fmaf64x f64fmaf128 f64xfmaf128",
    ),
    entry(
        Class::Convert,
        Nothing,
        "r:r",
        "__aeabi_d2f __aeabi_f2d __extendhfsf2 __extendhfdf2 __extendhfxf2 __extendhftf2 __extendsfdf2 __extendsfxf2 __extendsftf2 __extenddfxf2 __extenddftf2 __extendxftf2 __extendbfsf2 __trunctfxf2 __trunctfdf2 __trunctfsf2 __trunctfhf2 __trunctfbf2 __truncxfdf2 __truncxfsf2 __truncxfhf2 __truncxfbf2 __truncdfsf2 __truncdfhf2 __truncdfbf2 __truncsfhf2 __truncsfbf2",
    ),
];
