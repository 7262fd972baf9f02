//! What the names of TBAA type nodes say.
//!
//! `omnipotent char` and everything derived from it (unions, `-fno-strict-aliasing`, byte copies)
//! says nothing. Names that are not listed say nothing: a wrong guess here would be a wrong gradient.

use super::tree::Class;
use rz_view::FloatKind;

/// The class of the scalar a TBAA node names, if it names one.
///
/// Covers clang for C and C++ (`double`, `any pointer`, `p1 double`, `vtable pointer`, enums by
/// their mangled name), flang and other front ends that reuse these names, and Julia's `jtbaa`.
pub(crate) fn class(name: &str) -> Option<Class> {
    let float = |kind| Some(Class::Float(kind));
    match name {
        "double" | "REAL(8)" | "real(8)" => float(FloatKind::Double),
        "float" | "REAL(4)" | "real(4)" => float(FloatKind::Single),
        "half" | "_Float16" | "__fp16" => float(FloatKind::Half),
        "__bf16" | "bfloat" => float(FloatKind::BFloat),
        "__float128" | "_Float128" => float(FloatKind::Fp128),
        "bool" | "_Bool" | "short" | "int" | "long" | "long long" | "__int128" | "wchar_t"
        | "char8_t" | "char16_t" | "char32_t" | "unsigned short" | "unsigned int"
        | "unsigned long" | "unsigned long long" | "INTEGER(4)" | "INTEGER(8)" | "integer(4)"
        | "integer(8)" | "jtbaa_arraysize" | "jtbaa_arraylen" | "jtbaa_arrayflags"
        | "jtbaa_arrayoffset" | "jtbaa_arrayselbyte" | "jtbaa_tag" => Some(Class::Integer),
        "any pointer" | "vtable pointer" | "jtbaa_arrayptr" | "jtbaa_ptrarraybuf" => {
            Some(Class::Pointer)
        }
        _ if is_typed_pointer(name) => Some(Class::Pointer),
        _ => None,
    }
}

/// `p1 double`, `p2 _ZTS4Node`: clang's names for pointers by depth and target.
fn is_typed_pointer(name: &str) -> bool {
    let Some(rest) = name.strip_prefix('p') else {
        return false;
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && rest.as_bytes().get(digits) == Some(&b' ')
}

/// Bytes of the integer a node names.
pub(crate) fn integer_bytes(name: &str) -> u64 {
    match name {
        "bool" | "_Bool" | "char8_t" => 1,
        "short" | "unsigned short" | "char16_t" => 2,
        "int" | "unsigned int" | "wchar_t" | "char32_t" | "INTEGER(4)" | "integer(4)" => 4,
        "__int128" => 16,
        "jtbaa_arrayselbyte" | "jtbaa_tag" => 1,
        _ => 8,
    }
}

/// `long double`, whose format depends on the target.
pub(crate) fn is_long_double(name: &str) -> bool {
    name == "long double"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_scalars_and_pointers() {
        assert_eq!(class("double"), Some(Class::Float(FloatKind::Double)));
        assert_eq!(class("long"), Some(Class::Integer));
        assert_eq!(class("p1 double"), Some(Class::Pointer));
        assert_eq!(class("p12 _ZTS4Node"), Some(Class::Pointer));
    }

    #[test]
    fn names_that_say_nothing() {
        for name in [
            "omnipotent char",
            "Simple C++ TBAA",
            "p",
            "p1",
            "pressure x",
            "_ZTS5Union",
        ] {
            assert_eq!(class(name), None, "{name}");
        }
    }
}
