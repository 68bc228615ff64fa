//! The tokens of an expression, with their places.
//!
//! Rhai's tree gives every node one position; with the tokens, each node gets its exact extent, and one
//! can tell whether it stood in parentheses, which the tree no longer says.

use std::ops::Range;

use rhai::{Engine, LexError, Position, Token};

/// A token and the bytes that it covers.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub token: Token,
    pub range: Range<usize>,
}

/// All tokens of an expression.
#[derive(Debug)]
pub(super) struct Tokens {
    pub tokens: Vec<Lexeme>,
    /// For each opening bracket the index of its closing one, and the other way round.
    pub partners: Vec<Option<usize>>,
    /// Offsets of the first byte of every line.
    lines: Vec<usize>,
    text: String,
}

/// Why a text cannot be cut into tokens.
#[derive(Debug)]
pub(super) enum TokenError {
    /// Rhai does not know what stands here.
    Unknown(LexError, Range<usize>),
    /// A comment.
    Comment(Range<usize>),
}

impl Tokens {
    pub fn new(engine: &Engine, text: &str) -> Result<Self, TokenError> {
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(offset, _)| offset + 1));
        let mut tokens = Self {
            tokens: Vec::new(),
            partners: Vec::new(),
            lines,
            text: text.to_owned(),
        };
        let inputs = [text];
        let (stream, _control) = engine.lex(&inputs);
        for (token, position) in stream {
            let start = tokens.offset(position).unwrap_or(text.len());
            match token {
                Token::EOF => break,
                Token::LexError(error) => {
                    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
                    return Err(TokenError::Unknown(*error, start..end));
                }
                token => {
                    // Rhai places a text in backquotes behind the first of them.
                    let start = start - usize::from(text[..start].ends_with('`'));
                    let range = start..start + length(&text[start..], &token);
                    if let Some(before) = tokens.tokens.last_mut() {
                        before.range.end = before.range.end.min(start);
                    }
                    tokens.tokens.push(Lexeme { token, range });
                }
            }
        }
        tokens.find_comment().map_or(Ok(()), Err)?;
        tokens.match_brackets();
        Ok(tokens)
    }

    /// The offset of a position of Rhai's: line and column from 1, columns in characters.
    pub fn offset(&self, position: Position) -> Option<usize> {
        let line = *self.lines.get(position.line()?.checked_sub(1)?)?;
        let column = position.position().unwrap_or(1).saturating_sub(1);
        let offset = self.text[line..]
            .char_indices()
            .nth(column)
            .map_or(self.text.len(), |(offset, _)| line + offset);
        Some(offset)
    }

    /// The token that starts at a position of Rhai's.
    pub fn at(&self, position: Position) -> Option<usize> {
        let offset = self.offset(position)?;
        self.tokens
            .binary_search_by_key(&offset, |lexeme| lexeme.range.start)
            .ok()
    }

    /// The bytes of the tokens from one index up to and with another.
    pub fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = &self.tokens[tokens.start];
        let last = &self.tokens[tokens.end - 1];
        first.range.start..last.range.end
    }

    /// A range of tokens with the parentheses around it that only group.
    pub fn with_parentheses(&self, tokens: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = tokens;
        while start > 0
            && self.tokens[start - 1].token == Token::LeftParen
            && self.partners[start - 1] == Some(end)
            && !self.is_call(start - 1)
        {
            start -= 1;
            end += 1;
        }
        start..end
    }

    /// Whether a parenthesis belongs to the name before it.
    fn is_call(&self, parenthesis: usize) -> bool {
        parenthesis
            .checked_sub(1)
            .is_some_and(|before| matches!(self.tokens[before].token, Token::Identifier(_)))
    }

    fn find_comment(&self) -> Option<TokenError> {
        let starts = self.tokens.iter().map(|lexeme| lexeme.range.start);
        let ends = std::iter::once(0).chain(self.tokens.iter().map(|lexeme| lexeme.range.end));
        ends.zip(starts.chain([self.text.len()]))
            .find_map(|(end, start)| {
                let gap = self.text.get(end..start)?;
                let comment = gap.trim_start();
                (!comment.is_empty())
                    .then(|| TokenError::Comment(start - comment.len()..end + gap.trim_end().len()))
            })
    }

    fn match_brackets(&mut self) {
        self.partners = vec![None; self.tokens.len()];
        let mut open = Vec::new();
        for (index, lexeme) in self.tokens.iter().enumerate() {
            match lexeme.token {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace | Token::MapStart => {
                    open.push(index);
                }
                Token::RightParen | Token::RightBracket | Token::RightBrace => {
                    if let Some(partner) = open.pop() {
                        self.partners[partner] = Some(index);
                        self.partners[index] = Some(partner);
                    }
                }
                _ => {}
            }
        }
    }

    /// The deepest nesting of brackets.
    pub fn depth(&self) -> usize {
        let mut depth = 0_usize;
        let mut deepest = 0;
        for lexeme in &self.tokens {
            match lexeme.token {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace | Token::MapStart => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                Token::RightParen | Token::RightBracket | Token::RightBrace => {
                    depth = depth.saturating_sub(1);
                }
                _ => {}
            }
        }
        deepest
    }
}

pub(super) const fn is_number(token: &Token) -> bool {
    matches!(token, Token::IntegerConstant(_) | Token::DecimalConstant(_))
}

/// Whether an operand can begin with a token that is neither sign nor bracket.
pub(super) const fn begins_operand(token: &Token) -> bool {
    is_number(token)
        || matches!(
            token,
            Token::Identifier(_) | Token::StringConstant(_) | Token::True | Token::False
        )
}

/// Whether an operand can end with a token.
pub(super) const fn ends_operand(token: &Token) -> bool {
    begins_operand(token) || matches!(token, Token::RightParen | Token::RightBracket | Token::Unit)
}

/// How many bytes of a text the token at its start covers.
fn length(text: &str, token: &Token) -> usize {
    match token {
        Token::StringConstant(_) | Token::InterpolatedString(_) | Token::CharConstant(_) => {
            string_length(text)
        }
        Token::IntegerConstant(_) | Token::DecimalConstant(_) => number_length(text),
        Token::Unit => text.find(')').map_or(text.len(), |end| end + 1),
        Token::Identifier(name) | Token::Reserved(name) | Token::Custom(name) => name.len(),
        token if token.is_literal() => token.literal_syntax().len(),
        _ => text.len(),
    }
    .min(text.len())
}

fn string_length(text: &str) -> usize {
    let Some(quote) = text.chars().next() else {
        return 0;
    };
    let mut escaped = false;
    for (offset, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote != '`' {
            escaped = true;
        } else if c == quote {
            return offset + 1;
        }
    }
    text.len()
}

/// A minus before digits belongs to the number where no operand stands before it.
fn number_length(text: &str) -> usize {
    let sign = usize::from(text.starts_with('-'));
    let text = &text[sign..];
    let bytes = text.as_bytes();
    let is_part = |offset: usize| match bytes.get(offset) {
        Some(b'.') => bytes.get(offset + 1).is_some_and(u8::is_ascii_digit),
        Some(byte) => byte.is_ascii_alphanumeric() || *byte == b'_',
        None => false,
    };
    let digits = (0..text.len()).find(|offset| !is_part(*offset));
    sign + digits.unwrap_or(text.len())
}
