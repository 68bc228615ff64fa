//! The places of a plan, by name and by the node of the program that makes them.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use super::{Guard, Site, SiteKind, inputs::Root};
use crate::{
    number::Number,
    plan::{PageContent, Plan},
    program::{FieldNode, GroupNode, Kind, LineNode, Node, PageItems, Program, Required, Symbol},
};

/// The places of a plan.
pub(super) struct Sites<'p> {
    pub all: Vec<Site>,
    /// What each place hangs on itself, without its guards: nodes with the group whose record is at hand.
    pub roots: Vec<Vec<(Root<'p>, Option<usize>)>>,
    /// The place that a node makes, by the node's address: the plan is borrowed as long as its observer
    /// lives, so that no node moves.
    by_node: BTreeMap<usize, usize>,
    /// First place of the rows of each table, where the table is looked up in.
    pub rows: Vec<Option<usize>>,
    /// First place of the periods of each parameter, where the parameter is read.
    pub periods: Vec<Option<usize>>,
    /// Messages about each field, as code, limit and place.
    pub field_messages: Vec<Vec<(&'static str, Option<&'static str>, usize)>>,
    /// Messages about each group.
    pub group_messages: Vec<Vec<(&'static str, Option<&'static str>, usize)>>,
    pub verdicts: Vec<usize>,
    pub values: Vec<usize>,
    pub fees: Vec<usize>,
    pub entitlements: Vec<usize>,
}

impl Sites<'_> {
    /// The place of a condition or operand, or that of a `??` by its second side.
    pub fn of(&self, node: &Node) -> Option<usize> {
        self.by_node.get(&address(node)).copied()
    }
}

fn address(node: &Node) -> usize {
    std::ptr::from_ref(node).addr()
}

pub(super) fn list(plan: &Plan) -> Sites<'_> {
    let program = plan.program();
    let mut listing = Listing {
        program,
        sites: Sites {
            all: Vec::new(),
            roots: Vec::new(),
            by_node: BTreeMap::new(),
            rows: vec![None; program.tables.len()],
            periods: vec![None; program.parameters.len()],
            field_messages: vec![Vec::new(); program.fields.len()],
            group_messages: vec![Vec::new(); program.groups.len()],
            verdicts: Vec::new(),
            values: Vec::new(),
            fees: Vec::new(),
            entitlements: Vec::new(),
        },
        used_tables: BTreeMap::new(),
        used_parameters: BTreeMap::new(),
        group: None,
        given: Vec::new(),
        listed: BTreeSet::new(),
        positions: BTreeMap::new(),
    };
    listing.pages(plan);
    listing.values();
    listing.checks(plan);
    listing.decisions();
    listing.lines("fees", &program.fees);
    listing.lines("entitlements", &program.entitlements);
    listing.tables();
    listing.parameters();
    listing.sites
}

/// What must hold for a table or parameter to be read, and what it is given.
type Use<'p> = (Vec<Guard>, Vec<(Root<'p>, Option<usize>)>);

struct Listing<'p> {
    program: &'p Program,
    sites: Sites<'p>,
    used_tables: BTreeMap<usize, Use<'p>>,
    used_parameters: BTreeMap<usize, Use<'p>>,
    /// The group whose record is at hand where the listing is.
    group: Option<usize>,
    /// What the function is given that the listing is in.
    given: Vec<(Root<'p>, Option<usize>)>,
    /// Functions whose places are listed.
    listed: BTreeSet<usize>,
    /// Places so far of each owner.
    positions: BTreeMap<String, usize>,
}

impl<'p> Listing<'p> {
    fn add(
        &mut self,
        name: String,
        owner: &str,
        kind: SiteKind,
        guards: &[Guard],
        roots: &[Root<'p>],
    ) -> usize {
        let own = roots.iter().map(|root| (*root, self.group));
        self.sites
            .roots
            .push(own.chain(self.given.iter().copied()).collect());
        let position = self.positions.entry(owner.to_owned()).or_default();
        self.sites.all.push(Site {
            name,
            owner: owner.to_owned(),
            position: *position,
            kind,
            guards: guards.to_vec(),
        });
        *position += 1;
        self.sites.all.len() - 1
    }

    /// A condition as a whole with the places inside it; returns the guards of what hangs on it.
    fn condition(&mut self, owner: &str, node: Option<&'p Node>, guards: &[Guard]) -> Vec<Guard> {
        let mut below = guards.to_vec();
        if let Some(node) = node {
            let site = self.add(
                owner.to_owned(),
                owner,
                SiteKind::Condition,
                guards,
                &[Root::Node(node)],
            );
            self.sites.by_node.insert(address(node), site);
            self.inside(owner, "", node, guards);
            below.push(Guard::Outcome(site, true));
        }
        below
    }

    /// The places inside an expression. `path` leads to the node within its owner.
    fn inside(&mut self, owner: &str, path: &str, node: &'p Node, guards: &[Guard]) {
        let step = |step: &str| match path {
            "" => format!(":{step}"),
            _ => format!("{path}.{step}"),
        };
        match node {
            Node::And(operands) | Node::Or(operands) => {
                let (word, decisive) = match node {
                    Node::And(_) => ("and", false),
                    _ => ("or", true),
                };
                let mut guards = guards.to_vec();
                for (index, operand) in operands.iter().enumerate() {
                    let path = step(&format!("{word}.{}", index + 1));
                    let name = format!("{owner}{path}");
                    let site = self.add(
                        name,
                        owner,
                        SiteKind::Operand,
                        &guards,
                        &[Root::Node(operand)],
                    );
                    self.sites.by_node.insert(address(operand), site);
                    self.inside(owner, &path, operand, &guards);
                    guards.push(Guard::Outcome(site, !decisive));
                }
            }
            Node::If(nodes) => {
                let path = step("if");
                let name = format!("{owner}{path}");
                let site = self.add(
                    name,
                    owner,
                    SiteKind::Branch,
                    guards,
                    &[Root::Node(&nodes[0])],
                );
                self.sites.by_node.insert(address(&nodes[0]), site);
                self.inside(owner, &path, &nodes[0], guards);
                for (branch, outcome, node) in
                    [("then", true, &nodes[1]), ("else", false, &nodes[2])]
                {
                    let mut guards = guards.to_vec();
                    guards.push(Guard::Outcome(site, outcome));
                    self.inside(owner, &step(branch), node, &guards);
                }
            }
            Node::Default(nodes) => {
                let name = format!("{owner}{}", step("default"));
                let site = self.add(
                    name,
                    owner,
                    SiteKind::Default,
                    guards,
                    &[Root::Node(&nodes[0])],
                );
                // The node itself may be a condition or an operand, which is a place of its own.
                self.sites.by_node.insert(address(&nodes[1]), site);
                self.inside(owner, &step("1"), &nodes[0], guards);
                let mut guards = guards.to_vec();
                guards.push(Guard::Outcome(site, false));
                self.inside(owner, &step("2"), &nodes[1], &guards);
            }
            Node::Aggregate { group, each, .. } | Node::Each { group, each } => {
                let mut guards = guards.to_vec();
                guards.push(Guard::Record(*group));
                let outer = self.group.replace(*group);
                self.inside(owner, &step("each"), each, &guards);
                self.group = outer;
            }
            Node::Let { values, result } => {
                for (index, value) in values.iter().enumerate() {
                    self.inside(owner, &step(&(index + 1).to_string()), value, guards);
                }
                self.inside(owner, &step("result"), result, guards);
            }
            _ => {
                self.used(node, guards);
                if let Node::OverRows { each, .. } = node {
                    self.inside(owner, &step("each"), each, guards);
                }
                if let Node::Apply {
                    function,
                    arguments,
                } = node
                {
                    self.function(*function, arguments, guards);
                }
                for (index, operand) in node.operands().iter().enumerate() {
                    self.inside(owner, &step(&(index + 1).to_string()), operand, guards);
                }
            }
        }
    }

    /// The places of a function, as what holds where it is called first lets them be reached.
    fn function(&mut self, index: usize, arguments: &'p [Node], guards: &[Guard]) {
        if !self.listed.insert(index) {
            return;
        }
        let function = &self.program.functions[index];
        let given = arguments
            .iter()
            .map(|argument| (Root::Node(argument), self.group));
        let given = given.chain(self.given.iter().copied()).collect();
        let outer = (std::mem::replace(&mut self.given, given), self.group.take());
        self.inside(
            &format!("functions.{}", function.id),
            "",
            &function.code,
            guards,
        );
        (self.given, self.group) = outer;
    }

    /// Notes the table or parameter that a node reads, with the fewest guards.
    fn used(&mut self, node: &'p Node, guards: &[Guard]) {
        let (uses, index, roots) = match node {
            Node::ParameterOn(parameter, inner) | Node::Accrue(parameter, inner) => {
                let mut roots = vec![(Root::Node(inner), self.group)];
                roots.extend(self.given.iter().copied());
                (&mut self.used_parameters, *parameter, roots)
            }
            Node::Table { table, inputs, .. }
            | Node::Collect { table, inputs, .. }
            | Node::OverRows { table, inputs, .. } => {
                let roots = inputs.iter().map(|input| (Root::Node(input), self.group));
                let roots = roots
                    .chain([(Root::Table(*table), None)])
                    .chain(self.given.iter().copied());
                (&mut self.used_tables, *table, roots.collect())
            }
            Node::Scalar(slot) => match self.program.scalars[*slot] {
                Symbol::Parameter(index) => {
                    let roots = vec![(Root::RulesDay, None)];
                    (&mut self.used_parameters, index, roots)
                }
                _ => return,
            },
            _ => return,
        };
        match uses.entry(index) {
            Entry::Vacant(entry) => {
                entry.insert((guards.to_vec(), roots));
            }
            Entry::Occupied(mut entry) => {
                let (fewest, all) = entry.get_mut();
                all.extend(roots);
                if guards.len() < fewest.len() {
                    *fewest = guards.to_vec();
                }
            }
        }
    }

    fn pages(&mut self, plan: &Plan) {
        for (page, declared) in self.program.pages.iter().zip(&plan.rules().pages) {
            let owner = format!("pages.{}.when", declared.page);
            let guards = self.condition(&owner, page.when.as_ref(), &[]);
            match (&page.items, &declared.content) {
                (PageItems::Fields(fields), PageContent::Fields(_)) => {
                    for field in fields.clone() {
                        self.field(field, &guards);
                    }
                }
                (PageItems::Group(group), _) => self.group(*group, &guards),
                _ => {}
            }
        }
    }

    fn group(&mut self, index: usize, guards: &[Guard]) {
        let program = self.program;
        let node = &program.groups[index];
        let owner = format!("groups.{}", node.id);
        let mut guards = self.condition(&format!("{owner}.when"), node.when.as_ref(), guards);
        self.requirement(&owner, &node.required, &guards);
        for (code, limit) in group_codes(node) {
            let site = self.message(&owner, code, limit, &guards, Root::Group(index));
            self.sites.group_messages[index].push((code, limit, site));
        }
        guards.push(Guard::Record(index));
        let outer = self.group.replace(index);
        for field in node.fields.clone() {
            self.field(field, &guards);
        }
        self.group = outer;
    }

    fn field(&mut self, index: usize, guards: &[Guard]) {
        let program = self.program;
        let node = &program.fields[index];
        let owner = format!("fields.{}", node.path);
        let guards = self.condition(&format!("{owner}.when"), node.when.as_ref(), guards);
        self.requirement(&owner, &node.required, &guards);
        if let Kind::Choice(options) | Kind::Set(options) = &node.kind {
            for option in options {
                let owner = format!("{owner}.options.{}.when", option.id);
                self.condition(&owner, option.when.as_ref(), &guards);
            }
        }
        for (code, limit) in field_codes(node) {
            let site = self.message(&owner, code, limit, &guards, Root::Field(index));
            self.sites.field_messages[index].push((code, limit, site));
        }
    }

    fn requirement(&mut self, owner: &str, required: &'p Required, guards: &[Guard]) {
        if let Required::When(node) = required {
            self.condition(&format!("{owner}.required"), Some(node), guards);
        }
    }

    fn message(
        &mut self,
        owner: &str,
        code: &'static str,
        limit: Option<&'static str>,
        guards: &[Guard],
        root: Root<'p>,
    ) -> usize {
        let end = limit.map_or_else(String::new, |limit| format!(".{limit}"));
        let name = format!("{owner}.errors.{code}{end}");
        self.add(
            name,
            owner,
            SiteKind::Message { code, limit },
            guards,
            &[root],
        )
    }

    fn values(&mut self) {
        for value in &self.program.values {
            let owner = format!("values.{}", value.path);
            let guards: Vec<Guard> = value.group.map(Guard::Record).into_iter().collect();
            self.group = value.group;
            self.inside(&owner, "", &value.code, &guards);
            let figure = format!("{owner}.figure");
            let roots = [Root::Node(&value.code)];
            let site = self.add(owner, &figure, SiteKind::Figure, &guards, &roots);
            self.group = None;
            self.sites.values.push(site);
        }
    }

    fn checks(&mut self, plan: &Plan) {
        for (check, declared) in self.program.checks.iter().zip(&plan.rules().checks) {
            let owner = format!("checks.{}", check.id);
            let (guards, group) = self.place_of(&declared.at);
            self.group = group;
            let guards = self.condition(&format!("{owner}.when"), check.when.as_ref(), &guards);
            self.condition(&format!("{owner}.require"), Some(&check.require), &guards);
            for param in &check.params {
                self.read_in(&param.code, &guards);
            }
            self.group = None;
        }
    }

    /// What must hold for a field or group to be asked, and the group whose record is then at hand.
    fn place_of(&self, path: &str) -> (Vec<Guard>, Option<usize>) {
        let program = self.program;
        let field = program.fields.iter().position(|field| field.path == path);
        let (messages, group) = match field {
            Some(field) => (
                &self.sites.field_messages[field],
                program.fields[field].group,
            ),
            None => match program.groups.iter().position(|group| group.id == path) {
                Some(group) => (&self.sites.group_messages[group], None),
                None => return (Vec::new(), None),
            },
        };
        let guards = match (messages.first(), group) {
            (Some((_, _, site)), _) => self.sites.all[*site].guards.clone(),
            (None, Some(group)) => vec![Guard::Record(group)],
            (None, None) => Vec::new(),
        };
        (guards, group)
    }

    /// Notes the tables and parameters that a placeholder reads; it makes no places of its own.
    fn read_in(&mut self, node: &'p Node, guards: &[Guard]) {
        self.used(node, guards);
        for operand in node.operands() {
            self.read_in(operand, guards);
        }
    }

    fn decisions(&mut self) {
        for decision in &self.program.decisions {
            for rule in &self.program.rules[decision.rules.clone()] {
                let owner = format!("rules.{}.{}", decision.id, rule.id);
                let guards = self.condition(&format!("{owner}.when"), rule.when.as_ref(), &[]);
                self.condition(&format!("{owner}.require"), Some(&rule.require), &guards);
                for param in &rule.params {
                    self.read_in(&param.code, &guards);
                }
            }
            let owner = format!("decisions.{}", decision.id);
            let rules = &self.program.rules[decision.rules.clone()];
            let roots: Vec<Root<'p>> = (rules.iter())
                .flat_map(|rule| rule.when.iter().chain([&rule.require]))
                .map(Root::Node)
                .collect();
            let site = self.add(owner.clone(), &owner, SiteKind::Verdict, &[], &roots);
            self.sites.verdicts.push(site);
        }
    }

    fn lines(&mut self, kind: &str, lines: &'p [LineNode]) {
        for line in lines {
            let owner = format!("{kind}.{}", line.id);
            let guards = self.condition(&format!("{owner}.when"), line.when.as_ref(), &[]);
            self.inside(&format!("{owner}.amount"), "", &line.amount, &guards);
            let figure = format!("{owner}.figure");
            let roots = [Root::Node(&line.amount)];
            let site = self.add(owner, &figure, SiteKind::Figure, &guards, &roots);
            match kind {
                "fees" => self.sites.fees.push(site),
                _ => self.sites.entitlements.push(site),
            }
        }
    }

    fn tables(&mut self) {
        for (index, (guards, roots)) in std::mem::take(&mut self.used_tables) {
            let table = &self.program.tables[index];
            let owner = format!("tables.{}", table.id);
            self.sites.rows[index] = Some(self.sites.all.len());
            for row in 0..table.rows.len() {
                let name = format!("{owner}.row.{}", row + 1);
                let site = self.add(name, &owner, SiteKind::Row(row), &guards, &[]);
                self.sites.roots[site].clone_from(&roots);
            }
        }
    }

    fn parameters(&mut self) {
        for (index, (guards, roots)) in std::mem::take(&mut self.used_parameters) {
            let parameter = &self.program.parameters[index];
            let owner = format!("parameters.{}", parameter.id);
            self.sites.periods[index] = Some(self.sites.all.len());
            for period in 0..parameter.periods.len() {
                let name = format!("{owner}.period.{}", period + 1);
                let site = self.add(name, &owner, SiteKind::Period(period), &guards, &[]);
                self.sites.roots[site].clone_from(&roots);
            }
        }
    }
}

type Codes = Vec<(&'static str, Option<&'static str>)>;

/// The errors that records of a group can have.
fn group_codes(group: &GroupNode) -> Codes {
    let mut codes = Vec::new();
    if !matches!(group.required, Required::Never) || group.min > 1 {
        codes.push(("required", None));
    }
    codes.push(("items", Some("max")));
    codes
}

/// The errors that a person who fills in the field can meet: those of its limits, and of text where a
/// number is wanted. An option off the list takes a client that is not ours, unless options come and go.
fn field_codes(field: &FieldNode) -> Codes {
    let mut codes: Codes = Vec::new();
    if !matches!(field.required, Required::Never) {
        codes.push(("required", None));
    }
    match &field.kind {
        Kind::Boolean { accepted } => codes.extend(accepted.then_some(("accepted", None))),
        Kind::Number { integer, scale, .. } => {
            codes.push(("type", Some("type")));
            codes.push(("range", Some("min")));
            codes.push(("range", Some("max")));
            if !integer && Number::new(1, scale + 1).is_some() {
                codes.push(("scale", Some("scale")));
            }
        }
        Kind::Text {
            min_length,
            pattern,
            format,
            ..
        } => {
            if *min_length > 1 {
                codes.push(("length", Some("min_length")));
            }
            codes.push(("length", Some("max_length")));
            codes.extend(pattern.as_ref().map(|_| ("pattern", None)));
            codes.extend(format.as_ref().map(|_| ("format", Some("format"))));
        }
        Kind::Date { min, max } => {
            codes.push(("date", None));
            codes.extend(min.map(|_| ("range", Some("min"))));
            codes.extend(max.map(|_| ("range", Some("max"))));
        }
        // There is no answer of less than no time.
        Kind::Duration { min, .. } => {
            codes.push(("duration", None));
            codes.extend((*min > 0).then_some(("range", Some("min"))));
            codes.push(("range", Some("max")));
        }
        Kind::DateRange { min, max } => {
            codes.extend([("date", None), ("order", None)]);
            codes.extend(min.map(|_| ("range", Some("min"))));
            codes.extend(max.map(|_| ("range", Some("max"))));
        }
        Kind::Choice(options) | Kind::Set(options) => {
            if options.iter().any(|option| option.when.is_some()) {
                codes.push(("option", None));
            }
        }
    }
    codes
}
