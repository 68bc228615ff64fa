//! The questions of a plan as a search sees them.

use counterfoil_engine::{
    Plan,
    date::Day,
    observe::Inputs,
    plan::{Field, FieldType, PageContent, Period, Requirement},
};

use super::case::{Case, Variable};

/// The questions of a plan.
pub(super) struct Form<'p> {
    pub plan: &'p Plan,
    /// All questions in form order, those of groups included.
    pub questions: Vec<Question<'p>>,
    pub groups: Vec<Records<'p>>,
    pub facts: Vec<FactOf<'p>>,
    /// Days on which something begins to hold or ceases to: those of periods.
    pub days: Vec<Day>,
}

pub(super) struct Question<'p> {
    /// `streets.metres` in a group.
    pub path: String,
    pub id: &'p str,
    pub group: Option<usize>,
    pub type_: &'p FieldType,
    /// Whether it can be left empty.
    pub optional: bool,
}

pub(super) struct Records<'p> {
    pub id: &'p str,
    pub min: u32,
    pub max: u32,
}

pub(super) struct FactOf<'p> {
    pub id: &'p str,
    pub type_: &'p FieldType,
}

impl<'p> Form<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let rules = plan.rules();
        let mut form = Self {
            plan,
            questions: Vec::new(),
            groups: Vec::new(),
            facts: (rules.facts.iter())
                .map(|fact| FactOf {
                    id: &fact.fact,
                    type_: &fact.type_,
                })
                .collect(),
            days: Vec::new(),
        };
        for page in &rules.pages {
            match &page.content {
                PageContent::Fields(fields) => form.add(fields, None),
                PageContent::Group(group) => {
                    form.groups.push(Records {
                        id: &group.group,
                        min: group.min,
                        max: group.max,
                    });
                    form.add(&group.fields, Some(form.groups.len() - 1));
                }
            }
        }
        let periods = rules
            .parameters
            .iter()
            .flat_map(|parameter| &parameter.periods);
        for (period, _) in periods {
            form.days.extend(period.from);
            form.days
                .extend(period.from.and_then(|from| from.add_days(-1)));
            form.days.extend(period.to);
            form.days.extend(period.to.and_then(|to| to.add_days(1)));
        }
        form.days.extend(rules.effective.from);
        form.days.extend(rules.effective.to);
        form.days.sort_unstable();
        form.days.dedup();
        form
    }

    fn add(&mut self, fields: &'p [Field], group: Option<usize>) {
        for field in fields {
            self.questions.push(Question {
                path: match group {
                    Some(group) => format!("{}.{}", self.groups[group].id, field.field),
                    None => field.field.clone(),
                },
                id: &field.field,
                group,
                type_: &field.type_,
                optional: !matches!(field.required, Requirement::Always),
            });
        }
    }

    /// The day on which the form is in force that is nearest to one.
    pub fn nearest_day(&self, day: Day) -> Day {
        let Period { from, to } = self.plan.rules().effective;
        let day = from.map_or(day, |from| day.max(from));
        to.map_or(day, |to| day.min(to))
    }

    pub fn in_force(&self, day: Day) -> bool {
        self.nearest_day(day) == day
    }

    /// The place of a key among the answers, or in a record.
    pub fn rank(&self, key: &str, group: Option<usize>) -> usize {
        let stands = |question: &Question<'_>| match (group, question.group) {
            (None, Some(group)) => self.groups[group].id == key,
            (wanted, found) => wanted == found && question.id == key,
        };
        self.questions.iter().position(stands).unwrap_or(usize::MAX)
    }

    /// The question at a path such as `streets[0].metres`, with its record.
    pub fn question_at(&self, path: &str) -> Option<(usize, Option<usize>)> {
        let (plain, record) = match path.split_once('[') {
            Some((group, rest)) => {
                let (record, id) = rest.split_once("].")?;
                (format!("{group}.{id}"), Some(record.parse().ok()?))
            }
            None => (path.to_owned(), None),
        };
        let question = self
            .questions
            .iter()
            .position(|question| question.path == plain)?;
        Some((question, record))
    }

    /// What can be changed about a case so that an outcome with these inputs changes, nearest first.
    pub fn variables(&self, inputs: &Inputs, case: &Case) -> Vec<Variable> {
        let mut variables = Vec::new();
        for path in &inputs.fields {
            let question = self
                .questions
                .iter()
                .position(|question| question.path == *path);
            variables.extend(
                question
                    .into_iter()
                    .flat_map(|index| self.places(index, case)),
            );
        }
        for id in &inputs.groups {
            let group = self.groups.iter().position(|group| group.id == id);
            variables.extend(group.map(Variable::Records));
        }
        for id in &inputs.facts {
            let fact = self.facts.iter().position(|fact| fact.id == id);
            variables.extend(fact.map(Variable::Fact));
        }
        variables.extend(inputs.day.then_some(Variable::Day));
        variables
    }

    /// What can be changed about the field or group that owns a message.
    pub fn variables_of(&self, owner: &str, case: &Case) -> Vec<Variable> {
        let (kind, path) = owner.split_once('.').unwrap_or_default();
        if kind == "groups" {
            let group = self.groups.iter().position(|group| group.id == path);
            return group.map(Variable::Records).into_iter().collect();
        }
        let question = self
            .questions
            .iter()
            .position(|question| question.path == path);
        question.map_or_else(Vec::new, |index| self.places(index, case))
    }

    /// A question in each record, the first few of them.
    fn places(&self, question: usize, case: &Case) -> Vec<Variable> {
        const RECORDS: usize = 3;
        match self.questions[question].group {
            None => vec![Variable::Question(question, None)],
            Some(group) => (0..case.records(self, group).min(RECORDS))
                .map(|record| Variable::Question(question, Some(record)))
                .collect(),
        }
    }
}
