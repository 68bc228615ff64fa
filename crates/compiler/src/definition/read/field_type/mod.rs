//! `field_types` of the form and of the library, and the questions that are written with them.
//!
//! A question of such a type is read as if everything that the type says were written at the question:
//! the entries of both are put into one mapping, those of the question first. Each keeps its place, so
//! that what is wrong with an entry is reported where it was written.

mod composite;
mod declared;
mod levels;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, field::is_type_name, id::Kind, library};
use crate::{
    codes,
    definition::{
        Check, Composite, Field, FieldType, Id, Path, Requirement, SharedTexts, Template,
        language_of,
    },
    diagnostic::Diagnostic,
    expression::{Expr, ExprKind},
    source::{FileId, Span, Spanned},
    yaml::{Entry, Node, NodeKind},
};
use levels::merged;

/// Keys of a question that say nothing about its type.
const QUESTION_KEYS: &[&str] = &["field", "when", "purpose"];
/// Keys whose values are texts for people.
const TEXT_KEYS: &[&str] = &["label", "name", "hint", "unit"];
/// The word that stands for the answer in the `check` of a field type.
const ANSWER: &str = "value";

/// A field type.
#[derive(Clone, Debug)]
pub(super) struct TypeEntry {
    /// Its name.
    pub id: Id,
    /// The entry as written.
    pub node: Node,
    /// Whether it comes with the compiler.
    pub shipped: bool,
}

/// What reading questions with field types leaves behind.
#[derive(Debug, Default)]
pub(super) struct FieldTypes {
    /// Types of the form and of the shared files that it uses.
    own: BTreeMap<String, TypeEntry>,
    /// Own types that a question has.
    used: BTreeSet<String>,
    /// Types of the library whose texts have been reported as missing.
    wordless: BTreeSet<String>,
    /// The group whose fields are being read.
    pub group: Option<Id>,
    /// What names within the text of a type mean, of the innermost type last.
    renamings: Vec<Renaming>,
    /// Composite questions with their parts, known before anything that reads them.
    parts: BTreeMap<String, BTreeSet<String>>,
    /// How many parts have been foreseen, and how many read.
    foreseen: usize,
    read: usize,
    /// Checks that came with types, in the order of the questions.
    pub checks: Vec<Check>,
    /// Composite questions.
    pub composites: Vec<Composite>,
    /// Where texts of types stand.
    places: Vec<(Span, String)>,
}

impl FieldTypes {
    /// The keys of the texts of types, those of the library left out.
    pub fn text_keys(&self) -> impl Iterator<Item = String> {
        let keys = self.places.iter().map(|(_, key)| key);
        let own = keys.filter(|key| {
            let mut parts = key.split('.');
            parts.nth(1).is_some_and(|name| self.own.contains_key(name))
        });
        own.cloned()
    }
}

/// What names mean in expressions that stand within a place.
#[derive(Debug)]
struct Renaming {
    place: Span,
    names: BTreeMap<String, String>,
}

/// A type that a question has, with the types that this one is made of.
struct Chain {
    /// From the type that the question names to the one that is made of none.
    types: Vec<TypeEntry>,
}

impl Chain {
    fn last(&self) -> Option<&TypeEntry> {
        self.types.last()
    }

    /// The parts, where the type is a composite.
    fn parts(&self) -> Option<&Node> {
        self.last()?.node.get("fields")
    }
}

/// The question that is being read.
struct Question<'q> {
    /// The name that it has in the form.
    id: &'q Id,
    /// Where its type is named.
    type_: Span,
    /// The outermost composite that it is a part of.
    part_of: Option<&'q str>,
}

impl Context<'_> {
    /// A field type by its name: the form's own before the library's, so that what the library gains
    /// changes no form.
    pub(super) fn type_entry(&mut self, name: &str) -> Option<TypeEntry> {
        if let Some(own) = self.types.own.get(name) {
            return Some(own.clone());
        }
        if is_type_name(name) {
            return None;
        }
        self.library().types.get(name).cloned()
    }

    /// The names of all field types.
    pub(super) fn type_entry_names(&mut self) -> Vec<String> {
        let library = self.library();
        let own = self.types.own.keys().cloned();
        own.chain(library.types.keys().cloned()).collect()
    }

    /// The type that a node names, with those that it is made of; none where it is no field type.
    fn chain(&mut self, node: &Node) -> Option<Chain> {
        let mut types: Vec<TypeEntry> = Vec::new();
        let mut next = self.type_entry(node.as_text()?);
        while let Some(entry) = next {
            if types.iter().any(|other| other.id.value == entry.id.value) {
                break;
            }
            let further = entry.node.get("type").and_then(Node::as_text);
            next = further.and_then(|name| self.type_entry(name));
            types.push(entry);
        }
        (!types.is_empty()).then_some(Chain { types })
    }

    /// The fields that an entry of `fields` asks: one, or those of the parts of a composite.
    pub(super) fn question(&mut self, node: &Node) -> Vec<Field> {
        let chain = node.get("type").and_then(|node| self.chain(node));
        let Some(chain) = chain else {
            return self.field(node).into_iter().collect();
        };
        let id = match node.get("field") {
            Some(id) => self.id(id, Kind::Name),
            None => {
                // Reading the entry as it is reports this, and what else is wrong with it.
                drop(self.field(node));
                return Vec::new();
            }
        };
        let (Some(id), Some(type_)) = (id, node.get("type")) else {
            return Vec::new();
        };
        let question = Question {
            id: &id,
            type_: type_.span,
            part_of: None,
        };
        self.typed_question(node, &chain, &question, 0)
    }

    fn typed_question(
        &mut self,
        node: &Node,
        chain: &Chain,
        question: &Question<'_>,
        depth: usize,
    ) -> Vec<Field> {
        for entry in &chain.types {
            self.types.used.insert(entry.id.value.clone());
            self.report_wordless(entry, question.type_);
        }
        match chain.parts() {
            Some(parts) if depth < MAX_DEPTH => self.composite(node, chain, parts, question, depth),
            Some(_) => Vec::new(),
            None => self.simple(node, chain, question).into_iter().collect(),
        }
    }

    /// Warns once of a library type that has no texts in the form's first language.
    fn report_wordless(&mut self, entry: &TypeEntry, place: Span) {
        if !entry.shipped || self.types.wordless.contains(entry.id.as_str()) {
            return;
        }
        let language = language_of(&self.language).to_owned();
        let library = self.library();
        if library.texts.contains_key(language.as_str()) {
            return;
        }
        self.types.wordless.insert(entry.id.value.clone());
        let help = if entry.node.get("fields").is_some() {
            "declare a type of your own under `field_types`, with the parts and their texts"
        } else {
            "write `label`, `hint` and `errors` here where the words are to be others"
        };
        let message = format!(
            "the texts of `{}` stay English: the library has none in `{language}`",
            entry.id.value
        );
        self.error(Diagnostic::warning(codes::LIBRARY_LANGUAGE, place, message).help(help));
    }

    /// A field of a type that makes one field.
    fn simple(&mut self, node: &Node, chain: &Chain, question: &Question<'_>) -> Option<Field> {
        let levels = self.levels(node, chain, question);
        self.report_widened(&levels, question);
        let merged = Node {
            kind: NodeKind::Mapping(merged(&levels)),
            span: node.span,
        };
        let mut field = self.field(&merged)?;
        field.field = question.id.clone();
        field.type_.span = question.type_;
        field.field_type = chain.types.first().map(|entry| Spanned {
            value: entry.id.value.clone(),
            span: question.type_,
        });
        field.part_of = question.part_of.map(str::to_owned);
        for entry in chain.types.iter().rev() {
            self.check_of_type(entry, &field, question);
        }
        Some(field)
    }

    /// The check of a type, at a field that has it.
    fn check_of_type(&mut self, entry: &TypeEntry, field: &Field, question: &Question<'_>) {
        let (Some(check), id) = (entry.node.get("check"), question.id) else {
            return;
        };
        let place = question.type_;
        let names = BTreeMap::from([(ANSWER.to_owned(), id.value.clone())]);
        self.types.renamings.push(Renaming {
            place: entry.node.span,
            names,
        });
        let require = self.expr(check);
        let say = self.say_of_type(entry);
        self.types.renamings.pop();
        let Some(say) = say else { return };
        let group = self.types.group.clone();
        let names: Vec<Id> = group.into_iter().chain([id.clone()]).collect();
        let path: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
        let name = format!("{}_{}", path.join("_"), entry.id.value);
        let optional = !matches!(field.required, None | Some(Requirement::Always(_)));
        let when = optional.then(|| Expr {
            kind: ExprKind::Call {
                name: Spanned::new("answered".to_owned(), place),
                arguments: vec![Expr {
                    kind: ExprKind::Name(id.value.clone()),
                    span: place,
                }],
            },
            span: place,
        });
        let source = entry.node.get("source").and_then(|node| {
            let text = self.text(node, "a text")?;
            let span = text.whole();
            Some(Spanned::new(text.text, span))
        });
        self.types.checks.push(Check {
            check: Spanned::new(name, place),
            at: Path { names, span: place },
            when,
            require,
            say,
            source,
            span: place,
        });
    }

    fn say_of_type(&mut self, entry: &TypeEntry) -> Option<Template> {
        let key = format!("field_type.{}.say", entry.id.value);
        let node = match entry.node.get("say") {
            Some(node) => node.clone(),
            None => {
                let library = self.library();
                let texts = library.texts.get(language_of(&self.language));
                let texts = texts.or_else(|| library.texts.get(library::FALLBACK))?;
                texts.get(&key)?.clone()
            }
        };
        self.types.places.push((node.span, key));
        Some(self.message(&node))
    }

    /// Reads the form's own types as they stand, so that what is wrong with them is found whatever the
    /// questions say instead; gives the types of the fields that they make. Warns of those that no question
    /// has.
    pub(super) fn read_own_types(&mut self, form: FileId) -> Vec<Spanned<FieldType>> {
        let own = self.types.own.values();
        // What a form leaves in the files that it shares is no mistake of its own.
        let own = own.filter(|entry| entry.id.span.file == form).cloned();
        let mut stated = Vec::new();
        for entry in own.collect::<Vec<_>>() {
            let used = self.types.used.contains(entry.id.as_str());
            if !used {
                let message = format!("no field has the type `{}`", entry.id.value);
                let help = format!(
                    "leave it out, or let a field have `type: {}`",
                    entry.id.value
                );
                self.error(Diagnostic::warning(codes::UNUSED, entry.id.span, message).help(help));
            }
            let said = self.diagnostics.len();
            let (checks, composites) = (self.types.checks.len(), self.types.composites.len());
            let (places, read) = (self.types.places.len(), self.types.read);
            let Some(id) = entry.node.get("field_type").cloned() else {
                continue;
            };
            let given = ["field", "type", "label"].map(|key| Entry {
                key: Spanned::new(key.to_owned(), id.span),
                value: id.clone(),
            });
            let question = Node {
                kind: NodeKind::Mapping(given.to_vec()),
                span: entry.node.span,
            };
            let fields = self.question(&question);
            stated.extend(fields.into_iter().map(|field| field.type_));
            self.types.checks.truncate(checks);
            self.types.composites.truncate(composites);
            if used {
                self.types.places.truncate(places);
            }
            self.types.read = read;
            // What the questions of the type have shown is said already.
            let found = self.diagnostics.split_off(said);
            let news = found.into_iter().filter(|found| {
                let said =
                    |other: &Diagnostic| (other.code, other.span) == (found.code, found.span);
                !self.diagnostics.iter().any(said)
            });
            let news: Vec<Diagnostic> = news.collect();
            self.diagnostics.extend(news);
        }
        stated
    }

    /// A question for each type of a shared file, so that what is wrong with it is found.
    pub(super) fn questions_of_types(&mut self) -> Vec<Field> {
        let own: Vec<TypeEntry> = self.types.own.values().cloned().collect();
        let mut fields = Vec::new();
        for entry in own {
            let Some(node) = entry.node.get("field_type") else {
                continue;
            };
            let Some(chain) = self.chain(node) else {
                continue;
            };
            let label = chain.types.iter().find_map(|entry| entry.node.get("label"));
            let label = label.unwrap_or(node);
            let given = [("field", node), ("label", label)].map(|(key, value)| Entry {
                key: Spanned::new(key.to_owned(), value.span),
                value: value.clone(),
            });
            let question = Question {
                // The mark keeps it apart from a parameter of the type's name.
                id: &Spanned::new(format!("{}_", entry.id.value), entry.id.span),
                type_: entry.id.span,
                part_of: None,
            };
            let node = Node {
                kind: NodeKind::Mapping(given.to_vec()),
                span: entry.node.span,
            };
            fields.extend(self.typed_question(&node, &chain, &question, 0));
        }
        fields
    }

    /// The files of the types that questions have.
    pub(super) fn files_of_used_types(&self) -> BTreeSet<FileId> {
        let used = self.types.used.iter();
        let used = used.filter_map(|name| self.types.own.get(name));
        used.map(|entry| entry.id.span.file).collect()
    }

    /// The texts that field types share, with the library's translations.
    pub(super) fn shared_texts(&mut self) -> SharedTexts {
        let places = std::mem::take(&mut self.types.places);
        let mut texts = BTreeMap::new();
        if let Some(library) = self.library.clone() {
            for (language, nodes) in &library.texts {
                let nodes = nodes.iter();
                let nodes = nodes.map(|(key, node)| (key.clone(), self.message(node)));
                texts.insert((*language).to_owned(), nodes.collect());
            }
        }
        SharedTexts {
            places,
            library: texts,
        }
    }
}

/// Types of parts of parts go no deeper.
const MAX_DEPTH: usize = 8;
/// More parts than these no form asks; types of types would multiply them without end.
const MAX_PARTS: usize = 2_000;
