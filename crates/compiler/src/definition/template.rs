//! Texts with placeholders.

use crate::{expression::Expr, source::Span};

/// A text; `{expression}` is a placeholder, `{{` a brace. Where a text can hold no placeholders (titles,
/// labels, hints), there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its parts in order; neighbouring literals are joined.
    pub segments: Vec<Segment>,
    /// The whole text.
    pub span: Span,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Literal text, `{{` already read as one brace.
    Literal(String),
    /// A placeholder.
    Placeholder(Placeholder),
}

/// A placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// What is written between the braces, without outer spaces.
    pub source: String,
    /// The expression.
    pub expr: Expr,
    /// The place, braces included.
    pub span: Span,
}

impl Template {
    /// The text, if it has no placeholders.
    pub fn as_plain(&self) -> Option<String> {
        self.segments
            .iter()
            .map(|segment| match segment {
                Segment::Literal(text) => Some(text.as_str()),
                Segment::Placeholder(_) => None,
            })
            .collect()
    }

    /// The placeholders in order.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Placeholder(placeholder) => Some(placeholder),
            Segment::Literal(_) => None,
        })
    }
}
