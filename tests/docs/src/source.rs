//! Text of a form whose lines know where on the page they come from.

use crate::{
    block::Place,
    markers::{self, Marker},
    page::Block,
};

/// A file of a form.
#[derive(Clone, Debug, Default)]
pub struct Source {
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    text: String,
    /// The line of the page; none of what was added to complete an example.
    origin: Option<usize>,
}

/// Items that a fragment may consist of, what stands above their list, and how far they are indented.
const LISTS: &[(&str, &str, usize)] = &[
    ("page", "pages:", 2),
    (
        "field",
        "pages:\n  - page: example\n    title: An example\n    fields:",
        6,
    ),
    ("check", "checks:", 2),
    ("decision", "decisions:", 2),
    (
        "rule",
        "decisions:\n  - decision: example\n    title: An example\n    rules:",
        6,
    ),
    ("fee", "fees:", 2),
    ("entitlement", "entitlements:", 2),
    ("function", "functions:", 2),
    ("field_type", "field_types:", 2),
];

impl Source {
    /// Text that stands on no page.
    pub fn unseen(text: &str) -> Self {
        let line = |text: &str| Line {
            text: text.to_owned(),
            origin: None,
        };
        Self {
            lines: text.lines().map(line).collect(),
        }
    }

    /// The text of a block, without its markers.
    pub fn of_block(block: &Block, markers: &mut Vec<Marker>) -> Self {
        let lines = block.text.lines().enumerate();
        let line = |(index, text): (usize, &str)| {
            let origin = block.line + 1 + index;
            Line {
                text: markers::take(text, origin, markers),
                origin: Some(origin),
            }
        };
        Self {
            lines: lines.map(line).collect(),
        }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.lines.iter().fold(String::new(), |mut text, line| {
            text.push_str(&line.text);
            text.push('\n');
            text
        })
    }

    /// Adds further lines, below an empty one.
    pub fn continue_with(&mut self, more: Self) {
        self.lines.extend(Self::unseen("\n").lines);
        self.lines.extend(more.lines);
    }

    /// The line of the page that a line, from 1, comes from.
    pub fn origin(&self, line: usize) -> Option<usize> {
        self.lines.get(line.checked_sub(1)?)?.origin
    }

    /// The same lines, as if they stood on no page.
    #[must_use]
    pub fn forgotten(mut self) -> Self {
        for line in &mut self.lines {
            line.origin = None;
        }
        self
    }

    /// This fragment, completed with the sections of the base that it does not have itself. It stands
    /// first, so that the lines of an excerpt are those that the page shows.
    #[must_use]
    pub fn completed(self, base: &Self) -> Self {
        let mut whole = self.within_its_list();
        let own: Vec<String> = whole.sections().into_iter().map(|(key, _)| key).collect();
        for (key, range) in base.sections() {
            if !own.contains(&key) {
                whole.lines.extend_from_slice(&base.lines[range]);
            }
        }
        whole
    }

    /// This form with a step added.
    ///
    /// # Errors
    /// Where the line that the step names is not there exactly once.
    pub fn with_step(mut self, step: Self, place: &Place) -> Result<Self, String> {
        let (line, keep) = match place {
            Place::After(line) => (line, 1),
            Place::InsteadOf(line) => (line, 0),
            Place::End => {
                self.append(step);
                return Ok(self);
            }
        };
        let found: Vec<usize> = (0..self.lines.len())
            .filter(|&index| self.lines[index].text.trim() == line)
            .collect();
        let [index] = found.as_slice() else {
            return Err(format!("the form has {} lines `{line}`", found.len()));
        };
        self.lines.splice(index + keep..=*index, step.lines);
        Ok(self)
    }

    fn append(&mut self, step: Self) {
        if let Some((heading, indent)) = step.list() {
            let key = heading.split(':').next().unwrap_or_default();
            let sections = self.sections();
            if let Some((_, range)) = sections.into_iter().find(|(name, _)| name == key) {
                let items = step.indented(indent);
                self.lines.splice(range.end..range.end, items.lines);
                return;
            }
        }
        let step = step.within_its_list();
        for (key, range) in step.sections() {
            let section = Self {
                lines: step.lines[range].to_vec(),
            };
            match self.sections().into_iter().find(|(name, _)| *name == key) {
                Some((_, old)) if section.is_mapping() => {
                    let mut whole = Self {
                        lines: self.lines[old.clone()].to_vec(),
                    };
                    whole.take_entries(&section);
                    self.lines.splice(old, whole.lines);
                }
                Some((_, old)) => drop(self.lines.splice(old, section.lines)),
                None => self.lines.extend(section.lines),
            }
        }
    }

    /// Whether a section has named entries.
    fn is_mapping(&self) -> bool {
        self.lines.get(1).is_some_and(|line| is_entry(&line.text))
    }

    /// Puts another section's entries in place of those of the same name, or last.
    fn take_entries(&mut self, other: &Self) {
        for (name, range) in other.entries() {
            let lines = other.lines[range].to_vec();
            match self.entries().into_iter().find(|(old, _)| *old == name) {
                Some((_, old)) => drop(self.lines.splice(old, lines)),
                None => self.lines.extend(lines),
            }
        }
    }

    /// The entries of a section with their lines.
    fn entries(&self) -> Vec<(String, std::ops::Range<usize>)> {
        let mut entries: Vec<(String, std::ops::Range<usize>)> = Vec::new();
        for (index, line) in self.lines.iter().enumerate().skip(1) {
            if is_entry(&line.text) {
                entries.push((line.text.clone(), index..index + 1));
            } else if let Some((_, range)) = entries.last_mut() {
                range.end = index + 1;
            }
        }
        entries
    }

    /// The heading and indentation of the list whose items these are.
    fn list(&self) -> Option<(&'static str, usize)> {
        let first = self.lines.iter().find(|line| is_start(&line.text))?;
        let item = first.text.strip_prefix("- ")?;
        let key = item.split(':').next()?;
        let (_, heading, indent) = LISTS.iter().find(|(name, ..)| *name == key)?;
        Some((heading, *indent))
    }

    fn within_its_list(self) -> Self {
        let Some((heading, indent)) = self.list() else {
            return self;
        };
        let mut whole = Self::unseen(heading);
        whole.lines.extend(self.indented(indent).lines);
        whole
    }

    fn indented(mut self, indent: usize) -> Self {
        for line in &mut self.lines {
            if !line.text.is_empty() {
                line.text.insert_str(0, &" ".repeat(indent));
            }
        }
        self
    }

    /// The top-level keys with their lines.
    fn sections(&self) -> Vec<(String, std::ops::Range<usize>)> {
        let mut sections: Vec<(String, std::ops::Range<usize>)> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            if is_start(&line.text) {
                let key = line.text.split(':').next().unwrap_or_default().to_owned();
                sections.push((key, index..index + 1));
            } else if let Some((_, range)) = sections.last_mut() {
                range.end = index + 1;
            } else {
                sections.push((String::new(), index..index + 1));
            }
        }
        sections
    }

    /// This form with further values.
    #[must_use]
    pub fn with_values(mut self, values: &[(String, String)]) -> Self {
        if values.is_empty() {
            return self;
        }
        let lines: Vec<Line> = values
            .iter()
            .flat_map(|(id, expr)| {
                let expr = expr.replace('\'', "''");
                [format!("  {id}:"), format!("    expr: '{expr}'")]
            })
            .map(|text| Line { text, origin: None })
            .collect();
        let sections = self.sections();
        match sections.into_iter().find(|(key, _)| key == "values") {
            Some((_, range)) => drop(self.lines.splice(range.end..range.end, lines)),
            None => {
                self.lines.extend(Self::unseen("values:").lines);
                self.lines.extend(lines);
            }
        }
        self
    }
}

/// Whether a line begins an entry of a section: a key indented by two spaces.
fn is_entry(line: &str) -> bool {
    line.strip_prefix("  ")
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_lowercase()))
}

/// Whether a line begins a section: a key or an item without indentation.
fn is_start(line: &str) -> bool {
    !line.is_empty() && !line.starts_with([' ', '#'])
}
