//! Personal data without a purpose, and purposes without an end.

use std::collections::BTreeSet;

use crate::{
    closest::closest,
    codes,
    definition::{Field, FieldType, FormDefinition, Id, Page},
    diagnostic::Diagnostic,
    names::Names,
};

/// Tokens of HTML's `autocomplete` that stand for data about a person. Those of a contact (`home tel`)
/// and of a section end in one of them.
const PERSONAL_TOKENS: &[&str] = &[
    "additional-name",
    "address-level1",
    "address-level2",
    "address-level3",
    "address-level4",
    "address-line1",
    "address-line2",
    "address-line3",
    "bday",
    "bday-day",
    "bday-month",
    "bday-year",
    "cc-additional-name",
    "cc-csc",
    "cc-exp",
    "cc-exp-month",
    "cc-exp-year",
    "cc-family-name",
    "cc-given-name",
    "cc-name",
    "cc-number",
    "email",
    "family-name",
    "given-name",
    "honorific-prefix",
    "honorific-suffix",
    "impp",
    "name",
    "nickname",
    "photo",
    "postal-code",
    "sex",
    "street-address",
    "tel",
    "tel-area-code",
    "tel-country-code",
    "tel-extension",
    "tel-local",
    "tel-local-prefix",
    "tel-local-suffix",
    "tel-national",
    "username",
];
/// Formats of texts that stand for data about a person.
const PERSONAL_FORMATS: &[&str] = &["email"];

/// The purposes of a field: its own, or else its page's.
pub fn purposes<'f>(page: &'f Page, field: &'f Field) -> &'f [Id] {
    if field.purpose.is_empty() {
        &page.purpose
    } else {
        &field.purpose
    }
}

/// Diagnostics about the data that a form asks for. A form without `privacy` has promised nothing, and
/// nothing is said of it.
pub fn prove(form: &FormDefinition, names: &Names<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let pages = form.pages.iter().flat_map(|page| &page.purpose);
    let fields = names.fields.iter().flat_map(|entry| &entry.field.purpose);
    let written: Vec<&Id> = pages.chain(fields).collect();
    let Some(privacy) = &form.privacy else {
        if let Some(first) = written.first() {
            diagnostics.push(
                Diagnostic::error(
                    codes::UNKNOWN_PURPOSE,
                    first.span,
                    "the form declares no purposes",
                )
                .help("declare them under `privacy`, with `controller` and `purposes`"),
            );
        }
        return diagnostics;
    };
    let declared: BTreeSet<&str> = privacy
        .purposes
        .iter()
        .map(|p| p.purpose.as_str())
        .collect();
    for id in &written {
        if declared.contains(id.as_str()) {
            continue;
        }
        let message = format!("the form declares no purpose `{}`", id.value);
        let found = Diagnostic::error(codes::UNKNOWN_PURPOSE, id.span, message);
        diagnostics.push(match closest(id.as_str(), declared.iter().copied()) {
            Some(meant) => found
                .help(format!("did you mean `{meant}`?"))
                .suggest(id.span, meant),
            None => found.help("declare it under `privacy`"),
        });
    }
    for (index, purpose) in privacy.purposes.iter().enumerate() {
        let id = &purpose.purpose;
        if let Some(earlier) = privacy.purposes[..index]
            .iter()
            .find(|p| p.purpose.value == id.value)
        {
            diagnostics.push(
                Diagnostic::error(
                    codes::DUPLICATE_ID,
                    id.span,
                    format!("the name `{}` is taken already", id.value),
                )
                .label(earlier.purpose.span, "first declared here")
                .help("give one of the two another name"),
            );
        }
        if !purpose.has_retention {
            diagnostics.push(
                Diagnostic::error(
                    codes::NO_RETENTION,
                    id.span,
                    format!(
                        "the purpose `{}` does not say how long the data are kept",
                        id.value
                    ),
                )
                .help("add `retention`, such as `retention: 6 years`"),
            );
        }
        if !written.iter().any(|written| written.value == id.value) {
            diagnostics.push(
                Diagnostic::warning(
                    codes::UNUSED_PURPOSE,
                    id.span,
                    format!("nothing is asked for the purpose `{}`", id.value),
                )
                .help("write `purpose` at the fields or pages that it is for, or leave it out"),
            );
        }
    }
    for entry in &names.fields {
        let page = &form.pages[entry.page];
        if !purposes(page, entry.field).is_empty() {
            continue;
        }
        if let Some(why) = personal(entry.field) {
            diagnostics.push(
                Diagnostic::error(
                    codes::NO_PURPOSE,
                    entry.field.field.span,
                    format!("`{}` asks for personal data ({why}) without a purpose", entry.path),
                )
                .help(
                    "add `purpose` here or at the page, or `personal: false` if it is about no person",
                ),
            );
        }
    }
    diagnostics
}

/// Why a field asks for personal data, if it does.
pub fn personal(field: &Field) -> Option<String> {
    match field.personal {
        Some(true) => {
            return Some(match &field.field_type {
                Some(type_) => format!("`type: {}`", type_.value),
                None => "`personal: true`".to_owned(),
            });
        }
        Some(false) => return None,
        None => {}
    }
    if let Some(token) = &field.autocomplete {
        let last = token.value.split_whitespace().next_back().unwrap_or("");
        if PERSONAL_TOKENS.contains(&last) {
            return Some(format!("`autocomplete: {}`", token.value));
        }
    }
    match &field.type_.value {
        FieldType::Text {
            format: Some(format),
            ..
        } if PERSONAL_FORMATS.contains(&format.as_str()) => {
            Some(format!("`format: {}`", format.value))
        }
        _ => None,
    }
}
