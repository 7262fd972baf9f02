//! Calls of functions of strings and streams that have no body: what they move are letters, or the bytes of numbers.
//!
//! ```text
//! s.append("x = ")                       letters
//! s.append((const char *)&x, 8)          a number, by what types say of x
//! memcpy(&s[0], &x, 8); t += s;          a number, by where the bytes come from and where they go
//! ```
//!
//! A string is one object to types, and what is in it has no type there; so flows decide ([`crate::flow`]), and types
//! where a pointer to floats is given as a pointer to letters or comes out as one.

use super::query::FuncTypes;
use super::tree::Class;
use crate::{callee, flow};
use rz_rules::known::{Letters, letters};
use rz_view::op::Callee;
use rz_view::{Inst, Value};

/// A float is no longer.
const ELEMENT: u64 = 16;

impl FuncTypes<'_> {
    /// What this call of a function of strings or streams moves are the bytes of floats.
    pub fn moves_floats_as_letters(&self, call: Inst) -> bool {
        let state = &self.state;
        let (module, body) = (state.module, state.body);
        let Some(Callee::Direct(func)) = body.insts[call].op.call().map(|call| &call.callee) else {
            return false;
        };
        let args = body.call_args(call).iter().copied();
        let pointers = args.filter(|&v| module.types.is_pointer(body.ty(v)));
        let pointers: Vec<Value> = pointers.collect();
        let roles = letters(callee::name(module, *func), pointers.len());
        let Some(roles) = roles.filter(|_| callee::known(module, body, call, *func).is_some())
        else {
            return false;
        };
        let outside = |(_, &pointer): (&Letters, &Value)| flow::leads_out(module, body, pointer);
        let mut streams = roles
            .iter()
            .zip(&pointers)
            .filter(|&(&role, _)| role == Letters::Stream);
        if streams.any(outside) {
            return false;
        }
        let flows = self.flows.as_ref().or(self.doubts.as_ref());
        let found = flows.and_then(|flows| flows.letters_are_floats(self.func(), call));
        let found_by_type = || {
            let result = body.insts[call]
                .result
                .filter(|&v| module.types.is_pointer(body.ty(v)));
            let mut all = pointers.iter().copied().chain(result);
            all.any(|pointer| self.starts_with_float(pointer))
        };
        found == Some(true) || found_by_type()
    }

    fn starts_with_float(&self, pointer: Value) -> bool {
        let start = self.typed_pointee(pointer, 0, ELEMENT);
        matches!(start.first().map(|s| s.class), Some(Class::Float(_)))
    }
}
