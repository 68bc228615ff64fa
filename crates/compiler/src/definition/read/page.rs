//! Pages and groups.

use super::{Context, field::MAX_COUNT, id::Kind, reader::Mapping};
use crate::{
    codes,
    definition::{Group, Page, PageContent, Section, Value},
    diagnostic::Diagnostic,
    source::Spanned,
    yaml::{Node, NodeKind},
};

const PAGE_KEYS: &[&str] = &[
    "page", "title", "text", "section", "when", "purpose", "fields",
];
const GROUP_KEYS: &[&str] = &["group", "record", "min", "max", "required", "values"];
const VALUE_KEYS: &[&str] = &["expr", "label", "source"];

impl Context<'_> {
    /// `sections` of the form.
    pub fn sections(&mut self, node: &Node) -> Vec<Section> {
        let entries = self.entries(node, "`sections`").unwrap_or_default();
        entries
            .iter()
            .map(|entry| Section {
                section: self.key_id(&entry.key, Kind::Label),
                title: self.plain(&entry.value),
            })
            .collect()
    }

    /// `pages` of the form.
    pub fn pages(&mut self, node: &Node) -> Vec<Page> {
        let items = self.items(node, "`pages`").unwrap_or_default();
        for fields in items.iter().filter_map(|item| item.get("fields")) {
            self.foresee(fields);
        }
        items.iter().filter_map(|item| self.page(item)).collect()
    }

    fn page(&mut self, node: &Node) -> Option<Page> {
        let keys = [PAGE_KEYS, GROUP_KEYS].concat();
        let mut mapping = self.mapping(node, "a page", &keys)?;
        if mapping.get("group").is_some() {
            mapping.what = "a page that asks a group";
        }
        let id = self
            .required(&mapping, "page", "name_of_the_page")
            .and_then(|node| self.id(node, Kind::Label));
        let title = self.required_plain(&mapping, "title", "the heading of the page");
        let text = self.optional_plain(&mapping, "text");
        let section = mapping
            .get("section")
            .and_then(|node| self.id(node, Kind::Label));
        let when = self.when(&mapping);
        let purpose = self.purposes(&mapping);
        let content = match mapping.get("group") {
            Some(node) => PageContent::Group(Box::new(self.group(&mapping, node)?)),
            None => {
                self.refuse_group_keys(&mapping);
                let fields = self
                    .required(&mapping, "fields", "a list of fields")
                    .map(|node| self.fields(node));
                PageContent::Fields(fields.unwrap_or_default())
            }
        };
        Some(Page {
            page: id?,
            title,
            text,
            section,
            when,
            purpose,
            content,
            span: mapping.span,
        })
    }

    fn group(&mut self, mapping: &Mapping<'_>, id: &Node) -> Option<Group> {
        let id = self.id(id, Kind::Name);
        let min = mapping
            .get("min")
            .and_then(|node| self.count(node, MAX_COUNT));
        let max = self
            .required(mapping, "max", "the greatest number of records")
            .and_then(|node| self.count(node, MAX_COUNT));
        let record = self.optional_plain(mapping, "record");
        let required = self.requirement(mapping);
        self.types.group.clone_from(&id);
        let fields = self
            .required(mapping, "fields", "a list of fields")
            .map(|node| self.fields(node));
        self.types.group = None;
        let values = mapping.get("values").map(|node| self.values(node));
        let id = id?;
        // A `max` that could not be read has been reported; any number does for the rest.
        let least = min.as_ref().map_or(1, |min| min.value.max(1));
        let max = max.unwrap_or_else(|| Spanned::new(least, id.span));
        Some(Group {
            record,
            min,
            max,
            required,
            fields: fields.unwrap_or_default(),
            values: values.unwrap_or_default(),
            group: id,
        })
    }

    fn refuse_group_keys(&mut self, mapping: &Mapping<'_>) {
        for key in GROUP_KEYS {
            let Some(entry) = mapping.entry(key) else {
                continue;
            };
            let help = match *key {
                "values" => "Write the values of the whole form under the form's own `values`.",
                "required" => "Write it at each field.",
                _ => {
                    "Add `group: name_of_the_group` to ask the fields of the page again and again."
                }
            };
            self.error(
                Diagnostic::error(
                    codes::CONFLICTING_KEYS,
                    entry.key.span,
                    format!("`{key}` goes with a page that asks a group"),
                )
                .help(help),
            );
        }
    }

    /// `values` of the form or of a group.
    pub fn values(&mut self, node: &Node) -> Vec<Value> {
        let entries = self.entries(node, "`values`").unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| {
                let value = self.key_id(&entry.key, Kind::Name);
                let span = entry.key.span.to(entry.value.span);
                if !matches!(entry.value.kind, NodeKind::Mapping(_)) {
                    return Some(Value {
                        value,
                        expr: self.expr(&entry.value),
                        label: None,
                        source: None,
                        span,
                    });
                }
                let mapping = self.mapping(&entry.value, "a value", VALUE_KEYS)?;
                Some(Value {
                    value,
                    expr: self.required_expr(&mapping, "expr", "how it is computed"),
                    label: self.optional_plain(&mapping, "label"),
                    source: self.source(&mapping),
                    span,
                })
            })
            .collect()
    }
}
