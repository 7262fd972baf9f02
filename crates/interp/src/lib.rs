//! An oracle: executes view bodies over dual numbers.
//!
//! Every scalar is its bits together with the bits of its tangent, in the same format; memory is
//! bytes with a shadow of the same size. So tangents follow data through anything that moves bytes
//! (integer copies of doubles, `memcpy`, unions), without types, activity or any rule of the
//! pipeline: what this crate computes is independent of what it checks.
//!
//! Invariants:
//! - derivative formulas here are written apart from `rz-rules`, on purpose;
//! - a contribution whose tangent is zero is zero, even where the partial is infinite;
//! - what is not known is an [`Error::Unsupported`], never a guess;
//! - formats wider than `double` are computed in double precision.
//!
//! ```
//! let text = "
//!     func @f(v0: double) -> double {
//!     block0:
//!       v1 = fmul double v0, v0
//!       ret v1
//!     }";
//! let module = rz_view::text::parse(text).unwrap();
//! let mut machine = rz_interp::Machine::new(&module);
//! let f = module.func_named("f").unwrap();
//! let result = machine.call(f, &[rz_interp::Val::f64(3.0, 1.0)]).unwrap();
//! assert_eq!(result.as_f64(), (9.0, 6.0));
//! ```

mod calls;
mod exec;
mod float;
mod ints;
mod library;
mod math;
mod memory;
mod ops;
mod value;

pub use memory::Memory;
pub use value::Val;

use rz_view::{Func, Global, Module};
use std::collections::BTreeMap;

/// Why execution stopped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// Something this interpreter does not know.
    Unsupported(String),
    /// The program did something undefined or stopped: out of bounds, `unreachable`, `abort`.
    Trap(String),
    /// The step budget is used up.
    Steps,
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unsupported(what) => write!(f, "unsupported: {what}"),
            Self::Trap(what) => write!(f, "trap: {what}"),
            Self::Steps => f.write_str("too many steps"),
        }
    }
}

impl std::error::Error for Error {}

/// Result of execution.
pub type Result<T> = std::result::Result<T, Error>;

/// A machine that runs the functions of one module.
pub struct Machine<'m> {
    module: &'m Module,
    /// All memory, with its shadow.
    pub memory: Memory,
    globals: BTreeMap<Global, u64>,
    /// Instructions that may still be executed.
    pub steps: u64,
    depth: u32,
    externals: BTreeMap<String, External<'m>>,
}

/// What a function without a body does, given by the user of the machine.
pub type External<'m> = Box<dyn FnMut(&mut Memory, &[Val]) -> Result<Val> + 'm>;

/// Function addresses start here, `FUNC_STRIDE` bytes apart, away from all memory.
const FUNC_BASE: u64 = 1 << 46;
const FUNC_STRIDE: u64 = 16;

impl<'m> Machine<'m> {
    /// A machine with empty memory and a budget of ten million steps.
    pub fn new(module: &'m Module) -> Self {
        Self {
            module,
            memory: Memory::default(),
            globals: BTreeMap::new(),
            steps: 10_000_000,
            depth: 0,
            externals: BTreeMap::new(),
        }
    }

    /// Says what calls of a function without a body do; it goes before what the machine knows by itself.
    pub fn set_external(
        &mut self,
        name: &str,
        external: impl FnMut(&mut Memory, &[Val]) -> Result<Val> + 'm,
    ) {
        self.externals.insert(name.to_owned(), Box::new(external));
    }

    /// Gives a global its initial bytes (the view only summarizes them) and returns its address.
    ///
    /// # Errors
    /// When `bytes` is longer than the global.
    pub fn set_global(&mut self, global: Global, bytes: &[u8]) -> Result<u64> {
        let address = self.global(global)?;
        self.memory.write(address, bytes, &vec![0; bytes.len()])?;
        Ok(address)
    }

    /// The address of a global. Its contents are undefined until written.
    pub(crate) fn global(&mut self, global: Global) -> Result<u64> {
        if let Some(&address) = self.globals.get(&global) {
            return Ok(address);
        }
        let data = &self.module.globals[global];
        let size = self.module.types.alloc_size(data.ty);
        let address = self.memory.allocate(size);
        self.globals.insert(global, address);
        if data.contents.complete {
            for &(offset, func) in &data.contents.functions {
                let bytes = Self::func_address(func).to_le_bytes();
                self.memory.write(address + offset, &bytes, &[0; 8])?;
            }
            for &(offset, inside) in &data.contents.globals {
                let start = self.global(inside.global)?;
                let bytes = start.wrapping_add_signed(inside.offset).to_le_bytes();
                self.memory.write(address + offset, &bytes, &[0; 8])?;
            }
        }
        Ok(address)
    }

    /// The address of a function.
    pub fn func_address(func: Func) -> u64 {
        FUNC_BASE + u64::from(func.as_u32()) * FUNC_STRIDE
    }

    pub(crate) fn func_at(&self, address: u64) -> Result<Func> {
        address
            .checked_sub(FUNC_BASE)
            .filter(|d| d % FUNC_STRIDE == 0)
            .and_then(|d| self.module.funcs.keys().nth((d / FUNC_STRIDE) as usize))
            .ok_or_else(|| Error::Trap(format!("call of {address:#x}, which is no function")))
    }
}
