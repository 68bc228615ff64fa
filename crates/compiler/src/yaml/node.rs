//! The tree of a YAML file.

use crate::source::{Span, Spanned};

/// A node with its place. The span of a scalar covers its quotes; that of a block covers the lines of
/// its text. The span of a mapping or list reaches from its first key or item to the end of its last,
/// or covers its brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub span: Span,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A text, whatever it may mean.
    Scalar(Scalar),
    /// Nothing after a key or a dash.
    Empty,
    /// A list.
    List(Vec<Node>),
    /// A mapping in its order; no key stands twice.
    Mapping(Vec<Entry>),
    /// Something that has been reported already; to be passed over in silence.
    Error,
}

/// A scalar as written: `12.50` stays `12.50`, `no` stays `no`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text without quotes, escapes and indentation.
    pub text: String,
    /// How it was written.
    pub style: Style,
    /// A comment behind it on the same line, from `#` on. YAML ends a plain text there, even where
    /// its author meant the `#` to belong to it.
    pub comment: Option<Span>,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In `'…'`.
    SingleQuoted,
    /// In `"…"`.
    DoubleQuoted,
    /// As a block after `|`.
    Literal,
    /// As a block after `>`.
    Folded,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Spanned<String>,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The scalar, if it is one.
    pub const fn as_scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of a scalar, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| scalar.text.as_str())
    }

    /// The items, if it is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        match &self.kind {
            NodeKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if it is a mapping.
    pub fn as_mapping(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key, if it is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_mapping()?
            .iter()
            .find(|entry| entry.key.value == key)
            .map(|entry| &entry.value)
    }
}
