//! YAML trees that can be changed and written again.

use counterfoil_compiler::yaml::{Node, NodeKind, Style, quoted};

/// A tree whose scalars are as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    Empty,
    Scalar(String),
    List(Vec<Self>),
    Mapping(Vec<(String, Self)>),
}

/// The way from the root of a tree to a part of it.
pub type Way = Vec<usize>;

impl From<&Node> for Tree {
    fn from(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Empty | NodeKind::Error => Self::Empty,
            NodeKind::Scalar(scalar) => Self::Scalar(match scalar.style {
                Style::Plain if !scalar.text.contains('\n') => scalar.text.clone(),
                _ => quoted(&scalar.text),
            }),
            NodeKind::List(items) => Self::List(items.iter().map(Self::from).collect()),
            NodeKind::Mapping(entries) => Self::Mapping(
                entries
                    .iter()
                    .map(|entry| (entry.key.value.clone(), Self::from(&entry.value)))
                    .collect(),
            ),
        }
    }
}

impl Tree {
    /// The tree as block YAML.
    pub fn yaml(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    /// Writes the value behind a key or dash.
    fn write_behind(&self, text: &mut String, indent: usize) {
        match self {
            Self::List(items) if !items.is_empty() => {
                text.push('\n');
                self.write(text, indent + 2);
            }
            Self::Mapping(entries) if !entries.is_empty() => {
                text.push('\n');
                self.write(text, indent + 2);
            }
            _ => {
                text.push(' ');
                self.write(text, indent);
            }
        }
    }

    fn write(&self, text: &mut String, indent: usize) {
        let margin = " ".repeat(indent);
        match self {
            Self::Empty => text.push('\n'),
            Self::Scalar(scalar) => text.push_str(&format!("{scalar}\n")),
            Self::List(items) if items.is_empty() => text.push_str("[]\n"),
            Self::Mapping(entries) if entries.is_empty() => text.push_str("{}\n"),
            Self::List(items) => {
                for item in items {
                    text.push_str(&margin);
                    text.push('-');
                    match item {
                        Self::Mapping(entries) if !entries.is_empty() => {
                            // The first key of an item stands behind its dash, as people write it.
                            let mut block = String::new();
                            item.write(&mut block, indent + 2);
                            text.push_str(&block[indent + 1..]);
                        }
                        _ => item.write_behind(text, indent),
                    }
                }
            }
            Self::Mapping(entries) => {
                for (key, value) in entries {
                    text.push_str(&format!("{margin}{key}:"));
                    value.write_behind(text, indent);
                }
            }
        }
    }

    /// The ways to all parts but the root, in order.
    pub fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        self.collect(&mut Vec::new(), &mut ways);
        ways
    }

    fn collect(&self, way: &mut Way, ways: &mut Vec<Way>) {
        for (index, child) in self.children().enumerate() {
            way.push(index);
            ways.push(way.clone());
            child.collect(way, ways);
            way.pop();
        }
    }

    fn children(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        match self {
            Self::Empty | Self::Scalar(_) => Box::new(std::iter::empty()),
            Self::List(items) => Box::new(items.iter()),
            Self::Mapping(entries) => Box::new(entries.iter().map(|(_, value)| value)),
        }
    }

    /// A part.
    pub fn at(&mut self, way: &[usize]) -> Option<&mut Self> {
        way.iter().try_fold(self, |tree, index| match tree {
            Self::Empty | Self::Scalar(_) => None,
            Self::List(items) => items.get_mut(*index),
            Self::Mapping(entries) => entries.get_mut(*index).map(|(_, value)| value),
        })
    }
}
