//! Questions to LLVM's analyses about one unchanged function: aliases, trip counts, library functions.

use crate::block::Block;
use crate::function::Function;
use crate::module::Module;
use crate::pipeline::Analyses;
use crate::shim;
use crate::value::Value;
use std::ffi::c_void;

/// `size` bytes at `pointer`, or an unknown extent on both sides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Extent {
    /// Pointer.
    pub pointer: Value,
    /// Bytes.
    pub size: Option<u64>,
}

/// Whether two extents overlap.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Overlap {
    No,
    May,
    Must,
}

/// Alias facts of one function. The function must not change while this lives.
///
/// With `crossing` the two accesses may happen in different iterations of any loop: pointers that vary lose
/// their size, scope and noalias tags are ignored, TBAA is used.
#[derive(Debug)]
pub struct AliasOracle(*mut c_void);

impl AliasOracle {
    /// An oracle for `function`, which has a body.
    pub fn new(analyses: Analyses, function: Function) -> Self {
        Self(ffi!(shim::rz_oracle_new(
            analyses.function_manager(),
            function.value().0
        )))
    }

    /// `(may read, may write)` of an instruction at an extent.
    pub fn mod_ref(&self, inst: Value, at: Extent, crossing: bool) -> (bool, bool) {
        let bits = ffi!(shim::rz_oracle_modref(
            self.0,
            inst.0,
            at.pointer.0,
            i32::from(at.size.is_some()),
            at.size.unwrap_or(0),
            i32::from(crossing)
        ));
        (bits & 1 != 0, bits & 2 != 0)
    }

    /// Whether two extents overlap.
    pub fn alias(&self, a: Extent, b: Extent, crossing: bool) -> Overlap {
        let answer = ffi!(shim::rz_oracle_alias(
            self.0,
            a.pointer.0,
            i32::from(a.size.is_some()),
            a.size.unwrap_or(0),
            b.pointer.0,
            i32::from(b.size.is_some()),
            b.size.unwrap_or(0),
            i32::from(crossing)
        ));
        match answer {
            0 => Overlap::No,
            2 => Overlap::Must,
            _ => Overlap::May,
        }
    }
}

impl Drop for AliasOracle {
    fn drop(&mut self) {
        ffi!(shim::rz_oracle_free(self.0));
    }
}

/// An integer expression over LLVM values, evaluated on entry to a loop; arithmetic is modulo 2^bits.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Expr {
    Const {
        value: u64,
        bits: u32,
    },
    /// An integer, or a pointer taken as an integer.
    Value(Value),
    Add(Vec<Expr>),
    Mul(Vec<Expr>),
    UDiv(Box<Expr>, Box<Expr>),
    UMax(Vec<Expr>),
    SMax(Vec<Expr>),
    UMin(Vec<Expr>),
    SMin(Vec<Expr>),
    ZExt(Box<Expr>, u32),
    SExt(Box<Expr>, u32),
    Trunc(Box<Expr>, u32),
    /// `start + iteration·step` of the enclosing loop with this header.
    Affine {
        start: Box<Expr>,
        step: Box<Expr>,
        header: Block,
    },
}

const ROOM: usize = 1024;

impl Analyses {
    /// The exact number of times the backedge of the loop at `header` is taken.
    pub fn backedge_count(self, function: Function, header: Block) -> Option<Expr> {
        let mut words = [0; ROOM];
        let count = ffi!(shim::rz_backedge_count(
            self.function_manager(),
            function.value().0,
            header.0,
            words.as_mut_ptr(),
            ROOM
        ));
        decode(&mut words[..count].iter().copied())
    }

    /// `value = start + iteration·step` in the loop at `header`.
    pub fn affine(self, function: Function, value: Value, header: Block) -> Option<(Expr, Expr)> {
        let mut words = [0; ROOM];
        let count = ffi!(shim::rz_affine(
            self.function_manager(),
            function.value().0,
            value.0,
            header.0,
            words.as_mut_ptr(),
            ROOM
        ));
        let mut words = words[..count].iter().copied();
        Some((decode(&mut words)?, decode(&mut words)?))
    }

    /// By how many bytes `pointer` moves in each iteration of the loop at `header`.
    pub fn step(self, function: Function, pointer: Value, header: Block) -> Option<i64> {
        let mut bytes = 0;
        let known = ffi!(shim::rz_step(
            self.function_manager(),
            function.value().0,
            pointer.0,
            header.0,
            &raw mut bytes
        ));
        (known != 0).then_some(bytes)
    }

    /// How many bytes pointer `a` is behind `b`, wherever both are known.
    pub fn distance(self, function: Function, a: Value, b: Value) -> Option<i64> {
        let mut bytes = 0;
        let known = ffi!(shim::rz_distance(
            self.function_manager(),
            function.value().0,
            a.0,
            b.0,
            &raw mut bytes
        ));
        (known != 0).then_some(bytes)
    }

    /// What the integer `value`, an instruction, is where it is computed: `low … high - 1`, modulo the size of
    /// its type.
    pub fn range(self, function: Function, value: Value) -> Option<(u64, u64)> {
        let mut ends = [0; 2];
        let known = ffi!(shim::rz_range(
            self.function_manager(),
            function.value().0,
            value.0,
            ends.as_mut_ptr()
        ));
        (known != 0).then_some((ends[0], ends[1]))
    }

    /// A pointer, and from and up to how many bytes behind it `writer` writes in one iteration of the loop at `header`,
    /// the same in each; if `writer` executes in each iteration of loops inside of that one.
    pub fn written_range(
        self,
        function: Function,
        writer: Value,
        header: Block,
    ) -> Option<(Expr, Expr, Expr)> {
        let mut words = [0; ROOM];
        let count = ffi!(shim::rz_written_range(
            self.function_manager(),
            function.value().0,
            writer.0,
            header.0,
            words.as_mut_ptr(),
            ROOM
        ));
        let mut words = words[..count].iter().copied();
        Some((
            decode(&mut words)?,
            decode(&mut words)?,
            decode(&mut words)?,
        ))
    }

    /// Every byte that `load` reads was written before in the same iteration of the loop at `header`.
    pub fn written_before(self, function: Function, load: Value, header: Block) -> bool {
        ffi!(shim::rz_written_before(
            self.function_manager(),
            function.value().0,
            load.0,
            header.0
        )) != 0
    }
}

/// Reads the prefix form `scev.cpp` writes.
fn decode(words: &mut impl Iterator<Item = u64>) -> Option<Expr> {
    let tag = words.next()?;
    Some(match tag {
        0 => {
            let bits = words.next()? as u32;
            Expr::Const {
                bits,
                value: words.next()?,
            }
        }
        1 => Expr::Value(Value(words.next()? as usize as *mut _)),
        2 => Expr::Add(list(words)?),
        3 => Expr::Mul(list(words)?),
        4 => Expr::UDiv(Box::new(decode(words)?), Box::new(decode(words)?)),
        5 => Expr::UMax(list(words)?),
        6 => Expr::SMax(list(words)?),
        7 => Expr::UMin(list(words)?),
        8 => Expr::SMin(list(words)?),
        9..=11 => {
            let bits = words.next()? as u32;
            let inner = Box::new(decode(words)?);
            match tag {
                9 => Expr::ZExt(inner, bits),
                10 => Expr::SExt(inner, bits),
                _ => Expr::Trunc(inner, bits),
            }
        }
        12 => {
            let header = Block(words.next()? as usize as *mut _);
            Expr::Affine {
                start: Box::new(decode(words)?),
                step: Box::new(decode(words)?),
                header,
            }
        }
        _ => return None,
    })
}

fn list(words: &mut impl Iterator<Item = u64>) -> Option<Vec<Expr>> {
    let count = words.next()?;
    (0..count).map(|_| decode(words)).collect()
}

/// The C library of a module's target.
#[derive(Debug)]
pub struct Library(*mut c_void);

impl Library {
    /// The library of `module`'s target.
    pub fn new(module: Module) -> Self {
        Self(ffi!(shim::rz_library_new(module.0)))
    }

    /// True when `function` has the name and prototype of a library function of the target.
    pub fn knows(&self, function: Function) -> bool {
        ffi!(shim::rz_library_knows(self.0, function.value().0)) != 0
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        ffi!(shim::rz_library_free(self.0));
    }
}
