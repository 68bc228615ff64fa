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
    FILE "CF0101" "a file is missing, unused, too large or not UTF-8";
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

    FUNCTION_BODY "CF0141" "the body of a function cannot be read";

    OPTION_ATTRIBUTE "CF0142" "an option without one of its attributes";
    FIELD_TYPE "CF0143" "a field type whose parts do not go together";
    WIDENED_LIMIT "CF0144" "a limit wider than that of the field's type";
    FIXED_BY_TYPE "CF0145" "a key that the field's type has settled";
    LIBRARY_LANGUAGE "CF0146" "a field type of the library without texts in the form's language";

    SHARED_PATH "CF0150" "a path that leads to no shared file";
    SHARED_CURRENCY "CF0151" "a shared file with amounts in another currency than the form's";

    BAD_ID "CF0201" "not a name that can be used as an id";
    RESERVED_ID "CF0202" "a word that the language keeps for itself";
    DUPLICATE_ID "CF0203" "two things of one kind have the same name";
    SHADOWED_NAME "CF0204" "a name within a group is also one outside it";
    UNKNOWN_NAME "CF0205" "a name that the form does not declare";
    UNKNOWN_OPTION "CF0206" "an option that does not exist";
    MISPLACED_NAME "CF0207" "a name that cannot be used here";

    SHARED_NAME "CF0208" "a shared file that leans on what it does not declare";

    LOCAL_NAME "CF0211" "a name within a function that means something else too";
    COMPOSITE_PART "CF0212" "a question asked in parts that is read as one, or by a part it has not";
    SECTION "CF0213" "a section without pages, or whose pages do not stand together";

    TYPE_CLASH "CF0301" "values of types that do not go together";
    UNIT_CLASH "CF0302" "money and plain numbers do not go together like this";
    ARGUMENTS "CF0303" "a function or table is called with the wrong arguments";
    LIST_EXPECTED "CF0304" "one value is given where a list of records is wanted";
    LIST_GIVEN "CF0305" "a list of records is given where one value is wanted";
    MIXED_GROUPS "CF0306" "the records of two groups are mixed";
    LIMITS "CF0307" "limits that no answer can meet or that do not fit the type";
    PATTERN "CF0308" "a pattern that cannot be used";
    DURATIONS "CF0311" "durations of which none is always the longer";
    NO_SUCH_DAY "CF0312" "a day that the calendar does not have";
    WEEKDAY "CF0313" "a number that is no day of the week";
    EMPTY_RANGE "CF0314" "a range in which there is never a day";
    HOLIDAYS "CF0315" "what is given as holidays is no list of dates";

    ARGUMENT_LIMITS "CF0321" "a function is given an argument beyond its limits";
    WEIGHTS "CF0322" "what is given as weights is no list of whole numbers up to 1,000,000,000";
    REMAINDER_DIVISOR "CF0323" "a remainder on division by a number that may be below zero";

    MAY_BE_BLANK "CF0401" "an operand that may be blank";
    NEVER_ASKED "CF0402" "a question that is never asked";

    TABLE_GAP "CF0501" "a decision table leaves a case out";
    TABLE_OVERLAP "CF0502" "rows of a decision table overlap";
    TABLE_ROW_UNUSED "CF0503" "a row of a decision table never applies";
    TABLE_CELL "CF0504" "a table cell does not fit its column";
    TABLE_INPUT "CF0505" "a table is given an input beyond the limits of its column";
    TABLE_BANDS "CF0506" "the bands of a marginal table do not meet";
    TABLE_NOT_PROVED "CF0507" "a decision table is too large to be proved";

    UNROUNDED_MONEY "CF0601" "an amount with a fraction of the smallest coin";
    TOO_MANY_DIGITS "CF0602" "a number that may need more than 28 digits";
    QUOTIENT "CF0603" "a quotient that is not rounded";
    ZERO_DIVISOR "CF0604" "a divisor that may be zero";
    NO_CURRENCY "CF0605" "money in a form without a currency";
    PERIODS "CF0606" "the periods of a parameter do not fit together";
    OTHER_DAY "CF0611" "what is read on another day is no parameter";
    ACCRUED "CF0612" "what is added up day by day is no number";
    WORKING_DAYS "CF0613" "more working days than can be counted, or none in a week";

    CYCLE "CF0701" "something depends on itself";

    FUNCTION_WORK "CF0711" "a function asks for too much work";
    FUNCTION_DEPTH "CF0712" "functions that call each other too deeply";

    MISSING_TEXT "CF0801" "a text has no translation";
    UNKNOWN_TEXT "CF0802" "a translation of a text that the form does not have";
    TEXT_PLACEHOLDER "CF0803" "a placeholder that cannot be filled in here";
    LANGUAGE "CF0804" "a language without default texts or a locale file";
    FORMS_BY_NUMBER "CF0805" "a text whose forms do not go with its number";

    TEST_NAME "CF0901" "two tests have the same name";
    TEST_EXPECTATION "CF0902" "a test expects something of what the form does not have";
    TEST_FILE "CF0903" "the form has no tests";
    TEST_COLUMN "CF0911" "a column of a table of cases that names nothing";

    ALWAYS_TRUE "CF1001" "a condition that is always true";
    NEVER_TRUE "CF1002" "a condition that is never true";
    UNREACHABLE "CF1003" "something that no answers lead to";
    NOBODY_ELIGIBLE "CF1004" "a decision for which nobody is eligible";
    EVERYBODY_ELIGIBLE "CF1005" "a decision for which everybody is eligible";
    NOT_PROVED "CF1006" "something that could not be proved";
    ROW_UNREACHED "CF1007" "a row of a table that no look-up reaches";
    BEYOND_CALENDAR "CF1010" "a date that may lie beyond the calendar";
    UNUSED "CF1020" "something that nothing reads";
    COST "CF1030" "an evaluation that takes much work";
    REFUSED "CF1031" "a form that the engine refuses";

    NO_PURPOSE "CF1101" "personal data without a purpose";
    NO_RETENTION "CF1102" "a purpose without a time after which the data go";
    UNKNOWN_PURPOSE "CF1103" "a purpose that the form does not declare";
    UNUSED_PURPOSE "CF1104" "a purpose for which nothing is asked";
    SUGGESTED "CF1105" "a question about a person of which another answer may be suggested";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_unique_and_ascend() {
        assert!(ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
    }
}
