//! What checks and rules say: templates and the values that fill them in.

use std::collections::BTreeMap;

use counterfoil_engine::plan::Param;

use super::by_number::Numbers;
use crate::{
    check::{Assumption, Checker, Site},
    definition::Template,
};

/// The placeholders of the form's own messages, by text key.
#[derive(Debug, Default)]
pub struct Said {
    names: BTreeMap<String, BTreeMap<String, Named>>,
}

#[derive(Debug)]
struct Named {
    param: String,
    /// Which numbers it can be, where it is a whole one.
    numbers: Option<Numbers>,
}

impl Said {
    /// Takes in a message and returns the parameters that fill it in.
    pub(super) fn add(
        &mut self,
        checker: &mut Checker<'_>,
        key: String,
        template: &Template,
        site: Site,
        assumed: &[Assumption],
    ) -> Vec<Param> {
        let mut params: Vec<Param> = Vec::new();
        let mut names = BTreeMap::new();
        for placeholder in template.placeholders() {
            let source = normalized(&placeholder.source);
            if names.contains_key(&source) {
                continue;
            }
            let typed = checker.placeholder(&placeholder.expr, site, assumed);
            let name = param_name(&source, |name| params.iter().any(|p| p.name == name));
            let named = Named {
                param: name.clone(),
                numbers: Numbers::of(&typed.type_),
            };
            names.insert(source, named);
            params.push(Param {
                name,
                type_: typed.type_.published(),
                expr: typed.expr,
            });
        }
        self.names.insert(key, names);
        params
    }

    /// The parameter that a placeholder of a message names, by what is written between its braces.
    pub(super) fn param(&self, key: &str, source: &str) -> Option<&str> {
        let names = self.names.get(key)?;
        Some(&names.get(&normalized(source))?.param)
    }

    /// The whole numbers that a placeholder of a message can be; none where it is another value.
    pub(super) fn numbers(&self, key: &str, source: &str) -> Option<Numbers> {
        self.names.get(key)?.get(&normalized(source))?.numbers
    }

    /// What can be written between the braces of a message.
    pub(super) fn sources(&self, key: &str) -> impl Iterator<Item = &str> {
        let names = self.names.get(key);
        names
            .into_iter()
            .flat_map(|names| names.keys().map(String::as_str))
    }
}

/// An expression without spaces, so that a translation need not repeat them.
fn normalized(source: &str) -> String {
    source.split_whitespace().collect()
}

/// The name of a parameter: that of the expression if it is a name or path, or else a number.
fn param_name(source: &str, taken: impl Fn(&str) -> bool) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let name = source.replace('.', "_");
    if source.chars().all(plain) && !taken(&name) {
        return name;
    }
    (1..)
        .map(|number| format!("p{number}"))
        .find(|name| !taken(name))
        .unwrap_or_default()
}
