//! Which nodes there are, and where each is explained.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
};
use crate::{evaluate::RecordAt, plan::Plan, words::key_path};

/// The nodes that can be explained.
pub fn explainable_nodes(plan: &Plan) -> Vec<String> {
    let program = plan.program();
    let mut nodes = Vec::new();
    for (kind, lines) in [
        ("fees", &program.fees),
        ("entitlements", &program.entitlements),
    ] {
        if !lines.is_empty() {
            nodes.push(format!("{kind}.total"));
            nodes.extend(lines.iter().map(|line| format!("{kind}.{}", line.id)));
        }
    }
    for decision in &program.decisions {
        nodes.push(format!("decisions.{}", decision.id));
        for rule in &program.rules[decision.rules.clone()] {
            nodes.push(format!("rules.{}.{}", decision.id, rule.id));
        }
    }
    let mut add = |kind: &str, ids: &mut dyn Iterator<Item = &String>| {
        nodes.extend(ids.map(|id| format!("{kind}.{id}")));
    };
    add("values", &mut program.values.iter().map(|v| &v.path));
    add("checks", &mut program.checks.iter().map(|c| &c.id));
    add("parameters", &mut program.parameters.iter().map(|p| &p.id));
    // Tables of options are none of the form's own.
    let own = program.tables.iter().map(|t| &t.id);
    add("tables", &mut own.filter(|id| !id.contains('/')));
    add("facts", &mut program.facts.iter().map(|f| &f.id));
    add("groups", &mut program.groups.iter().map(|g| &g.id));
    add("fields", &mut program.fields.iter().map(|f| &f.path));
    nodes
}

/// What to say of a node that the form does not have.
pub(super) fn unknown(plan: &Plan, node: &str) -> String {
    const MOST: usize = 12;

    let mut nodes = explainable_nodes(plan);
    let kind = node.split('.').next().unwrap_or(node);
    // Those of the kind that was asked for, or else those that have the name, or else all.
    let of_kind = |other: &String| other.split('.').next() == Some(kind);
    let name = node.rsplit('.').next().unwrap_or(node);
    let named = |other: &String| other.rsplit('.').next() == Some(name);
    if nodes.iter().any(named) {
        nodes.retain(named);
    } else if nodes.iter().any(of_kind) {
        nodes.retain(of_kind);
    }
    let more = match nodes.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    nodes.truncate(MOST);
    format!(
        "the form has nothing named `{node}` to explain; there is {}{more}",
        nodes.join(", ")
    )
}

impl<'a> Explainer<'a> {
    /// The explanation of a node; none where the form has no such node.
    pub fn node(&mut self, node: &str) -> Option<Explanation> {
        let mut explanation = self
            .named_node(node)
            .or_else(|| self.question(node))
            .or_else(|| self.named_node(&format!("decisions.{node}")))?;
        if self.is_full() {
            let more = self.step(Kind::More, self.text("explain.more"));
            explanation.because.push(more);
        }
        Some(explanation)
    }

    fn named_node(&mut self, node: &str) -> Option<Explanation> {
        let program = self.plan.program();
        let (kind, id) = node.split_once('.')?;
        match kind {
            "fees" => self.account_node(id, true),
            "entitlements" => self.account_node(id, false),
            "values" => {
                let (index, value) = self.value_at(&key_path(id))?;
                match value.group {
                    None => Some(self.value(index, None)),
                    Some(group) => {
                        let label = self.label(&format!("value.{}", value.path), &value.id);
                        self.per_record(Kind::Value, node, &label, group, |this, at| {
                            this.value(index, Some(at))
                        })
                    }
                }
            }
            "decisions" => {
                let index = program.decisions.iter().position(|d| d.id == id)?;
                Some(self.decision(index))
            }
            "rules" => {
                let (decision, rule) = id.split_once('.')?;
                let decision = program.decisions.iter().find(|d| d.id == decision)?;
                let mut rules = decision.rules.clone();
                let index = rules.find(|&index| program.rules[index].id == rule)?;
                Some(self.rule(index))
            }
            "checks" => {
                let index = program.checks.iter().position(|check| check.id == id)?;
                self.check(index)
            }
            "parameters" => {
                let index = program.parameters.iter().position(|p| p.id == id)?;
                Some(self.parameter_node(index))
            }
            "tables" => self.table_node_of(id),
            "facts" => {
                let index = program.facts.iter().position(|fact| fact.id == id)?;
                Some(self.fact(index))
            }
            "fields" | "groups" => self.question(id),
            _ => None,
        }
    }

    /// A field or group by its path.
    fn question(&mut self, path: &str) -> Option<Explanation> {
        let key = key_path(path);
        if let Some(group) = self.group_at(&key) {
            return Some(self.group(group));
        }
        let (index, field) = self.field_at(&key)?;
        match field.group {
            None => Some(self.field(index, Scope::default())),
            Some(group) => {
                let label = self.label(&format!("field.{key}"), &field.id);
                self.per_record(Kind::Field, path, &label, group, |this, at| {
                    this.field(index, this.record_scope(at))
                })
            }
        }
    }

    /// What belongs to a group: for the record that the path names, or for every record.
    pub(super) fn per_record(
        &mut self,
        kind: Kind,
        path: &str,
        label: &str,
        group: usize,
        mut tell: impl FnMut(&mut Self, RecordAt) -> Explanation,
    ) -> Option<Explanation> {
        let count = self.evaluation.groups[group].records.len();
        if let Some((_, rest)) = path.split_once('[') {
            let (record, _) = rest.split_once(']')?;
            let record = record.parse().ok().filter(|record| *record < count)?;
            return Some(tell(self, RecordAt { group, record }));
        }
        let mut because = Vec::new();
        for record in 0..count {
            if self.is_full() {
                break;
            }
            let reason = tell(self, RecordAt { group, record });
            self.add(&mut because, reason);
        }
        if because.is_empty() {
            let reason = self.group(group);
            self.add(&mut because, reason);
        }
        Some(Explanation {
            node: Some(path.to_owned()),
            label: Some(label.to_owned()),
            because,
            ..self.step(kind, self.heading(label))
        })
    }
}
