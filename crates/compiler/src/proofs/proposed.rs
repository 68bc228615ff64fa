//! Questions about a person of which another answer may be suggested where somebody is ineligible.
//!
//! Nobody can have another date of birth, and few can have another condition of health. The office says which
//! answers people can change: `fixed: true` is what they cannot, `fixed: false` what they can.

use std::collections::BTreeSet;

use counterfoil_engine::plan::{FieldType, Published};

use super::{model::Model, privacy::personal, slice::slice};
use crate::{check::Checker, codes, definition::Field, diagnostic::Diagnostic};

/// Warnings about such questions, in the order in which they are asked.
pub fn prove(checker: &Checker<'_>, model: &Model<'_>, published: &Published) -> Vec<Diagnostic> {
    let about_a_person = |path: &str, field: &Field| {
        if checker.births.contains(path) {
            return Some("a date of birth".to_owned());
        }
        personal(field).map(|why| format!("personal data ({why})"))
    };
    let fields = checker.names.fields.iter().filter_map(|entry| {
        let type_ = &model.field_at(&entry.path)?.field.type_;
        // Of texts and lengths of time nothing is suggested.
        let suggested = !matches!(
            type_,
            FieldType::Text { .. } | FieldType::Duration { .. } | FieldType::DateRange { .. }
        );
        let unsaid = suggested && entry.field.fixed.is_none();
        let why = unsaid.then(|| about_a_person(&entry.path, entry.field))?;
        Some((entry.path.as_str(), entry.field, why?))
    });
    let mut fields: Vec<_> = fields.collect();
    let mut diagnostics = Vec::new();
    for decision in &model.rules.decisions {
        if fields.is_empty() {
            break;
        }
        if decision.hides_changes {
            continue;
        }
        let rules = decision.rules.iter();
        let conditions = rules.flat_map(|rule| rule.when.iter().chain([&rule.require]));
        let conditions: Vec<_> = conditions.cloned().collect();
        let Some(part) = slice(model, published, &conditions) else {
            continue;
        };
        let read = Model::of(&part.rules);
        let read: BTreeSet<&str> = read.paths.iter().map(String::as_str).collect();
        fields.retain(|(path, field, why)| {
            if !read.contains(path) {
                return true;
            }
            let message = format!(
                "`{path}` asks for {why}, and another answer to it may be suggested where `{}` is ineligible",
                decision.decision
            );
            let found = Diagnostic::warning(codes::SUGGESTED, field.field.span, message);
            diagnostics.push(found.help(
                "add `fixed: true` if nobody can change it, or `fixed: false` if people can",
            ));
            false
        });
    }
    diagnostics
}
