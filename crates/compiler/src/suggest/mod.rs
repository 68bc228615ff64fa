//! Suggests tests: the smallest answers that reach what no test covers, with the report as it is today.
//!
//! Whether that report is right only a person can say; what is confirmed is a test for nothing.

mod expect;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::{
    Report,
    answers::Data,
    observe::{Goal, Observation, Observer, SiteKind},
    plan::{PageContent, Rules},
};

pub use write::{append, document};

use crate::{
    coverage::{Category, Gap, Places, describe},
    search::{Case, Options, Search},
};

/// A test that a person has yet to confirm.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Its name: what it shows first.
    pub test: String,
    /// What it covers that no test before it does, in the form's own terms.
    pub covers: Vec<String>,
    /// What is evaluated.
    pub case: Case,
    /// What is expected: the report as it is today, as far as it is determined.
    pub expect: Data,
}

/// Suggestions, and what none was found for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    /// The tests, those of rules first and those of messages last.
    pub tests: Vec<Suggestion>,
    /// What was not reached within the budget. It may be impossible.
    pub unreached: Vec<Gap>,
}

/// A case that was found for an outcome.
struct Found {
    goals: Vec<Goal>,
    case: Case,
    report: Report,
    observation: Observation,
}

/// Suggests tests for gaps of coverage. `known` are the cases of tests that there are, `taken` their names.
pub fn suggest(
    observer: &Observer<'_>,
    gaps: &[Gap],
    known: &[Case],
    taken: &[String],
    options: Options,
    places: &Places,
) -> Suggestions {
    let mut search = Search::new(observer, options);
    for case in known {
        search.learn(case);
    }
    let mut suggestions = Suggestions::default();
    let mut found: Vec<Found> = Vec::new();
    let mut covered: BTreeSet<Goal> = BTreeSet::new();
    let mut ordered: Vec<&Gap> = gaps.iter().collect();
    ordered.sort_by_key(|gap| match gap.category {
        Category::Figures => 1,
        Category::Messages => 2,
        _ => 0,
    });
    for gap in ordered {
        if covered.contains(&gap.goal) {
            continue;
        }
        let cases = search.reach_ends(gap.goal);
        if cases.is_empty() {
            suggestions.unreached.push(gap.clone());
        }
        for case in cases {
            let evaluated = observer.observe(&case.answers, &case.context());
            let Ok((report, observation)) = evaluated else {
                continue;
            };
            covered.extend(reached(gaps, &observation));
            if found.iter().all(|other| other.case != case) {
                found.push(Found {
                    goals: vec![gap.goal],
                    case,
                    report,
                    observation,
                });
            }
        }
    }
    let found = merge_messages(observer, gaps, found);
    let mut names: BTreeSet<String> = taken.iter().cloned().collect();
    let mut told: BTreeSet<Goal> = BTreeSet::new();
    for found in found {
        let mut new: Vec<Goal> = reached(gaps, &found.observation);
        new.retain(|goal| told.insert(*goal));
        let name = name_of(observer, &found, places);
        suggestions.tests.push(Suggestion {
            test: unique(name, &mut names),
            covers: new
                .iter()
                .map(|goal| describe(observer, *goal, places))
                .collect(),
            expect: expect::expectation(observer, &found),
            case: found.case,
        });
    }
    suggestions
}

fn reached(gaps: &[Gap], observation: &Observation) -> Vec<Goal> {
    gaps.iter()
        .map(|gap| gap.goal)
        .filter(|goal| observation.reaches(*goal))
        .collect()
}

/// A name that says what the case was made for.
fn name_of(observer: &Observer<'_>, found: &Found, places: &Places) -> String {
    let mut texts = found
        .goals
        .iter()
        .map(|goal| describe(observer, *goal, places));
    let mut name = texts.next().unwrap_or_default();
    match texts.len() {
        0 => {}
        1 => {
            name.push_str(" and ");
            name.push_str(&texts.next().unwrap_or_default());
        }
        more => name.push_str(&format!(" and {more} more messages")),
    }
    name
}

fn unique(name: String, names: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number: u32| format!("{name} ({number})"));
    let free = std::iter::once(name.clone())
        .chain(numbered)
        .find(|name| !names.contains(name))
        .unwrap_or(name);
    names.insert(free.clone());
    free
}

/// Puts messages about the questions of one page into one case, as long as all is still covered.
fn merge_messages(observer: &Observer<'_>, gaps: &[Gap], found: Vec<Found>) -> Vec<Found> {
    let pages = pages(observer.plan().rules());
    let page_of = |found: &Found| {
        let site = &observer.sites()[found.goals.first()?.site];
        match site.kind {
            SiteKind::Message { .. } => pages.get(site.owner.as_str()).copied(),
            _ => None,
        }
    };
    let mut merged: Vec<Found> = Vec::new();
    for found in found {
        let page = page_of(&found);
        let joined = page.is_some().then(|| {
            merged
                .iter_mut()
                .filter(|other| page_of(other) == page)
                .any(|other| {
                    let Some(case) = union(&other.case, &found.case) else {
                        return false;
                    };
                    let Ok((report, observation)) =
                        observer.observe(&case.answers, &case.context())
                    else {
                        return false;
                    };
                    let goals = [other.goals.as_slice(), &found.goals].concat();
                    let covered =
                        [&other.observation, &found.observation].map(|o| reached(gaps, o));
                    let mut kept = goals.iter().chain(covered.iter().flatten());
                    let sound = kept.all(|goal| observation.reaches(*goal));
                    if sound {
                        *other = Found {
                            goals,
                            case,
                            report,
                            observation,
                        };
                    }
                    sound
                })
        });
        if joined != Some(true) {
            merged.push(found);
        }
    }
    merged
}

/// The page of each field and group, by the owner of its messages.
fn pages(rules: &Rules) -> BTreeMap<String, usize> {
    let mut pages = BTreeMap::new();
    for (index, page) in rules.pages.iter().enumerate() {
        let (fields, prefix) = match &page.content {
            PageContent::Fields(fields) => (fields, String::new()),
            PageContent::Group(group) => {
                pages.insert(format!("groups.{}", group.group), index);
                (&group.fields, format!("{}.", group.group))
            }
        };
        for field in fields {
            pages.insert(format!("fields.{prefix}{}", field.field), index);
        }
    }
    pages
}

/// Both cases in one, where they do not contradict each other.
fn union(a: &Case, b: &Case) -> Option<Case> {
    if a.as_of != b.as_of || a.facts != b.facts {
        return None;
    }
    let mut case = a.clone();
    for (key, data) in &b.answers.0 {
        match case.answers.0.iter_mut().find(|(known, _)| known == key) {
            None => case.answers.0.push((key.clone(), data.clone())),
            Some((_, Data::List(records))) => join_first_record(records, data)?,
            Some((_, known)) if known == data => {}
            Some(_) => return None,
        }
    }
    Some(case)
}

/// Two lists of one record each as one, where they answer different questions.
fn join_first_record(records: &mut [Data], other: &Data) -> Option<()> {
    let ([Data::Record(entries)], Data::List(other)) = (records, other) else {
        return None;
    };
    let [Data::Record(other)] = other.as_slice() else {
        return None;
    };
    for (key, data) in other {
        match entries.iter().find(|(known, _)| known == key) {
            None => entries.push((key.clone(), data.clone())),
            Some((_, known)) if known == data => {}
            Some(_) => return None,
        }
    }
    Some(())
}
