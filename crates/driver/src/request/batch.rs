//! The operands of `__enzyme_batch` (section 9 of the convention).
//!
//! ```text
//! __enzyme_batch(f, enzyme_width, 2, enzyme_vector, 1.0, 2.0, enzyme_scalar, 10.0)
//!   → Batch { width: 2, args: [Vector [3, 4], Scalar 6] }
//! ```

use super::grammar::{Operand, Parser, Primal};
use super::{Entry, Marker, OperandIndex, Shape};
use rz_diag::{Code, Diagnostic, Result};

/// What one parameter of the function gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// The same value for all inputs.
    Scalar(OperandIndex),
    /// A value for each input.
    Vector(Vec<OperandIndex>),
    /// One pointer; that of input `i` lies `i · stride` bytes further.
    Buffer {
        /// The pointer of input 0.
        pointer: OperandIndex,
        /// The stride in bytes.
        stride: OperandIndex,
    },
}

impl Input {
    /// True when the value may differ from input to input.
    pub fn varies(&self) -> bool {
        !matches!(self, Self::Scalar(_))
    }
}

/// A parsed request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// How many inputs there are.
    pub width: u32,
    /// One entry for each parameter, memory for a returned struct included.
    pub args: Vec<Input>,
}

/// How the next argument is written.
#[derive(Clone, Copy, Default)]
enum Way {
    #[default]
    Vector,
    Scalar,
    Buffer(OperandIndex),
}

/// Parses the operands after the function operand. `first` is the index of the first of them.
pub fn parse_batch(primal: &Primal, operands: &[Operand], first: OperandIndex) -> Result<Batch> {
    // Memory for a returned struct is a parameter like any other here.
    let primal = &Primal {
        sret: false,
        ..primal.clone()
    };
    let mut parser = Parser::new(Entry::Batch, primal, operands, first);
    parser.scan_width()?;
    let mut args = Vec::new();
    for param in 0..primal.params.len() {
        let (way, operand) = parser.read_way()?;
        let operand = operand.ok_or_else(|| parser.too_few(args.len()))?;
        args.push(parser.input(param, way, operand)?);
    }
    parser.end()?;
    Ok(Batch {
        width: parser.width,
        args,
    })
}

impl Parser<'_> {
    /// Reads the width, wherever it is, and refuses markers without a meaning here.
    fn scan_width(&mut self) -> Result<()> {
        let mut seen = false;
        let mut index = self.next;
        while index < self.operands.len() {
            match self.marker(index)? {
                Some(Marker::Width) => {
                    self.width = self.read_width(index, seen)?;
                    seen = true;
                    index += 1;
                }
                Some(Marker::Buffer) => index += 1,
                Some(Marker::Vector | Marker::Scalar) | None => {}
                Some(_) => {
                    let name = self.marker_name(index);
                    return Err(Diagnostic::error(
                        Code::MisplacedMarker,
                        format!("`{name}` has no meaning in __enzyme_batch, which differentiates nothing"),
                    )
                    .fix("use `enzyme_vector`, `enzyme_scalar` or `enzyme_buffer`"));
                }
            }
            index += 1;
        }
        Ok(())
    }

    /// Reads markers up to the next argument.
    fn read_way(&mut self) -> Result<(Way, Option<OperandIndex>)> {
        let mut way = Way::default();
        while self.next < self.operands.len() {
            let index = self.next;
            self.next += 1;
            match self.marker(index)? {
                None => return Ok((way, Some(index))),
                Some(Marker::Width) => self.next += 1,
                Some(Marker::Scalar) => way = Way::Scalar,
                Some(Marker::Buffer) => {
                    way = Way::Buffer(self.stride(index, self.operands.len())?);
                }
                // `enzyme_buffer, stride, enzyme_vector` is the established spelling of a buffer.
                Some(Marker::Vector) if matches!(way, Way::Buffer(_)) => {}
                Some(Marker::Vector) => way = Way::Vector,
                Some(_) => unreachable!("the scan has refused other markers"),
            }
        }
        Ok((way, None))
    }

    fn input(&mut self, param: usize, way: Way, operand: OperandIndex) -> Result<Input> {
        match way {
            Way::Scalar => Ok(Input::Scalar(operand)),
            Way::Buffer(_) if self.operands[operand].shape != Shape::Pointer => {
                Err(Diagnostic::error(
                    Code::WrongArgumentType,
                    format!(
                        "argument {param} of `{}` is marked `enzyme_buffer` but is no address: found `{}`",
                        self.primal.name, self.operands[operand].text
                    ),
                )
                .fix("pass a pointer, or `enzyme_vector` and one value for each input"))
            }
            Way::Buffer(stride) => Ok(Input::Buffer {
                pointer: operand,
                stride,
            }),
            Way::Vector => {
                let mut all = vec![operand];
                while all.len() < self.width as usize {
                    let next = self.operands.get(self.next);
                    if next.is_none_or(|o| o.marker.is_some()) {
                        return Err(self.missing_input(param, all.len()));
                    }
                    all.push(self.next);
                    self.next += 1;
                }
                Ok(Input::Vector(all))
            }
        }
    }

    /// Nothing may be left.
    fn end(&mut self) -> Result<()> {
        let left = self.next;
        if let (_, Some(extra)) = self.read_way()? {
            return Err(self.too_many(extra));
        }
        for index in left..self.operands.len() {
            if matches!(
                self.marker(index)?,
                Some(Marker::Vector | Marker::Scalar | Marker::Buffer)
            ) {
                return Err(self.last_marker());
            }
        }
        Ok(())
    }

    fn missing_input(&self, param: usize, found: usize) -> Box<Diagnostic> {
        Diagnostic::error(
            Code::TooFewArguments,
            format!(
                "too few arguments for `{}`: argument {param} needs {} values, {found} found",
                self.primal.name, self.width
            ),
        )
        .fix("pass one value for each input, or `enzyme_scalar` and one value for all")
    }
}

#[cfg(test)]
mod tests {
    use super::{Batch, Input, parse_batch};
    use crate::request::grammar_tests::{operands, primal};

    fn args(words: &str) -> String {
        let batch: Batch = parse_batch(&primal("f", &["p", "f"]), &operands(words), 1).unwrap();
        let one = |input: &Input| match input {
            Input::Scalar(index) => format!("{index}"),
            Input::Vector(list) => format!("{list:?}"),
            Input::Buffer { pointer, stride } => format!("{pointer}+{stride}"),
        };
        let all: Vec<String> = batch.args.iter().map(one).collect();
        format!("{}: {}", batch.width, all.join("; "))
    }

    #[test]
    fn inputs_of_every_kind() {
        for (words, expected) in [
            ("p f", "1: [1]; [2]"),
            ("p p f f @width 2", "2: [1, 2]; [3, 4]"),
            ("@width 2 @scalar p f f", "2: 4; [5, 6]"),
            ("@width 2 @vector p p @scalar f", "2: [4, 5]; 7"),
            ("@width 3 @buffer 8 p @scalar f", "3: 5+4; 7"),
            ("@width 3 @buffer 8 @vector p @scalar f", "3: 6+4; 8"),
            ("@width 3 @buffer i p @scalar f", "3: 5+4; 7"),
        ] {
            assert_eq!(args(words), expected, "{words}");
        }
    }
}
