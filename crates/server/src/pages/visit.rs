//! One request for a form's page, with the draft that the browser has.

use std::{ops::Deref, sync::Arc};

use axum::{
    extract::{FromRequestParts, Path},
    http::{Method, request::Parts},
};
use counterfoil_engine::Context;
use counterfoil_html::journey::{Journey, Outcome, Pairs, typed};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{
    Failure,
    frame::{Drawn, Frame},
    session::{Session, random_hex},
};
use crate::{clock::day_in, office::Office, store::Draft};

/// Most bytes of a draft: a hundred pages of writing, so that nobody fills the disk with a few posts.
const MAX_DRAFT_BYTES: usize = 256 * 1024;

/// A request for a form's page.
pub struct Visit {
    /// The page's frame.
    pub frame: Frame,
    /// What was typed so far, as a page in this language writes it.
    pub typed: Pairs,
    /// Whether a draft is in the store and not submitted.
    pub begun: bool,
    /// The draft; a new one where none is begun.
    pub draft: Draft,
    /// The reference of the draft that the browser submitted last, unless it has begun anew.
    pub submitted: Option<String>,
    /// Answers for the button that fills an example in.
    pub example: Option<String>,
    session: Option<Session>,
    now: Timestamp,
    context: Context,
}

#[derive(Deserialize)]
struct FormParameter {
    form: String,
}

/// Opens a visit. Shown again, a draft moves to the form's present plan; what is sent from a page is
/// taken under the plan that the page was drawn from, so that no figure changes between a page and
/// its button.
impl FromRequestParts<Arc<Office>> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, office: &Arc<Office>) -> Result<Self, Failure> {
        let Ok(Path(FormParameter { form })) = Path::from_request_parts(parts, office).await else {
            return Err(Failure::NotFound);
        };
        let now = office.now();
        let offer = office
            .catalogue
            .offer(&form, now)
            .await?
            .ok_or(Failure::NotFound)?;
        let session = Session::of(&parts.headers);
        let stored = match &session {
            Some(session) => office.store.draft(&session.sha256(), &form, now).await?,
            None => None,
        };
        let submitted = stored.as_ref().and_then(|draft| draft.reference.clone());
        let draft = stored.filter(|draft| draft.reference.is_none());

        let own = match &draft {
            Some(draft) => office.catalogue.plan(&draft.plan).await?,
            None => None,
        };
        let plan = if parts.method == Method::POST {
            own.or(offer.plan)
        } else {
            offer.plan.or(own)
        };
        let mut frame = Frame::new(office, &form, plan.ok_or(Failure::NotFound)?, parts);

        let begun = draft.is_some();
        frame.kept_until = draft.as_ref().and_then(|draft| draft.expires);
        let moved = draft
            .as_ref()
            .is_some_and(|draft| draft.plan != frame.plan.id());
        let draft = match draft {
            Some(draft) if moved => Draft {
                plan: frame.plan.id().to_owned(),
                // A page drawn from the earlier plan can no longer send this draft.
                submission_key: random_hex()?,
                ..draft
            },
            Some(draft) => draft,
            None => fresh_draft(&frame)?,
        };
        let typed = if draft.locale == frame.locale {
            draft.typed.clone()
        } else {
            typed::in_language(&frame.plan, &draft.locale, &frame.locale, &draft.typed)
        };
        let context = Context::on(day_in(now, &frame.plan.rules().timezone));
        let mut visit = Self {
            frame,
            typed,
            begun,
            draft,
            submitted,
            example: offer.example,
            session,
            now,
            context,
        };
        if moved {
            visit.save().await?;
        }
        Ok(visit)
    }
}

impl Deref for Visit {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.frame
    }
}

impl Visit {
    /// Reads what was typed and evaluates it on today's date.
    ///
    /// # Errors
    /// Where the form is not in force today.
    pub fn outcome(&self) -> Result<Outcome, Failure> {
        self.walk(|journey| journey.outcome(&self.typed))
            .map_err(|_| self.not_in_force())
    }

    /// Goes a step of the way through the form, on today's date.
    pub fn walk<'a, T>(&'a self, step: impl FnOnce(&Journey<'a>) -> T) -> T {
        step(&Journey {
            plan: &self.frame.plan,
            locale: &self.frame.locale,
            context: &self.context,
            links: self.frame.links(),
            change: self.frame.change,
        })
    }

    /// The page that says that the form is not in force today.
    pub fn not_in_force(&self) -> Failure {
        Failure::Closed(Box::new(self.closed()))
    }

    /// What a page is drawn from that was not posted.
    pub fn drawn<'a>(&'a self, outcome: &'a Outcome) -> Drawn<'a> {
        Drawn {
            report: &outcome.report,
            words: &outcome.words,
            typed: &self.typed,
            hidden: &outcome.hidden,
        }
    }

    /// What the store knows the browser's session by.
    pub fn session_sha256(&self) -> Option<String> {
        self.session.as_ref().map(Session::sha256)
    }

    /// Keeps what was typed, for a session that begins now if there is none.
    ///
    /// # Errors
    /// Where more was typed than a draft may hold, or the office fails.
    pub async fn save(&mut self) -> Result<(), Failure> {
        let size = |(name, value): &(String, String)| name.len() + value.len();
        if self.typed.iter().map(size).sum::<usize>() > MAX_DRAFT_BYTES {
            return Err(Failure::TooLarge);
        }
        let session = match self.session.take() {
            Some(session) => session,
            None => Session::new()?,
        };
        self.draft.locale.clone_from(&self.frame.locale);
        self.draft.typed.clone_from(&self.typed);
        let hours = self.frame.office.options.draft_hours;
        let expires = self.now + SignedDuration::from_hours(i64::from(hours));
        self.frame.kept_until = Some(expires);
        let store = &self.frame.office.store;
        store
            .save_draft(&session.sha256(), &self.draft, self.now, expires)
            .await?;
        let cookie = session.set_cookie(&self.frame.headers, hours);
        self.frame.cookies.extend(cookie);
        self.session = Some(session);
        self.begun = true;
        Ok(())
    }

    /// Puts a new draft with these pairs in place of whatever the browser had.
    ///
    /// # Errors
    /// Where the office fails.
    pub async fn begin_with(&mut self, typed: Pairs) -> Result<(), Failure> {
        self.draft = fresh_draft(&self.frame)?;
        self.typed = typed;
        self.save().await
    }

    /// Marks the draft as submitted and forgets what was typed.
    ///
    /// # Errors
    /// Where the office fails.
    pub async fn finish(&mut self, reference: &str) -> Result<(), Failure> {
        self.draft.reference = Some(reference.to_owned());
        self.typed.clear();
        self.save().await
    }
}

fn fresh_draft(frame: &Frame) -> Result<Draft, Failure> {
    Ok(Draft {
        form: frame.form.clone(),
        plan: frame.plan.id().to_owned(),
        typed: Vec::new(),
        locale: frame.locale.clone(),
        submission_key: random_hex()?,
        reference: None,
        expires: None,
    })
}
