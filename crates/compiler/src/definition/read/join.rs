//! What a form takes over from the shared files that it uses: what it mentions, and what that mentions
//! in turn.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, uses::SharedParts};
use crate::{
    codes,
    definition::{
        FormDefinition, Function, Id, OptionSet, PageContent, Parameter, SharedFile, Table,
    },
    diagnostic::Diagnostic,
    source::{FileId, Span},
};

/// A name that an expression or a field mentions, at its place.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub name: Id,
    /// Whether it is that of an option set; these have names of their own.
    pub is_set: bool,
}

/// Something that a shared file declares.
enum Item {
    Parameter(Parameter),
    OptionSet(OptionSet),
    Table(Table),
    Function(Function),
}

impl Item {
    const fn id(&self) -> &Id {
        match self {
            Self::Parameter(parameter) => &parameter.parameter,
            Self::OptionSet(set) => &set.option_set,
            Self::Table(table) => &table.table,
            Self::Function(function) => &function.function,
        }
    }

    const fn span(&self) -> Span {
        match self {
            Self::Parameter(parameter) => parameter.span,
            Self::OptionSet(set) => set.span,
            Self::Table(table) => table.span,
            Self::Function(function) => function.span,
        }
    }

    /// Its name, and whether it is that of an option set.
    fn key(&self) -> (bool, String) {
        (matches!(self, Self::OptionSet(_)), self.id().value.clone())
    }

    /// Whether a name means something within the item alone.
    fn has_local(&self, name: &str) -> bool {
        let Self::Function(function) = self else {
            return false;
        };
        let arguments = function.arguments.iter().map(|a| a.argument.as_str());
        let locals = function.body.locals.iter().map(|(id, _)| id.as_str());
        arguments.chain(locals).any(|local| local == name)
    }
}

impl Context<'_> {
    /// Adds to a form what it takes over from shared files, and reports names that clash or that a
    /// shared file does not have.
    pub(super) fn join(&mut self, parts: Vec<SharedParts>, form: &mut FormDefinition) {
        form.shared.incomplete = self.incomplete;
        self.refuse_currencies(&parts, form);
        let (files, items) = split(parts);
        let own = own_names(form);
        let items = self.refuse_clashes(items, &own);
        let mut kept = self.reached(&items, &own, &files);
        // What nothing uses of a file is left in it, but a file of which nothing is used need not be named.
        if self.diagnostics.is_empty() {
            self.report_unused_files(&files, &items, &kept);
        }
        form.shared.files = files;
        for (position, item) in items.into_iter().enumerate() {
            let is_kept = kept.remove(&position);
            match item {
                Item::OptionSet(set) if is_kept => form.option_sets.push(set),
                Item::OptionSet(set) => form.shared.left_out_sets.push(set.option_set.value),
                Item::Parameter(parameter) if is_kept => form.parameters.push(parameter),
                Item::Table(table) if is_kept => form.tables.push(table),
                Item::Function(function) if is_kept => form.functions.push(function),
                item => form.shared.left_out.push(item.id().value.clone()),
            }
        }
    }

    /// Amounts that several forms share are in one currency.
    fn refuse_currencies(&mut self, parts: &[SharedParts], form: &FormDefinition) {
        for file in parts {
            let (Some(theirs), Some(ours)) = (&file.currency, &form.currency) else {
                continue;
            };
            if theirs.value == ours.code.value {
                continue;
            }
            let message = format!(
                "the amounts of this file are in {}, and those of the form in {}",
                theirs.value, ours.code.value
            );
            self.error(
                Diagnostic::error(codes::SHARED_CURRENCY, file.file.path.span, message)
                    .label(theirs.span, "the file's currency")
                    .label(ours.code.span, "the form's currency")
                    .help("use a file with amounts in the form's own currency"),
            );
        }
    }

    /// The items without those whose name is taken.
    fn refuse_clashes(
        &mut self,
        items: Vec<Item>,
        own: &BTreeMap<(bool, String), Span>,
    ) -> Vec<Item> {
        let mut shared: BTreeMap<(bool, String), Span> = BTreeMap::new();
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            let (key, place) = (item.key(), item.id().span);
            let taken = format!("the name `{}` is taken already", key.1);
            if let Some(ours) = own.get(&key) {
                self.error(
                    Diagnostic::error(codes::DUPLICATE_ID, *ours, taken)
                        .label(place, "a shared file that the form uses has it too")
                        .help("give it another name, or take it out and use the shared one"),
                );
            } else if let Some(earlier) = shared.get(&key) {
                self.error(
                    Diagnostic::error(codes::DUPLICATE_ID, place, taken)
                        .label(*earlier, "first declared here")
                        .help("give one of the two another name, or let the form use one of the files alone"),
                );
            } else {
                shared.insert(key, place);
                kept.push(item);
            }
        }
        kept
    }

    /// Positions of the items that the form mentions, or that these mention. Reports what a shared file
    /// mentions that it does not declare, where something else declares it: the file could not be used
    /// without that.
    fn reached(
        &mut self,
        items: &[Item],
        own: &BTreeMap<(bool, String), Span>,
        files: &[SharedFile],
    ) -> BTreeSet<usize> {
        let positions: BTreeMap<(bool, String), usize> = items
            .iter()
            .enumerate()
            .map(|(position, item)| (item.key(), position))
            .collect();
        let shared_files: BTreeSet<FileId> = files.iter().map(|file| file.file).collect();
        let mut open: Vec<usize> = Vec::new();
        let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mentions = std::mem::take(&mut self.mentions);
        for mention in &mentions {
            let place = mention.name.span;
            let is_shared = shared_files.contains(&place.file);
            let within = if is_shared {
                items.iter().position(|item| item.span().covers(place))
            } else {
                None
            };
            let name = mention.name.as_str();
            if within.is_some_and(|within| !mention.is_set && items[within].has_local(name)) {
                continue;
            }
            let key = (mention.is_set, name.to_owned());
            let found = positions.get(&key).copied();
            if is_shared {
                let elsewhere = match found {
                    Some(position) if items[position].span().file == place.file => None,
                    Some(position) => Some(items[position].id().span),
                    None => own.get(&key).copied(),
                };
                if let Some(elsewhere) = elsewhere {
                    let message = format!("`{name}` is not declared in this file");
                    self.error(
                        Diagnostic::error(codes::SHARED_NAME, place, message)
                            .label(elsewhere, "it is declared here")
                            .help("a shared file uses nothing but what it declares itself: declare it here"),
                    );
                }
            }
            match (within, found) {
                (Some(within), Some(found)) => next.entry(within).or_default().push(found),
                (None, Some(found)) => open.push(found),
                (_, None) => {}
            }
        }
        let mut reached = BTreeSet::new();
        while let Some(position) = open.pop() {
            if reached.insert(position) {
                open.extend(next.get(&position).into_iter().flatten());
            }
        }
        reached
    }

    /// Warns of shared files of which the form uses nothing.
    fn report_unused_files(
        &mut self,
        files: &[SharedFile],
        items: &[Item],
        kept: &BTreeSet<usize>,
    ) {
        let mut used: BTreeSet<FileId> = self.files_of_used_types();
        used.extend(kept.iter().map(|&position| items[position].span().file));
        for file in files.iter().filter(|file| !used.contains(&file.file)) {
            let message = format!("the form uses nothing of `{}`", file.path.value);
            self.error(
                Diagnostic::warning(codes::UNUSED, file.path.span, message)
                    .help("take this line out, or use something that the file declares"),
            );
        }
    }
}

/// The files, and everything that they declare.
fn split(parts: Vec<SharedParts>) -> (Vec<SharedFile>, Vec<Item>) {
    let mut items = Vec::new();
    let mut files = Vec::with_capacity(parts.len());
    for file in parts {
        files.push(file.file);
        items.extend(file.option_sets.into_iter().map(Item::OptionSet));
        items.extend(file.parameters.into_iter().map(Item::Parameter));
        items.extend(file.tables.into_iter().map(Item::Table));
        items.extend(file.functions.into_iter().map(Item::Function));
    }
    (files, items)
}

/// The names that the form declares itself. Those within groups are not among them.
fn own_names(form: &FormDefinition) -> BTreeMap<(bool, String), Span> {
    let mut names = BTreeMap::new();
    let mut add = |is_set: bool, id: &Id| {
        names.entry((is_set, id.value.clone())).or_insert(id.span);
    };
    for page in &form.pages {
        match &page.content {
            PageContent::Fields(fields) => {
                for field in fields {
                    add(false, &field.field);
                }
            }
            PageContent::Group(group) => add(false, &group.group),
        }
    }
    for set in &form.option_sets {
        add(true, &set.option_set);
    }
    let values = form.values.iter().map(|value| &value.value);
    let parameters = form.parameters.iter().map(|p| &p.parameter);
    let facts = form.facts.iter().map(|fact| &fact.fact);
    let tables = form.tables.iter().map(|table| &table.table);
    let functions = form.functions.iter().map(|f| &f.function);
    let further = values.chain(parameters).chain(facts);
    for id in further.chain(tables).chain(functions) {
        add(false, id);
    }
    names
}
