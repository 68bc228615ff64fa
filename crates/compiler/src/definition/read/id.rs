//! Ids: names that rules, answers and texts use.

use super::Context;
use crate::{
    codes,
    definition::{Id, Path},
    diagnostic::Diagnostic,
    source::{Spanned, Text},
    yaml::Node,
};

/// An id of more characters is refused.
const MAX_LENGTH: usize = 64;

/// Names that rules use for something else. What later releases will use is kept free, so that a form
/// written today goes on compiling.
const RESERVED: &[&str] = &[
    "abs",
    "accrue",
    "add_days",
    "add_months",
    "add_working_days",
    "add_years",
    "age_on",
    "all",
    "answered",
    "any",
    "blank",
    "collect",
    "count",
    "day_of",
    "days_between",
    "decisions",
    "entitlements",
    "fees",
    "max",
    "min",
    "month_of",
    "not",
    "round",
    "round_down",
    "round_even",
    "round_up",
    "rules",
    "subtotal",
    "sum",
    "today",
    "union",
    "weekday",
    "weekday_count",
    "year_of",
];

/// What an id names, which decides the words that it must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name of its own in rules: a field, group, value, parameter, fact or table.
    Name,
    /// A name after a point in rules: a rule, a fee line, a column.
    Member,
    /// A name that no rule uses: a page, a check, a decision, an option set.
    Label,
}

impl Context<'_> {
    /// The id that a key holds, none where nothing is there.
    pub(super) fn id(&mut self, node: &Node, kind: Kind) -> Option<Id> {
        let text = self.text(node, "a name")?;
        Some(self.check_id(&text, kind))
    }

    /// The id that a key is.
    pub(super) fn key_id(&mut self, key: &Spanned<String>, kind: Kind) -> Id {
        // A key may stand in quotes: every character of it stands for the whole.
        let mut text = Text::empty(key.span.file, key.span.start, true);
        for c in key.value.chars() {
            text.push(c, key.span.start..key.span.end);
        }
        self.check_id(&text, kind)
    }

    /// Checks the form of an id and that it is not reserved. For what cannot be an id, the one that is
    /// suggested is taken, so that what uses it is not reported as well.
    pub(super) fn check_id(&mut self, text: &Text, kind: Kind) -> Id {
        let id = text.text.as_str();
        let span = text.whole();
        if !is_id(id) {
            let found = Diagnostic::error(
                codes::BAD_ID,
                span,
                format!("`{id}` cannot be used as a name"),
            )
            .help(format!(
                "A name begins with a letter and consists of the letters a to z, digits and `_`; at most {MAX_LENGTH} of them."
            ));
            let Some(slug) = slug(id, '_') else {
                self.error(found);
                return Spanned::new(text.text.clone(), span);
            };
            self.error(found.suggest(span, &slug));
            return Spanned::new(slug, span);
        }
        if kind != Kind::Label && self.parser.is_reserved(id) {
            self.error(
                Diagnostic::error(
                    codes::RESERVED_ID,
                    span,
                    format!("`{id}` is a word that the expression language keeps for itself"),
                )
                .help("Choose another name: a rule could not use this one."),
            );
        } else if kind == Kind::Name && RESERVED.contains(&id) {
            self.error(
                Diagnostic::error(
                    codes::RESERVED_ID,
                    span,
                    format!("`{id}` already has a meaning in rules"),
                )
                .help("Choose another name, such as one of two words."),
            );
        }
        Spanned::new(text.text.clone(), span)
    }

    /// The id of a form: words of letters and digits, joined by `-`.
    pub fn form_id(&mut self, node: &Node) -> Option<Id> {
        let text = self.text(node, "the form's name")?;
        let span = text.whole();
        let id = text.text.as_str();
        let good = id.len() <= MAX_LENGTH
            && id.starts_with(|c: char| c.is_ascii_lowercase())
            && !id.ends_with('-')
            && !id.contains("--")
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !good {
            let found = Diagnostic::error(
                codes::BAD_ID,
                span,
                format!("`{id}` cannot be the name of a form"),
            )
            .help("It is the name of the form's folder: the letters a to z and digits, words joined by `-`.");
            let found = match slug(id, '-') {
                Some(slug) => found.suggest(span, slug),
                None => found,
            };
            self.error(found);
        }
        Some(Spanned::new(text.text, span))
    }

    /// The id of an option: the codes of a trade are used as they are, such as `R1`.
    pub fn option_id(&mut self, key: &Spanned<String>) -> Spanned<String> {
        let id = key.as_str();
        let shaped = id.len() <= MAX_LENGTH
            && id.starts_with(|c: char| c.is_ascii_alphanumeric())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if !shaped {
            let found = Diagnostic::error(
                codes::BAD_ID,
                key.span,
                format!("`{id}` cannot be the name of an option"),
            )
            .help("It consists of letters from A to Z, digits, `_` and `-`; what people read is its label.");
            let found = match slug(id, '_') {
                Some(slug) => found.suggest(key.span, slug),
                None => found,
            };
            self.error(found);
        } else if id == "blank" {
            self.error(
                Diagnostic::error(
                    codes::RESERVED_ID,
                    key.span,
                    "`blank` means an empty answer in tables and cannot be an option",
                )
                .help("Choose another name, such as `none`."),
            );
        }
        key.clone()
    }

    /// A path such as `event_date` or `streets.metres`.
    pub fn path(&mut self, node: &Node) -> Path {
        let Some(text) = self.text(node, "the name of a field, value or group") else {
            return Path {
                names: Vec::new(),
                span: node.span,
            };
        };
        let span = text.whole();
        let mut names = Vec::new();
        let mut start = 0;
        for part in text.text.split('.') {
            let range = start..start + part.len();
            names.push(Spanned::new(part.to_owned(), text.span(range)));
            start += part.len() + 1;
        }
        let mut names = self.path_of_parts(names);
        if names.len() > 2 || !names.iter().all(|name| is_id(name.as_str())) {
            self.error(
                Diagnostic::error(
                    codes::BAD_ID,
                    span,
                    format!("`{}` is not the name of a field, value or group", text.text),
                )
                .help("Write `event_date`, or `streets.metres` for a field of a group."),
            );
            names.clear();
        }
        Path { names, span }
    }
}

fn is_id(id: &str) -> bool {
    id.len() <= MAX_LENGTH
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A name made from what was written, if that leaves one.
fn slug(written: &str, joint: char) -> Option<String> {
    let mut slug = String::new();
    let mut small = false;
    for c in written.chars() {
        // `EventDate` is two words.
        if c.is_ascii_uppercase() && small {
            slug.push(joint);
        }
        small = c.is_ascii_lowercase();
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with(joint) {
            slug.push(joint);
        }
    }
    let slug = slug.trim_end_matches(joint).to_owned();
    let good = slug.starts_with(|c: char| c.is_ascii_lowercase()) && slug.len() <= MAX_LENGTH;
    (good && slug != written).then_some(slug)
}
