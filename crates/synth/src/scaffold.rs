//! What all writers need.

use rz_diag::Position;
use rz_view::{Body, Inst};

/// The source position of an instruction.
pub(crate) fn position(body: &Body, inst: Inst) -> Option<Position> {
    body.insts[inst].loc.as_ref().map(|loc| Position {
        file: loc.file.to_string(),
        line: loc.line,
        column: loc.column,
    })
}
