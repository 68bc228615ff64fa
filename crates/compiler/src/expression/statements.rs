//! `let name = expression;` in the bodies of functions.

use rhai::Token;

use super::{Parser, tokens::Tokens};
use crate::source::Text;

/// The parts of a function's body, none of them read as an expression yet.
#[derive(Debug)]
pub struct Statements {
    /// Names with their expressions, in order.
    pub locals: Vec<(Text, Text)>,
    /// What stands last.
    pub result: Text,
}

impl Parser {
    /// Cuts the body of a function at its semicolons. None where it has none, or is not made of
    /// `let name = …;` and an expression: read as an expression it is then reported.
    pub fn statements(&self, text: &Text) -> Option<Statements> {
        let tokens = Tokens::new(self.engine(), &text.text).ok()?;
        let mut locals = Vec::new();
        let mut at = 0;
        while let Some(end) = semicolon(&tokens, at) {
            let [first, name, equals] = tokens.tokens.get(at..at + 3)? else {
                return None;
            };
            let sound = first.token == Token::Let
                && matches!(name.token, Token::Identifier(_) | Token::Reserved(_))
                && equals.token == Token::Equals
                && end > at + 3;
            if !sound {
                return None;
            }
            let value = tokens.bytes(&(at + 3..end));
            locals.push((text.slice(name.range.clone()), text.slice(value)));
            at = end + 1;
        }
        if locals.is_empty() {
            return None;
        }
        let rest = tokens
            .tokens
            .get(at)
            .map_or(text.text.len(), |t| t.range.start);
        Some(Statements {
            locals,
            result: text.slice(rest..text.text.trim_end().len().max(rest)),
        })
    }
}

/// The next semicolon outside every bracket.
fn semicolon(tokens: &Tokens, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(lexeme) = tokens.tokens.get(at) {
        if lexeme.token == Token::SemiColon {
            return Some(at);
        }
        at = match tokens.partners[at] {
            Some(partner) if partner > at => partner + 1,
            _ => at + 1,
        };
    }
    None
}
