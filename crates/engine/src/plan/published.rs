//! Publishing a plan and reading one back.

use std::{collections::BTreeMap, fmt};

use serde::Serialize;

use super::{Manifest, PLAN_VERSION, Rules, SEMANTICS, Sources, Texts};
use crate::{
    hash::{canonical_json, sha256_hex},
    json::{Decode, Json, JsonError, Reader, Token},
    names::Names,
};

/// A plan in its published form: its parts and the manifest that names them.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// What evaluation needs.
    pub rules: Rules,
    /// Texts by locale. They are boxed so that this map is made as that of the patterns is, and others by name:
    /// what is made alike is downloaded once.
    pub texts: BTreeMap<String, Box<Texts>>,
    /// Legal sources.
    pub sources: Sources,
    /// Names and hashes of the parts.
    pub manifest: Manifest,
}

/// Why a plan was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError {
    /// What is wrong and where in the plan.
    pub message: String,
}

impl PlanError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PlanError {}

/// The parts of the text as they are written, so that their hashes can be taken.
struct Outline<'a> {
    manifest: &'a str,
    parts: Names<&'a str>,
}

impl<'a> Outline<'a> {
    fn read(text: &'a str) -> Result<Self, PlanError> {
        let wrong = |error: JsonError| unreadable("outline", &error);
        let reader = &mut Reader::new(text);
        let mut manifest = None;
        let mut parts = None;
        if !matches!(reader.token().map_err(wrong)?, Token::Object) {
            return Err(wrong(reader.here("expected an object")));
        }
        let mut first = true;
        while let Some(key) = reader.key(first).map_err(wrong)? {
            first = false;
            match &*key {
                "manifest" if manifest.is_none() => {
                    manifest = Some(reader.raw().map_err(wrong)?);
                }
                "parts" if parts.is_none() => parts = Some(Self::parts(reader)?),
                _ => {
                    let place = reader.here("");
                    return Err(PlanError::new(format!(
                        "the plan's outline cannot be read: unknown or repeated field `{key}`, \
                         expected `manifest` and `parts`{place}"
                    )));
                }
            }
        }
        reader.end().map_err(wrong)?;
        match (manifest, parts) {
            (Some(manifest), Some(parts)) => Ok(Self { manifest, parts }),
            _ => Err(wrong(reader.here("expected `manifest` and `parts`"))),
        }
    }

    fn parts(reader: &mut Reader<'a>) -> Result<Names<&'a str>, PlanError> {
        let wrong = |error: JsonError| unreadable("outline", &error);
        let mut parts = Names::default();
        if !matches!(reader.token().map_err(wrong)?, Token::Object) {
            return Err(wrong(reader.here("expected an object")));
        }
        let mut first = true;
        while let Some(name) = reader.key(first).map_err(wrong)? {
            first = false;
            let part = reader.raw().map_err(wrong)?;
            if !parts.insert(&name, part) {
                return Err(wrong(reader.here("a part stands twice")));
            }
        }
        Ok(parts)
    }
}

#[cold]
fn unreadable(part: &str, error: &dyn fmt::Display) -> PlanError {
    PlanError::new(format!("the plan's {part} cannot be read: {error}"))
}

fn decoded<T: Decode>(part: &str, text: &str) -> Result<T, PlanError> {
    let json = Json::read(text).map_err(|error| unreadable(part, &error))?;
    T::decode(&json).map_err(|error| unreadable(part, &error))
}

impl Published {
    /// Assembles a plan from its parts, computing their hashes.
    pub fn new(rules: Rules, texts: Vec<impl Into<Box<Texts>>>, sources: Sources) -> Self {
        let mut by_locale = BTreeMap::new();
        for texts in texts {
            let texts: Box<Texts> = texts.into();
            by_locale.insert(texts.locale.clone(), texts);
        }
        let texts = by_locale;
        let mut parts = BTreeMap::new();
        parts.insert("rules".to_owned(), part_hash(&rules));
        parts.insert("sources".to_owned(), part_hash(&sources));
        for (locale, texts) in &texts {
            parts.insert(format!("texts/{locale}"), part_hash(&**texts));
        }
        let manifest = Manifest {
            form: rules.form.clone(),
            parts,
            plan_version: PLAN_VERSION,
            semantics: rules.semantics,
        };
        Self {
            rules,
            texts,
            sources,
            manifest,
        }
    }

    /// The plan's id: the SHA-256 of the manifest's canonical JSON, 64 hexadecimal digits.
    pub fn id(&self) -> String {
        sha256_hex(self.manifest.to_json().as_bytes())
    }

    /// The plan as canonical JSON (RFC 8785).
    pub fn to_json(&self) -> String {
        let texts: Vec<_> = self
            .texts
            .iter()
            .map(|(locale, texts)| format!("{}:{}", json_key(locale), canonical_json(texts)))
            .collect();
        // Keys of both objects stand in code-unit order, as RFC 8785 wants.
        format!(
            r#"{{"manifest":{},"parts":{{"rules":{},"sources":{}{}{}}}}}"#,
            self.manifest.to_json(),
            canonical_json(&self.rules),
            canonical_json(&self.sources),
            if texts.is_empty() { "" } else { "," },
            texts.join(","),
        )
    }

    /// Reads a plan and checks each part against the manifest. The text is untrusted.
    ///
    /// # Errors
    /// Where the text is no plan, a part's hash is not the manifest's, or the version is unknown.
    pub fn from_json(text: &str) -> Result<Self, PlanError> {
        let file = Outline::read(text)?;
        let manifest: Manifest = decoded("manifest", file.manifest)?;
        if manifest.plan_version != PLAN_VERSION || !(1..=SEMANTICS).contains(&manifest.semantics) {
            return Err(PlanError::new(format!(
                "this release reads plans of version {PLAN_VERSION} with semantics up to {SEMANTICS}; \
                 the plan has version {} and semantics {}",
                manifest.plan_version, manifest.semantics
            )));
        }
        if !manifest
            .parts
            .keys()
            .eq(file.parts.iter().map(|(name, _)| name))
        {
            return Err(PlanError::new(
                "the plan's parts are not those of its manifest",
            ));
        }
        for (name, raw) in file.parts.iter() {
            if manifest.parts[name] != sha256_hex(raw.as_bytes()) {
                return Err(PlanError::new(format!(
                    "the plan's part `{name}` does not have the hash that its manifest states"
                )));
            }
        }
        let part = |name: &str| {
            file.parts
                .get(name)
                .copied()
                .ok_or_else(|| PlanError::new(format!("the plan has no part `{name}`")))
        };
        let rules: Rules = decoded("rules", part("rules")?)?;
        let sources: Sources = decoded("sources", part("sources")?)?;
        let mut texts = BTreeMap::new();
        for (name, raw) in file.parts.iter() {
            if let Some(locale) = name.strip_prefix("texts/").filter(|name| name.is_ascii()) {
                let part: Box<Texts> = decoded(name, raw)?;
                if part.locale != locale {
                    return Err(PlanError::new(format!(
                        "the plan's part `{name}` says that its locale is `{}`",
                        part.locale
                    )));
                }
                texts.insert(locale.to_owned(), part);
            } else if name != "rules" && name != "sources" {
                return Err(PlanError::new(format!(
                    "the plan has an unknown part `{name}`"
                )));
            }
        }
        if rules.form != manifest.form || rules.semantics != manifest.semantics {
            return Err(PlanError::new(
                "the plan's rules are not those of its manifest",
            ));
        }
        Ok(Self {
            rules,
            texts,
            sources,
            manifest,
        })
    }
}

fn json_key(locale: &str) -> String {
    serde_json::to_string(&format!("texts/{locale}")).unwrap_or_default()
}

fn part_hash(part: &impl Serialize) -> String {
    sha256_hex(canonical_json(part).as_bytes())
}
