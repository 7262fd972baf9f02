//! What `explain` shows: types, activity and plan of a request, as text for people and JSON lines.
//!
//! `-ribozyme-print-types`, `-print-activity` and `-print-plan` write to standard error; the
//! variable `RIBOZYME_EXPLAIN` names a file to which one JSON object a request is appended.

use crate::locate::CLONE;
use crate::options::Print;
use rz_diag::{Diagnostic, Position};
use rz_plan::explain::Section;
use std::io::Write;

/// What was found out about one request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Explanation {
    /// The prepared primal, whose values the other parts name.
    pub(crate) code: String,
    /// Type facts of the primal.
    pub(crate) types: String,
    /// Activity verdicts and their reasons.
    pub(crate) activity: String,
    /// Plans of the primal and of what is differentiated through calls.
    pub(crate) plan: String,
}

/// True when somebody wants to read explanations.
pub(crate) fn is_wanted(print: Print) -> bool {
    print.types || print.activity || print.plan || record_path().is_some()
}

fn record_path() -> Option<std::ffi::OsString> {
    std::env::var_os("RIBOZYME_EXPLAIN").filter(|path| !path.is_empty())
}

impl From<Vec<Section>> for Explanation {
    /// One text a part, functions one after the other.
    fn from(sections: Vec<Section>) -> Self {
        let mut all = Self::default();
        for section in sections {
            all.code.push_str(&section.code);
            all.types.push_str(&section.types);
            all.activity.push_str(&section.activity);
            all.plan.push_str(&section.plan);
        }
        all
    }
}

/// Whom an explanation is about.
pub(crate) struct About<'a> {
    /// The stem of the entry point.
    pub(crate) entry: &'a str,
    /// The primal as the user knows it.
    pub(crate) primal: &'a str,
    /// The request's position.
    pub(crate) at: Option<Position>,
}

impl Explanation {
    /// Shows what the options ask for and appends to the record.
    pub(crate) fn publish(&self, print: Print, about: &About, refusal: Option<&Diagnostic>) {
        let parts = [
            (print.types, "types", &self.types),
            (print.activity, "activity", &self.activity),
            (print.plan, "plan", &self.plan),
        ];
        for (wanted, name, text) in parts {
            if wanted {
                eprint!("{name} of {}:\n{}", about.primal, text.replace(CLONE, ""));
            }
        }
        let Some(path) = record_path() else { return };
        let at = about.at.as_ref().map_or(String::new(), |at| {
            format!("{}:{}:{}", at.file, at.line, at.column)
        });
        let line = serde_json::json!({
            "entry": about.entry,
            "primal": about.primal,
            "at": at,
            "code": self.code.replace(CLONE, ""),
            "types": self.types.replace(CLONE, ""),
            "activity": self.activity.replace(CLONE, ""),
            "plan": self.plan.replace(CLONE, ""),
            "error": refusal.map(Diagnostic::text),
        });
        let file = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path);
        if let Ok(mut file) = file {
            // A record that cannot be written is missing from the explanation, nothing else.
            let _ = writeln!(file, "{line}");
        }
    }
}
