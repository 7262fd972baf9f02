//! What the grammar needs to know about an LLVM type.
//!
//! The convention's defaults depend only on where a type holds floats, pointers and integers, so
//! the grammar works on this summary and is tested without LLVM.

use super::Entry;

/// A type as the convention sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// No value.
    Void,
    /// Integer of so many bits.
    Int(u32),
    /// Floating point of any format.
    Float,
    /// Pointer.
    Pointer,
    /// Fixed or scalable vector, as its lane type.
    Vector(Box<Shape>),
    /// Array, as its element type.
    Array(Box<Shape>),
    /// Struct.
    Struct(Vec<Shape>),
    /// Anything else (tokens, target types).
    Other,
}

/// How a value takes part in the derivative when no marker says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefaultActivity {
    /// No derivative.
    Const,
    /// Active by value.
    Active,
    /// A shadow follows.
    Dup,
}

impl Shape {
    fn any(&self, test: &impl Fn(&Self) -> bool) -> bool {
        match self {
            Self::Vector(elem) | Self::Array(elem) => elem.any(test),
            Self::Struct(fields) => fields.iter().any(|field| field.any(test)),
            leaf => test(leaf),
        }
    }

    /// Holds a pointer somewhere.
    pub fn has_pointer(&self) -> bool {
        self.any(&|leaf| *leaf == Self::Pointer)
    }

    /// Holds a float somewhere.
    pub fn has_float(&self) -> bool {
        self.any(&|leaf| *leaf == Self::Float)
    }

    /// Holds an integer (or something unknown) somewhere.
    pub fn has_other(&self) -> bool {
        self.any(&|leaf| matches!(leaf, Self::Int(_) | Self::Other))
    }

    /// Made of floats only, and of at least one.
    pub fn is_all_float(&self) -> bool {
        self.has_float() && !self.has_pointer() && !self.has_other()
    }

    /// `void` or an aggregate without contents.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Void => true,
            Self::Struct(fields) => fields.iter().all(Self::is_empty),
            _ => false,
        }
    }

    /// Section 4 of the convention.
    pub fn default_activity(&self, entry: Entry) -> DefaultActivity {
        if self.has_pointer() {
            DefaultActivity::Dup
        } else if self.has_float() {
            if entry.is_forward() {
                DefaultActivity::Dup
            } else {
                DefaultActivity::Active
            }
        } else {
            DefaultActivity::Const
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DefaultActivity, Entry, Shape};

    #[test]
    fn defaults_of_section_4() {
        use DefaultActivity::{Active, Const, Dup};
        let float = Shape::Float;
        let rows = [
            (float.clone(), Active, Dup),
            (Shape::Vector(Box::new(float.clone())), Active, Dup),
            (Shape::Pointer, Dup, Dup),
            (Shape::Int(64), Const, Const),
            (Shape::Vector(Box::new(Shape::Int(8))), Const, Const),
            (Shape::Array(Box::new(float.clone())), Active, Dup),
            (Shape::Struct(vec![float.clone(), Shape::Pointer]), Dup, Dup),
            (Shape::Struct(vec![float, Shape::Int(32)]), Active, Dup),
            (Shape::Struct(vec![Shape::Int(32)]), Const, Const),
            (Shape::Struct(vec![]), Const, Const),
            (Shape::Void, Const, Const),
        ];
        for (shape, reverse, forward) in rows {
            assert_eq!(
                shape.default_activity(Entry::Autodiff),
                reverse,
                "{shape:?}"
            );
            assert_eq!(
                shape.default_activity(Entry::ForwardDiff),
                forward,
                "{shape:?}"
            );
        }
    }
}
