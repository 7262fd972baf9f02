//! Calls through pointers, and the tables they go through: one entry, the tangent.
//!
//! ```text
//! %y = call double %g(double %x)
//! ; becomes
//! %t = load ptr, ptr %g'
//! %1 = call { double, double } %t(double %x, double %x')
//! %y = extractvalue { double, double } %1, 0
//! %y' = extractvalue { double, double } %1, 1
//! ```

use super::Forward;
use super::function::{Tangents, Writer};
use crate::directions::{pack, unpack};
use crate::runtime::Runtime;
use crate::shadow::{ConstantShadows, FURTHER_DIRECTIONS};
use crate::table::Prototype;
use rustc_hash::FxHashMap;
use rz_diag::{Code, Result};
use rz_llvm::{Builder, Linkage, Value as Ir};
use rz_plan::Mode;
use rz_plan::table::{self, Passing, passing};
use rz_view::{Func, Inst, Type, Value};

impl Forward<'_> {
    /// The table of `func`; `None` when it has no body here or cannot be called through pointers.
    pub(super) fn table(&mut self, func: Func, width: u32) -> Result<Option<Ir>> {
        if let Some(&table) = self.tables.get(&func) {
            return Ok(Some(table));
        }
        let Ok(request) = table::key(&self.imported.module, func, Mode::Forward, width) else {
            return Ok(None);
        };
        let key = self.key(&request)?;
        let inner = self.declare(&key)?;
        let llvm = self.imported.llvm();
        let ptr = llvm.context().pointer(0);
        let original = self.imported.func(func);
        let data = &self.imported.module.funcs[func];
        let of = |ty: Type| {
            (
                passing(&self.imported.module.types, ty),
                self.imported.ty(ty),
            )
        };
        let prototype = Prototype {
            params: data.params.iter().map(|p| of(p.ty)).collect(),
            result: Some(data.ret)
                .filter(|&ty| !self.imported.module.types.is_void(ty))
                .map(of),
            width,
        };
        let ty = prototype.tangent(llvm.context());
        let name = format!("ribozyme.entry.tangent.{}", data.name);
        let entry = llvm.add_function(&name, ty, Linkage::Internal);
        crate::attributes::reset(entry, original);
        let b = Builder::at_end(entry.append_block("entry"));
        let mut operands = Vec::new();
        for (pair, &shadowed) in entry.params().chunks(2).zip(&key.shadowed) {
            operands.extend_from_slice(if shadowed { pair } else { &pair[..1] });
        }
        let result = b.call(inner, &operands);
        match prototype.result {
            None => b.ret(None),
            Some((Passing::Active | Passing::Pointer | Passing::Mixed, _)) => b.ret(Some(result)),
            Some((Passing::Plain, _)) => {
                let whole = b.insert_value(ty.return_type().poison(), result, 0);
                let shadows = pack(&b, &vec![result; width as usize]);
                b.ret(Some(b.insert_value(whole, shadows, 1)))
            }
        };
        self.entries.push(entry);
        let name = format!("ribozyme.tangent.table.{}", data.name);
        let table = llvm.add_global(&name, ptr.array(1), Linkage::Internal);
        table.set_constant(true);
        table.set_initializer(ptr.array_const(&[entry.value()]));
        self.tables.insert(func, table.value());
        Ok(Some(table.value()))
    }

    /// Erases all tables after a refusal.
    pub(super) fn forget_tables(&mut self) {
        self.tables.clear();
        for entry in self.entries.drain(..) {
            entry.erase_body();
        }
    }
}

impl ConstantShadows for Forward<'_> {
    fn llvm(&self) -> rz_llvm::Module {
        self.imported.llvm()
    }

    fn made(&mut self) -> &mut FxHashMap<(Ir, usize), Ir> {
        &mut self.shadows
    }

    fn suffix(&self) -> &'static str {
        "tangents"
    }

    fn table_of(&mut self, function: Ir) -> Option<Ir> {
        let func = self.imported.func_id(function.as_function()?)?;
        self.table(func, self.width).ok().flatten()
    }

    fn note(&mut self, variable: rz_llvm::Global, shadow: Ir) {
        self.made.borrow_mut().note(variable, shadow);
    }

    /// What leads to functions, and what has numbers: other constants are their own shadows.
    fn is_shadowed(&self, variable: rz_llvm::Global) -> bool {
        let Some(global) = self.imported.global_id(variable) else {
            return false;
        };
        let module = &self.imported.module;
        let mut found = Vec::new();
        table::functions_behind(module, global, &mut found);
        !found.is_empty() || module.globals[global].holds_floats(&module.types)
    }
}

impl Writer<'_, '_> {
    /// The shadow of a function's address in the direction in hand.
    pub(super) fn function_shadow(&mut self, func: Func) -> Result<Option<Ir>> {
        let table = self.forward.table(func, self.key.width)?;
        let further = self.tangents.current() > 0;
        Ok(table.map(|t| {
            if further {
                t.const_offset(FURTHER_DIRECTIONS)
            } else {
                t
            }
        }))
    }

    /// An active call through a pointer.
    pub(super) fn table_call(&mut self, inst: Inst) -> Result<Tangents> {
        let Some(activity) = self.activity.call_activity(inst).cloned() else {
            return Ok(Tangents::new());
        };
        if self.forward.options.replay {
            return Err(self
                .refuse(
                    inst,
                    Code::NotSupportedYet,
                    "__enzyme_fwdsplit is not supported yet where an active function is called through a pointer",
                )
                .fix("use __enzyme_fwddiff"));
        }
        let copy = self.inst(inst);
        let pointer = self.body.insts[inst].operands[0];
        let args: Vec<Value> = self.body.call_args(inst).to_vec();
        let prototype = self.call_prototype(inst, &args)?;
        self.refuse_mixed(
            inst,
            &args,
            "is given to a function called through a pointer",
        )?;
        self.b.position_before(copy);
        let tables = self.each_direction(|w| w.shadow(inst, pointer))?;
        let llvm = self.forward.imported.llvm();
        let function = self.primal(pointer);
        Runtime::new(llvm).check_table(&self.b, &tables, function);
        let mut operands = Vec::new();
        for (&arg, &(passing, _)) in args.iter().zip(&prototype.params) {
            let primal = self.primal(arg);
            operands.push(primal);
            operands.push(match passing {
                Passing::Active | Passing::Pointer | Passing::Mixed => {
                    self.packed_shadow(inst, arg)?
                }
                Passing::Plain => pack(&self.b, &vec![primal; prototype.width as usize]),
            });
        }
        let entry = self.b.load(llvm.context().pointer(0), tables[0], 8);
        let ty = prototype.tangent(llvm.context());
        let result = self.b.call_value(ty, entry, &operands);
        result.set_debug_loc(copy.debug_loc());
        let Some((passing, _)) = prototype.result else {
            self.replace(inst, None);
            return Ok(Tangents::new());
        };
        let primal = self.b.extract_value(result, 0);
        let tangents = (activity.ret && passing != Passing::Plain).then(|| {
            let tangent = self.b.extract_value(result, 1);
            unpack(&self.b, tangent, prototype.width)
        });
        self.replace(inst, Some(primal));
        Ok(tangents.into_iter().flatten().map(Some).collect())
    }

    fn call_prototype(&self, inst: Inst, args: &[Value]) -> Result<Prototype> {
        let imported = self.forward.imported;
        let passed = |value: Value| {
            let ty = self.body.ty(value);
            let passing = passing(&imported.module.types, ty);
            if passing == Passing::Plain && self.tangent(value).is_some() {
                let what =
                    format!("{value} carries floats as an integer through a call of a pointer");
                let refusal = self.refuse(inst, Code::UnsupportedType, &what);
                return Err(refusal.fix("pass floats by themselves, or in memory"));
            }
            Ok((passing, imported.ty(ty)))
        };
        let params = args.iter().map(|&v| passed(v)).collect::<Result<_>>()?;
        let result = self.body.insts[inst].result.map(passed).transpose()?;
        let width = self.key.width;
        Ok(Prototype {
            params,
            result,
            width,
        })
    }
}
