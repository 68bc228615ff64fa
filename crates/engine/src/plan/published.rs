//! Publishing a plan and reading one back.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Manifest, PLAN_VERSION, Rules, SEMANTICS, Sources, Texts};
use crate::hash::{canonical_json, sha256_hex};

/// A plan in its published form: its parts and the manifest that names them.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// What evaluation needs.
    pub rules: Rules,
    /// Texts by locale.
    pub texts: BTreeMap<String, Texts>,
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

/// The file's shape: parts stay raw so that their hashes can be taken.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    manifest: &'a RawValue,
    #[serde(borrow)]
    parts: BTreeMap<String, &'a RawValue>,
}

impl Published {
    /// Assembles a plan from its parts, computing their hashes.
    pub fn new(rules: Rules, texts: Vec<Texts>, sources: Sources) -> Self {
        let texts: BTreeMap<_, _> = texts.into_iter().map(|t| (t.locale.clone(), t)).collect();
        let mut parts = BTreeMap::new();
        parts.insert("rules".to_owned(), part_hash(&rules));
        parts.insert("sources".to_owned(), part_hash(&sources));
        for (locale, texts) in &texts {
            parts.insert(format!("texts/{locale}"), part_hash(texts));
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
        part_hash(&self.manifest)
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
            canonical_json(&self.manifest),
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
        let shape = |part: &str, error: serde_json::Error| {
            PlanError::new(format!("the plan's {part} cannot be read: {error}"))
        };
        let file: File<'_> = serde_json::from_str(text).map_err(|e| shape("outline", e))?;
        let manifest: Manifest =
            serde_json::from_str(file.manifest.get()).map_err(|e| shape("manifest", e))?;
        if manifest.plan_version != PLAN_VERSION || !(1..=SEMANTICS).contains(&manifest.semantics) {
            return Err(PlanError::new(format!(
                "this release reads plans of version {PLAN_VERSION} with semantics up to {SEMANTICS}; \
                 the plan has version {} and semantics {}",
                manifest.plan_version, manifest.semantics
            )));
        }
        if !manifest.parts.keys().eq(file.parts.keys()) {
            return Err(PlanError::new(
                "the plan's parts are not those of its manifest",
            ));
        }
        for (name, raw) in &file.parts {
            if manifest.parts[name] != sha256_hex(raw.get().as_bytes()) {
                return Err(PlanError::new(format!(
                    "the plan's part `{name}` does not have the hash that its manifest states"
                )));
            }
        }
        let part = |name: &str| {
            file.parts
                .get(name)
                .map(|raw| raw.get())
                .ok_or_else(|| PlanError::new(format!("the plan has no part `{name}`")))
        };
        let rules: Rules = serde_json::from_str(part("rules")?).map_err(|e| shape("rules", e))?;
        let sources: Sources =
            serde_json::from_str(part("sources")?).map_err(|e| shape("sources", e))?;
        let mut texts = BTreeMap::new();
        for (name, raw) in &file.parts {
            if let Some(locale) = name.strip_prefix("texts/") {
                let part: Texts = serde_json::from_str(raw.get()).map_err(|e| shape(name, e))?;
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
