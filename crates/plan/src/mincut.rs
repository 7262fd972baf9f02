//! Minimum vertex cut: the cheapest set of values to store.
//!
//! Nodes carry a weight (the cost of storing them). *Origins* cannot be recomputed; *goals* are
//! demanded. An edge `a → b` says that recomputing `b` needs `a`. The result separates origins
//! from goals with the least total weight, taking the cut nearest to the goals among equals, so
//! that less is recomputed. Algorithm: Dinic's maximum flow on the split graph.

/// A graph under construction.
///
/// Arcs come in pairs, one back; arc `a` leaves the vertex that `a ^ 1` enters.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    arcs: Vec<Arc>,
    vertices: usize,
}

#[derive(Clone, Copy, Debug)]
struct Arc {
    to: u32,
    room: u64,
}

/// The arcs that leave each vertex: those of vertex `v` are `arcs[first[v]..first[v + 1]]`.
struct Leaving {
    first: Vec<u32>,
    arcs: Vec<u32>,
}

impl Leaving {
    fn new(graph: &Graph) -> Self {
        let mut first = vec![0; graph.vertices + 1];
        for arc in &graph.arcs {
            first[arc.to as usize + 1] += 1;
        }
        for vertex in 0..graph.vertices {
            first[vertex + 1] += first[vertex];
        }
        let mut next = first.clone();
        let mut arcs = vec![0; graph.arcs.len()];
        for arc in 0..graph.arcs.len() {
            let place = &mut next[graph.arcs[arc ^ 1].to as usize];
            arcs[*place as usize] = arc as u32;
            *place += 1;
        }
        Self { first, arcs }
    }

    fn of(&self, vertex: usize) -> &[u32] {
        &self.arcs[self.first[vertex] as usize..self.first[vertex + 1] as usize]
    }
}

const INFINITE: u64 = u64::MAX / 4;
const SOURCE: usize = 0;
const SINK: usize = 1;

impl Graph {
    /// A graph of `nodes` vertices without edges.
    pub fn new(nodes: usize) -> Self {
        Self {
            arcs: Vec::with_capacity(8 * nodes),
            vertices: 2 + 2 * nodes,
        }
    }

    /// Sets what storing `node` costs; `None` when it cannot be stored.
    pub fn weight(&mut self, node: usize, weight: Option<u64>) {
        self.arc(
            enter(node),
            leave(node),
            weight.map_or(INFINITE, |w| w.min(INFINITE / 1024)),
        );
    }

    /// `node` cannot be recomputed.
    pub fn origin(&mut self, node: usize) {
        self.arc(SOURCE, enter(node), INFINITE);
    }

    /// `node` is demanded.
    pub fn goal(&mut self, node: usize) {
        self.arc(leave(node), SINK, INFINITE);
    }

    /// Recomputing `to` needs `from`.
    pub fn edge(&mut self, from: usize, to: usize) {
        self.arc(leave(from), enter(to), INFINITE);
    }

    fn arc(&mut self, from: usize, to: usize, room: u64) {
        self.arcs.push(Arc {
            to: to as u32,
            room,
        });
        self.arcs.push(Arc {
            to: from as u32,
            room: 0,
        });
    }

    /// The nodes to store, in ascending order; `None` if a goal depends on an origin that cannot
    /// be stored.
    pub fn cut(mut self) -> Option<Vec<usize>> {
        let out = Leaving::new(&self);
        while let Some(levels) = self.levels(&out) {
            let mut next = vec![0; self.vertices];
            while self.augment(&out, &levels, &mut next)? {}
        }
        let toward = self.reaching_sink(&out);
        let nodes = (self.vertices - 2) / 2;
        Some(
            (0..nodes)
                .filter(|&n| !toward[enter(n)] && toward[leave(n)])
                .collect(),
        )
    }

    fn levels(&self, out: &Leaving) -> Option<Vec<u32>> {
        let mut level = vec![u32::MAX; self.vertices];
        level[SOURCE] = 0;
        let mut queue = std::collections::VecDeque::from([SOURCE]);
        while let Some(at) = queue.pop_front() {
            for &arc in out.of(at) {
                let Arc { to, room } = self.arcs[arc as usize];
                if room > 0 && level[to as usize] == u32::MAX {
                    level[to as usize] = level[at] + 1;
                    queue.push_back(to as usize);
                }
            }
        }
        (level[SINK] != u32::MAX).then_some(level)
    }

    /// Sends flow along one shortest path; `Some(false)` when none is left, `None` when the flow
    /// is unbounded. Iterative: graphs are as deep as the longest dependence chain.
    fn augment(&mut self, out: &Leaving, level: &[u32], next: &mut [usize]) -> Option<bool> {
        let mut path: Vec<u32> = Vec::new();
        let mut at = SOURCE;
        while at != SINK {
            let leaving = out.of(at);
            let step = (next[at]..leaving.len()).find(|&i| {
                let arc = self.arcs[leaving[i] as usize];
                arc.room > 0 && level[arc.to as usize] == level[at] + 1
            });
            if let Some(i) = step {
                next[at] = i;
                path.push(leaving[i]);
                at = self.arcs[leaving[i] as usize].to as usize;
            } else {
                next[at] = leaving.len();
                let Some(arc) = path.pop() else {
                    return Some(false);
                };
                at = self.arcs[(arc ^ 1) as usize].to as usize;
                next[at] += 1;
            }
        }
        let room = path.iter().map(|&a| self.arcs[a as usize].room).min()?;
        if room >= INFINITE / 2 {
            return None;
        }
        for arc in path {
            self.arcs[arc as usize].room -= room;
            self.arcs[(arc ^ 1) as usize].room += room;
        }
        Some(true)
    }

    fn reaching_sink(&self, out: &Leaving) -> Vec<bool> {
        let mut seen = vec![false; self.vertices];
        seen[SINK] = true;
        let mut stack = vec![SINK];
        while let Some(at) = stack.pop() {
            for &arc in out.of(at) {
                let back = self.arcs[(arc ^ 1) as usize];
                let from = self.arcs[arc as usize].to as usize;
                if back.room > 0 && !seen[from] {
                    seen[from] = true;
                    stack.push(from);
                }
            }
        }
        seen
    }
}

fn enter(node: usize) -> usize {
    2 + 2 * node
}

fn leave(node: usize) -> usize {
    3 + 2 * node
}

#[cfg(test)]
mod tests {
    use super::Graph;

    fn graph(
        weights: &[u64],
        origins: &[usize],
        goals: &[usize],
        edges: &[(usize, usize)],
    ) -> Graph {
        let mut graph = Graph::new(weights.len());
        for (node, &weight) in weights.iter().enumerate() {
            graph.weight(node, Some(weight));
        }
        for &node in origins {
            graph.origin(node);
        }
        for &node in goals {
            graph.goal(node);
        }
        for &(from, to) in edges {
            graph.edge(from, to);
        }
        graph
    }

    #[test]
    fn one_sum_is_cheaper_than_two_terms() {
        let cut = graph(&[8, 8, 8], &[0, 1], &[2], &[(0, 2), (1, 2)]).cut();
        assert_eq!(cut, Some(vec![2]));
    }

    #[test]
    fn one_origin_is_cheaper_than_two_uses() {
        let cut = graph(&[8, 8, 8], &[0], &[1, 2], &[(0, 1), (0, 2)]).cut();
        assert_eq!(cut, Some(vec![0]));
    }

    #[test]
    fn ties_go_to_the_demand_side() {
        let cut = graph(&[8, 8, 8], &[0], &[2], &[(0, 1), (1, 2)]).cut();
        assert_eq!(cut, Some(vec![2]));
    }

    #[test]
    fn what_depends_on_no_origin_is_not_stored() {
        assert_eq!(graph(&[8, 8], &[], &[1], &[(0, 1)]).cut(), Some(vec![]));
    }

    #[test]
    fn an_unstorable_chain_has_no_cut() {
        let mut graph = Graph::new(1);
        graph.weight(0, None);
        graph.origin(0);
        graph.goal(0);
        assert_eq!(graph.cut(), None);
    }
}
