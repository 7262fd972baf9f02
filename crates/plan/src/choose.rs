//! The chooser: recompute what is free, store the cheapest separating set.
//!
//! Nodes are [`Item`]s reachable backwards from the demanded ones. An item that cannot be repeated
//! (a phi, a library call, a load that is overwritten) is an origin; a minimum cut weighted by
//! bytes × estimated iterations decides what to store. Replacing this chooser never touches the
//! writer: "store every origin" is the same plan with another cut.

use crate::context::Context;
use crate::layout::{count_headers, count_values};
use crate::mincut::Graph;
use crate::plan::{Item, Source};
use crate::recompute::{self, Way};
use crate::shape::Reversal;
use rz_diag::{Code, Diagnostic, Result};
use rz_view::op::BinaryOp;
use rz_view::ordered::{IndexMap, IndexSet};
use rz_view::{Count, Loop, Op, TypeKind, Value};

/// A stored item and the reason.
pub type Stored = (Item, &'static str);

/// Decides the source of every item in `demanded` and of everything they are recomputed from.
///
/// Stored items carry [`Source::Slot`] with a slot number equal to their position in the second
/// result; the layout is decided later.
pub fn choose(
    cx: &Context<'_>,
    reversal: &Reversal,
    demanded: &IndexSet<Item>,
) -> Result<(IndexMap<Item, Source>, Vec<Stored>)> {
    let graph = closure(cx, reversal, demanded);
    let cut = cut(cx, reversal, &graph, demanded).ok_or_else(|| {
        Diagnostic::error(
            Code::Internal,
            "a value the reverse pass needs cannot be stored",
        )
        .note(format!("in function {}", cx.name()))
    })?;
    Ok(collect(&graph, demanded, &cut))
}

fn closure(
    cx: &Context<'_>,
    reversal: &Reversal,
    demanded: &IndexSet<Item>,
) -> IndexMap<Item, Way> {
    let mut graph: IndexMap<Item, Way> = IndexMap::default();
    let mut stack: Vec<Item> = demanded.iter().copied().collect();
    while let Some(item) = stack.pop() {
        if graph.contains_key(&item) {
            continue;
        }
        let way = recompute::way(cx, reversal, item);
        stack.extend(way.uses());
        graph.insert(item, way);
    }
    graph
}

fn cut(
    cx: &Context<'_>,
    reversal: &Reversal,
    graph: &IndexMap<Item, Way>,
    demanded: &IndexSet<Item>,
) -> Option<IndexSet<Item>> {
    let mut flow = Graph::new(graph.len());
    for (node, (&item, way)) in graph.iter().enumerate() {
        flow.weight(node, weight(cx, reversal, item, way));
        if let Way::Origin(_) = way {
            flow.origin(node);
        }
        for operand in way.uses() {
            flow.edge(graph.get_index_of(operand)?, node);
        }
        if demanded.contains(&item) {
            flow.goal(node);
        }
    }
    let nodes = flow.cut()?;
    Some(
        nodes
            .into_iter()
            .map(|n| *graph.get_index(n).expect("a node").0)
            .collect(),
    )
}

/// Bytes × estimated iterations: sixteen per loop, at most eight loops deep. A fused loop has one
/// iteration on the tape at a time.
///
/// Among equals what a condition is made of is stored and not the whole: another use of `j == 0 || x < y` keeps code
/// generators from taking it apart where it selects, and a selection of floats is a minimum then and not a branch.
fn weight(cx: &Context<'_>, reversal: &Reversal, item: Item, way: &Way) -> Option<u64> {
    if let Item::Primal(value) = item
        && cx.is_header_phi(value, |id| {
            reversal.is_fused(id) && !reversal.runs_again(id)
        })
    {
        // An iteration needs its induction variables before it has a tape.
        return None;
    }
    let nest = cx.shape.nest(cx.home(item));
    let fused = nest.iter().rposition(|&l| reversal.is_fused(l));
    let fused = fused.filter(|_| !cx.is_saved(reversal, item));
    if fused.is_some() && matches!((item, way), (Item::Shadow(_), Way::Repeat(_))) {
        // An iteration that runs in the reverse pass makes no shadows.
        return None;
    }
    let depth = (nest.len() - fused.map_or(0, |outer| outer + 1)).min(8);
    let scale = 4 * depth;
    cx.bytes(item)
        .map(|bytes| (4 * bytes + u64::from(is_combined(cx, item))) << scale)
}

/// True for a condition that is made of two others.
fn is_combined(cx: &Context<'_>, item: Item) -> bool {
    let Item::Primal(value) = item else {
        return false;
    };
    let types = &cx.module.types;
    let is_bit = |v: Value| matches!(types.kind(cx.body.ty(v)), TypeKind::Int(1));
    is_bit(value)
        && cx.body.def(value).is_some_and(|inst| {
            let op = &cx.body.insts[inst].op;
            matches!(op, Op::Select | Op::Binary(BinaryOp::And | BinaryOp::Or))
        })
}

fn collect(
    graph: &IndexMap<Item, Way>,
    demanded: &IndexSet<Item>,
    cut: &IndexSet<Item>,
) -> (IndexMap<Item, Source>, Vec<Stored>) {
    let mut items: IndexMap<Item, Source> = IndexMap::default();
    let mut stored = Vec::new();
    let mut stack: Vec<Item> = demanded.iter().copied().collect();
    while let Some(item) = stack.pop() {
        if items.contains_key(&item) {
            continue;
        }
        let way = &graph[&item];
        let source = if cut.contains(&item) {
            let why = match way {
                Way::Origin(why) => *why,
                _ => "cheaper than the values it is computed from",
            };
            stored.push((item, why));
            Source::Slot(crate::plan::Slot::from_u32(stored.len() as u32 - 1))
        } else {
            stack.extend(way.uses());
            match way {
                Way::Free => Source::Free,
                Way::Repeat(_) | Way::Origin(_) => Source::Recompute,
                Way::Affine {
                    start, step, id, ..
                } => Source::Affine {
                    start: start.clone(),
                    step: step.clone(),
                    id: *id,
                },
            }
        };
        items.insert(item, source);
    }
    (items, stored)
}

/// The items that evaluating `count` needs.
pub fn count_uses(count: &Count, uses: &mut Vec<Item>) {
    count_values(count, &mut |value| uses.push(Item::Primal(value)));
}

/// True when every loop whose iteration number `count` uses is reversed.
pub fn counts_live(cx: &Context<'_>, reversal: &Reversal, count: &Count) -> bool {
    let mut live = true;
    count_headers(count, &mut |header| {
        live &= cx
            .shape
            .loops
            .headed_by(header)
            .is_some_and(|l: Loop| reversal.is_live(l));
    });
    live
}
