//! Intrinsics without a derivative rule.

use super::Length::Bytes;
use super::Writes::{Nothing, Through};
use super::{Class, Entry, Lanes, Length, Masked, Reduce, Returns, entry, inactive, refuse};

const fn moves(
    length: Length,
    overlap: bool,
    signature: &'static str,
    names: &'static str,
) -> Entry {
    let class = Class::Move {
        dst: 0,
        src: 1,
        length,
        overlap,
        returns: Returns::Nothing,
    };
    entry(class, Nothing, signature, names)
}

const fn sets(signature: &'static str, names: &'static str) -> Entry {
    let class = Class::Set {
        dst: 0,
        byte: Some(1),
        length: Bytes(2),
        returns: Returns::Nothing,
    };
    entry(class, Nothing, signature, names)
}

const fn reduce(kind: Reduce, signature: &'static str, names: &'static str) -> Entry {
    entry(Class::Reduce(kind), Nothing, signature, names)
}

const fn pass(signature: &'static str, names: &'static str) -> Entry {
    let class = Class::Pass {
        from: 0,
        nullable: false,
    };
    entry(class, Nothing, signature, names)
}

const fn masked(kind: Masked, signature: &'static str, names: &'static str) -> Entry {
    entry(Class::Masked(kind), Nothing, signature, names)
}

const fn lanes(kind: Lanes, signature: &'static str, names: &'static str) -> Entry {
    entry(Class::Lanes(kind), Nothing, signature, names)
}

pub(super) const ENTRIES: &[Entry] = &[
    // Memory.
    moves(
        Bytes(2),
        false,
        "v:ppii",
        "llvm.memcpy llvm.memcpy.inline
        llvm.memcpy.element.unordered.atomic",
    ),
    moves(
        Bytes(2),
        true,
        "v:ppii",
        "llvm.memmove llvm.memmove.element.unordered.atomic",
    ),
    sets(
        "v:piii",
        "llvm.memset llvm.memset.inline llvm.memset.element.unordered.atomic",
    ),
    refuse(
        "the pattern may hold active floats",
        "v:p?ii",
        "llvm.experimental.memset.pattern",
    ),
    masked(Masked::Load, "?:p??", "llvm.masked.load"),
    masked(Masked::Store, "v:?p?", "llvm.masked.store"),
    masked(Masked::Gather, "?:???", "llvm.masked.gather"),
    masked(Masked::Scatter, "v:???", "llvm.masked.scatter"),
    masked(Masked::ExpandLoad, "?:p??", "llvm.masked.expandload"),
    masked(Masked::CompressStore, "v:?p?", "llvm.masked.compressstore"),
    entry(
        Class::Lifetime { start: true },
        Nothing,
        "v:.",
        "llvm.lifetime.start",
    ),
    entry(
        Class::Lifetime { start: false },
        Nothing,
        "v:.",
        "llvm.lifetime.end",
    ),
    inactive(Nothing, "p:ip", "llvm.invariant.start"),
    inactive(Nothing, "v:pip", "llvm.invariant.end"),
    inactive(Nothing, "v:piii", "llvm.prefetch"),
    inactive(Nothing, "p:", "llvm.stacksave"),
    inactive(Nothing, "v:p", "llvm.stackrestore"),
    inactive(Through(&[0]), "v:p", "llvm.va_start llvm.va_end"),
    inactive(Through(&[0]), "v:pp", "llvm.va_copy"),
    refuse(
        "garbage-collector barriers need the language's own rules",
        "?:.",
        "llvm.gcread llvm.gcwrite llvm.gcroot llvm.experimental.gc.statepoint
         llvm.experimental.gc.result llvm.experimental.gc.relocate
         llvm.experimental.gc.get.pointer.base llvm.experimental.gc.get.pointer.offset",
    ),
    // Float operations that are not rows.
    reduce(Reduce::Add, "r:r?", "llvm.vector.reduce.fadd"),
    reduce(Reduce::Mul, "r:r?", "llvm.vector.reduce.fmul"),
    reduce(Reduce::MinNum, "r:?", "llvm.vector.reduce.fmin"),
    reduce(Reduce::MaxNum, "r:?", "llvm.vector.reduce.fmax"),
    reduce(Reduce::Minimum, "r:?", "llvm.vector.reduce.fminimum"),
    reduce(Reduce::Maximum, "r:?", "llvm.vector.reduce.fmaximum"),
    entry(
        Class::Convert,
        Nothing,
        "r:r.",
        "llvm.fptrunc.round
        llvm.experimental.constrained.fptrunc llvm.experimental.constrained.fpext llvm.vp.fptrunc
        llvm.vp.fpext",
    ),
    inactive(
        Nothing,
        "i:r",
        "llvm.lround llvm.llround llvm.lrint llvm.llrint llvm.fptosi.sat
        llvm.fptoui.sat",
    ),
    inactive(Nothing, "i:ri", "llvm.is.fpclass"),
    refuse(
        "the integer carries a half-precision float",
        "r:i",
        "llvm.convert.from.fp16",
    ),
    refuse(
        "the integer carries a half-precision float",
        "i:r",
        "llvm.convert.to.fp16",
    ),
    refuse(
        "matrix intrinsics have no rule yet",
        "?:.",
        "llvm.matrix.multiply
        llvm.matrix.transpose llvm.matrix.column.major.load llvm.matrix.column.major.store",
    ),
    refuse(
        "which lanes are added together is not specified",
        "?:??",
        "llvm.vector.partial.reduce.fadd",
    ),
    lanes(Lanes::Insert, "?:??i", "llvm.vector.insert"),
    lanes(Lanes::Extract, "?:?i", "llvm.vector.extract"),
    lanes(Lanes::Reverse, "?:?", "llvm.vector.reverse"),
    lanes(
        Lanes::Splice,
        "?:??i",
        "llvm.vector.splice llvm.vector.splice.left
        llvm.vector.splice.right",
    ),
    lanes(
        Lanes::Interleave,
        "?:.",
        "llvm.vector.interleave2 llvm.vector.interleave3
        llvm.vector.interleave4 llvm.vector.interleave5 llvm.vector.interleave6
        llvm.vector.interleave7 llvm.vector.interleave8",
    ),
    lanes(
        Lanes::Deinterleave,
        "S:?",
        "llvm.vector.deinterleave2 llvm.vector.deinterleave3
        llvm.vector.deinterleave4 llvm.vector.deinterleave5 llvm.vector.deinterleave6
        llvm.vector.deinterleave7 llvm.vector.deinterleave8",
    ),
    refuse(
        "vector predication has no rule for this operation yet",
        "?:.",
        "llvm.vp.load llvm.vp.load.ff llvm.vp.store
         llvm.vp.inttoptr llvm.vp.ptrtoint
         llvm.experimental.vector.extract.last.active llvm.vp.gather llvm.vp.scatter llvm.vp.merge llvm.vp.select
         llvm.experimental.vp.strided.load llvm.experimental.vp.strided.store
         llvm.experimental.vp.splice llvm.experimental.vp.reverse
         llvm.experimental.vector.compress llvm.vp.reduce.fadd llvm.vp.reduce.fmul
         llvm.vp.reduce.fmin llvm.vp.reduce.fmax llvm.vp.reduce.fminimum llvm.vp.reduce.fmaximum",
    ),
    // Integers.
    inactive(
        Nothing,
        "i:ii",
        "llvm.smin llvm.smax llvm.umin llvm.umax llvm.abs llvm.ctlz llvm.cttz
        llvm.sadd.sat llvm.ssub.sat llvm.uadd.sat llvm.usub.sat llvm.sshl.sat llvm.ushl.sat
        llvm.scmp llvm.ucmp llvm.clmul",
    ),
    inactive(
        Nothing,
        "S:ii",
        "llvm.sadd.with.overflow llvm.ssub.with.overflow
        llvm.smul.with.overflow llvm.uadd.with.overflow llvm.usub.with.overflow
        llvm.umul.with.overflow",
    ),
    inactive(
        Nothing,
        "i:iii",
        "llvm.fshl llvm.fshr llvm.smul.fix llvm.umul.fix llvm.sdiv.fix
        llvm.udiv.fix llvm.smul.fix.sat llvm.umul.fix.sat llvm.sdiv.fix.sat llvm.udiv.fix.sat",
    ),
    inactive(
        Nothing,
        "i:i",
        "llvm.ctpop llvm.bswap llvm.bitreverse llvm.vector.reduce.add
        llvm.vector.reduce.mul llvm.vector.reduce.and llvm.vector.reduce.or llvm.vector.reduce.xor
        llvm.vector.reduce.smin llvm.vector.reduce.smax llvm.vector.reduce.umin
        llvm.vector.reduce.umax",
    ),
    inactive(
        Nothing,
        "?:.",
        "llvm.get.active.lane.mask llvm.experimental.get.vector.length
        llvm.stepvector llvm.vscale llvm.experimental.cttz.elts llvm.loop.dependence.war.mask
        llvm.loop.dependence.raw.mask llvm.experimental.vector.match llvm.vp.icmp llvm.vp.fcmp
        llvm.vp.sitofp llvm.vp.uitofp llvm.vp.fptosi llvm.vp.fptoui llvm.vp.lrint llvm.vp.llrint
        llvm.vp.is.fpclass llvm.experimental.constrained.fcmp
        llvm.experimental.constrained.fcmps llvm.experimental.constrained.fptosi
        llvm.experimental.constrained.fptoui llvm.experimental.constrained.sitofp
        llvm.experimental.constrained.uitofp llvm.experimental.constrained.lrint
        llvm.experimental.constrained.llrint llvm.experimental.constrained.lround
        llvm.experimental.constrained.llround llvm.vector.partial.reduce.add
        llvm.set.loop.iterations llvm.test.set.loop.iterations llvm.start.loop.iterations
        llvm.test.start.loop.iterations llvm.loop.decrement llvm.loop.decrement.reg",
    ),
    inactive(
        Nothing,
        "?:.",
        "llvm.vp.add llvm.vp.sub llvm.vp.mul llvm.vp.sdiv llvm.vp.udiv llvm.vp.srem llvm.vp.urem
        llvm.vp.and llvm.vp.or llvm.vp.xor llvm.vp.shl llvm.vp.lshr llvm.vp.ashr llvm.vp.abs
        llvm.vp.smin llvm.vp.smax llvm.vp.umin llvm.vp.umax llvm.vp.sadd.sat llvm.vp.ssub.sat
        llvm.vp.uadd.sat llvm.vp.usub.sat llvm.vp.fshl llvm.vp.fshr llvm.vp.bswap
        llvm.vp.bitreverse llvm.vp.ctpop llvm.vp.ctlz llvm.vp.cttz llvm.vp.cttz.elts llvm.vp.sext
        llvm.vp.zext llvm.vp.trunc llvm.vp.reduce.add llvm.vp.reduce.mul llvm.vp.reduce.and
        llvm.vp.reduce.or llvm.vp.reduce.xor llvm.vp.reduce.smin llvm.vp.reduce.smax
        llvm.vp.reduce.umin llvm.vp.reduce.umax",
    ),
    // Hints.
    inactive(
        Nothing,
        "?:.",
        "llvm.assume llvm.expect llvm.expect.with.probability llvm.is.constant
        llvm.objectsize llvm.donothing llvm.sideeffect llvm.fake.use
        llvm.experimental.noalias.scope.decl llvm.pseudoprobe llvm.allow.runtime.check
        llvm.allow.ubsan.check llvm.public.type.test llvm.type.test
        llvm.experimental.widenable.condition llvm.experimental.guard llvm.alloc.token.id
        llvm.reloc.none",
    ),
    // Debugging and profiling.
    inactive(
        Nothing,
        "?:.",
        "llvm.var.annotation llvm.codeview.annotation llvm.pcmarker llvm.readcyclecounter
        llvm.readsteadycounter llvm.experimental.stackmap",
    ),
    // The environment.
    inactive(
        Nothing,
        "?:.",
        "llvm.get.fpenv llvm.set.fpenv llvm.reset.fpenv llvm.get.fpmode
        llvm.set.fpmode llvm.reset.fpmode llvm.get.rounding llvm.set.rounding llvm.read_register
        llvm.write_register llvm.read_volatile_register llvm.returnaddress llvm.frameaddress
        llvm.addressofreturnaddress llvm.sponentry llvm.thread.pointer llvm.stackguard
        llvm.stackprotector llvm.stackaddress
        llvm.get.dynamic.area.offset llvm.localaddress llvm.clear_cache llvm.threadlocal.guard",
    ),
    // Control.
    entry(
        Class::NoReturn,
        Nothing,
        "?:.",
        "llvm.trap llvm.ubsantrap llvm.experimental.deoptimize
        llvm.eh.sjlj.longjmp llvm.eh.unwind.init",
    ),
    entry(Class::ReturnsTwice, Nothing, "i:.", "llvm.eh.sjlj.setjmp"),
    inactive(
        Nothing,
        "?:.",
        "llvm.debugtrap llvm.eh.typeid.for llvm.eh.dwarf.cfa
        llvm.eh.return.i32 llvm.eh.return.i64 llvm.eh.exceptionpointer llvm.eh.exceptioncode
        llvm.eh.recoverfp llvm.seh.try.begin llvm.seh.try.end
        llvm.seh.scope.begin llvm.seh.scope.end llvm.eh.sjlj.callsite
        llvm.eh.sjlj.functioncontext llvm.eh.sjlj.lsda llvm.eh.sjlj.setup.dispatch",
    ),
    // Pointers that pass through.
    pass(
        "p:p",
        "llvm.launder.invariant.group llvm.strip.invariant.group
        llvm.preserve.static.offset",
    ),
    pass("p:pi", "llvm.ptrmask"),
    pass(
        "p:pii",
        "llvm.preserve.array.access.index llvm.preserve.struct.access.index
        llvm.preserve.union.access.index",
    ),
    pass("p:p.", "llvm.ptr.annotation"),
    inactive(Nothing, "i:i.", "llvm.annotation"),
    // The shadow of a thread-local variable is thread-local.
    pass("p:p", "llvm.threadlocal.address"),
    refuse(
        "virtual tables of derivatives are not known here",
        "?:.",
        "llvm.load.relative
        llvm.type.checked.load llvm.type.checked.load.relative llvm.icall.branch.funnel
        llvm.protected.field.ptr",
    ),
    refuse(
        "which code runs here is decided later",
        "?:.",
        "llvm.experimental.patchpoint llvm.experimental.patchpoint.void llvm.callbr.landingpad",
    ),
    refuse(
        "signed pointers have no shadow",
        "?:.",
        "llvm.ptrauth.auth llvm.ptrauth.blend
        llvm.ptrauth.resign llvm.ptrauth.sign llvm.ptrauth.sign.generic llvm.ptrauth.strip",
    ),
    refuse(
        "the frame of another function is not in reach",
        "?:.",
        "llvm.localescape
        llvm.localrecover llvm.call.preallocated.arg llvm.call.preallocated.setup
        llvm.call.preallocated.teardown
        llvm.init.trampoline llvm.adjust.trampoline llvm.swift.async.context.addr",
    ),
];
