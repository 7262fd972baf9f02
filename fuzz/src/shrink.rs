//! Makes a failing program smaller while it still fails in the same way.
//!
//! Greedy: the first edit after which it still fails is taken, until none is left or the tries are spent.
//! The same way means: still wrong, or still crashing the compiler, or still refused for the same code.

use crate::level::Level;
use crate::module::{Bench, Verdict};
use crate::text::HEADER;
use crate::tree::Program;
use std::time::{Duration, Instant};

/// How many candidates share a module at most, and how much text.
const CHUNK: usize = 16;
const CHUNK_TEXT: usize = 16_000;

/// Sorts verdicts into ways of failing.
fn way(v: &Verdict) -> Option<String> {
    match v {
        Verdict::Right | Verdict::Skipped => None,
        Verdict::Refused(why) => Some(format!("refused {}", why.rsplit('[').next().unwrap_or(""))),
        Verdict::Wrong(why) if why.starts_with("the compiler") => Some("compiler".into()),
        Verdict::Wrong(why) if why.starts_with("the program") => Some("crash".into()),
        // A smaller program whose own result is another one has no meaning, as where it reads beyond an array.
        Verdict::Wrong(why) if why.contains("plain") => Some("plain".into()),
        Verdict::Wrong(_) => Some("wrong".into()),
    }
}

/// The smallest failing program found, with its verdict.
pub(crate) fn shrink(
    bench: &Bench,
    program: &Program,
    level: &Level,
    first: &Verdict,
    mut tries: usize,
    limit: Duration,
) -> (Program, Verdict) {
    let start = Instant::now();
    let target = way(first);
    let (mut best, mut verdict) = (program.clone(), first.clone());
    // Where the last success was: edits before it were tried on nearly the same program.
    let mut from = 0;
    loop {
        let edits = best.edits();
        let size = best.print("p").len();
        let order: Vec<usize> = (from.min(edits.len())..edits.len())
            .chain(0..from.min(edits.len()))
            .collect();
        let smaller = |c: &Program| c.print("p").len() < size || c.values.len() < best.values.len();
        let order: Vec<usize> = order
            .into_iter()
            .filter(|&at| smaller(&edits[at]))
            .collect();
        let mut found = None;
        let chunk = (CHUNK_TEXT / size.max(1)).clamp(1, CHUNK);
        for chunk in order.chunks(chunk) {
            if tries == 0 || start.elapsed() > limit {
                return (best, verdict);
            }
            tries = tries.saturating_sub(chunk.len());
            let candidates: Vec<&Program> = chunk.iter().map(|&at| &edits[at]).collect();
            let verdicts = bench.judge_candidates(&candidates, level);
            let hit = |v: &Option<Verdict>| v.as_ref().is_some_and(|v| way(v) == target);
            if let Some(k) = verdicts.iter().position(hit) {
                let why = verdicts[k].clone().unwrap_or(Verdict::Right);
                found = Some((chunk[k], edits[chunk[k]].clone(), why));
                break;
            }
        }
        match found {
            Some((at, smaller, why)) => (from, best, verdict) = (at, smaller, why),
            None => return (best, verdict),
        }
    }
}

/// The program as a run case.
pub(crate) fn as_case(p: &Program, note: &str) -> String {
    let list = |row: &[f64]| {
        row.iter()
            .map(|v| format!("{v:?}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let each = |range: std::ops::Range<usize>| {
        p.values
            .iter()
            .map(|row| list(&row[range.clone()]))
            .collect::<Vec<_>>()
            .join(" | ")
    };
    let n =
        p.n.iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" | ");
    format!(
        "// {note}\n//! ret REAL\n//! {} REAL x = {}\n//! out REAL y = {}\n//! dup REAL a[8] = {}\n//! {} REAL b[8] = {}\n//! const int n = {n}\n//! call p_f\n//! tol {}\n//! fd off\n{HEADER}{}",
        if p.x_active { "out" } else { "const" },
        each(0..1),
        each(1..2),
        each(2..10),
        if p.b_active { "dup" } else { "const" },
        each(10..18),
        if p.single { "5e-3" } else { "1e-7" },
        p.print("p")
    )
}
