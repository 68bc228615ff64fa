//! From text to tree, by way of Rhai.

use rhai::{Engine, OptimizationLevel, Token};

use super::{Expr, ExprKind, lower::Lowering, refuse, syntax, tokens::Tokens};
use crate::{codes, diagnostic::Diagnostic, source::Text};

/// Brackets nested deeper than this are refused.
pub const MAX_DEPTH: usize = 40;
/// An expression of more words and signs than this is refused.
pub const MAX_TOKENS: usize = 600;
/// An expression of more bytes than this is refused; Rhai counts columns in 16 bits.
pub const MAX_BYTES: usize = 10_000;

/// Reads expressions. Making one takes a fraction of a millisecond; keep it.
pub struct Parser {
    engine: Engine,
}

impl Default for Parser {
    fn default() -> Self {
        Self::new()
    }
}

impl Parser {
    /// A parser.
    pub fn new() -> Self {
        let mut engine = Engine::new_raw();
        engine.set_optimization_level(OptimizationLevel::None);
        // Depth and size are limited by tokens, before Rhai's parser sees them.
        engine.set_max_expr_depths(0, 0);
        for (word, precedence) in [("and", 60), ("or", 30)] {
            // Both words are free and neither precedence is 0, so neither is refused.
            let _ = engine.register_custom_operator(word, precedence);
        }
        Self { engine }
    }

    pub(super) const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Reads an expression. What cannot be read is reported and becomes an [`ExprKind::Error`].
    pub fn parse(&self, text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Expr {
        match self.try_parse(text, diagnostics) {
            Ok(expr) => expr,
            Err(found) => {
                diagnostics.extend(found);
                Expr {
                    kind: ExprKind::Error,
                    span: text.whole(),
                }
            }
        }
    }

    fn try_parse(
        &self,
        text: &Text,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Expr, Vec<Diagnostic>> {
        if text.text.trim().is_empty() {
            let message = "an expression is missing here";
            return Err(vec![Diagnostic::error(
                codes::EXPRESSION_SYNTAX,
                text.whole(),
                message,
            )]);
        }
        if text.text.len() > MAX_BYTES {
            return Err(vec![too_large(text)]);
        }
        let tokens = Tokens::new(&self.engine, &text.text)
            .map_err(|error| vec![syntax::token_error(&error, text)])?;
        if tokens.tokens.len() > MAX_TOKENS || tokens.depth() > MAX_DEPTH || minus_chain(&tokens) {
            return Err(vec![too_large(text)]);
        }
        let refused = refuse::refuse_tokens(&tokens, text);
        if !refused.is_empty() {
            return Err(refused);
        }
        if let Some(found) = syntax::missing_operator(&tokens, text) {
            return Err(vec![found]);
        }
        let ast = self
            .engine
            .compile_expression(&text.text)
            .map_err(|error| vec![syntax::parse_error(&error, &tokens, text)])?;
        let mut lowering = Lowering {
            tokens: &tokens,
            text,
            diagnostics,
        };
        Ok(lowering.ast(&ast))
    }

    /// Whether the expression language keeps a word for itself, as Rhai's keyword or reserved word.
    pub fn is_reserved(&self, word: &str) -> bool {
        let inputs = [word];
        let (mut stream, _control) = self.engine.lex(&inputs);
        !matches!(
            (stream.next(), stream.next()),
            (
                Some((Token::Identifier(_), _)),
                Some((Token::EOF, _)) | None
            )
        )
    }
}

fn too_large(text: &Text) -> Diagnostic {
    let start = text.text.len() - text.text.trim_start().len();
    Diagnostic::error(
        codes::EXPRESSION_LIMIT,
        text.span(start..start),
        format!(
            "the expression is too large: it may have {MAX_TOKENS} words and signs, and brackets {MAX_DEPTH} deep"
        ),
    )
    .help("Give parts of it names under `values:`, or write a table.")
}

/// Whether more minus signs follow each other than anybody writes.
fn minus_chain(tokens: &Tokens) -> bool {
    tokens.tokens.windows(MAX_DEPTH).any(|window| {
        window
            .iter()
            .all(|lexeme| matches!(lexeme.token, Token::Minus | Token::UnaryMinus))
    })
}
