//! The plan: demand, recomputation, tape layout — decisions as plain data.
//!
//! A [`Planner`] turns a [`Derivative`] into a [`Plan`], callees first, before anything is written.
//! `rz-synth` writes plans mechanically. Everything here is pure: it builds and tests without LLVM.
//!
//! * [`shape`]: control flow, and how the reverse pass goes back through it.
//! * [`work`]: what each instruction has to do; refuses what cannot be differentiated.
//! * [`demand`]: which values that needs in the reverse pass.
//! * [`recompute`], [`memory`]: which of these can be had without the tape.
//! * [`choose`], [`mincut`]: what to store.
//! * [`fuse`], [`combine`], [`lost`]: which loops and calls run in the reverse pass only.
//! * [`rerun`], [`steps`], [`extent`]: which loops run a second time in the reverse pass, from what they started with.
//! * [`at_once`]: which calls are undone directly after they ran, in the forward pass.
//! * [`skip`]: which loops are not undone when nothing depends on them.
//! * [`guarded`]: what must not turn a zero adjoint into something that is not a number.
//! * [`unneeded`]: which results of the primal nobody wants.
//! * [`layout`], [`tape`], [`repeats`]: where.
//! * [`validate`]: the invariants of a plan.
//! * [`mod@print`], [`explain`]: plans and what led to them, as text.

pub mod analyses;
pub mod at_once;
pub mod bits;
pub mod calls;
pub mod checkpoint;
pub mod choose;
pub mod combine;
pub mod context;
pub mod demand;
pub mod explain;
pub mod extent;
pub mod fresh;
pub mod fuse;
pub mod guarded;
pub mod heap;
pub mod layout;
pub mod lost;
pub mod memory;
pub mod mincut;
pub mod plan;
pub mod planner;
pub mod print;
pub mod recompute;
pub mod repeats;
pub mod request;
pub mod rerun;
pub mod segments;
pub mod shape;
pub mod skip;
pub mod steps;
pub mod table;
pub mod tape;
pub mod unneeded;
pub mod validate;
pub mod work;
pub mod writers;

pub use analyses::Analyses;
pub use at_once::Known;
pub use calls::{Allocation, CallKind, Masked, Reduce};
pub use checkpoint::{Advance, Checkpoint, Region, SNAPSHOT_HEAD};
pub use extent::Extent;
pub use fuse::Fusion;
pub use plan::{Holds, Item, LoopPlan, Plan, Slot, SlotData, Source, Split, Storage};
pub use planner::{Options, Planner};
pub use recompute::{edge_condition, shadow_base};
pub use request::{ArgActivity, Derivative, Mode, RetActivity};
pub use segments::{Layout, Segment};
pub use shape::{Back, Reversal, Shape};
