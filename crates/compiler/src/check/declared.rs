//! Types that are written down: of fields, facts and parameters, with their limits.

use std::{collections::BTreeMap, rc::Rc};

use counterfoil_engine::{
    date::{Day, DurationUnit},
    number::Number,
    plan::{self, Choice, Format},
};

use super::Checker;
use crate::{
    closest::closest,
    codes,
    definition::{
        ChoiceOption, Constant, FieldType, FormDefinition, Options, Parameter, ScalarType,
    },
    diagnostic::Diagnostic,
    patterns,
    source::{Span, Spanned},
    types::{
        Attribute, Bounds, ChoiceType, Days, DurationType, NumberType, OptionSet, RangeType, Type,
        Unit, Whole, fits_json,
    },
};

/// Greatest integer and decimal where a form states no limit.
const MAX_NUMBER: i64 = 999_999_999;
/// Greatest amount of money where a form states no limit.
const MAX_MONEY: i64 = 1_000_000_000_000;
/// Greatest length of a text where a form states no limit.
const MAX_LENGTH: u32 = 1_000;
/// Name under which the plan keeps the pattern of `format: email`; no path of a field has a slash.
const EMAIL: &str = "format/email";

/// A declared type.
#[derive(Clone, Debug)]
pub struct Declared {
    /// As expressions see it.
    pub type_: Type,
    /// As the plan states it, options without their conditions.
    pub limits: plan::FieldType,
    /// The options of a choice or set as written.
    pub options: Vec<ChoiceOption>,
}

impl Declared {
    fn error() -> Self {
        Self::plain(Type::Error, plan::FieldType::Boolean { accepted: false })
    }

    fn plain(type_: Type, limits: plan::FieldType) -> Self {
        Self {
            type_,
            limits,
            options: Vec::new(),
        }
    }
}

/// The days on which a form can be evaluated.
pub fn effective_days(form: &FormDefinition) -> Days {
    let period = form.effective.as_ref().map(|period| period.value);
    Days {
        min: period.and_then(|p| p.from).unwrap_or(Days::ALL.min),
        max: period.and_then(|p| p.to).unwrap_or(Days::ALL.max),
    }
}

impl<'f> Checker<'f> {
    /// Digits after the point of an amount in the form's currency.
    pub fn currency_digits(&self) -> u8 {
        self.form
            .currency
            .as_ref()
            .map_or(2, |currency| currency.digits)
    }

    /// Takes in all declared types.
    pub(super) fn declare(&mut self) {
        let form = self.form;
        self.report_missing_currency();
        let sets: BTreeMap<&str, &[ChoiceOption]> = form
            .option_sets
            .iter()
            .map(|set| (set.option_set.as_str(), set.options.as_slice()))
            .collect();
        for index in 0..self.names.fields.len() {
            let entry = &self.names.fields[index];
            let (path, field) = (entry.path.clone(), entry.field);
            let declared = self.declared(&path, &format!("field.{path}"), &field.type_, &sets);
            self.fields.push(declared);
        }
        self.hold_stated_types(&sets);
        for fact in &form.facts {
            let id = fact.fact.as_str();
            let declared = self.declared(id, &format!("fact.{id}"), &fact.type_, &sets);
            self.facts.push(declared);
        }
        self.parameters = form.parameters.iter().map(parameter_type).collect();
        for parameter in &form.parameters {
            self.report_periods(parameter);
        }
    }

    /// Holds what the form's field types say to the same rules where every question says otherwise.
    fn hold_stated_types(&mut self, sets: &BTreeMap<&str, &[ChoiceOption]>) {
        let patterns = self.patterns.clone();
        let said = self.diagnostics.len();
        for stated in &self.form.stated_types {
            self.declared("", "", stated, sets);
        }
        self.patterns = patterns;
        let found = self.diagnostics.split_off(said);
        for found in found {
            let said = |other: &Diagnostic| {
                other.code == found.code
                    && (other.span == found.span || other.message == found.message)
            };
            if !self.diagnostics.iter().any(said) {
                self.diagnostics.push(found);
            }
        }
    }

    /// A declared type; `labels` is where the labels of its options stand.
    pub(super) fn declared(
        &mut self,
        path: &str,
        labels: &str,
        type_: &'f Spanned<FieldType>,
        sets: &BTreeMap<&str, &[ChoiceOption]>,
    ) -> Declared {
        let span = type_.span;
        match &type_.value {
            FieldType::Boolean { accepted } => Declared::plain(
                Type::Boolean,
                plan::FieldType::Boolean {
                    accepted: *accepted,
                },
            ),
            FieldType::Integer { min, max } => {
                let number = self.number(Unit::None, 0, MAX_NUMBER, min, max, span);
                let limits = plan::FieldType::Integer {
                    min: number.bounds.min,
                    max: number.bounds.max,
                };
                if !fits_json(number.bounds) {
                    self.limits_error(
                        span,
                        "an integer has at most 15 digits, so that every program reads it exactly",
                        "for larger numbers use `type: decimal` with `scale: 0`",
                    );
                }
                Declared::plain(Type::Number(number), limits)
            }
            FieldType::Decimal { scale, min, max } => {
                let scale = scale.value;
                let number = self.number(Unit::None, scale, MAX_NUMBER, min, max, span);
                let limits = plan::FieldType::Decimal {
                    scale,
                    min: number.bounds.min,
                    max: number.bounds.max,
                };
                Declared::plain(Type::Number(number), limits)
            }
            FieldType::Money { min, max } => {
                let digits = self.currency_digits();
                let number = self.number(Unit::Money, digits, MAX_MONEY, min, max, span);
                let limits = plan::FieldType::Money {
                    min: number.bounds.min,
                    max: number.bounds.max,
                };
                Declared::plain(Type::Number(number), limits)
            }
            FieldType::Text {
                min_length,
                max_length,
                pattern,
                format,
            } => {
                let least = min_length.as_ref().map_or(1, |min| min.value);
                let most = max_length
                    .as_ref()
                    .map_or(MAX_LENGTH.max(least), |max| max.value);
                if least > most || most == 0 {
                    self.limits_error(
                        max_length.as_ref().map_or(span, |max| max.span),
                        "no text is this short",
                        "the least length must not be above the greatest",
                    );
                }
                let limits = plan::FieldType::Text {
                    min_length: least,
                    max_length: most,
                    pattern: pattern.as_ref().and_then(|p| self.pattern(path, p)),
                    format: format.as_ref().and_then(|f| self.format(f)),
                };
                Declared::plain(Type::TEXT, limits)
            }
            FieldType::Date { min, max } => {
                let limits = plan::FieldType::Date {
                    min: min.as_ref().map(|min| min.value),
                    max: max.as_ref().map(|max| max.value),
                };
                Declared::plain(Type::Date(self.days(min, max, span)), limits)
            }
            FieldType::DateRange { min, max } => {
                let days = self.days(min, max, span);
                let limits = plan::FieldType::DateRange {
                    min: min.as_ref().map(|min| min.value),
                    max: max.as_ref().map(|max| max.value),
                };
                let type_ = RangeType {
                    start: days,
                    end: days,
                };
                Declared::plain(Type::Range(type_), limits)
            }
            FieldType::Duration { unit, min, max } => self.duration(unit.value, min, max, span),
            FieldType::Choice { options } | FieldType::Set { options } => {
                let Some((choice, written)) = self.options(path, labels, options, span, sets)
                else {
                    return Declared::error();
                };
                let options = choice.set.options.iter().map(|option| Choice {
                    option: option.clone(),
                    when: None,
                });
                let options = options.collect();
                let (type_, limits) = match &type_.value {
                    FieldType::Choice { .. } => {
                        (Type::Choice(choice), plan::FieldType::Choice { options })
                    }
                    _ => (Type::Set(choice), plan::FieldType::Set { options }),
                };
                Declared {
                    type_,
                    limits,
                    options: written,
                }
            }
            FieldType::Error => Declared::error(),
        }
    }

    fn days(&mut self, min: &Option<Spanned<Day>>, max: &Option<Spanned<Day>>, span: Span) -> Days {
        let days = Days {
            min: min.as_ref().map_or(Days::ALL.min, |min| min.value),
            max: max.as_ref().map_or(Days::ALL.max, |max| max.value),
        };
        if days.min > days.max {
            self.limits_error(
                max.as_ref().map_or(span, |max| max.span),
                "no day is both on or after `min` and on or before `max`",
                "`min` must not be later than `max`",
            );
        }
        days
    }

    fn duration(
        &mut self,
        unit: DurationUnit,
        min: &Option<Spanned<u32>>,
        max: &Option<Spanned<u32>>,
        span: Span,
    ) -> Declared {
        let most = u32::try_from(unit.most()).unwrap_or(u32::MAX);
        let (least, greatest) = (
            min.as_ref().map_or(0, |min| min.value),
            max.as_ref().map_or(most, |max| max.value),
        );
        let place = max
            .as_ref()
            .or(min.as_ref())
            .map_or(span, |limit| limit.span);
        if greatest > most || least > most {
            let message = format!("the calendar has no more than {most} {}", unit.name());
            self.limits_error(place, &message, "state a smaller number");
            return Declared::error();
        }
        if least > greatest {
            self.limits_error(
                place,
                "no number is both at least `min` and at most `max`",
                "`min` must not be above `max`",
            );
        }
        let count = Whole {
            min: least.into(),
            max: greatest.into(),
        };
        let limits = plan::FieldType::Duration {
            unit,
            min: least,
            max: greatest,
        };
        Declared::plain(Type::Duration(DurationType::of(unit, count)), limits)
    }

    fn limits_error(&mut self, span: Span, message: &str, help: &str) {
        self.diagnostics
            .push(Diagnostic::error(codes::LIMITS, span, message).help(help));
    }

    fn number(
        &mut self,
        unit: Unit,
        scale: u8,
        default: i64,
        min: &Option<Spanned<Number>>,
        max: &Option<Spanned<Number>>,
        span: Span,
    ) -> NumberType {
        for limit in [min, max].into_iter().flatten() {
            if limit.value.normalized().scale() > scale {
                let message = match (unit, scale) {
                    (_, 0) => "a limit of whole numbers is a whole number".to_owned(),
                    (Unit::Money, _) => {
                        format!("an amount has at most {scale} digits after the point")
                    }
                    _ => format!("the field has at most {scale} digits after the point"),
                };
                self.limits_error(limit.span, &message, "leave off the further digits");
            }
        }
        let least = min
            .as_ref()
            .map_or(Number::from_int(-default), |min| min.value);
        let most = max
            .as_ref()
            .map_or(Number::from_int(default), |max| max.value);
        if least > most {
            let both = min.is_some() && max.is_some();
            let (message, help) = if both {
                (
                    "no number is both at least `min` and at most `max`".to_owned(),
                    "`min` must not be above `max`",
                )
            } else {
                (
                    format!("where no other limit is stated it is {default}, which excludes all"),
                    "state both `min` and `max`",
                )
            };
            let limit = max.as_ref().or(min.as_ref());
            self.limits_error(limit.map_or(span, |limit| limit.span), &message, help);
        }
        let number = NumberType {
            unit,
            scale,
            bounds: Bounds::new(least, most),
        };
        if number.fitting().is_err() {
            self.limits_error(
                span,
                "a number can have at most 28 digits, those after the point included",
                "lower `max` or `scale`",
            );
        }
        number
    }

    fn pattern(&mut self, path: &str, pattern: &Spanned<String>) -> Option<String> {
        let known = self
            .patterns
            .iter()
            .find(|(_, known)| known.source == pattern.value);
        if let Some((name, _)) = known {
            return Some(name.clone());
        }
        match patterns::compile(&pattern.value) {
            Ok(automaton) => {
                self.patterns.insert(path.to_owned(), Box::new(automaton));
                Some(path.to_owned())
            }
            Err(error) => {
                self.diagnostics.push(
                    Diagnostic::error(codes::PATTERN, pattern.span, error.message).help(error.help),
                );
                None
            }
        }
    }

    fn format(&mut self, format: &Spanned<String>) -> Option<Format> {
        if format.value != "email" {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::PATTERN,
                    format.span,
                    format!("there is no format `{}`", format.value),
                )
                .help("the one format known is `email`; for others write a `pattern`"),
            );
            return None;
        }
        if let Ok(automaton) = patterns::compile(patterns::EMAIL) {
            self.patterns.insert(EMAIL.to_owned(), Box::new(automaton));
        }
        Some(Format {
            format: format.value.clone(),
            pattern: EMAIL.to_owned(),
        })
    }

    fn options(
        &mut self,
        path: &str,
        labels: &str,
        options: &Options,
        span: Span,
        sets: &BTreeMap<&str, &[ChoiceOption]>,
    ) -> Option<(ChoiceType, Vec<ChoiceOption>)> {
        let (id, written) = match options {
            Options::Inline(options) => (path, options.as_slice()),
            Options::Named(name) => {
                let Some(&options) = sets.get(name.as_str()) else {
                    let shared = &self.form.shared;
                    if shared.incomplete {
                        // A file could not be read that may have declared it.
                        return None;
                    }
                    let diagnostic = Diagnostic::error(
                        codes::UNKNOWN_NAME,
                        name.span,
                        format!("the form has no option set `{}`", name.value),
                    );
                    let known = shared.left_out_sets.iter().map(String::as_str);
                    let known = sets.keys().copied().chain(known);
                    self.diagnostics.push(match closest(name.as_str(), known) {
                        Some(meant) => diagnostic
                            .help(format!("did you mean `{meant}`?"))
                            .suggest(name.span, meant),
                        None => diagnostic.help("declare it under `option_sets`"),
                    });
                    return None;
                };
                (name.as_str(), options)
            }
            Options::Error => return None,
        };
        if written.is_empty() {
            self.limits_error(span, "there is no option to choose", "list the `options`");
            return None;
        }
        let set = OptionSet {
            id: id.to_owned(),
            options: written.iter().map(|o| o.option.value.clone()).collect(),
            labels: (written.iter())
                .map(|o| o.label.as_plain().unwrap_or_default())
                .collect(),
            attributes: attributes(written),
        };
        let choice = ChoiceType {
            set: Rc::new(set),
            labels: labels.to_owned(),
        };
        Some((choice, written.to_vec()))
    }

    /// Money without a currency is reported once, where it first occurs.
    fn report_missing_currency(&mut self) {
        if self.form.currency.is_some() {
            return;
        }
        let form = self.form;
        let fields = self.names.fields.iter().map(|entry| &entry.field.type_);
        let facts = form.facts.iter().map(|fact| &fact.type_);
        let field_money = fields
            .chain(facts)
            .find(|type_| matches!(type_.value, FieldType::Money { .. }))
            .map(|type_| type_.span);
        let parameters = form.parameters.iter().map(|parameter| &parameter.type_);
        let outputs = form
            .tables
            .iter()
            .flat_map(|t| &t.outputs)
            .map(|o| &o.type_);
        let constant_money = parameters
            .chain(outputs)
            .find(|type_| type_.value == ScalarType::Money)
            .map(|type_| type_.span);
        let lines = form.fees.iter().chain(&form.entitlements);
        let line = lines.map(|line| line.line.span).next();
        if let Some(span) = field_money.or(constant_money).or(line) {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::NO_CURRENCY,
                    span,
                    "the form uses money but names no currency",
                )
                .help("write `currency: EUR`, or the code of another currency, near the top"),
            );
        }
    }
}

/// The attributes of options, each of which has all of them.
fn attributes(options: &[ChoiceOption]) -> Vec<Attribute> {
    let first = options.first().map_or(&[][..], |option| &option.attributes);
    let values = |index: usize| options.iter().filter_map(move |o| o.attributes.get(index));
    first
        .iter()
        .enumerate()
        .map(|(index, attribute)| Attribute {
            name: attribute.attribute.value.clone(),
            type_: constants_type(attribute.type_, values(index).map(|a| &a.value.value)),
            published: attribute.type_.published(),
            values: values(index).map(|a| a.value.value.literal()).collect(),
        })
        .collect()
}

/// The type of a parameter: around all of its values.
fn parameter_type(parameter: &Parameter) -> Type {
    let values = parameter.periods.iter().map(|period| &period.value.value);
    constants_type(parameter.type_.value, values)
}

/// The type around several constants of one declared type.
pub fn constants_type<'c>(type_: ScalarType, values: impl Iterator<Item = &'c Constant>) -> Type {
    let mut numbers: Option<NumberType> = None;
    let mut days: Option<Days> = None;
    for value in values {
        match value {
            Constant::Error => return Type::Error,
            Constant::Number { value, .. } => {
                let literal = NumberType::literal(*value);
                numbers = Some(numbers.map_or(literal, |all| NumberType {
                    unit: all.unit,
                    scale: all.scale.max(literal.scale),
                    bounds: all.bounds.hull(literal.bounds),
                }));
            }
            Constant::Date(day) => {
                let point = Days {
                    min: *day,
                    max: *day,
                };
                days = Some(days.map_or(point, |all| all.hull(point)));
            }
            Constant::Boolean(_) | Constant::Text(_) => {}
        }
    }
    let number = |unit: Unit| {
        numbers.map_or(Type::Error, |number| {
            Type::Number(NumberType { unit, ..number })
        })
    };
    match type_ {
        ScalarType::Boolean => Type::Boolean,
        ScalarType::Integer | ScalarType::Decimal => number(Unit::None),
        ScalarType::Money => number(Unit::Money),
        ScalarType::Text => Type::Text { literal: false },
        ScalarType::Date => days.map_or(Type::Error, Type::Date),
        ScalarType::Error => Type::Error,
    }
}
