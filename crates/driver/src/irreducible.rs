//! Does a function have a loop that is entered at several places?
//!
//! Asked of every clone, so it looks at LLVM's blocks directly: importing a function also declares all
//! others of its module. A graph is reducible when every edge that goes back in reverse postorder
//! goes to a block that dominates where it comes from.

use rustc_hash::FxHashMap;
use rz_llvm::{Block, Function};

/// True when some loop of `function` has more than one entry.
pub(crate) fn is_irreducible(function: Function) -> bool {
    let Some(entry) = function.entry() else {
        return false;
    };
    Graph::new(entry).is_irreducible()
}

/// The reachable blocks as numbers in reverse postorder.
struct Graph {
    successors: Vec<Vec<usize>>,
}

impl Graph {
    fn new(entry: Block) -> Self {
        let mut numbers: FxHashMap<Block, usize> = FxHashMap::default();
        let mut postorder: Vec<Block> = Vec::new();
        let successors = |block: Block| {
            block
                .terminator()
                .map(rz_llvm::Value::successors)
                .unwrap_or_default()
        };
        numbers.insert(entry, 0);
        let mut stack = vec![(entry, successors(entry))];
        while let Some((block, rest)) = stack.last_mut() {
            if let Some(next) = rest.pop() {
                if numbers.insert(next, 0).is_none() {
                    stack.push((next, successors(next)));
                }
            } else {
                postorder.push(*block);
                stack.pop();
            }
        }
        postorder.reverse();
        for (number, block) in postorder.iter().enumerate() {
            numbers.insert(*block, number);
        }
        let successors = postorder
            .iter()
            .map(|&block| successors(block).iter().map(|s| numbers[s]).collect())
            .collect();
        Self { successors }
    }

    fn is_irreducible(&self) -> bool {
        let dominators = self.dominators();
        self.edges()
            .filter(|(from, to)| to <= from)
            .any(|(from, to)| {
                let mut above = from;
                while above > to {
                    above = dominators[above];
                }
                above != to
            })
    }

    fn edges(&self) -> impl Iterator<Item = (usize, usize)> {
        let of = |(from, to): (usize, &Vec<usize>)| to.iter().map(move |&t| (from, t)).collect();
        self.successors
            .iter()
            .enumerate()
            .flat_map(of as fn(_) -> Vec<_>)
    }

    /// The immediate dominator of each block, by the iteration of Cooper, Harvey and Kennedy.
    fn dominators(&self) -> Vec<usize> {
        let count = self.successors.len();
        let mut predecessors = vec![Vec::new(); count];
        for (from, to) in self.edges() {
            predecessors[to].push(from);
        }
        let mut dominators = vec![usize::MAX; count];
        dominators[0] = 0;
        let mut changed = true;
        while changed {
            changed = false;
            for block in 1..count {
                let known = predecessors[block]
                    .iter()
                    .copied()
                    .filter(|&p| dominators[p] != usize::MAX);
                let Some(new) = known.reduce(|a, b| meet(&dominators, a, b)) else {
                    continue;
                };
                if dominators[block] != new {
                    dominators[block] = new;
                    changed = true;
                }
            }
        }
        dominators
    }
}

/// The closest block that dominates both.
fn meet(dominators: &[usize], mut a: usize, mut b: usize) -> usize {
    while a != b {
        if a > b {
            a = dominators[a];
        } else {
            b = dominators[b];
        }
    }
    a
}

#[cfg(test)]
mod tests {
    use super::Graph;

    fn is_irreducible(successors: &[&[usize]]) -> bool {
        let successors = successors.iter().map(|s| s.to_vec()).collect();
        Graph { successors }.is_irreducible()
    }

    #[test]
    fn loops_with_one_entry_are_reducible() {
        assert!(!is_irreducible(&[&[1], &[]]));
        assert!(!is_irreducible(&[&[1], &[1, 2], &[]]));
        // Two nested loops, and a diamond inside.
        assert!(!is_irreducible(&[
            &[1],
            &[2, 5],
            &[3, 4],
            &[4],
            &[2, 1],
            &[]
        ]));
    }

    #[test]
    fn a_loop_with_two_entries_is_not() {
        assert!(is_irreducible(&[&[1, 2], &[2], &[1, 3], &[]]));
    }
}
