//! Source files: what the compiler is given, and places in it.

mod files;
mod load;
mod map;
mod path;
mod text;

pub use files::{FORM_FILE, Files, MAX_FILE_BYTES};
pub use load::Loaded;
pub use map::{FileId, Position, SourceFile, SourceMap, Span, Spanned};
pub use path::{SharedPath, joined};
pub use text::Text;
