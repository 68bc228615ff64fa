//! Types, presence and lowering: from a form as written to the expressions of its plan.
//!
//! Everything that can be read elsewhere (a field's `when`, a value, a rule) is lowered once and
//! remembered. [`dependencies`] gives the order in which this is done, so that nothing is asked for
//! before it is there, and reports what depends on itself.

mod aggregates;
mod attributes;
mod bare_words;
mod calls;
mod collect;
mod comparisons;
mod conjunctions;
mod dates;
mod declared;
mod dependencies;
mod depth;
mod durations;
mod functions;
mod limits;
mod literals;
mod lowered;
mod lowering;
mod names;
mod obligation;
mod operators;
mod other_days;
mod periods;
mod presence;
mod ranges;
mod rounding;
mod site;
mod table;
mod text_functions;
mod text_lengths;
mod typed;
mod working_days;

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use counterfoil_engine::plan::{self, Expr, Requirement};

use crate::{
    definition::{self, FormDefinition, Line},
    diagnostic::Diagnostic,
    expression::Expr as Source,
    names::Names,
    source::SourceMap,
    types::{ChoiceType, Days, Type},
};

pub use dates::near;
pub use dependencies::Node;
pub use depth::depth;
pub use functions::FunctionInfo;
pub use lowering::FUNCTIONS;
pub use obligation::{Obligation, Open, Within};
pub use periods::Hole;
pub use site::{Lines, Site};
pub use table::TableInfo;
pub use typed::{Assumption, Reads, Typed};

/// Something that is worked out once.
#[derive(Clone, Debug, Default)]
enum Memo<T> {
    /// Not yet asked for.
    #[default]
    New,
    /// Being worked out; asking again means that it depends on itself, which is reported elsewhere.
    Open,
    /// Known.
    Done(T),
}

/// What a rule says in the plan.
#[derive(Clone, Debug)]
pub struct RuleParts {
    /// When it applies.
    pub when: Option<Expr>,
    /// What must hold.
    pub require: Expr,
}

/// A fee or entitlement line as lowered.
#[derive(Clone, Debug)]
pub struct LineParts {
    /// When it applies.
    pub when: Option<Expr>,
    /// Its amount.
    pub amount: Typed,
}

/// On which days a parameter is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ParameterReads {
    /// On the day that `rules_of` names.
    pub own_day: bool,
    /// On other days.
    pub other_days: bool,
}

/// Checks a form. Diagnostics collect as it goes; what is wrong becomes [`Type::Error`], which goes
/// with everything in silence.
pub struct Checker<'f> {
    /// The form as written.
    pub form: &'f FormDefinition,
    /// Its files.
    pub sources: &'f SourceMap,
    /// Its names.
    pub names: Names<'f>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// What is left to be proved once the plan is there.
    pub open: Vec<Open>,
    /// Days on which a parameter has no value though it may be read.
    pub holes: Vec<Hole>,
    /// Fields from whose date somebody's age is worked out.
    pub births: BTreeSet<String>,
    /// Types of fields and their limits as the plan states them, by position in the names.
    pub fields: Vec<declared::Declared>,
    /// Types of facts and their limits, by position.
    pub facts: Vec<declared::Declared>,
    /// Types of parameters, by position.
    pub parameters: Vec<Type>,
    /// On which days parameters are read, by position.
    pub parameter_reads: Vec<ParameterReads>,
    /// Sets of options whose attributes are read, by their ids.
    pub attributed: BTreeMap<String, ChoiceType>,
    /// Patterns that fields refer to.
    pub patterns: BTreeMap<String, Box<plan::Pattern>>,
    /// The days that `today` can be.
    pub today: Days,
    /// Fee lines that have been lowered.
    pub fees: Vec<LineParts>,
    /// Entitlement lines that have been lowered.
    pub entitlements: Vec<LineParts>,
    page_whens: Vec<Memo<Option<Expr>>>,
    field_whens: Vec<Memo<Option<Expr>>>,
    field_requirements: Vec<Memo<Requirement>>,
    group_requirements: Vec<Memo<Requirement>>,
    values: Vec<Memo<Typed>>,
    rules: Vec<Vec<Memo<RuleParts>>>,
    tables: Vec<Memo<Rc<TableInfo>>>,
    functions: Vec<Memo<Rc<FunctionInfo>>>,
    /// Functions in the order in which they were worked out: each after those that it calls.
    pub function_order: Vec<usize>,
}

impl<'f> Checker<'f> {
    /// A checker that has declared the form's names and types and looked into what depends on what.
    pub fn new(form: &'f FormDefinition, sources: &'f SourceMap) -> Self {
        let mut diagnostics = Vec::new();
        let names = Names::collect(form, &mut diagnostics);
        let mut checker = Self {
            page_whens: vec![Memo::New; form.pages.len()],
            field_whens: vec![Memo::New; names.fields.len()],
            field_requirements: vec![Memo::New; names.fields.len()],
            group_requirements: vec![Memo::New; names.groups.len()],
            values: vec![Memo::New; names.values.len()],
            rules: form
                .decisions
                .iter()
                .map(|decision| vec![Memo::New; decision.rules.len()])
                .collect(),
            tables: vec![Memo::New; form.tables.len()],
            functions: vec![Memo::New; form.functions.len()],
            function_order: Vec::new(),
            form,
            sources,
            names,
            diagnostics,
            open: Vec::new(),
            holes: Vec::new(),
            births: BTreeSet::new(),
            fields: Vec::new(),
            facts: Vec::new(),
            parameters: Vec::new(),
            parameter_reads: vec![ParameterReads::default(); form.parameters.len()],
            attributed: BTreeMap::new(),
            patterns: BTreeMap::new(),
            today: declared::effective_days(form),
            fees: Vec::new(),
            entitlements: Vec::new(),
        };
        checker.declare();
        for node in dependencies::order(&mut checker) {
            checker.work_out(node);
        }
        checker.work_out_lines();
        checker
    }

    /// Works out one thing, those on which it depends being there.
    fn work_out(&mut self, node: Node) {
        match node {
            Node::Page(page) => drop(self.page_when(page)),
            Node::Field(field) => {
                self.field_when(field);
                self.field_requirement(field);
                self.report_never_asked(field);
            }
            Node::Group(group) => drop(self.group_requirement(group)),
            Node::Value(value) => drop(self.value(value)),
            Node::Rule(decision, rule) => drop(self.rule(decision, rule)),
            Node::Table(table) => drop(self.table(table)),
            Node::Function(function) => drop(self.function(function)),
            Node::Parameter(_) => {}
        }
    }

    fn work_out_lines(&mut self) {
        let form = self.form;
        for (index, line) in form.fees.iter().enumerate() {
            let parts = self.line(line, Lines::Fees(index));
            self.fees.push(parts);
        }
        for (index, line) in form.entitlements.iter().enumerate() {
            let parts = self.line(line, Lines::Entitlements(index));
            self.entitlements.push(parts);
        }
    }

    fn line(&mut self, line: &'f Line, lines: Lines) -> LineParts {
        let site = Site {
            lines,
            ..Site::FORM
        };
        let when = self.when(line.when.as_ref(), site, &[]);
        let assumed = Assumption::under(line.when.as_ref(), when.as_ref(), Reads::Form);
        let amount = self.amount(&line.amount, site, assumed.as_slice());
        LineParts { when, amount }
    }

    /// When a page is asked.
    pub fn page_when(&mut self, page: usize) -> Option<Expr> {
        match &self.page_whens[page] {
            Memo::Done(when) => return when.clone(),
            Memo::Open => return None,
            Memo::New => self.page_whens[page] = Memo::Open,
        }
        let form = self.form;
        let when = self.when(form.pages[page].when.as_ref(), Site::FORM, &[]);
        self.page_whens[page] = Memo::Done(when.clone());
        when
    }

    /// When a field is asked, besides its page's condition.
    pub fn field_when(&mut self, field: usize) -> Option<Expr> {
        match &self.field_whens[field] {
            Memo::Done(when) => return when.clone(),
            Memo::Open => return None,
            Memo::New => self.field_whens[field] = Memo::Open,
        }
        let entry = &self.names.fields[field];
        let (source, page, site) = (&entry.field.when, entry.page, Site::in_group(entry.group));
        let assumed = self.page_assumption(page);
        let when = self.when(source.as_ref(), site, &assumed);
        self.field_whens[field] = Memo::Done(when.clone());
        when
    }

    /// Whether a field must be answered when it is asked.
    pub fn field_requirement(&mut self, field: usize) -> Requirement {
        match &self.field_requirements[field] {
            Memo::Done(required) => return required.clone(),
            Memo::Open => return Requirement::Always,
            Memo::New => self.field_requirements[field] = Memo::Open,
        }
        let entry = &self.names.fields[field];
        let (source, site) = (entry.field.required.as_ref(), Site::in_group(entry.group));
        let assumed = self.shown(field);
        let required = self.requirement(source, Requirement::Always, site, &assumed);
        self.field_requirements[field] = Memo::Done(required.clone());
        required
    }

    /// Whether records of a group must be given when it is asked.
    pub fn group_requirement(&mut self, group: usize) -> Requirement {
        match &self.group_requirements[group] {
            Memo::Done(required) => return required.clone(),
            Memo::Open => return Requirement::Always,
            Memo::New => self.group_requirements[group] = Memo::Open,
        }
        let entry = &self.names.groups[group];
        let (source, page) = (entry.group, entry.page);
        let default = match &source.min {
            Some(min) if min.value > 0 => Requirement::Always,
            _ => Requirement::Never,
        };
        let assumed = self.page_assumption(page);
        let required = self.requirement(source.required.as_ref(), default, Site::FORM, &assumed);
        self.group_requirements[group] = Memo::Done(required.clone());
        required
    }

    fn requirement(
        &mut self,
        source: Option<&'f definition::Requirement>,
        default: Requirement,
        site: Site,
        assumed: &[Assumption],
    ) -> Requirement {
        match source {
            None => default,
            Some(definition::Requirement::Always(_)) => Requirement::Always,
            Some(definition::Requirement::Never(_)) => Requirement::Never,
            Some(definition::Requirement::When(condition)) => {
                match self.condition(condition, site, assumed) {
                    Some(condition) => Requirement::When(condition),
                    None => default,
                }
            }
        }
    }

    /// A computed value.
    pub fn value(&mut self, value: usize) -> Typed {
        let entry = &self.names.values[value];
        let span = entry.value.expr.span;
        match &self.values[value] {
            Memo::Done(typed) => return typed.clone(),
            Memo::Open => return Typed::error(span),
            Memo::New => self.values[value] = Memo::Open,
        }
        let (source, group) = (&entry.value.expr, entry.group);
        let assumed = match group {
            Some(group) => self.page_assumption(self.names.groups[group].page),
            None => Vec::new(),
        };
        let mut typed = self.scalar(source, Site::in_group(group), &assumed, "a value");
        typed.type_ = typed.type_.named();
        self.values[value] = Memo::Done(typed.clone());
        typed
    }

    /// A rule of a decision.
    pub fn rule(&mut self, decision: usize, rule: usize) -> Option<RuleParts> {
        match &self.rules[decision][rule] {
            Memo::Done(parts) => return Some(parts.clone()),
            Memo::Open => return None,
            Memo::New => self.rules[decision][rule] = Memo::Open,
        }
        let form = self.form;
        let source = &form.decisions[decision].rules[rule];
        let when = self.when(source.when.as_ref(), Site::FORM, &[]);
        let assumed = Assumption::under(source.when.as_ref(), when.as_ref(), Reads::Form);
        let require = self.condition(&source.require, Site::FORM, assumed.as_slice());
        let parts = RuleParts {
            when,
            require: require.unwrap_or(Expr::Blank),
        };
        self.rules[decision][rule] = Memo::Done(parts.clone());
        Some(parts)
    }

    /// What holds where a page is asked.
    pub fn page_assumption(&mut self, page: usize) -> Vec<Assumption> {
        let when = self.page_when(page);
        when.into_iter().map(Assumption::of_form).collect()
    }

    /// What holds where a field is asked.
    pub fn shown(&mut self, field: usize) -> Vec<Assumption> {
        let entry = &self.names.fields[field];
        let (page, group) = (entry.page, entry.group);
        let mut assumed = self.page_assumption(page);
        if let Some(when) = self.field_when(field) {
            let reads = if group.is_some() {
                Reads::Record
            } else {
                Reads::Form
            };
            assumed.push(Assumption { expr: when, reads });
        }
        assumed
    }

    fn when(
        &mut self,
        source: Option<&'f Source>,
        site: Site,
        assumed: &[Assumption],
    ) -> Option<Expr> {
        source.and_then(|source| self.condition(source, site, assumed))
    }

    /// What is written at a place.
    pub(crate) fn text(&self, span: crate::source::Span) -> &'f str {
        self.sources.slice(span)
    }
}
