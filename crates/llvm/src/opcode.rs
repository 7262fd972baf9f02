//! Opcodes, LLVM's numbers translated.

use llvm_sys::LLVMOpcode;

macro_rules! opcodes {
    ($($name:ident = $number:literal, $raw:ident;)*) => {
        /// An instruction's opcode.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[allow(missing_docs)]
        pub enum Opcode { $($name,)* Unknown(u32) }
        impl Opcode {
            pub(crate) fn from_number(number: u32) -> Self {
                match number { $($number => Opcode::$name,)* other => Opcode::Unknown(other) }
            }
            /// The value LLVM's C API takes; `None` for opcodes this crate does not know.
            pub(crate) fn raw(self) -> Option<LLVMOpcode> {
                match self { $(Opcode::$name => Some(LLVMOpcode::$raw),)* Opcode::Unknown(_) => None }
            }
        }
    };
}

opcodes! {
    Ret = 1, LLVMRet; Br = 2, LLVMBr; Switch = 3, LLVMSwitch; IndirectBr = 4, LLVMIndirectBr;
    Invoke = 5, LLVMInvoke; Unreachable = 7, LLVMUnreachable; CallBr = 67, LLVMCallBr; FNeg = 66, LLVMFNeg;
    Add = 8, LLVMAdd; FAdd = 9, LLVMFAdd; Sub = 10, LLVMSub; FSub = 11, LLVMFSub; Mul = 12, LLVMMul;
    FMul = 13, LLVMFMul; UDiv = 14, LLVMUDiv; SDiv = 15, LLVMSDiv; FDiv = 16, LLVMFDiv; URem = 17, LLVMURem;
    SRem = 18, LLVMSRem; FRem = 19, LLVMFRem; Shl = 20, LLVMShl; LShr = 21, LLVMLShr; AShr = 22, LLVMAShr;
    And = 23, LLVMAnd; Or = 24, LLVMOr; Xor = 25, LLVMXor; Alloca = 26, LLVMAlloca; Load = 27, LLVMLoad;
    Store = 28, LLVMStore; Gep = 29, LLVMGetElementPtr; Trunc = 30, LLVMTrunc; ZExt = 31, LLVMZExt;
    SExt = 32, LLVMSExt; FpToUi = 33, LLVMFPToUI; FpToSi = 34, LLVMFPToSI; UiToFp = 35, LLVMUIToFP;
    SiToFp = 36, LLVMSIToFP; FpTrunc = 37, LLVMFPTrunc; FpExt = 38, LLVMFPExt; PtrToInt = 39, LLVMPtrToInt;
    PtrToAddr = 69, LLVMPtrToAddr; IntToPtr = 40, LLVMIntToPtr; BitCast = 41, LLVMBitCast;
    AddrSpaceCast = 60, LLVMAddrSpaceCast; ICmp = 42, LLVMICmp; FCmp = 43, LLVMFCmp; Phi = 44, LLVMPHI;
    Call = 45, LLVMCall; Select = 46, LLVMSelect; UserOp1 = 47, LLVMUserOp1; UserOp2 = 48, LLVMUserOp2;
    VaArg = 49, LLVMVAArg; ExtractElement = 50, LLVMExtractElement; InsertElement = 51, LLVMInsertElement;
    ShuffleVector = 52, LLVMShuffleVector; ExtractValue = 53, LLVMExtractValue;
    InsertValue = 54, LLVMInsertValue; Freeze = 68, LLVMFreeze; Fence = 55, LLVMFence;
    CmpXchg = 56, LLVMAtomicCmpXchg; AtomicRmw = 57, LLVMAtomicRMW; Resume = 58, LLVMResume;
    LandingPad = 59, LLVMLandingPad; CleanupRet = 61, LLVMCleanupRet; CatchRet = 62, LLVMCatchRet;
    CatchPad = 63, LLVMCatchPad; CleanupPad = 64, LLVMCleanupPad; CatchSwitch = 65, LLVMCatchSwitch;
}

macro_rules! family {
    ($(#[$doc:meta])* $name:ident: $($op:ident)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[allow(missing_docs)]
        pub enum $name { $($op,)* }
        impl $name {
            pub(crate) fn raw(self) -> LLVMOpcode {
                match self { $($name::$op => Opcode::$op.raw(),)* }.expect("a known opcode")
            }
            /// The member of this family with that opcode.
            pub fn from_opcode(opcode: Opcode) -> Option<Self> {
                match opcode { $(Opcode::$op => Some($name::$op),)* _ => None }
            }
        }
    };
}

family! {
    /// Two-operand arithmetic.
    BinaryOp: Add FAdd Sub FSub Mul FMul UDiv SDiv FDiv URem SRem FRem Shl LShr AShr And Or Xor
}
family! {
    /// Conversions.
    CastOp: Trunc ZExt SExt FpToUi FpToSi UiToFp SiToFp FpTrunc FpExt PtrToInt PtrToAddr IntToPtr BitCast AddrSpaceCast
}

/// The operation of an `atomicrmw`, by family.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RmwOp {
    /// Exchange.
    Xchg,
    /// Float add.
    FAdd,
    /// Float subtract.
    FSub,
    /// Float maximum or minimum of any flavour.
    FMinMax,
    /// Integer operation of any flavour.
    Integer,
}
