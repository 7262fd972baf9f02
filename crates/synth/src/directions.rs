//! Width: one primal, several directions.
//!
//! A derivative of width W carries W directions at once. What belongs to the primal exists once; what
//! belongs to a direction (its tangents, adjoints and shadows) exists W times. Writers keep the latter
//! in [`Directions`] and run the code that handles one direction once for each, so that nearly all of
//! it is written as if there were only one:
//!
//! ```text
//! %x' = load double, ptr %p'.0        direction 0
//! %1  = load double, ptr %p'.1        direction 1, the same again
//! ```
//!
//! Between functions and on the tape the W values of a shadow of type T are an array `[W x T]`; with
//! width 1 they are the T itself, and nothing here writes an instruction.
//!
//! Lanes are something else: those of a SIMD vector in the primal.

use rz_llvm::{Builder, Type, Value};
use std::ops::{Deref, DerefMut};

/// The state of every direction; dereferences to that of the direction in hand.
#[derive(Clone, Debug)]
pub struct Directions<T> {
    each: Vec<T>,
    current: usize,
}

impl<T: Clone> Directions<T> {
    /// `width` times the same state; the first direction is in hand.
    pub fn new(width: u32, state: T) -> Self {
        Self {
            each: vec![state; width.max(1) as usize],
            current: 0,
        }
    }
}

impl<T> Directions<T> {
    /// How many directions there are.
    pub fn width(&self) -> usize {
        self.each.len()
    }

    /// The direction in hand.
    pub fn current(&self) -> usize {
        self.current
    }

    /// Takes a direction in hand.
    pub fn choose(&mut self, direction: usize) {
        assert!(direction < self.each.len(), "a direction of this width");
        self.current = direction;
    }

    /// The state of every direction, in order.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.each.iter_mut()
    }
}

impl<T> Deref for Directions<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.each[self.current]
    }
}

impl<T> DerefMut for Directions<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.each[self.current]
    }
}

/// The type in which the values of all directions travel together.
pub fn spread(ty: Type, width: u32) -> Type {
    if width <= 1 {
        ty
    } else {
        ty.array(u64::from(width))
    }
}

/// One value from the values of all directions.
pub fn pack(b: &Builder, values: &[Value]) -> Value {
    let [first, ..] = values else {
        unreachable!("there is at least one direction")
    };
    if values.len() == 1 {
        return *first;
    }
    let ty = spread(first.ty(), values.len() as u32);
    if values.iter().all(|v| v.is_constant()) {
        return first.ty().array_const(values);
    }
    (0..)
        .zip(values)
        .fold(ty.poison(), |whole, (direction, &value)| {
            b.insert_value(whole, value, direction)
        })
}

/// The values of all directions from one.
pub fn unpack(b: &Builder, whole: Value, width: u32) -> Vec<Value> {
    if width <= 1 {
        return vec![whole];
    }
    (0..width).map(|d| b.extract_value(whole, d)).collect()
}
