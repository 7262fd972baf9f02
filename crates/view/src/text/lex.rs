//! Tokens of the text form, with their lines.

use super::ParseError;
use std::fmt::Write as _;

/// A token.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    /// Name, keyword or number: letters, digits, `_`, `.`, `-`, `+`.
    Word(String),
    /// `@name` or `@"name"`.
    Symbol(String),
    /// `"text"`.
    Text(String),
    /// One punctuation character.
    Punct(char),
    /// End of a line.
    Newline,
    /// End of the text.
    End,
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(word) => write!(f, "`{word}`"),
            Self::Symbol(name) => write!(f, "`@{name}`"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Punct(c) => write!(f, "`{c}`"),
            Self::Newline => f.write_str("end of line"),
            Self::End => f.write_str("end of text"),
        }
    }
}

/// True for characters of bare words and symbols.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '+' | '$')
}

/// The tokens of a text, read one at a time.
pub(super) struct Lexer {
    tokens: Vec<(Token, u32)>,
    next: usize,
}

impl Lexer {
    /// Splits `text`. `;` starts a comment.
    pub(super) fn new(text: &str) -> Result<Self, ParseError> {
        let mut tokens = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let number = index as u32 + 1;
            split(line, number, &mut tokens)?;
            tokens.push((Token::Newline, number));
        }
        Ok(Self { tokens, next: 0 })
    }

    /// The next token.
    pub(super) fn peek(&self) -> Token {
        self.ahead(0)
    }

    /// The token `distance` after the next one.
    pub(super) fn ahead(&self, distance: usize) -> Token {
        self.tokens
            .get(self.next + distance)
            .map_or(Token::End, |t| t.0.clone())
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Token {
        let token = self.peek();
        self.next += 1;
        token
    }

    /// Starts again at the first token.
    pub(super) fn rewind(&mut self) {
        self.next = 0;
    }

    /// An error at the current line.
    pub(super) fn error(&self, message: impl Into<String>) -> ParseError {
        let line = self
            .tokens
            .get(self.next.min(self.tokens.len().saturating_sub(1)))
            .map_or(0, |t| t.1);
        ParseError {
            line,
            message: message.into(),
        }
    }

    /// Takes `c` if it is next.
    pub(super) fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Token::Punct(c);
        self.next += usize::from(found);
        found
    }

    /// Takes the keyword `word` if it is next.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Token::Word(w) if w == word);
        self.next += usize::from(found);
        found
    }

    /// Requires `c`.
    pub(super) fn expect(&mut self, c: char) -> Result<(), ParseError> {
        if self.eat(c) {
            Ok(())
        } else {
            Err(self.error(format!("expected `{c}`, found {}", self.peek())))
        }
    }

    /// Requires the keyword `word`.
    pub(super) fn expect_word(&mut self, word: &str) -> Result<(), ParseError> {
        if self.eat_word(word) {
            Ok(())
        } else {
            Err(self.error(format!("expected `{word}`, found {}", self.peek())))
        }
    }

    /// Requires a word.
    pub(super) fn word(&mut self) -> Result<String, ParseError> {
        match self.peek() {
            Token::Word(word) => {
                self.next += 1;
                Ok(word)
            }
            other => Err(self.error(format!("expected a word, found {other}"))),
        }
    }

    /// Requires quoted text.
    pub(super) fn text(&mut self) -> Result<String, ParseError> {
        match self.peek() {
            Token::Text(text) => {
                self.next += 1;
                Ok(text)
            }
            other => Err(self.error(format!("expected quoted text, found {other}"))),
        }
    }

    /// Requires a number.
    pub(super) fn number<T: std::str::FromStr>(&mut self) -> Result<T, ParseError> {
        let word = self.word()?;
        word.parse()
            .map_err(|_| self.error(format!("`{word}` is not a number that fits here")))
    }

    /// Requires an entity such as `v3`, and returns its index.
    pub(super) fn entity(&mut self, prefix: &str) -> Result<u32, ParseError> {
        let word = self.word()?;
        index(&word, prefix)
            .ok_or_else(|| self.error(format!("expected `{prefix}N`, found `{word}`")))
    }

    /// Requires the end of the line, and skips empty lines after it.
    pub(super) fn end_of_line(&mut self) -> Result<(), ParseError> {
        if !matches!(self.peek(), Token::Newline | Token::End) {
            return Err(self.error(format!(
                "expected the end of the line, found {}",
                self.peek()
            )));
        }
        self.skip_newlines();
        Ok(())
    }

    /// Skips empty lines.
    pub(super) fn skip_newlines(&mut self) {
        while self.peek() == Token::Newline {
            self.next += 1;
        }
    }
}

/// `index("v12", "v") == Some(12)`.
pub(super) fn index(word: &str, prefix: &str) -> Option<u32> {
    let digits = word.strip_prefix(prefix)?;
    // Ids above this are typing errors, and would make dense maps huge.
    digits.parse().ok().filter(|&n| n < 1 << 28)
}

fn split(line: &str, number: u32, tokens: &mut Vec<(Token, u32)>) -> Result<(), ParseError> {
    let mut chars = line.chars().peekable();
    while let Some(&c) = chars.peek() {
        if c == ';' {
            return Ok(());
        }
        let token = match c {
            c if c.is_whitespace() => {
                chars.next();
                continue;
            }
            '"' => Token::Text(quoted(&mut chars, number)?),
            '@' => {
                chars.next();
                Token::Symbol(if chars.peek() == Some(&'"') {
                    quoted(&mut chars, number)?
                } else {
                    word(&mut chars)
                })
            }
            c if is_word(c) => Token::Word(word(&mut chars)),
            c => {
                chars.next();
                Token::Punct(c)
            }
        };
        // `->` reads as punctuation, not as the word `-` and a bracket.
        let token = match token {
            Token::Word(w) if w == "-" && chars.peek() == Some(&'>') => {
                chars.next();
                Token::Punct('→')
            }
            other => other,
        };
        tokens.push((token, number));
    }
    Ok(())
}

fn word(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut out = String::new();
    while let Some(c) = chars.next_if(|c| is_word(*c)) {
        out.push(c);
    }
    out
}

fn quoted(
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    line: u32,
) -> Result<String, ParseError> {
    let fail = |message: &str| ParseError {
        line,
        message: message.into(),
    };
    chars.next();
    let mut out = String::new();
    loop {
        match chars.next() {
            None => return Err(fail("quoted text does not end on its line")),
            Some('"') => return Ok(out),
            Some('\\') => {
                let code: String = chars.by_ref().take_while(|c| *c != ';').collect();
                let c = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                out.push(c.ok_or_else(|| fail("escape is not `\\hex;`"))?);
            }
            Some(c) => out.push(c),
        }
    }
}

/// `text` in quotes, with everything that is not plain escaped as `\hex;`.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c == '"' || c == '\\' || c == ';' || c.is_control() {
            let _ = write!(out, "\\{:x};", c as u32);
        } else {
            out.push(c);
        }
    }
    out.push('"');
    out
}
