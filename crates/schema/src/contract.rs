//! The contract with JavaScript as TypeScript: what the engine returns, read from its Rust types.
//!
//! The types are taken from the source text, with their doc comments, so that neither the engine nor the
//! module that citizens download knows of it. `cargo run -p counterfoil-schema` writes the file that the
//! npm package has its types from; a test holds it against the sources.

use std::{fmt, fmt::Write as _};

use syn::{Attribute, Expr, Fields, GenericArgument, Item, Lit, Meta, PathArguments, Type};

/// Where the file is, from the workspace's root.
pub const PATH: &str = "crates/wasm/src/contract.d.ts";

/// The sources and what is taken from each, in the order in which it is written.
const SOURCES: &[(&str, &[&str])] = &[
    (
        include_str!("../../engine/src/report.rs"),
        &[
            "Report",
            "Status",
            "ReportError",
            "DecisionReport",
            "Verdict",
            "RuleReport",
            "Account",
            "LineReport",
        ],
    ),
    (
        include_str!("../../engine/src/words.rs"),
        &[
            "Words",
            "ErrorWords",
            "MissingWords",
            "DecisionWords",
            "RuleWords",
            "NeedWords",
            "AccountWords",
            "LineWords",
        ],
    ),
    (
        include_str!("../../engine/src/session/changed.rs"),
        &["Changed"],
    ),
    (
        include_str!("../../wasm/src/dom/events.rs"),
        &["State", "StateError", "StateDecision"],
    ),
    (include_str!("../../wasm/src/pages.rs"), &["Drawn"]),
];

/// Fields of which TypeScript can tell more than their Rust type does.
const TOLD_APART: &[(&str, &str, &str)] = &[
    ("Report", "answers", "Answers"),
    ("Words", "direction", "\"ltr\" | \"rtl\""),
];

/// The types of plain values. What is no name of a type here is a type of the contract.
const PLAIN: &[(&str, &str)] = &[
    ("String", "string"),
    ("str", "string"),
    ("Day", "string"),
    ("bool", "boolean"),
    ("u32", "number"),
    ("usize", "number"),
    ("Record", "Readonly<Record<string, Answer>>"),
];

/// A type that cannot be put into TypeScript, or is not where it is looked for.
#[derive(Debug)]
pub struct ContractError(String);

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ContractError {}

/// The contract as TypeScript declarations.
///
/// # Errors
/// Where a type of the list is gone, or has a shape that no declaration here stands for.
pub fn typescript() -> Result<String, ContractError> {
    let mut out = String::from(
        "// Written by `cargo run -p counterfoil-schema` from the Rust types; change those.\n",
    );
    for (source, wanted) in SOURCES {
        let file = syn::parse_file(source).map_err(|error| ContractError(error.to_string()))?;
        for name in *wanted {
            let item = file.items.iter().find(|item| named(item, name));
            let text = item
                .and_then(declaration)
                .ok_or_else(|| ContractError(format!("{name} cannot be put into TypeScript")))?;
            out.push('\n');
            out.push_str(&text);
        }
    }
    Ok(out)
}

fn named(item: &Item, name: &str) -> bool {
    match item {
        Item::Struct(item) => in_typescript(&item.ident.to_string()) == name,
        Item::Enum(item) => item.ident == name,
        _ => false,
    }
}

/// A type's name in TypeScript, to which it is all one who owns the texts.
fn in_typescript(name: &str) -> &str {
    name.strip_suffix("Of").unwrap_or(name)
}

fn declaration(item: &Item) -> Option<String> {
    let mut out = String::new();
    match item {
        Item::Struct(item) => {
            let ident = item.ident.to_string();
            let name = in_typescript(&ident);
            let Fields::Named(fields) = &item.fields else {
                return None;
            };
            out.push_str(&comment(&item.attrs, ""));
            let _ = writeln!(out, "export interface {name} {{");
            for field in &fields.named {
                let key = field.ident.as_ref()?.to_string();
                out.push_str(&comment(&field.attrs, "  "));
                let own = TOLD_APART
                    .iter()
                    .find(|(of, field, _)| *of == name && *field == key);
                let (optional, type_) = match own {
                    Some((_, _, type_)) => ("", (*type_).to_owned()),
                    None if is_left_out(&field.attrs) => ("?", present(&field.ty)?),
                    None => ("", typed(&field.ty)?),
                };
                let _ = writeln!(out, "  readonly {key}{optional}: {type_};");
            }
            out.push_str("}\n");
        }
        Item::Enum(item) => {
            out.push_str(&comment(&item.attrs, ""));
            let _ = writeln!(out, "export type {} =", item.ident);
            let last = item.variants.len().checked_sub(1)?;
            for (position, variant) in item.variants.iter().enumerate() {
                if !matches!(variant.fields, Fields::Unit) {
                    return None;
                }
                out.push_str(&comment(&variant.attrs, "  "));
                let end = if position == last { ";" } else { "" };
                let name = snake_case(&variant.ident.to_string());
                let _ = writeln!(out, "  | \"{name}\"{end}");
            }
        }
        _ => return None,
    }
    Some(out)
}

/// The type of a part that is left out rather than null.
fn present(type_: &Type) -> Option<String> {
    let (name, argument) = generic(type_)?;
    match argument {
        Some(inner) if name == "Option" => typed(inner),
        _ => typed(type_),
    }
}

fn typed(type_: &Type) -> Option<String> {
    if let Type::Reference(reference) = type_ {
        return typed(&reference.elem);
    }
    if let Type::Slice(slice) = type_ {
        return Some(format!("readonly {}[]", typed(&slice.elem)?));
    }
    let (name, argument) = generic(type_)?;
    match (name.as_str(), argument) {
        ("Option", Some(inner)) => Some(format!("{} | null", typed(inner)?)),
        ("Cow", Some(inner)) => typed(inner),
        ("Vec", Some(inner)) => Some(format!("readonly {}[]", typed(inner)?)),
        (name, None) => {
            let name = in_typescript(name);
            if let Some((_, type_)) = PLAIN.iter().find(|(rust, _)| *rust == name) {
                return Some((*type_).to_owned());
            }
            let mut known = SOURCES.iter().flat_map(|(_, names)| names.iter());
            known.any(|known| *known == name).then(|| name.to_owned())
        }
        _ => None,
    }
}

/// A type's name and what stands in its angle brackets, lifetimes apart.
fn generic(type_: &Type) -> Option<(String, Option<&Type>)> {
    let Type::Path(path) = type_ else {
        return None;
    };
    let segment = path.path.segments.last()?;
    let argument = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(|argument| {
            let GenericArgument::Type(inner) = argument else {
                return None;
            };
            Some(inner)
        }),
        _ => None,
    };
    Some((segment.ident.to_string(), argument))
}

fn is_left_out(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::List(list) = &attribute.meta else {
            return false;
        };
        list.path.is_ident("serde") && list.tokens.to_string().contains("skip_serializing_if")
    })
}

/// Doc comments as a block comment; links to Rust items keep their last name only.
fn comment(attributes: &[Attribute], indent: &str) -> String {
    let lines: Vec<_> = attributes
        .iter()
        .filter_map(|attribute| {
            let Meta::NameValue(pair) = &attribute.meta else {
                return None;
            };
            let Expr::Lit(literal) = &pair.value else {
                return None;
            };
            let Lit::Str(text) = &literal.lit else {
                return None;
            };
            pair.path
                .is_ident("doc")
                .then(|| unlinked(text.value().trim()))
        })
        .collect();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let mut out = format!("{indent}/**\n");
            for line in lines {
                let _ = writeln!(out, "{}", format!("{indent} * {line}").trim_end());
            }
            let _ = writeln!(out, "{indent} */");
            out
        }
    }
}

fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((path, after)) = link.split_once("`]") else {
            break;
        };
        let name = path.rsplit("::").next().unwrap_or(path);
        let _ = write!(out, "{before}`{name}`");
        rest = after;
    }
    // What Rust calls `None` is null in JSON.
    (out + rest).replace("`None`", "`null`")
}

fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (position, character) in name.char_indices() {
        if character.is_ascii_uppercase() && position > 0 {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}
