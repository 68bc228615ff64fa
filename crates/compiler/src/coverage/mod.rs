//! Coverage: what the form's own tests go through, and what they leave out.
//!
//! Counted are outcomes: each rule and check that holds and that does not, each condition true and
//! false, each branch, row of a table, period of a parameter, message about an answer, verdict, value
//! and line. Outcomes that are proved to be impossible do not count, nor do those within parameters, tables
//! and functions of a shared file: no form uses every row of them.

mod describe;
mod impossible;
mod places;

use std::collections::BTreeMap;

use counterfoil_engine::observe::{Goal, Observation, Observer, Site, SiteKind};
use serde::Serialize;

pub use describe::describe;
pub use impossible::impossible;
pub use places::{Place, Places};

use crate::search::Case;

/// A kind of outcome, for the figures of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Rules, checks and verdicts: that they hold, and that they do not.
    Rules,
    /// Every `when`, conditional `required`, and operand of `and` and `or`: true and false.
    Conditions,
    /// Both sides of `if` and of `??`.
    Branches,
    /// Rows of tables.
    Rows,
    /// Periods of parameters.
    Periods,
    /// Messages about answers.
    Messages,
    /// Values and lines that have been worked out.
    Figures,
}

impl Category {
    /// Every category, in the order of a report.
    pub const ALL: [Self; 7] = [
        Self::Rules,
        Self::Conditions,
        Self::Branches,
        Self::Rows,
        Self::Periods,
        Self::Messages,
        Self::Figures,
    ];

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Conditions => "conditions",
            Self::Branches => "branches",
            Self::Rows => "table rows",
            Self::Periods => "periods",
            Self::Messages => "messages",
            Self::Figures => "figures",
        }
    }

    /// The category of a place.
    pub fn of(site: &Site) -> Self {
        match site.kind {
            SiteKind::Condition if site.owner.ends_with(".require") => Self::Rules,
            SiteKind::Verdict => Self::Rules,
            SiteKind::Condition | SiteKind::Operand => Self::Conditions,
            SiteKind::Branch | SiteKind::Default => Self::Branches,
            SiteKind::Row(_) => Self::Rows,
            SiteKind::Period(_) => Self::Periods,
            SiteKind::Message { .. } => Self::Messages,
            SiteKind::Figure => Self::Figures,
        }
    }
}

/// An outcome that no test brings about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The place by its name, such as `rules.closure.short_enough.require`.
    pub site: String,
    /// The outcome; `true` for what is just reached or not.
    pub outcome: bool,
    /// Its kind.
    pub category: Category,
    /// What it is, in the form's own terms.
    pub text: String,
    /// Where the form says so.
    pub place: Option<Place>,
    /// The outcome, for a search.
    #[serde(skip)]
    pub goal: Goal,
}

/// An outcome that does not count, since it is proved never to come about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The outcome.
    #[serde(flatten)]
    pub gap: Gap,
    /// Why it never comes about, such as `CF1001: a condition that is always true`.
    pub reason: String,
}

/// Outcomes that came about, of all that count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Those that came about.
    pub covered: usize,
    /// All that count.
    pub total: usize,
}

impl Count {
    /// The share that came about, in whole per cent, rounded down; 100 where nothing counts.
    pub const fn percent(self) -> usize {
        match self.total {
            0 => 100,
            total => self.covered * 100 / total,
        }
    }
}

/// What tests cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// All outcomes together.
    pub all: Count,
    /// Those of each category, in the order of [`Category::ALL`].
    pub by_category: [Count; Category::ALL.len()],
    /// What is not covered, in the order of the form.
    pub gaps: Vec<Gap>,
    /// What was left out of the count, since it is proved to be impossible, in the order of the form.
    pub impossible: Vec<LeftOut>,
}

/// Measures what cases cover. What is [`impossible`] does not count, unless it came about all the same.
pub fn measure(
    observer: &Observer<'_>,
    cases: &[Case],
    impossible: &BTreeMap<Goal, String>,
    places: &Places,
) -> Coverage {
    let observations: Vec<Observation> = cases
        .iter()
        .filter_map(|case| observer.observe(&case.answers, &case.context()).ok())
        .map(|(_, observation)| observation)
        .collect();
    let mut coverage = Coverage {
        all: Count::default(),
        by_category: [Count::default(); Category::ALL.len()],
        gaps: Vec::new(),
        impossible: Vec::new(),
    };
    for goal in observer.goals() {
        let site = &observer.sites()[goal.site];
        if places.is_shared(site) {
            continue;
        }
        let covered = observations
            .iter()
            .any(|observation| observation.reaches(goal));
        let category = Category::of(site);
        let gap = || Gap {
            site: site.name.clone(),
            outcome: goal.outcome,
            category,
            text: describe(observer, goal, places),
            place: places.of(site),
            goal,
        };
        if let (false, Some(reason)) = (covered, impossible.get(&goal)) {
            coverage.impossible.push(LeftOut {
                gap: gap(),
                reason: reason.clone(),
            });
            continue;
        }
        for count in [
            &mut coverage.all,
            &mut coverage.by_category[category as usize],
        ] {
            count.total += 1;
            count.covered += usize::from(covered);
        }
        if !covered {
            coverage.gaps.push(gap());
        }
    }
    coverage
}
