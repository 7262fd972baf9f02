//! Calls by which sources say what memory holds (section 14.1 of the convention).

/// What a hint says about each element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hint {
    /// `float`s.
    Float,
    /// `double`s.
    Double,
    /// Bytes of integers.
    Integer,
    /// Pointers.
    Pointer,
}

/// The hint that a function of this name gives; names contain the stem, so mangled ones do too.
pub fn hint(name: &str) -> Option<Hint> {
    const STEMS: [(&str, Hint); 4] = [
        ("__enzyme_float", Hint::Float),
        ("__enzyme_double", Hint::Double),
        ("__enzyme_integer", Hint::Integer),
        ("__enzyme_pointer", Hint::Pointer),
    ];
    let found = STEMS.iter().find(|(stem, _)| name.contains(stem));
    found.map(|&(_, hint)| hint)
}
