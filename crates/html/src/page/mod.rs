//! The pages, each as [`crate::Content`] to be put into a [`crate::document`].

mod attended;
mod catalogue;
mod changed;
mod check_answers;
mod confirmation;
mod error;
mod files;
mod followed;
mod group;
mod question;
mod send;
mod start;
mod step;
mod task_list;
mod verdict;

pub use attended::{Attended, Kept};
pub use catalogue::{CatalogueEntry, Unavailable, catalogue};
pub use changed::{Difference, changed};
pub use check_answers::{CheckAnswers, check_answers};
pub use confirmation::{Confirmation, confirmation};
pub use error::{closed, expired, failed, not_found, outdated, too_large, unreadable};
pub use start::{Start, start};
pub use step::{Step, step};
pub use task_list::{Section, SectionState, TaskList, task_list};
pub use verdict::{Stopped, stopped};

pub(crate) use attended::{attended, notices};
