//! Checks and decisions.

use super::{Context, id::Kind, reader::Mapping, template::Placeholders};
use crate::{
    definition::{Check, Decision, IfIneligible, Path, Rule, Template},
    yaml::Node,
};

const CHECK_KEYS: &[&str] = &["check", "at", "when", "require", "say", "source"];
const DECISION_KEYS: &[&str] = &[
    "decision",
    "title",
    "if_ineligible",
    "suggest_changes",
    "rules",
];
const RULE_KEYS: &[&str] = &["rule", "when", "require", "say", "source"];

impl Context<'_> {
    /// `checks` of the form.
    pub fn checks(&mut self, node: &Node) -> Vec<Check> {
        let items = self.items(node, "`checks`").unwrap_or_default();
        items.iter().filter_map(|item| self.check(item)).collect()
    }

    fn check(&mut self, node: &Node) -> Option<Check> {
        let mapping = self.mapping(node, "a check", CHECK_KEYS)?;
        let check = self
            .required(&mapping, "check", "name_of_the_check")
            .and_then(|node| self.id(node, Kind::Label));
        let at = self
            .required(&mapping, "at", "the field where it reports")
            .map(|node| self.path(node));
        let when = self.when(&mapping);
        let require = self.required_expr(&mapping, "require", "what must hold");
        let say = self.say(&mapping);
        let source = self.source(&mapping);
        Some(Check {
            check: check?,
            at: at.unwrap_or(Path {
                names: Vec::new(),
                span: mapping.span,
            }),
            when,
            require,
            say,
            source,
            span: mapping.span,
        })
    }

    fn say(&mut self, mapping: &Mapping<'_>) -> Template {
        match self.required(mapping, "say", "the message where it does not hold") {
            Some(node) => self.template(node, Placeholders::Expressions),
            None => Template::new(Vec::new(), mapping.span),
        }
    }

    /// `decisions` of the form.
    pub fn decisions(&mut self, node: &Node) -> Vec<Decision> {
        let items = self.items(node, "`decisions`").unwrap_or_default();
        items
            .iter()
            .filter_map(|item| self.decision(item))
            .collect()
    }

    fn decision(&mut self, node: &Node) -> Option<Decision> {
        const IF_INELIGIBLE: &[(&str, IfIneligible)] = &[
            ("may_apply", IfIneligible::MayApply),
            ("stop", IfIneligible::Stop),
        ];
        let mapping = self.mapping(node, "a decision", DECISION_KEYS)?;
        let decision = self
            .required(&mapping, "decision", "name_of_the_decision")
            .and_then(|node| self.id(node, Kind::Label));
        let title = self.required_plain(&mapping, "title", "what is decided");
        let if_ineligible = mapping
            .get("if_ineligible")
            .and_then(|node| self.word(node, "a way to go on", IF_INELIGIBLE));
        let suggest_changes = mapping
            .get("suggest_changes")
            .and_then(|node| self.boolean(node));
        let rules = self
            .required(&mapping, "rules", "a list of rules")
            .map(|node| {
                let items = self.items(node, "`rules`").unwrap_or_default();
                items.iter().filter_map(|item| self.rule(item)).collect()
            });
        Some(Decision {
            decision: decision?,
            title,
            if_ineligible: if_ineligible.map_or_else(IfIneligible::default, |word| word.value),
            suggest_changes: suggest_changes.unwrap_or(true),
            rules: rules.unwrap_or_default(),
            span: mapping.span,
        })
    }

    fn rule(&mut self, node: &Node) -> Option<Rule> {
        let mapping = self.mapping(node, "a rule", RULE_KEYS)?;
        let rule = self
            .required(&mapping, "rule", "name_of_the_rule")
            .and_then(|node| self.id(node, Kind::Member));
        let when = self.when(&mapping);
        let require = self.required_expr(&mapping, "require", "what must hold");
        let say = self.say(&mapping);
        let source = self.source(&mapping);
        Some(Rule {
            rule: rule?,
            when,
            require,
            say,
            source,
            span: mapping.span,
        })
    }
}
