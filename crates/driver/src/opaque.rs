//! Functions without a body that stand for others while the host simplifies: it can neither look into nor
//! replace them.

use crate::compares::COMPARE;
use crate::stored;
use crate::used;
use rz_llvm::{Analyses, Attribute, Function, Linkage, Module, Place, Type, Value};

/// Prefix of the functions that stand for registered ones.
const OPAQUE: &str = "rz.opaque.";

/// A function that optimizers cannot look into, and may move and merge calls of.
pub(crate) fn opaque_function(module: Module, name: &str, ty: Type) -> Function {
    if let Some(function) = module.function(name) {
        return function;
    }
    let function = module.add_function(name, ty, Linkage::External);
    let context = module.context();
    for attribute in [
        "memory",
        "nounwind",
        "willreturn",
        "nofree",
        "nosync",
        "nocallback",
        "speculatable",
    ] {
        if let Some(attribute) = Attribute::named(context, attribute, 0) {
            function.add_attribute(Place::Function, attribute);
        }
    }
    function
}

/// Stands for a registered function in clones while the host simplifies, so that it is neither
/// inlined nor replaced by its result.
pub(crate) fn opaque(module: Module, function: Function) -> Function {
    let name = format!("{OPAQUE}{}", function.name());
    // Until it is put back nothing refers to it but a name.
    used::keep(module, function.value());
    module.get_or_declare(&name, function.ty())
}

/// Puts registered functions back.
pub(crate) fn show_registered(clone: Function) {
    for call in clone.instructions() {
        if call.is_call()
            && let Some(function) = call.called_function().and_then(stood_for)
        {
            call_instead(call, function);
        }
    }
}

/// Makes `call` call `function`, which may have come to another calling convention than what it called: the
/// host gives internal functions their own, and a clone that was prepared before has C's. A call that does not
/// agree with its callee is undefined, and optimizers drop it.
pub(crate) fn call_instead(call: Value, function: Function) {
    call.set_called_value(function.value());
    call.set_call_convention(function.calling_convention());
}

/// The function that `stand_in` stands for.
pub(crate) fn stood_for(stand_in: Function) -> Option<Function> {
    let name = stand_in.name();
    stand_in.module().function(name.strip_prefix(OPAQUE)?)
}

/// Erases the functions that stood for others, once nothing uses them.
pub(crate) fn forget_stand_ins(analyses: Analyses) {
    for function in analyses.module().functions() {
        let name = function.name();
        let stands_for = [COMPARE, OPAQUE, stored::STORED]
            .iter()
            .any(|prefix| name.starts_with(prefix));
        if stands_for && !function.value().has_uses() {
            analyses.forget(function);
            function.erase();
        }
    }
}
