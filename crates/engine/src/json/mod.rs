//! JSON in and out, as the engine needs it: one strict reader, bounded and without panics, and one
//! writer. A browser downloads both, so they are small: values are read into a tree that borrows the
//! text, and what a plan or report is made of takes its parts from there.

mod decode;
mod reader;
mod tree;
mod write;

pub(crate) use decode::{Decode, Decoded, Mismatch, Object, Tagged, record, variants};
pub(crate) use reader::{JsonError, Reader, Token};
pub(crate) use tree::Json;
pub(crate) use write::{Fields, Write, Written, to_json, writes};
