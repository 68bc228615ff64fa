//! Tables that are made up: columns of every type, and rows of every kind of cell.
//!
//! What stands for a number or a day is counted in tenths of the column's unit, so that cells can hold ends
//! between two of its values.

use counterfoil_engine::date::Day;

use crate::chance::Chance;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Decimal,
    Money,
    Date,
    Boolean,
    Choice,
    Text,
}

/// Options with their labels, which are shown where they are no more than the option itself.
pub const OPTIONS: [(&str, &str); 4] = [
    ("red", "Red"),
    ("green", "As grass is"),
    ("blue", "blue"),
    ("any", "Any colour"),
];
/// Texts of cells.
pub const TEXTS: [&str; 3] = ["alpha", "Beta 2", "gamma"];

#[derive(Clone, Debug)]
pub struct Column {
    pub kind: Kind,
    /// The least and the greatest value, in units.
    pub limits: (i64, i64),
}

/// One of the alternatives of a cell.
#[derive(Clone, Debug)]
pub enum Alternative {
    Blank,
    /// In tenths; of what has no order the position.
    Equal(i64),
    /// In tenths, and whether the end is included.
    Range(Option<(i64, bool)>, Option<(i64, bool)>),
}

/// A row: for each column the alternatives of its cell, none for `-`.
pub type Row = Vec<Vec<Alternative>>;

#[derive(Clone, Debug)]
pub struct Table {
    pub first: bool,
    pub in_file: bool,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

impl Kind {
    pub const fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Decimal | Self::Money | Self::Date
        )
    }

    /// How many values there are of what has no order; of texts those of cells and one more.
    pub const fn count(self) -> usize {
        match self {
            Self::Boolean => 2,
            Self::Choice => OPTIONS.len(),
            _ => TEXTS.len() + 1,
        }
    }

    /// A value as a cell has it, from its tenths or position.
    pub fn written(self, value: i64) -> String {
        let digits = match self {
            Self::Integer => 1,
            Self::Decimal => 2,
            Self::Money => 3,
            Self::Date => {
                let day = Day::from_number(value / 10 + FIRST_DAY).unwrap();
                return day.to_string();
            }
            Self::Boolean => return (value == 1).to_string(),
            Self::Choice => return OPTIONS[value as usize].0.to_owned(),
            Self::Text => return TEXTS[value as usize].to_owned(),
        };
        let (sign, of) = (if value < 0 { "-" } else { "" }, 10_i64.pow(digits));
        let (whole, rest) = (value.abs() / of, value.abs() % of);
        let fraction = format!("{rest:0width$}", width = digits as usize);
        match fraction.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            fraction => format!("{sign}{whole}.{fraction}"),
        }
    }

    /// The tenths of what the compiler shows, or the position.
    pub fn read(self, shown: &str) -> i64 {
        let digits = match self {
            Self::Integer => 1,
            Self::Decimal => 2,
            Self::Money => 3,
            Self::Date => {
                let day: Day = shown.parse().unwrap();
                return (i64::from(day.number()) - FIRST_DAY) * 10;
            }
            Self::Boolean => return i64::from(shown.parse::<bool>().unwrap()),
            Self::Choice => {
                let shows = |(option, label): &(&str, &str)| {
                    shown
                        == if option == label {
                            (*option).to_owned()
                        } else {
                            format!("“{label}” ({option})")
                        }
                };
                return OPTIONS.iter().position(shows).unwrap() as i64;
            }
            Self::Text if shown == "any other text" => return TEXTS.len() as i64,
            Self::Text => {
                let is = |text: &&str| format!("\"{text}\"") == shown;
                return TEXTS.iter().position(is).unwrap() as i64;
            }
        };
        let (whole, fraction) = shown.split_once('.').unwrap_or((shown, ""));
        let digits = digits as usize;
        assert!(fraction.len() < digits, "{shown}");
        format!("{whole}{fraction:0<digits$}").parse().unwrap()
    }
}

/// The day that stands for 0.
const FIRST_DAY: i64 = 20_454;

impl Column {
    fn any(chance: &mut Chance) -> Self {
        let kind = *chance.of(&[
            Kind::Integer,
            Kind::Integer,
            Kind::Decimal,
            Kind::Money,
            Kind::Date,
            Kind::Boolean,
            Kind::Choice,
            Kind::Text,
        ]);
        let first = match kind {
            Kind::Date => chance.up_to(9),
            _ => chance.up_to(9) - 5,
        };
        let width = *chance.of(&[0, 1, 2, 3, 5, 1_000]);
        Self {
            kind,
            limits: (first, first + width),
        }
    }

    /// A number near an end of the limits or near the middle, at times between two units.
    fn end(&self, chance: &mut Chance) -> i64 {
        let (first, last) = self.limits;
        let middle = (first + last) / 2;
        let around = *chance.of(&[first, last, middle, middle]);
        let between = self.kind != Kind::Date && chance.one_in(8);
        let units = around + chance.up_to(3) - 1;
        // Days before the first have no place in the calendar of the test.
        let units = if self.kind == Kind::Date {
            units.max(0)
        } else {
            units
        };
        units * 10 + if between { 5 } else { 0 }
    }

    fn alternative(&self, chance: &mut Chance) -> Alternative {
        if chance.one_in(12) {
            return Alternative::Blank;
        }
        if !self.kind.is_ordered() {
            let known = match self.kind {
                Kind::Text => TEXTS.len(),
                kind => kind.count(),
            };
            return Alternative::Equal(chance.up_to(known as i64));
        }
        if chance.one_in(4) {
            return Alternative::Equal(self.end(chance));
        }
        let (a, b) = (self.end(chance), self.end(chance));
        let mut included = || !chance.one_in(2);
        let (from, to) = ((a.min(b), included()), (a.max(b), included()));
        match chance.up_to(3) {
            0 => Alternative::Range(Some(from), None),
            1 => Alternative::Range(None, Some(to)),
            // One value with an end that leaves it out is no range, which the reader says.
            _ if from.0 == to.0 => Alternative::Range(Some((from.0, true)), Some((to.0, true))),
            _ => Alternative::Range(Some(from), Some(to)),
        }
    }

    fn declared(&self) -> String {
        let limits = |type_: &str, further: &str| {
            let [min, max] =
                [self.limits.0, self.limits.1].map(|limit| self.kind.written(limit * 10));
            format!("type: {type_}\n{further}        min: {min}\n        max: {max}\n")
        };
        match self.kind {
            Kind::Integer => limits("integer", ""),
            Kind::Decimal => limits("decimal", "        scale: 1\n"),
            Kind::Money => limits("money", ""),
            Kind::Date => limits("date", ""),
            Kind::Boolean => "type: boolean\n".to_owned(),
            Kind::Choice => "type: choice\n        options: colours\n".to_owned(),
            Kind::Text => "type: text\n        max_length: 9\n".to_owned(),
        }
    }
}

impl Table {
    pub fn any(chance: &mut Chance) -> Self {
        let columns: Vec<Column> = (0..1 + chance.up_to(3))
            .map(|_| Column::any(chance))
            .collect();
        let whole = *chance.of(&[2, 3, 6]);
        let rows = (0..1 + chance.up_to(6)).map(|_| {
            let cells = columns.iter().map(|column| {
                let alternatives = match chance.up_to(whole) {
                    0 => 0,
                    _ => 1 + chance.up_to(2),
                };
                (0..alternatives)
                    .map(|_| column.alternative(chance))
                    .collect()
            });
            cells.collect()
        });
        let rows = rows.collect();
        Self {
            first: chance.one_in(3),
            in_file: chance.one_in(3),
            columns,
            rows,
        }
    }

    /// The cell of a row in a column, as it is written.
    fn cell(&self, row: usize, column: usize) -> String {
        let kind = self.columns[column].kind;
        let alternatives = self.rows[row][column].iter();
        let written = alternatives.map(|alternative| match alternative {
            Alternative::Blank => "blank".to_owned(),
            Alternative::Equal(value) => kind.written(*value),
            Alternative::Range(from, to) => match (from, to) {
                (Some((from, included)), None) => {
                    format!(
                        "{} {}",
                        if *included { ">=" } else { ">" },
                        kind.written(*from)
                    )
                }
                (None, Some((to, included))) => {
                    format!(
                        "{} {}",
                        if *included { "<=" } else { "<" },
                        kind.written(*to)
                    )
                }
                _ => {
                    let [from, to] = [from, to].map(|end| end.unwrap());
                    let open = if from.1 { '[' } else { '(' };
                    let close = if to.1 { ']' } else { ')' };
                    format!(
                        "{open}{}..{}{close}",
                        kind.written(from.0),
                        kind.written(to.0)
                    )
                }
            },
        });
        let written: Vec<String> = written.collect();
        if written.is_empty() {
            return "-".to_owned();
        }
        written.join(" | ")
    }

    /// Adds the table to a form, and its file if it has one. The output of a row is its number.
    pub fn write(&self, id: usize, form: &mut String, files: &mut Vec<(String, String)>) {
        form.push_str(&format!("  t{id}:\n"));
        if self.first {
            form.push_str("    hit: first\n");
        }
        form.push_str("    inputs:\n");
        for (index, column) in self.columns.iter().enumerate() {
            form.push_str(&format!("      k{index}:\n        {}", column.declared()));
        }
        form.push_str("    outputs:\n      row: integer\n");
        let columns = 0..self.columns.len();
        if self.in_file {
            let name = format!("tables/t{id}.csv");
            form.push_str(&format!("    csv: {name}\n"));
            let mut text: String = columns
                .clone()
                .map(|column| format!("k{column},"))
                .collect();
            text.push_str("row\n");
            for row in 0..self.rows.len() {
                let cells = columns.clone().map(|column| self.cell(row, column) + ",");
                text.push_str(&format!("{}{row}\n", cells.collect::<String>()));
            }
            files.push((name, text));
            return;
        }
        form.push_str("    rows:\n");
        for row in 0..self.rows.len() {
            for column in columns.clone() {
                let dash = if column == 0 { "- " } else { "  " };
                let cell = self.cell(row, column);
                form.push_str(&format!("      {dash}k{column}: '{cell}'\n"));
            }
            form.push_str(&format!("        row: {row}\n"));
        }
    }
}
