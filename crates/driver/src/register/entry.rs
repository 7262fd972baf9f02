//! The initializer of a registration, as compilers write it.
//!
//! C arrays of `void *`, C++ arrays of anything, structs, one bare pointer, one-element aggregates
//! around each entry, and casts: all read the same.

use crate::values::strip_casts;
use rz_diag::Result;
use rz_llvm::{Function, Global, Value, ValueKind};

/// The entries of one registration.
pub(crate) struct Entries {
    name: String,
    entries: Vec<Value>,
}

/// An entry that is no function.
pub(crate) enum Item {
    /// An integer, also cast to a pointer.
    Int(i64),
    /// A null pointer.
    Null,
}

impl Entries {
    pub(crate) fn of(variable: Global) -> Result<Self> {
        let name = variable.value().name();
        let Some(initializer) = variable.initializer() else {
            return Err(super::malformed(
                &name,
                "a constant, but it has no initializer",
            ));
        };
        Ok(Self {
            entries: elements(initializer),
            name,
        })
    }

    pub(crate) fn len(&self) -> u32 {
        self.entries.len() as u32
    }

    pub(crate) fn malformed(&self, wanted: &str) -> Box<rz_diag::Diagnostic> {
        super::malformed(&self.name, wanted)
    }

    fn entry(&self, index: u32) -> Option<Value> {
        self.entries.get(index as usize).copied().map(inner)
    }

    /// Entry `index`, which must be a function.
    pub(crate) fn function(&self, index: u32, wanted: &str) -> Result<Function> {
        let mut value = self.entry(index);
        while let Some(aliasee) = value.and_then(Value::aliasee) {
            value = Some(strip_casts(aliasee));
        }
        let function = value.and_then(Value::as_function);
        function.ok_or_else(|| self.malformed(wanted))
    }

    /// Entry `index`, which must be a variable.
    pub(crate) fn variable(&self, index: u32) -> Result<Value> {
        let value = self
            .entry(index)
            .filter(|value| value.as_global().is_some());
        value.ok_or_else(|| self.malformed("the address of a variable"))
    }

    /// Entry `index`, which must point to a string that is not empty.
    pub(crate) fn text(&self, index: u32, wanted: &str) -> Result<String> {
        let text = self.entry(index).and_then(text);
        text.ok_or_else(|| self.malformed(wanted))
    }

    pub(crate) fn item(&self, index: u32) -> Option<Item> {
        let value = self.entry(index)?;
        match value.kind() {
            ValueKind::NullPointer => Some(Item::Null),
            ValueKind::Int => {
                let bits = value.int_value()?;
                let shift = 128u32.checked_sub(value.ty().int_bits())?;
                i64::try_from(((bits << shift) as i128) >> shift)
                    .ok()
                    .map(Item::Int)
            }
            _ => None,
        }
    }
}

fn is_aggregate(value: Value) -> bool {
    value.ty().is_aggregate()
}

/// The fields of an aggregate; a bare value is the only entry.
pub(crate) fn elements(value: Value) -> Vec<Value> {
    if !is_aggregate(value) {
        return vec![value];
    }
    let count = match value.ty().kind() {
        rz_llvm::TypeKind::Array => value.ty().array_len() as u32,
        _ => value.ty().fields().len() as u32,
    };
    (0..count)
        .filter_map(|index| value.aggregate_element(index))
        .collect()
}

/// Through casts and one-element aggregates.
fn inner(value: Value) -> Value {
    let mut value = strip_casts(value);
    while is_aggregate(value) {
        match elements(value)[..] {
            [only] => value = strip_casts(only),
            _ => break,
        }
    }
    value
}

/// The text a pointer to a constant string points to.
pub(crate) fn text(pointer: Value) -> Option<String> {
    let initializer = pointer.as_global()?.initializer()?;
    if initializer.ty().kind() != rz_llvm::TypeKind::Array {
        return None;
    }
    let length = initializer.ty().array_len();
    let mut bytes = Vec::new();
    for index in 0..length as u32 {
        let byte = initializer.aggregate_element(index)?.int_value()? as u8;
        if byte == 0 {
            break;
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.is_empty())
}
