//! `field_types` of the form and of the library, and the questions that are written with them.
//!
//! A question of such a type is read as if everything that the type says were written at the question:
//! the entries of both are put into one mapping, those of the question first. Each keeps its place, so
//! that what is wrong with an entry is reported where it was written.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Context,
    field::{FIELD_KEYS, TYPE_KEYS, is_type_name, limit_keys},
    id::Kind,
    library,
};
use crate::{
    codes,
    definition::{
        Check, Composite, Field, FieldType, Id, Path, Requirement, SharedTexts, Template,
    },
    diagnostic::Diagnostic,
    expression::{Expr, ExprKind},
    source::{Span, Spanned, Text},
    yaml::{Entry, Node, NodeKind},
};

/// Keys of a field type besides those of the field that it makes.
const TYPE_ENTRY_KEYS: &[&str] = &["field_type", "fields", "check", "say", "source"];
/// Keys of a field type that go with one field, besides those of limits.
const SINGLE_KEYS: &[&str] = &[
    "check",
    "say",
    "errors",
    "multiline",
    "name",
    "autocomplete",
];
/// Keys of a question that say nothing about its type.
const QUESTION_KEYS: &[&str] = &["field", "when", "purpose"];
/// Keys of a question of a composite type.
const COMPOSITE_KEYS: &[&str] = &[
    "field",
    "type",
    "label",
    "hint",
    "when",
    "required",
    "purpose",
    "personal",
    "autocomplete",
];
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
    /// The form's own types.
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
    /// Checks that came with types, in the order of the questions.
    pub checks: Vec<Check>,
    /// Composite questions.
    pub composites: Vec<Composite>,
    /// Where texts of types stand.
    places: Vec<(Span, String)>,
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
    /// `field_types` of the form, before anything that may be written with them.
    pub(super) fn field_types(&mut self, node: &Node) {
        let items = self.items(node, "`field_types`").unwrap_or_default();
        for item in items {
            let keys = [TYPE_ENTRY_KEYS, FIELD_KEYS, TYPE_KEYS].concat();
            let Some(mapping) = self.mapping(item, "a field type", &keys) else {
                continue;
            };
            let id = self.required(&mapping, "field_type", "name_of_the_type");
            let Some(id) = id.and_then(|node| self.id(node, Kind::Label)) else {
                continue;
            };
            if is_type_name(id.as_str()) {
                let message = format!("`{}` is a type of the language", id.value);
                self.error(
                    Diagnostic::error(codes::RESERVED_ID, id.span, message)
                        .help("Give the field type another name."),
                );
                continue;
            }
            if let Some(earlier) = self.types.own.get(id.as_str()) {
                let message = format!("the name `{}` is taken already", id.value);
                let found = Diagnostic::error(codes::DUPLICATE_ID, id.span, message)
                    .label(earlier.id.span, "first declared here")
                    .help("give one of the two another name");
                self.error(found);
                continue;
            }
            self.check_field_type(&id, item);
            if let Some(fields) = mapping.get("fields") {
                // What the parts say is read where a question has the type.
                for part in self.items(fields, "`fields`").unwrap_or_default() {
                    self.entries(part, "a field");
                }
            }
            let entry = TypeEntry {
                id: id.clone(),
                node: item.clone(),
                shipped: false,
            };
            self.types.own.insert(id.value, entry);
        }
        let own: Vec<TypeEntry> = self.types.own.values().cloned().collect();
        for entry in own {
            self.report_circle(&entry);
        }
    }

    /// Reports keys of a field type that do not go together.
    fn check_field_type(&mut self, id: &Id, node: &Node) {
        let place = |key: &str| {
            let mut entries = node.as_mapping().unwrap_or_default().iter();
            entries
                .find(|entry| entry.key.value == key)
                .map(|e| e.key.span)
        };
        let mut wrong = |span: Span, message: &str, help: &str| {
            self.error(Diagnostic::error(codes::FIELD_TYPE, span, message).help(help));
        };
        for key in QUESTION_KEYS {
            if let Some(span) = place(key) {
                let message = format!("`{key}` belongs to a question, not to its type");
                wrong(span, &message, "write it at the fields that have the type");
            }
        }
        match (place("fields"), place("type")) {
            (Some(_), Some(span)) => wrong(
                span,
                "a field type has `type` or `fields`, not both",
                "with `type` it makes one field, with `fields` a field for each part",
            ),
            (None, None) => wrong(
                id.span,
                "a field type needs `type` or `fields`",
                "add `type: text`, or `fields` with the parts that are asked",
            ),
            _ => {}
        }
        if place("fields").is_some() {
            for key in SINGLE_KEYS.iter().chain(limit_keys()) {
                if let Some(span) = place(key) {
                    let message = format!("`{key}` goes with one field, and this type has several");
                    wrong(span, &message, "write it at the part that it is about");
                }
            }
        }
        match (place("check"), place("say")) {
            (Some(span), None) => wrong(
                span,
                "the `check` of a field type needs the key `say`",
                "add the message that stands where the check does not hold",
            ),
            (None, Some(span)) => wrong(
                span,
                "this `say` has no `check`",
                "add `check` with a condition about `value`, the answer",
            ),
            _ => {}
        }
    }

    /// Reports a type that is made of itself.
    fn report_circle(&mut self, entry: &TypeEntry) {
        let mut open = vec![(entry.clone(), vec![entry.id.value.clone()])];
        while let Some((at, path)) = open.pop() {
            for node in types_within(&at.node) {
                let Some(name) = node.as_text() else { continue };
                if name == entry.id.value {
                    let mut path = path.clone();
                    path.push(name.to_owned());
                    let found = Diagnostic::error(
                        codes::CYCLE,
                        node.span,
                        format!("the field type `{name}` is made of itself"),
                    )
                    .help(format!("it leads in a circle: `{}`", path.join("` → `")));
                    self.error(found);
                    return;
                }
                if path.iter().any(|other| other == name) {
                    continue;
                }
                if let Some(next) = self.types.own.get(name) {
                    let mut path = path.clone();
                    path.push(name.to_owned());
                    open.push((next.clone(), path));
                }
            }
        }
    }

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

    /// Takes note of the composite questions of a list of fields, before anything reads their parts.
    pub(super) fn foresee(&mut self, fields: &Node) {
        for item in fields.as_list().unwrap_or_default() {
            if let Some(id) = item.get("field").and_then(Node::as_text) {
                self.foresee_parts(id, item, 0);
            }
        }
    }

    fn foresee_parts(&mut self, id: &str, item: &Node, depth: usize) {
        let Some(chain) = item.get("type").and_then(|node| self.chain(node)) else {
            return;
        };
        let Some(parts) = chain.parts().and_then(Node::as_list) else {
            return;
        };
        if depth == MAX_DEPTH {
            return;
        }
        for part in parts {
            let Some(name) = part.get("field").and_then(Node::as_text) else {
                continue;
            };
            let known = self.types.parts.entry(id.to_owned()).or_default();
            known.insert(name.to_owned());
            self.foresee_parts(&format!("{id}_{name}"), part, depth + 1);
        }
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
        self.report_widened(&levels);
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

    /// The entries of a question and of its types that say what the field is, those of the question
    /// first.
    fn levels(&mut self, node: &Node, chain: &Chain, question: &Question<'_>) -> Vec<Vec<Entry>> {
        let own = node.as_mapping().unwrap_or_default().iter();
        let own = own.filter(|entry| entry.key.value != "type").cloned();
        let mut levels = vec![own.collect::<Vec<_>>()];
        for (index, entry) in chain.types.iter().enumerate() {
            let is_last = index + 1 == chain.types.len();
            let written = entry.node.as_mapping().unwrap_or_default().iter();
            let of_field = written.filter(|written| {
                let key = written.key.as_str();
                let known = FIELD_KEYS.contains(&key) || TYPE_KEYS.contains(&key);
                known && !QUESTION_KEYS.contains(&key) && (key != "type" || is_last)
            });
            let mut level: Vec<Entry> = of_field.cloned().collect();
            let key = format!("field_type.{}", entry.id.value);
            if entry.shipped {
                let library = self.library_entries(&key, question.type_);
                level.extend(library);
            }
            self.note_places(&level, &key);
            levels.push(level);
        }
        levels
    }

    /// Texts of the library in the form's language, as entries beside those of the type.
    fn library_entries(&mut self, key: &str, place: Span) -> Vec<Entry> {
        let library = self.library();
        let language = language_of(&self.language);
        let texts = library.texts.get(language);
        let Some(texts) = texts.or_else(|| library.texts.get(library::FALLBACK)) else {
            return Vec::new();
        };
        let entry = |key: &str, value: Node| Entry {
            key: Spanned::new(key.to_owned(), value.span),
            value,
        };
        let mut entries: Vec<Entry> = Vec::new();
        for text in TEXT_KEYS {
            if let Some(node) = texts.get(&format!("{key}.{text}")) {
                entries.push(entry(text, node.clone()));
            }
        }
        let prefix = format!("{key}.error.");
        let errors: Vec<Entry> = texts
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .map(|(key, node)| entry(&key[prefix.len()..], node.clone()))
            .collect();
        if !errors.is_empty() {
            let errors = Node {
                kind: NodeKind::Mapping(errors),
                span: place,
            };
            entries.push(entry("errors", errors));
        }
        entries
    }

    /// Remembers which texts stand at a type, for their translations.
    fn note_places(&mut self, level: &[Entry], key: &str) {
        let mut note = |span: Span, key: String| self.types.places.push((span, key));
        for entry in level {
            match entry.key.as_str() {
                text if TEXT_KEYS.contains(&text) => {
                    note(entry.value.span, format!("{key}.{text}"))
                }
                "errors" => {
                    for error in entry.value.as_mapping().unwrap_or_default() {
                        note(error.value.span, format!("{key}.error.{}", error.key.value));
                    }
                }
                "options" => {
                    for option in entry.value.as_mapping().unwrap_or_default() {
                        let key = format!("{key}.option.{}", option.key.value);
                        let label = option.value.get("label").unwrap_or(&option.value);
                        note(label.span, key.clone());
                        if let Some(hint) = option.value.get("hint") {
                            note(hint.span, format!("{key}.hint"));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Reports limits that are wider than those of the type, and keys that the type has settled.
    fn report_widened(&mut self, levels: &[Vec<Entry>]) {
        for index in 0..levels.len().saturating_sub(1) {
            let base = merged(&levels[index + 1..]);
            for entry in &levels[index] {
                let key = entry.key.as_str();
                let settled = base.iter().find(|other| other.key.value == key);
                let Some(settled) = settled else { continue };
                if SETTLED.contains(&key) {
                    let message = format!("the field's type has settled `{key}`");
                    self.error(
                        Diagnostic::error(codes::FIXED_BY_TYPE, entry.key.span, message)
                            .label(settled.key.span, "settled here")
                            .help("leave it out, or write a type of the language and its limits"),
                    );
                }
            }
            let mut narrowed = levels[index].clone();
            narrowed.retain(|entry| LIMITS.contains(&entry.key.as_str()));
            if narrowed.is_empty() {
                continue;
            }
            let (Some(narrow), Some(wide)) = (
                self.limits(&merged(&[narrowed.clone(), base.clone()])),
                self.limits(&base),
            ) else {
                continue;
            };
            for key in widened(&wide, &narrow) {
                let place = |entries: &[Entry]| {
                    let entry = entries.iter().find(|entry| entry.key.value == key);
                    entry.map(|entry| entry.value.span)
                };
                let (Some(own), Some(base)) = (place(&narrowed), place(&base)) else {
                    continue;
                };
                let message = format!("`{key}` is wider than that of the field's type");
                self.error(
                    Diagnostic::error(codes::WIDENED_LIMIT, own, message)
                        .label(base, "the type's own limit")
                        .help("a field may narrow the limits of its type, not widen them"),
                );
            }
        }
    }

    /// The type that some entries state; what is wrong with them is reported elsewhere.
    fn limits(&mut self, entries: &[Entry]) -> Option<FieldType> {
        let reported = self.diagnostics.len();
        let node = Node {
            kind: NodeKind::Mapping(entries.to_vec()),
            span: entries.first()?.key.span,
        };
        let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        let mapping = self.mapping(&node, "a field", &keys)?;
        let type_ = self.field_type(&mapping).value;
        self.diagnostics.truncate(reported);
        Some(type_)
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

    /// The fields of a composite's parts.
    fn composite(
        &mut self,
        node: &Node,
        chain: &Chain,
        parts: &Node,
        question: &Question<'_>,
        depth: usize,
    ) -> Vec<Field> {
        let Some(last) = chain.last() else {
            return Vec::new();
        };
        let name = chain.types.first().map_or("", |entry| entry.id.as_str());
        // Reported once: parts of parts come from a type, which was read as one.
        for entry in node.as_mapping().unwrap_or_default() {
            if COMPOSITE_KEYS.contains(&entry.key.as_str()) {
                continue;
            }
            let message = format!(
                "`{}` goes with one field, and `{name}` has several",
                entry.key.value
            );
            let keys = COMPOSITE_KEYS[2..].join("`, `");
            self.error(
                Diagnostic::error(codes::FIELD_TYPE, entry.key.span, message)
                    .help(format!("a field of this type takes `{keys}`")),
            );
        }
        let levels = self.levels(node, chain, question);
        let merged = Node {
            kind: NodeKind::Mapping(merged(&levels)),
            span: node.span,
        };
        let plain = |context: &mut Self, key: &str| {
            let node = merged.get(key)?;
            Some(context.plain(node))
        };
        let (legend, hint) = match question.part_of {
            None => (plain(self, "label"), plain(self, "hint")),
            Some(_) => (None, None),
        };
        if legend.is_none() && question.part_of.is_none() {
            self.error(
                Diagnostic::error(
                    codes::MISSING_KEY,
                    question.type_,
                    format!("a field of the type `{name}` needs the key `label`"),
                )
                .help("Add `label: what the parts are asked about`."),
            );
        }
        let when = node.get("when").map(|node| self.expr(node));
        let required = merged
            .get("required")
            .and_then(|node| self.required_of(node));
        let items = parts.as_list().unwrap_or_default();
        let ids = items.iter().filter_map(|part| part.get("field")?.as_text());
        let ids: Vec<String> = ids.map(str::to_owned).collect();
        let full = |part: &String| format!("{}_{part}", question.id.value);
        self.types.composites.push(Composite {
            composite: question.id.clone(),
            group: self.types.group.as_ref().map(|group| group.value.clone()),
            parts: ids.clone(),
            legend,
            hint,
        });
        self.types.renamings.push(Renaming {
            place: last.node.span,
            names: ids.iter().map(|id| (id.clone(), full(id))).collect(),
        });
        let part_of = question.part_of.unwrap_or(question.id.as_str()).to_owned();
        let mut fields = Vec::new();
        for part in items {
            let asked = self.part(part, node, last, question, &part_of, depth);
            fields.extend(asked);
        }
        self.types.renamings.pop();
        for field in &mut fields {
            field.when = both(when.clone(), field.when.take());
            field.required = weaker(required.clone(), field.required.take());
        }
        fields
    }

    /// The fields of one part of a composite.
    fn part(
        &mut self,
        part: &Node,
        node: &Node,
        type_: &TypeEntry,
        question: &Question<'_>,
        part_of: &str,
        depth: usize,
    ) -> Vec<Field> {
        let Some(id) = part.get("field").and_then(Node::as_text) else {
            drop(self.field(part));
            return Vec::new();
        };
        let key = format!("field_type.{}.{id}", type_.id.value);
        let joined = format!("{}_{id}", question.id.value);
        let id = self.key_id(&Spanned::new(joined, question.id.span), Kind::Name);
        let mut entries = part.as_mapping().unwrap_or_default().to_vec();
        if type_.shipped {
            entries.extend(self.library_entries(&key, question.type_));
        }
        self.note_places(&entries, &key);
        let off = node
            .get("autocomplete")
            .filter(|node| node.as_text() == Some("off"));
        for (key, own) in [
            ("purpose", node.get("purpose")),
            ("personal", node.get("personal")),
            ("autocomplete", off),
        ] {
            let Some(own) = own else { continue };
            entries.retain(|entry| entry.key.value != key);
            entries.push(Entry {
                key: Spanned::new(key.to_owned(), own.span),
                value: own.clone(),
            });
        }
        let merged = Node {
            kind: NodeKind::Mapping(entries),
            span: part.span,
        };
        let question = Question {
            id: &id,
            type_: question.type_,
            part_of: Some(part_of),
        };
        match merged.get("type").and_then(|node| self.chain(node)) {
            Some(chain) => self.typed_question(&merged, &chain, &question, depth + 1),
            None => {
                let field = self.field(&merged).map(|field| Field {
                    field: id.clone(),
                    field_type: Some(Spanned {
                        value: type_.id.value.clone(),
                        span: question.type_,
                    }),
                    part_of: Some(part_of.to_owned()),
                    ..field
                });
                field.into_iter().collect()
            }
        }
    }

    /// An expression, with the names of parts put in full.
    pub(super) fn parsed(&mut self, text: &Text) -> Expr {
        let mut expr = self.parser.parse(text, &mut self.diagnostics);
        let place = text.whole();
        let mut renamings = self.types.renamings.iter().rev();
        let renaming = renamings.find(|renaming| renaming.place.covers(place));
        let parts = &self.types.parts;
        if renaming.is_none() && parts.is_empty() {
            return expr;
        }
        expr.rewrite(&mut |part| {
            let span = part.span;
            match &mut part.kind {
                ExprKind::Name(name) => {
                    if let Some(meant) = renaming.and_then(|renaming| renaming.names.get(name)) {
                        meant.clone_into(name);
                    }
                }
                ExprKind::Member { base, name } => {
                    let known = |composite: &str| {
                        let parts = parts.get(composite);
                        parts.is_some_and(|parts| parts.contains(name.as_str()))
                    };
                    match &mut base.kind {
                        ExprKind::Name(composite) if known(composite) => {
                            part.kind = ExprKind::Name(format!("{composite}_{}", name.value));
                        }
                        ExprKind::Member {
                            base: group,
                            name: composite,
                        } if known(composite.as_str())
                            && matches!(group.kind, ExprKind::Name(_)) =>
                        {
                            let full = format!("{}_{}", composite.value, name.value);
                            part.kind = ExprKind::Member {
                                base: group.clone(),
                                name: Spanned::new(full, span),
                            };
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        });
        expr
    }

    /// The path of a part that is written with points, as the names that the form has.
    pub(super) fn path_of_parts(&self, names: Vec<Id>) -> Vec<Id> {
        let mut full: Vec<Id> = Vec::with_capacity(names.len());
        for name in names {
            match full.last_mut() {
                Some(last)
                    if self
                        .types
                        .parts
                        .get(last.as_str())
                        .is_some_and(|parts| parts.contains(name.as_str())) =>
                {
                    *last = Spanned::new(
                        format!("{}_{}", last.value, name.value),
                        last.span.to(name.span),
                    );
                }
                _ => full.push(name),
            }
        }
        full
    }

    /// Reads the types that no question has, so that what is wrong with them is found, and warns of
    /// them.
    pub(super) fn report_unused_types(&mut self) {
        let own: Vec<TypeEntry> = self.types.own.values().cloned().collect();
        for entry in own {
            if self.types.used.contains(entry.id.as_str()) {
                continue;
            }
            let message = format!("no field has the type `{}`", entry.id.value);
            let help = format!(
                "leave it out, or let a field have `type: {}`",
                entry.id.value
            );
            self.error(Diagnostic::warning(codes::UNUSED, entry.id.span, message).help(help));
            let (checks, composites) = (self.types.checks.len(), self.types.composites.len());
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
            drop(self.question(&question));
            self.types.checks.truncate(checks);
            self.types.composites.truncate(composites);
        }
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
/// Keys that a field cannot state where its type does.
const SETTLED: &[&str] = &[
    "scale",
    "pattern",
    "format",
    "options",
    "attributes",
    "accepted",
];
/// Keys that a field may narrow.
const LIMITS: &[&str] = &["min", "max", "min_length", "max_length"];

/// Entries of several levels: of each key the first, of `errors` the first of each code.
fn merged(levels: &[Vec<Entry>]) -> Vec<Entry> {
    let mut merged: Vec<Entry> = Vec::new();
    for entry in levels.iter().flatten() {
        let known = merged.iter_mut().find(|e| e.key.value == entry.key.value);
        let Some(known) = known else {
            merged.push(entry.clone());
            continue;
        };
        if let (NodeKind::Mapping(own), Some(further), "errors") = (
            &mut known.value.kind,
            entry.value.as_mapping(),
            entry.key.as_str(),
        ) {
            for error in further {
                if !own.iter().any(|e| e.key.value == error.key.value) {
                    own.push(error.clone());
                }
            }
        }
    }
    merged
}

/// The limits of a type that are wider than those of another.
fn widened(wide: &FieldType, narrow: &FieldType) -> Vec<&'static str> {
    fn below<T: PartialOrd>(wide: &Option<Spanned<T>>, narrow: &Option<Spanned<T>>) -> bool {
        matches!((wide, narrow), (Some(wide), Some(narrow)) if narrow.value < wide.value)
    }
    fn above<T: PartialOrd>(wide: &Option<Spanned<T>>, narrow: &Option<Spanned<T>>) -> bool {
        matches!((wide, narrow), (Some(wide), Some(narrow)) if narrow.value > wide.value)
    }
    use FieldType::{Date, DateRange, Decimal, Duration, Integer, Money, Text};
    let (below, above) = match (wide, narrow) {
        (
            Integer { min, max },
            Integer {
                min: low,
                max: high,
            },
        )
        | (
            Decimal { min, max, .. },
            Decimal {
                min: low,
                max: high,
                ..
            },
        )
        | (
            Money { min, max },
            Money {
                min: low,
                max: high,
            },
        ) => (below(min, low), above(max, high)),
        (
            Date { min, max },
            Date {
                min: low,
                max: high,
            },
        )
        | (
            DateRange { min, max },
            DateRange {
                min: low,
                max: high,
            },
        ) => (below(min, low), above(max, high)),
        (
            Duration { min, max, .. },
            Duration {
                min: low,
                max: high,
                ..
            },
        ) => (below(min, low), above(max, high)),
        (
            Text {
                min_length,
                max_length,
                ..
            },
            Text {
                min_length: low,
                max_length: high,
                ..
            },
        ) => {
            let texts = [
                ("min_length", below(min_length, low)),
                ("max_length", above(max_length, high)),
            ];
            return texts
                .into_iter()
                .filter(|(_, is)| *is)
                .map(|(key, _)| key)
                .collect();
        }
        _ => (false, false),
    };
    let limits = [("min", below), ("max", above)];
    limits
        .into_iter()
        .filter(|(_, is)| *is)
        .map(|(key, _)| key)
        .collect()
}

/// The nodes that name the types of which a type is made.
fn types_within(node: &Node) -> Vec<&Node> {
    let parts = node
        .get("fields")
        .and_then(Node::as_list)
        .unwrap_or_default();
    let parts = parts.iter().filter_map(|part| part.get("type"));
    node.get("type").into_iter().chain(parts).collect()
}

/// Both conditions.
fn both(outer: Option<Expr>, inner: Option<Expr>) -> Option<Expr> {
    match (outer, inner) {
        (Some(outer), Some(inner)) => Some(Expr {
            span: outer.span,
            kind: ExprKind::And(vec![outer, inner]),
        }),
        (outer, inner) => outer.or(inner),
    }
}

/// Whether a part of a composite must be answered: where the whole must be, and the part in it.
fn weaker(whole: Option<Requirement>, part: Option<Requirement>) -> Option<Requirement> {
    use Requirement::{Always, Never, When};
    match (whole, part) {
        (Some(Never(span)), _) | (_, Some(Never(span))) => Some(Never(span)),
        (Some(When(whole)), Some(When(part))) => both(Some(whole), Some(part)).map(When),
        (Some(When(condition)), _) | (_, Some(When(condition))) => Some(When(condition)),
        (Some(Always(span)), _) | (None, Some(Always(span))) => Some(Always(span)),
        (None, None) => None,
    }
}

fn language_of(locale: &str) -> &str {
    locale.split('-').next().unwrap_or(locale)
}
