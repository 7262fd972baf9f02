//! Reads the declaration that a case carries in its `//!` comments.
//!
//! A case is one C file. Its leading `//!` lines say what is called and with which arguments; everything
//! else (the driver of each mode, the oracle) follows from them:
//!
//! ```text
//! //! ret REAL
//! //! out REAL x = 0.5 | -1.25              one value list a point, points separated by |
//! //! dup REAL a[4] = 1 2 3 4 | fill(-1, 1)
//! //! dup struct body b[2] { .m .p[0..3] } = fill
//! //! const int n = 4
//! //! mem REAL data[9] = fill               memory reached through a link; not an argument
//! //! link @->rows[1] = @->data + 3         done in the primal and in the shadow
//! //! set @->b[0].id = 7                    done in the primal only
//! ```
//!
//! Activities are `out`, `dup`, `dupnoneed`, `const`, `mem` and `constmem`. Options: `call NAME` (the entry
//! point, `f` by default), `tol T`, `fd off` or `fd TOLERANCE [STEP]`, `style STYLE`, `flags …`, `options …` (of the plugin, without `-mllvm -ribozyme-`),
//! `variants off`, `threads off`, `sanitized` (under `AddressSanitizer`, not only if its name is drawn), `interpreted off WHY`, `modes reverse|forward`, `refuse CODE [LEVEL…]` (the right answer is that error), and for second
//! derivatives `second off WHY`, `second TOLERANCE [STEP]`, `second refuse CODE MODE…`.

mod parse;
mod values;

use std::fmt;

/// How an argument takes part in differentiation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Activity {
    /// Active by value; its derivative is returned.
    Out,
    /// Memory with a shadow.
    Dup,
    /// As `Dup`, and the primal result in it is not needed.
    DupNoNeed,
    /// Inactive.
    Const,
    /// Active memory behind a link, not an argument.
    Mem,
    /// Inactive memory behind a link.
    ConstMem,
}

impl Activity {
    /// Whether derivatives flow through the scalars of the argument.
    pub fn active(self) -> bool {
        !matches!(self, Activity::Const | Activity::ConstMem)
    }
    /// Whether this is an argument of the function rather than memory behind one.
    pub fn is_argument(self) -> bool {
        !matches!(self, Activity::Mem | Activity::ConstMem)
    }
}

/// The values of an argument's leaves at one point.
#[derive(Clone, Debug)]
pub enum Values {
    /// C literals, one a leaf.
    List(Vec<String>),
    /// A C string literal copied into the argument.
    Text(String),
}

/// An argument, or memory behind one.
#[derive(Clone, Debug)]
pub struct Arg {
    /// How it takes part.
    pub activity: Activity,
    /// The C type before the declarator.
    pub ctype: String,
    /// Its name.
    pub name: String,
    /// Array dimensions of the declarator.
    pub dims: Vec<u32>,
    /// Whether the declarator has a `*`.
    pub pointer: bool,
    /// Paths of the leaves from the argument, such as `[1].p[2]`.
    pub leaves: Vec<String>,
    /// One entry a point, or one for all of them.
    pub values: Vec<Values>,
}

impl Arg {
    /// Passed by value: neither an array nor a pointer.
    pub fn by_value(&self) -> bool {
        self.dims.is_empty() && !self.pointer
    }
    /// The values at a point.
    pub fn at(&self, point: usize) -> Option<&Values> {
        self.values.get(point).or(self.values.first())
    }
}

/// The result of the function.
#[derive(Clone, Debug)]
pub struct Ret {
    /// Its C type.
    pub ctype: String,
    /// Whether derivatives flow through it.
    pub active: bool,
    /// Returned through memory, so that its shadow is passed to the request.
    pub sret: bool,
    /// Paths of its active leaves; `""` for a scalar.
    pub leaves: Vec<String>,
}

/// How the request is spelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// A marker before every argument.
    Marked,
    /// No marker: the default activities are those wanted.
    Bare,
    /// Shadows after all primals.
    Interleave,
    /// The primal result comes back with the derivatives.
    Primal,
}

/// Everything a case declares.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The entry point.
    pub call: String,
    /// What it returns.
    pub ret: Ret,
    /// Arguments and memory, in order.
    pub args: Vec<Arg>,
    /// `(place, expression)` with `@` for the arguments' or shadows' object.
    pub links: Vec<(String, String)>,
    /// The same, for the primal only.
    pub sets: Vec<(String, String)>,
    /// Relative tolerance between the gradient and the oracle.
    pub tolerance: f64,
    /// Tolerance and step of central differences, if they are meaningful.
    pub differences: Option<(f64, f64)>,
    /// The request's spelling.
    pub style: Style,
    /// Extra flags for clang.
    pub flags: Vec<String>,
    /// Flags that give the plugin its options.
    pub options: Vec<String>,
    /// Whether the build variants apply.
    pub variants: bool,
    /// Whether the case may run in two threads at once.
    pub threads: bool,
    /// Whether reverse mode is requested.
    pub reverse: bool,
    /// Whether forward mode is requested.
    pub forward: bool,
    /// Codes of errors that are the right answer, each with the levels where it is (all if empty).
    pub refuse: Vec<(String, Vec<String>)>,
    /// How second derivatives are judged.
    pub second: Second,
    /// Whether the interpreter can run the case.
    pub interpreted: bool,
    /// Built under `AddressSanitizer` whatever its name.
    pub sanitized: bool,
}

/// How second derivatives are judged.
#[derive(Clone, Debug)]
pub struct Second {
    /// Whether they are meaningful here.
    pub on: bool,
    /// Relative tolerance.
    pub tolerance: f64,
    /// Step of the oracle's differences.
    pub step: f64,
    /// Codes of errors that are the right answer, each with the modes where it is.
    pub refuse: Vec<(String, Vec<String>)>,
}

/// Why a declaration could not be read.
#[derive(Debug)]
pub struct SpecError {
    /// The offending line.
    pub line: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.line, self.why)
    }
}

impl Spec {
    /// The number of points at which the case runs.
    pub fn points(&self) -> usize {
        self.args
            .iter()
            .map(|a| a.values.len())
            .max()
            .unwrap_or(1)
            .max(1)
    }
    /// The code of the error that is the right answer at a level.
    pub fn refusal(&self, level: &str) -> Option<&str> {
        let here = |levels: &Vec<String>| levels.is_empty() || levels.iter().any(|l| l == level);
        let found = self.refuse.iter().find(|(_, levels)| here(levels));
        found.map(|(code, _)| code.as_str())
    }
    /// Active leaves in the order in which drivers visit them, as C expressions.
    pub fn active_leaves(&self) -> Vec<String> {
        let active = self.args.iter().filter(|a| a.activity.active());
        active
            .flat_map(|a| a.leaves.iter().map(|l| format!("{}{l}", a.name)))
            .collect()
    }
    /// Arguments of the function, in order.
    pub fn arguments(&self) -> impl Iterator<Item = &Arg> {
        self.args.iter().filter(|a| a.activity.is_argument())
    }
}
