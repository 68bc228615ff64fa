//! What an explanation is drawn from, and the pieces that all of its parts use.

use std::collections::BTreeSet;

use super::{Explanation, Kind, Options};
use crate::{
    answers::Answers,
    context::Context,
    evaluate::{At, Evaluation, RecordAt, State, report_of, to_data},
    format,
    letters::capitalised,
    plan::{Expr, Plan, Table, Texts, Type},
    program::{FieldNode, TableNode, ValueNode},
    report::ReportOf,
    words::{Words, words},
};

/// Most nodes of one explanation; what a person is told must end, and what a crafted plan costs too.
const MOST_NODES: usize = 2_000;

/// Where an expression stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scope<'s, 'a> {
    /// What the expression has at hand.
    pub at: At<'s, 'a>,
    /// The group whose fields are written without its name.
    pub group: Option<&'a str>,
}

/// Names that mean something only where an expression stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// The function that is being worked out.
    pub function: Option<usize>,
    /// Its named results so far, with their types.
    pub named: Vec<(String, Option<Type>)>,
    /// The table whose rows are being gone through.
    pub table: Option<usize>,
}

pub(super) struct Explainer<'a> {
    pub plan: &'a Plan,
    pub texts: &'a Texts,
    pub evaluation: Evaluation<'a>,
    pub report: ReportOf<'a>,
    pub words: Words,
    pub options: Options,
    /// What has been told in full already; the next time its figure is enough. Written out, since a set
    /// of texts is in what browsers download anyway, and each other kind of set would add to it.
    pub told: BTreeSet<String>,
    pub frame: Frame,
    /// The type of a calculation whose literals do not say theirs.
    pub expected: Option<Type>,
    /// How many nodes may still be added.
    left: usize,
}

impl<'a> Explainer<'a> {
    pub fn new(
        plan: &'a Plan,
        locale: &str,
        answers: &'a Answers,
        context: &'a Context,
        options: Options,
    ) -> Self {
        let run = || Evaluation::run(plan.program(), answers, context);
        let report = report_of(plan, run());
        Self {
            plan,
            texts: plan.texts_or_default(locale),
            evaluation: run(),
            words: words(plan, locale, &report),
            report,
            options,
            told: BTreeSet::new(),
            frame: Frame::default(),
            expected: None,
            left: MOST_NODES,
        }
    }

    /// Whether no further node may be added.
    pub fn is_full(&self) -> bool {
        self.left == 0
    }

    /// Adds a reason, unless the same one is there already or there are too many.
    pub fn add(&mut self, reasons: &mut Vec<Explanation>, reason: Explanation) {
        if self.left > 0 && !reasons.contains(&reason) {
            self.left -= 1;
            reasons.push(reason);
        }
    }

    /// A step on the way, all of which its sentence says.
    pub fn step(&self, kind: Kind, text: String) -> Explanation {
        Explanation {
            kind,
            node: None,
            label: None,
            value: None,
            text,
            source: None,
            expression: None,
            because: Vec::new(),
        }
    }

    /// What something comes to; without a value it is not known yet.
    pub fn stated(&self, kind: Kind, label: &str, value: Option<String>) -> Explanation {
        let shown = value
            .clone()
            .unwrap_or_else(|| self.text("explain.unknown"));
        Explanation {
            label: Some(label.to_owned()),
            value,
            ..self.step(kind, self.statement(label, &shown))
        }
    }

    /// The text of that key.
    pub fn text(&self, key: &str) -> String {
        self.texts.text(key).to_owned()
    }

    pub fn source(&self, key: &str) -> Option<String> {
        self.plan.sources().get(key).cloned()
    }

    /// What the form calls something, or its id.
    pub fn label(&self, key: &str, id: &str) -> String {
        let own = self.texts.get(&format!("{key}.label"));
        own.unwrap_or(id).to_owned()
    }

    pub fn group_title(&self, group: usize) -> String {
        let id = &self.plan.program().groups[group].id;
        let own = self.texts.get(&format!("group.{id}.title"));
        own.unwrap_or(id).to_owned()
    }

    /// What a record is called, such as `Street 1`.
    pub fn record_title(&self, at: RecordAt) -> String {
        let id = &self.plan.program().groups[at.group].id;
        let noun = self.texts.get(&format!("group.{id}.record")).unwrap_or(id);
        format!("{} {}", capitalised(noun), at.record + 1)
    }

    /// The label with its record, where it belongs to one.
    pub fn numbered(&self, label: &str, at: Option<RecordAt>) -> String {
        match at {
            Some(at) => format!("{}, {label}", self.record_title(at)),
            None => label.to_owned(),
        }
    }

    /// A state written out; none while it is not known. A blank one is `not answered`.
    pub fn shown(&self, state: &State<'_>, type_: &Type) -> Option<String> {
        match state {
            State::Known(datum) => {
                let data = to_data(datum, type_, self.plan.program().currency_digits);
                Some(format::value(self.texts, &data, type_))
            }
            State::Blank => Some(self.text("explain.blank")),
            _ => None,
        }
    }

    /// The expression as the form states it, where that is wanted.
    pub fn expression(&self, expr: &Expr, scope: Scope<'_, 'a>) -> Option<String> {
        self.options
            .expressions
            .then(|| self.plan.rules().expression_text(expr, scope.group))
    }

    /// The name that rules use, where expressions are wanted.
    pub fn name(&self, id: &str) -> Option<String> {
        self.options.expressions.then(|| id.to_owned())
    }

    pub fn field_at(&self, path: &str) -> Option<(usize, &'a FieldNode)> {
        let mut fields = self.plan.program().fields.iter().enumerate();
        fields.find(|(_, field)| field.path == path)
    }

    pub fn value_at(&self, path: &str) -> Option<(usize, &'a ValueNode)> {
        let mut values = self.plan.program().values.iter().enumerate();
        values.find(|(_, value)| value.path == path)
    }

    /// A table as published, beside its position.
    pub fn table_at(&self, id: &str) -> Option<(usize, &'a Table)> {
        let mut tables = self.plan.rules().tables.iter().enumerate();
        tables.find(|(_, table)| table.table == id)
    }

    pub fn table_node(&self, table: usize) -> &'a TableNode {
        &self.plan.program().tables[table]
    }

    pub fn group_at(&self, id: &str) -> Option<usize> {
        let groups = &self.plan.program().groups;
        groups.iter().position(|group| group.id == id)
    }

    /// The scope of what a group declares, in one of its records.
    pub fn record_scope(&self, at: RecordAt) -> Scope<'a, 'a> {
        Scope {
            at: Some(at).into(),
            group: Some(&self.plan.program().groups[at.group].id),
        }
    }

    /// The record at hand, for something that belongs to its group.
    pub fn own_record(&self, group: Option<usize>, scope: Scope<'_, 'a>) -> Option<RecordAt> {
        scope.at.record.filter(|at| group == Some(at.group))
    }

    /// The path of something in a record, such as `structures[0].base_fee`.
    pub fn path(&self, path: &str, id: &str, at: Option<RecordAt>) -> String {
        match at {
            Some(at) => {
                let group = &self.plan.program().groups[at.group].id;
                format!("{group}[{}].{id}", at.record)
            }
            None => path.to_owned(),
        }
    }
}
