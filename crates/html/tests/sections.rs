//! The task list of a form with sections: how far each has come, and the way between it and the pages.
#![allow(clippy::unwrap_used)] // Helpers of tests are tests too.

use counterfoil_compiler::{Files, compile};
use counterfoil_engine::{Context, Plan};
use counterfoil_html::{
    Links,
    journey::{Journey, Pairs, Taken},
    page::SectionState::{self, CannotStart, Completed, InProgress, NotStarted},
};
use insta::assert_snapshot;

const FORM: &str = r#"form: park-event
title: Apply to hold an event in a park
timezone: Europe/London
languages: [en]
sections:
  you: About you
  food: Food and drink
  extras: Extras
  event: The event
pages:
  - page: applicant
    section: you
    title: Who applies
    fields:
      - field: full_name
        type: text
        label: Full name
  - page: contact
    section: you
    title: How to reach you
    fields:
      - field: contact_email
        type: text
        format: email
        label: Email address
  - page: stalls_page
    section: food
    title: Food stalls
    when: sells_food
    fields:
      - field: stalls
        type: integer
        min: 1
        max: 50
        label: How many food stalls?
  - page: music_page
    section: extras
    title: Music
    fields:
      - field: music
        type: set
        required: false
        label: What music will there be?
        options:
          band: A band
          choir: A choir
  - page: volunteers_page
    section: extras
    title: Volunteers
    group: volunteers
    max: 3
    fields:
      - field: volunteer
        type: text
        label: Name
  - page: plans
    section: event
    title: What you plan
    fields:
      - field: sells_food
        type: boolean
        label: Will food be sold?
      - field: visitors
        type: integer
        min: 1
        max: 5000
        label: How many people will come?
checks:
  - check: few_stalls
    at: stalls
    require: stalls * 10 <= visitors
    say: There must be ten visitors to a stall
"#;

const LINKS: Links<'_> = Links {
    form: "/forms/park-event",
    catalogue: "/",
    plan: "/plan",
};

struct Walk {
    plan: Plan,
    context: Context,
    typed: Pairs,
}

impl Walk {
    fn new() -> Self {
        let files = Files::in_memory([("form.yaml", FORM)]);
        Self {
            plan: Plan::load(compile(&files).plan.unwrap()).unwrap(),
            context: Context::on("2026-06-01".parse().unwrap()),
            typed: Pairs::new(),
        }
    }

    fn journey(&self, change: bool) -> Journey<'_> {
        Journey {
            plan: &self.plan,
            locale: "en",
            context: &self.context,
            links: LINKS,
            change,
        }
    }

    /// Sends a page and gives the address that follows, without the form's own.
    fn send(&mut self, page: &str, sent: &[(&str, &str)]) -> String {
        let sent: Pairs = sent
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let mut typed = std::mem::take(&mut self.typed);
        let taken = self.journey(false).take(&mut typed, page, None, &sent);
        self.typed = typed;
        match taken.unwrap().unwrap() {
            Taken::Next(address) => address.replace(LINKS.form, ""),
            Taken::Again(_) => "again".to_owned(),
        }
    }

    /// The sections with their states and addresses.
    fn sections(&self) -> Vec<(String, SectionState, String)> {
        let journey = self.journey(false);
        let outcome = journey.outcome(&self.typed).unwrap();
        let sections = journey.sections(&self.typed, &outcome);
        let own = |page: &str| format!("/{page}");
        sections
            .into_iter()
            .map(|section| (section.section.to_owned(), section.state, own(section.page)))
            .collect()
    }

    fn states(&self) -> Vec<(String, SectionState)> {
        let sections = self.sections().into_iter();
        sections
            .map(|(section, state, _)| (section, state))
            .collect()
    }

    fn html(&self) -> String {
        let journey = self.journey(false);
        let outcome = journey.outcome(&self.typed).unwrap();
        let content = journey.task_list(&self.typed, &outcome).unwrap();
        assert_eq!(content.back.as_deref(), Some(LINKS.form));
        content.main.into_string().replace("><", ">\n<")
    }
}

fn states(expected: &[(&str, SectionState)]) -> Vec<(String, SectionState)> {
    let expected = expected.iter();
    expected
        .map(|(section, state)| ((*section).to_owned(), *state))
        .collect()
}

#[test]
fn nothing_is_started_in_an_empty_form() {
    let walk = Walk::new();
    let expected = [
        ("you", NotStarted),
        ("food", CannotStart),
        ("extras", NotStarted),
        ("event", NotStarted),
    ];
    assert_eq!(walk.states(), states(&expected));
    let journey = walk.journey(false);
    let outcome = journey.outcome(&[]).unwrap();
    assert_eq!(
        journey.begin(&outcome, false),
        "/forms/park-event/task-list"
    );
    assert_eq!(journey.begin(&outcome, true), "/forms/park-event/task-list");
    assert_snapshot!(walk.html());
}

#[test]
fn sections_come_to_be_completed_page_by_page() {
    let mut walk = Walk::new();
    assert_eq!(walk.send("applicant", &[("full_name", "Ada")]), "/contact");
    assert_eq!(
        walk.sections()[0],
        ("you".to_owned(), InProgress, "/contact".to_owned())
    );
    assert_eq!(walk.send("contact", &[("contact_email", "")]), "again");
    assert_eq!(walk.states()[0].1, InProgress);
    let email = [("contact_email", "ada@example.org")];
    assert_eq!(walk.send("contact", &email), "/task-list");
    // Looked at again, a section begins with its first page.
    assert_eq!(
        walk.sections()[0],
        ("you".to_owned(), Completed, "/applicant".to_owned())
    );

    // Pages of which nothing need be answered count once they were sent.
    assert_eq!(walk.send("music_page", &[]), "/volunteers_page");
    assert_eq!(walk.states()[2].1, InProgress);
    assert_eq!(walk.send("volunteers_page", &[]), "/task-list");
    assert_eq!(walk.states()[2].1, Completed);

    let plans = [("sells_food", "true"), ("visitors", "30")];
    assert_eq!(walk.send("plans", &plans), "/task-list");
    assert_eq!(walk.states()[1], ("food".to_owned(), NotStarted));
    assert_eq!(walk.send("stalls_page", &[("stalls", "3")]), "/task-list");
    assert!(walk.states().iter().all(|(_, state)| *state == Completed));
    assert!(
        walk.html()
            .contains(r#"href="/forms/park-event/check-answers""#)
    );

    // An answer elsewhere may bring a section back.
    let plans = [("sells_food", "true"), ("visitors", "20")];
    assert_eq!(walk.send("plans", &plans), "/task-list");
    assert_eq!(walk.states()[1], ("food".to_owned(), InProgress));
    assert!(!walk.html().contains("check-answers\" aria"));
    assert_snapshot!(walk.html());
}

#[test]
fn a_section_that_is_not_asked_is_left_out() {
    let mut walk = Walk::new();
    let plans = [("sells_food", "false"), ("visitors", "20")];
    assert_eq!(walk.send("plans", &plans), "/task-list");
    let expected = [
        ("you", NotStarted),
        ("extras", NotStarted),
        ("event", Completed),
    ];
    assert_eq!(walk.states(), states(&expected));
    assert!(walk.html().contains("You have completed 1 of 3 sections."));
}

#[test]
fn the_way_back_stays_within_a_section() {
    let walk = Walk::new();
    let journey = walk.journey(false);
    let outcome = journey.outcome(&[]).unwrap();
    let before = |page| journey.before(&outcome, page).replace(LINKS.form, "");
    assert_eq!(before(Some("contact")), "/applicant");
    assert_eq!(before(Some("applicant")), "/task-list");
    assert_eq!(before(Some("plans")), "/task-list");
    assert_eq!(before(None), "/task-list");
    let journey = walk.journey(true);
    assert_eq!(
        journey.before(&outcome, Some("contact")),
        "/forms/park-event/check-answers"
    );
}
