//! Tangents of recorded primals follow the log instead of running the primal again.
//!
//! ```text
//! %a = load double, ptr %p                                  %at = call ptr @…log_get(ptr %log, i64 8)
//! %a' = load double, ptr %p'                            →   %a = load double, ptr %at
//! call void @…log_double(ptr %log, double %a)               %a' = load double, ptr %p'
//! store double %y, ptr %q, !ribozyme.effect                 store double %y', ptr %q'
//! store double %y', ptr %q'
//! ```
//!
//! Everything that the recorded copy logs is read here in the same order. What remains of the primal is
//! arithmetic. Calls of recorded copies that no derivative is due for become calls of replayed ones.

use crate::locate::COPY;
use crate::record::{EFFECT, is_log, is_recorded};
use rustc_hash::FxHashMap;
use rz_llvm::{Function, Value};
use rz_synth::attributes;
use rz_synth::custom;
use rz_synth::runtime::Runtime;

/// Lets `written`, the tangents of recorded copies, follow the log.
pub(crate) fn replay(written: &[Function]) {
    let mut replays = Replays::default();
    for &function in written {
        replays.follow(function);
    }
}

#[derive(Default)]
struct Replays {
    /// Recorded copies without their effects.
    of: FxHashMap<Function, Function>,
}

impl Replays {
    fn follow(&mut self, function: Function) {
        for inst in function.instructions() {
            let Some(callee) = inst.is_call().then(|| inst.called_function()).flatten() else {
                continue;
            };
            if is_log(callee) {
                read(inst);
            } else if is_recorded(callee) {
                inst.set_called_value(self.replayed(callee).value());
            }
        }
        // What had a result went with it.
        for inst in function.instructions() {
            if inst.metadata_named(EFFECT).is_some() {
                inst.erase();
            }
        }
        function.ensure_call_locations();
    }

    fn replayed(&mut self, recorded: Function) -> Function {
        if let Some(&replayed) = self.of.get(&recorded) {
            return replayed;
        }
        if let Some(replayed) = custom::rule(recorded, custom::REPLAYED) {
            return replayed;
        }
        let name = recorded.name().replace(COPY, ".replayed");
        let (copy, _) = recorded.duplicate(&name);
        self.of.insert(recorded, copy);
        attributes::reset(copy, recorded);
        self.follow(copy);
        copy
    }
}

/// Replaces what was entered in the log by what the log holds.
fn read(entry: Value) {
    let (log, value) = (entry.operand(0), entry.operand(1));
    let function = entry.function();
    let module = function.module();
    let b = rz_llvm::Builder::new(module.context());
    // Tangents that use the value may follow it directly.
    b.position_before(value);
    b.set_debug_loc(entry.debug_loc());
    entry.erase();
    let ty = value.ty();
    let slot = Runtime::new(module).log_get(&b, log, module.alloc_size(ty));
    let logged = b.load(ty, slot, 8);
    value.replace_all_uses(logged);
    value.erase();
}
