//! A plan made ready for evaluation.

use super::{PlanError, Published, Rules, Sources, Texts, Work};
use crate::program::{Program, lower, work};

/// A plan that has been validated and lowered for evaluation.
#[derive(Clone, Debug)]
pub struct Plan {
    published: Published,
    id: String,
    program: Program,
}

impl Plan {
    /// Reads and loads a published plan. The text is untrusted.
    ///
    /// # Errors
    /// Where the text is no sound plan.
    pub fn from_json(text: &str) -> Result<Self, PlanError> {
        Self::load(Published::from_json(text)?)
    }

    /// Validates a published plan and lowers it.
    ///
    /// # Errors
    /// Where a name is not resolved, dependencies form a circle, or a limit is exceeded.
    pub fn load(published: Published) -> Result<Self, PlanError> {
        let Some(default) = published.rules.languages.first() else {
            return Err(PlanError::new("the plan names no language"));
        };
        if !published.texts.contains_key(default) {
            return Err(PlanError::new(format!(
                "the plan has no texts in `{default}`"
            )));
        }
        let id = published.id();
        let program = lower(&published.rules)?;
        Ok(Self {
            published,
            id,
            program,
        })
    }

    /// The plan's id: 64 hexadecimal digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The published rules.
    pub const fn rules(&self) -> &Rules {
        &self.published.rules
    }

    /// The texts of a locale.
    pub fn texts(&self, locale: &str) -> Option<&Texts> {
        self.published.texts.get(locale).map(|texts| &**texts)
    }

    /// The texts of a locale, or of the form's first language where it has none.
    pub fn texts_or_default(&self, locale: &str) -> &Texts {
        let texts = &self.published.texts;
        // Loading has made sure that the first language has texts.
        texts
            .get(locale)
            .unwrap_or_else(|| &texts[self.default_locale()])
    }

    /// The legal sources.
    pub const fn sources(&self) -> &Sources {
        &self.published.sources
    }

    /// The form's languages, the default first.
    pub fn locales(&self) -> &[String] {
        &self.published.rules.languages
    }

    /// The form's first language.
    pub fn default_locale(&self) -> &str {
        self.locales().first().map_or("en", String::as_str)
    }

    /// Least and most work of an evaluation, whatever the answers.
    pub fn work(&self) -> Work {
        work(&self.program)
    }

    pub(crate) const fn program(&self) -> &Program {
        &self.program
    }

    /// The plan in its published form.
    pub const fn published(&self) -> &Published {
        &self.published
    }
}
