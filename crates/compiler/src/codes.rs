//! Every diagnostic code with its title.
//!
//! Codes are stable: a code is never given to another mistake, and a mistake never changes its code.
//! CF01 is YAML and structure, CF02 names, CF03 types and units, CF04 presence, CF05 tables, CF06
//! numbers, money and rounding, CF07 cycles, CF08 texts and locales, CF09 the form's own tests.

use serde::{Serialize, Serializer};

/// A diagnostic code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The code, such as `CF0101`.
    pub id: &'static str,
    /// What it is about, in one line.
    pub title: &'static str,
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

macro_rules! codes {
    ($($name:ident $id:literal $title:literal;)*) => {
        $(#[doc = concat!("`", $id, "`: ", $title, ".")]
        pub const $name: Code = Code { id: $id, title: $title };)*

        /// Every code, in order.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    FILE "CF0101" "a file is missing, too large or not UTF-8";
    YAML_SYNTAX "CF0102" "the file is not YAML";
    YAML_FEATURE "CF0103" "a feature of YAML that forms do not use";
    YAML_TRAP "CF0104" "YAML reads this otherwise than it looks";
    YAML_LIMIT "CF0105" "the file is nested too deeply or has too many entries";
    DUPLICATE_KEY "CF0106" "a key stands twice in one mapping";
    UNKNOWN_KEY "CF0107" "a key that the language does not know";
    MISSING_KEY "CF0108" "a key is missing";
    WRONG_SHAPE "CF0109" "a value of another shape is expected here";
    BAD_LITERAL "CF0110" "not a number, date, boolean or word of the kind expected here";
    CONFLICTING_KEYS "CF0111" "two keys exclude each other";
    EXPRESSION_SYNTAX "CF0120" "the expression cannot be read";
    EXPRESSION_CONSTRUCT "CF0121" "a construct that rules do not use";
    EXPRESSION_PARENTHESES "CF0122" "parentheses are needed to say what is meant";
    EXPRESSION_LIMIT "CF0123" "the expression is nested too deeply";
    PLACEHOLDER "CF0124" "the placeholders of a text cannot be read";
    CELL_SYNTAX "CF0130" "the table cell cannot be read";
    TABLE_SHAPE "CF0131" "the table's header and rows do not fit together";
    CSV_SYNTAX "CF0132" "the CSV file cannot be read";
    MANGLED_DATE "CF0133" "a spreadsheet has rewritten a date";

    BAD_ID "CF0201" "not a name that can be used as an id";
    RESERVED_ID "CF0202" "a word that the language keeps for itself";
    DUPLICATE_ID "CF0203" "two things of one kind have the same name";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_unique_and_ascend() {
        assert!(ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
    }
}
