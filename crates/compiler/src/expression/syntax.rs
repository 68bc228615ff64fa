//! Mistakes of syntax in plain words.

use std::ops::Range;

use rhai::{LexError, ParseError, ParseErrorType, Token};

use super::tokens::{TokenError, Tokens, begins_operand, ends_operand, is_number};
use crate::{
    codes,
    diagnostic::Diagnostic,
    source::{Span, Text},
};

/// Quotes that word processors put in.
const QUOTES: &[char] = &['“', '”', '„', '«', '»', '‘', '’'];

/// Signs that word processors put in, with what is meant.
const TYPOGRAPHIC: &[(char, &str)] = &[
    ('≥', ">="),
    ('≤', "<="),
    ('≠', "!="),
    ('×', "*"),
    ('·', "*"),
    ('÷', "/"),
    ('–', "-"),
    ('−', "-"),
    ('—', "-"),
];

/// A text that cannot be cut into tokens.
pub(super) fn token_error(error: &TokenError, text: &Text) -> Diagnostic {
    let (error, range) = match error {
        TokenError::Comment(range) => {
            return Diagnostic::error(
                codes::EXPRESSION_CONSTRUCT,
                text.span(range.clone()),
                "rules hold no comments of the form `//` or `/* */`",
            )
            .help("Write a YAML comment on the line above, after `#`.");
        }
        TokenError::Unknown(error, range) => (error, range.clone()),
    };
    let span = text.span(range.clone());
    let found = text.text[range.clone()].chars().next();
    if let Some(c) = found
        && QUOTES.contains(&c)
    {
        return typographic_quotes(text, range);
    }
    let rest = &text.text[range.start..];
    for (written, meant) in [("===", "=="), ("!==", "!=")] {
        if rest.starts_with(written) {
            let span = text.span(range.start..range.start + written.len());
            return Diagnostic::error(
                codes::EXPRESSION_CONSTRUCT,
                span,
                format!("rules do not use `{written}`"),
            )
            .help(format!("Write `{meant}`."))
            .suggest(span, meant);
        }
    }
    if let Some(c) = found
        && let Some((_, meant)) = TYPOGRAPHIC.iter().find(|(sign, _)| *sign == c)
    {
        let diagnostic = Diagnostic::error(
            codes::EXPRESSION_SYNTAX,
            span,
            format!("`{c}` is a sign of typography"),
        )
        .help(format!("Write `{meant}`."));
        return diagnostic.suggest(span, *meant);
    }
    let error_here = |message: String| Diagnostic::error(codes::EXPRESSION_SYNTAX, span, message);
    match error {
        LexError::UnterminatedString => error_here("the quote is not closed".to_owned())
            .help("Close the text with a second `\"`."),
        LexError::MalformedChar(_) => single_quotes(text, range),
        LexError::MalformedNumber(number) => {
            let end = (range.start + number.len()).min(text.text.len());
            let range = range.start..if text.text.is_char_boundary(end) {
                end
            } else {
                range.end
            };
            not_a_number(text, text.span(range.clone()), range)
        }
        LexError::MalformedEscapeSequence(sequence) => {
            error_here(format!("`{sequence}` is no escape in a text"))
                .help("Write a backslash as `\\\\`.")
        }
        _ if found.is_some_and(char::is_alphabetic) => {
            error_here("names consist of the letters a to z, digits and `_`".to_owned())
                .help("Put a text in double quotes.")
        }
        _ if found.is_some_and(|c| "£€¥¢".contains(c)) => {
            error_here("money is written as a plain number".to_owned())
                .help("Take the sign of the currency out: `12.50`.")
        }
        _ => {
            let sign = found.map_or_else(String::new, |c| format!("`{c}` "));
            error_here(format!("the sign {sign}has no meaning in a rule"))
                .help("Take it out, or put a text in double quotes.")
        }
    }
}

/// A text in single quotes.
fn single_quotes(text: &Text, range: Range<usize>) -> Diagnostic {
    let quoted = &text.text[range.start..];
    let end = quoted[1..].find('\'').map_or(quoted.len(), |end| end + 2);
    let span = text.span(range.start..range.start + end);
    let inner = quoted[..end].trim_matches('\'');
    double_quoted(text, span, inner)
}

/// A text in quotes of typography.
fn typographic_quotes(text: &Text, range: Range<usize>) -> Diagnostic {
    let rest = &text.text[range.end..];
    let length = rest.find(QUOTES).unwrap_or(rest.len());
    let closing = rest[length..].chars().next().map_or(0, char::len_utf8);
    let span = text.span(range.start..range.end + length + closing);
    double_quoted(text, span, &rest[..length])
}

fn double_quoted(text: &Text, span: Span, inner: &str) -> Diagnostic {
    let replacement = format!("\"{inner}\"");
    let diagnostic = Diagnostic::error(
        codes::EXPRESSION_SYNTAX,
        span,
        "a text in a rule stands in double quotes",
    )
    .help("Use double quotes.");
    if text.takes(&replacement) {
        diagnostic.suggest(span, replacement)
    } else {
        diagnostic
    }
}

/// Two operands side by side, and `not` without parentheses: Rhai's own message for them does not
/// help.
pub(super) fn missing_operator(tokens: &Tokens, text: &Text) -> Option<Diagnostic> {
    tokens.tokens.windows(2).find_map(|pair| {
        let (left, right) = (&pair[0], &pair[1]);
        let begins_group = right.token == Token::LeftParen;
        if let Token::Identifier(name) = &left.token
            && name.as_str() == "not"
            && right.token != Token::LeftParen
        {
            return Some(
                Diagnostic::error(
                    codes::EXPRESSION_SYNTAX,
                    text.span(left.range.clone()),
                    "`not` needs parentheses around what it negates",
                )
                .help(format!(
                    "Write `not({} …)`.",
                    &text.text[right.range.clone()]
                )),
            );
        }
        let is_call = matches!(left.token, Token::Identifier(_)) && begins_group;
        if !ends_operand(&left.token) || is_call {
            return None;
        }
        if is_number(&left.token)
            && begins_operand(&right.token)
            && left.range.end == right.range.start
        {
            let span = text.span(left.range.start..right.range.end);
            return Some(not_a_number(text, span, left.range.start..right.range.end));
        }
        (begins_operand(&right.token) || begins_group).then(|| {
            Diagnostic::error(
                codes::EXPRESSION_SYNTAX,
                text.span(right.range.clone()),
                format!(
                    "an operator is missing between `{}` and `{}`",
                    &text.text[left.range.clone()],
                    &text.text[right.range.clone()]
                ),
            )
            .help("Join conditions with `and` or `or`, compare with `==`, put a text in double quotes.")
        })
    })
}

fn not_a_number(text: &Text, span: Span, range: Range<usize>) -> Diagnostic {
    let written = &text.text[range];
    Diagnostic::error(
        codes::EXPRESSION_SYNTAX,
        span,
        format!("`{written}` is not a number"),
    )
    .help("Write digits with a point before the decimals: `1250.50`.")
}

/// What Rhai's parser could not read.
pub(super) fn parse_error(error: &ParseError, tokens: &Tokens, text: &Text) -> Diagnostic {
    let ParseError(kind, position) = error;
    let token = tokens.at(*position);
    let end = text.text.trim_end().len();
    let range = match token {
        Some(index) => tokens.tokens[index].range.clone(),
        None => {
            let start = tokens.offset(*position).unwrap_or(end).min(end);
            start..start
        }
    };
    let written = &text.text[range.clone()];
    let here = || {
        if written.is_empty() {
            "the end of the rule".to_owned()
        } else {
            format!("`{written}`")
        }
    };
    let before_is_number = tokens
        .tokens
        .iter()
        .rev()
        .find(|lexeme| lexeme.range.end <= range.start && lexeme.token != Token::Period)
        .is_some_and(|lexeme| is_number(&lexeme.token));
    let (message, help) = match &**kind {
        ParseErrorType::UnexpectedEOF => (
            "the rule breaks off".to_owned(),
            "Something must follow the last word or sign.",
        ),
        ParseErrorType::MissingToken(expected, _) => match expected.as_str() {
            ")" | "]" | "}" => (
                format!("a `{expected}` is missing before {}", here()),
                "Every bracket that is opened must be closed.",
            ),
            "{" => (
                format!("a `{{` is missing before {}", here()),
                "Write `if condition { result } else { other result }`.",
            ),
            _ => (
                format!("a `{expected}` is missing before {}", here()),
                "Look at the brackets and commas before this place.",
            ),
        },
        ParseErrorType::BadInput(LexError::UnexpectedInput(_)) => match written {
            ")" | "]" | "}" => (
                format!("this `{written}` closes nothing"),
                "Take it out, or open a bracket before it.",
            ),
            ">" if text.text[..range.start].ends_with('<') => {
                ("`<>` is no comparison".to_owned(), "Write `!=`.")
            }
            "." => (
                "a number begins with a digit".to_owned(),
                "Write `0.5`, not `.5`.",
            ),
            _ => (
                format!("{} cannot stand here", here()),
                "An operator or an operand may be missing before it.",
            ),
        },
        ParseErrorType::PropertyExpected if before_is_number => (
            "digits are missing after the point".to_owned(),
            "Write `1` or `1.0`.",
        ),
        ParseErrorType::PropertyExpected => (
            "a name is missing after the `.`".to_owned(),
            "Write the field's name, such as `streets.metres`.",
        ),
        _ => (
            format!("{} cannot stand here", here()),
            "An operator or an operand may be missing before it.",
        ),
    };
    Diagnostic::error(codes::EXPRESSION_SYNTAX, text.span(range), message).help(help)
}
