//! x86 intrinsics whose results are integers, truth values or piecewise constant. Those that
//! ordinary instructions can say never get here.

use super::Writes::{Nothing, Through};
use super::{Entry, inactive, refuse};

pub(super) const ENTRIES: &[Entry] = &[
    // Rounding in a stated direction; masked forms have nothing masked out in canonical code.
    inactive(
        Nothing,
        "?:.",
        "llvm.x86.sse41.round.ps llvm.x86.sse41.round.pd
        llvm.x86.avx.round.ps.256 llvm.x86.avx.round.pd.256
        llvm.x86.avx512.mask.rndscale.ps.128 llvm.x86.avx512.mask.rndscale.ps.256
        llvm.x86.avx512.mask.rndscale.ps.512 llvm.x86.avx512.mask.rndscale.pd.128
        llvm.x86.avx512.mask.rndscale.pd.256 llvm.x86.avx512.mask.rndscale.pd.512
        llvm.x86.avx512.mask.getexp.ps.128 llvm.x86.avx512.mask.getexp.ps.256
        llvm.x86.avx512.mask.getexp.ps.512 llvm.x86.avx512.mask.getexp.pd.128
        llvm.x86.avx512.mask.getexp.pd.256 llvm.x86.avx512.mask.getexp.pd.512
        llvm.x86.avx512.mask.rndscale.ss llvm.x86.avx512.mask.rndscale.sd
        llvm.x86.avx512.mask.getexp.ss llvm.x86.avx512.mask.getexp.sd",
    ),
    // Conversions to integers, compares, masks of signs.
    inactive(
        Nothing,
        "?:.",
        "llvm.x86.sse.cvtss2si llvm.x86.sse.cvtss2si64 llvm.x86.sse.cvttss2si
        llvm.x86.sse.cvttss2si64 llvm.x86.sse2.cvtsd2si llvm.x86.sse2.cvtsd2si64
        llvm.x86.sse2.cvttsd2si llvm.x86.sse2.cvttsd2si64 llvm.x86.sse2.cvtpd2dq
        llvm.x86.sse2.cvttpd2dq llvm.x86.sse2.cvtps2dq llvm.x86.sse2.cvttps2dq
        llvm.x86.avx.cvt.pd2dq.256 llvm.x86.avx.cvtt.pd2dq.256 llvm.x86.avx.cvt.ps2dq.256
        llvm.x86.avx.cvtt.ps2dq.256
        llvm.x86.avx512.vcvtss2si32 llvm.x86.avx512.vcvtss2si64 llvm.x86.avx512.vcvtss2usi32
        llvm.x86.avx512.vcvtss2usi64 llvm.x86.avx512.vcvtsd2si32 llvm.x86.avx512.vcvtsd2si64
        llvm.x86.avx512.vcvtsd2usi32 llvm.x86.avx512.vcvtsd2usi64 llvm.x86.avx512.cvttss2si
        llvm.x86.avx512.cvttss2si64 llvm.x86.avx512.cvttsd2si llvm.x86.avx512.cvttsd2si64
        llvm.x86.sse.comieq.ss llvm.x86.sse.comilt.ss llvm.x86.sse.comile.ss
        llvm.x86.sse.comigt.ss llvm.x86.sse.comige.ss llvm.x86.sse.comineq.ss
        llvm.x86.sse.ucomieq.ss llvm.x86.sse.ucomilt.ss llvm.x86.sse.ucomile.ss
        llvm.x86.sse.ucomigt.ss llvm.x86.sse.ucomige.ss llvm.x86.sse.ucomineq.ss
        llvm.x86.sse2.comieq.sd llvm.x86.sse2.comilt.sd llvm.x86.sse2.comile.sd
        llvm.x86.sse2.comigt.sd llvm.x86.sse2.comige.sd llvm.x86.sse2.comineq.sd
        llvm.x86.sse2.ucomieq.sd llvm.x86.sse2.ucomilt.sd llvm.x86.sse2.ucomile.sd
        llvm.x86.sse2.ucomigt.sd llvm.x86.sse2.ucomige.sd llvm.x86.sse2.ucomineq.sd
        llvm.x86.sse.movmsk.ps llvm.x86.sse2.movmsk.pd llvm.x86.avx.movmsk.ps.256
        llvm.x86.avx.movmsk.pd.256 llvm.x86.sse2.pmovmskb.128 llvm.x86.avx2.pmovmskb
        llvm.x86.sse41.ptestz llvm.x86.sse41.ptestc llvm.x86.sse41.ptestnzc
        llvm.x86.avx.ptestz.256 llvm.x86.avx.ptestc.256 llvm.x86.avx.ptestnzc.256
        llvm.x86.avx.vtestz.ps llvm.x86.avx.vtestz.pd llvm.x86.avx.vtestz.ps.256
        llvm.x86.avx.vtestz.pd.256 llvm.x86.avx.vtestc.ps llvm.x86.avx.vtestc.pd
        llvm.x86.avx.vtestc.ps.256 llvm.x86.avx.vtestc.pd.256 llvm.x86.avx.vtestnzc.ps
        llvm.x86.avx.vtestnzc.pd llvm.x86.avx.vtestnzc.ps.256 llvm.x86.avx.vtestnzc.pd.256
        llvm.x86.avx512.vcomi.ss llvm.x86.avx512.vcomi.sd
        llvm.x86.avx512.mask.cmp.ps.128 llvm.x86.avx512.mask.cmp.ps.256
        llvm.x86.avx512.mask.cmp.ps.512 llvm.x86.avx512.mask.cmp.pd.128
        llvm.x86.avx512.mask.cmp.pd.256 llvm.x86.avx512.mask.cmp.pd.512
        llvm.x86.avx512.mask.cmp.ss llvm.x86.avx512.mask.cmp.sd",
    ),
    // Where the integers are halves.
    refuse(
        "the integers carry half-precision floats, rounded in another direction",
        "?:.",
        "llvm.x86.vcvtps2ph.128 llvm.x86.vcvtps2ph.256 llvm.x86.avx512.mask.vcvtps2ph.128
        llvm.x86.avx512.mask.vcvtps2ph.256 llvm.x86.avx512.mask.vcvtps2ph.512",
    ),
    // Integers and hashes.
    inactive(
        Nothing,
        "?:.",
        "llvm.x86.sse2.pmadd.wd llvm.x86.avx2.pmadd.wd llvm.x86.ssse3.pmadd.ub.sw.128
        llvm.x86.avx2.pmadd.ub.sw llvm.x86.sse2.psad.bw llvm.x86.avx2.psad.bw
        llvm.x86.sse42.crc32.32.8 llvm.x86.sse42.crc32.32.16 llvm.x86.sse42.crc32.32.32
        llvm.x86.sse42.crc32.64.64 llvm.x86.aesni.aesenc llvm.x86.aesni.aesenclast
        llvm.x86.aesni.aesdec llvm.x86.aesni.aesdeclast llvm.x86.aesni.aesimc
        llvm.x86.aesni.aeskeygenassist llvm.x86.pclmulqdq llvm.x86.sha1msg1 llvm.x86.sha1msg2
        llvm.x86.sha1nexte llvm.x86.sha1rnds4 llvm.x86.sha256msg1 llvm.x86.sha256msg2
        llvm.x86.sha256rnds2",
    ),
    // The environment, fences, clocks.
    inactive(Nothing, "v:p", "llvm.x86.sse.ldmxcsr"),
    inactive(Through(&[0]), "v:p", "llvm.x86.sse.stmxcsr"),
    inactive(
        Nothing,
        "?:.",
        "llvm.x86.sse2.pause llvm.x86.sse2.lfence llvm.x86.sse2.mfence llvm.x86.sse.sfence
        llvm.x86.sse2.clflush llvm.x86.clflushopt llvm.x86.clwb llvm.x86.rdtsc llvm.x86.rdtscp
        llvm.x86.rdpid llvm.x86.rdpmc llvm.x86.xgetbv llvm.x86.sse3.monitor llvm.x86.sse3.mwait
        llvm.x86.rdrand.16 llvm.x86.rdrand.32 llvm.x86.rdrand.64 llvm.x86.rdseed.16
        llvm.x86.rdseed.32 llvm.x86.rdseed.64",
    ),
];
