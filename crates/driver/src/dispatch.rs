//! A call through a pointer whose targets are known becomes direct calls.
//!
//! ```text
//! %y = call double %g(double %x)          ; %g is @square or @cube
//! →  %y = call double @rz.held.dispatch(double %x, ptr %g)
//! define internal double @rz.held.dispatch(double %x, ptr %g) {
//!   %is = icmp eq ptr %g, @square         ; if so, call @square(%x), else compare with @cube
//!   …                                     ; anything else cannot be: trap
//! ```
//!
//! Each direct call is differentiated with all that is known about its arguments; a call through a
//! table of derivatives is not. A dispatcher is a held clone without an original, and is inlined
//! where LLVM can.

use crate::locate::{CLONE, HELD};
use crate::opaque;
use crate::targets;
use rz_llvm::{
    Analyses, Attribute, Builder, Function, IntPredicate, Linkage, Opcode, Place, Value, ValueKind,
};

/// More targets than this are called through tables of derivatives.
const LIMIT: usize = 16;

/// True for a call or invoke of a pointer that is not a constant function.
pub(crate) fn is_through_pointer(call: Value) -> bool {
    call.is_call()
        && call.called_function().is_none()
        && call.called_value().kind() != ValueKind::InlineAsm
}

/// Makes `call` direct. `None` when its targets are not known; else the functions whose callers the
/// proof rests on.
pub(crate) fn direct(analyses: Analyses, call: Value) -> Option<Vec<Function>> {
    let caller = call.function();
    let targets = targets::of(caller.module(), call.called_value())?;
    let fits = |f: &Function| f.ty() == call.called_type();
    if targets.functions.is_empty()
        || targets.functions.len() > LIMIT
        || !targets.functions.iter().all(fits)
        || call.called_type().is_varargs()
        || call.bundle_count() > 0
    {
        return None;
    }
    if let [only] = targets.functions[..] {
        opaque::call_instead(call, only);
    } else {
        let dispatcher = dispatcher(call, &targets.functions);
        let new = call_dispatcher(call, dispatcher);
        if new.opcode() == Some(Opcode::Call) {
            analyses.inline(new);
        }
    }
    analyses.invalidate(caller);
    Some(targets.closed)
}

/// A function that compares its last argument with each target and calls the one it is.
fn dispatcher(call: Value, targets: &[Function]) -> Function {
    let caller = call.function();
    let (module, context) = (caller.module(), caller.context());
    let ty = call.called_type();
    let mut params = ty.params();
    params.push(call.called_value().ty());
    let ty = ty.return_type().function(&params, false);
    let function = module.add_function(&format!("{CLONE}dispatch"), ty, Linkage::Internal);
    function.add_attribute(Place::Function, Attribute::string(context, HELD, ""));
    let mut args = function.params();
    let pointer = args.pop().expect("the pointer was added");
    let builder = Builder::at_end(function.append_block("entry"));
    for target in targets {
        let is = builder.icmp(IntPredicate::Eq, pointer, target.value());
        let (this, next) = (
            function.append_block(&target.name()),
            function.append_block("next"),
        );
        builder.cond_br(is, this, next);
        builder.position_at_end(this);
        let result = builder.call(*target, &args);
        result.set_call_convention(target.calling_convention());
        copy_arguments(call, result);
        builder.ret(Some(result).filter(|r| !r.ty().is_void()));
        builder.position_at_end(next);
    }
    builder.intrinsic("llvm.trap", &[], &[]);
    builder.unreachable();
    function
}

/// How arguments are passed: by value in memory, as memory for the result, ….
fn copy_arguments(from: Value, to: Value) {
    for index in 0..from.arg_count() {
        for attribute in from.call_attributes(Place::Param(index)) {
            to.add_call_attribute(Place::Param(index), attribute);
        }
    }
}

fn call_dispatcher(call: Value, dispatcher: Function) -> Value {
    let builder = Builder::new(call.context());
    builder.position_before(call);
    builder.set_debug_loc(call.debug_loc());
    let mut args = call.args();
    args.push(call.called_value());
    let new = if call.opcode() == Some(Opcode::Invoke) {
        let (normal, unwind) = (call.normal_dest(), call.unwind_dest());
        builder.invoke(dispatcher.ty(), dispatcher.value(), &args, normal, unwind)
    } else {
        builder.call(dispatcher, &args)
    };
    copy_arguments(call, new);
    // What the source says about this call.
    let said = call.call_attributes(Place::Function);
    for attribute in said.into_iter().filter(|a| a.is_string()) {
        new.add_call_attribute(Place::Function, attribute);
    }
    call.replace_all_uses(new);
    call.erase();
    new
}
