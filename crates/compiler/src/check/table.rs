//! Decision tables: columns, cells, bands, and the proofs about their rows.

use std::{collections::BTreeMap, rc::Rc};

use counterfoil_engine::{
    number::Number,
    plan::{Cell, Literal, RoundMode},
};

use super::{Checker, Memo, Typed, declared::constants_type, lowering::Lowering};
use crate::{
    closest::closest,
    codes,
    definition::{self, Alternative, AlternativeKind, Constant, HitPolicy, InputType, Table},
    diagnostic::Diagnostic,
    names::Item,
    proofs::table::{Interval, Region, RowBox, sweep},
    source::{Span, Spanned},
    types::{Bounds, Days, NumberType, TooManyDigits, Type, Unit},
};

/// Where blank stands among the numbers of a column.
const BLANK: Interval = Interval::point(i128::MIN);
/// How many gaps or overlaps of one table are worth reporting one by one.
const MAX_REPORTED: usize = 3;

/// An input column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type; its bounds are the domain over which the table is proved.
    pub type_: Type,
    /// Whether the rows deal with a blank input.
    pub blank: bool,
    /// Texts of the column's cells, which stand for themselves in the proof.
    texts: Vec<String>,
}

/// The bands of a marginal table.
#[derive(Clone, Debug)]
pub struct Bands {
    /// Start, end and rate of each band, in order; the last may have no end.
    bands: Vec<(Number, Option<Number>, Number)>,
}

/// A table as expressions see it.
#[derive(Clone, Debug)]
pub struct TableInfo {
    /// Its input columns.
    pub inputs: Vec<Column>,
    /// Types of its output columns.
    pub outputs: Vec<Type>,
    /// Its bands, if it is marginal and they are sound.
    pub bands: Option<Bands>,
    /// Its cells as the plan has them, by row and input column.
    pub cells: Vec<Vec<Vec<Cell>>>,
}

impl<'f> Checker<'f> {
    /// A table's columns and cells.
    pub fn table(&mut self, position: usize) -> Rc<TableInfo> {
        match &self.tables[position] {
            Memo::Done(table) => return Rc::clone(table),
            Memo::Open | Memo::New => {}
        }
        let form = self.form;
        let definition = &form.tables[position];
        let open = matches!(self.tables[position], Memo::Open);
        self.tables[position] = Memo::Open;
        let inputs = definition
            .inputs
            .iter()
            .map(|input| Column {
                name: input.name.value.clone(),
                type_: if open {
                    Type::Error
                } else {
                    self.column_type(definition, input)
                },
                blank: false,
                texts: Vec::new(),
            })
            .collect();
        let outputs = definition
            .outputs
            .iter()
            .enumerate()
            .map(|(index, output)| {
                let values = definition
                    .rows
                    .iter()
                    .filter_map(|row| row.outputs.get(index));
                constants_type(output.type_.value, values.map(|value| &value.value))
            });
        let mut table = TableInfo {
            inputs,
            outputs: outputs.collect(),
            bands: None,
            cells: Vec::new(),
        };
        if !open {
            self.read_rows(definition, &mut table);
        }
        let table = Rc::new(table);
        self.tables[position] = Memo::Done(Rc::clone(&table));
        table
    }

    fn column_type(&mut self, table: &'f Table, input: &'f definition::InputColumn) -> Type {
        let path = match &input.type_ {
            Some(InputType::Error) => return Type::Error,
            Some(InputType::Typed(type_)) => {
                let form = self.form;
                let sets: BTreeMap<&str, &[definition::ChoiceOption]> = form
                    .option_sets
                    .iter()
                    .map(|set| (set.option_set.as_str(), set.options.as_slice()))
                    .collect();
                let path = format!("{}.{}", table.table.value, input.name.value);
                return self
                    .declared(&path, &format!("table.{path}"), type_, &sets)
                    .type_;
            }
            Some(InputType::SameAs(path)) => path.names.iter().collect::<Vec<_>>(),
            None => vec![&input.name],
        };
        let found = match path.as_slice() {
            [] => return Type::Error,
            [name] => self.names.resolve(name.as_str(), None),
            [group, name, ..] => match self.names.resolve(group.as_str(), None) {
                Some(Item::Group(group)) => self.names.member(group, name.as_str()),
                _ => None,
            },
        };
        let type_ = match found {
            Some(Item::Field(field)) => self.fields[field].type_.clone(),
            Some(Item::Value(value)) => self.value(value).type_,
            Some(Item::Fact(fact)) => self.facts[fact].type_.clone(),
            _ => {
                let written: Vec<_> = path.iter().map(|name| name.as_str()).collect();
                self.unknown_column(input, &written.join("."));
                return Type::Error;
            }
        };
        if matches!(type_, Type::Set(_)) {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::TABLE_CELL,
                    input.name.span,
                    "a set of options cannot be looked up in a table",
                )
                .help("look up each option: make a value such as `\"pool\" in features`"),
            );
            return Type::Error;
        }
        type_
    }

    fn unknown_column(&mut self, input: &definition::InputColumn, written: &str) {
        let span = match &input.type_ {
            Some(InputType::SameAs(path)) => path.span,
            _ => input.name.span,
        };
        let message = format!("the form has no field or value `{written}`");
        let diagnostic = Diagnostic::error(codes::UNKNOWN_NAME, span, message);
        let paths = self
            .names
            .fields
            .iter()
            .map(|entry| entry.path.as_str())
            .chain(self.names.values.iter().map(|entry| entry.path.as_str()));
        let diagnostic = match closest(written, paths) {
            Some(meant) if input.type_.is_some() => diagnostic
                .help(format!("is `{meant}` meant?"))
                .suggest(span, meant),
            _ => diagnostic.help(format!(
                "say what the column is, under `inputs`: `{}:` with `same_as:` and the path of a \
                 field or value, or with a `type:`",
                input.name.value
            )),
        };
        self.diagnostics.push(diagnostic);
    }

    /// Reads the cells, and proves what can be proved of the rows if all could be read.
    fn read_rows(&mut self, definition: &'f Table, table: &mut TableInfo) {
        let before = self.diagnostics.len();
        for (index, column) in table.inputs.iter_mut().enumerate() {
            let cells = || {
                definition
                    .rows
                    .iter()
                    .filter_map(|row| row.inputs.get(index))
            };
            column.blank = !definition.rows.is_empty()
                && (cells().all(|cell| cell.alternatives.is_empty())
                    || cells().flat_map(|cell| &cell.alternatives).any(is_blank));
            let texts = cells().flat_map(|cell| &cell.alternatives);
            column.texts = texts.filter_map(literal_text).collect();
            column.texts.sort_unstable();
            column.texts.dedup();
        }
        for row in &definition.rows {
            let cells = row.inputs.iter().zip(&table.inputs).map(|(cell, column)| {
                cell.alternatives
                    .iter()
                    .filter_map(|alternative| self.cell(alternative, column))
                    .collect()
            });
            let cells = cells.collect();
            table.cells.push(cells);
        }
        let typed = table.inputs.iter().all(|column| !column.type_.is_error());
        let read = definition
            .rows
            .iter()
            .flat_map(|row| &row.inputs)
            .all(|cell| !cell.error);
        let sound = typed && read && definition.complete && self.diagnostics.len() == before;
        if sound && !definition.rows.is_empty() {
            if definition.hit.value == HitPolicy::Marginal {
                table.bands = self.bands(definition, table);
            } else {
                self.prove(definition, table);
            }
        }
    }

    /// A cell's alternative as the plan has it.
    fn cell(&mut self, alternative: &Alternative, column: &Column) -> Option<Cell> {
        let has_order = matches!(column.type_, Type::Number(_) | Type::Date(_));
        match &alternative.kind {
            AlternativeKind::Blank => Some(Cell::Blank),
            AlternativeKind::Equal(literal) => self.literal(literal, column).map(Cell::Equal),
            AlternativeKind::Range { .. } if column.type_.is_error() => None,
            AlternativeKind::Range { .. } if !has_order => {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::TABLE_CELL,
                        alternative.span,
                        format!(
                            "the column `{}` holds {}, which has no order",
                            column.name, column.type_
                        ),
                    )
                    .help("list what is meant, as in `a | b`"),
                );
                None
            }
            AlternativeKind::Range {
                from,
                from_included,
                to,
                to_included,
            } => {
                let mut end = |end: &Option<Spanned<String>>| match end {
                    None => Some(None),
                    Some(literal) => self.literal(literal, column).map(Some),
                };
                let (from, to) = (end(from), end(to));
                let (from, to) = (from?, to?);
                Some(Cell::Range {
                    after: from.is_some() && !from_included,
                    before: to.is_some() && !to_included,
                    from,
                    to,
                })
            }
        }
    }

    fn literal(&mut self, written: &Spanned<String>, column: &Column) -> Option<Literal> {
        let text = written.as_str();
        let (literal, wants) = match &column.type_ {
            Type::Error | Type::Quotient(_) | Type::Set(_) => return None,
            Type::Boolean => (text.parse().ok().map(Literal::Boolean), "`true` or `false`"),
            Type::Number(_) => (
                Number::parse(text).ok().map(Literal::Number),
                "a number, such as 12.50",
            ),
            Type::Date(_) => (
                text.parse().ok().map(Literal::Date),
                "a date, such as 2026-01-31",
            ),
            Type::Text { .. } => (Some(Literal::Text(text.to_owned())), "a text"),
            Type::Choice(choice) => {
                let options = &choice.set.options;
                if !options.iter().any(|option| option == text) {
                    let diagnostic = Diagnostic::error(
                        codes::UNKNOWN_OPTION,
                        written.span,
                        format!("`{}` has no option `{text}`", choice.set.id),
                    );
                    self.diagnostics.push(
                        match closest(text, options.iter().map(String::as_str)) {
                            Some(meant) => diagnostic
                                .help(format!("is `{meant}` meant?"))
                                .suggest(written.span, meant),
                            None => {
                                diagnostic.help(format!("its options are {}", options.join(", ")))
                            }
                        },
                    );
                    return None;
                }
                (Some(Literal::Text(text.to_owned())), "an option")
            }
        };
        if literal.is_none() {
            self.diagnostics.push(Diagnostic::error(
                codes::TABLE_CELL,
                written.span,
                format!("the column `{}` wants {wants}, not `{text}`", column.name),
            ));
        }
        literal
    }

    /// Proves that a table leaves no case out and, if it is `unique`, that no two rows meet.
    fn prove(&mut self, definition: &Table, table: &TableInfo) {
        let domains: Vec<Vec<Interval>> = table.inputs.iter().map(Column::domain).collect();
        let rows: Vec<RowBox> = table
            .cells
            .iter()
            .map(|row| {
                row.iter()
                    .zip(&table.inputs)
                    .zip(&domains)
                    .map(|((cells, column), domain)| column.intervals(cells, domain))
                    .collect()
            })
            .collect();
        let findings = sweep(&domains, &rows);
        let id = &definition.table.value;

        for gap in findings.gaps.iter().take(MAX_REPORTED) {
            let case = describe(&table.inputs, gap);
            let mut diagnostic = Diagnostic::error(
                codes::TABLE_GAP,
                definition.table.span,
                format!("the table `{id}` has no row for {case}"),
            )
            .help("add a row for it, or a last row of `-` with `hit: first`");
            if findings.gaps.len() > MAX_REPORTED {
                diagnostic = diagnostic.here("there are further gaps");
            }
            self.diagnostics.push(diagnostic);
        }
        let unique = definition.hit.value == HitPolicy::Unique;
        if unique {
            for overlap in findings.overlaps.iter().take(MAX_REPORTED) {
                let case = describe(&table.inputs, &overlap.region);
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::TABLE_OVERLAP,
                        definition.rows[overlap.second].span,
                        format!("this row and an earlier one both apply to {case}"),
                    )
                    .label(definition.rows[overlap.first].span, "the earlier row")
                    .help(
                        "narrow one of the two, or write `hit: first` if the earlier row is to win",
                    ),
                );
            }
        }
        if !findings.proved {
            self.diagnostics.push(
                Diagnostic::note(
                    codes::TABLE_NOT_PROVED,
                    definition.table.span,
                    format!(
                        "not proved: the table `{id}` leaves no case out and its rows do not meet"
                    ),
                )
                .help("split it into smaller tables"),
            );
            return;
        }
        let overlapping = |row: usize| findings.overlaps.iter().any(|o| o.second == row);
        for &row in &findings.never_first {
            if unique && overlapping(row) {
                continue;
            }
            self.diagnostics.push(
                Diagnostic::warning(
                    codes::TABLE_ROW_UNUSED,
                    definition.rows[row].span,
                    "this row never applies",
                )
                .help("its cells lie outside the limits of the inputs, or earlier rows cover it"),
            );
        }
    }

    /// The bands of a marginal table, if they meet and cover the input.
    fn bands(&mut self, definition: &Table, table: &TableInfo) -> Option<Bands> {
        let span = definition.hit.span;
        let mut wrong = |span: Span, message: String, help: &str| {
            self.diagnostics
                .push(Diagnostic::error(codes::TABLE_BANDS, span, message).help(help));
            None
        };
        let [column] = table.inputs.as_slice() else {
            return wrong(
                span,
                "a marginal table has one input column".to_owned(),
                "make one table for each case, or use `hit: unique`",
            );
        };
        let (Type::Number(domain), [Type::Number(_)]) = (&column.type_, table.outputs.as_slice())
        else {
            return wrong(
                span,
                "a marginal table has a number as its input and one rate as its output".to_owned(),
                "write the rate as `type: decimal`, such as 0.05 for 5 %",
            );
        };
        let mut bands = Vec::new();
        for (row, cells) in definition.rows.iter().zip(&table.cells) {
            let band = match cells.first().map(Vec::as_slice) {
                Some([]) => Some((Number::ZERO, None)),
                Some([Cell::Range { from, to, .. }]) => Some((
                    end_of(from.as_ref()).unwrap_or(Number::ZERO),
                    end_of(to.as_ref()),
                )),
                _ => None,
            };
            let (Some((from, to)), Some(Constant::Number { value: rate, .. })) =
                (band, row.outputs.first().map(|output| &output.value))
            else {
                let message = "a row of a marginal table is one band with one rate".to_owned();
                return wrong(row.span, message, "write the band as a range: `[0..50000]`");
            };
            if to.is_some_and(|to| to <= from) {
                let message = format!("the band ends at {}, where it begins", to.unwrap_or(from));
                return wrong(row.span, message, "a band must end above its start");
            }
            bands.push((from, to, *rate, row.span));
        }
        bands.sort_by(|a, b| a.0.cmp(&b.0));
        for pair in bands.windows(2) {
            let ((_, end, _, first), (start, _, _, second)) = (pair[0], pair[1]);
            let message = match end {
                Some(end) if end == start => continue,
                Some(end) if end < start => {
                    format!("no band covers what lies between {end} and {start}")
                }
                _ => format!("two bands cover what lies above {start}"),
            };
            self.diagnostics.push(
                Diagnostic::error(codes::TABLE_BANDS, second, message)
                    .label(first, "the band below")
                    .help("each band must begin where the one below ends"),
            );
            return None;
        }
        let (start, end) = (bands.first()?.0, bands.last()?.1);
        let base = start.max(Number::ZERO);
        if base > Number::ZERO.max(domain.bounds.min) || domain.bounds.min.is_negative() {
            let least = domain.bounds.min;
            let message = if least.is_negative() {
                format!("the input can be as low as {least}, and bands begin at 0")
            } else {
                format!("the lowest band begins at {start}, and the input can be {least}")
            };
            return wrong(
                bands[0].3,
                message,
                "begin the lowest band at 0, and give the input a `min` of at least 0",
            );
        }
        if let Some(end) = end.filter(|end| *end < domain.bounds.max) {
            let message = format!(
                "the highest band ends at {end}, and the input can be {}",
                domain.bounds.max
            );
            let last = bands[bands.len() - 1].3;
            return wrong(
                last,
                message,
                "leave the end of the highest band open: `[1000..)`",
            );
        }
        Some(Bands {
            bands: bands
                .into_iter()
                .map(|(from, to, rate, _)| (from, to, rate))
                .collect(),
        })
    }
}

fn end_of(literal: Option<&Literal>) -> Option<Number> {
    match literal {
        Some(Literal::Number(number)) => Some(*number),
        _ => None,
    }
}

fn is_blank(alternative: &Alternative) -> bool {
    alternative.kind == AlternativeKind::Blank
}

fn literal_text(alternative: &Alternative) -> Option<String> {
    match &alternative.kind {
        AlternativeKind::Equal(text) => Some(text.value.clone()),
        _ => None,
    }
}

impl Bands {
    /// The type of a marginal look-up, whose rates are of the given type.
    pub fn result(&self, input: NumberType, rate: &Type) -> Result<Type, TooManyDigits> {
        let Type::Number(rate) = rate else {
            return Ok(Type::Error);
        };
        let unit = input.unit.product(rate.unit).unwrap_or(Unit::Money);
        let ends = self
            .bands
            .iter()
            .flat_map(|(from, to, _)| [Some(*from), *to]);
        let ends: Vec<Number> = ends.flatten().collect();
        let finest = ends.iter().map(|end| end.normalized().scale()).max();
        let scale = input.scale.max(finest.unwrap_or(0)) + rate.scale;
        // The sum runs straight between the ends of the bands.
        let corners = ends
            .into_iter()
            .filter(|end| input.bounds.contains(*end))
            .chain([input.bounds.min, input.bounds.max]);
        let mut bounds: Option<Bounds> = None;
        for corner in corners {
            let sum = self.sum(corner).ok_or(TooManyDigits { digits: None })?;
            let point = Bounds::point(sum);
            bounds = Some(bounds.map_or(point, |bounds| bounds.hull(point)));
        }
        let bounds = bounds.unwrap_or(Bounds::of_ints(0, 0));
        NumberType {
            unit,
            scale,
            bounds,
        }
        .fitting()
        .map(Type::Number)
    }

    fn sum(&self, input: Number) -> Option<Number> {
        self.bands
            .iter()
            .try_fold(Number::ZERO, |sum, (from, to, rate)| {
                let top = to.map_or(input, |to| to.min(input));
                if top <= *from {
                    return Some(sum);
                }
                sum.checked_add(top.checked_sub(*from)?.checked_mul(*rate)?)
            })
    }
}

impl Column {
    /// The whole numbers that stand for the column's inputs.
    fn domain(&self) -> Vec<Interval> {
        let last = |count: usize| Interval::new(0, count as i128 - 1);
        let values = match &self.type_ {
            Type::Boolean => last(2),
            Type::Choice(choice) => last(choice.set.options.len()),
            // One position more than there are texts, for any other text.
            Type::Text { .. } => last(self.texts.len() + 1),
            Type::Date(days) => Interval::new(days.min.number().into(), days.max.number().into()),
            Type::Number(number) => match (
                units(number.bounds.min, number.scale, RoundMode::Up),
                units(number.bounds.max, number.scale, RoundMode::Down),
            ) {
                (Some(first), Some(last)) => Interval::new(first, last),
                _ => None,
            },
            Type::Quotient(_) | Type::Set(_) | Type::Error => None,
        };
        let blank = self.blank.then_some(BLANK);
        blank.into_iter().chain(values).collect()
    }

    /// The whole numbers that a cell accepts; an empty cell accepts all.
    fn intervals(&self, cells: &[Cell], domain: &[Interval]) -> Vec<Interval> {
        if cells.is_empty() {
            return domain.to_vec();
        }
        cells
            .iter()
            .filter_map(|cell| self.interval(cell))
            .collect()
    }

    fn interval(&self, cell: &Cell) -> Option<Interval> {
        match cell {
            Cell::Blank => Some(BLANK),
            Cell::Equal(literal) => match (literal, &self.type_) {
                (Literal::Boolean(value), _) => Some(Interval::point((*value).into())),
                (Literal::Text(text), Type::Choice(choice)) => {
                    let position = choice.set.options.iter().position(|o| o == text)?;
                    Some(Interval::point(position as i128))
                }
                (Literal::Text(text), _) => {
                    let position = self.texts.iter().position(|t| t == text)?;
                    Some(Interval::point(position as i128))
                }
                (Literal::Date(day), _) => Some(Interval::point(day.number().into())),
                (Literal::Number(number), Type::Number(type_)) => {
                    number.units_at(type_.scale).map(Interval::point)
                }
                (Literal::Number(_), _) => None,
            },
            Cell::Range {
                from,
                after,
                to,
                before,
            } => {
                let first = match from {
                    None => i128::MIN + 1,
                    Some(from) => self.end(from, RoundMode::Up, i128::from(*after))?,
                };
                let last = match to {
                    None => i128::MAX,
                    Some(to) => self.end(to, RoundMode::Down, -i128::from(*before))?,
                };
                Interval::new(first, last)
            }
        }
    }

    /// The outermost whole number within an end of a range; `step` is added where the end itself is
    /// excluded.
    fn end(&self, literal: &Literal, mode: RoundMode, step: i128) -> Option<i128> {
        match (literal, &self.type_) {
            (Literal::Date(day), _) => Some(i128::from(day.number()) + step),
            (Literal::Number(number), Type::Number(type_)) => {
                match number.units_at(type_.scale) {
                    Some(units) => Some(units + step),
                    // An end between two whole numbers excludes neither.
                    None => units(*number, type_.scale, mode),
                }
            }
            _ => None,
        }
    }

    /// What a part of the column holds, in the form's own terms.
    fn describe(&self, interval: Interval) -> String {
        if interval == BLANK {
            return "blank".to_owned();
        }
        let one = |value: i128| -> String {
            let position = usize::try_from(value).unwrap_or(usize::MAX);
            match &self.type_ {
                Type::Boolean => (value == 1).to_string(),
                Type::Choice(choice) => choice
                    .set
                    .options
                    .get(position)
                    .cloned()
                    .unwrap_or_default(),
                Type::Text { .. } => match self.texts.get(position) {
                    Some(text) => format!("\"{text}\""),
                    None => "any other text".to_owned(),
                },
                Type::Date(_) => i64::try_from(value)
                    .ok()
                    .and_then(counterfoil_engine::date::Day::from_number)
                    .map_or_else(String::new, |day| day.to_string()),
                Type::Number(number) => {
                    let digits = if number.unit == Unit::Money {
                        number.scale
                    } else {
                        0
                    };
                    Number::new(value, number.scale)
                        .map_or_else(String::new, |number| number.to_string_with(digits))
                }
                Type::Quotient(_) | Type::Set(_) | Type::Error => String::new(),
            }
        };
        if interval.first == interval.last {
            return one(interval.first);
        }
        match &self.type_ {
            Type::Number(_) | Type::Date(_) => {
                format!("{} to {}", one(interval.first), one(interval.last))
            }
            _ => one(interval.first),
        }
    }
}

/// A number in units of a scale, rounded where it is finer.
fn units(number: Number, scale: u8, mode: RoundMode) -> Option<i128> {
    number
        .round_to(Number::new(1, scale)?, mode)?
        .units_at(scale)
}

/// A part of a table's inputs: "zone R1 and use_class industrial". Columns of which all is meant are
/// left out, unless that leaves nothing.
fn describe(columns: &[Column], region: &Region) -> String {
    let parts: Vec<String> = columns
        .iter()
        .zip(region)
        .filter(|(column, interval)| {
            let domain = column.domain();
            domain.len() != 1 || domain[0] != **interval
        })
        .map(|(column, interval)| format!("{} {}", column.name, column.describe(*interval)))
        .collect();
    if parts.is_empty() {
        return "any input at all".to_owned();
    }
    parts.join(" and ")
}

impl Lowering<'_, '_> {
    /// Whether an argument goes into a column: its type, limits, digits and presence.
    pub(super) fn fits_column(&mut self, argument: &Typed, column: &Column, table: &str) -> bool {
        let text = self.checker.text(argument.span);
        let outside = |inner: String, outer: String| {
            Diagnostic::error(
                codes::TABLE_INPUT,
                argument.span,
                format!(
                    "`{text}` can be {inner}, and the column `{}` of `{table}` goes from {outer}",
                    column.name
                ),
            )
            .help("widen the column's limits and add rows, or look up a narrower value")
        };
        let problem = match (&argument.type_, &column.type_) {
            (Type::Error, _) | (_, Type::Error) => return false,
            (Type::Number(number), Type::Number(domain)) => {
                if number.unit.same(domain.unit).is_none() {
                    let message = format!(
                        "the column `{}` of `{table}` is {}, and this is {}",
                        column.name, column.type_, argument.type_
                    );
                    Some(Diagnostic::error(codes::UNIT_CLASH, argument.span, message))
                } else if number.scale > domain.scale {
                    Some(
                        Diagnostic::error(
                            codes::TABLE_INPUT,
                            argument.span,
                            format!(
                                "`{text}` can have {} digits after the point, and the column `{}` of \
                                 `{table}` has {}",
                                number.scale, column.name, domain.scale
                            ),
                        )
                        .help("round it first, or declare the column with that `scale`"),
                    )
                } else if !domain.bounds.covers(number.bounds) {
                    Some(outside(
                        format!("{} to {}", number.bounds.min, number.bounds.max),
                        format!("{} to {}", domain.bounds.min, domain.bounds.max),
                    ))
                } else {
                    None
                }
            }
            (Type::Date(days), Type::Date(domain)) => (!domain.covers(*days)).then(|| {
                let show = |days: &Days| format!("{} to {}", days.min, days.max);
                outside(show(days), show(domain))
            }),
            (Type::Choice(a), Type::Choice(b)) if a == b => None,
            (Type::Boolean, Type::Boolean) | (Type::Text { .. }, Type::Text { .. }) => None,
            (Type::Quotient(_), Type::Number(_)) => {
                let rounded = self.rounded(argument.clone(), "an input of a table");
                return !rounded.type_.is_error();
            }
            (given, wanted) => Some(Diagnostic::error(
                codes::TYPE_CLASH,
                argument.span,
                format!(
                    "the column `{}` of `{table}` holds {wanted}, and this is {given}",
                    column.name
                ),
            )),
        };
        if let Some(diagnostic) = problem {
            self.diagnostics.push(diagnostic);
            return false;
        }
        column.blank || self.present(argument)
    }

    /// The output column that is read, with its type.
    pub(super) fn output(
        &mut self,
        position: usize,
        table: &TableInfo,
        wanted: Option<&Spanned<String>>,
        span: Span,
    ) -> Option<(String, Type)> {
        let definition = &self.checker.form.tables[position];
        let id = definition.table.as_str();
        let outputs = &definition.outputs;
        let names = || outputs.iter().map(|output| output.name.as_str());
        let index = match wanted {
            Some(wanted) => names().position(|name| name == wanted.value),
            None => (outputs.len() == 1).then_some(0),
        };
        if let Some(index) = index {
            let name = outputs[index].name.value.clone();
            return Some((name, table.outputs.get(index)?.clone()));
        }
        let all = names().collect::<Vec<_>>().join("`, `.");
        let diagnostic = match wanted {
            Some(wanted) => {
                let diagnostic = Diagnostic::error(
                    codes::UNKNOWN_NAME,
                    wanted.span,
                    format!("the table `{id}` has no output `{}`", wanted.value),
                );
                match closest(wanted.as_str(), names()) {
                    Some(meant) => diagnostic
                        .help(format!("is `{meant}` meant?"))
                        .suggest(wanted.span, meant),
                    None => diagnostic.help(format!("its outputs are `.{all}`")),
                }
            }
            None => Diagnostic::error(
                codes::ARGUMENTS,
                span,
                format!("the table `{id}` has several outputs"),
            )
            .help(format!("say which one, after the parenthesis: `.{all}`")),
        };
        self.diagnostics.push(diagnostic);
        None
    }
}
