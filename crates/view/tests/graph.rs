//! Dominators and loops against their definitions, on hand-made and on random graphs.

use cranelift_entity::EntityRef;
use rz_view::{Block, Body, Cfg, Dominators, LoopForest, text::parse};
use std::fmt::Write as _;

/// A body whose block `i` branches to `edges[i]` (none: return).
fn body(edges: &[Vec<usize>]) -> Body {
    let mut text = String::from("func @f(v0: i32) -> void {\n");
    for (block, succs) in edges.iter().enumerate() {
        let _ = writeln!(text, "block{block}:");
        let _ = match &succs[..] {
            [] => writeln!(text, "ret"),
            [only] => writeln!(text, "br(block{only})"),
            [default, rest @ ..] => {
                let cases: Vec<String> = rest
                    .iter()
                    .enumerate()
                    .map(|(i, b)| format!(", {i} block{b}"))
                    .collect();
                writeln!(text, "switch(block{default}{}) v0", cases.concat())
            }
        };
    }
    text.push('}');
    let module = parse(&text).unwrap();
    module.funcs.values().next().unwrap().body.clone().unwrap()
}

/// Blocks reachable from the entry without passing `avoid`.
fn reachable(edges: &[Vec<usize>], avoid: Option<usize>) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut stack: Vec<usize> = vec![0];
    while let Some(block) = stack.pop() {
        if Some(block) == avoid || std::mem::replace(&mut seen[block], true) {
            continue;
        }
        stack.extend(&edges[block]);
    }
    seen
}

fn random_graph(seed: &mut u64) -> Vec<Vec<usize>> {
    let mut next = |bound: usize| {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        (*seed >> 20) as usize % bound
    };
    let count = 2 + next(9);
    (0..count)
        .map(|_| (0..next(4)).map(|_| 1 + next(count - 1)).collect())
        .collect()
}

#[test]
fn random_graphs_agree_with_the_definitions() {
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    for _ in 0..3000 {
        let edges = random_graph(&mut seed);
        let body = body(&edges);
        let cfg = Cfg::new(&body);
        let dom = Dominators::new(&body, &cfg);
        let forest = LoopForest::new(&body, &cfg, &dom);
        check_dominators(&edges, &cfg, &dom);
        check_loops(&edges, &cfg, &dom, &forest);
    }
}

fn check_dominators(edges: &[Vec<usize>], cfg: &Cfg, dom: &Dominators) {
    let live = reachable(edges, None);
    for a in 0..edges.len() {
        let without = reachable(edges, Some(a));
        assert_eq!(cfg.is_reachable(Block::new(a)), live[a]);
        for b in 0..edges.len() {
            let expected = live[a] && live[b] && !without[b];
            let found = dom.dominates(Block::new(a), Block::new(b));
            assert_eq!(found, expected, "{a} {b} {edges:?}");
        }
        if let Some(idom) = dom.idom(Block::new(a)) {
            // Every other strict dominator of a dominates the immediate one.
            for d in 0..edges.len() {
                let d = Block::new(d);
                if d != Block::new(a) && dom.dominates(d, Block::new(a)) {
                    assert!(dom.dominates(d, idom));
                }
            }
        } else {
            assert!(a == 0 || !live[a]);
        }
    }
}

fn check_loops(edges: &[Vec<usize>], cfg: &Cfg, dom: &Dominators, forest: &LoopForest) {
    let live = reachable(edges, None);
    // Reverse postorder: every edge that goes back is a backedge or irreducible.
    for (a, succs) in edges.iter().enumerate().filter(|(a, _)| live[*a]) {
        for &b in succs {
            let (a, b) = (Block::new(a), Block::new(b));
            let retreating = cfg.order(a) >= cfg.order(b);
            let back = dom.dominates(b, a);
            let irreducible = forest.irreducible_edges().contains(&(a, b));
            assert_eq!(retreating, back || irreducible, "{edges:?}");
            assert!(!(back && irreducible));
            if back {
                let id = forest.headed_by(b).expect("a loop");
                assert!(forest.get(id).latches.contains(&a));
                assert!(forest.contains(id, a));
            }
        }
    }
    for (id, data) in forest.iter() {
        let members = members(edges, data.header.index(), &data.latches);
        let found: Vec<usize> = data.blocks.iter().map(|b| b.index()).collect();
        let mut sorted = found.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, members, "{edges:?}");
        assert_eq!(data.blocks[0], data.header);
        for (block, &is_live) in live.iter().enumerate() {
            let inside = forest.contains(id, Block::new(block));
            assert_eq!(inside, is_live && members.contains(&block), "{edges:?}");
        }
        for &(from, to) in &data.exits {
            assert!(members.contains(&from.index()) && !members.contains(&to.index()));
        }
        let nest = forest.nest(data.header).count();
        assert_eq!(nest, data.depth as usize);
        if let Some(parent) = data.parent {
            assert!(parent < id && forest.contains(parent, data.header));
        }
        if let Some(preheader) = data.preheader {
            assert_eq!(cfg.succs(preheader), [data.header]);
            assert!(!members.contains(&preheader.index()));
        }
    }
}

/// Live blocks that reach a latch without passing the header, and the header.
fn members(edges: &[Vec<usize>], header: usize, latches: &[Block]) -> Vec<usize> {
    let live = reachable(edges, None);
    (0..edges.len())
        .filter(|&start| {
            if start == header {
                return true;
            }
            let mut seen = vec![false; edges.len()];
            let mut stack = vec![start];
            while let Some(block) = stack.pop() {
                if block == header || std::mem::replace(&mut seen[block], true) {
                    continue;
                }
                stack.extend(&edges[block]);
            }
            live[start] && latches.iter().any(|l| seen[l.index()])
        })
        .collect()
}

#[test]
fn a_nest_has_preheaders_depths_and_exits() {
    // entry → outer header ⇄ (inner header ⇄ inner latch) → outer latch; the outer header exits.
    let body = body(&[
        vec![1],
        vec![2, 6],
        vec![3],
        vec![4, 5],
        vec![3],
        vec![1],
        vec![],
    ]);
    let cfg = Cfg::new(&body);
    let dom = Dominators::new(&body, &cfg);
    let forest = LoopForest::new(&body, &cfg, &dom);
    let loops: Vec<_> = forest.iter().collect();
    assert_eq!(loops.len(), 2);
    let (outer, inner) = (loops[0].1, loops[1].1);
    assert_eq!(
        (outer.header, outer.depth, outer.preheader),
        (Block::new(1), 1, Some(Block::new(0)))
    );
    assert_eq!(
        (inner.header, inner.depth, inner.preheader),
        (Block::new(3), 2, Some(Block::new(2)))
    );
    assert_eq!(inner.parent, Some(loops[0].0));
    assert_eq!(outer.exits, [(Block::new(1), Block::new(6))]);
    assert_eq!(inner.exits, [(Block::new(3), Block::new(5))]);
    assert!(forest.irreducible_edges().is_empty());
}

#[test]
fn two_entries_are_irreducible() {
    let body = body(&[vec![1, 2], vec![2], vec![1, 3], vec![]]);
    let cfg = Cfg::new(&body);
    let dom = Dominators::new(&body, &cfg);
    let forest = LoopForest::new(&body, &cfg, &dom);
    assert_eq!(forest.iter().count(), 0);
    assert_eq!(forest.irreducible_edges().len(), 1);
}

#[test]
fn large_graphs_take_linear_time() {
    // 20,000 small loops in a row and a switch of 20,000 cases: quadratic code would take minutes.
    let count = 20_000;
    let mut edges: Vec<Vec<usize>> = Vec::new();
    for i in 0..count {
        edges.push(vec![2 * i + 1]);
        edges.push(vec![2 * i + 1, 2 * i + 2]);
    }
    edges.push((0..count).map(|i| 2 * count + 1 + i).collect());
    edges.extend((0..count).map(|_| vec![]));
    let body = body(&edges);
    let start = std::time::Instant::now();
    let cfg = Cfg::new(&body);
    let dom = Dominators::new(&body, &cfg);
    let forest = LoopForest::new(&body, &cfg, &dom);
    assert_eq!(forest.iter().count(), count);
    assert!(start.elapsed().as_secs() < 5);
}
