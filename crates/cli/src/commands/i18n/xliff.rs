//! XLIFF 2.0, the file that translators' tools exchange: a unit for each text, its id the text's key, with
//! placeholders as codes that a tool protects.
//!
//! <https://docs.oasis-open.org/xliff/xliff-core/v2.0/xliff-core-v2.0.html>

use std::collections::BTreeSet;

use counterfoil_compiler::{Piece, Translation, Translations};
use quick_xml::{
    Reader, XmlVersion,
    escape::escape,
    events::{BytesStart, Event},
};

/// What came back from the translators.
#[derive(Debug, Default)]
pub struct Document {
    /// The id of the form.
    pub form: String,
    /// The language translated into.
    pub locale: String,
    /// The units in the order of the file.
    pub units: Vec<Unit>,
}

/// A text that came back.
#[derive(Debug, Default)]
pub struct Unit {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The key of the text.
    pub key: String,
    /// The text that was translated.
    pub source: Vec<Piece>,
    /// The translation; empty where there is none.
    pub target: Vec<Piece>,
}

/// Why a file is no XLIFF that can be read.
#[derive(Debug)]
pub struct Broken {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Writes the texts of a form.
pub fn write(form: &str, first: &str, locale: &str, texts: &Translations) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"{}\" trgLang=\"{}\">\n  \
         <file id=\"{}\" canResegment=\"no\" xml:space=\"preserve\">\n",
        escape(first),
        escape(locale),
        escape(form)
    );
    for translation in &texts.texts {
        unit(&mut text, translation, texts);
    }
    text.push_str("  </file>\n</xliff>\n");
    text
}

fn unit(text: &mut String, translation: &Translation, texts: &Translations) {
    let place = translation.place.map_or_else(
        || "words that come with counterfoil".to_owned(),
        |span| {
            let file = texts.sources.file(span.file).name();
            format!("{file}:{}", texts.sources.position(span).line)
        },
    );
    let state = match translation.target {
        Some(_) => "translated",
        None => "initial",
    };
    text.push_str(&format!(
        "    <unit id=\"{}\">\n      <notes>\n        <note category=\"location\">{}</note>\n",
        escape(translation.id()),
        escape(&place)
    ));
    if let Some(form) = &translation.form {
        let numbers = match form.numbers.is_empty() {
            true => "no number that there can be".to_owned(),
            false => form.numbers.clone(),
        };
        text.push_str(&format!(
            "        <note category=\"form\">{}: for {numbers} in {}</note>\n",
            form.name,
            escape(format!("{{{}}}", form.counts))
        ));
    }
    let codes = placeholders(&translation.source);
    if !codes.is_empty() {
        let named: Vec<String> = codes.iter().map(|code| format!("{{{code}}}")).collect();
        text.push_str(&format!(
            "        <note category=\"placeholders\">{}</note>\n",
            escape(named.join(" "))
        ));
    }
    text.push_str(&format!(
        "      </notes>\n      <segment state=\"{state}\">\n        <source>{}</source>\n",
        content(&translation.source, &codes)
    ));
    if let Some(target) = &translation.target {
        let target = content(target, &codes);
        text.push_str(&format!("        <target>{target}</target>\n"));
    }
    text.push_str("      </segment>\n    </unit>\n");
}

/// The placeholders of a text in order.
pub fn placeholders(pieces: &[Piece]) -> Vec<&str> {
    let codes = pieces.iter().filter_map(|piece| match piece {
        Piece::Placeholder(source) => Some(source.as_str()),
        Piece::Words(_) => None,
    });
    codes.collect()
}

/// A text with its placeholders as codes. A code has the number of the placeholder in the source; one
/// that the source writes otherwise has an id of its own.
fn content(pieces: &[Piece], codes: &[&str]) -> String {
    let mut used = BTreeSet::new();
    let mut others = 0;
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(&escape(words.as_str())),
            Piece::Placeholder(source) => {
                let mut places = codes.iter().enumerate();
                let place = places.find(|(at, code)| *code == source && !used.contains(at));
                let id = place.map_or_else(
                    || {
                        others += 1;
                        format!("t{others}")
                    },
                    |(at, _)| {
                        used.insert(at);
                        (at + 1).to_string()
                    },
                );
                let shown = format!("{{{source}}}");
                text.push_str(&format!("<ph id=\"{id}\" disp=\"{}\"/>", escape(&shown)));
            }
        }
    }
    text
}

/// Reads a file that came back.
///
/// # Errors
/// Where it is no XLIFF 2, ends too early, or names a unit twice.
pub fn read(text: &str) -> Result<Document, Broken> {
    let mut reader = Reader::from_str(text);
    let mut parser = Parser::default();
    let mut lines = Lines::of(text);
    loop {
        let line = lines.at(reader.buffer_position());
        let broken = |message: String| Broken { line, message };
        let event = reader.read_event().map_err(|error| Broken {
            line: Lines::of(text).at(reader.error_position()),
            message: error.to_string(),
        })?;
        match event {
            Event::Start(tag) => parser.open(&tag, false, line).map_err(broken)?,
            Event::Empty(tag) => parser.open(&tag, true, line).map_err(broken)?,
            Event::End(tag) => parser.close(tag.local_name().as_ref()),
            Event::Text(words) => parser.words(&words.xml10_content()),
            Event::CData(words) => parser.words(&words.xml10_content()),
            Event::GeneralRef(entity) => {
                let entity = format!("&{};", &*entity);
                let words = quick_xml::escape::unescape(&entity)
                    .map_err(|error| broken(error.to_string()))?;
                parser.words(&words);
            }
            Event::DocType(_) => {
                return Err(broken("a document type has no place in XLIFF".to_owned()));
            }
            Event::Eof if parser.finished => return Ok(parser.document),
            Event::Eof if parser.begun => {
                return Err(broken("the file ends before `</xliff>`".to_owned()));
            }
            Event::Eof => return Err(broken("the file holds no XLIFF".to_owned())),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Where the words belong that come next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum At {
    #[default]
    Elsewhere,
    Source,
    Target,
}

#[derive(Default)]
struct Parser {
    document: Document,
    keys: BTreeSet<String>,
    at: At,
    begun: bool,
    finished: bool,
}

impl Parser {
    fn open(&mut self, tag: &BytesStart<'_>, empty: bool, line: usize) -> Result<(), String> {
        let name = tag.local_name();
        let name = name.as_ref();
        if !self.begun && name != "xliff" {
            return Err(format!(
                "the file begins with <{name}> and not with <xliff>"
            ));
        }
        match name {
            "xliff" => {
                let version = attribute(tag, "version")?.unwrap_or_default();
                if !version.starts_with("2.") {
                    return Err("the file is not of XLIFF version 2".to_owned());
                }
                self.begun = true;
                self.document.locale = required(tag, "trgLang")?;
            }
            "file" => {
                let form = required(tag, "id")?;
                if !self.document.form.is_empty() && self.document.form != form {
                    return Err("the file holds the texts of two forms".to_owned());
                }
                self.document.form = form;
            }
            "unit" => {
                let key = required(tag, "id")?;
                if !self.keys.insert(key.clone()) {
                    return Err(format!("the text `{key}` is there twice"));
                }
                self.document.units.push(Unit {
                    line,
                    key,
                    ..Unit::default()
                });
            }
            "source" if !empty => self.at = At::Source,
            "target" if !empty => self.at = At::Target,
            "ph" => self.placeholder(tag)?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "source" | "target" => self.at = At::Elsewhere,
            "xliff" => self.finished = true,
            _ => {}
        }
    }

    /// Takes a placeholder: in a translation that of the source with its id, or else what it shows.
    fn placeholder(&mut self, tag: &BytesStart<'_>) -> Result<(), String> {
        let Some(unit) = self.document.units.last() else {
            return Ok(());
        };
        let id = required(tag, "id")?;
        let number = id.parse::<usize>().ok().filter(|_| self.at == At::Target);
        let of_source = number.and_then(|number| {
            let at = number.checked_sub(1)?;
            placeholders(&unit.source)
                .get(at)
                .copied()
                .map(str::to_owned)
        });
        let source = match of_source {
            Some(source) => source,
            None => {
                let shown = attribute(tag, "disp")?;
                let shown = shown.as_deref();
                let source = shown.and_then(|shown| shown.strip_prefix('{')?.strip_suffix('}'));
                let Some(source) = source else {
                    return Err(format!(
                        "nothing says what the placeholder `{id}` stands for"
                    ));
                };
                source.to_owned()
            }
        };
        self.push(Piece::Placeholder(source));
        Ok(())
    }

    fn words(&mut self, words: &str) {
        self.push(Piece::Words(words.to_owned()));
    }

    fn push(&mut self, piece: Piece) {
        let Some(unit) = self.document.units.last_mut() else {
            return;
        };
        let pieces = match self.at {
            At::Source => &mut unit.source,
            At::Target => &mut unit.target,
            At::Elsewhere => return,
        };
        match (pieces.last_mut(), piece) {
            (Some(Piece::Words(before)), Piece::Words(words)) => before.push_str(&words),
            (_, piece) => pieces.push(piece),
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let found = tag
        .try_get_attribute(name)
        .map_err(|error| error.to_string())?;
    let value = found.map(|found| found.normalized_value(XmlVersion::Implicit1_0));
    let value = value.transpose().map_err(|error| error.to_string())?;
    Ok(value.map(std::borrow::Cow::into_owned))
}

fn required(tag: &BytesStart<'_>, name: &str) -> Result<String, String> {
    let value = attribute(tag, name)?;
    value.ok_or_else(|| {
        let tag = tag.local_name();
        format!("<{}> has no `{name}`", tag.as_ref())
    })
}

/// The lines of a text, gone through once.
struct Lines<'t> {
    text: &'t str,
    offset: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    const fn of(text: &'t str) -> Self {
        Self {
            text,
            offset: 0,
            line: 1,
        }
    }

    /// The line of an offset, from 1; offsets never go back.
    fn at(&mut self, offset: u64) -> usize {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let offset = offset.clamp(self.offset, self.text.len());
        let passed = &self.text.as_bytes()[self.offset..offset];
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count();
        self.offset = offset;
        self.line
    }
}
