//! Calls: callee, effects, what is known about arguments.

use crate::body::BodyBuilder;
use crate::functions::{effects, family_tags};
use crate::library;
use rz_llvm as llvm;
use rz_llvm::{Place, ValueKind};
use rz_view::op::{ArgFacts, CallData};
use rz_view::{Callee, Func, Value};

/// A called constant through aliases that cannot be replaced.
fn resolve(mut callee: llvm::Value) -> llvm::Value {
    for _ in 0..8 {
        match callee.aliasee() {
            Some(aliasee) if !callee.is_interposable() => callee = aliasee,
            _ => break,
        }
    }
    callee
}

impl BodyBuilder<'_> {
    /// The call data and the operands of `call`, `invoke` and `callbr`.
    pub(crate) fn call(&mut self, inst: llvm::Value) -> (Box<CallData>, Vec<Value>) {
        let called = resolve(inst.called_value());
        let direct = self.direct(inst, called);
        let callee = match direct {
            Some(func) => Callee::Direct(func),
            None if called.kind() == ValueKind::InlineAsm => Callee::Asm {
                side_effects: called.asm_side_effects(),
            },
            None => Callee::Indirect,
        };
        let mut operands = Vec::new();
        if callee == Callee::Indirect {
            operands.push(self.value(inst.called_value()));
        }
        let args = inst.args();
        operands.extend(args.iter().map(|&arg| self.value(arg)));
        let mut tags = family_tags(&inst.call_attributes(Place::Function));
        if let Some(func) = direct {
            let own: Vec<String> = tags.iter().map(|(name, _)| name.clone()).collect();
            let of_callee = &self.importer.out.module.funcs[func].tags;
            tags.extend(of_callee.iter().filter(|(n, _)| !own.contains(n)).cloned());
        }
        tags.extend(self.position_tags(inst, direct, args.len() as u32));
        let module = self.importer.out.llvm;
        let byval = |index: u32| match inst.arg_byval(index) {
            Some(ty) if ty.is_sized() => module.alloc_size(ty),
            _ => 0,
        };
        let count = args.len() as u32;
        let data = CallData {
            callee,
            effects: self.call_effects(inst, direct),
            noreturn: inst.call_has_attribute("noreturn"),
            nounwind: inst.call_has_attribute("nounwind"),
            byval: (0..count).map(byval).collect(),
            args: (0..count).map(|index| arg_facts(inst, index)).collect(),
            tags,
            returns_twice: inst.call_has_attribute("returns_twice"),
        };
        (Box::new(data), operands)
    }

    /// Attributes of arguments and of the result, by position: `name@0`, `name@ret`. Those of the
    /// callee count where the call says nothing, if the two agree on the calling convention.
    fn position_tags(
        &self,
        inst: llvm::Value,
        direct: Option<Func>,
        count: u32,
    ) -> Vec<(String, String)> {
        let callee = direct
            .map(|func| self.importer.out.func(func))
            .filter(|callee| callee.calling_convention() == inst.call_convention());
        let places = (0..count).map(|index| (Place::Param(index), index.to_string()));
        let mut tags = Vec::new();
        for (place, position) in places.chain([(Place::Return, "ret".to_owned())]) {
            let own = family_tags(&inst.call_attributes(place));
            let in_range = match place {
                Place::Param(index) => callee.filter(|f| index < f.param_count()),
                Place::Function | Place::Return => callee,
            };
            let theirs = in_range.map_or_else(Vec::new, |f| family_tags(&f.attributes(place)));
            let known: Vec<String> = own.iter().map(|(name, _)| name.clone()).collect();
            let new = theirs.into_iter().filter(|(name, _)| !known.contains(name));
            for (name, value) in own.into_iter().chain(new) {
                tags.push((format!("{name}@{position}"), value));
            }
        }
        tags
    }

    /// A call with another function type than the callee's is treated as indirect.
    fn direct(&mut self, inst: llvm::Value, called: llvm::Value) -> Option<Func> {
        let function = called.as_function()?;
        (function.ty() == inst.called_type()).then(|| self.importer.func(function))
    }

    fn call_effects(&self, inst: llvm::Value, direct: Option<Func>) -> rz_view::op::Effects {
        let declared = effects(inst.call_effects());
        let math = direct
            .and_then(|func| self.importer.out.module.funcs[func].library.as_deref())
            .is_some_and(library::is_math);
        if math && !self.no_builtins && !inst.call_has_attribute("nobuiltin") {
            library::narrow(declared)
        } else {
            declared
        }
    }
}

fn arg_facts(inst: llvm::Value, index: u32) -> ArgFacts {
    let has = |name: &str| inst.arg_has_attribute(index, name);
    let pointer = inst.operand(index).ty().scalar().is_pointer();
    if !pointer {
        return ArgFacts {
            returned: has("returned"),
            ..ArgFacts::default()
        };
    }
    ArgFacts {
        noalias: has("noalias"),
        nocapture: inst.arg_nocapture(index),
        readonly: has("readonly"),
        writeonly: has("writeonly"),
        readnone: has("readnone"),
        returned: has("returned"),
        sret: has("sret"),
    }
}
