//! The steps that all parts of a form share: mappings with known keys, lists, texts, expressions.

use std::collections::BTreeSet;

use super::{Context, template};
use crate::{
    closest::closest,
    codes,
    definition::Template,
    diagnostic::Diagnostic,
    expression::{Expr, ExprKind},
    other_words::meant_by,
    source::{Span, Spanned, Text},
    yaml::{self, Entry, Node, NodeKind, Style},
};

/// A mapping whose keys are known.
pub(crate) struct Mapping<'n> {
    /// What it describes, with its article: "a field".
    pub what: &'static str,
    /// The whole mapping.
    pub span: Span,
    entries: &'n [Entry],
    /// Misspelt keys with those that they were taken for, so that nothing is reported as missing that
    /// has been reported as misspelt.
    misspelt: Vec<(&'n Entry, String)>,
}

impl<'n> Mapping<'n> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key with its value.
    pub fn entry(&self, key: &str) -> Option<&'n Entry> {
        let exact = self.entries.iter().find(|entry| entry.key.value == key);
        let misspelt = || self.misspelt.iter().find(|(_, meant)| meant == key);
        exact.or_else(|| misspelt().map(|(entry, _)| *entry))
    }

    /// The first key, where something missing is reported.
    fn head(&self) -> Span {
        self.entries
            .first()
            .map_or(self.span, |entry| match entry.value.kind {
                NodeKind::Scalar(_) => entry.key.span.to(entry.value.span),
                _ => entry.key.span,
            })
    }
}

impl Context<'_> {
    pub fn error(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// A mapping with no other keys than these; none where it is no mapping.
    pub fn mapping<'n>(
        &mut self,
        node: &'n Node,
        what: &'static str,
        keys: &[&str],
    ) -> Option<Mapping<'n>> {
        let entries = self.entries(node, what)?;
        let mut misspelt: Vec<(&Entry, String)> = Vec::new();
        for entry in entries {
            let key = entry.key.as_str();
            if keys.contains(&key) {
                continue;
            }
            let mut found = Diagnostic::error(
                codes::UNKNOWN_KEY,
                entry.key.span,
                format!("{what} has no key `{key}`"),
            );
            let meant = meant_by(key, keys).or_else(|| closest(key, keys.iter().copied()));
            match meant {
                // A key that stands here already cannot be the one meant.
                Some(meant) if !entries.iter().any(|other| other.key.value == meant) => {
                    misspelt.push((entry, meant.to_owned()));
                    found = found
                        .help(format!("Did you mean `{meant}`?"))
                        .suggest(entry.key.span, meant);
                }
                _ => {
                    let (mut known, mut seen) = (keys.to_vec(), BTreeSet::new());
                    known.retain(|key| seen.insert(*key));
                    found = found.help(format!("Its keys are {}.", word_list(&known)));
                }
            }
            self.error(found);
        }
        Some(Mapping {
            what,
            span: node.span,
            entries,
            misspelt,
        })
    }

    /// The entries of a mapping with keys of the author's own.
    pub fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Entry]> {
        match &node.kind {
            NodeKind::Mapping(entries) => Some(entries),
            NodeKind::Error => None,
            _ => {
                let help = "Write keys with their values, one a line, indented below.";
                self.wrong_shape(
                    node,
                    &format!("{what} is a mapping of keys to values"),
                    help,
                );
                None
            }
        }
    }

    /// The items of a list.
    pub fn items<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        match &node.kind {
            NodeKind::List(items) => Some(items),
            NodeKind::Error => None,
            NodeKind::Mapping(_) => {
                let help = "Begin every item on a line of its own with `- `.";
                self.wrong_shape(node, &format!("{what} is a list"), help);
                None
            }
            NodeKind::Empty | NodeKind::Scalar(_) => {
                let help = "Write the items below, each on a line of its own with `- `.";
                self.wrong_shape(node, &format!("{what} is a list"), help);
                None
            }
        }
    }

    fn wrong_shape(&mut self, node: &Node, expected: &str, help: &str) {
        let found = match &node.kind {
            NodeKind::Empty => "nothing stands here",
            NodeKind::Scalar(_) => "a single value stands here",
            NodeKind::List(_) => "a list stands here",
            NodeKind::Mapping(_) => "a mapping stands here",
            NodeKind::Error => return,
        };
        let span = match &node.kind {
            // An excerpt of many lines explains nothing.
            NodeKind::List(items) => items.first().map_or(node.span, |item| item.span.before()),
            NodeKind::Mapping(entries) => entries.first().map_or(node.span, |entry| entry.key.span),
            _ => node.span,
        };
        self.error(
            Diagnostic::error(codes::WRONG_SHAPE, span, expected)
                .here(found)
                .help(help),
        );
    }

    /// The value of a key that must be there.
    pub fn required<'n>(
        &mut self,
        mapping: &Mapping<'n>,
        key: &str,
        example: &str,
    ) -> Option<&'n Node> {
        let found = mapping.get(key);
        if found.is_none() {
            self.error(
                Diagnostic::error(
                    codes::MISSING_KEY,
                    mapping.head(),
                    format!("{} needs the key `{key}`", mapping.what),
                )
                .help(format!("Add `{key}: {example}`.")),
            );
        }
        found
    }

    /// The text of a scalar with its places, outer white space not included; none where it is no
    /// scalar. `what` says what is expected, such as "a text".
    pub fn text(&mut self, node: &Node, what: &str) -> Option<Text> {
        let NodeKind::Scalar(scalar) = &node.kind else {
            self.not_a_scalar(node, what);
            return None;
        };
        let source = self.sources.file(node.span.file).text();
        let text = yaml::text(source, node.span, scalar);
        let content = text.text.trim();
        let start = text.text.len() - text.text.trim_start().len();
        let trimmed = start..start + content.len();
        if content.is_empty() && matches!(scalar.style, Style::Literal | Style::Folded) {
            let before = source[..node.span.start].trim_end();
            if let Some(start) = before.rfind(['>', '|']) {
                let span = Span::new(node.span.file, start, before.len());
                let found = Diagnostic::error(
                    codes::YAML_TRAP,
                    span,
                    "in YAML this begins a block of text on the lines below, and there is none",
                );
                let quoted = yaml::quoted(&before[start..]);
                self.error(found.help("Put it in quotes.").suggest(span, quoted));
                return None;
            }
        }
        if content.is_empty() {
            let found = Diagnostic::error(
                codes::WRONG_SHAPE,
                node.span,
                format!("{what} is expected here, and nothing is written"),
            );
            self.error(found.help("Write it, or take the key out."));
            return None;
        }
        Some(text.slice(trimmed))
    }

    fn not_a_scalar(&mut self, node: &Node, what: &str) {
        if node.kind == NodeKind::Error {
            return;
        }
        let source = self.sources.slice(node.span);
        let flow = source.starts_with(['[', '{']) && !source.contains('\n');
        if !flow {
            self.wrong_shape(
                node,
                &format!("{what} is expected here"),
                "Write it on the key's own line, or take the key out.",
            );
            return;
        }
        let first = &source[..1];
        let kind = if first == "[" { "list" } else { "mapping" };
        let quoted = yaml::quoted(source);
        self.error(
            Diagnostic::error(
                codes::YAML_TRAP,
                node.span,
                format!(
                    "in YAML a `{first}` at the start begins a {kind}, and {what} is expected here"
                ),
            )
            .help("Put it in quotes.")
            .suggest(node.span, quoted),
        );
    }

    /// A text for people, without placeholders.
    pub fn plain(&mut self, node: &Node) -> Template {
        self.template(node, template::Placeholders::None)
    }

    /// A message, which may have placeholders.
    pub(super) fn message(&mut self, node: &Node) -> Template {
        self.template(node, template::Placeholders::Expressions)
    }

    /// A text for people with the placeholders that are allowed in it.
    pub(super) fn template(
        &mut self,
        node: &Node,
        placeholders: template::Placeholders,
    ) -> Template {
        if placeholders == template::Placeholders::Expressions && self.has_forms(node) {
            return self.forms(node);
        }
        self.refuse_cut(node);
        match self.text(node, "a text") {
            Some(text) => template::read(self, &text, placeholders),
            None => template::unread(node.span),
        }
    }

    /// The text of a key that must be there.
    pub fn required_plain(&mut self, mapping: &Mapping<'_>, key: &str, example: &str) -> Template {
        match self.required(mapping, key, example) {
            Some(node) => self.plain(node),
            None => template::unread(mapping.head()),
        }
    }

    /// The text of a key that may be left out.
    pub fn optional_plain(&mut self, mapping: &Mapping<'_>, key: &str) -> Option<Template> {
        mapping.get(key).map(|node| self.plain(node))
    }

    /// A legal source.
    pub fn source(&mut self, mapping: &Mapping<'_>) -> Option<Spanned<String>> {
        let node = mapping.get("source")?;
        self.refuse_cut(node);
        let text = self.text(node, "a text")?;
        let span = text.whole();
        Some(Spanned::new(text.text, span))
    }

    /// An expression.
    pub fn expr(&mut self, node: &Node) -> Expr {
        let error = Expr {
            kind: ExprKind::Error,
            span: node.span,
        };
        if node.kind == NodeKind::Error {
            return error;
        }
        let Some(text) = self.text(node, "an expression") else {
            return error;
        };
        if let Some(scalar) = node.as_scalar()
            && let Some(comment) = scalar.comment
            && scalar.style == Style::Plain
            && text.text.matches('"').count() % 2 == 1
        {
            let whole = node.span.to(comment);
            let rule = self.sources.slice(whole).to_owned();
            self.error(
                Diagnostic::error(
                    codes::YAML_TRAP,
                    comment,
                    "in YAML a `#` after a space begins a comment, which cuts the rule short",
                )
                .help("Put the whole rule in single quotes.")
                .suggest(whole, yaml::quoted(&rule)),
            );
            return error;
        }
        self.parsed(&text)
    }

    /// The condition of `when`.
    pub fn when(&mut self, mapping: &Mapping<'_>) -> Option<Expr> {
        mapping.get("when").map(|node| self.expr(node))
    }

    /// The expression of a key that must be there.
    pub fn required_expr(&mut self, mapping: &Mapping<'_>, key: &str, example: &str) -> Expr {
        match self.required(mapping, key, example) {
            Some(node) => self.expr(node),
            None => Expr {
                kind: ExprKind::Error,
                span: mapping.head(),
            },
        }
    }

    /// Reports a text that YAML has cut short at a ` #`. Two spaces before the `#`, or one and a space
    /// behind it, are how people write comments.
    pub fn refuse_cut(&mut self, node: &Node) {
        let Some(scalar) = node.as_scalar() else {
            return;
        };
        let Some(comment) = scalar.comment else {
            return;
        };
        if scalar.style != Style::Plain || comment.start != node.span.end + 1 {
            return;
        }
        let whole = node.span.to(comment);
        let text = self.sources.slice(whole).to_owned();
        let behind = self.sources.slice(comment)[1..].starts_with([' ', '#']);
        let message = "in YAML a `#` after a space begins a comment, and the text ends before it";
        let found = if behind || comment.end == comment.start + 1 {
            Diagnostic::warning(codes::YAML_TRAP, comment, message)
                .help("If it belongs to the text, put the text in quotes; if it is a comment, put a second space before the `#`.")
        } else {
            Diagnostic::error(codes::YAML_TRAP, comment, message)
                .help("Put the text in quotes; before a comment leave two spaces.")
        };
        self.error(found.suggest(whole, yaml::quoted(&text)));
    }
}

/// Words for a sentence: `a`, `b` and `c`.
pub(super) fn word_list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
