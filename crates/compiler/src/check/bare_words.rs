//! Words without quotes, dates without quotes, and yes and no, where a comparison says what was meant.

use super::{Typed, lowering::Lowering};
use crate::{
    codes,
    expression::{BinaryOp, Expr as Source, ExprKind},
    source::Span,
    types::Type,
};

impl Lowering<'_, '_> {
    /// Says of a name that nothing has what it was meant for, beside a value that it is compared with.
    pub(super) fn explain_bare_word(&mut self, word: &Source, other: &Typed) {
        let ExprKind::Name(name) = &word.kind else {
            return;
        };
        let meant = match &other.type_ {
            Type::Choice(choice) | Type::Set(choice) if choice.set.options.contains(name) => {
                let help = format!(
                    "`{name}` is an option of `{}`: an option stands in double quotes",
                    choice.set.id
                );
                Some((help, format!("\"{name}\"")))
            }
            Type::Boolean => yes_or_no(name).map(|value| {
                let help = format!("yes and no are `true` and `false` in rules: write `{value}`");
                (help, value.to_string())
            }),
            _ => None,
        };
        let found = self
            .diagnostics
            .iter_mut()
            .rfind(|found| found.code == codes::UNKNOWN_NAME && found.span == word.span);
        if let (Some((help, replacement)), Some(found)) = (meant, found) {
            *found = found.clone().help(help).suggest(word.span, replacement);
        }
    }

    /// What to write instead of two values that do not compare, where it is plain: the help, and what
    /// stands instead of a place.
    pub(super) fn meant_beside(
        &self,
        op: BinaryOp,
        (left, right): (&Typed, &Typed),
        span: Span,
    ) -> Option<(String, Option<(Span, String)>)> {
        let (known, odd) = match (&left.type_, &right.type_) {
            (Type::Boolean | Type::Date(_), _) => (left, right),
            (_, Type::Boolean | Type::Date(_)) => (right, left),
            _ => return None,
        };
        let written = self.checker.text(odd.span);
        match known.type_ {
            Type::Boolean => {
                let yes = yes_or_no(written.trim_matches('"'))?;
                let holds = yes == (op == BinaryOp::Equal);
                let name = self.checker.text(known.span);
                let instead = if holds {
                    name.to_owned()
                } else {
                    format!("not({name})")
                };
                let help = format!("what is yes or no stands by itself: `{instead}`");
                Some((help, Some((span, instead))))
            }
            _ => {
                let parts: Vec<&str> = written.split(['-', '/', '.']).map(str::trim).collect();
                let digits = |part: &&str| {
                    (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
                };
                let &[first, second, third] = parts.as_slice() else {
                    return None;
                };
                if !parts.iter().all(digits) {
                    return None;
                }
                let help = "a date in a rule stands in double quotes: year, month, day, \
                            `\"2026-01-31\"`";
                let day = format!("\"{first}-{second:0>2}-{third:0>2}\"");
                let suggestion = (first.len() == 4).then_some((odd.span, day));
                Some((help.to_owned(), suggestion))
            }
        }
    }
}

fn yes_or_no(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" => Some(true),
        "no" | "n" | "off" | "false" => Some(false),
        _ => None,
    }
}
