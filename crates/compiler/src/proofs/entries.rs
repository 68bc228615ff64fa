//! The entry of a form in which something was written, by the path at which a report says that it failed.

use crate::{check::Checker, definition::Requirement, source::Span};

/// The paths of the entries that cover a place, records without their positions. A field type's texts stand
/// in every question of the type, so there can be several.
pub fn paths_at(checker: &Checker<'_>, place: Span) -> Vec<String> {
    let (form, names) = (checker.form, &checker.names);
    let mut found = Vec::new();
    let mut entry = |span: Span, path: &dyn Fn() -> String| {
        if span.covers(place) {
            found.push(path());
        }
    };
    for page in &form.pages {
        if let Some(when) = &page.when {
            entry(when.span, &|| "pages".to_owned());
        }
    }
    for group in &names.groups {
        if let Some(Requirement::When(when)) = &group.group.required {
            entry(when.span, &|| group.group.group.value.clone());
        }
    }
    for field in &names.fields {
        // What a field type says stands at the type.
        let required = match &field.field.required {
            Some(Requirement::When(when)) => Some(when),
            _ => None,
        };
        let conditions = field.field.when.iter().chain(required);
        let spans = conditions.map(|when| when.span).chain([field.field.span]);
        for span in spans {
            entry(span, &|| field.path.clone());
        }
    }
    for value in &names.values {
        entry(value.value.span, &|| format!("values.{}", value.path));
    }
    for check in &form.checks {
        for span in [check.span, check.require.span] {
            entry(span, &|| format!("checks.{}", check.check.value));
        }
    }
    for decision in &form.decisions {
        for rule in &decision.rules {
            let (decision, id) = (&decision.decision.value, &rule.rule.value);
            entry(rule.span, &|| format!("rules.{decision}.{id}"));
        }
    }
    for (lines, kind) in [(&form.fees, "fees"), (&form.entitlements, "entitlements")] {
        for line in lines {
            entry(line.span, &|| format!("{kind}.{}", line.line.value));
        }
    }
    found
}

/// A path of a report without the positions of records: `streets.metres` of `streets[0].metres`.
pub fn without_positions(path: &str) -> String {
    let mut parts = path.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| {
        path + part.split_once(']').map_or("", |(_, rest)| rest)
    })
}
