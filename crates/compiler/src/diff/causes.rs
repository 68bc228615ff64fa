//! Which changed definition makes a difference: each is put into the old version alone, and taken out of
//! the new one alone, and the case is evaluated again.

use std::collections::BTreeMap;

use counterfoil_engine::{
    Plan, evaluate,
    observe::{Goal, Observer, SiteKind},
    plan::{Field, Group, PageContent, Published, Rules, Value},
};

use super::{definitions::Definition, known_to, outcomes::figure};
use crate::search::Case;

/// The changed definitions, each by itself.
pub(super) struct Causes<'a> {
    old: &'a Plan,
    new: &'a Plan,
    observers: [Observer<'a>; 2],
    mixed: Vec<Mixed>,
}

/// A definition with the two versions in which it alone is another's. A mixture can be unsound, and is then
/// left out.
struct Mixed {
    name: String,
    put_in: Option<Plan>,
    taken_out: Option<Plan>,
}

impl<'a> Causes<'a> {
    pub fn new(old: &'a Plan, new: &'a Plan, definitions: &[Definition]) -> Self {
        let mixed = definitions
            .iter()
            .map(|definition| Mixed {
                name: definition.name.clone(),
                put_in: mixture(old, new, &definition.name),
                taken_out: mixture(new, old, &definition.name),
            })
            .collect();
        Self {
            old,
            new,
            observers: [Observer::new(old), Observer::new(new)],
            mixed,
        }
    }

    /// The definitions that make the difference at a target; none where only several together do.
    pub fn of(&self, target: &str, old_case: &Case, new_case: &Case) -> Vec<String> {
        let at = |plan: &Plan, case: &Case| {
            let case = known_to(plan.rules(), case);
            let report = evaluate(plan, &case.answers, &case.context()).ok();
            figure(report.as_ref(), target)
        };
        let (before, after) = (at(self.old, old_case), at(self.new, new_case));
        let makes = |mixed: &&Mixed| {
            mixed
                .put_in
                .as_ref()
                .is_some_and(|plan| at(plan, old_case) != before)
        };
        let made = |mixed: &&Mixed| {
            mixed
                .taken_out
                .as_ref()
                .is_some_and(|plan| at(plan, new_case) != after)
        };
        let mut causes: Vec<&Mixed> = self.mixed.iter().filter(makes).collect();
        if causes.is_empty() {
            causes = self.mixed.iter().filter(made).collect();
        }
        let parts = causes
            .iter()
            .flat_map(|mixed| self.part(&mixed.name, old_case, new_case));
        let mut parts: Vec<String> = parts.collect();
        parts.sort();
        parts.dedup();
        parts
    }

    /// The rows or periods of a definition that either version reaches and that differ; the definition itself
    /// where it has no such parts.
    fn part(&self, name: &str, old_case: &Case, new_case: &Case) -> Vec<String> {
        let [old, new] = &self.observers;
        let mut parts = self.reached(new, self.old, name, new_case);
        if parts.is_empty() {
            parts = self.reached(old, self.new, name, old_case);
        }
        if parts.is_empty() {
            parts.push(name.to_owned());
        }
        parts
    }

    fn reached(
        &self,
        observer: &Observer<'_>,
        other: &Plan,
        name: &str,
        case: &Case,
    ) -> Vec<String> {
        let case = known_to(observer.plan().rules(), case);
        let Ok((_, observation)) = observer.observe(&case.answers, &case.context()) else {
            return Vec::new();
        };
        let (mine, theirs) = (observer.plan().rules(), other.rules());
        let sites = observer
            .sites()
            .iter()
            .enumerate()
            .filter(|(_, site)| site.owner == name);
        sites
            .filter(|(site, _)| {
                observation.reaches(Goal {
                    site: *site,
                    outcome: true,
                })
            })
            .filter(|(_, site)| match site.kind {
                SiteKind::Row(row) => {
                    let rows = |rules: &Rules| {
                        let id = name.strip_prefix("tables.")?;
                        let table = rules.tables.iter().find(|table| table.table == id)?;
                        table.rows.get(row).cloned()
                    };
                    rows(mine) != rows(theirs)
                }
                SiteKind::Period(period) => {
                    let periods = |rules: &Rules| {
                        let id = name.strip_prefix("parameters.")?;
                        let mut parameters = rules.parameters.iter();
                        let parameter = parameters.find(|parameter| parameter.parameter == id)?;
                        parameter.periods.get(period).cloned()
                    };
                    periods(mine) != periods(theirs)
                }
                _ => false,
            })
            .map(|(_, site)| site.name.clone())
            .collect()
    }
}

/// A plan with one definition of another.
fn mixture(base: &Plan, other: &Plan, name: &str) -> Option<Plan> {
    let mut rules = base.rules().clone();
    put(&mut rules, other.rules(), name)?;
    let base = base.published();
    let texts = base.texts.values().cloned().collect::<Vec<_>>();
    Plan::load(Published::new(rules, texts, base.sources.clone())).ok()
}

/// Puts a definition of other rules in place of one's own.
fn put(rules: &mut Rules, other: &Rules, name: &str) -> Option<()> {
    let (kind, id) = name.split_once('.')?;
    match kind {
        "parameters" => one(&mut rules.parameters, &other.parameters, id, |p| {
            &p.parameter
        }),
        "tables" => one(&mut rules.tables, &other.tables, id, |table| &table.table),
        "functions" => one(&mut rules.functions, &other.functions, id, |f| &f.function),
        "facts" => one(&mut rules.facts, &other.facts, id, |fact| &fact.fact),
        "checks" => one(&mut rules.checks, &other.checks, id, |check| &check.check),
        "fees" => one(&mut rules.fees, &other.fees, id, |line| &line.line),
        "entitlements" => one(&mut rules.entitlements, &other.entitlements, id, |l| {
            &l.line
        }),
        "rules" => {
            let (decision, rule) = id.split_once('.')?;
            let theirs = other.decisions.iter().find(|d| d.decision == decision)?;
            let ours = rules
                .decisions
                .iter_mut()
                .find(|d| d.decision == decision)?;
            one(&mut ours.rules, &theirs.rules, rule, |rule| &rule.rule);
        }
        "values" | "fields" if id.contains('.') => {
            let (group, id) = id.split_once('.')?;
            let theirs = groups(other).remove(group)?.clone();
            let ours = group_mut(rules, group)?;
            if kind == "values" {
                one(&mut ours.values, &theirs.values, id, |value: &Value| {
                    &value.value
                });
            } else {
                one(&mut ours.fields, &theirs.fields, id, |field: &Field| {
                    &field.field
                });
            }
        }
        "values" => one(&mut rules.values, &other.values, id, |value| &value.value),
        "fields" => field(rules, other, id)?,
        "groups" => {
            let theirs = groups(other).remove(id)?.clone();
            let ours = group_mut(rules, id)?;
            ours.when = theirs.when;
            ours.required = theirs.required;
            (ours.min, ours.max) = (theirs.min, theirs.max);
        }
        "pages" => {
            let theirs = other.pages.iter().find(|page| page.page == id)?;
            let ours = rules.pages.iter_mut().find(|page| page.page == id)?;
            ours.when.clone_from(&theirs.when);
        }
        "form" if id == "effective" => rules.effective = other.effective,
        "form" if id == "rules_of" => rules.rules_of.clone_from(&other.rules_of),
        "form" if id == "leap_birthday" => rules.leap_birthday = other.leap_birthday,
        "form" if id == "weekend" => rules.weekend.clone_from(&other.weekend),
        _ => return None,
    }
    Some(())
}

/// Replaces, adds or takes out an entry of a list.
fn one<T: Clone>(ours: &mut Vec<T>, theirs: &[T], id: &str, name: impl Fn(&T) -> &String) {
    let position = theirs.iter().position(|entry| name(entry) == id);
    let own = ours.iter().position(|entry| name(entry) == id);
    match (own, position) {
        (Some(own), Some(position)) => ours[own] = theirs[position].clone(),
        (Some(own), None) => {
            ours.remove(own);
        }
        (None, Some(position)) => {
            ours.insert(position.min(ours.len()), theirs[position].clone());
        }
        (None, None) => {}
    }
}

fn groups(rules: &Rules) -> BTreeMap<&str, &Group> {
    let groups = rules.pages.iter().filter_map(|page| match &page.content {
        PageContent::Group(group) => Some((group.group.as_str(), &**group)),
        PageContent::Fields(_) => None,
    });
    groups.collect()
}

fn group_mut<'r>(rules: &'r mut Rules, id: &str) -> Option<&'r mut Group> {
    rules
        .pages
        .iter_mut()
        .find_map(|page| match &mut page.content {
            PageContent::Group(group) if group.group == id => Some(&mut **group),
            _ => None,
        })
}

/// A single field, on the page that it stands on.
fn field(rules: &mut Rules, other: &Rules, id: &str) -> Option<()> {
    fn holds(page: &counterfoil_engine::plan::Page, id: &str) -> bool {
        matches!(&page.content, PageContent::Fields(fields)
            if fields.iter().any(|field| field.field == id))
    }
    let theirs = other.pages.iter().find(|page| holds(page, id));
    let page = rules
        .pages
        .iter()
        .position(|page| holds(page, id))
        .or_else(|| {
            let theirs = theirs?;
            rules.pages.iter().position(|page| page.page == theirs.page)
        })?;
    let PageContent::Fields(ours) = &mut rules.pages.get_mut(page)?.content else {
        return None;
    };
    let theirs = match theirs.map(|page| &page.content) {
        Some(PageContent::Fields(fields)) => fields.as_slice(),
        _ => &[],
    };
    one(ours, theirs, id, |field| &field.field);
    Some(())
}
