//! Cases in which a report has an error, as small as can be and in the form's own terms.

use counterfoil_engine::{
    Plan,
    answers::Data,
    evaluate, format,
    plan::{FieldType, Texts, Type},
};

use super::{Aligner, Case, Order, Pools, Wanted, case};
use crate::{diagnostic::Witness, proofs::model::Model};

/// The code of an evaluation that fails.
const ARITHMETIC: &str = "arithmetic";

/// Builds witnesses for a plan.
pub struct Builder<'m, 'p> {
    /// The plan.
    pub plan: &'m Plan,
    /// Its rules.
    pub model: &'m Model<'p>,
    /// Answers to pick from.
    pub pools: &'m Pools,
}

impl Builder<'_, '_> {
    /// A case with what is wanted in which evaluation fails, after so many attempts; `failure` gives the
    /// path at which it fails as is to be shown, and `kept` leaves out of a case what has nothing to do
    /// with it.
    pub fn failing(
        &self,
        wanted: &Wanted,
        attempts: u64,
        failure: &dyn Fn(&Case) -> Option<String>,
        kept: &dyn Fn(&Case) -> Case,
    ) -> Option<Witness> {
        let aligner = Aligner::of(self.plan.published(), self.model, wanted);
        (0..attempts).find_map(|attempt| {
            let mut order = Order::new(attempt + 1);
            let mut case = case(self.model, self.pools, wanted, &mut order);
            if let Some(aligner) = &aligner {
                case = aligner.align(self.model, wanted, case);
            }
            let path = failure(&case)?;
            let fails = |case: &Case| failure(case).as_ref() == Some(&path);
            // Most of a large form has nothing to do with it.
            let few = kept(&case);
            let case = if fails(&few) { few } else { case };
            let case = self.smallest(case, &fails);
            Some(self.witness(case, path))
        })
    }

    /// The case without the answers and facts that it shows without.
    fn smallest(&self, mut case: Case, shows: &dyn Fn(&Case) -> bool) -> Case {
        for index in (0..case.answers.0.len()).rev() {
            let mut smaller = case.clone();
            smaller.answers.0.remove(index);
            if shows(&smaller) {
                case = smaller;
            }
        }
        for index in (0..case.context.facts.len()).rev() {
            let mut smaller = case.clone();
            smaller.context.facts.remove(index);
            if shows(&smaller) {
                case = smaller;
            }
        }
        for index in 0..case.answers.0.len() {
            // Of the records of a group one may do, and of its fields some.
            let Data::List(records) = &case.answers.0[index].1 else {
                continue;
            };
            if !matches!(records.first(), Some(Data::Record(_))) {
                continue;
            }
            let mut smaller = case.clone();
            if let Data::List(records) = &mut smaller.answers.0[index].1 {
                records.truncate(1);
            }
            if shows(&smaller) {
                case = smaller;
            }
        }
        case
    }

    fn witness(&self, case: Case, path: String) -> Witness {
        let texts = self.plan.texts_or_default(self.plan.default_locale());
        let mut lines = Vec::new();
        for (key, data) in &case.answers.0 {
            match self.model.field_at(key) {
                Some(at) => lines.push(line(texts, key, data, &at.field.type_, None)),
                None => self.record_lines(texts, key, data, &mut lines),
            }
        }
        for (key, data) in &case.context.facts {
            if let Some(type_) = self.model.fact(key) {
                lines.push(format!("{key}: {}", shown(texts, "fact", key, data, type_)));
            }
        }
        Witness {
            answers: case.answers,
            context: case.context,
            path,
            error: ARITHMETIC.to_owned(),
            lines,
        }
    }

    fn record_lines(&self, texts: &Texts, group: &str, data: &Data, lines: &mut Vec<String>) {
        let Data::List(records) = data else { return };
        for (number, record) in records.iter().enumerate() {
            let Data::Record(entries) = record else {
                continue;
            };
            for (key, data) in entries {
                let path = format!("{group}.{key}");
                if let Some(at) = self.model.field_at(&path) {
                    let type_ = &at.field.type_;
                    lines.push(line(texts, &path, data, type_, Some(number + 1)));
                }
            }
        }
    }
}

/// An answer as a person reads it: "How many stalls?: 0".
fn line(
    texts: &Texts,
    path: &str,
    data: &Data,
    type_: &FieldType,
    record: Option<usize>,
) -> String {
    let label = texts.text(&format!("field.{path}.label")).to_owned();
    let label = label.trim_end_matches(['?', ':', '.']);
    let number = record.map_or_else(String::new, |number| format!(" {number}"));
    format!(
        "{label}{number}: {}",
        shown(texts, "field", path, data, type_)
    )
}

fn shown(texts: &Texts, kind: &str, path: &str, data: &Data, type_: &FieldType) -> String {
    let labels = format!("{kind}.{path}");
    let type_ = match type_ {
        FieldType::Boolean { .. } => Type::Boolean,
        FieldType::Integer { .. } => Type::Integer,
        FieldType::Decimal { .. } => Type::Decimal,
        FieldType::Money { .. } => Type::Money,
        FieldType::Text { .. } => Type::Text,
        FieldType::Date { .. } => Type::Date,
        FieldType::Duration { unit, .. } => Type::Duration { unit: Some(*unit) },
        FieldType::DateRange { .. } => Type::DateRange,
        FieldType::Choice { .. } => Type::Choice { labels },
        FieldType::Set { .. } => Type::Set { labels },
    };
    format::value(texts, data, &type_)
}

/// The paths at which evaluation fails.
pub fn failures(plan: &Plan, case: &Case) -> Vec<String> {
    let report = evaluate(plan, &case.answers, &case.context);
    let errors = report.map(|report| report.errors).unwrap_or_default();
    let failed = errors.into_iter().filter(|error| error.code == ARITHMETIC);
    failed.map(|error| error.path.into_owned()).collect()
}
