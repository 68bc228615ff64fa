//! Answers from sound to absurd, by a seed.
//!
//! A case is one of the form's own or built anew, and then spoilt in a few places: values on and beside
//! every limit, wrong types, numbers as nobody writes them, texts from all over Unicode, answers to
//! questions that are not asked, keys that are missing, doubled or unknown.

use counterfoil_engine::{
    answers::{Data, Entries, Entry},
    date::{Day, Duration},
    number::Number,
    plan::{Choice, Field, FieldType, Group, PageContent, Rules},
};
use fastrand::Rng;

use crate::case::Case;

/// Most records of a group that are made up; groups may allow thousands.
const MOST_RECORDS: u32 = 12;

/// Texts that break what is careless: empty and blank ones, combining and astral characters,
/// right-to-left marks, a byte order mark, lone joiners, line ends, what other syntaxes escape.
const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{a0}\u{2003}",
    "x",
    "Ada",
    "  Ada  ",
    "e\u{301}",
    "é",
    "ﬁ",
    "İstanbul",
    "ß",
    "日本語",
    "👩‍👩‍👧‍👦",
    "\u{1f600}",
    "\u{10ffff}",
    "\u{202e}abc",
    "\u{200d}",
    "\u{feff}x",
    "\u{0}",
    "\u{7f}",
    "\u{2028}",
    "a\r\nb\rc\nd",
    "\"\\/\u{8}\u{c}\t",
    "</script><!--",
    "{label}",
    "{{",
    "true",
    "0",
    "-0",
    "1e3",
    "1,000.50",
    "1.000,50",
    "٣",
    "2026-02-30",
    "2026-06-01",
    "0000-00-00",
    "P1Y",
    "P1Y2D",
    "jo@example.org",
    "GB82 WEST 1234 5698 7654 32",
];

/// Numbers as JSON allows them.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "0.0",
    "1",
    "-1",
    "0.1",
    "0.30000000000000004",
    "1e0",
    "1E+2",
    "1e-2",
    "12.50",
    "12.500",
    "1e308",
    "1e-400",
    "1e99999999999",
    "9007199254740993",
    "123456789012345678901234567890",
    "0.00000000000000000000000000000000000001",
];

/// Makes cases of a form.
pub struct Generator<'a> {
    rules: &'a Rules,
    bases: &'a [Case],
    days: Vec<Day>,
    rng: Rng,
}

impl<'a> Generator<'a> {
    /// Cases of a form by a seed, starting from the form's own.
    pub fn new(rules: &'a Rules, bases: &'a [Case], seed: u64) -> Self {
        let near = |day: Day| [day.add_days(-1), Some(day), day.add_days(1)];
        let ends = |period: &counterfoil_engine::plan::Period| [period.from, period.to];
        let periods = rules.parameters.iter().flat_map(|p| &p.periods);
        let mut days: Vec<Day> = periods
            .flat_map(|(period, _)| ends(period))
            .chain(ends(&rules.effective))
            .flatten()
            .flat_map(near)
            .flatten()
            .collect();
        days.sort_unstable();
        days.dedup();
        Self {
            rules,
            bases,
            days,
            rng: Rng::with_seed(seed),
        }
    }

    /// The next case.
    pub fn case(&mut self) -> Case {
        let mut case = if self.bases.is_empty() || self.rng.u8(..4) == 0 {
            self.made_up()
        } else {
            self.bases[self.rng.usize(..self.bases.len())].clone()
        };
        let spoilt = [0, 1, 1, 2, 3, 5][self.rng.usize(..6)];
        for _ in 0..spoilt {
            self.spoil(&mut case);
        }
        case
    }

    fn made_up(&mut self) -> Case {
        let mut answers = Vec::new();
        for page in &self.rules.pages {
            match &page.content {
                PageContent::Fields(fields) => self.answer_all(fields, &mut answers),
                PageContent::Group(group) => {
                    if self.rng.u8(..8) > 0 {
                        answers.push((group.group.clone().into(), self.records(group)));
                    }
                }
            }
        }
        let mut context = vec![("as_of".into(), self.day())];
        let mut facts = Vec::new();
        for fact in &self.rules.facts {
            if self.rng.u8(..4) > 0 {
                facts.push((fact.fact.clone().into(), self.value(&fact.type_)));
            }
        }
        if !facts.is_empty() {
            context.push(("facts".into(), Data::Record(facts)));
        }
        Case {
            answers: Data::Record(answers),
            context: Data::Record(context),
        }
    }

    fn answer_all(&mut self, fields: &[Field], answers: &mut Entries<'static>) {
        for field in fields {
            if self.rng.u8(..8) > 0 {
                answers.push((field.field.clone().into(), self.value(&field.type_)));
            }
        }
    }

    fn records(&mut self, group: &Group) -> Data {
        let most = group.max.min(MOST_RECORDS);
        let edges = [
            0,
            group.min.min(most),
            1.min(most),
            most,
            self.rng.u32(..=most),
        ];
        let count = edges[self.rng.usize(..edges.len())];
        let records = (0..count).map(|index| {
            let mut record = Vec::new();
            self.answer_all(&group.fields, &mut record);
            if self.rng.u8(..4) == 0 {
                record.push(("$id".into(), Data::text(format!("r{index}"))));
            }
            Data::Record(record)
        });
        Data::List(records.collect())
    }

    fn day(&mut self) -> Data {
        if self.days.is_empty() || self.rng.bool() {
            return Data::text(format!(
                "20{:02}-{:02}-{:02}",
                self.rng.u8(15..40),
                self.rng.u8(1..13),
                self.rng.u8(1..29)
            ));
        }
        Data::text(self.days[self.rng.usize(..self.days.len())].to_string())
    }

    /// Changes one thing.
    fn spoil(&mut self, case: &mut Case) {
        match self.rng.u8(..32) {
            0 => {
                let nonsense = self.nonsense();
                put(&mut case.answers, &mut self.rng, "$unknown", nonsense);
            }
            1 => {
                let name = TEXTS[self.rng.usize(..TEXTS.len())];
                let nonsense = self.nonsense();
                put(&mut case.answers, &mut self.rng, name, nonsense);
            }
            2 => {
                let day = self.day();
                put(&mut case.context, &mut self.rng, "as_of", day);
            }
            3 => self.spoil_context(case),
            4 => double(&mut case.answers, &mut self.rng),
            5..12 => remove(&mut case.answers, &mut self.rng),
            _ => self.change(&mut case.answers),
        }
    }

    fn spoil_context(&mut self, case: &mut Case) {
        if self.rng.bool() {
            let nonsense = self.nonsense();
            let key = ["as_of", "facts", "$unknown"][self.rng.usize(..3)];
            put(&mut case.context, &mut self.rng, key, nonsense);
            return;
        }
        let facts = self.rules.facts.iter().map(|fact| &fact.fact);
        let mut names: Vec<String> = facts.cloned().collect();
        names.push("$unknown".to_owned());
        let name = names.swap_remove(self.rng.usize(..names.len()));
        let nonsense = self.nonsense();
        let facts = Data::Record(vec![(name.into(), nonsense)]);
        put(&mut case.context, &mut self.rng, "facts", facts);
    }

    /// Gives some question another answer.
    fn change(&mut self, answers: &mut Data) {
        let pages = &self.rules.pages;
        if pages.is_empty() {
            return;
        }
        match &pages[self.rng.usize(..pages.len())].content {
            PageContent::Fields(fields) => {
                if let Some((key, value)) = self.changed(fields) {
                    put(answers, &mut self.rng, &key, value);
                }
            }
            PageContent::Group(group) => {
                if self.rng.u8(..4) == 0 {
                    let value = match self.rng.u8(..3) {
                        0 => self.nonsense(),
                        _ => self.records(group),
                    };
                    put(answers, &mut self.rng, &group.group, value);
                    return;
                }
                let Data::Record(entries) = answers else {
                    return;
                };
                let entry = entries.iter_mut().find(|(key, _)| *key == group.group);
                if let Some((_, Data::List(records))) = entry
                    && !records.is_empty()
                {
                    let index = self.rng.usize(..records.len());
                    if let Some((key, value)) = self.changed(&group.fields) {
                        put(&mut records[index], &mut self.rng, &key, value);
                    }
                }
            }
        }
    }

    fn changed(&mut self, fields: &[Field]) -> Option<Entry<'static>> {
        if fields.is_empty() {
            return None;
        }
        let field = &fields[self.rng.usize(..fields.len())];
        let value = match self.rng.u8(..3) {
            0 => self.nonsense(),
            _ => self.value(&field.type_),
        };
        Some((field.field.clone().into(), value))
    }

    /// A value of a type, or next to one.
    fn value(&mut self, type_: &FieldType) -> Data {
        match type_ {
            FieldType::Boolean { .. } => Data::Bool(self.rng.bool()),
            FieldType::Integer { min, max } => self.number(*min, *max, 0),
            FieldType::Decimal { scale, min, max } => self.number(*min, *max, *scale),
            FieldType::Money { min, max } => {
                let digits = self.rules.currency.as_ref().map_or(0, |c| c.digits);
                self.number(*min, *max, digits)
            }
            FieldType::Text {
                min_length,
                max_length,
                ..
            } => self.text(*min_length, *max_length),
            FieldType::Date { min, max } => Data::text(self.date(*min, *max)),
            FieldType::Duration { unit, min, max } => {
                let count = match self.rng.u8(..4) {
                    0 => *min,
                    1 => *max,
                    2 => max.saturating_add(1),
                    _ => self.rng.u32(*min..=*max),
                };
                let duration = Duration::of(*unit, count.into());
                duration.map_or(Data::Null, |duration| Data::text(duration.to_string()))
            }
            FieldType::DateRange { min, max } => {
                let (start, end) = (self.date(*min, *max), self.date(*min, *max));
                Data::Record(vec![
                    ("start".into(), Data::text(start)),
                    ("end".into(), Data::text(end)),
                ])
            }
            FieldType::Choice { options } => self.option(options),
            FieldType::Set { options } => {
                let count = self.rng.usize(..=options.len());
                Data::List((0..count).map(|_| self.option(options)).collect())
            }
        }
    }

    fn option(&mut self, options: &[Choice]) -> Data {
        match options {
            [] => Data::Null,
            options => Data::text(options[self.rng.usize(..options.len())].option.clone()),
        }
    }

    /// A number within limits, on or beside them, as a number or as a text.
    fn number(&mut self, min: Number, max: Number, scale: u8) -> Data {
        let step = 10_i64.pow(u32::from(scale.min(9)));
        let text = match self.rng.u8(..8) {
            0 => min.to_string(),
            1 => max.to_string(),
            2 => format!("{max}{}", self.rng.u8(..10)),
            3 => format!("-{}", self.rng.u16(..)),
            _ => {
                let whole = self.rng.i64(0..1_000_000);
                let magnitude = 10_i64.pow(self.rng.u32(..6));
                let (whole, part) = (whole / magnitude, self.rng.i64(0..step));
                if scale == 0 || self.rng.bool() {
                    whole.to_string()
                } else {
                    format!("{whole}.{part:0width$}", width = usize::from(scale.min(9)))
                }
            }
        };
        if self.rng.bool() && counterfoil_engine::answers::Data::from_json(&text).is_ok() {
            Data::number(text)
        } else {
            Data::text(text)
        }
    }

    fn text(&mut self, min_length: u32, max_length: u32) -> Data {
        let length = match self.rng.u8(..6) {
            0 => min_length,
            1 => max_length,
            2 => max_length.saturating_add(1),
            _ => return Data::text(TEXTS[self.rng.usize(..TEXTS.len())].to_owned()),
        };
        let letter = ["x", "é", "7", "👍"][self.rng.usize(..4)];
        Data::text(letter.repeat(length.min(2_000) as usize))
    }

    fn date(&mut self, min: Option<Day>, max: Option<Day>) -> String {
        let edge = [min, max][self.rng.usize(..2)];
        match (self.rng.u8(..3), edge) {
            (0, Some(edge)) => {
                let moved = edge.add_days(self.rng.i64(-1..=1));
                moved.unwrap_or(edge).to_string()
            }
            (1, _) => format!(
                "{:04}-{:02}-{:02}",
                [1, 1900, 1970, 2000, 2024, 2026, 9999][self.rng.usize(..7)],
                self.rng.u8(..14),
                self.rng.u8(..33)
            ),
            _ => match self.day() {
                Data::Text(day) => day.into_owned(),
                _ => String::new(),
            },
        }
    }

    /// Something that is an answer to hardly any question.
    fn nonsense(&mut self) -> Data {
        match self.rng.u8(..9) {
            0 => Data::Null,
            1 => Data::Bool(self.rng.bool()),
            2 | 3 => Data::number(NUMBERS[self.rng.usize(..NUMBERS.len())].to_owned()),
            4 | 5 => Data::text(TEXTS[self.rng.usize(..TEXTS.len())].to_owned()),
            6 => Data::List((0..self.rng.usize(..4)).map(|_| self.nonsense()).collect()),
            7 => {
                let inner = self.nonsense();
                Data::Record(vec![("$id".into(), inner.clone()), ("x".into(), inner)])
            }
            _ => {
                let mut deep = Data::List(Vec::new());
                for _ in 0..self.rng.usize(..40) {
                    deep = Data::List(vec![deep]);
                }
                deep
            }
        }
    }
}

/// Puts an answer in place of the one of that name, or somewhere.
fn put(record: &mut Data, rng: &mut Rng, key: &str, value: Data) {
    let Data::Record(entries) = record else {
        return;
    };
    match entries.iter_mut().find(|(name, _)| name == key) {
        Some((_, old)) => *old = value,
        None => entries.insert(rng.usize(..=entries.len()), (key.to_owned().into(), value)),
    }
}

fn remove(record: &mut Data, rng: &mut Rng) {
    if let Data::Record(entries) = record
        && !entries.is_empty()
    {
        entries.swap_remove(rng.usize(..entries.len()));
    }
}

/// Gives an answer twice.
fn double(record: &mut Data, rng: &mut Rng) {
    if let Data::Record(entries) = record
        && !entries.is_empty()
    {
        let entry = entries[rng.usize(..entries.len())].clone();
        entries.push(entry);
    }
}
