//! The text form of a plan: stable, compact, for `explain` and golden tests.
//!
//! Values print as in the text of the view, with their source line when it is known.
//!
//! ```text
//! plan @f(dup, const) -> active, combined
//!   tape: 8 + (v1)·8 bytes
//!   loop0 at block1, f.c:4: (v1) iterations, known on entry; arrays made before loop0
//!     slot0, 8 bytes: v7 = load(align 8) double v6, f.c:5
//!       why: read from memory that may be overwritten before it is needed
//!   once:
//!     slot1, 8 bytes: the arrays of loop0
//!       why: the arrays of a loop
//!   recomputed:
//!     v6 = gep(+0 +v2*8) ptr v0, v2, f.c:5
//!   affine:
//!     v2 = 0 + i·1 in loop0
//!   given: shadow of v0
//! ```
//!
//! A count in parentheses is an expression; `[loop1]` stands for a number of iterations that is
//! only known when the loop is left.

mod counts;
mod tape;

use crate::at_once::Known;
use crate::calls::{Allocation, CallKind};
use crate::plan::{Holds, Item, Plan, Slot, Source};
use crate::recompute::edge_condition;
use crate::request::{ArgActivity, Derivative, Mode, RetActivity};
use crate::shape::Back;
use counts::count_text;
use rz_view::{Block, Body, Inst, Loop, Module, Op, Range, Value, ValueDef};
use std::fmt::Write;

impl Plan {
    /// The text form.
    pub fn print(&self, module: &Module) -> String {
        let mut printer = Printer {
            plan: self,
            module,
            body: module.body(self.key.func),
            out: String::new(),
        };
        printer.head();
        printer.tape();
        printer.loops();
        printer.once();
        printer.items();
        printer.calls();
        printer.guarded();
        printer.unneeded();
        printer.merges();
        printer.out
    }
}

fn at_once(known: &Known) -> String {
    let sign = if known.negated { "-" } else { "" };
    let mut out = format!("undone at once, seeded with {sign}seed");
    for factor in &known.factors {
        let _ = write!(out, " * {factor}");
    }
    out
}

/// The first line of a derivative: `@f(dup, const) -> active, combined`.
pub fn key_text(module: &Module, key: &Derivative) -> String {
    let args: Vec<&str> = key.args.iter().map(|&a| arg_text(a)).collect();
    let ret = match key.ret {
        RetActivity::Const => "const",
        RetActivity::Active => "active",
        RetActivity::Dup => "dup",
        RetActivity::Both => "dup and active",
    };
    let mode = match key.mode {
        Mode::Forward => "forward",
        Mode::Combined => "combined",
        Mode::Split => "split",
    };
    let name = &module.funcs[key.func].name;
    let width = match key.width {
        1 => String::new(),
        width => format!(", width {width}"),
    };
    format!("@{name}({}) -> {ret}, {mode}{width}", args.join(", "))
}

fn arg_text(activity: ArgActivity) -> &'static str {
    match activity {
        ArgActivity::Const => "const",
        ArgActivity::Out => "out",
        ArgActivity::Dup => "dup",
        ArgActivity::DupNoNeed => "dupnoneed",
    }
}

/// An instruction as in the text of the view, without metadata and attributes, and its source line.
pub fn inst_text(module: &Module, body: &Body, inst: Inst) -> String {
    let text = module.inst_text(body, inst);
    let plain = text.split(" !").next().unwrap_or_default();
    let line = line_text(body, inst);
    let shortened = body.insts[inst].op.call().and_then(|_| {
        // `call(@f effects none) double v1`: operands hold no parentheses.
        let (head, operands) = plain.rsplit_once(')')?;
        let (opcode, rest) = head.split_once('(')?;
        let callee = rest.split(' ').next()?;
        Some(format!("{opcode}({callee}){operands}{line}"))
    });
    shortened.unwrap_or_else(|| format!("{plain}{line}"))
}

/// `, f.c:5`, or nothing when the line is not known.
fn line_text(body: &Body, inst: Inst) -> String {
    let loc = body.insts[inst].loc.as_ref();
    loc.map_or_else(String::new, |loc| format!(", {}:{}", loc.file, loc.line))
}

struct Printer<'a> {
    plan: &'a Plan,
    module: &'a Module,
    body: &'a Body,
    out: String,
}

impl Printer<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.out, "{:width$}{text}", "", width = 2 * depth);
    }

    fn head(&mut self) {
        let key = &self.plan.key;
        self.line(0, &format!("plan {}", key_text(self.module, key)));
        if key.mode != Mode::Split {
            return;
        }
        let flags = key.overwritten.iter().enumerate();
        let mut changed: Vec<String> = flags
            .filter(|(_, changed)| **changed)
            .map(|(index, _)| format!("memory of {}", self.body.params[index]))
            .collect();
        if key.globals_overwritten {
            changed.push("other memory".to_owned());
        }
        if !changed.is_empty() {
            let text = format!("may change before the reverse: {}", changed.join(", "));
            self.line(1, &text);
        }
    }

    fn once(&mut self) {
        if self.plan.slots_of(None).next().is_some() {
            self.line(1, "once:");
            self.slots(None);
        }
    }

    fn slots(&mut self, home: Option<Loop>) {
        let slots: Vec<Slot> = self.plan.slots_of(home).map(|(slot, _)| slot).collect();
        for slot in slots {
            let data = &self.plan.slots[slot];
            let item = self.definition(data.item);
            self.line(2, &format!("{slot}, {} bytes: {item}", data.bytes));
            if let Some(Range { low, high }) = data.range {
                self.line(3, &format!("from {low} to {}", high.wrapping_sub(1)));
            }
            self.line(3, &format!("why: {}", data.why));
        }
    }

    /// An item with the instruction that makes it.
    fn definition(&self, item: Item) -> String {
        let of = |value: Value| match self.body.def(value) {
            Some(inst) => inst_text(self.module, self.body, inst),
            None => value.to_string(),
        };
        match item {
            Item::Primal(value) => of(value),
            Item::Shadow(value) => format!("shadow of {}", of(value)),
            Item::Tape(inst) => {
                let call = inst_text(self.module, self.body, inst);
                format!("tape of {inst} {call}")
            }
            Item::State(_, inst) => {
                let made = inst_text(self.module, self.body, inst);
                format!("where the contents of {made} are saved")
            }
            Item::Trips(_) | Item::Edge(_) | Item::Base(..) | Item::Head(_) => item_text(item),
        }
    }

    fn items(&mut self) {
        let mut items: Vec<(Item, &Source)> =
            self.plan.items.iter().map(|(&item, s)| (item, s)).collect();
        items.sort_by_key(|&(item, _)| item);
        let values = |item: Item| matches!(item, Item::Primal(_) | Item::Shadow(_));
        let (mut repeated, mut affine, mut given) = (Vec::new(), Vec::new(), Vec::new());
        for (item, source) in items.into_iter().filter(|&(item, _)| values(item)) {
            match source {
                Source::Recompute => repeated.push(self.definition(item)),
                Source::Affine { start, step, id } => affine.push(format!(
                    "{} = {} + i·{} in {id}",
                    item_text(item),
                    count_text(self.body, start),
                    count_text(self.body, step),
                )),
                Source::Free if !self.is_constant(item) => given.push(item_text(item)),
                Source::Free | Source::Slot(_) => {}
            }
        }
        self.list("recomputed", &repeated);
        self.list("affine", &affine);
        if !given.is_empty() {
            self.line(1, &format!("given: {}", given.join(", ")));
        }
    }

    fn is_constant(&self, item: Item) -> bool {
        matches!(item, Item::Primal(v) if matches!(self.body.values[v].def, ValueDef::Const(_)))
    }

    fn list(&mut self, title: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.line(1, &format!("{title}:"));
        }
        for line in lines {
            self.line(2, line);
        }
    }

    fn calls(&mut self) {
        let mut lines = Vec::new();
        for (&inst, kind) in &self.plan.calls {
            let call = inst_text(self.module, self.body, inst);
            lines.push((
                inst,
                format!("{inst} {call}: {}", self.treatment(inst, kind)),
            ));
        }
        lines.sort_by_key(|&(inst, _)| inst);
        let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
        self.list("calls", &lines);
    }

    /// Arithmetic whose zero adjoint stays zero.
    fn guarded(&mut self) {
        let mut insts: Vec<Inst> = self.plan.guarded.iter().copied().collect();
        insts.sort();
        let lines: Vec<String> = insts
            .into_iter()
            .map(|inst| inst_text(self.module, self.body, inst))
            .collect();
        self.list("nothing if not chosen", &lines);
    }

    /// Stores of results that nobody needs.
    fn unneeded(&mut self) {
        let is_store = |inst: &&Inst| matches!(self.body.insts[**inst].op, Op::Store(_));
        let stores = self.plan.lost.iter().filter(is_store);
        let lines: Vec<String> = stores
            .map(|&inst| inst_text(self.module, self.body, inst))
            .collect();
        self.list("not stored", &lines);
    }

    fn treatment(&self, inst: Inst, kind: &CallKind) -> String {
        match kind {
            CallKind::Inactive => "no derivative".to_owned(),
            CallKind::Rule(rule) => format!("rule {}", rule.name()),
            CallKind::Copy { .. } => "copy, reversed by adding and clearing".to_owned(),
            CallKind::Fill { .. } => "fill, reversed by clearing".to_owned(),
            CallKind::Alloc(Allocation::Resize { .. }) => {
                "resized together with its shadow".to_owned()
            }
            CallKind::Alloc(_) => "allocated together with its shadow".to_owned(),
            CallKind::Free { .. } => "delayed until the reverse pass is done".to_owned(),
            CallKind::Reset => "left out: the memory is still needed".to_owned(),
            CallKind::Close => "its memory is kept until the reverse pass is done".to_owned(),
            CallKind::Reduce(reduce) => format!("reduction {reduce:?}"),
            CallKind::Masked(masked) => format!("masked {masked:?}"),
            CallKind::Pass { from, .. } => format!("a pointer into what {from} points to"),
            CallKind::Table { pointer } => format!("through the table of derivatives of {pointer}"),
            CallKind::Body(_) => match self.plan.splits.get(&inst) {
                Some(split) => {
                    let tape = match split.key.mode {
                        Mode::Combined => match self.plan.at_once.get(&inst) {
                            Some(known) => at_once(known),
                            None => "in the reverse pass".to_owned(),
                        },
                        _ if split.has_tape => "a tape".to_owned(),
                        _ => "no tape".to_owned(),
                    };
                    format!("{}, {tape}", key_text(self.module, &split.key))
                }
                None => "through its body".to_owned(),
            },
        }
    }

    fn merges(&mut self) {
        let mut blocks: Vec<Block> = self.plan.reversal.order().to_vec();
        blocks.sort();
        let mut lines = Vec::new();
        for block in blocks {
            let Some(Back::Merge(ways)) = self.plan.reversal.back(block) else {
                continue;
            };
            let from: Vec<String> = ways
                .iter()
                .map(|&(pred, stand_in)| {
                    if pred == stand_in {
                        pred.to_string()
                    } else {
                        format!("{pred} as {stand_in}")
                    }
                })
                .collect();
            let condition = edge_condition(self.body, &self.plan.shape, &self.plan.reversal, block);
            let how = match (self.plan.slot(Item::Edge(block)), condition) {
                (Some(slot), _) => format!("by {slot}"),
                (None, Some((value, _))) => format!("by condition {}", self.condition(value)),
                (None, None) => "undecided".to_owned(),
            };
            lines.push(format!("{block} from {}: {how}", from.join(", ")));
        }
        self.list("merges", &lines);
    }

    fn condition(&self, value: Value) -> String {
        let line = self.body.def(value).map(|inst| line_text(self.body, inst));
        format!("{value}{}", line.unwrap_or_default())
    }
}

/// What arrays hold.
fn holds_text(holds: Holds) -> String {
    match holds {
        Holds::Floats(kind) => kind.name().to_owned(),
        Holds::Integers => "integers".to_owned(),
        Holds::Other(slot) => slot.to_string(),
    }
}

/// The name of an item.
fn item_text(item: Item) -> String {
    match item {
        Item::Primal(value) => value.to_string(),
        Item::Shadow(value) => format!("shadow of {value}"),
        Item::Trips(id) => format!("iterations of {id}"),
        Item::Edge(block) => format!("way into {block}"),
        Item::Tape(inst) => format!("tape of {inst}"),
        Item::Base(id, holds) => format!("where the arrays of {id} begin ({})", holds_text(holds)),
        Item::Head(id) => format!("last record of {id}"),
        Item::State(id, inst) => format!("contents of {inst} in {id}"),
    }
}
