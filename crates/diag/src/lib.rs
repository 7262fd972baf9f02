//! Diagnostics: stable codes, reasons, source locations, text and JSON rendering.
//!
//! Every refusal is a [`Diagnostic`]: a code from [`code`], the source line, the reason as a chain
//! of notes, and the fix. The rendered first line starts `Enzyme: `, as build logs for the
//! convention expect, and ends with the code. Nothing in this crate decides anything.

pub mod code;
pub use code::Code;

/// A source position.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    /// File name as the front end wrote it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1; 0 when unknown.
    pub column: u32,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// Compilation fails.
    Error,
    /// The derivative follows the convention but may surprise.
    Warning,
}

/// One diagnostic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, one sentence without a final period.
    pub message: String,
    /// Where, when there is debug info.
    pub position: Option<Position>,
    /// The chain of reasons, outermost first.
    pub notes: Vec<String>,
    /// What the user can do.
    pub fix: Option<String>,
}

/// Result of anything that can be refused.
pub type Result<T> = std::result::Result<T, Box<Diagnostic>>;

impl Diagnostic {
    /// An error without position, notes or fix.
    pub fn error(code: Code, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            position: None,
            notes: Vec::new(),
            fix: None,
        })
    }

    /// Sets the position unless one is known already.
    #[must_use]
    pub fn at(mut self: Box<Self>, position: Option<Position>) -> Box<Self> {
        if self.position.is_none() {
            self.position = position;
        }
        self
    }

    /// Adds a reason.
    #[must_use]
    pub fn note(mut self: Box<Self>, note: impl Into<String>) -> Box<Self> {
        self.notes.push(note.into());
        self
    }

    /// Says what the user can do.
    #[must_use]
    pub fn fix(mut self: Box<Self>, fix: impl Into<String>) -> Box<Self> {
        self.fix = Some(fix.into());
        self
    }

    /// Text form: `Enzyme: message [RZ0007]`, then notes and the fix, one line each.
    pub fn text(&self) -> String {
        let mut out = format!("Enzyme: {} [{}]", self.message, self.code);
        for note in &self.notes {
            out.push_str("\n  note: ");
            out.push_str(note);
        }
        if let Some(fix) = &self.fix {
            out.push_str("\n  help: ");
            out.push_str(fix);
        }
        out
    }
}
