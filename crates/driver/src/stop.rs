//! Under `-ribozyme-runtime-error`, a refused request compiles: the program prints the reason and exits with
//! status 1 when it gets there. So a program can be built of which only some gradients are supported.

use crate::locate::Site;
use crate::sweep::{erase_request, invoke_to_call};
use rz_diag::Diagnostic;
use rz_llvm::{Builder, Linkage, Opcode};

/// Puts the end of the program in place of the request.
pub(crate) fn stop(site: Site, why: &Diagnostic) {
    let call = match site.call.opcode() {
        Some(Opcode::Invoke) => invoke_to_call(site.call),
        _ => site.call,
    };
    let (context, module) = (call.context(), call.function().module());
    let message = match &why.position {
        Some(at) => format!("{}:{}: {}\0", at.file, at.line, why.text()),
        None => format!("{}\0", why.text()),
    };
    let message = context.const_string(&message);
    let text = module.add_global("__ribozyme_1_refused", message.ty(), Linkage::Private);
    text.set_initializer(message);
    text.set_constant(true);
    let builder = Builder::new(context);
    builder.position_before(call);
    builder.set_debug_loc(call.debug_loc());
    let (int, pointer) = (context.int(32), text.value().ty());
    let puts = module.get_or_declare("puts", int.function(&[pointer], false));
    builder.call(puts, &[text.value()]);
    let exit = module.get_or_declare("exit", context.void().function(&[int], false));
    builder.call(exit, &[int.int_const(1)]);
    if !call.ty().is_void() {
        call.replace_all_uses(call.ty().poison());
    }
    // The markers it loads have no definition.
    erase_request(call);
}
