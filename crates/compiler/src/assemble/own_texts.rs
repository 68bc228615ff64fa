//! Every text of a form in its first language, with the key that its translations have.

use crate::{
    check::Checker,
    closest::closest,
    codes,
    definition::{ChoiceOption, FormDefinition, InputType, Template},
    diagnostic::Diagnostic,
};

/// Codes of which a form can give its own message.
const ERROR_CODES: &[&str] = &[
    "required", "type", "option", "length", "pattern", "format", "date", "duration", "unit",
    "order", "range", "scale", "accepted", "items",
];

/// What the placeholders of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholders {
    /// There are none.
    None,
    /// Expressions, which fill in the message of a check or rule.
    Expressions,
    /// Names of limits.
    Limits,
}

/// A text of the form in its first language.
pub(super) struct Text<'f> {
    pub key: String,
    pub template: &'f Template,
    pub placeholders: Placeholders,
    /// A further key whose translation serves as well: options of a named set, texts of a field type.
    pub shared: Option<String>,
    /// Whether a placeholder of it is wrong, which has been reported.
    pub broken: bool,
}

/// Every text of the form, in its own order.
pub(super) fn own_texts<'f>(checker: &mut Checker<'f>) -> Vec<Text<'f>> {
    let form = checker.form;
    let mut texts = Vec::new();
    let mut add = |key: String, template: Option<&'f Template>| {
        if let Some(template) = template {
            texts.push(Text {
                key,
                template,
                placeholders: Placeholders::None,
                shared: None,
                broken: false,
            });
        }
    };
    add("form.title".to_owned(), Some(&form.title));
    add("form.authority".to_owned(), form.authority.as_ref());
    add("form.introduction".to_owned(), form.introduction.as_ref());
    if let Some(privacy) = &form.privacy {
        add("privacy.controller".to_owned(), Some(&privacy.controller));
        for purpose in &privacy.purposes {
            let key = format!("privacy.purpose.{}", purpose.purpose.value);
            add(key, Some(&purpose.say));
        }
    }
    for section in &form.sections {
        let key = format!("section.{}.title", section.section.value);
        add(key, Some(&section.title));
    }
    for page in &form.pages {
        let key = format!("page.{}", page.page.value);
        add(format!("{key}.title"), Some(&page.title));
        add(format!("{key}.text"), page.text.as_ref());
    }
    for group in &checker.names.groups {
        let key = format!("group.{}.record", group.group.group.value);
        add(key, group.group.record.as_ref());
    }
    for value in &checker.names.values {
        add(
            format!("value.{}.label", value.path),
            value.value.label.as_ref(),
        );
    }
    for parameter in &form.parameters {
        let key = format!("parameter.{}.label", parameter.parameter.value);
        add(key, parameter.label.as_ref());
    }
    for table in &form.tables {
        add(
            format!("table.{}.label", table.table.value),
            table.label.as_ref(),
        );
    }
    for function in &form.functions {
        let key = format!("function.{}", function.function.value);
        add(format!("{key}.label"), function.label.as_ref());
        for argument in &function.arguments {
            let key = format!("{key}.{}.label", argument.argument.value);
            add(key, argument.label.as_ref());
        }
    }
    for fact in &form.facts {
        add(
            format!("fact.{}.label", fact.fact.value),
            fact.label.as_ref(),
        );
    }
    for decision in &form.decisions {
        add(
            format!("decision.{}.title", decision.decision.value),
            Some(&decision.title),
        );
    }
    for (kind, lines) in [("fee", &form.fees), ("entitlement", &form.entitlements)] {
        for line in lines {
            add(
                format!("{kind}.{}.label", line.line.value),
                Some(&line.label),
            );
        }
    }
    for entry in &checker.names.fields {
        let key = format!("field.{}", entry.path);
        let field = entry.field;
        add(format!("{key}.label"), Some(&field.label));
        add(format!("{key}.name"), field.name.as_ref());
        add(format!("{key}.hint"), field.hint.as_ref());
        add(format!("{key}.unit"), field.unit.as_ref());
    }
    for composite in &form.composites {
        let key = format!("field.{}", composite.path());
        let parts = [("label", &composite.legend), ("hint", &composite.hint)];
        for (part, template) in parts {
            texts.extend(template.as_ref().map(|template| Text {
                key: format!("{key}.{part}"),
                template,
                placeholders: Placeholders::None,
                shared: None,
                broken: false,
            }));
        }
    }
    option_texts(checker, &mut texts);
    message_texts(checker, &mut texts);
    for text in &mut texts {
        let shared = form.shared_texts.key_at(text.template.span);
        text.shared = text.shared.take().or_else(|| shared.map(str::to_owned));
    }
    texts
}

fn option_texts<'f>(checker: &Checker<'f>, texts: &mut Vec<Text<'f>>) {
    let form = checker.form;
    let fields = checker.names.fields.iter().map(|entry| {
        let key = format!("field.{}", entry.path);
        (key, &entry.field.type_.value)
    });
    let facts = form.facts.iter().map(|fact| {
        let key = format!("fact.{}", fact.fact.value);
        (key, &fact.type_.value)
    });
    let arguments = form.functions.iter().flat_map(|function| {
        function.arguments.iter().filter_map(move |argument| {
            let key = format!(
                "function.{}.{}",
                function.function.value, argument.argument.value
            );
            match &argument.type_ {
                InputType::Typed(type_) => Some((key, &type_.value)),
                InputType::SameAs(_) | InputType::Error => None,
            }
        })
    });
    for (key, type_) in fields.chain(facts).chain(arguments) {
        let Some((options, set)) = options_of(form, type_) else {
            continue;
        };
        for option in options {
            let id = &option.option.value;
            let parts = [("", Some(&option.label)), (".hint", option.hint.as_ref())];
            for (suffix, template) in parts {
                let Some(template) = template else {
                    continue;
                };
                texts.push(Text {
                    key: format!("{key}.option.{id}{suffix}"),
                    template,
                    placeholders: Placeholders::None,
                    shared: set.map(|set| format!("option_set.{set}.{id}{suffix}")),
                    broken: false,
                });
            }
        }
    }
}

fn options_of<'f>(
    form: &'f FormDefinition,
    type_: &'f crate::definition::FieldType,
) -> Option<(&'f [ChoiceOption], Option<&'f str>)> {
    use crate::definition::{FieldType, Options};

    let (FieldType::Choice { options } | FieldType::Set { options }) = type_ else {
        return None;
    };
    match options {
        Options::Inline(options) => Some((options, None)),
        Options::Named(name) => {
            let mut sets = form.option_sets.iter();
            let set = sets.find(|set| set.option_set.value == name.value)?;
            Some((&set.options, Some(name.as_str())))
        }
        Options::Error => None,
    }
}

/// What checks and rules say, and the form's own error messages.
fn message_texts<'f>(checker: &mut Checker<'f>, texts: &mut Vec<Text<'f>>) {
    let form = checker.form;
    let mut add = |key: String, template: &'f Template, placeholders: Placeholders| {
        texts.push(Text {
            key,
            template,
            placeholders,
            shared: None,
            broken: false,
        });
    };
    for check in &form.checks {
        let key = format!("check.{}", check.check.value);
        add(key, &check.say, Placeholders::Expressions);
    }
    for decision in &form.decisions {
        for rule in &decision.rules {
            let key = format!("rule.{}.{}", decision.decision.value, rule.rule.value);
            add(key, &rule.say, Placeholders::Expressions);
        }
    }
    for entry in &checker.names.fields {
        for (code, template) in &entry.field.errors {
            if ERROR_CODES.contains(&code.as_str()) {
                let key = format!("field.{}.error.{}", entry.path, code.value);
                add(key, template, Placeholders::Limits);
                continue;
            }
            let diagnostic = Diagnostic::error(
                codes::UNKNOWN_TEXT,
                code.span,
                format!("there is no error `{}`", code.value),
            );
            let meant = closest(code.as_str(), ERROR_CODES.iter().copied());
            checker.diagnostics.push(match meant {
                Some(meant) => diagnostic
                    .help(format!("did you mean `{meant}`?"))
                    .suggest(code.span, meant),
                None => diagnostic.help(format!("errors are {}", ERROR_CODES.join(", "))),
            });
        }
    }
}
