//! Questions and where they stand.

use counterfoil_engine::{
    Plan,
    plan::{Field, Group, Page, PageContent},
};

use crate::path::in_record;

/// A question at its path.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    /// The question.
    pub(crate) field: &'a Field,
    /// Its path, such as `streets[0].metres`.
    pub(crate) path: String,
    /// Prefix of its text keys, such as `field.streets.metres`.
    pub(crate) key: String,
}

impl<'a> Place<'a> {
    /// A field that stands on a page by itself.
    pub(crate) fn single(field: &'a Field) -> Self {
        Self {
            field,
            path: field.field.clone(),
            key: format!("field.{}", field.field),
        }
    }

    /// A field of a group's record.
    pub(crate) fn of_record(group: &Group, record: usize, field: &'a Field) -> Self {
        Self {
            field,
            path: in_record(&group.group, record, &field.field),
            key: format!("field.{}.{}", group.group, field.field),
        }
    }
}

/// The questions of a record.
pub(crate) fn record_places(group: &Group, record: usize) -> Vec<Place<'_>> {
    group
        .fields
        .iter()
        .map(|field| Place::of_record(group, record, field))
        .collect()
}

/// The page of that id.
pub(crate) fn page<'a>(plan: &'a Plan, id: &str) -> Option<&'a Page> {
    plan.rules().pages.iter().find(|page| page.page == id)
}

/// The page on which a path is answered.
pub(crate) fn page_of<'a>(plan: &'a Plan, path: &str) -> Option<&'a Page> {
    let root = path.split(['[', '.']).next().unwrap_or_default();
    plan.rules().pages.iter().find(|page| match &page.content {
        PageContent::Fields(fields) => fields.iter().any(|field| field.field == root),
        PageContent::Group(group) => group.group == root,
    })
}
