//! Legal sources by what they support.

use counterfoil_engine::plan::Sources;

use crate::{definition::FormDefinition, names::Names, source::Spanned};

/// The `sources` part of a form's plan.
pub fn sources(form: &FormDefinition, names: &Names<'_>) -> Sources {
    let mut sources = Sources::new();
    let mut add = |key: String, source: &Option<Spanned<String>>| {
        if let Some(source) = source {
            sources.insert(key, source.value.clone());
        }
    };
    for purpose in form.privacy.iter().flat_map(|privacy| &privacy.purposes) {
        let key = format!("privacy.purpose.{}", purpose.purpose.value);
        add(key, &purpose.source);
    }
    for parameter in &form.parameters {
        let mut periods: Vec<_> = parameter.periods.iter().collect();
        periods.sort_by_key(|period| period.from.as_ref().map(|from| from.value));
        for (index, period) in periods.into_iter().enumerate() {
            let key = format!("parameter.{}.{index}", parameter.parameter.value);
            add(key, &period.source);
        }
    }
    for value in &names.values {
        add(format!("value.{}", value.path), &value.value.source);
    }
    for table in &form.tables {
        add(format!("table.{}", table.table.value), &table.source);
    }
    for function in &form.functions {
        add(
            format!("function.{}", function.function.value),
            &function.source,
        );
    }
    for check in &form.checks {
        add(format!("check.{}", check.check.value), &check.source);
    }
    for decision in &form.decisions {
        for rule in &decision.rules {
            let key = format!("rule.{}.{}", decision.decision.value, rule.rule.value);
            add(key, &rule.source);
        }
    }
    for (kind, lines) in [("fee", &form.fees), ("entitlement", &form.entitlements)] {
        for line in lines {
            add(format!("{kind}.{}", line.line.value), &line.source);
        }
    }
    sources
}
