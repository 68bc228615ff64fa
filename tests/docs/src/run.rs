//! Walks over a page: which blocks belong together, and what came of them.

use std::{collections::BTreeMap, ops::Range};

use counterfoil_compiler::codes;

use crate::{
    Runner,
    block::{self, Kind},
    case::Case,
    console, expressions,
    markers::Marker,
    page::{Block, Item, Page},
    shown::Shown,
    source::Source,
};

/// What a form has where a page says nothing else.
const HEAD: &str = "form: example
title: An example
authority: Example City Council
currency: GBP
timezone: Europe/London
languages: [en]
effective: 2026-01-01..
pages:
  - page: example
    title: An example
    fields:
      - field: agreed
        type: boolean
        label: Do you agree?
";

/// What a page shows, in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The page's first heading.
    pub title: String,
    /// Codes of the diagnostics that its forms give.
    pub codes: Vec<String>,
    /// How many of its forms give no diagnostic.
    pub sound: usize,
}

/// What came of a page.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Lines with what is wrong.
    pub failures: Vec<(usize, String)>,
    /// What to write in place of what is shown.
    pub edits: Vec<(Range<usize>, String)>,
    /// What it shows, in short.
    pub summary: Summary,
}

impl Outcome {
    /// Notes something that is not as the page says.
    pub fn fail(&mut self, line: usize, message: impl Into<String>) {
        self.failures.push((line, message.into()));
    }

    /// Compares an output with the one shown in a block, or has it written.
    pub fn compare(&mut self, block: &Block, actual: &str, update: bool) {
        let trimmed = |text: &str| {
            let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
            lines.join("\n") + "\n"
        };
        let (shown, actual) = (trimmed(&block.text), trimmed(actual));
        if shown == actual {
            return;
        }
        if update {
            self.edits.push((block.range.clone(), actual));
        } else {
            let same = shown
                .lines()
                .zip(actual.lines())
                .take_while(|(a, b)| a == b);
            let line = block.line + 1 + same.count();
            self.fail(
                line,
                format!("this is not what comes out, which is:\n{actual}"),
            );
        }
    }
}

/// A text with its edits made.
pub fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = text.to_owned();
    for (range, replacement) in edits {
        text.replace_range(range, &replacement);
    }
    text
}

/// A form and the files beside it.
type Form = (Source, BTreeMap<String, Source>);

struct Walk<'a> {
    runner: &'a Runner,
    outcome: Outcome,
    base: Form,
    before: Form,
}

/// Runs a page.
pub fn run(runner: &Runner, page: &Page) -> Outcome {
    let base = (Source::unseen(HEAD), BTreeMap::new());
    let mut walk = Walk {
        runner,
        outcome: Outcome::default(),
        before: base.clone(),
        base,
    };
    walk.outcome.summary.title.clone_from(&page.title);
    let mut items: Vec<(&Item, Option<Kind>)> = Vec::new();
    for item in &page.items {
        let kind = match item {
            Item::Block(block) => match block::kind(block) {
                Ok(Kind::Illustration) => continue,
                Ok(kind) => Some(kind),
                Err(message) => {
                    walk.outcome.fail(block.line, message);
                    continue;
                }
            },
            Item::Table(_) | Item::Comment(..) => None,
        };
        items.push((item, kind));
    }
    let starts = |(item, kind): &(&Item, Option<Kind>)| {
        is_step(item)
            || matches!(
                kind,
                Some(Kind::Base | Kind::Form | Kind::Fragment | Kind::Step(_))
            )
    };
    let mut rest = items.as_slice();
    while !rest.is_empty() {
        let end = rest.iter().skip(1).position(starts);
        let (segment, further) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        walk.segment(segment);
        rest = further;
    }
    walk.outcome
}

/// Whether a comment says that files below it change the form before it.
fn is_step(item: &Item) -> bool {
    matches!(item, Item::Comment(_, text) if text == "step")
}

impl Walk<'_> {
    /// A form with all that is said about it.
    fn segment(&mut self, segment: &[(&Item, Option<Kind>)]) {
        let mut markers = Vec::new();
        let (mut form, mut files) = self.form(segment, &mut markers);
        for (item, kind) in segment {
            match (item, kind) {
                (Item::Block(block), Some(Kind::File(name))) => {
                    files.insert(name.clone(), Source::of_block(block, &mut markers));
                }
                (Item::Block(block), Some(Kind::FileMore(name))) => {
                    let more = Source::of_block(block, &mut markers);
                    files.entry(name.clone()).or_default().continue_with(more);
                }
                _ => {}
            }
        }
        let line = match segment.first() {
            Some((Item::Block(block), _)) => block.line,
            _ => 1,
        };
        let with_tests = segment
            .iter()
            .any(|(item, _)| matches!(item, Item::Comment(_, text) if text == "run tests"));
        let mut case = Case::compile(&form, &files, with_tests);
        if !markers.iter().any(|marker| marker.code == codes::UNUSED.id) {
            case = case.into_part();
        }
        let shown = segment
            .iter()
            .any(|(_, kind)| *kind == Some(Kind::Diagnostics));
        case.check(line, &markers, shown, &mut self.outcome);
        let mut shown = Shown::new(&case, self.runner.updates());
        for (item, kind) in segment {
            match (item, kind) {
                (Item::Block(block), Some(Kind::Console)) => {
                    if let Some(command) = self.runner.command() {
                        console::run(
                            command,
                            &case,
                            &Case::compile(&self.before.0, &self.before.1, false),
                            block,
                            self.runner.updates(),
                            &mut self.outcome,
                        );
                    }
                }
                (Item::Block(block), Some(kind)) => shown.block(block, kind, &mut self.outcome),
                (Item::Table(table), _) => {
                    expressions::run(&form, &shown, table, &mut self.outcome);
                }
                (Item::Comment(line, text), _) => {
                    if let Some(folder) = text.strip_prefix("equals: ") {
                        case.equals(&self.runner.root().join(folder), *line, &mut self.outcome);
                    }
                }
                (Item::Block(_), None) => {}
            }
        }
        form = form.forgotten();
        for file in files.values_mut() {
            *file = std::mem::take(file).forgotten();
        }
        if matches!(segment.first(), Some((_, Some(Kind::Base)))) {
            self.base = (form.clone(), files.clone());
        }
        self.before = (form, files);
    }

    fn form(&mut self, segment: &[(&Item, Option<Kind>)], markers: &mut Vec<Marker>) -> Form {
        let (block, kind) = match segment.first() {
            Some((Item::Block(block), Some(kind))) => (block, kind),
            Some((item, _)) if is_step(item) => return self.before.clone(),
            _ => return self.base.clone(),
        };
        match kind {
            Kind::Form => (Source::of_block(block, markers), BTreeMap::new()),
            Kind::Base => {
                let source = Source::of_block(block, markers);
                (source.completed(&Source::unseen(HEAD)), BTreeMap::new())
            }
            Kind::Fragment => {
                let source = Source::of_block(block, markers);
                (source.completed(&self.base.0), self.base.1.clone())
            }
            Kind::Step(place) => {
                let source = Source::of_block(block, markers);
                let (form, files) = self.before.clone();
                match form.clone().with_step(source, place) {
                    Ok(form) => (form, files),
                    Err(message) => {
                        self.outcome.fail(block.line, message);
                        (form, files)
                    }
                }
            }
            _ => self.base.clone(),
        }
    }
}
