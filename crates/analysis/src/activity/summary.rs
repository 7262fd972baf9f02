//! What a call does, as seen by its caller: which memory derivatives and pointers move between.
//!
//! Both activity questions are reachability in one graph, forward from active inputs and backward
//! from active outputs. So one relation between the inputs and the outputs of a callee summarizes
//! it for both questions and for every context at once: `(Mem(0), Ret)` says that what is behind
//! argument 0 may reach the result, whoever calls.
//!
//! ```text
//! void axpy(double a, const double *x, double *y) { *y += a * *x; }
//!   flows:    arg0 -> mem1'…   printed  arg 0 -> memory 2; memory 1 -> memory 2; memory 2 -> memory 2
//!   pointers: none
//! ```

use rz_view::{Func, Global};
use std::collections::BTreeSet;
use std::fmt;

/// An input or output of a function.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Port {
    /// A parameter's value.
    Arg(u32),
    /// Memory a parameter points to.
    Memory(u32),
    /// Memory reached through pointers stored in [`Port::Memory`].
    Reach(u32),
    /// The result.
    Ret,
    /// Memory the function allocates and does not keep to itself.
    Fresh,
    /// Memory of unknown identity.
    Unknown,
    /// Memory that only code outside the view knows; inactive by convention.
    Foreign,
    /// A global variable.
    Global(Global),
    /// A function's address.
    Func(Func),
    /// Somewhere in memory of the caller that has no closer name.
    Escaped,
    /// Everything at once: a node that keeps the summaries of unknown functions small.
    Hub,
}

/// How a function touches the memory behind one parameter, floats only.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Touch {
    /// Reads floats the parameter points to.
    pub reads: bool,
    /// Writes floats the parameter points to.
    pub writes: bool,
    /// Reads floats reached through stored pointers.
    pub reads_reach: bool,
    /// Writes floats reached through stored pointers.
    pub writes_reach: bool,
    /// Frees the memory.
    pub frees: bool,
    /// Frees memory reached through stored pointers.
    pub frees_reach: bool,
    /// Calls the function the parameter points to.
    pub calls: bool,
    /// Calls functions reached through stored pointers.
    pub calls_reach: bool,
    /// Memory behind it is accessed through pointers that may as well point to memory that the
    /// function made: `p = buffer ? buffer : malloc(n)`. When that is active, this needs a shadow.
    pub beside_own: bool,
}

/// The effect of a call.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// `(from, to)`: a derivative may move.
    pub flows: BTreeSet<(Port, Port)>,
    /// `(source, destination)`: the address of `source` may be stored in (or be) `destination`.
    pub pointers: BTreeSet<(Port, Port)>,
    /// Per parameter.
    pub touch: Vec<Touch>,
    /// Per parameter: the first parameter whose memory is accessed through the same pointers. When
    /// one of them has a shadow, all must have.
    pub mixed: Vec<u32>,
    /// No body and no rule: whether active data passes decides whether it is an error.
    pub opaque: bool,
    /// Opaque, but its derivative is somebody else's: active data may pass.
    pub derived: bool,
    /// Returns a pointer to memory allocated inside, or stores one.
    pub allocates: bool,
}

impl Summary {
    /// The effect of a function nothing is known about but its parameters' attributes.
    ///
    /// It sees only memory reachable from its arguments. What it remembers from other calls is
    /// inactive, because handing active memory to it is refused in the first place.
    pub fn opaque(params: &[OpaqueParam], result: Carried) -> Self {
        let mut summary = Self {
            opaque: true,
            touch: vec![Touch::default(); params.len()],
            ..Self::default()
        };
        for (index, param) in params.iter().enumerate() {
            summary.add_opaque_param(index as u32, *param, result);
        }
        if result.floats {
            summary.flows.insert((Port::Hub, Port::Ret));
        }
        if result.pointers {
            summary.pointers.insert((Port::Foreign, Port::Ret));
        }
        summary
    }

    /// The same for a call whose arguments at `silent` pass no activity on.
    #[must_use]
    pub fn without(&self, silent: &[usize]) -> Self {
        let mut rest = self.clone();
        let is_silent = |port: &Port| match port {
            Port::Arg(i) | Port::Memory(i) | Port::Reach(i) => silent.contains(&(*i as usize)),
            _ => false,
        };
        let stays = |(from, to): &(Port, Port)| !is_silent(from) && !is_silent(to);
        rest.flows.retain(stays);
        rest.pointers.retain(stays);
        for &index in silent {
            if let Some(touch) = rest.touch.get_mut(index) {
                *touch = Touch::default();
            }
            // Alone in its group.
            if let Some(group) = rest.mixed.get_mut(index) {
                *group = index as u32;
            }
        }
        rest
    }

    /// The effect of a function whose derivative somebody else speaks for: one that is called through a pointer and
    /// differentiated through the pointer's shadow, or one with a registered derivative. What is opaque here may be
    /// active, and may give out new memory.
    pub fn derived(params: &[OpaqueParam], result: Carried) -> Self {
        let mut summary = Self::opaque(params, result);
        summary.derived = true;
        // Its derivative returns the result's shadow too.
        summary.pointers.remove(&(Port::Foreign, Port::Ret));
        let handed_out = |(_, to): &(Port, Port)| *to != Port::Hub;
        if !result.pointers && !summary.pointers.iter().any(handed_out) {
            return summary;
        }
        summary.allocates = true;
        summary.flows.insert((Port::Hub, Port::Fresh));
        summary.flows.insert((Port::Fresh, Port::Hub));
        summary.pointers.insert((Port::Fresh, Port::Hub));
        summary.pointers.insert((Port::Hub, Port::Fresh));
        if result.pointers {
            summary.pointers.insert((Port::Hub, Port::Ret));
        }
        summary
    }

    fn add_opaque_param(&mut self, index: u32, param: OpaqueParam, result: Carried) {
        let (memory, reach) = (Port::Memory(index), Port::Reach(index));
        if param.carried.floats {
            self.flows.insert((Port::Arg(index), Port::Hub));
        }
        if !param.carried.pointers || param.ignored {
            return;
        }
        let touch = &mut self.touch[index as usize];
        let deep = !param.flat;
        if param.reads {
            touch.reads = true;
            touch.reads_reach = deep;
            // What it keeps it may use later, so active memory given to it is never harmless.
            touch.writes |= param.captured;
            touch.writes_reach |= param.captured && deep;
            self.flows.insert((memory, Port::Hub));
            if deep {
                self.flows.insert((reach, Port::Hub));
                self.pointers.insert((reach, Port::Hub));
            }
        }
        if param.writes {
            touch.writes = true;
            touch.writes_reach |= deep;
            self.flows.insert((Port::Hub, memory));
            if deep {
                self.flows.insert((Port::Hub, reach));
                self.pointers.insert((Port::Hub, memory));
                self.pointers.insert((Port::Hub, reach));
            }
        }
        if param.captured {
            self.pointers.insert((memory, Port::Hub));
        }
        if result.pointers {
            self.pointers.insert((Port::Hub, Port::Ret));
        }
    }
}

/// Short form of [`super::Carry`] for building summaries.
pub type Carried = super::Carry;

/// What is known about a parameter of a function without body.
#[derive(Clone, Copy, Debug)]
pub struct OpaqueParam {
    /// What the value carries.
    pub carried: Carried,
    /// May read through it.
    pub reads: bool,
    /// May write through it.
    pub writes: bool,
    /// May keep the pointer.
    pub captured: bool,
    /// Does not pass activity on.
    pub ignored: bool,
    /// No pointers are in the memory that it points to.
    pub flat: bool,
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arg(i) => write!(f, "argument {i}"),
            Self::Memory(i) => write!(f, "memory of argument {i}"),
            Self::Reach(i) => write!(f, "memory reached from argument {i}"),
            Self::Ret => f.write_str("result"),
            Self::Fresh => f.write_str("new memory"),
            Self::Unknown => f.write_str("unknown memory"),
            Self::Foreign => f.write_str("foreign memory"),
            Self::Global(g) => write!(f, "{g}"),
            Self::Func(func) => write!(f, "{func}"),
            Self::Escaped => f.write_str("elsewhere"),
            Self::Hub => f.write_str("anything"),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (from, to) in &self.flows {
            writeln!(f, "  flow {from} -> {to}")?;
        }
        for (from, to) in &self.pointers {
            writeln!(f, "  pointer {from} -> {to}")?;
        }
        for (index, touch) in self.touch.iter().enumerate() {
            let mut words = Vec::new();
            for (on, word) in [
                (touch.reads, "reads"),
                (touch.writes, "writes"),
                (touch.reads_reach, "reads deep"),
                (touch.writes_reach, "writes deep"),
                (touch.frees, "frees"),
                (touch.frees_reach, "frees deep"),
                (touch.calls, "calls"),
                (touch.calls_reach, "calls deep"),
            ] {
                if on {
                    words.push(word);
                }
            }
            if !words.is_empty() {
                writeln!(f, "  argument {index}: {}", words.join(", "))?;
            }
        }
        Ok(())
    }
}
