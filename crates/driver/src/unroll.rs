//! Short loops over small local arrays are unrolled before they are differentiated.
//!
//! ```text
//! double d[3], s = 0;
//! for (int c = 0; c < 3; c++) {            d0 = y[0] - x[0]; s  = d0 * d0;
//!     d[c] = y[c] - x[c];            ⇒     d1 = y[1] - x[1]; s += d1 * d1;
//!     s += d[c] * d[c];                    d2 = y[2] - x[2]; s += d2 * d2;
//! }
//! ```
//!
//! Hosts do so themselves, later: while they simplify what is held, loops keep their form, for a loop is less to
//! differentiate than its iterations, and its sums are fused. But an array that is indexed by a loop lies in memory.
//! Its elements are overwritten from point to point, so they go to the tape, and there is a shadow to add to and to
//! clear. With its loops unrolled it is a few numbers in registers, as in code that names them one by one.
//!
//! # Which loops
//!
//! An array qualifies when it is small and a local variable that is only loaded from and stored to, and when each
//! access to it with an index that varies is in a loop that runs a known, small number of times: then all of them
//! get constant addresses, and promotion takes the array apart. Of such a nest the inner loop is unrolled first, then
//! what is around it, as far as that keeps within [`ROOM`] instructions.
//!
//! A loop that LLVM makes vectors of as it is, and for which it has enough iterations, stays, and so do the arrays that it
//! goes through: taken apart they would be as many numbers, one at a time.
//!
//! Arrays of numbers that are computed from counters alone, such as the weights of an interpolation, stay: what has no
//! derivative needs neither tape nor shadow.
//!
//! # Why this is legal
//!
//! LLVM's own pass unrolls: what runs, and in which order, stays the same. Compares for equality are opaque still
//! ([`crate::hold`]), so nothing folds that a derivative depends on.

use crate::natural::{Natural, natural};
use crate::passes::Passes;
use crate::ring::{accesses, pointer, size};
use crate::values::{calls, is_copy};
use rustc_hash::FxHashSet;
use rz_diag::Result;
use rz_llvm::{Analyses, Block, Expr, Function, Opcode, Value};

/// Iterations of a loop to unroll.
const TRIPS: u64 = 8;
/// So many iterations fill vectors of any width twice.
const WIDE: usize = 8;
/// Bytes of an array.
const BYTES: u64 = 256;
/// Instructions that a nest may become.
const ROOM: usize = 512;
/// Loops around each other.
const DEEP: usize = 3;
/// Operations that an index is computed by.
const STEPS: usize = 24;
/// Operations that a number is computed by, before it is thought to depend on arguments.
const FAR: usize = 200;
/// Functions with more instructions stay as they are.
const LARGE: usize = 20_000;

/// Unrolls the loops that are marked for it, and no others.
const UNROLL: &str = "loop-simplify,lcssa,loop-unroll<no-peeling;no-profile-peeling;no-partial;no-runtime;\
    no-upperbound;full-unroll-max=0>,sroa,early-cse<memssa>,instcombine<no-verify-fixpoint>,\
    aggressive-instcombine,simplifycfg";

/// Unrolls the loops of `clone`, a held function, that [`crate::unroll`] is about. True when there were any.
pub(crate) fn unroll(passes: &Passes, clone: Function) -> Result<bool> {
    for round in 0..DEEP {
        let latches = chosen(passes.analyses(), clone);
        if latches.is_empty() {
            return Ok(round > 0);
        }
        let context = clone.context();
        let kind = context.metadata_kind("llvm.loop");
        let full = context.metadata_node(&[context.metadata_string("llvm.loop.unroll.full")]);
        for latch in latches {
            let id = context.loop_id(latch.metadata(kind), Some(full), Some("llvm.loop.unroll."));
            latch.set_metadata(kind, Some(id));
        }
        passes.analyses().invalidate(clone);
        passes.run(clone, UNROLL)?;
    }
    Ok(true)
}

/// A loop, and how often it runs if that is known and small.
struct Ring {
    around: Natural,
    trips: Option<usize>,
}

impl Ring {
    /// True for a loop of one block that goes through memory place by place, for long enough to be done in vectors.
    fn is_wide(&self, analyses: Analyses) -> bool {
        let header = self.around.header;
        let goes_on = |&inst: &Value| {
            let pointer = pointer(inst);
            let fixed = !pointer.is_instruction() || pointer.block() != header;
            let step = || analyses.step(inst.function(), pointer, header);
            fixed || step().is_some_and(|step| step.unsigned_abs() == size(inst))
        };
        self.trips.is_some_and(|trips| trips >= WIDE)
            && self.around.body.len() == 1
            && accesses(header).is_some_and(|all| all.iter().all(goes_on))
    }
}

/// The computation of an address in an array with an index that varies: its block, and the headers of the loops in
/// which it does.
struct Varying {
    block: Block,
    headers: FxHashSet<Block>,
}

/// The latches of the innermost loops to unroll.
fn chosen(analyses: Analyses, function: Function) -> Vec<Value> {
    let insts = function.instructions();
    if insts.len() > LARGE {
        return Vec::new();
    }
    let variables =
        { insts.iter() }.filter(|inst| inst.opcode() == Some(Opcode::Alloca) && is_small(**inst));
    let arrays: Vec<Vec<Varying>> = variables.filter_map(|&v| array(v)).collect();
    if arrays.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let rings = rings(analyses, function);
    let mut found: Vec<Value> = Vec::new();
    for array in arrays {
        let is_wide = |at: &Varying| {
            let mut around = { rings.iter() }.filter(|ring| ring.around.body.contains(&at.block));
            around.next().is_some_and(|ring| ring.is_wide(analyses))
        };
        if array.iter().any(is_wide) {
            continue;
        }
        let nests: Option<Vec<Vec<&Ring>>> = array.iter().map(|at| nest(&rings, at)).collect();
        for ring in nests.into_iter().flatten().flatten() {
            let ring = &ring.around;
            let is_inner = !rings.iter().any(|other| other.around.is_inside(ring));
            if is_inner && !found.contains(&ring.latch) {
                found.push(ring.latch);
            }
        }
    }
    found
}

/// The loops that must be unrolled for an address to be constant, if all of them are short and little comes of it.
fn nest<'r>(rings: &'r [Ring], at: &Varying) -> Option<Vec<&'r Ring>> {
    let around = rings
        .iter()
        .filter(|ring| ring.around.body.contains(&at.block));
    let outer = { around }.rfind(|ring| at.headers.contains(&ring.around.header))?;
    let nest: Vec<&Ring> = { rings.iter() }
        .filter(|ring| ring.around.body.is_subset(&outer.around.body))
        .collect();
    if !at
        .headers
        .iter()
        .all(|h| nest.iter().any(|ring| ring.around.header == *h))
    {
        return None;
    }
    let mut size = 0;
    for block in &outer.around.body {
        let mut times = 1;
        for ring in nest.iter().filter(|ring| ring.around.body.contains(block)) {
            times *= ring.trips?;
        }
        size += times * block.instructions().len();
    }
    (size <= ROOM).then_some(nest)
}

fn is_small(variable: Value) -> bool {
    let ty = variable.allocated_type();
    let one = variable.operand(0).int_value() == Some(1);
    one && ty.is_sized() && variable.function().module().alloc_size(ty) <= BYTES
}

/// The addresses in `variable` that vary, if it is only loaded from and stored to, each of them counts with loops, and
/// the numbers in it may depend on arguments.
fn array(variable: Value) -> Option<Vec<Varying>> {
    let mut array = Vec::new();
    let mut depends = false;
    let mut pointers = vec![variable];
    while let Some(pointer) = pointers.pop() {
        for user in pointer.users() {
            match user.opcode() {
                Some(Opcode::Load) => {}
                Some(Opcode::Store) if user.operand(0) != pointer => {
                    depends = depends || may_depend(user.operand(0), variable);
                }
                Some(Opcode::Gep) => {
                    let headers = headers(user, pointer)?;
                    if !headers.is_empty() {
                        let block = user.block();
                        array.push(Varying { block, headers });
                    }
                    pointers.push(user);
                }
                Some(Opcode::Call) if is_harmless(user) => {
                    depends = depends || user.operand(0) == pointer && is_copy(user);
                }
                _ => return None,
            }
        }
    }
    depends.then_some(array)
}

/// True unless `value`, stored in `variable`, is computed from counters, constants and what lies in `variable` only: such
/// numbers have no derivative, and are read from memory as fast.
fn may_depend(value: Value, variable: Value) -> bool {
    let mut seen = FxHashSet::default();
    let mut work = vec![value];
    while let Some(value) = work.pop() {
        if value.is_constant() || !seen.insert(value) {
            continue;
        }
        match value.opcode() {
            None if value.ty().is_int() => {}
            Some(Opcode::Load) if base(value.operand(0)) == variable => {}
            None | Some(Opcode::Load) => return true,
            Some(Opcode::Phi) => work.extend(value.incoming().into_iter().map(|(value, _)| value)),
            Some(_) => work.extend(value.operands()),
        }
        if seen.len() > FAR {
            return true;
        }
    }
    false
}

/// What `pointer` is at some distance from.
fn base(mut pointer: Value) -> Value {
    while pointer.opcode() == Some(Opcode::Gep) {
        pointer = pointer.operand(0);
    }
    pointer
}

/// Where the phis are that the indices of `address`, at a distance from `pointer`, are computed from; None if from
/// anything else that is not constant.
fn headers(address: Value, pointer: Value) -> Option<FxHashSet<Block>> {
    let mut found = FxHashSet::default();
    let mut seen = FxHashSet::from_iter([pointer]);
    let mut work = address.operands();
    while let Some(value) = work.pop() {
        if value.is_constant() || !seen.insert(value) {
            continue;
        }
        if seen.len() > STEPS {
            return None;
        }
        match value.opcode()? {
            Opcode::Phi => {
                found.insert(value.block());
                work.extend(value.incoming().into_iter().map(|(value, _)| value));
            }
            Opcode::Add
            | Opcode::Sub
            | Opcode::Mul
            | Opcode::Shl
            | Opcode::Or
            | Opcode::Xor
            | Opcode::And
            | Opcode::UDiv
            | Opcode::URem
            | Opcode::SDiv
            | Opcode::SRem
            | Opcode::Trunc
            | Opcode::ZExt
            | Opcode::SExt => work.extend(value.operands()),
            _ => return None,
        }
    }
    Some(found)
}

/// What promotion understands: how long a variable lives, or that so many of its bytes are copied or filled.
fn is_harmless(call: Value) -> bool {
    let known = || call.operand(2).is_constant();
    calls(call, "llvm.lifetime.") || (calls(call, "llvm.memset.") || is_copy(call)) && known()
}

/// The loops of `function`, each before those around it, and how often they run.
fn rings(analyses: Analyses, function: Function) -> Vec<Ring> {
    let loops = natural(analyses, function).into_iter();
    loops
        .map(|around| Ring {
            trips: trips(analyses, function, around.header),
            around,
        })
        .collect()
}

fn trips(analyses: Analyses, function: Function, header: Block) -> Option<usize> {
    match analyses.backedge_count(function, header)? {
        Expr::Const { value, .. } if value < TRIPS => Some(value as usize + 1),
        _ => None,
    }
}
