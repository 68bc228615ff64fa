//! Fields, their types and options.

use std::{borrow::Cow, collections::BTreeMap, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use crate::{
    conditions,
    message::Message,
    parameter::ConstantType,
    scalar::{
        Constant, Count, FieldTypeId, Id, Limit, Named, OneOrMore, Requirement, Rule, Scale, Text,
    },
};

/// A question.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, transform = conditions::limits_of_question)]
pub struct Field {
    /// The name of the field, which rules use: small letters, digits and `_`.
    pub field: Id,
    /// What kind of answer is asked for: a type of the language, one that comes with Counterfoil such as
    /// `iban`, or one of the form's own `field_types`.
    #[schemars(rename = "type")]
    pub type_: QuestionType,
    /// The question as it stands on the page. A type of your own, or one that comes with Counterfoil, may
    /// bring it along.
    pub label: Option<Text>,
    /// What messages call it, such as `the date of the party`: "Enter *the date of the party*".
    pub name: Option<Text>,
    /// Help below the question.
    pub hint: Option<Text>,
    /// When the question is asked, such as `sells_food`. Without it, always. What is not asked plays no
    /// part in any rule.
    pub when: Option<Rule>,
    /// Whether it must be answered: `true`, `false`, or a condition. Without it, it must.
    pub required: Option<Requirement>,
    /// Messages of your own in place of the usual ones, by what is wrong.
    pub errors: Option<OwnMessages>,
    /// What the browser may fill in by itself: a token of HTML such as `name`, `email`, `tel` or
    /// `street-address`.
    pub autocomplete: Option<Text>,
    /// Stands behind the number, such as `metres`; for a duration what it is counted in: `days`, `weeks`,
    /// `months` or `years`.
    pub unit: Option<Text>,
    /// `true` for a text of several lines.
    pub multiline: Option<bool>,
    /// `true` for what nobody can change, such as a date of birth: no other answer is ever proposed. `false`
    /// says of personal data that people can change them.
    pub fixed: Option<bool>,
    /// What the answer is for, where the form declares `privacy`: a purpose, or a list of them.
    pub purpose: Option<OneOrMore<Id>>,
    /// Whether the answer tells of a person. Without it, the kind of question decides.
    pub personal: Option<bool>,
    /// The least answer allowed: a number, amount or day.
    pub min: Option<Limit>,
    /// The greatest answer allowed: a number, amount or day.
    pub max: Option<Limit>,
    /// Digits after the point, which a decimal must state.
    pub scale: Option<Scale>,
    /// The least number of characters.
    pub min_length: Option<Count>,
    /// The greatest number of characters. Without it, 1,000.
    pub max_length: Option<Count>,
    /// What the whole text must look like, as a regular expression in quotes: `"[A-Z]{2}[0-9]{6}"` is two
    /// capital letters and six digits.
    pub pattern: Option<Text>,
    /// A kind of text with rules of its own.
    pub format: Option<Format>,
    /// `true` where only a yes will do, as for a declaration.
    pub accepted: Option<bool>,
    /// The options to choose from, or the name of an option set.
    pub options: Option<OptionsOrSet>,
    /// Attributes that every option listed here has, each with its type: `starts: date`.
    pub attributes: Option<Named<ConstantType>>,
    /// What is asked of single parts otherwise than the type says, where it has several: `county:`, and
    /// below it `required: false`.
    pub parts: Option<Named<Part>>,
}

/// What a question may say of one of its parts, in the words that editors show; the values are those of a
/// question.
const OF_PART: &[(&str, &str)] = &[
    ("label", "The part's own question."),
    ("name", "What messages call it."),
    ("hint", "Help below it."),
    ("when", "When the part is asked."),
    (
        "required",
        "Whether it must be answered: `true`, `false`, or a condition.",
    ),
    (
        "errors",
        "Messages of your own in place of the type's, by what is wrong.",
    ),
    (
        "autocomplete",
        "What the browser may fill in by itself: a token of HTML, or `off`.",
    ),
    (
        "purpose",
        "What the answer is for, where the form declares `privacy`: a purpose, or a list of them.",
    ),
    ("personal", "Whether the answer tells of a person."),
    ("unit", "Stands behind the number."),
    (
        "min",
        "The least answer allowed, no less than the type's own.",
    ),
    (
        "max",
        "The greatest answer allowed, no more than the type's own.",
    ),
    (
        "min_length",
        "The least number of characters, no less than the type's own.",
    ),
    (
        "max_length",
        "The greatest number of characters, no more than the type's own.",
    ),
    ("parts", "Parts of this part, where it has several itself."),
];

/// What a question says of one of its parts.
pub struct Part;

impl JsonSchema for Part {
    fn schema_name() -> Cow<'static, str> {
        "Part".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut of_field = Field::json_schema(generator);
        let values = of_field.remove("properties").unwrap_or_default();
        let properties = OF_PART.iter().filter_map(|(key, description)| {
            let mut value = values.get(key)?.clone();
            value["description"] = (*description).into();
            Some(((*key).to_owned(), value))
        });
        json_schema!({
            "description": "What a question says of one of its parts. What is left out is as its type says.",
            "type": "object",
            "properties": properties.collect::<Map<String, Value>>(),
            "additionalProperties": false
        })
    }
}

/// What kind of answer is asked for.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum FieldType {
    /// Yes or no. `accepted: true` takes only a yes.
    Boolean,
    /// A whole number, with `min` and `max`.
    Integer,
    /// A number with digits after the point: `scale` says how many; with `min` and `max`.
    Decimal,
    /// An amount in the form's currency, with `min` and `max`.
    Money,
    /// A text, with `min_length`, `max_length`, `pattern`, `format` and `multiline`.
    Text,
    /// A day, with `min` and `max`.
    Date,
    /// A length of time, counted in `unit`: days, weeks, months or years; with `min` and `max`.
    Duration,
    /// A first and a last day, with `min` and `max` for both.
    DateRange,
    /// One of some `options`.
    Choice,
    /// Any number of some `options`.
    Set,
}

/// What kind of answer a question asks for.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum QuestionType {
    /// A type of the language.
    Plain(FieldType),
    /// A document, which the applicant will send later: the page says how, and asks to confirm it.
    File(File),
    /// A type of the library or of the form.
    Named(FieldTypeId),
}

/// The type of a document to be sent.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum File {
    /// A document that the applicant will send later.
    File,
}

/// A kind of text with rules of its own.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Format {
    /// An email address.
    Email,
}

/// Messages of your own, by what is wrong.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OwnMessages {
    /// Nothing is answered.
    pub required: Option<Message>,
    /// The answer is of another kind, such as letters for a number.
    #[schemars(rename = "type")]
    pub type_: Option<Message>,
    /// What is chosen is not offered.
    pub option: Option<Message>,
    /// The text is too short or too long.
    pub length: Option<Message>,
    /// The text does not look as its `pattern` says.
    pub pattern: Option<Message>,
    /// The text is not of its `format`.
    pub format: Option<Message>,
    /// There is no such day.
    pub date: Option<Message>,
    /// The answer is below `min` or above `max`.
    pub range: Option<Message>,
    /// There are too many digits after the point.
    pub scale: Option<Message>,
    /// It must be accepted.
    pub accepted: Option<Message>,
    /// There are too many records.
    pub items: Option<Message>,
}

/// Options, or the name of an option set.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum OptionsOrSet {
    /// The name of an option set of the form.
    Named(Id),
    /// The options.
    Inline(Options),
}

/// Options by name, in order: `neighbours: Neighbours`, the name for rules and the text for people.
pub struct Options(PhantomData<ChoiceOption>);

impl JsonSchema for Options {
    fn schema_name() -> Cow<'static, str> {
        "Options".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Options by name, in order: `neighbours: Neighbours`, the name for rules and \
                            the text for people.",
            "type": "object",
            "propertyNames": {"pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"},
            "minProperties": 1,
            "additionalProperties": generator.subschema_for::<ChoiceOption>(),
        })
    }
}

/// An option: what people read, or a mapping with more to say of it.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum ChoiceOption {
    /// What people read.
    Label(Text),
    /// What people read, with a hint or condition.
    Full(FullOption),
}

/// Options whose attributes are declared beside them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OptionsWithAttributes {
    /// Attributes that every option has, each with its type: `starts: date`.
    pub attributes: Named<ConstantType>,
    /// The options.
    pub options: Options,
}

/// A list of options that several fields or tables share.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum OptionSet {
    /// The options.
    Plain(Options),
    /// The options and their attributes.
    WithAttributes(OptionsWithAttributes),
}

/// An option with a hint, a condition or attributes.
#[derive(JsonSchema)]
pub struct FullOption {
    /// What people read.
    pub label: Text,
    /// Help below the option.
    pub hint: Option<Text>,
    /// When the option is offered. Without it, always.
    pub when: Option<Rule>,
    /// Attributes, where they are declared.
    #[schemars(flatten)]
    pub attributes: BTreeMap<String, Constant>,
}
