//! Fee and entitlement lines.

use super::{Context, id::Kind};
use crate::{
    definition::{Id, Line},
    yaml::Node,
};

impl Context<'_> {
    /// `fees` or `entitlements` of the form; `key` is `fee` or `entitlement`.
    pub fn lines(&mut self, node: &Node, list: &str, key: &'static str) -> Vec<Line> {
        let items = self.items(node, list).unwrap_or_default();
        items
            .iter()
            .filter_map(|item| self.line(item, key))
            .collect()
    }

    fn line(&mut self, node: &Node, key: &'static str) -> Option<Line> {
        let keys = [
            key,
            "label",
            "when",
            "amount",
            "omit_zero",
            "source",
            "decisions",
        ];
        let what = if key == "fee" {
            "a fee line"
        } else {
            "an entitlement line"
        };
        let mapping = self.mapping(node, what, &keys)?;
        let line = self
            .required(&mapping, key, "name_of_the_line")
            .and_then(|node| self.id(node, Kind::Member));
        let label = self.required_plain(&mapping, "label", "what people read");
        let when = self.when(&mapping);
        let amount = self.required_expr(&mapping, "amount", "how much it is");
        let omit_zero = self.flag(&mapping, "omit_zero");
        let source = self.source(&mapping);
        let decisions = mapping
            .get("decisions")
            .map(|node| self.decision_names(node));
        Some(Line {
            line: line?,
            label,
            when,
            amount,
            omit_zero,
            source,
            decisions,
            span: mapping.span,
        })
    }

    fn decision_names(&mut self, node: &Node) -> Vec<Id> {
        let items = self.items(node, "`decisions`").unwrap_or_default();
        items
            .iter()
            .filter_map(|item| self.id(item, Kind::Label))
            .collect()
    }
}
