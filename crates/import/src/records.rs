//! What the driver writes about records while their types are there, read back.
//!
//! ```text
//! !{i64 40, i64 0, i64 8, !"double", i64 8, i64 4, !"int", i64 16, i64 24, !"double"}
//!   40 bytes: a double, an int, 4 bytes of padding, three doubles
//! ```

pub use crate::tbaa::{described, structure as listed};

use crate::tbaa::entry;
use rustc_hash::FxHashMap;
use rz_llvm as llvm;
use rz_llvm::Metadata;
use rz_view::body::{PADDING, TbaaEntry};

/// Metadata of functions: descriptions of records, each with what its type says.
pub const RECORDS: &str = "ribozyme.records";
/// Metadata of variables: what they are.
pub const RECORD: &str = "ribozyme.record";

/// Members of descriptions, by what types say of them.
#[derive(Default)]
pub(crate) struct Table {
    /// `None` where two functions disagree.
    known: FxHashMap<Metadata, Option<Metadata>>,
}

impl Table {
    /// Takes in what a function's metadata says.
    pub(crate) fn read(&mut self, function: llvm::Function) {
        let kind = function.context().metadata_kind(RECORDS);
        let Some(table) = function.value().global_metadata(kind) else {
            return;
        };
        for pair in table.operands().into_iter().flatten() {
            if let [Some(description), Some(layout)] = pair.operands()[..] {
                let known = self.known.entry(description).or_insert(Some(layout));
                *known = known.filter(|&other| other == layout);
            }
        }
    }

    pub(crate) fn members(&self, description: Metadata) -> Option<Vec<TbaaEntry>> {
        self.known.get(&description).copied().flatten().map(layout)
    }
}

/// The members of a record and the padding between them.
pub(crate) fn layout(node: Metadata) -> Vec<TbaaEntry> {
    let operands = node.operands();
    let number = |at: usize| operands.get(at).copied().flatten()?.int();
    let mut entries = Vec::new();
    let mut end = 0;
    let skip = |entries: &mut Vec<TbaaEntry>, from: i64, to: i64| {
        if from < to {
            entries.push(entry(from, PADDING.to_owned(), (to - from) as u64));
        }
    };
    for at in (1..operands.len()).step_by(3) {
        let name = operands.get(at + 2).copied().flatten();
        let (Some(offset), Some(bytes), Some(name)) =
            (number(at), number(at + 1), name.and_then(Metadata::string))
        else {
            return Vec::new();
        };
        skip(&mut entries, end, offset);
        entries.push(entry(offset, name, bytes.max(0) as u64));
        end = end.max(offset + bytes);
    }
    skip(&mut entries, end, number(0).unwrap_or(0));
    entries
}
