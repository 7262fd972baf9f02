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
//! point, `f` by default), `tol T`, `fd off` or `fd TOLERANCE [STEP]`, `style STYLE`, `flags …`,
//! `variants off`, `threads off`, `interpreted off WHY`, `modes reverse|forward`, `refuse CODE [LEVEL…]` (the right answer is that error), and for second
//! derivatives `second off WHY`, `second TOLERANCE [STEP]`, `second refuse CODE MODE…`.

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
    /// Whether the build variants apply.
    pub variants: bool,
    /// Whether the case may run in two threads at once.
    pub threads: bool,
    /// Whether reverse mode is requested.
    pub reverse: bool,
    /// Whether forward mode is requested.
    pub forward: bool,
    /// The code of the error that is the right answer, and the levels where it is (all if empty).
    pub refuse: Option<(String, Vec<String>)>,
    /// How second derivatives are judged.
    pub second: Second,
    /// Whether the interpreter can run the case.
    pub interpreted: bool,
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

    /// Reads the `//!` lines of a case.
    pub fn parse(source: &str) -> Result<Spec, SpecError> {
        let reduced = ["REALH", "REALB"].iter().any(|t| source.contains(t));
        let single = source.contains("REALF");
        let mut spec = Spec {
            call: "f".into(),
            ret: Ret {
                ctype: "void".into(),
                active: false,
                sret: false,
                leaves: vec![],
            },
            args: vec![],
            links: vec![],
            sets: vec![],
            tolerance: if reduced {
                3e-2
            } else if single {
                1e-4
            } else {
                1e-10
            },
            differences: Some(if reduced {
                (0.2, 0.06)
            } else if single {
                (2e-2, 4e-3)
            } else {
                (1e-5, 1e-6)
            }),
            style: Style::Marked,
            flags: vec![],
            variants: true,
            threads: true,
            reverse: true,
            forward: true,
            refuse: None,
            interpreted: true,
            second: Second {
                on: !reduced,
                tolerance: if single { 1e-2 } else { 1e-6 },
                step: if single { 0.02 } else { 2e-4 },
                refuse: vec![],
            },
        };
        for line in source
            .lines()
            .filter_map(|l| l.trim_start().strip_prefix("//!"))
        {
            let line = line.trim();
            if !line.is_empty() {
                spec.line(line).map_err(|why| SpecError {
                    line: line.into(),
                    why,
                })?;
            }
        }
        if spec.ret.leaves.is_empty() && !spec.args.iter().any(|a| a.activity.active()) {
            return Err(SpecError {
                line: String::new(),
                why: "nothing is active".into(),
            });
        }
        Ok(spec)
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let number = |s: &str| s.parse::<f64>().map_err(|e| format!("{s}: {e}"));
        match word {
            "ret" => self.ret = parse_ret(rest)?,
            "out" => self.args.push(parse_arg(Activity::Out, rest)?),
            "dup" => self.args.push(parse_arg(Activity::Dup, rest)?),
            "dupnoneed" => self.args.push(parse_arg(Activity::DupNoNeed, rest)?),
            "const" => self.args.push(parse_arg(Activity::Const, rest)?),
            "mem" => self.args.push(parse_arg(Activity::Mem, rest)?),
            "constmem" => self.args.push(parse_arg(Activity::ConstMem, rest)?),
            "link" | "set" => {
                let (place, value) = rest.split_once('=').ok_or("expected PLACE = VALUE")?;
                let list = if word == "link" {
                    &mut self.links
                } else {
                    &mut self.sets
                };
                list.push((place.trim().into(), value.trim().into()));
            }
            "call" => self.call = rest.into(),
            "tol" => self.tolerance = number(rest)?,
            "fd" if rest == "off" => self.differences = None,
            "fd" => {
                let mut words = rest.split_whitespace();
                let (old_tolerance, old_step) = self.differences.unwrap_or((1e-5, 1e-6));
                let tolerance = words.next().map_or(Ok(old_tolerance), number)?;
                self.differences = Some((tolerance, words.next().map_or(Ok(old_step), number)?));
            }
            "style" => {
                self.style = match rest {
                    "bare" => Style::Bare,
                    "interleave" => Style::Interleave,
                    "primal" => Style::Primal,
                    "marked" => Style::Marked,
                    _ => return Err("unknown style".into()),
                }
            }
            "flags" => self.flags.extend(rest.split_whitespace().map(String::from)),
            "variants" => self.variants = rest != "off",
            "threads" => self.threads = rest != "off",
            "interpreted" if rest.starts_with("off ") => self.interpreted = false,
            "modes" => {
                self.reverse = rest.contains("reverse");
                self.forward = rest.contains("forward");
            }
            "refuse" => {
                let mut words = rest.split_whitespace().map(String::from);
                let code = words.next().ok_or("expected a code")?;
                self.refuse = Some((code, words.collect()));
            }
            "second" => self.second_line(rest)?,
            _ => return Err("unknown keyword".into()),
        }
        Ok(())
    }

    fn second_line(&mut self, rest: &str) -> Result<(), String> {
        let mut words = rest.split_whitespace().map(String::from);
        let mut number = || {
            let word = words.next().unwrap_or_default();
            word.parse::<f64>().map_err(|e| format!("{word}: {e}"))
        };
        if let Some(rest) = rest.strip_prefix("refuse ") {
            let mut words = rest.split_whitespace().map(String::from);
            let code = words.next().ok_or("expected a code")?;
            self.second.refuse.push((code, words.collect()));
        } else if rest.starts_with("off") {
            self.second.on = false;
        } else {
            self.second.tolerance = number()?;
            if let Ok(step) = number() {
                self.second.step = step;
            }
        }
        Ok(())
    }
}

fn parse_ret(rest: &str) -> Result<Ret, String> {
    let (head, leaves) = match rest.split_once('{') {
        Some((head, tail)) => (head, Some(tail.trim_end().trim_end_matches('}'))),
        None => (rest, None),
    };
    let mut words: Vec<&str> = head.split_whitespace().collect();
    let mut take = |w: &str| {
        words.first() == Some(&w) && {
            words.remove(0);
            true
        }
    };
    let constant = take("const");
    let sret = take("sret");
    let ctype = words.join(" ");
    let leaves = match leaves {
        Some(list) => expand_all(list)?,
        None if ctype.starts_with("REAL") => vec![String::new()],
        None => vec![],
    };
    Ok(Ret {
        active: !constant && !leaves.is_empty(),
        sret,
        leaves,
        ctype,
    })
}

fn parse_arg(activity: Activity, rest: &str) -> Result<Arg, String> {
    let (declaration, values) = match rest.split_once('=') {
        Some((d, v)) => (d.trim(), Some(v.trim())),
        None => (rest, None),
    };
    let (declarator, paths) = match declaration.split_once('{') {
        Some((d, tail)) => (d.trim(), Some(tail.trim_end().trim_end_matches('}'))),
        None => (declaration, None),
    };
    let (head, brackets) = declarator.split_at(declarator.find('[').unwrap_or(declarator.len()));
    let head = head.trim();
    let start = head
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
        .map_or(0, |i| i + 1);
    let (name, mut ctype) = (head[start..].to_string(), head[..start].trim().to_string());
    let pointer = ctype.ends_with('*');
    if name.is_empty() || ctype.is_empty() {
        return Err("expected TYPE NAME".into());
    }
    if pointer {
        ctype = ctype.trim().to_string();
    }
    let dims = brackets
        .split(['[', ']'])
        .filter(|s| !s.trim().is_empty())
        .map(|s| {
            s.trim()
                .parse::<u32>()
                .map_err(|e| format!("dimension {s}: {e}"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut leaves = vec![String::new()];
    for &d in &dims {
        leaves = leaves
            .iter()
            .flat_map(|l| (0..d).map(move |i| format!("{l}[{i}]")))
            .collect();
    }
    if let Some(paths) = paths {
        let inner = expand_all(paths)?;
        leaves = leaves
            .iter()
            .flat_map(|l| inner.iter().map(move |p| format!("{l}{p}")))
            .collect();
    } else if pointer {
        leaves.clear();
    }
    let mut all = Vec::new();
    for (point, text) in values
        .map(|v| v.split('|').collect::<Vec<_>>())
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        let value = parse_values(text.trim(), leaves.len(), point, &name)?;
        if matches!(value, Values::Text(_)) {
            leaves.clear();
        }
        all.push(value);
    }
    if all.is_empty() && !leaves.is_empty() {
        return Err("needs values (= …)".into());
    }
    Ok(Arg {
        activity,
        ctype,
        name,
        dims,
        pointer,
        leaves,
        values: all,
    })
}

fn parse_values(text: &str, count: usize, point: usize, name: &str) -> Result<Values, String> {
    if text.starts_with('"') {
        return Ok(Values::Text(text.into()));
    }
    if let Some(range) = text.strip_prefix("fill") {
        let range = range.trim().trim_start_matches('(').trim_end_matches(')');
        let (lo, hi) = range.split_once(',').unwrap_or(("0.5", "1.5"));
        let number = |s: &str| s.trim().parse::<f64>().map_err(|e| format!("{s}: {e}"));
        return Ok(Values::List(fill(
            number(lo)?,
            number(hi)?,
            count,
            point,
            name,
        )));
    }
    let list: Vec<String> = text
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|s| !s.is_empty())
        .map(String::from)
        .collect();
    if list.len() == 1 && count > 1 {
        return Ok(Values::List(vec![list[0].clone(); count]));
    }
    if list.len() != count {
        return Err(format!("{count} leaves but {} values", list.len()));
    }
    Ok(Values::List(list))
}

/// Values without any pattern in `[lo, hi]`, multiples of 1/4096 so that they are exact in single precision.
fn fill(lo: f64, hi: f64, count: usize, point: usize, name: &str) -> Vec<String> {
    let mut state = name
        .bytes()
        .fold(0x9e37_79b9_7f4a_7c15_u64 + point as u64, |s, b| {
            (s ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        });
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let unit = (state >> 40) as f64 / (1u64 << 24) as f64;
        let value = lo + (hi - lo) * unit;
        format!("{:?}", (value * 4096.0).round() / 4096.0)
    };
    (0..count).map(|_| next()).collect()
}

fn expand_all(list: &str) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for path in list.split_whitespace() {
        out.extend(expand(path)?);
    }
    Ok(out)
}

/// `.p[0..3].x` → `.p[0].x`, `.p[1].x`, `.p[2].x`.
fn expand(path: &str) -> Result<Vec<String>, String> {
    let Some(dots) = path.find("..") else {
        return Ok(vec![path.to_string()]);
    };
    let open = path[..dots].rfind('[').ok_or("range without [")?;
    let close = dots + path[dots..].find(']').ok_or("range without ]")?;
    let number = |s: &str| s.parse::<u32>().map_err(|e| format!("{s}: {e}"));
    let (lo, hi) = (
        number(&path[open + 1..dots])?,
        number(&path[dots + 2..close])?,
    );
    let mut out = Vec::new();
    for i in lo..hi {
        out.extend(expand(&format!(
            "{}[{i}]{}",
            &path[..open],
            &path[close + 1..]
        ))?);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_arguments_of_every_shape() {
        let s = Spec::parse(
            "//! ret REAL\n//! out REAL x = 1 | 2\n//! dup struct body b[2] { .m .p[0..2] } = fill\n//! const int n = 3\n//! mem REAL *r[2]\nREAL f;",
        )
        .unwrap();
        assert_eq!(s.points(), 2);
        assert_eq!(
            s.active_leaves(),
            [
                "x",
                "b[0].m",
                "b[0].p[0]",
                "b[0].p[1]",
                "b[1].m",
                "b[1].p[0]",
                "b[1].p[1]"
            ]
        );
        assert!(s.args[0].by_value() && !s.args[3].by_value());
    }

    #[test]
    fn counts_values() {
        let e = Spec::parse("//! ret REAL\n//! dup REAL a[3] = 1 2\n").unwrap_err();
        assert_eq!(e.why, "3 leaves but 2 values");
    }
}
