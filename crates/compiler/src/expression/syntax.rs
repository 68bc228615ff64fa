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
        _ if found.is_some_and(char::is_whitespace) => error_here(
            "a space stands here that rules take for a letter (a no-break space)".to_owned(),
        )
        .help("Delete it and type a plain space; it came with a text that was copied.")
        .suggest(span, " "),
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
    tokens.tokens.windows(2).enumerate().find_map(|(index, pair)| {
        let (left, right) = (&pair[0], &pair[1]);
        let begins_group = right.token == Token::LeftParen;
        if let Token::Identifier(name) = &left.token
            && name.as_str() == "not"
            && right.token != Token::LeftParen
        {
            return Some(bare_not(tokens, index, text));
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
            let written = &text.text[right.range.clone()];
            let span = text.span(right.range.clone());
            let found = Diagnostic::error(
                codes::EXPRESSION_SYNTAX,
                span,
                format!(
                    "an operator is missing between `{}` and `{written}`",
                    &text.text[left.range.clone()],
                ),
            );
            match written.to_ascii_lowercase().as_str() {
                "then" => found.help("Write `if condition { result } else { other result }`."),
                "x" => found.help("Write `*` to multiply.").suggest(span, "*"),
                "equals" => found.help("Write `==`.").suggest(span, "=="),
                "between" => found.help("Compare with both ends: `x >= 1 and x <= 5`."),
                "contains" | "includes" => found.help("Write `\"option\" in set`."),
                _ if is_number(&left.token) => found.help(
                    "Write the number without its unit; to multiply, write `*` between the two.",
                ),
                _ => found.help(
                    "Join conditions with `and` or `or`, compare with `==`, put a text in double quotes.",
                ),
            }
        })
    })
}

/// `not` without parentheses. What it negates is clear where one name follows.
fn bare_not(tokens: &Tokens, index: usize, text: &Text) -> Diagnostic {
    let mut end = index + 1;
    while tokens
        .tokens
        .get(end + 1)
        .is_some_and(|lexeme| lexeme.token == Token::Period)
    {
        end += 2;
    }
    let of = |index: usize| {
        tokens
            .tokens
            .get(index)
            .map(|lexeme| &text.text[lexeme.range.clone()])
    };
    let operand = tokens.bytes(&(index + 1..(end + 1).min(tokens.tokens.len())));
    let operand = &text.text[operand];
    let found = Diagnostic::error(
        codes::EXPRESSION_SYNTAX,
        text.span(tokens.tokens[index].range.clone()),
        "`not` needs parentheses around what it negates",
    );
    let one_name = matches!(
        tokens.tokens.get(end).map(|lexeme| &lexeme.token),
        Some(Token::Identifier(_))
    );
    if one_name && matches!(of(end + 1), None | Some("and" | "or" | ")")) {
        let whole = text.span(tokens.bytes(&(index..end + 1)));
        found
            .help(format!("Write `not({operand})`."))
            .suggest(whole, format!("not({operand})"))
    } else {
        found.help(format!("Write `not({operand} …)`."))
    }
}

/// A comma between digits, with the digits around it.
fn cut_by_comma(tokens: &Tokens, comma: usize) -> Option<Range<usize>> {
    let sign = tokens.tokens.get(comma)?;
    let before = tokens.tokens.get(comma.checked_sub(1)?)?;
    let after = tokens.tokens.get(comma + 1)?;
    let joined = before.range.end == sign.range.start && sign.range.end == after.range.start;
    (sign.token == Token::Comma && joined && is_number(&before.token) && is_number(&after.token))
        .then_some(before.range.start..after.range.end)
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
    if text.text[..range.start].ends_with('<') && written == ">" {
        let span = text.span(range.start - 1..range.end);
        return Diagnostic::error(codes::EXPRESSION_SYNTAX, span, "`<>` is no comparison")
            .help("Write `!=`.")
            .suggest(span, "!=");
    }
    if let Some(number) = token.and_then(|comma| cut_by_comma(tokens, comma)) {
        let written = &text.text[number.clone()];
        let message = format!("`{written}` is not a number");
        return Diagnostic::error(codes::EXPRESSION_SYNTAX, text.span(number), message)
            .help("Write a point before the decimals, and nothing between thousands: `1250.50`.");
    }
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
