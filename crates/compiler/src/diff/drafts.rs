//! What answers that were kept under the old version meet in the new one.

use std::collections::BTreeMap;

use counterfoil_engine::{
    number::Number,
    plan::{Choice, Field, FieldType, PageContent, Requirement, Rules},
};
use serde::Serialize;

/// Something that breaks drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Break {
    /// The field or group, such as `streets.metres`.
    pub path: String,
    /// What became of it, for people.
    pub text: String,
}

/// What breaks drafts, in the order of the old form, then of the new.
pub(super) fn breaks(old: &Rules, new: &Rules) -> Vec<Break> {
    let mut breaks = Vec::new();
    let mut tell = |path: &str, text: String| {
        breaks.push(Break {
            path: path.to_owned(),
            text,
        });
    };
    let (before, after) = (fields(old), fields(new));
    let known: BTreeMap<&str, &Field> = after
        .iter()
        .map(|(path, field)| (path.as_str(), *field))
        .collect();
    for (path, field) in &before {
        let Some(now) = known.get(path.as_str()) else {
            tell(path, "is gone: an answer to it is refused".to_owned());
            continue;
        };
        for text in narrowed(&field.type_, &now.type_, new) {
            tell(path, text);
        }
        if is_stricter(&field.required, &now.required) {
            tell(
                path,
                "must be answered now, at least in some cases".to_owned(),
            );
        }
    }
    for (path, field) in &after {
        let is_new = !before.iter().any(|(other, _)| other == path);
        if is_new && !matches!(field.required, Requirement::Never) {
            tell(path, "is new and must be answered".to_owned());
        }
    }
    for page in &old.pages {
        let PageContent::Group(group) = &page.content else {
            continue;
        };
        let now = new.pages.iter().find_map(|page| match &page.content {
            PageContent::Group(now) if now.group == group.group => Some(now),
            _ => None,
        });
        let Some(now) = now else { continue };
        if now.max < group.max {
            tell(
                &group.group,
                format!("takes at most {} records, before {}", now.max, group.max),
            );
        }
        if now.min > group.min {
            tell(
                &group.group,
                format!("needs at least {} records, before {}", now.min, group.min),
            );
        }
        if is_stricter(&group.required, &now.required) {
            tell(
                &group.group,
                "must be answered now, at least in some cases".to_owned(),
            );
        }
    }
    breaks
}

fn fields(rules: &Rules) -> Vec<(String, &Field)> {
    let mut fields = Vec::new();
    for page in &rules.pages {
        match &page.content {
            PageContent::Fields(list) => {
                fields.extend(list.iter().map(|field| (field.field.clone(), field)));
            }
            PageContent::Group(group) => fields.extend(
                (group.fields.iter())
                    .map(|field| (format!("{}.{}", group.group, field.field), field)),
            ),
        }
    }
    fields
}

fn is_stricter(old: &Requirement, new: &Requirement) -> bool {
    match (old, new) {
        (Requirement::Always, _) | (_, Requirement::Never) => false,
        (Requirement::Never, _) | (_, Requirement::Always) => true,
        (Requirement::When(old), Requirement::When(new)) => old != new,
    }
}

/// How a type takes fewer answers than before.
fn narrowed(old: &FieldType, new: &FieldType, rules: &Rules) -> Vec<String> {
    let mut found = Vec::new();
    let mut tell = |text: String| found.push(text);
    match (old, new) {
        (FieldType::Boolean { accepted: false }, FieldType::Boolean { accepted: true }) => {
            tell("takes only yes now".to_owned());
        }
        (FieldType::Boolean { .. }, FieldType::Boolean { .. }) => {}
        (
            FieldType::Text {
                min_length: least,
                max_length: most,
                pattern,
                format,
            },
            FieldType::Text {
                min_length,
                max_length,
                pattern: now_pattern,
                format: now_format,
            },
        ) => {
            if min_length > least {
                tell(format!(
                    "takes at least {min_length} characters, before {least}"
                ));
            }
            if max_length < most {
                tell(format!(
                    "takes at most {max_length} characters, before {most}"
                ));
            }
            if pattern != now_pattern && now_pattern.is_some() {
                let source = (now_pattern.as_ref())
                    .and_then(|name| rules.patterns.get(name))
                    .map_or("", |pattern| pattern.source.as_str());
                tell(format!("must fit another pattern: {source}"));
            }
            if format != now_format && now_format.is_some() {
                tell("must have another format".to_owned());
            }
        }
        (FieldType::Date { min, max }, FieldType::Date { min: from, max: to })
        | (FieldType::DateRange { min, max }, FieldType::DateRange { min: from, max: to }) => {
            if let Some(from) = from.filter(|from| min.is_none_or(|min| *from > min)) {
                tell(format!("takes no day before {from} now"));
            }
            if let Some(to) = to.filter(|to| max.is_none_or(|max| *to < max)) {
                tell(format!("takes no day after {to} now"));
            }
        }
        (
            FieldType::Duration { unit, min, max },
            FieldType::Duration {
                unit: now,
                min: from,
                max: to,
            },
        ) => {
            if unit != now {
                tell(format!("counts {} now, before {}", now.name(), unit.name()));
            } else if from > min || to < max {
                tell(format!(
                    "takes {from} to {to} {} now, before {min} to {max}",
                    now.name()
                ));
            }
        }
        (FieldType::Choice { options }, FieldType::Choice { options: now })
        | (FieldType::Set { options }, FieldType::Set { options: now }) => {
            for option in gone(options, now) {
                tell(format!("has no option `{option}` now"));
            }
        }
        _ => match (limits(old), limits(new)) {
            (Some((name, scale, min, max)), Some((now, digits, from, to)))
                if name == now || name == "integer" =>
            {
                if from > min {
                    tell(format!("takes nothing below {from} now, before {min}"));
                }
                if to < max {
                    tell(format!("takes nothing above {to} now, before {max}"));
                }
                if digits
                    .zip(scale)
                    .is_some_and(|(digits, scale)| digits < scale)
                {
                    tell("takes fewer decimal places".to_owned());
                }
            }
            _ => tell(format!(
                "is of the type {} now, before {}",
                name_of(new),
                name_of(old)
            )),
        },
    }
    found
}

fn gone<'o>(old: &'o [Choice], new: &'o [Choice]) -> impl Iterator<Item = &'o str> {
    let stays = |option: &&Choice| new.iter().any(|other| other.option == option.option);
    old.iter()
        .filter(move |option| !stays(option))
        .map(|option| option.option.as_str())
}

type Limits = (&'static str, Option<u8>, Number, Number);

fn limits(type_: &FieldType) -> Option<Limits> {
    match type_ {
        FieldType::Integer { min, max } => Some(("integer", Some(0), *min, *max)),
        FieldType::Decimal { scale, min, max } => Some(("decimal", Some(*scale), *min, *max)),
        FieldType::Money { min, max } => Some(("money", None, *min, *max)),
        _ => None,
    }
}

const fn name_of(type_: &FieldType) -> &'static str {
    match type_ {
        FieldType::Boolean { .. } => "boolean",
        FieldType::Integer { .. } => "integer",
        FieldType::Decimal { .. } => "decimal",
        FieldType::Money { .. } => "money",
        FieldType::Text { .. } => "text",
        FieldType::Date { .. } => "date",
        FieldType::Duration { .. } => "duration",
        FieldType::DateRange { .. } => "date_range",
        FieldType::Choice { .. } => "choice",
        FieldType::Set { .. } => "set",
    }
}
