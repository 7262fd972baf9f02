//! Strongly connected components.

use cranelift_entity::{EntityRef, SecondaryMap};

/// The components of a graph, successors first: Tarjan's algorithm without recursion. `next(node, k)` is the
/// `k`th node that `node` leads to.
pub(crate) fn components<N: EntityRef>(
    nodes: impl Iterator<Item = N>,
    next: impl Fn(N, usize) -> Option<N>,
) -> Vec<Vec<N>> {
    let mut index: SecondaryMap<N, u32> = SecondaryMap::new();
    let mut low: SecondaryMap<N, u32> = SecondaryMap::new();
    let mut on_stack: SecondaryMap<N, bool> = SecondaryMap::new();
    let mut stack = Vec::new();
    let mut clock = 0;
    let mut found = Vec::new();
    for start in nodes {
        if index[start] != 0 {
            continue;
        }
        let mut visits = vec![(start, 0_usize)];
        while let Some((node, at)) = visits.pop() {
            if at == 0 {
                clock += 1;
                index[node] = clock;
                low[node] = clock;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(child) = next(node, at) {
                visits.push((node, at + 1));
                if index[child] == 0 {
                    visits.push((child, 0));
                } else if on_stack[child] {
                    low[node] = low[node].min(index[child]);
                }
                continue;
            }
            if let Some(&(parent, _)) = visits.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == index[node] {
                let from = stack.iter().rposition(|&n| n == node).unwrap_or(0);
                let component = stack.split_off(from);
                for &member in &component {
                    on_stack[member] = false;
                }
                found.push(component);
            }
        }
    }
    found
}
