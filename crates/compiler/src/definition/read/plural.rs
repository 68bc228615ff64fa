//! Texts in several forms, one for each kind of number.

use super::{Context, template, template::Placeholders};
use crate::{
    definition::{Plural, Template},
    source::Spanned,
    yaml::{Node, NodeKind},
};

/// The form of all numbers that have no form of their own.
const OTHER: &str = "other";
const NUMBER: &str = "number";
const KEYS: &[&str] = &[NUMBER, "zero", "one", "two", "few", "many", OTHER];

impl Context<'_> {
    /// Whether a text is given as a mapping. What begins with a brace on the key's own line is meant for a
    /// placeholder, and left to whoever reads texts.
    pub(super) fn has_forms(&self, node: &Node) -> bool {
        match &node.kind {
            NodeKind::Mapping(entries) => {
                entries.is_empty() || !self.sources.slice(node.span).starts_with('{')
            }
            _ => false,
        }
    }

    /// Reads the forms of a text; the parts of the text itself are those of `other`.
    pub(super) fn forms(&mut self, node: &Node) -> Template {
        let what = "a text with a form for each kind of number";
        let Some(mapping) = self.mapping(node, what, KEYS) else {
            return template::unread(node.span);
        };
        let number = mapping.get(NUMBER).and_then(|node| {
            let text = self.text(node, "what stands between the braces of a placeholder")?;
            let span = text.whole();
            Some(Spanned::new(text.text, span))
        });
        let mut forms = Vec::new();
        for form in KEYS.iter().filter(|key| ![NUMBER, OTHER].contains(*key)) {
            if let Some(entry) = mapping.entry(form) {
                let text = self.one_form(&entry.value);
                let form = Spanned::new((*form).to_owned(), entry.key.span);
                forms.push((form, text));
            }
        }
        let other = self.required(&mapping, OTHER, "the text for all other numbers");
        let other = other.map_or_else(|| template::unread(node.span), |node| self.one_form(node));
        let head = node.as_mapping().and_then(<[_]>::first);
        Template {
            segments: other.segments,
            span: node.span,
            plural: Some(Box::new(Plural {
                number,
                forms,
                head: head.map_or(node.span, |entry| entry.key.span),
            })),
        }
    }

    /// A form, which has none itself.
    fn one_form(&mut self, node: &Node) -> Template {
        self.refuse_cut(node);
        match self.text(node, "a text") {
            Some(text) => template::read(self, &text, Placeholders::Expressions),
            None => template::unread(node.span),
        }
    }
}
