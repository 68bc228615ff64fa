//! A whole document around a page.

use counterfoil_engine::{Plan, date::Day, plan::Texts};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    component::back_link,
    page::{self, Attended},
    view::Links,
};

/// A page without its document.
#[derive(Clone, Debug)]
pub struct Content {
    /// The page's heading, as it stands in the title of the document.
    pub title: String,
    /// Whether the page says that something is wrong; its title then begins with that.
    pub has_errors: bool,
    /// Where the link above the heading leads.
    pub back: Option<String>,
    /// What stands in `main`.
    pub main: Markup,
    /// What a script needs that follows the page; none for a page that stays as it is.
    pub followed: Option<Followed>,
}

/// What a script needs that follows a page: where it stands in its form, and what was typed elsewhere.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The form's id.
    pub form: String,
    /// Address of the published plan.
    pub plan: String,
    /// The page's language.
    pub locale: String,
    /// The day for which the page was drawn.
    pub as_of: Day,
    /// The page's id, or `check-answers`.
    pub page: String,
    /// The record that is open, counted from 0.
    pub record: Option<usize>,
    /// The pairs of the controls on other pages, as a data block that no browser runs.
    pub elsewhere: Markup,
}

impl Content {
    /// The page inside the element that follows it.
    fn within_element(&self) -> Markup {
        let Some(followed) = &self.followed else {
            return self.main.clone();
        };
        html! {
            counterfoil-form data-form=(followed.form) data-plan-url=(followed.plan)
                data-locale=(followed.locale) data-as-of=(followed.as_of)
                data-page=(followed.page) data-record=[followed.record] {
                (self.main)
                (followed.elsewhere)
            }
        }
    }
}

/// HTML of the operator's own around every page; none by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Frame<'a> {
    /// Stands first in the header.
    pub header: Option<&'a str>,
    /// Stands last in the footer.
    pub footer: Option<&'a str>,
}

/// What the documents of a site have in common.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// Address of the style sheet.
    pub stylesheet: &'a str,
    /// HTML of the operator's own above the band with the form's name, and below that with the rules in
    /// force; it is put into the page as it stands.
    pub frame: Frame<'a>,
    /// Address of the module that takes pages over; none leaves them as they are.
    pub script: Option<&'a str>,
    /// Address of the site's icon.
    pub icon: Option<&'a str>,
    /// Address of the catalogue.
    pub home: &'a str,
    /// The languages in which this page can be had; fewer than two show no choice.
    pub languages: &'a [Language<'a>],
    /// The form to which the page belongs, with its addresses.
    pub form: Option<(&'a Plan, &'a Links<'a>)>,
    /// What the page says of time and of the connection; none for a page that keeps and sends nothing.
    pub attended: Option<&'a Attended<'a>>,
}

/// A language in which a page can be had.
#[derive(Clone, Copy, Debug)]
pub struct Language<'a> {
    /// BCP 47 tag.
    pub tag: &'a str,
    /// The language's own name.
    pub name: &'a str,
    /// Address of the page in that language.
    pub href: &'a str,
}

/// A whole HTML document.
pub fn document(site: &Site<'_>, texts: &Texts, content: &Content) -> String {
    let markup = html! {
        (DOCTYPE)
        html .govuk-template lang=(&texts.locale) dir=(texts.formats.direction) {
            head {
                meta charset="utf-8";
                title { (title(site, texts, content)) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(site.stylesheet);
                @if let Some(icon) = site.icon { link rel="icon" href=(icon); }
                @if let Some(script) = site.script { script type="module" src=(script) {} }
                @if let Some(script) = site.attended.and_then(|attended| attended.script) {
                    script type="module" src=(script) {}
                }
            }
            body .govuk-template__body {
                a .govuk-skip-link href="#main-content" { (texts.text("ui.skip_link")) }
                (header(site, texts))
                div .govuk-width-container {
                    (languages(site, texts))
                    @if let Some(back) = &content.back {
                        nav aria-label=(texts.text("ui.back.nav")) {
                            (back_link(back, texts.text("ui.back")))
                        }
                    }
                    main .govuk-main-wrapper id="main-content" tabindex="-1" {
                        @if let Some(attended) = site.attended { (page::notices(attended)) }
                        (content.within_element())
                        @if let Some(attended) = site.attended { (page::attended(texts, attended)) }
                    }
                }
                (footer(site, texts))
            }
        }
    };
    markup.into_string()
}

fn title(site: &Site<'_>, texts: &Texts, content: &Content) -> String {
    let mut title = content.title.clone();
    let parts = [
        site.form.and_then(|_| texts.get("form.title")),
        site.form.and_then(|_| texts.get("form.authority")),
    ];
    for part in parts
        .into_iter()
        .flatten()
        .filter(|part| *part != content.title)
    {
        title.push_str(" \u{2013} ");
        title.push_str(part);
    }
    if content.has_errors {
        title = format!("{} {title}", texts.text("ui.error.word"));
    }
    title
}

fn header(site: &Site<'_>, texts: &Texts) -> Markup {
    html! {
        header {
            @if let Some(own) = site.frame.header { (PreEscaped(own)) }
            div .cf-header { div class="govuk-width-container cf-header__container" {
                @match site.form {
                    Some((_, links)) => {
                        @if let Some(authority) = texts.get("form.authority") {
                            span .cf-header__authority { (authority) }
                        }
                        a .cf-header__service href=(links.form) { (texts.text("form.title")) }
                    }
                    None => a .cf-header__service href=(site.home) { (texts.text("ui.site")) }
                }
            } }
        }
    }
}

fn languages(site: &Site<'_>, texts: &Texts) -> Markup {
    html! {
        @if site.languages.len() > 1 {
            nav .govuk-language-navigation aria-label=(texts.text("ui.languages")) {
                ul .govuk-language-navigation__list {
                    @for language in site.languages {
                        li .govuk-language-navigation__list-item {
                            @if language.tag == texts.locale {
                                span .govuk-language-navigation__text aria-current="true"
                                    lang=(language.tag) { (language.name) }
                            } @else {
                                a .govuk-language-navigation__link href=(language.href)
                                    rel="alternate" lang=(language.tag) hreflang=(language.tag) {
                                    (language.name)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn footer(site: &Site<'_>, texts: &Texts) -> Markup {
    html! {
        footer {
            div .cf-footer { div .govuk-width-container {
                ul .cf-footer__list {
                    li { a .govuk-link href=(site.home) { (texts.text("ui.footer.home")) } }
                    @if let Some((plan, links)) = site.form {
                        li {
                            (texts.text("ui.footer.plan")) " "
                            a .govuk-link href=(links.plan) data-plan=(plan.id()) {
                                code .cf-hash { (short(plan.id())) }
                            }
                        }
                    }
                }
            } }
            @if let Some(own) = site.frame.footer { (PreEscaped(own)) }
        }
    }
}

/// Enough of a hash to tell two apart by eye.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
