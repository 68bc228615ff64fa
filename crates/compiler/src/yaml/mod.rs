//! YAML as forms use it: mappings, lists and scalars with their raw text, style and place.
//!
//! Nothing here gives a scalar a type; that is for our own schema to do.

mod node;

pub use node::{Entry, Node, NodeKind, Scalar, Style};
