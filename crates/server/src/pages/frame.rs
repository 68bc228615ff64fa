//! What every page of a form needs: whose form, under which plan, in which language.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use counterfoil_engine::{Plan, Report, Words, format, plan::Texts};
use counterfoil_html::{
    Content, Language, Links, Site, View, document,
    page::{Attended, Kept},
};
use jiff::Timestamp;

use super::session;
use crate::{
    clock::{day_in, time_in},
    office::Office,
    theme::Theme,
};

/// Address of the catalogue.
pub const CATALOGUE: &str = "/";
const STYLESHEET: &str = "/assets/counterfoil.css";
/// The module that takes pages over in browsers that run it.
const SCRIPT: &str = "counterfoil-form.js";
/// The module that says when time runs out or the connection is lost.
const ATTENDING: &str = "counterfoil-pages.js";
/// How long before its end a page says that a draft will be removed, in seconds; for drafts that are kept
/// for less than four times as long, a quarter of their time.
const WARNING: i64 = 30 * 60;

/// What every page of a form needs.
pub struct Frame {
    /// The office.
    pub office: Arc<Office>,
    /// The form's id.
    pub form: String,
    /// The plan from which the page is drawn.
    pub plan: Arc<Plan>,
    /// The page's language, one of the plan's.
    pub locale: String,
    /// The request's headers.
    pub headers: HeaderMap,
    /// Whether the person came to change an answer.
    pub change: bool,
    /// Cookies to set with the answer.
    pub cookies: Vec<HeaderValue>,
    /// Until when the draft is kept that the page belongs to, if there is one.
    pub kept_until: Option<Timestamp>,
    path: String,
    addresses: Addresses,
}

struct Addresses {
    form: String,
    plan: String,
    keep: String,
}

/// What a page is drawn from besides the frame.
pub struct Drawn<'a> {
    /// What evaluation returned.
    pub report: &'a Report,
    /// The report in the page's language.
    pub words: &'a Words,
    /// What was typed on all pages.
    pub typed: &'a [(String, String)],
    /// Paths that are not asked.
    pub hidden: &'a BTreeSet<String>,
}

impl Frame {
    /// The frame of a request's answer.
    pub fn new(office: &Arc<Office>, form: &str, plan: Arc<Plan>, parts: &Parts) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let value = |key: &str| {
            query.split('&').find_map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (name == key).then_some(value)
            })
        };
        let languages = office.languages(&plan);
        let offered = |tag: &&str| languages.contains(tag);
        let asked = value("lang").filter(offered);
        let cookies = asked.and_then(|tag| session::set_language(&parts.headers, tag));
        let locale = asked
            .or_else(|| session::language(&parts.headers).filter(offered))
            .unwrap_or_else(|| plan.default_locale())
            .to_owned();
        Self {
            addresses: Addresses {
                form: format!("/forms/{form}"),
                plan: format!("/api/plans/{}", plan.id()),
                keep: format!("/forms/{form}/check-answers/keep"),
            },
            office: Arc::clone(office),
            form: form.to_owned(),
            locale,
            headers: parts.headers.clone(),
            change: value("change").is_some(),
            cookies: cookies.into_iter().collect(),
            kept_until: None,
            path: parts.uri.path().to_owned(),
            plan,
        }
    }

    /// The form's addresses.
    pub fn links(&self) -> Links<'_> {
        Links {
            form: &self.addresses.form,
            catalogue: CATALOGUE,
            plan: &self.addresses.plan,
        }
    }

    /// Draws a page.
    pub fn draw<C>(&self, drawn: &Drawn<'_>, page: impl FnOnce(&View<'_>) -> C) -> C {
        page(&View {
            plan: &self.plan,
            locale: &self.locale,
            report: drawn.report,
            words: drawn.words,
            pairs: drawn.typed,
            hidden: drawn.hidden,
            posted: false,
            new: &[],
            links: &self.links(),
            csrf: None,
        })
    }

    /// A page as an answer.
    pub fn page(&self, status: StatusCode, content: &Content) -> Response {
        let change = if self.change { "&change" } else { "" };
        let hrefs: Vec<_> = self
            .office
            .languages(&self.plan)
            .into_iter()
            .map(|tag| (tag, format!("{}?lang={tag}{change}", self.path)))
            .collect();
        let languages: Vec<_> = hrefs
            .iter()
            .map(|(tag, href)| Language {
                tag,
                name: self.plan.texts_or_default(tag).text("ui.language"),
                href,
            })
            .collect();
        let script = self.asset(SCRIPT);
        let attending = self.asset(ATTENDING);
        // Only pages that go on with a draft, or begin one, have anything to lose.
        let attended =
            (content.followed.is_some() || self.kept_until.is_some()).then(|| Attended {
                script: attending.as_deref(),
                kept: self.kept(),
            });
        let links = self.links();
        let site = Site {
            stylesheet: stylesheet(&self.office),
            frame: own_frame(&self.office, &self.locale),
            script: script.as_deref(),
            icon: None,
            home: CATALOGUE,
            languages: &languages,
            form: Some((&self.plan, &links)),
            attended: attended.as_ref(),
        };
        let html = document(&site, self.plan.texts_or_default(&self.locale), content);
        self.with_cookies((status, Html(html)).into_response())
    }

    /// How long the draft is kept that the page belongs to.
    pub fn kept(&self) -> Option<Kept<'_>> {
        let until = self.kept_until?;
        let timezone = &self.plan.rules().timezone;
        let lifetime = i64::from(self.office.options.draft_hours) * 3_600;
        Some(Kept {
            day: format::date(
                self.plan.texts_or_default(&self.locale),
                day_in(until, timezone),
            ),
            time: time_in(until, timezone),
            seconds: until.as_second() - self.office.now().as_second(),
            warning: WARNING.min(lifetime / 4),
            extend: &self.addresses.keep,
        })
    }

    /// The address of a file for browsers, where the office has it.
    fn asset(&self, name: &str) -> Option<String> {
        has_asset(&self.office, name).then(|| format!("/assets/{name}"))
    }

    /// Sends the browser on, with `GET`.
    pub fn redirect(&self, to: &str) -> Response {
        self.with_cookies(Redirect::to(to).into_response())
    }

    /// The answer for a form that is not in force.
    pub fn closed(&self) -> Response {
        let texts = self.plan.texts_or_default(&self.locale);
        self.page(
            StatusCode::OK,
            &counterfoil_html::page::closed(texts, CATALOGUE),
        )
    }

    /// Adds the cookies that are to be set.
    pub fn with_cookies(&self, mut response: Response) -> Response {
        for cookie in &self.cookies {
            response
                .headers_mut()
                .append(header::SET_COOKIE, cookie.clone());
        }
        response
    }
}

fn has_asset(office: &Office, name: &str) -> bool {
    office
        .options
        .assets
        .iter()
        .any(|folder| folder.join(name).is_file())
}

/// The address of the office's style sheet.
fn stylesheet(office: &Office) -> &'static str {
    match office.theme {
        Some(_) => Theme::stylesheet(),
        None => STYLESHEET,
    }
}

/// What the agency puts above and below its pages.
fn own_frame<'a>(office: &'a Office, locale: &str) -> counterfoil_html::Frame<'a> {
    let theme = office.theme.as_ref();
    theme.map_or_else(Default::default, |theme| theme.frame(locale))
}

/// A page outside any form.
pub fn plain_page(
    office: &Office,
    status: StatusCode,
    texts: &Texts,
    languages: &[Language<'_>],
    content: &Content,
) -> Response {
    let site = Site {
        stylesheet: stylesheet(office),
        frame: own_frame(office, &texts.locale),
        script: None,
        icon: None,
        home: CATALOGUE,
        languages,
        form: None,
        attended: None,
    };
    (status, Html(document(&site, texts, content))).into_response()
}
