//! The effect classes and what each says about the arguments, numbered from zero.

/// The effect classes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// No derivative effect; kept in the primal, absent from derivatives. Results of timers,
    /// random generators and I/O must not be obtained by calling again.
    Inactive,
    /// Overwrites memory with inactive data: shadows of the ranges are zeroed.
    Kill(&'static [Span]),
    /// Fills memory with copies of a byte (zero when `byte` is `None`). Shadows of floats are
    /// zeroed; shadows of pointers are filled alike, so null stays null.
    Set {
        /// Pointer argument.
        dst: u8,
        /// Byte argument.
        byte: Option<u8>,
        /// How much.
        length: Length,
        /// What the call returns.
        returns: Returns,
    },
    /// Returns a pointer into what an argument points to: the shadow result lies at the same
    /// distance from the argument's shadow.
    Pass {
        /// The argument.
        from: u8,
        /// May return null instead, whose shadow is null.
        nullable: bool,
    },
    /// Copies bytes; differentiated as `memcpy`.
    Move {
        /// Destination argument.
        dst: u8,
        /// Source argument.
        src: u8,
        /// How much.
        length: Length,
        /// Source and destination may overlap.
        overlap: bool,
        /// What the call returns.
        returns: Returns,
    },
    /// Returns fresh memory.
    Alloc(Alloc),
    /// Resizes memory.
    Realloc(Realloc),
    /// Releases memory.
    Free(Free),
    /// Uses the arena of a derivative, argument 0: derivatives are differentiated too.
    Arena(Arena),
    /// Does not return. Blocks it ends have no reverse counterpart.
    NoReturn,
    /// The `setjmp` family: control flow the reverse pass cannot retrace.
    ReturnsTwice,
    /// Reduces a vector of floats.
    Reduce(Reduce),
    /// Converts between float types: the derivative is converted likewise. Operand 0.
    Convert,
    /// The rule of this name at the operands' type, its result converted to a narrower one: the
    /// seed is widened first, and the result where the rule needs it.
    Narrow(&'static str),
    /// Marks where stack memory lives or dies.
    Lifetime {
        /// True for the start.
        start: bool,
    },
    /// Accesses memory lane by lane under a mask.
    Masked(Masked),
    /// Moves lanes of vectors; the adjoint moves them back.
    Lanes(Lanes),
    /// An error when a float argument or memory reachable from an argument is active, for the
    /// reason given; inactive otherwise.
    Refuse(&'static str),
}

/// A byte count from the arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Length {
    /// The argument.
    Bytes(u8),
    /// The argument times a constant.
    Scaled(u8, u8),
    /// The product of two arguments.
    Product(u8, u8),
    /// A constant.
    Const(u8),
    /// Not an argument; whatever the object holds.
    Unknown,
}

/// Memory that is overwritten.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// Pointer argument; with [`Span::rest`], the first of all following ones.
    pub pointer: u8,
    /// How much.
    pub length: Length,
    /// All variadic pointers from `pointer` on (`scanf`).
    pub rest: bool,
}

/// What a copying or filling function returns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Returns {
    /// Nothing, or an inactive status.
    Nothing,
    /// The destination.
    Dst,
    /// One past the last byte written.
    DstEnd,
}

/// Where an allocation function delivers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// As its result.
    Result,
    /// As the first field of its result; the second is the size really allocated.
    Sized,
    /// Stored through this argument; the result is a status.
    Memory(u8),
}

/// An allocation function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Alloc {
    /// Size of the block.
    pub size: Length,
    /// Argument with the alignment.
    pub align: Option<u8>,
    /// The block is zeroed.
    pub zeroed: bool,
    /// May fail by null (otherwise it throws or aborts).
    pub nullable: bool,
    /// Where the pointer is.
    pub delivery: Delivery,
    /// The deallocator to release it with.
    pub release: Release,
}

/// A deallocation call to be made for a block: never `free` by default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Release {
    /// Symbol; for mangled Rust symbols see [`super::release_symbol`].
    pub symbol: &'static str,
    /// What it takes, the pointer first.
    pub takes: &'static [ReleaseArg],
}

/// An argument of a deallocation call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReleaseArg {
    /// The block.
    Pointer,
    /// Its size as it was requested.
    Size,
    /// Its alignment as it was requested.
    Align,
}

/// A function that resizes memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Realloc {
    /// Pointer argument.
    pub pointer: u8,
    /// New size.
    pub size: Length,
    /// Argument with the old size, where the function is told.
    pub old_size: Option<u8>,
    /// Argument with the alignment.
    pub align: Option<u8>,
    /// The deallocator of the result.
    pub release: Release,
}

/// A deallocation function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Free {
    /// Pointer argument.
    pub pointer: u8,
    /// Argument with the size.
    pub size: Option<u8>,
    /// Argument with the alignment.
    pub align: Option<u8>,
    /// A null pointer is allowed and does nothing.
    pub nullable: bool,
}

/// What is done with the arena of a derivative.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arena {
    /// Returns memory of argument 1 bytes, never null, that lives until the arena is closed.
    Alloc,
    /// Enters argument 1 for release by argument 2 when the arena is closed; what follows is passed to it, too.
    Defer,
    /// Carries out the frees and returns all memory.
    Close,
    /// Takes over everything that the arena argument 1 holds.
    Adopt,
    /// Takes over what the tape argument 1 of a call through a pointer holds longer than until the call is undone.
    TakeOver,
    /// Gives back what was allocated since argument 1, a copy of the arena, was made.
    Reset,
    /// Returns an arena in memory of its own, which has room for a tape; closing it releases both.
    Open,
}

/// Vector reductions. `Add` and `Mul` take a start value before the vector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reduce {
    /// Ordered or reassociated sum.
    Add,
    /// Ordered or reassociated product.
    Mul,
    /// Minimum of numbers.
    MinNum,
    /// Maximum of numbers.
    MaxNum,
    /// NaN-propagating minimum.
    Minimum,
    /// NaN-propagating maximum.
    Maximum,
}

/// Masked memory accesses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Masked {
    /// pointer, mask, pass-through.
    Load,
    /// value, pointer, mask.
    Store,
    /// pointers, mask, pass-through.
    Gather,
    /// value, pointers, mask; the highest of equal addresses wins.
    Scatter,
    /// pointer, mask, pass-through.
    ExpandLoad,
    /// value, pointer, mask.
    CompressStore,
}

/// Movements of lanes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lanes {
    /// vector, subvector, position.
    Insert,
    /// vector, position.
    Extract,
    /// vector.
    Reverse,
    /// two vectors, count.
    Splice,
    /// vectors.
    Interleave,
    /// vector; returns a struct.
    Deinterleave,
}

/// Memory a function writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Writes {
    /// None that the program sees.
    Nothing,
    /// What these arguments point to, and nothing reached from there.
    Through(&'static [u8]),
    /// Letters: of strings behind the arguments, which may get room of their own for them, and behind pointers to letters.
    Text,
    /// Anything. Letters behind arguments go into a stream, which may be that of a string.
    Stream,
    /// Anything.
    Anything,
}
