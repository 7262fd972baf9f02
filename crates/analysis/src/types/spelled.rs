//! Type trees as sources spell them (section 13.3 of the convention).
//!
//! ```text
//! {[-1]:Pointer, [-1,0]:Float@double, [-1,8]:Integer}     a pointer to a double and an integer
//! ```
//!
//! The first index of a path is a byte offset within the value, each further one a byte offset in
//! the memory reached by following the pointer there; -1 is every offset.

use super::regions::NO_END;
use super::tree::{Class, Entry, Tree, Trees};
use rz_view::FloatKind;
use std::collections::BTreeMap;

/// Pointers followed.
const MAX_DEPTH: usize = 6;
/// Offsets past this say nothing.
const MAX_OFFSET: i64 = 500;

/// A parsed type tree.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Spelled {
    /// What lies at each offset, in order.
    levels: BTreeMap<i64, Level>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Level {
    class: Option<Class>,
    behind: Spelled,
}

impl Spelled {
    /// Parses the string form; what is wrong otherwise.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { rest: text };
        let mut tree = Self::default();
        parser.expect('{')?;
        if !parser.eat('}') {
            loop {
                let path = parser.path()?;
                parser.expect(':')?;
                let class = parser.class()?;
                tree.insert(&path, class)?;
                if parser.eat('}') {
                    break;
                }
                parser.expect(',')?;
            }
        }
        if parser.rest.trim().is_empty() {
            Ok(tree)
        } else {
            Err(format!("`{}` follows the tree", parser.rest.trim()))
        }
    }

    fn insert(&mut self, path: &[i64], class: Class) -> Result<(), String> {
        let Some((&first, rest)) = path.split_first() else {
            return Ok(());
        };
        let level = self.levels.entry(first).or_default();
        if !rest.is_empty() {
            if level.class.is_some_and(|c| c != Class::Pointer) {
                return Err("a path leads through something that is no pointer".to_owned());
            }
            return level.behind.insert(rest, class);
        }
        match level.class {
            Some(other) if other != class => Err(format!("both {other} and {class} at [{first}]")),
            _ => {
                level.class = Some(class);
                Ok(())
            }
        }
    }

    /// A path through memory needs a pointer to start from.
    fn is_rooted(&self) -> bool {
        self.levels.values().all(|level| {
            level.behind.is_rooted()
                && (level.behind.levels.is_empty() || level.class == Some(Class::Pointer))
        })
    }

    /// What does not fit a value of `bytes` bytes, when anything does not.
    pub fn misfit(&self, bytes: u64) -> Option<String> {
        if !self.is_rooted() {
            return Some("a path leads through something that is no pointer".to_owned());
        }
        let outside = |&&offset: &&i64| offset < -1 || offset >= bytes as i64;
        let offset = self.levels.keys().find(outside)?;
        Some(format!(
            "offset {offset} lies outside of the {bytes} bytes of the value"
        ))
    }

    /// The tree of a value of so many bytes.
    pub(crate) fn value(&self, trees: &mut Trees, bytes: u64, pointer_bytes: u64) -> Tree {
        let mut entries = Vec::new();
        for (&offset, level) in &self.levels {
            let Some(class) = level.class.filter(|&c| c != Class::Unknown) else {
                continue;
            };
            let each = match class {
                Class::Integer | Class::Anything if offset == -1 => bytes,
                _ => class.element_bytes(pointer_bytes),
            };
            let (from, to) = match offset {
                -1 => (0, bytes as i64),
                _ => (offset, offset + each as i64),
            };
            let mut at = from;
            while at < to && at + each as i64 <= bytes as i64 {
                let behind = level.behind.memory(trees, pointer_bytes, MAX_DEPTH);
                entries.push(entry(at, 0, each, class, behind));
                at += each as i64;
            }
        }
        trees.tree(entries)
    }

    /// The tree of memory.
    pub(crate) fn memory(&self, trees: &mut Trees, pointer_bytes: u64, depth: usize) -> Tree {
        let mut entries = Vec::new();
        if depth == 0 {
            return Tree::unknown();
        }
        for (&offset, level) in &self.levels {
            let Some(class) = level.class.filter(|&c| c != Class::Unknown) else {
                continue;
            };
            if offset > MAX_OFFSET {
                continue;
            }
            let each = class.element_bytes(pointer_bytes);
            let behind = level.behind.memory(trees, pointer_bytes, depth - 1);
            let (start, stride) = if offset < 0 { (0, each) } else { (offset, 0) };
            entries.push(entry(start, stride, each, class, behind));
        }
        trees.tree(entries)
    }
}

fn entry(start: i64, stride: u64, bytes: u64, class: Class, behind: Tree) -> Entry {
    Entry {
        start,
        stride,
        end: NO_END,
        bytes,
        hint: false,
        class,
        pointee: Some(behind).filter(|tree| class == Class::Pointer && !tree.is_unknown()),
    }
}

struct Parser<'t> {
    rest: &'t str,
}

impl<'t> Parser<'t> {
    fn eat(&mut self, wanted: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.eat(wanted) {
            return Ok(());
        }
        match self.rest.chars().next() {
            Some(found) => Err(format!("`{found}` where `{wanted}` must be")),
            None => Err(format!("`{wanted}` is missing at the end")),
        }
    }

    fn path(&mut self) -> Result<Vec<i64>, String> {
        self.expect('[')?;
        let mut path = Vec::new();
        if self.eat(']') {
            return Ok(path);
        }
        loop {
            path.push(self.index()?);
            if self.eat(']') {
                return Ok(path);
            }
            self.expect(',')?;
        }
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn index(&mut self) -> Result<i64, String> {
        let digits = self.word(|c| c == '-' || c.is_ascii_digit());
        let index: Option<i64> = digits.parse().ok();
        index
            .filter(|&index| index >= -1)
            .ok_or_else(|| format!("`{digits}` is no offset"))
    }

    fn class(&mut self) -> Result<Class, String> {
        let word = self.word(|c| c == '@' || c.is_ascii_alphanumeric());
        Ok(match word {
            "Integer" => Class::Integer,
            "Pointer" => Class::Pointer,
            "Anything" => Class::Anything,
            "Unknown" => Class::Unknown,
            "Float@half" => Class::Float(FloatKind::Half),
            "Float@bf16" => Class::Float(FloatKind::BFloat),
            "Float@float" => Class::Float(FloatKind::Single),
            "Float@double" => Class::Float(FloatKind::Double),
            "Float@fp80" => Class::Float(FloatKind::X86Fp80),
            "Float@fp128" => Class::Float(FloatKind::Fp128),
            "Float@ppc128" => Class::Float(FloatKind::PpcFp128),
            _ => return Err(format!("`{word}` is no type")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Spelled;
    use crate::types::tree::Trees;

    fn check(text: &str, bytes: u64, expected: &str) {
        let spelled = Spelled::parse(text).unwrap();
        assert_eq!(spelled.misfit(bytes), None, "{text}");
        let tree = spelled.value(&mut Trees::default(), bytes, 8);
        assert_eq!(tree.to_string(), expected, "{text}");
    }

    #[test]
    fn values_and_memory() {
        check("{}", 8, "?");
        check("{[-1]:Integer}", 4, "int");
        check("{[-1]:Float@double}", 16, "<0: double, 8: double>");
        check(
            "{[0]:Float@float, [4] : Integer}",
            8,
            "<0: float, 4: int:1>",
        );
        check(
            "{[-1]:Pointer, [-1,0]:Float@double, [-1,8]:Integer}",
            8,
            "ptr{0: double, 8: int:1}",
        );
        check(
            "{[-1]:Pointer,[-1,-1]:Float@double}",
            8,
            "ptr{0+8k: double}",
        );
        check(
            "{[-1]:Pointer,[-1,8]:Pointer,[-1,8,-1]:Float@float}",
            8,
            "ptr{8: ptr{0+4k: float}}",
        );
    }

    #[test]
    fn what_is_wrong() {
        for (text, expected) in [
            ("", "`{` is missing at the end"),
            ("{[0]:Double}", "`Double` is no type"),
            ("{[x]:Integer}", "`` is no offset"),
            ("{[-2]:Integer}", "`-2` is no offset"),
            ("{[0]:Integer", "`,` is missing at the end"),
            ("{[0]:Integer,[0]:Pointer}", "both int and ptr at [0]"),
            (
                "{[0]:Integer,[0,0]:Pointer}",
                "a path leads through something that is no pointer",
            ),
            ("{} x", "`x` follows the tree"),
        ] {
            assert_eq!(Spelled::parse(text), Err(expected.to_owned()), "{text}");
        }
        let outside = Spelled::parse("{[8]:Integer}").unwrap();
        assert!(outside.misfit(8).is_some());
        let unrooted = Spelled::parse("{[-1,0]:Integer}").unwrap();
        assert!(unrooted.misfit(8).is_some());
    }
}
