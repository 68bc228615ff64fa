//! Texts with placeholders.

use crate::{
    expression::Expr,
    source::{Span, Spanned},
};

/// A text; `{expression}` is a placeholder, `{{` a brace. Where a text can hold no placeholders (titles,
/// labels, hints), there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its parts in order; neighbouring literals are joined. Of a text in forms, those of `other`.
    pub segments: Vec<Segment>,
    /// The whole text.
    pub span: Span,
    /// Its forms, where it has one for each kind of number.
    pub plural: Option<Box<Plural>>,
}

/// The forms of a text that counts something, besides that of all other numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plural {
    /// `number`: the placeholder that decides, as it is written between the braces.
    pub number: Option<Spanned<String>>,
    /// The forms by CLDR's names, none of them `other`.
    pub forms: Vec<(Spanned<String>, Template)>,
    /// The first key, where what is wrong with the whole is reported.
    pub head: Span,
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
    /// A text in one form.
    pub const fn new(segments: Vec<Segment>, span: Span) -> Self {
        Self {
            segments,
            span,
            plural: None,
        }
    }

    /// The text, if it has neither placeholders nor forms.
    pub fn as_plain(&self) -> Option<String> {
        if self.plural.is_some() {
            return None;
        }
        self.segments
            .iter()
            .map(|segment| match segment {
                Segment::Literal(text) => Some(text.as_str()),
                Segment::Placeholder(_) => None,
            })
            .collect()
    }

    /// The parts of one of its forms by CLDR's name; none where it has no such form.
    pub fn form(&self, name: &str) -> Option<&[Segment]> {
        let plural = self.plural.as_ref()?;
        if name == "other" {
            return Some(&self.segments);
        }
        let mut forms = plural.forms.iter();
        let (_, template) = forms.find(|(form, _)| form.value == name)?;
        Some(&template.segments)
    }

    /// The placeholders in order, those of every form.
    pub fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        let forms = self.plural.iter().flat_map(|plural| &plural.forms);
        let segments = forms.flat_map(|(_, template)| &template.segments);
        self.segments
            .iter()
            .chain(segments)
            .filter_map(|segment| match segment {
                Segment::Placeholder(placeholder) => Some(placeholder),
                Segment::Literal(_) => None,
            })
    }
}
