//! Compares two versions of a form by what they do: over the cases of their tests, over generated answers
//! and over recorded submissions.
//!
//! Every difference has a cause: the changed definition that makes it when it alone is put into the old
//! version. Differences with one target and one cause stand together, with the smallest case that shows
//! them.

mod causes;
mod definitions;
mod details;
mod drafts;
mod outcomes;

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::{
    Answers, Plan, Report,
    answers::{Data, Entries, Entry},
    date::Day,
    evaluate,
    observe::Observer,
    plan::{PageContent, Rules},
};
use serde::{Serialize, ser::SerializeStruct as _};

use self::{causes::Causes, outcomes::outcomes};
pub use self::{
    definitions::{Definition, TextChange},
    drafts::Break,
    outcomes::Kind,
};
use crate::search::{Case, Options, Search};

/// A version of a form with the cases of its tests.
pub struct Version<'a> {
    /// Its plan.
    pub plan: &'a Plan,
    /// The cases of its tests, by name.
    pub tests: Vec<(String, Case)>,
}

/// Where a case comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A test of the old or the new version, by name.
    Test(String),
    /// Found by a search.
    Generated,
    /// A recorded submission, by its line from 1.
    Submission(usize),
}

/// How many cases were compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Cases of tests.
    pub tests: usize,
    /// Generated cases.
    pub generated: usize,
    /// Recorded submissions.
    pub submissions: usize,
}

/// Differences of one kind, in one place, for one cause.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What kind.
    pub kind: Kind,
    /// Where: `fees.base`, `decisions.closure`, `errors.event_date`, `status`, `values.closed_metres`.
    pub target: String,
    /// The changed definitions that make it, such as `parameters.stall_fee.period.2`; none where only several
    /// changes together do.
    pub causes: Vec<String>,
    /// How many cases show it.
    pub cases: usize,
    /// How many of them are recorded submissions.
    pub submissions: usize,
    /// For amounts: the least and the greatest difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<(String, String)>,
    /// The smallest case that shows it.
    pub smallest: Example,
}

/// A case with what either version makes of it. As JSON, answers and facts of a recorded submission are
/// `null`: they are a citizen's and stay in their file.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Where it comes from.
    pub origin: Origin,
    /// The day of evaluation.
    pub as_of: Day,
    /// The office's facts.
    pub facts: Entries<'static>,
    /// The answers. Those of a recorded submission are a citizen's: handle them as such.
    pub answers: Answers,
    /// What the old version has at the target.
    pub old: String,
    /// What the new version has there.
    pub new: String,
}

impl Serialize for Example {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own = !matches!(self.origin, Origin::Submission(_));
        let record = |entries: &[Entry<'static>]| own.then(|| Data::Record(entries.to_vec()));
        let mut example = serializer.serialize_struct("Example", 6)?;
        example.serialize_field("origin", &self.origin)?;
        example.serialize_field("as_of", &self.as_of)?;
        example.serialize_field("facts", &record(&self.facts))?;
        example.serialize_field("answers", &record(&self.answers.0))?;
        example.serialize_field("old", &self.old)?;
        example.serialize_field("new", &self.new)?;
        example.end()
    }
}

/// What differs between two versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What the rules define differently.
    pub definitions: Vec<Definition>,
    /// Texts and sources that differ.
    pub texts: Vec<TextChange>,
    /// What answers kept from the old version meet in the new one.
    pub drafts: Vec<Break>,
    /// What cases come out differently.
    pub changes: Vec<Change>,
    /// How many cases were compared.
    pub compared: Compared,
}

impl Comparison {
    /// Whether nothing differs at all.
    pub fn is_same(&self) -> bool {
        self.definitions.is_empty() && self.texts.is_empty() && self.changes.is_empty()
    }

    /// Whether texts and sources differ and nothing else.
    pub fn is_texts_only(&self) -> bool {
        !self.texts.is_empty() && self.definitions.is_empty() && self.changes.is_empty()
    }
}

/// Compares two versions of a form. `submissions` are cases as they were recorded under the old one.
pub fn compare(
    old: &Version<'_>,
    new: &Version<'_>,
    submissions: &[Case],
    options: Options,
) -> Comparison {
    let definitions = definitions::changes(old.plan.rules(), new.plan.rules());
    let mut comparison = Comparison {
        texts: definitions::texts(old.plan, new.plan),
        drafts: drafts::breaks(old.plan.rules(), new.plan.rules()),
        changes: Vec::new(),
        compared: Compared::default(),
        definitions,
    };
    // Equal rules give equal reports, whatever the answers.
    if old.plan.rules() == new.plan.rules() {
        return comparison;
    }
    let causes = Causes::new(old.plan, new.plan, &comparison.definitions);
    let mut groups = Groups::default();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut count = |origin: &Origin| match origin {
        Origin::Test(_) => comparison.compared.tests += 1,
        Origin::Generated => comparison.compared.generated += 1,
        Origin::Submission(_) => comparison.compared.submissions += 1,
    };
    for (origin, pair) in cases(old, new, options) {
        if known.insert(format!("{:?}", pair.old)) {
            count(&origin);
            look(old.plan, new.plan, &causes, &origin, &pair, &mut groups);
        }
    }
    for (index, case) in submissions.iter().enumerate() {
        let origin = Origin::Submission(index + 1);
        count(&origin);
        let pair = Pair {
            old: case.clone(),
            new: case.clone(),
        };
        look(old.plan, new.plan, &causes, &origin, &pair, &mut groups);
    }
    comparison.changes = groups.changes();
    comparison
}

/// A case as either version is asked it. The new version may ask more, and then gets the simplest answers.
struct Pair {
    old: Case,
    new: Case,
}

fn cases(old: &Version<'_>, new: &Version<'_>, options: Options) -> Vec<(Origin, Pair)> {
    let (old_observer, new_observer) = (Observer::new(old.plan), Observer::new(new.plan));
    let mut old_search = Search::new(&old_observer, options);
    let mut new_search = Search::new(&new_observer, options);
    let mut cases: Vec<(Origin, Case)> = Vec::new();
    for (name, case) in old.tests.iter().chain(&new.tests) {
        cases.push((Origin::Test(name.clone()), case.clone()));
    }
    let generated = old_search.survey().into_iter().chain(new_search.survey());
    cases.extend(generated.map(|case| (Origin::Generated, case)));
    cases
        .into_iter()
        .map(|(origin, case)| {
            let asked = known_to(old.plan.rules(), &case);
            let is_complete = |plan: &Plan, case: &Case| {
                evaluate(plan, &case.answers, &case.context())
                    .is_ok_and(|report| report.missing.is_empty())
            };
            let mut pair = Pair {
                new: known_to(new.plan.rules(), &case),
                old: asked,
            };
            // What is complete in one version is made complete in the other, so that totals compare.
            match (
                is_complete(old.plan, &pair.old),
                is_complete(new.plan, &pair.new),
            ) {
                (true, false) => pair.new = new_search.fill_in(pair.new),
                (false, true) => pair.old = old_search.fill_in(pair.old),
                _ => {}
            }
            (origin, pair)
        })
        .collect()
}

/// The case without answers and facts that a version does not know.
fn known_to(rules: &Rules, case: &Case) -> Case {
    let mut case = case.clone();
    case.facts
        .retain(|(key, _)| rules.facts.iter().any(|fact| fact.fact == *key));
    let groups = rules.pages.iter().filter_map(|page| match &page.content {
        PageContent::Group(group) => Some((group.group.as_str(), &group.fields)),
        PageContent::Fields(_) => None,
    });
    let groups: BTreeMap<&str, _> = groups.collect();
    let fields: BTreeSet<&str> = (rules.pages.iter())
        .flat_map(|page| match &page.content {
            PageContent::Fields(fields) => fields.as_slice(),
            PageContent::Group(_) => &[],
        })
        .map(|field| field.field.as_str())
        .collect();
    case.answers
        .0
        .retain(|(key, _)| fields.contains(&**key) || groups.contains_key(&**key));
    for (key, data) in &mut case.answers.0 {
        let (Some(fields), Data::List(records)) = (groups.get(&**key), data) else {
            continue;
        };
        for record in records {
            if let Data::Record(entries) = record {
                entries.retain(|(key, _)| fields.iter().any(|field| field.field == *key));
            }
        }
    }
    case
}

fn look(
    old: &Plan,
    new: &Plan,
    causes: &Causes<'_>,
    origin: &Origin,
    pair: &Pair,
    groups: &mut Groups,
) {
    let report = |plan: &Plan, case: &Case| -> Option<Report> {
        evaluate(plan, &case.answers, &case.context()).ok()
    };
    let (before, after) = (report(old, &pair.old), report(new, &pair.new));
    let recorded = matches!(origin, Origin::Submission(_));
    for outcome in outcomes(before.as_ref(), after.as_ref(), recorded) {
        let causes = causes.of(&outcome.target, &pair.old, &pair.new);
        groups.add(outcome, causes, origin, &pair.new);
    }
}

/// Changes by kind, target and cause.
#[derive(Default)]
struct Groups(BTreeMap<(Kind, String, Vec<String>), Change>);

impl Groups {
    fn add(
        &mut self,
        outcome: outcomes::Outcome,
        causes: Vec<String>,
        origin: &Origin,
        case: &Case,
    ) {
        let key = (outcome.kind, outcome.target.clone(), causes.clone());
        let example = Example {
            origin: origin.clone(),
            as_of: case.as_of,
            facts: case.facts.clone(),
            answers: case.answers.clone(),
            old: outcome.old,
            new: outcome.new,
        };
        let amount = outcome.difference;
        let change = self.0.entry(key).or_insert_with(|| Change {
            kind: outcome.kind,
            target: outcome.target,
            causes,
            cases: 0,
            submissions: 0,
            between: amount.map(|amount| (amount.to_string(), amount.to_string())),
            smallest: example.clone(),
        });
        change.cases += 1;
        change.submissions += usize::from(matches!(origin, Origin::Submission(_)));
        if let (Some((least, greatest)), Some(amount)) = (&mut change.between, amount) {
            outcomes::widen(least, greatest, amount);
        }
        // A generated or own case says as much as a citizen's, and shows nothing of anybody.
        let rank = |example: &Example| {
            let size = Case {
                as_of: example.as_of,
                facts: example.facts.clone(),
                answers: example.answers.clone(),
            };
            (matches!(example.origin, Origin::Submission(_)), size.size())
        };
        if rank(&example) < rank(&change.smallest) {
            change.smallest = example;
        }
    }

    fn changes(self) -> Vec<Change> {
        self.0.into_values().collect()
    }
}
