//! Constants and global variables.

use super::build::{Builder, Repr};
use super::graph::{Place, Reason, Source};
use rz_view::{Constant, Global, Type, Value};

impl Builder<'_> {
    pub(super) fn constant(&mut self, value: Value, ty: Type) {
        let Some(constant) = self.body.constant(value) else {
            return;
        };
        self.zeros[value] = match constant {
            Constant::Int(bits) => zero_bytes(*bits, self.size(ty)),
            Constant::Zero => u64::MAX,
            // Undefined bytes may be taken for zero.
            constant if constant.is_undefined() => u64::MAX,
            _ => 0,
        };
        if let Some(place) = self.constant_place(value) {
            self.reprs[value] = Repr::Pointer(place);
        } else if self.module.types.float_kind(ty).is_some() {
            self.reprs[value] = Repr::Float;
        } else if let Constant::Aggregate(_) = constant {
            let why = Reason {
                source: Source::Value(value),
                rule: "type of a constant",
            };
            self.reprs[value] = self.fresh(ty, why);
        }
    }

    fn constant_place(&mut self, value: Value) -> Option<Place> {
        match self.body.constant(value)? {
            Constant::Global(global) => Some(self.global(*global)),
            Constant::Offset { base, offset } => Some(self.constant_place(*base)?.plus(*offset)),
            Constant::Expr { op, operands } if *op == "addrspacecast" => {
                self.constant_place(*operands.first()?)
            }
            _ => None,
        }
    }

    /// The region of a global variable in this function.
    pub(crate) fn global(&mut self, global: Global) -> Place {
        if let Some(&place) = self.globals.get(&global) {
            return place;
        }
        let place = self.graph.new_place();
        self.globals.insert(global, place);
        place
    }
}

/// The bytes of a constant of so many bytes that are zero.
fn zero_bytes(bits: u128, len: u64) -> u64 {
    if bits == 0 {
        return u64::MAX;
    }
    let zero = |k: &u64| *k >= 16 || (bits >> (8 * k)).trailing_zeros() >= 8;
    (0..len.min(64))
        .filter(zero)
        .fold(0, |mask, k| mask | 1 << k)
}
