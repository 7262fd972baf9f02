//! Sums at places that several iterations of a loop add to are carried in registers.
//!
//! The reverse of a stencil scatters: what an iteration read from three neighbours, it adds to three. So each place is
//! loaded and stored in three iterations, and no two of them can run at once.
//!
//! ```text
//! for i = n … 1                                    for i = n … 1
//!   v = …                                            v = …
//!   s[i + 1] += v          (first to see a place)    s[i + 1] += v + b + c2        values of one and two
//!   s[i] += w                                   ⇒    b = w;  c2 = c1;  c1 = u      iterations before
//!   s[i - 1] += u          (last …)                s[i] … += what is left
//! ```
//!
//! Here the addition at `s[i + 1]` is the last one that its place sees, so it adds all of them: one load and one store
//! in each iteration, and what is carried are numbers LLVM's vectorizer knows how to shift. Behind the loop the last
//! places get what they lack. It is the reverse written as a gather, as one writes it by hand.
//!
//! # Why this is legal
//!
//! Additions to shadows may be done in any order (they are marked `reassoc` and `nsz`; with `strict-order` nothing is).
//! They are moved to later iterations, and behind the loop, over
//!
//! - other additions of the same kind, wherever these go: a sum does not depend on the order;
//! - loads and stores that go elsewhere in all iterations: other objects, or another kind of memory by its scope
//!   ([`rz_synth`] marks primal memory, shadows and the tape). Anything else that touches memory forbids it.
//!
//! The loop is one block that it leaves at its end. Zeros are carried at first, and adding zero changes nothing. Behind
//! the loop only places are touched that were before: those that its last iteration added to, and others between
//! them only with a number that is not zero, so that an iteration before added to them.

use crate::ring::{Ring, edges_to};
use rz_llvm::{
    AliasOracle, Analyses, Block, Builder, Extent, FloatPredicate, Function, Metadata, Opcode,
    Value,
};

/// `reassoc` and `nsz`, in the bits of [`Value::fast_math`].
const SUM: u8 = 1 | 8;
/// The predicate `une`: different, or not a number.
const UNEQUAL: u8 = 14;
/// Values are carried over at most this many iterations.
const FAR: i64 = 4;

/// `store(address, load(address) + …)`.
#[derive(Clone, Copy)]
pub(crate) struct Addition {
    pub(crate) load: Value,
    pub(crate) store: Value,
}

impl Addition {
    fn address(self) -> Value {
        self.load.operand(0)
    }
}

/// Additions at places that follow each other, and how many iterations before the last of them each sees a place.
struct Group {
    /// Bytes from the place of one iteration to that of the next.
    step: i64,
    members: Vec<(Addition, i64)>,
}

/// A loop, and what is carried in it.
struct Carried {
    ring: Ring,
    groups: Vec<Group>,
}

/// Carries sums in all loops of `function`. True when it changed anything.
pub(crate) fn carry(analyses: Analyses, function: Function) -> bool {
    // All is asked before anything changes.
    let oracle = AliasOracle::new(analyses, function);
    let loops: Vec<Carried> = (function.blocks().into_iter())
        .filter_map(Ring::at)
        .filter_map(|ring| {
            let groups = free_groups(analyses, &oracle, function, ring.body);
            (!groups.is_empty()).then_some(Carried { ring, groups })
        })
        .collect();
    drop(oracle);
    for one in &loops {
        let behind = behind(one.ring);
        for group in &one.groups {
            rewrite(one.ring, behind, group);
        }
    }
    if !loops.is_empty() {
        analyses.invalidate(function);
    }
    !loops.is_empty()
}

/// True when sums in the loop that `body` is will be carried.
pub(crate) fn will_carry(
    analyses: Analyses,
    oracle: &AliasOracle,
    function: Function,
    body: Block,
) -> bool {
    !free_groups(analyses, oracle, function, body).is_empty()
}

/// The sums that nothing keeps from being carried.
fn free_groups(
    analyses: Analyses,
    oracle: &AliasOracle,
    function: Function,
    body: Block,
) -> Vec<Group> {
    let mut groups = groups(analyses, function, body);
    groups.retain(|group| obstacles(oracle, body, group).is_empty());
    groups
}

/// True when sums in the loop that `body` is would be carried, were it not for other accesses to memory.
pub(crate) fn is_in_the_way(
    analyses: Analyses,
    oracle: &AliasOracle,
    function: Function,
    body: Block,
) -> bool {
    let groups = groups(analyses, function, body);
    let mut blocked = groups.iter().map(|group| obstacles(oracle, body, group));
    blocked.any(|found| !found.is_empty())
}

/// The sums that may be carried if nothing is in the way.
fn groups(analyses: Analyses, function: Function, body: Block) -> Vec<Group> {
    let additions = additions(body);
    if additions.len() < 2 {
        return Vec::new();
    }
    grouped(analyses, function, body, &additions)
}

/// All additions of a block.
pub(crate) fn additions(body: Block) -> Vec<Addition> {
    body.instructions()
        .into_iter()
        .filter_map(addition)
        .collect()
}

/// What may touch the memory that a group adds to, but for additions.
fn obstacles(oracle: &AliasOracle, body: Block, group: &Group) -> Vec<Value> {
    let additions = additions(body);
    let place = group.members[0].0;
    let known = |inst: Value| additions.iter().any(|a| a.load == inst || a.store == inst);
    let mut insts = body.instructions();
    insts.retain(|&inst| !known(inst) && !is_elsewhere(oracle, inst, place));
    insts
}

/// The addition that `store` ends, if it is one and nothing else sees what is loaded.
fn addition(store: Value) -> Option<Addition> {
    if store.opcode() != Some(Opcode::Store) || store.is_volatile() || store.is_atomic() {
        return None;
    }
    let (sum, address) = (store.operand(0), store.operand(1));
    if !sum.ty().is_float() || sum.opcode() == Some(Opcode::Load) {
        return None;
    }
    let load = summand(sum, store, address)?;
    (!load.is_volatile() && !load.is_atomic()).then_some(Addition { load, store })
}

/// The load from `address` among the summands of `sum`, in the block of its user; each partial sum has one use.
fn summand(sum: Value, user: Value, address: Value) -> Option<Value> {
    let opcode = sum.opcode()?;
    if sum.users() != [user] || sum.block() != user.block() {
        return None;
    }
    let sums = sum.fast_math() & SUM == SUM;
    match opcode {
        Opcode::Load if sum.operand(0) == address => Some(sum),
        Opcode::FAdd if sums => {
            let first = summand(sum.operand(0), sum, address);
            first.or_else(|| summand(sum.operand(1), sum, address))
        }
        Opcode::FSub if sums => summand(sum.operand(0), sum, address),
        _ => None,
    }
}

/// True when `inst` neither reads nor writes, in any iteration, what `place` adds to in any.
fn is_elsewhere(oracle: &AliasOracle, inst: Value, place: Addition) -> bool {
    let anywhere = Extent {
        pointer: place.address(),
        size: None,
    };
    let access = matches!(inst.opcode(), Some(Opcode::Load | Opcode::Store));
    if access && are_apart(place.store, inst) {
        return !inst.is_volatile() && !inst.is_atomic();
    }
    oracle.mod_ref(inst, anywhere, true) == (false, false)
}

/// Loads or stores whose scopes say that they go to different memory: in one domain, `other` excludes all of `one`.
/// Only ours say so of all iterations of a loop.
pub(crate) fn are_apart(one: Value, other: Value) -> bool {
    let scopes = |access: Value, kind| {
        let list = access.metadata_named(kind);
        let all = list.map(Metadata::operands).unwrap_or_default();
        all.into_iter().flatten().collect::<Vec<_>>()
    };
    let domain = |scope: &Metadata| scope.operands().get(1).copied().flatten();
    let own = scopes(one, "alias.scope");
    let excluded = scopes(other, "noalias");
    let is_ours = |scope: &Metadata| {
        let name = domain(scope).and_then(|domain| domain.operands().get(1).copied().flatten());
        let name = name.and_then(Metadata::string);
        name.is_some_and(|name| name.starts_with("ribozyme"))
    };
    own.iter().filter(|scope| is_ours(scope)).any(|scope| {
        let mut alike = own.iter().filter(|other| domain(other) == domain(scope));
        alike.all(|scope| excluded.contains(scope))
    })
}

/// Those of `additions` that see the same places in iterations near each other.
fn grouped(
    analyses: Analyses,
    function: Function,
    body: Block,
    additions: &[Addition],
) -> Vec<Group> {
    let module = function.module();
    let mut classes: Vec<Group> = Vec::new();
    for &new in additions {
        let ty = new.load.ty();
        let size = module.alloc_size(ty) as i64;
        let step = analyses.step(function, new.address(), body);
        let Some(step) = step.filter(|step| step.abs() >= size) else {
            continue;
        };
        let ahead = |class: &Group| {
            let first = class.members[0].0;
            let alike = class.step == step && first.load.ty() == ty;
            let bytes = alike.then(|| analyses.distance(function, new.address(), first.address()));
            let bytes = bytes.flatten().filter(|bytes| bytes % step == 0)?;
            Some(bytes / step)
        };
        match classes.iter_mut().find_map(|c| ahead(c).map(|at| (c, at))) {
            Some((class, at)) => class.members.push((new, at)),
            None => classes.push(Group {
                step,
                members: vec![(new, 0)],
            }),
        }
    }
    classes.into_iter().flat_map(runs).collect()
}

/// The runs of places near each other.
fn runs(mut class: Group) -> Vec<Group> {
    class.members.sort_by_key(|&(_, at)| at);
    let mut runs: Vec<Group> = Vec::new();
    for (addition, at) in class.members {
        if let Some(run) = runs.last_mut() {
            let start = run.members[0].1;
            if at - start <= FAR {
                run.members.push((addition, at));
                continue;
            }
        }
        runs.push(Group {
            step: class.step,
            members: vec![(addition, at)],
        });
    }
    for run in &mut runs {
        let last = run.members[0].1;
        run.members.iter_mut().for_each(|(_, at)| *at -= last);
    }
    runs.retain(|run| run.members[run.members.len() - 1].1 > 0);
    runs
}

/// A block that only `ring`'s loop leads to, behind it.
fn behind(mut ring: Ring) -> Block {
    if edges_to(ring.exit).len() == 1 {
        return ring.exit;
    }
    ring.leave().block
}

fn rewrite(ring: Ring, behind: Block, group: &Group) {
    let body = ring.body;
    let ty = group.members[0].0.load.ty();
    let zero = ty.float_const(0.0);
    let far = group.members[group.members.len() - 1].1 as usize;
    let b = Builder::new(body.function().context());
    let first = body.first().expect("a loop has a counter");
    // What places get that are seen last in 0, 1, … iterations from now, and one addition to each that has one.
    b.position_at_start(body);
    let carried: Vec<Value> = (0..far).map(|_| b.phi(ty)).collect();
    b.position_before(body.terminator().expect("asked before"));
    let mut sums: Vec<Option<Value>> = carried.iter().copied().map(Some).collect();
    sums.push(None);
    let mut places: Vec<Option<Addition>> = vec![None; far + 1];
    for &(member, ahead) in &group.members {
        b.set_debug_loc(member.store.debug_loc());
        member.load.replace_all_uses(zero);
        let value = member.store.operand(0);
        let sum = &mut sums[ahead as usize];
        b.set_fast_math(SUM);
        *sum = Some(sum.map_or(value, |sum| b.fadd(sum, value)));
        places[ahead as usize] = Some(member);
    }
    let sums: Vec<Value> = sums
        .into_iter()
        .map(|s| s.expect("the first has one"))
        .collect();
    let last = places[0].expect("the last has one");
    let step_align = 1 << group.step.trailing_zeros().min(6);
    add(&b, last.address(), sums[0], last, step_align);
    for (&phi, &next) in carried.iter().zip(&sums[1..]) {
        for (_, from) in first.incoming() {
            phi.add_incoming(if from == ring.latch { next } else { zero }, from);
        }
    }
    let mut insts = behind.instructions().into_iter();
    let start = insts.find(|inst| inst.opcode() != Some(Opcode::Phi));
    b.position_before(start.expect("a block ends"));
    let at = |ahead: usize| b.ptr_offset(last.address(), group.step * ahead as i64);
    for (ahead, &sum) in sums.iter().enumerate().skip(1) {
        b.set_debug_loc(last.store.debug_loc());
        if let Some(like) = places[ahead] {
            add(&b, at(ahead), sum, like, step_align);
            continue;
        }
        let some = b.fcmp(FloatPredicate(UNEQUAL), sum, zero);
        let address = b.select(some, at(ahead), at(far));
        add(&b, address, sum, last, step_align);
    }
    for &(member, _) in &group.members {
        member.store.erase();
        member.load.erase();
    }
}

/// Adds `value` at `address`, where `like` adds, too.
fn add(b: &Builder, address: Value, value: Value, like: Addition, step_align: u32) {
    b.set_debug_loc(like.store.debug_loc());
    b.set_fast_math(SUM);
    let align = like.store.align().min(like.load.align());
    // The places of one loop are no better aligned than its steps.
    let align = align.min(step_align);
    let load = b.load(value.ty(), address, align);
    let store = b.store(b.fadd(load, value), address, align);
    for (new, old) in [(load, like.load), (store, like.store)] {
        for name in ["alias.scope", "noalias"] {
            let kind = old.context().metadata_kind(name);
            new.set_metadata(kind, old.metadata(kind));
        }
    }
}
