//! Source files: what the compiler is given, and places in it.

mod files;
mod load;
mod map;
mod text;

pub use files::{Files, MAX_FILE_BYTES};
pub use load::Loaded;
pub use map::{FileId, Position, SourceFile, SourceMap, Span, Spanned};
pub use text::Text;
