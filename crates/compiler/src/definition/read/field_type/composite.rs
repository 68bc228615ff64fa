//! Questions of several parts: their fields, and expressions that name the parts with a point.

use super::{Chain, MAX_DEPTH, MAX_PARTS, Question, Renaming, TypeEntry, levels::merged};
use crate::{
    closest::closest,
    codes,
    definition::{
        Composite, Field, Id, Requirement,
        read::{Context, id::Kind, join::Mention},
    },
    diagnostic::Diagnostic,
    expression::{Expr, ExprKind},
    source::{Spanned, Text},
    yaml::{Entry, Node, NodeKind},
};

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
    PARTS,
];
/// The key under which a question words its parts in its own way.
const PARTS: &str = "parts";
/// Keys of a part that a question words in its own way.
const PART_KEYS: &[&str] = &["label", "name", "hint", "unit", "errors"];

impl Context<'_> {
    /// Takes note of the composite questions of a list of fields, before anything reads their parts.
    pub(in super::super) fn foresee(&mut self, fields: &Node) {
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
            self.types.foreseen += 1;
            if self.types.foreseen > MAX_PARTS {
                return;
            }
            let known = self.types.parts.entry(id.to_owned()).or_default();
            known.insert(name.to_owned());
            self.foresee_parts(&format!("{id}_{name}"), part, depth + 1);
        }
    }

    /// The fields of a composite's parts.
    pub(super) fn composite(
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
        self.check_worded(node, name, &ids);
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

    /// Reports what a question says of parts that its type does not have, and what it cannot say of one.
    fn check_worded(&mut self, node: &Node, name: &str, ids: &[String]) {
        let Some(parts) = node.get(PARTS) else { return };
        let entries = self.entries(parts, "`parts`").unwrap_or_default();
        for entry in entries {
            let written = entry.key.as_str();
            if ids.iter().any(|id| id == written) {
                let worded =
                    self.mapping(&entry.value, "a part in a question's own words", PART_KEYS);
                drop(worded);
                continue;
            }
            let message = format!("`{name}` has no part `{written}`");
            let found = Diagnostic::error(codes::FIELD_TYPE, entry.key.span, message);
            self.error(match closest(written, ids.iter().map(String::as_str)) {
                Some(meant) => found
                    .help(format!("did you mean `{meant}`?"))
                    .suggest(entry.key.span, meant),
                None => found.help(format!("its parts are `{}`", ids.join("`, `"))),
            });
        }
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
        self.types.read += 1;
        if self.types.read > MAX_PARTS {
            if self.types.read == MAX_PARTS + 1 {
                let message = format!("field types make more than {MAX_PARTS} fields of this form");
                let help = "let types be made of fewer parts, or ask fewer of them";
                self.error(
                    Diagnostic::error(codes::FIELD_TYPE, question.type_, message).help(help),
                );
            }
            return Vec::new();
        }
        let Some(name) = part.get("field").and_then(Node::as_text) else {
            drop(self.field(part));
            return Vec::new();
        };
        let key = format!("field_type.{}.{name}", type_.id.value);
        let joined = format!("{}_{name}", question.id.value);
        let id = self.key_id(&Spanned::new(joined, question.id.span), Kind::Name);
        let mut entries: Vec<Entry> = part.as_mapping().unwrap_or_default().to_vec();
        if type_.shipped {
            entries.extend(self.library_entries(&key, question.type_));
        }
        self.note_places(&entries, &key);
        let worded = node.get(PARTS).and_then(|parts| parts.get(name));
        let worded = worded.and_then(Node::as_mapping).unwrap_or_default();
        let mut entries = merged(&[worded.to_vec(), entries]);
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

    /// An expression, with the names of parts put in full, and a note of the names that it mentions.
    pub(in super::super) fn parsed(&mut self, text: &Text) -> Expr {
        let mut expr = self.parser.parse(text, &mut self.diagnostics);
        let place = text.whole();
        let mut renamings = self.types.renamings.iter().rev();
        let renaming = renamings.find(|renaming| renaming.place.covers(place));
        let parts = &self.types.parts;
        let mentions = &mut self.mentions;
        expr.rewrite(&mut |part| {
            let span = part.span;
            let mut mention = |name: &str, span| {
                mentions.push(Mention {
                    name: Spanned::new(name.to_owned(), span),
                    is_set: false,
                });
            };
            match &mut part.kind {
                ExprKind::Name(name) => {
                    match renaming.and_then(|renaming| renaming.names.get(name)) {
                        Some(meant) => meant.clone_into(name),
                        None => mention(name, span),
                    }
                }
                ExprKind::Call { name, .. } => mention(&name.value, name.span),
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
    pub(in super::super) fn path_of_parts(&self, names: Vec<Id>) -> Vec<Id> {
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
