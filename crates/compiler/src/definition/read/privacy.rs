//! `privacy`, and the `purpose` of fields and pages.

use super::{Context, field::MAX_COUNT, id::Kind, reader::Mapping};
use crate::{
    codes,
    definition::{Id, Privacy, Purpose, Retention, RetentionUnit},
    diagnostic::Diagnostic,
    source::Spanned,
    yaml::{Node, NodeKind},
};

const UNITS: &[(&str, RetentionUnit)] = &[
    ("day", RetentionUnit::Days),
    ("week", RetentionUnit::Weeks),
    ("month", RetentionUnit::Months),
    ("year", RetentionUnit::Years),
];

impl Context<'_> {
    /// `privacy` of the form.
    pub fn privacy(&mut self, mapping: &Mapping<'_>) -> Option<Privacy> {
        let node = mapping.get("privacy")?;
        let mapping = self.mapping(node, "`privacy`", &["controller", "purposes"])?;
        let controller = self.required_plain(&mapping, "controller", "who answers for the data");
        let purposes = self
            .required(&mapping, "purposes", "a list of purposes")
            .and_then(|node| self.items(node, "`purposes`"))
            .unwrap_or_default();
        let purposes = purposes.iter().filter_map(|item| self.purpose(item));
        Some(Privacy {
            controller,
            purposes: purposes.collect(),
            span: node.span,
        })
    }

    fn purpose(&mut self, node: &Node) -> Option<Purpose> {
        let keys = ["purpose", "say", "retention", "source"];
        let mapping = self.mapping(node, "a purpose", &keys)?;
        let id = self
            .required(&mapping, "purpose", "name_of_the_purpose")
            .and_then(|node| self.id(node, Kind::Label));
        let say = self.required_plain(&mapping, "say", "what the data are for");
        let written = mapping.get("retention");
        let retention = written.and_then(|node| self.retention(node));
        Some(Purpose {
            purpose: id?,
            say,
            retention,
            has_retention: written.is_some(),
            source: self.source(&mapping),
        })
    }

    fn retention(&mut self, node: &Node) -> Option<Spanned<Retention>> {
        let text = self.text(node, "a length of time such as `6 years`")?;
        let span = text.whole();
        let read = || {
            let (number, unit) = text.text.split_once(' ')?;
            let number: u32 = number
                .parse()
                .ok()
                .filter(|n| (1..=MAX_COUNT).contains(n))?;
            let unit = unit.trim().strip_suffix('s').unwrap_or(unit.trim());
            let (_, unit) = UNITS.iter().find(|(name, _)| *name == unit)?;
            Some(Retention {
                number,
                unit: *unit,
            })
        };
        let found = read();
        if found.is_none() {
            self.error(
                Diagnostic::error(
                    codes::BAD_LITERAL,
                    span,
                    format!("`{}` is no length of time", text.text),
                )
                .help("Write a whole number and `days`, `weeks`, `months` or `years`, such as `6 years`."),
            );
        }
        Some(Spanned::new(found?, span))
    }

    /// `purpose`: one id or a list of them.
    pub fn purposes(&mut self, mapping: &Mapping<'_>) -> Vec<Id> {
        let Some(node) = mapping.get("purpose") else {
            return Vec::new();
        };
        match &node.kind {
            NodeKind::List(items) => items
                .iter()
                .filter_map(|item| self.id(item, Kind::Label))
                .collect(),
            _ => self.id(node, Kind::Label).into_iter().collect(),
        }
    }
}
