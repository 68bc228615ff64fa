//! What Rhai reads and rules do not use, each with what to write instead.

use rhai::Token;

use super::tokens::{Tokens, ends_operand};
use crate::{
    codes,
    diagnostic::Diagnostic,
    source::{Span, Text},
};

/// Reports every token that rules do not use.
pub(super) fn refuse_tokens(tokens: &Tokens, text: &Text) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for (index, lexeme) in tokens.tokens.iter().enumerate() {
        if let Some((span, replacement)) = spreadsheet_if(tokens, index, text) {
            found.push(
                Diagnostic::error(
                    codes::EXPRESSION_CONSTRUCT,
                    span,
                    "rules do not write `if` as a spreadsheet does",
                )
                .help("Write `if condition { result } else { other result }`.")
                .suggest(span, replacement),
            );
            break;
        }
        let Some(refusal) = refusal(tokens, index, &text.text) else {
            continue;
        };
        let span = text.span(lexeme.range.clone());
        let mut diagnostic = Diagnostic::error(codes::EXPRESSION_CONSTRUCT, span, refusal.what)
            .help(refusal.instead);
        let replacement = match lexeme.token {
            Token::Bang => negated(tokens, index, text),
            Token::NotIn => None,
            _ => refusal.replacement.map(|text| (span, text)),
        };
        if let Some((span, replacement)) = replacement
            && text.takes(&replacement)
        {
            diagnostic = diagnostic.suggest(span, replacement);
        }
        found.push(diagnostic);
        // One statement keyword says enough; what follows it is its own syntax.
        if refusal.ends {
            break;
        }
    }
    found
}

struct Refusal {
    what: String,
    instead: String,
    replacement: Option<String>,
    ends: bool,
}

fn refusal(tokens: &Tokens, index: usize, text: &str) -> Option<Refusal> {
    let lexeme = &tokens.tokens[index];
    let next = tokens.tokens.get(index + 1).map(|lexeme| &lexeme.token);
    let source = &text[lexeme.range.clone()];
    let make = |what: String, instead: &str, replacement: Option<&str>, ends: bool| {
        Some(Refusal {
            what,
            instead: instead.to_owned(),
            replacement: replacement.map(str::to_owned),
            ends,
        })
    };
    let not_used = || format!("rules do not use `{source}`");
    let plain = |instead: &str| make(not_used(), instead, None, false);
    let statement = |instead: &str| make(not_used(), instead, None, true);
    let spelled = |word: &str| make(not_used(), &format!("Write `{word}`."), Some(word), false);
    match &lexeme.token {
        Token::And | Token::Ampersand => spelled("and"),
        Token::Pipe if index == 0 || !ends_operand(&tokens.tokens[index - 1].token) => {
            statement("Give the calculation a name under `values:`; a list maps by itself.")
        }
        Token::Or | Token::Pipe => spelled("or"),
        Token::Bang => plain("Write `not(…)`."),
        Token::NotIn => plain("Write `not(a in b)`."),
        Token::Equals if next == Some(&Token::LessThan) => plain("Write `<=`."),
        Token::DoubleArrow => plain("Write `>=` to compare."),
        Token::Equals => make(
            "a single `=` is no comparison".to_owned(),
            "Write `==` to compare.",
            Some("=="),
            false,
        ),
        Token::Modulo => plain(
            "Write a share as a decimal: `0.05` for 5 %. Remainders of a division are not part of the language.",
        ),
        Token::PowerOf | Token::XOr => {
            plain("Multiply as often as the power says: `a * a` for a square.")
        }
        Token::Elvis => make(
            not_used(),
            "Write `.`; what may be blank is handled with `??` or `answered(…)`.",
            Some("."),
            false,
        ),
        Token::QuestionBracket => plain("What may be blank is handled with `??` or `answered(…)`."),
        Token::UnaryPlus => plain("Leave the `+` out."),
        Token::CharConstant(c) => make(
            "a text in a rule stands in double quotes".to_owned(),
            "Use double quotes.",
            Some(&format!("\"{c}\"")),
            false,
        ),
        Token::InterpolatedString(_) => plain("A text in a rule stands in double quotes."),
        Token::StringConstant(content) if !source.starts_with('"') => make(
            "a text in a rule stands in double quotes".to_owned(),
            "Use double quotes.",
            Some(&format!("{:?}", content.as_str())),
            false,
        ),
        Token::ExclusiveRange | Token::InclusiveRange => plain(
            "Compare with both ends: `x >= 1 and x <= 5`. Ranges belong to the cells of a table.",
        ),
        Token::Switch => {
            statement("Write a decision table under `tables:` and call it by its name.")
        }
        Token::Let | Token::Const => statement(
            "Give the intermediate result a name of its own under `values:`; in the body of a function write `let name = …;` on lines above the result.",
        ),
        Token::While | Token::Until | Token::Loop | Token::For | Token::Do => statement(
            "A list maps by itself: `sum(streets.metres)`, `any(streets.metres > 100)`, `count(streets)`.",
        ),
        Token::Fn | Token::Private => statement("Give the calculation a name under `values:`."),
        Token::Continue
        | Token::Break
        | Token::Return
        | Token::Throw
        | Token::Try
        | Token::Catch => {
            statement("A rule is one expression; choose with `if … { … } else { … }`.")
        }
        Token::SemiColon => statement("A rule is one expression, without `;`."),
        Token::MapStart => statement("Write a decision table under `tables:`."),
        Token::Colon | Token::DoubleColon | Token::Underscore => {
            plain("Look for a slip of the keyboard here.")
        }
        Token::LeftShift | Token::RightShift => plain("Compare with `<` or `>`."),
        Token::PlusAssign
        | Token::MinusAssign
        | Token::MultiplyAssign
        | Token::DivideAssign
        | Token::LeftShiftAssign
        | Token::RightShiftAssign
        | Token::AndAssign
        | Token::OrAssign
        | Token::XOrAssign
        | Token::ModuloAssign
        | Token::PowerOfAssign => {
            statement("A rule changes nothing; give the result a name of its own under `values:`.")
        }
        Token::Identifier(name) => match name.as_str() {
            "AND" | "And" => spelled("and"),
            "OR" | "Or" => spelled("or"),
            "NOT" | "Not" => spelled("not"),
            "IF" | "If" => spelled("if"),
            "ELSE" | "Else" => spelled("else"),
            "IN" | "In" => spelled("in"),
            "TRUE" | "True" => spelled("true"),
            "FALSE" | "False" => spelled("false"),
            _ => None,
        },
        Token::Reserved(word) => match word.as_str() {
            "is" => spelled("=="),
            "null" | "nil" | "void" => plain(
                "Ask `answered(x)` or `not(answered(x))`, or give a value for blank with `??`.",
            ),
            "<-" => plain("Compare with `<`, and put a space before a `-`."),
            "--" => plain("Put a space or parentheses between two `-`."),
            "@" | "$" | "#" | "~" => {
                plain("Take the sign out; money is written as a plain number.")
            }
            word if word.starts_with(|c: char| c.is_ascii_alphabetic()) => make(
                format!("`{word}` is a word that the expression language keeps for itself"),
                "Give the field or value another name.",
                None,
                false,
            ),
            _ => plain("Look for a slip of the keyboard here."),
        },
        _ => None,
    }
}

/// `IF(a, b, c)` as spreadsheets have it, with what to write instead.
fn spreadsheet_if(tokens: &Tokens, index: usize, text: &Text) -> Option<(Span, String)> {
    let is_if = match &tokens.tokens[index].token {
        Token::If => true,
        Token::Identifier(name) => name.eq_ignore_ascii_case("if"),
        _ => false,
    };
    let open = index + 1;
    if !is_if || tokens.tokens.get(open)?.token != Token::LeftParen {
        return None;
    }
    let close = tokens.partners[open]?;
    let mut parts = vec![open + 1];
    let mut next = open + 1;
    while next < close {
        if tokens.tokens[next].token == Token::Comma {
            parts.push(next + 1);
        }
        // What stands in brackets has commas of its own.
        next = tokens.partners[next].unwrap_or(next) + 1;
    }
    let &[condition, then, otherwise] = parts.as_slice() else {
        return None;
    };
    let part = |range: std::ops::Range<usize>| {
        (!range.is_empty()).then(|| &text.text[tokens.bytes(&range)])
    };
    let mut replacement = format!(
        "if {} {{ {} }} else {{ {} }}",
        part(condition..then - 1)?,
        part(then..otherwise - 1)?,
        part(otherwise..close)?,
    );
    let whole = index == 0 && close + 1 == tokens.tokens.len();
    if !whole {
        replacement = format!("({replacement})");
    }
    Some((text.span(tokens.bytes(&(index..close + 1))), replacement))
}

/// The text to write for `!` and its operand.
fn negated(tokens: &Tokens, bang: usize, text: &Text) -> Option<(Span, String)> {
    let mut end = bang + 1;
    if matches!(tokens.tokens.get(end)?.token, Token::Identifier(_)) {
        end += 1;
        while matches!(
            tokens.tokens.get(end).map(|l| &l.token),
            Some(Token::Period)
        ) {
            end += 2;
        }
    }
    if tokens.tokens.get(end).map(|l| &l.token) == Some(&Token::LeftParen) {
        end = tokens.partners[end]? + 1;
    }
    if end == bang + 1 || end > tokens.tokens.len() {
        return None;
    }
    let operand = &text.text[tokens.bytes(&(bang + 1..end))];
    let inner = operand
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(operand);
    let span = text.span(tokens.bytes(&(bang..end)));
    Some((span, format!("not({inner})")))
}
