//! The texts of a form for its translators, beside the translations that there are.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    by_number::{Writer, limits},
    formats::formats,
    messages,
    missing::shared_text,
    own_texts::{Text, own_texts},
    own_words::is_group_title,
};
use crate::{
    check::Checker,
    definition::{self, FormDefinition, PageContent, Segment, Template},
    source::{Files, SourceMap, Span},
};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// What stands between the braces of a placeholder.
    Placeholder(String),
}

/// A text and its translation.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The key under which a locale file has it.
    pub key: String,
    /// Which of its forms this is, where the text has one for each kind of number.
    pub form: Option<Form>,
    /// The text in the form's first language.
    pub source: Vec<Piece>,
    /// Where that stands; none for words that come with the compiler.
    pub place: Option<Span>,
    /// The translation that the form's own locale file has.
    pub target: Option<Vec<Piece>>,
}

/// A form of a text that counts something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// CLDR's name of it.
    pub name: String,
    /// Some of the numbers that take it, written out.
    pub numbers: String,
    /// The placeholder of the number, which a form may leave out.
    pub counts: String,
    /// The placeholder that the translation names as the one that decides, where it does.
    pub named: Option<String>,
}

impl Translation {
    /// What it is called where every form of a text stands by itself: `check.room.few`.
    pub fn id(&self) -> String {
        match &self.form {
            Some(form) => format!("{}.{}", self.key, form.name),
            None => self.key.clone(),
        }
    }
}

/// The texts of a form for the translators of one language.
#[derive(Debug)]
pub struct Translations {
    /// The texts in the form's own order, each key once: all that the form's locale file has, and all
    /// that neither it nor a shared file nor the library translates. Words in place of the compiler's are
    /// among them where the file or that of the first language has them.
    pub texts: Vec<Translation>,
    /// The files in which the texts stand.
    pub sources: SourceMap,
}

/// The texts of a form for the translators of a language, which is not its first; none where the form
/// cannot be read. What is wrong with the form is for [`crate::compile`] to say.
pub fn translations(files: &Files, locale: &str) -> Option<Translations> {
    let reading = definition::read(files);
    let form = reading.definition.as_ref()?;
    let tag = form.languages.iter().find(|tag| tag.as_str() == locale)?;
    let mut checker = Checker::new(form, &reading.sources);
    let (_, said) = super::rules(&mut checker);
    let own = own_texts(&mut checker);
    let currency = form.currency.as_ref();
    let currency = currency.map(|currency| currency.code.as_str());
    let (formats, limits) = (formats(locale, currency).0, limits(&checker));
    let mut unsaid = Vec::new();
    let mut writer = Writer::new(&said, &limits, tag, &formats, &mut unsaid);
    let mut list = List::default();
    let translated = file_of(form, locale);
    for text in &own {
        add_own(&mut list, form, text, &translated, locale, &mut writer);
    }
    add_words(&mut list, form, &translated);
    Some(Translations {
        texts: list.texts,
        sources: reading.sources,
    })
}

/// A text in pieces, as a locale file writes it: `{placeholder}`, and doubled braces for one.
pub fn as_template(pieces: &[Piece]) -> String {
    let pieces = pieces.iter();
    let text = pieces.map(|piece| match piece {
        Piece::Words(words) => super::texts::escaped(words),
        Piece::Placeholder(source) => format!("{{{source}}}"),
    });
    text.collect()
}

#[derive(Default)]
struct List {
    texts: Vec<Translation>,
    keys: BTreeSet<String>,
}

impl List {
    fn add(
        &mut self,
        key: &str,
        source: Vec<Piece>,
        place: Option<Span>,
        target: Option<&Template>,
    ) {
        if self.keys.insert(key.to_owned()) {
            self.texts.push(Translation {
                key: key.to_owned(),
                form: None,
                source,
                place,
                target: target.map(pieces),
            });
        }
    }

    /// Adds a text of the form, each of its forms by itself.
    fn add_text(
        &mut self,
        key: &str,
        text: &Text<'_>,
        target: Option<&Template>,
        writer: &mut Writer<'_>,
    ) {
        let template = text.template;
        let place = Some(template.span);
        let forms = writer.forms(text, target);
        if forms.is_empty() {
            self.add(key, pieces(template), place, target);
            return;
        }
        if !self.keys.insert(key.to_owned()) {
            return;
        }
        for form in forms {
            let target = target.and_then(|target| target.form(&form.name));
            self.texts.push(Translation {
                key: key.to_owned(),
                source: pieces_in(template.form(&form.name).unwrap_or(&template.segments)),
                place,
                target: target.map(pieces_in),
                form: Some(form),
            });
        }
    }
}

type ByKey<'f> = BTreeMap<&'f str, &'f Template>;

fn file_of<'f>(form: &'f FormDefinition, locale: &str) -> ByKey<'f> {
    let files = form.locales.iter();
    let files = files.filter(|file| file.locale.value == locale);
    let texts = files.flat_map(|file| &file.texts);
    texts
        .map(|(key, template)| (key.as_str(), template))
        .collect()
}

fn add_own(
    list: &mut List,
    form: &FormDefinition,
    text: &Text<'_>,
    translated: &ByKey<'_>,
    locale: &str,
    writer: &mut Writer<'_>,
) {
    let mut found = false;
    for key in [Some(&text.key), text.shared.as_ref()]
        .into_iter()
        .flatten()
    {
        if let Some(target) = translated.get(key.as_str()) {
            found = true;
            list.add_text(key, text, Some(target), writer);
        }
    }
    let of_others = || {
        let library = || {
            let key = text.shared.as_deref()?;
            form.shared_texts.library(locale, key)
        };
        shared_text(form, text, locale).or_else(library)
    };
    if !found && of_others().is_none() {
        // Once for all fields that have it.
        let key = text.shared.as_ref().unwrap_or(&text.key);
        list.add_text(key, text, None, writer);
    }
}

/// Words in place of the compiler's, of the language and of the first language.
fn add_words(list: &mut List, form: &FormDefinition, translated: &ByKey<'_>) {
    let Some(first) = form.languages.first() else {
        return;
    };
    let of_first = file_of(form, first.as_str());
    let words = messages::catalogue(first.as_str());
    let words = words.or_else(|| messages::catalogue(messages::FALLBACK));
    let mut words = words.unwrap_or_default();
    let currency = form.currency.as_ref();
    messages::choose_currency(&mut words, currency.map(|currency| currency.code.as_str()));
    let keys: BTreeSet<&str> = translated.keys().chain(of_first.keys()).copied().collect();
    for key in keys {
        let target = translated.get(key).copied();
        let own = of_first.get(key).copied();
        let own = own.or_else(|| title_of_group(form, key));
        let known = words.get(key);
        if known.is_none() && !is_group_title(key) {
            continue;
        }
        match (own, known) {
            (Some(own), _) => list.add(key, pieces(own), Some(own.span), target),
            (None, Some(known)) => list.add(key, pieces_of(known), None, target),
            (None, None) => {}
        }
    }
}

/// The title of the page that asks a group, by the key `group.<group>.title`.
fn title_of_group<'f>(form: &'f FormDefinition, key: &str) -> Option<&'f Template> {
    let id = key.strip_prefix("group.")?.strip_suffix(".title")?;
    let mut pages = form.pages.iter();
    let page = pages.find(
        |page| matches!(&page.content, PageContent::Group(group) if group.group.value == id),
    )?;
    Some(&page.title)
}

fn pieces(template: &Template) -> Vec<Piece> {
    pieces_in(&template.segments)
}

fn pieces_in(segments: &[Segment]) -> Vec<Piece> {
    let pieces = segments.iter().map(|segment| match segment {
        Segment::Literal(words) => Piece::Words(words.clone()),
        Segment::Placeholder(placeholder) => Piece::Placeholder(placeholder.source.clone()),
    });
    pieces.collect()
}

/// The pieces of a text of the compiler, whose braces are doubled where they hold no placeholder.
fn pieces_of(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        words.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        let after = &rest[at + 1..];
        if let Some(after) = after.strip_prefix(brace) {
            words.push_str(brace);
            rest = after;
        } else if let Some((source, after)) = after.split_once('}') {
            if !words.is_empty() {
                pieces.push(Piece::Words(std::mem::take(&mut words)));
            }
            pieces.push(Piece::Placeholder(source.to_owned()));
            rest = after;
        } else {
            words.push_str(brace);
            rest = after;
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}
