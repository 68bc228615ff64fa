//! What the compiler has to say about a form: one type, whatever found it and however it is shown.

use serde::Serialize;

use counterfoil_engine::{Answers, Context};

use crate::{codes::Code, source::Span};

/// How grave a diagnostic is. The order is that of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something worth knowing, such as a property that could not be proved.
    Note,
    /// The form works, but probably not as its author means.
    Warning,
    /// No plan comes out of the form until this is mended.
    Error,
}

/// One finding, written for a person who is not a programmer: what is wrong, where, and what to write
/// instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What the excerpt says at [`Diagnostic::span`], if there is more to say than the message does.
    pub note: Option<String>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What to do, as one or more sentences.
    pub help: Option<String>,
    /// A text that, put in place of another, mends it.
    pub suggestion: Option<Suggestion>,
    /// A case that shows it, which the engine has confirmed.
    pub witness: Option<Witness>,
}

/// A case that shows what a diagnostic says. The compiler has evaluated it with the form's own plan, and
/// whoever evaluates it again gets the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The answers.
    pub answers: Answers,
    /// The day and the office's facts.
    pub context: Context,
    /// The path at which the report has an error.
    pub path: String,
    /// The code of that error.
    pub error: String,
    /// The case in the form's own terms, a line for each answer: "Stalls: 0".
    pub lines: Vec<String>,
}

/// Another place that belongs to a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// A change to the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What to replace; empty to insert.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

impl Diagnostic {
    fn new(code: Code, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            span,
            note: None,
            labels: Vec::new(),
            help: None,
            suggestion: None,
            witness: None,
        }
    }

    /// An error.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message)
    }

    /// A warning.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message)
    }

    /// A note.
    pub fn note(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, span, message)
    }

    /// Adds words to the excerpt at the diagnostic's own place.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to do. The text becomes a sentence: a capital and a full stop are added where they lack.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        if !text.ends_with(['.', '?', '!', ':']) {
            text.push('.');
        }
        self.help = Some(text);
        self
    }

    /// Shows it in a case.
    #[must_use]
    pub fn witness(mut self, witness: Witness) -> Self {
        self.witness = Some(witness);
        self
    }

    /// Offers a change that mends it.
    #[must_use]
    pub fn suggest(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.suggestion = Some(Suggestion {
            span,
            replacement: replacement.into(),
        });
        self
    }
}

/// Puts diagnostics in the order in which a person reads the files; errors before notes at one place.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.file, d.span.start, std::cmp::Reverse(d.severity));
        key(a)
            .cmp(&key(b))
            .then_with(|| a.code.cmp(&b.code))
            .then_with(|| a.message.cmp(&b.message))
    });
}
