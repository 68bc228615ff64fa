//! Texts as the plan has them, with a form for each kind of number where they count something.

use std::collections::BTreeMap;

use counterfoil_engine::plan::{FieldType, Formats, PluralRule};

use super::{
    Said,
    own_texts::{Placeholders, Text},
    plurals::{MILLION, OTHER},
    texts::escaped,
    translation::Form,
};
use crate::{
    check::Checker,
    closest::closest,
    codes,
    definition::{Plural, Segment, Template},
    diagnostic::Diagnostic,
    source::{Span, Spanned},
    types::{Type, Unit},
};

/// What stands in the engine's own messages.
const LIMITS: &[&str] = &[
    "name",
    "Name",
    "min",
    "max",
    "scale",
    "min_length",
    "max_length",
    "unit",
];
/// Forms that are named after one number, and in some languages are those of others too.
const NAMED_AFTER_ONE: [&str; 3] = ["zero", "one", "two"];
/// Numbers in a row after which forms come round again.
const ROUND: u64 = 1_000;
/// Numbers that a diagnostic names.
const NAMED: usize = 3;

/// The whole numbers that a value can be, without their signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    least: u64,
    most: u64,
}

impl Numbers {
    /// Those of a type; none where it is not one of whole numbers.
    pub fn of(type_: &Type) -> Option<Self> {
        match type_ {
            Type::Number(number) if number.scale == 0 && number.unit != Unit::Money => {
                let end = |end: counterfoil_engine::number::Number| end.units_at(0);
                Some(Self::between(
                    end(number.bounds.min)?,
                    end(number.bounds.max)?,
                ))
            }
            // What is wrong with it has been reported; no form is asked for.
            Type::Error => Some(Self { least: 1, most: 0 }),
            _ => None,
        }
    }

    fn between(min: i128, max: i128) -> Self {
        let whole = |number: u128| u64::try_from(number).unwrap_or(u64::MAX);
        let (min_size, max_size) = (whole(min.unsigned_abs()), whole(max.unsigned_abs()));
        Self {
            least: if min <= 0 && max >= 0 {
                0
            } else {
                min_size.min(max_size)
            },
            most: min_size.max(max_size),
        }
    }

    const fn one(number: u32) -> Self {
        Self {
            least: number as u64,
            most: number as u64,
        }
    }

    /// Some of them, of every form that they take: forms hang on small numbers and on the last two
    /// digits, and those of round millions are like each other.
    fn samples(self) -> impl Iterator<Item = u64> {
        let near = self.least..=self.most.min(self.least.saturating_add(ROUND));
        let million = self.least.div_ceil(MILLION).max(1).saturating_mul(MILLION);
        let round = million > self.least.saturating_add(ROUND) && million <= self.most;
        near.chain(round.then_some(million))
    }

    /// Some of them by the form that they take in a language.
    fn by_form(self, rules: &[PluralRule]) -> BTreeMap<&str, Vec<u64>> {
        let mut forms: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for number in self.samples() {
            let rule = rules.iter().find(|rule| rule.fits(number));
            let form = rule.map_or(OTHER, |rule| rule.form.as_str());
            forms.entry(form).or_default().push(number);
        }
        forms
    }
}

/// Limits that own messages of a question can put in: by its path, what each can be.
pub(super) type Limits = BTreeMap<String, Vec<(&'static str, Numbers)>>;

/// The limits of all questions that are whole numbers.
pub(super) fn limits(checker: &Checker<'_>) -> Limits {
    let fields = checker.names.fields.iter().zip(&checker.fields);
    let limits = fields.map(|(entry, declared)| {
        let numbers = match &declared.limits {
            FieldType::Integer { min, max } => [("min", min), ("max", max)]
                .into_iter()
                .filter_map(|(name, limit)| {
                    let limit = limit.units_at(0)?;
                    Some((name, Numbers::between(limit, limit)))
                })
                .collect(),
            FieldType::Text {
                min_length,
                max_length,
                ..
            } => vec![
                ("min_length", Numbers::one(*min_length)),
                ("max_length", Numbers::one(*max_length)),
            ],
            FieldType::Decimal { scale, .. } => vec![("scale", Numbers::one((*scale).into()))],
            _ => Vec::new(),
        };
        (entry.path.clone(), numbers)
    });
    limits.collect()
}

/// Writes the texts of one language.
pub(super) struct Writer<'a> {
    said: &'a Said,
    limits: &'a Limits,
    locale: &'a Spanned<String>,
    formats: &'a Formats,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Writer<'a> {
    pub const fn new(
        said: &'a Said,
        limits: &'a Limits,
        locale: &'a Spanned<String>,
        formats: &'a Formats,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            said,
            limits,
            locale,
            formats,
            diagnostics,
        }
    }

    /// Adds a text to those of the plan, with its forms by number.
    pub fn add(
        &mut self,
        texts: &mut BTreeMap<String, String>,
        text: &Text<'_>,
        template: &Template,
    ) {
        let written = self.write(text, template);
        texts.insert(text.key.clone(), written);
        let Some(plural) = &template.plural else {
            return;
        };
        if text.placeholders == Placeholders::None {
            self.diagnostics.push(no_forms(plural.head));
            return;
        }
        let Some((source, numbers)) = self.decider(text, template, plural) else {
            return;
        };
        let Some(param) = self.param(text, source) else {
            return;
        };
        texts.insert(format!("{}.number", text.key), param.to_owned());
        let rules = &self.formats.plurals;
        let taken = numbers.by_form(rules);
        self.report_missing(&taken, plural, source);
        for (form, template) in &plural.forms {
            if !rules.iter().any(|rule| rule.form == form.value) {
                self.report_foreign(form);
                continue;
            }
            let written = self.write(text, template);
            texts.insert(format!("{}.{}", text.key, form.value), written);
            let numbers = taken.get(form.as_str()).map_or(&[][..], Vec::as_slice);
            let shows = |template: &Template| {
                let mut shown = template.placeholders();
                shown.any(|shown| self.param(text, &shown.source) == Some(param))
            };
            if NAMED_AFTER_ONE.contains(&form.as_str()) && numbers.len() > 1 && !shows(template) {
                let message = format!(
                    "in `{}` the form `{}` is that of {}, and it does not say which",
                    self.locale.value,
                    form.value,
                    listed(numbers)
                );
                let found = Diagnostic::warning(codes::FORMS_BY_NUMBER, form.span, message);
                self.diagnostics
                    .push(found.help(format!("put `{{{source}}}` into it")));
            }
        }
    }

    /// Adds a text that stands in for a translation, whose own language forms words otherwise: only forms
    /// that are those of the same numbers in both are kept. What is wrong with it has been reported.
    pub fn add_untranslated(
        &mut self,
        texts: &mut BTreeMap<String, String>,
        text: &Text<'_>,
        template: &Template,
        formats: &Formats,
    ) {
        let rules_of = |formats: &'_ Formats, form: &str| -> Vec<PluralRule> {
            let rules = formats.plurals.iter();
            rules.filter(|rule| rule.form == form).cloned().collect()
        };
        let mut template = template.clone();
        if let Some(plural) = &mut template.plural {
            plural.forms.retain(|(form, _)| {
                rules_of(formats, form.as_str()) == rules_of(self.formats, form.as_str())
            });
        }
        let mut reported = Vec::new();
        let mut silent = Writer::new(
            self.said,
            self.limits,
            self.locale,
            self.formats,
            &mut reported,
        );
        silent.add(texts, text, &template);
    }

    /// The forms that a translation of a text needs, where the text or the translation that there is has
    /// forms; none where a single text will do.
    pub fn forms(&mut self, text: &Text<'_>, translation: Option<&Template>) -> Vec<Form> {
        let template = translation.unwrap_or(text.template);
        let Some(plural) = &template.plural else {
            return Vec::new();
        };
        let Some((source, numbers)) = self.decider(text, template, plural) else {
            return Vec::new();
        };
        let mut taken = numbers.by_form(&self.formats.plurals);
        if translation.is_none() && taken.len() < 2 {
            return Vec::new();
        }
        taken.entry(OTHER).or_default();
        let named = translation.and_then(|translation| translation.plural.as_ref());
        let named = named.and_then(|plural| plural.number.as_ref());
        let forms = taken.iter().map(|(form, numbers)| Form {
            name: (*form).to_owned(),
            numbers: listed(numbers),
            counts: source.to_owned(),
            named: named.map(|number| number.value.clone()),
        });
        forms.collect()
    }

    /// A text in one form. Messages are templates, in which a brace is doubled; other texts stand as they
    /// are.
    fn write(&mut self, text: &Text<'_>, template: &Template) -> String {
        let mut written = String::new();
        for segment in &template.segments {
            let placeholder = match segment {
                Segment::Literal(literal) if text.placeholders == Placeholders::None => {
                    written.push_str(literal);
                    continue;
                }
                Segment::Literal(literal) => {
                    written.push_str(&escaped(literal));
                    continue;
                }
                Segment::Placeholder(placeholder) => placeholder,
            };
            let source = placeholder.source.as_str();
            if let Some(name) = self.param(text, source) {
                written.push_str(&format!("{{{name}}}"));
                continue;
            }
            // What the form's own text gets wrong, a translation need not repeat.
            if text.broken {
                continue;
            }
            let message = format!("nothing fills in `{{{source}}}` here");
            let found = Diagnostic::error(codes::TEXT_PLACEHOLDER, placeholder.span, message);
            let known: Vec<String> = self
                .sources(text)
                .iter()
                .map(|source| format!("`{{{source}}}`"))
                .collect();
            self.diagnostics.push(if known.is_empty() {
                found.help("this text has no placeholders; write `{{` for a brace")
            } else {
                found.help(format!("this text can have {}", known.join(", ")))
            });
        }
        written
    }

    /// What fills in a placeholder, by what is written between its braces.
    fn param<'s>(&self, text: &Text<'_>, source: &'s str) -> Option<&'s str>
    where
        'a: 's,
    {
        match text.placeholders {
            Placeholders::None => None,
            Placeholders::Expressions => self.said.param(&text.key, source),
            Placeholders::Limits => LIMITS.contains(&source).then_some(source),
        }
    }

    /// What can be written between the braces of a text.
    fn sources(&self, text: &Text<'_>) -> Vec<&'a str> {
        match text.placeholders {
            Placeholders::None => Vec::new(),
            Placeholders::Expressions => self.said.sources(&text.key).collect(),
            Placeholders::Limits => LIMITS.to_vec(),
        }
    }

    /// The whole numbers that a placeholder can be; none where it is another value.
    fn numbers(&self, text: &Text<'_>, source: &str) -> Option<Numbers> {
        match text.placeholders {
            Placeholders::None => None,
            Placeholders::Expressions => self.said.numbers(&text.key, source),
            Placeholders::Limits => {
                let (path, _) = text.key.strip_prefix("field.")?.split_once(".error.")?;
                let limits = self.limits.get(path)?;
                let found = limits.iter().find(|(name, _)| *name == source);
                found.map(|(_, numbers)| *numbers)
            }
        }
    }

    /// The placeholder that decides the form: the one that is named, or the only whole number of the text.
    /// A translation that does not tell goes by the number of the text that it translates.
    fn decider<'t>(
        &mut self,
        text: &Text<'t>,
        template: &'t Template,
        plural: &'t Plural,
    ) -> Option<(&'t str, Numbers)> {
        if let Some(number) = &plural.number {
            let numbers = self.numbers(text, number.as_str());
            if numbers.is_none() && !text.broken {
                let found = self.not_a_number(text, number);
                self.diagnostics.push(found);
            }
            return Some((number.as_str(), numbers?));
        }
        let mut found = self.counted(text, template);
        if let ([] | [_, _, ..], Some(original)) = (found.as_slice(), &text.template.plural) {
            match &original.number {
                Some(number) => {
                    let numbers = self.numbers(text, number.as_str());
                    found = numbers
                        .map(|numbers| (number.as_str(), numbers))
                        .into_iter()
                        .collect();
                }
                None if !std::ptr::eq(text.template, template) => {
                    found = self.counted(text, text.template);
                }
                None => {}
            }
        }
        if let [found] = found.as_slice() {
            return Some(*found);
        }
        if !text.broken {
            let message = "nothing says by which number the form of this text goes";
            let diagnostic = Diagnostic::error(codes::FORMS_BY_NUMBER, plural.head, message);
            self.diagnostics.push(match found.first() {
                None => diagnostic.help(
                    "put in a whole number, such as `{stalls}`, or write one text in place of the forms",
                ),
                Some((source, _)) => {
                    let all: Vec<_> = found.iter().map(|(s, _)| format!("`{s}`")).collect();
                    diagnostic.help(format!(
                        "of {} name the one that decides, above the forms: `number: {source}`",
                        all.join(" and ")
                    ))
                }
            });
        }
        None
    }

    /// The whole numbers that a text puts in, each once.
    fn counted<'t>(&self, text: &Text<'_>, template: &'t Template) -> Vec<(&'t str, Numbers)> {
        let mut found: Vec<(&'t str, Numbers)> = Vec::new();
        for placeholder in template.placeholders() {
            let source = placeholder.source.as_str();
            let param = self.param(text, source);
            let known = found
                .iter()
                .any(|(other, _)| self.param(text, other) == param);
            if let Some(numbers) = self.numbers(text, source).filter(|_| !known) {
                found.push((source, numbers));
            }
        }
        found
    }

    fn not_a_number(&self, text: &Text<'_>, number: &Spanned<String>) -> Diagnostic {
        let code = codes::FORMS_BY_NUMBER;
        let source = number.as_str();
        if self.param(text, source).is_some() {
            let message = format!("`{source}` is no whole number");
            let help =
                "the form of a text goes by a whole number: name another placeholder of the text";
            return Diagnostic::error(code, number.span, message).help(help);
        }
        let message = format!("the text has no placeholder `{{{source}}}`");
        let found = Diagnostic::error(code, number.span, message);
        match closest(source, self.sources(text)) {
            Some(meant) => found
                .help(format!("did you mean `{meant}`?"))
                .suggest(number.span, meant),
            None => found.help("name what stands between the braces of one of its placeholders"),
        }
    }

    /// Warns of forms that some of the numbers take, and that the text lacks.
    fn report_missing(&mut self, taken: &BTreeMap<&str, Vec<u64>>, plural: &Plural, source: &str) {
        for (form, numbers) in taken {
            let has = plural.forms.iter().any(|(own, _)| own.value == *form);
            if has || *form == OTHER {
                continue;
            }
            let locale = &self.locale.value;
            let message = format!(
                "in `{locale}` there is a form `{form}` for {}, and the text has none",
                listed(numbers)
            );
            let found = Diagnostic::warning(codes::FORMS_BY_NUMBER, plural.head, message);
            self.diagnostics.push(found.help(format!(
                "add `{form}:` with the text that goes with such numbers in `{{{source}}}`; until then they are shown with that of `other`"
            )));
        }
    }

    /// Warns of a form that the language does not have.
    fn report_foreign(&mut self, form: &Spanned<String>) {
        let locale = &self.locale.value;
        let mut forms: Vec<&str> = Vec::new();
        for rule in &self.formats.plurals {
            if !forms.contains(&rule.form.as_str()) {
                forms.push(&rule.form);
            }
        }
        forms.retain(|form| *form != OTHER);
        forms.push(OTHER);
        let forms: Vec<_> = forms.iter().map(|form| format!("`{form}`")).collect();
        let message = format!("in `{locale}` no number takes the form `{}`", form.value);
        let found = Diagnostic::warning(codes::FORMS_BY_NUMBER, form.span, message);
        self.diagnostics.push(found.help(format!(
            "leave it out: the forms of `{locale}` are {}",
            forms.join(", ")
        )));
    }
}

/// What is wrong with forms of a text that puts in no number.
pub(super) fn no_forms(place: Span) -> Diagnostic {
    let message = "this text puts in no number, and has no forms to go with one";
    Diagnostic::error(codes::FORMS_BY_NUMBER, place, message).help("write one text behind the key")
}

/// Some numbers, the first few by name.
fn listed(numbers: &[u64]) -> String {
    let named: Vec<_> = numbers.iter().take(NAMED).map(u64::to_string).collect();
    match numbers.len() > NAMED {
        true => format!("{} and more", named.join(", ")),
        false => named.join(" and "),
    }
}
