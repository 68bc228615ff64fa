//! Questions: what was answered, why something is asked or not, and why it must be answered.

use super::{
    Explanation, Kind,
    explainer::{Explainer, Scope},
    types::field_type,
};
use crate::{
    evaluate::{Asked, RecordAt, State},
    plan::{Expr, Field, Group, PageContent, Requirement},
    program::{Node, Required},
};

impl<'a> Explainer<'a> {
    pub(super) fn asked(&self, field: usize, at: Option<RecordAt>) -> &Asked {
        let program = self.plan.program();
        match (at, program.fields[field].group) {
            (Some(at), Some(group)) if group == at.group => {
                let offset = field - program.groups[group].fields.start;
                &self.evaluation.groups[group].records[at.record].asked[offset]
            }
            _ => &self.evaluation.asked[field],
        }
    }

    fn answer_state(&self, field: usize, at: Option<RecordAt>) -> &State<'a> {
        let node = &self.plan.program().fields[field];
        match at {
            Some(RecordAt { group, record }) => {
                &self.evaluation.groups[group].records[record].slots[node.slot]
            }
            None => &self.evaluation.scalars[node.slot],
        }
    }

    /// A question with its answer, and the reason where it is not asked.
    pub(super) fn answer(&mut self, index: usize, scope: Scope<'_, 'a>) -> Explanation {
        let field = &self.plan.program().fields[index];
        let at = self.own_record(field.group, scope);
        let asked = self.asked(index, at).clone();
        let mut told = self.answer_head(index, at);
        let record = at.map(|at| at.record);
        if asked.shown != Some(true) && self.told.insert(format!("hidden {index} {record:?}")) {
            told.because = self.whether_asked(index, at, asked.shown);
        }
        told
    }

    /// A question with its answer alone.
    fn answer_head(&self, index: usize, at: Option<RecordAt>) -> Explanation {
        let field = &self.plan.program().fields[index];
        let key = format!("field.{}", field.path);
        let asked = self.asked(index, at);
        let state = self.answer_state(index, at);
        let shown = match state {
            State::Known(_) => {
                let shown = self.shown(state, &field_type(field));
                // Nothing chosen of a set is the empty set.
                let shown = shown.filter(|shown| !shown.is_empty());
                let shown = shown.unwrap_or_else(|| self.text("explain.blank"));
                Some(match self.texts.get(&format!("{key}.unit")) {
                    Some(unit) => format!("{shown} {unit}"),
                    None => shown,
                })
            }
            _ => None,
        };
        let status = match (asked.shown, state) {
            (Some(false), _) if asked.given => Some("explain.ignored"),
            (Some(false), _) => Some("explain.not_asked"),
            (None, _) => Some("explain.unknown"),
            (_, State::Known(_)) => None,
            _ if asked.fault.is_some() => Some("explain.wrong"),
            (_, State::Blank) => Some("explain.blank"),
            _ if asked.missing => Some("explain.missing"),
            _ => Some("explain.unknown"),
        };
        let label = self.numbered(&self.label(&key, &field.id), at);
        let status = status.map(|key| self.text(key));
        let told = self.stated(Kind::Field, &label, shown.clone().or(status));
        Explanation {
            node: Some(self.path(&field.path, &field.id, at)),
            value: shown,
            expression: self.name(&field.path),
            ..told
        }
    }

    /// A question by itself: its answer, what is wrong with it, why it is asked and must be answered.
    pub(super) fn field(&mut self, index: usize, scope: Scope<'_, 'a>) -> Explanation {
        let node = &self.plan.program().fields[index];
        let at = self.own_record(node.group, scope);
        let asked = self.asked(index, at).clone();
        let mut told = self.answer_head(index, at);
        let mut because = Vec::new();
        let path = told.node.clone().unwrap_or_default();
        let errors: Vec<String> = self
            .words
            .errors
            .iter()
            .filter(|error| error.path == path)
            .map(|error| error.message.clone())
            .collect();
        for message in errors {
            let reason = self.step(Kind::Error, message);
            self.add(&mut because, reason);
        }
        because.extend(self.whether_asked(index, at, asked.shown));
        if because.is_empty() && asked.shown == Some(true) {
            let reason = self.step(Kind::Condition, self.text("explain.asked.always"));
            self.add(&mut because, reason);
        }
        if asked.shown == Some(true)
            && let Some(declared) = self.declared_field(index)
        {
            let required = (&declared.required, &node.required);
            self.whether_required(required.0, required.1, scope, &mut because);
        }
        told.because = because;
        told
    }

    /// Why a question is asked, or not, or perhaps: the conditions of its page, group and its own.
    fn whether_asked(
        &mut self,
        index: usize,
        at: Option<RecordAt>,
        shown: Option<bool>,
    ) -> Vec<Explanation> {
        let node = &self.plan.program().fields[index];
        let mut reasons = self.page_conditions(node.page, node.group, shown);
        let declared = self.declared_field(index);
        let own = declared.and_then(|field| field.when.as_ref());
        let scope = at.map_or_else(Scope::default, |at| self.record_scope(at));
        let own = self.asked_because((own, node.when.as_ref()), scope, shown);
        reasons.extend(own);
        reasons
    }

    /// Why a page's questions are asked, or not, or perhaps; and those of its group.
    fn page_conditions(
        &mut self,
        page: usize,
        group: Option<usize>,
        shown: Option<bool>,
    ) -> Vec<Explanation> {
        let program = self.plan.program();
        let declared = &self.plan.rules().pages[page];
        let of_page = (declared.when.as_ref(), program.pages[page].when.as_ref());
        let of_group = match (&declared.content, group) {
            (PageContent::Group(declared), Some(group)) => {
                (declared.when.as_ref(), program.groups[group].when.as_ref())
            }
            _ => (None, None),
        };
        let mut reasons = Vec::new();
        for condition in [of_page, of_group] {
            reasons.extend(self.asked_because(condition, Scope::default(), shown));
        }
        reasons
    }

    /// A condition, if it leads to what came of all of them together.
    fn asked_because(
        &mut self,
        condition: (Option<&'a Expr>, Option<&'a Node>),
        scope: Scope<'_, 'a>,
        shown: Option<bool>,
    ) -> Option<Explanation> {
        let (expr, node) = (condition.0?, condition.1?);
        let holds = self.evaluation.condition(Some(node), scope.at.record);
        if holds.unwrap_or(None) != shown {
            return None;
        }
        let key = match shown {
            Some(true) => "explain.asked",
            Some(false) => "explain.asked.not",
            None => "explain.asked.open",
        };
        Some(self.condition(key, expr, node, scope))
    }

    fn whether_required(
        &mut self,
        declared: &'a Requirement,
        node: &'a Required,
        scope: Scope<'_, 'a>,
        reasons: &mut Vec<Explanation>,
    ) {
        let reason = match (declared, node) {
            (Requirement::When(expr), Required::When(node)) => {
                let holds = self.evaluation.condition(Some(node), scope.at.record);
                let key = match holds.unwrap_or(None) {
                    Some(true) => "explain.required",
                    Some(false) => "explain.required.not",
                    None => "explain.required.open",
                };
                self.condition(key, expr, node, scope)
            }
            (Requirement::Never, _) => {
                self.step(Kind::Condition, self.text("explain.required.never"))
            }
            _ => self.step(Kind::Condition, self.text("explain.required.always")),
        };
        self.add(reasons, reason);
    }

    /// A group by the number of its records.
    pub(super) fn group_head(&self, index: usize) -> Explanation {
        let group = &self.plan.program().groups[index];
        let known = &self.evaluation.groups[index];
        let count = known.count().map(|count| count.to_string());
        let status = match known.asked.shown {
            Some(false) if known.asked.given => Some("explain.ignored"),
            Some(false) => Some("explain.not_asked"),
            Some(true) if known.asked.fault.is_some() => Some("explain.wrong"),
            Some(true) if known.asked.missing => Some("explain.missing"),
            _ => None,
        };
        let status = status.map(|key| self.text(key));
        let shown = status.or_else(|| count.clone());
        Explanation {
            node: Some(group.id.clone()),
            value: count,
            expression: self.name(&format!("count({})", group.id)),
            ..self.stated(Kind::Group, &self.group_title(index), shown)
        }
    }

    /// A group by itself: how many records, why it is asked, how many are needed.
    pub(super) fn group(&mut self, index: usize) -> Explanation {
        let program = self.plan.program();
        let group = &program.groups[index];
        let mut because = Vec::new();
        let messages: Vec<String> = self
            .words
            .errors
            .iter()
            .filter(|error| error.path == group.id)
            .map(|error| error.message.clone())
            .collect();
        for message in messages {
            let reason = self.step(Kind::Error, message);
            self.add(&mut because, reason);
        }
        let shown = self.evaluation.groups[index].asked.shown;
        because.extend(self.page_conditions(group.page, Some(index), shown));
        if shown == Some(true)
            && let Some(declared) = self.declared_group(index)
        {
            let scope = Scope::default();
            self.whether_required(&declared.required, &group.required, scope, &mut because);
            let (min, max) = (group.min.to_string(), group.max.to_string());
            let text = self.say("explain.records", &[("min", &min), ("max", &max)], || {
                format!("{min}–{max}")
            });
            let reason = self.step(Kind::Condition, text);
            self.add(&mut because, reason);
        }
        Explanation {
            because,
            ..self.group_head(index)
        }
    }

    /// A group as published.
    pub(super) fn declared_group(&self, index: usize) -> Option<&'a Group> {
        let page = self.plan.program().groups[index].page;
        match &self.plan.rules().pages[page].content {
            PageContent::Group(group) => Some(group),
            PageContent::Fields(_) => None,
        }
    }

    /// A field as published.
    fn declared_field(&self, index: usize) -> Option<&'a Field> {
        let node = &self.plan.program().fields[index];
        let fields = match &self.plan.rules().pages[node.page].content {
            PageContent::Fields(fields) => fields,
            PageContent::Group(group) => &group.fields,
        };
        fields.iter().find(|field| field.field == node.id)
    }
}
