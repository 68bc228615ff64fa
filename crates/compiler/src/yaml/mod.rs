//! YAML as forms use it: mappings, lists and scalars with their raw text, style and place.
//!
//! Nothing here gives a scalar a type; that is for our own schema to do. What YAML reads otherwise than
//! it looks, or what forms do not use of it, is refused with the text to write instead; where such a
//! mistake stops YAML itself, the value is taken out and reading goes on, so that one run finds the
//! other mistakes too.

mod indentation;
mod node;
mod quote;
mod read;
mod text;
mod trap;

pub use node::{Entry, Node, NodeKind, Scalar, Style};
pub use quote::quoted;
pub use read::{MAX_DEPTH, MAX_NODES, parse};
pub use text::text;
