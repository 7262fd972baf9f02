//! One lowering of requests: what is planned, declared and written so far.

use crate::escaping::{Escaping, EscapingTape};
use crate::globals;
use crate::reverse;
use crate::runtime::Runtime;
use crate::shadow::ConstantShadows;
use crate::signature::{Form, Signature};
use rustc_hash::FxHashMap;
use rz_diag::Result;
use rz_import::Imported;
use rz_llvm as llvm;
use rz_plan::{Derivative, Mode, Planner};
use rz_view::{FloatKind, Func};
use std::rc::Rc;

/// What a request wants of everything that is written for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags {
    /// A shadow equal to its primal means inactive.
    pub runtime_activity: bool,
    /// Accesses to primal memory, shadows and the tape say that these are apart.
    pub scopes: bool,
    /// Zero seeds and tangents give zero whatever the partial.
    pub strong_zero: bool,
    /// The primal does not run: its values come from a log, which has none of calls through pointers.
    pub replay: bool,
}

/// Writes derivatives of one imported module.
pub struct Session<'a> {
    /// The imported module.
    pub imported: &'a Imported,
    /// The LLVM module, written to.
    pub llvm: llvm::Module,
    /// Its context.
    pub context: llvm::Context,
    /// What the request wants.
    pub flags: Flags,
    pub(crate) planner: Planner<'a>,
    declared: FxHashMap<(Rc<Derivative>, Form), llvm::Function>,
    waiting: Vec<(Rc<Derivative>, Form)>,
    made: globals::Made,
    written: Vec<llvm::Function>,
    pub(crate) tables: FxHashMap<Func, llvm::Value>,
    /// Shadows of variables that hold addresses.
    shadows: FxHashMap<(llvm::Value, usize), llvm::Value>,
}

impl<'a> Session<'a> {
    /// A session that has written nothing.
    pub fn new(imported: &'a Imported, planner: Planner<'a>) -> Self {
        let llvm = imported.llvm();
        Self {
            imported,
            llvm,
            context: llvm.context(),
            flags: Flags::default(),
            planner,
            declared: FxHashMap::default(),
            waiting: Vec::new(),
            made: globals::Made::default(),
            written: Vec::new(),
            tables: FxHashMap::default(),
            shadows: FxHashMap::default(),
        }
    }

    /// The same for a request with these flags.
    #[must_use]
    pub fn with(self, flags: Flags) -> Self {
        Self { flags, ..self }
    }

    /// Plans `key` and everything it needs; nothing is written.
    pub fn plan(&mut self, key: &Derivative) -> Result<()> {
        self.planner.plan(Rc::new(key.clone())).map(|_| ())
    }

    /// Writes the combined derivative of `key` and everything it needs.
    ///
    /// All requests must have been planned before the first is written: facts die with mutation.
    pub fn combined(&mut self, key: &Derivative) -> Result<llvm::Function> {
        debug_assert_eq!(key.mode, Mode::Combined);
        let function = self.function(&Rc::new(key.clone()), Form::Combined);
        self.write_all()?;
        self.made.clear(function)?;
        Ok(function)
    }

    /// Writes both parts of a split derivative that is called from outside, and everything they
    /// need, under the same conditions.
    pub fn escaping(&mut self, key: &Derivative) -> Result<Escaping> {
        debug_assert!(key.mode == Mode::Split && key.repeatable);
        let key = Rc::new(key.clone());
        let augmented = self.function(&key, Form::EscapingAugmented);
        let reverse = self.function(&key, Form::EscapingReverse);
        let tape = if self.imported.module.funcs[key.func].custom {
            EscapingTape {
                bytes: crate::custom::tape_bytes(self.imported.func(key.func))?,
                has_arena: false,
            }
        } else {
            let plan = self.planner.plan(key)?;
            reverse::escaping_tape(self, &plan)
        };
        self.write_all()?;
        self.made.clear(augmented)?;
        Ok(Escaping {
            augmented,
            reverse,
            tape,
        })
    }

    /// Writes the shadow of a constant, and the tables of functions in it that were planned.
    pub fn shadow_of(&mut self, constant: llvm::Value) -> Result<llvm::Value> {
        let shadow = self.shadow_constant(constant, 0);
        self.write_all()?;
        Ok(shadow)
    }

    fn write_all(&mut self) -> Result<()> {
        while let Some((key, form)) = self.waiting.pop() {
            if self.imported.module.funcs[key.func].custom {
                let function = crate::custom::write_reverse(self, &key, form)?;
                self.written.push(function);
                continue;
            }
            let plan = self.planner.plan(key)?;
            let function = match form {
                Form::Combined => reverse::combined(self, &plan)?,
                Form::Augmented | Form::EscapingAugmented => reverse::augmented(self, &plan, form)?,
                Form::Reverse | Form::EscapingReverse => reverse::reverse(self, &plan, form)?,
            };
            self.written.push(function);
        }
        Ok(())
    }

    /// True when something written uses shadows of variables that were made here: a request clears those of
    /// everything that its session wrote.
    pub fn makes_shadows(&self) -> bool {
        !self.made.is_empty()
    }

    /// Every function written so far.
    pub fn written(&self) -> &[llvm::Function] {
        &self.written
    }

    /// The function of `form` of `key`, declared now and written later when it is new.
    pub fn function(&mut self, key: &Rc<Derivative>, form: Form) -> llvm::Function {
        if let Some(&function) = self.declared.get(&(key.clone(), form)) {
            return function;
        }
        let primal = self.imported.func(key.func);
        let name = format!("ribozyme.{}.{}", form.kind(), primal.name());
        let ty = Signature::new(self, key, form).ty();
        let function = self.llvm.add_function(&name, ty, llvm::Linkage::Internal);
        self.declared.insert((key.clone(), form), function);
        self.waiting.push((key.clone(), form));
        function
    }

    /// The LLVM type of a float kind.
    pub fn float(&self, kind: FloatKind) -> llvm::Type {
        self.runtime().float(kind)
    }

    /// The shadow of a constant in one direction; see [`ConstantShadows`].
    pub fn shadow_constant(&mut self, constant: llvm::Value, direction: usize) -> llvm::Value {
        ConstantShadows::shadow_constant(self, constant, direction)
    }

    /// The run-time functions.
    pub fn runtime(&self) -> Runtime {
        Runtime::new(self.llvm)
    }
}

/// Variables get memory that absorbs adjoints nobody asks for, another one for each direction.
impl ConstantShadows for Session<'_> {
    fn llvm(&self) -> llvm::Module {
        self.llvm
    }

    fn made(&mut self) -> &mut FxHashMap<(llvm::Value, usize), llvm::Value> {
        &mut self.shadows
    }

    fn suffix(&self) -> &'static str {
        "shadow"
    }

    fn table_of(&mut self, function: llvm::Value) -> Option<llvm::Value> {
        let func = self.imported.func_id(function.as_function()?)?;
        self.table(func)
    }

    /// Under runtime activity an inactive variable is its own shadow.
    fn is_shadowed(&self, _: llvm::Global) -> bool {
        !self.flags.runtime_activity
    }

    fn note(&mut self, variable: llvm::Global, shadow: llvm::Value) {
        self.made.note(variable, shadow);
    }
}
