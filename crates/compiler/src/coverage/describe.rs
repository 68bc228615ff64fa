//! Outcomes in the form's own terms.

use counterfoil_engine::{
    observe::{Goal, Observer, SiteKind},
    plan::Parameter,
};

use super::Places;

/// Says what it is for an outcome to come about, such as `rule closure.short_enough does not hold`.
pub fn describe(observer: &Observer<'_>, goal: Goal, places: &Places) -> String {
    let site = &observer.sites()[goal.site];
    let yes = goal.outcome;
    let either = |holds: &'static str, fails: &'static str| if yes { holds } else { fails };
    let (kind, rest) = site.owner.split_once('.').unwrap_or((&site.owner, ""));
    let written = || match places.excerpt(site) {
        Some(text) => format!("`{}`", shortened(&text)),
        None => "a condition".to_owned(),
    };
    match site.kind {
        SiteKind::Condition => match (kind, rest.rsplit_once('.')) {
            ("rules", Some((id, "require"))) => {
                format!("rule {id} {}", either("holds", "does not hold"))
            }
            ("checks", Some((id, "require"))) => {
                format!("check {id} {}", either("holds", "does not hold"))
            }
            ("rules" | "checks" | "fees" | "entitlements", Some((id, _))) => {
                format!(
                    "{} {id} {}",
                    noun(kind),
                    either("applies", "does not apply")
                )
            }
            (_, Some((id, "required"))) => {
                format!(
                    "{} {id} {}",
                    noun(kind),
                    either("is required", "is not required")
                )
            }
            ("fields", Some((id, _))) if id.contains(".options.") => {
                let (field, option) = id.split_once(".options.").unwrap_or((id, ""));
                let offered = either("is offered", "is not offered");
                format!("option {option} of {field} {offered}")
            }
            (_, Some((id, _))) => {
                format!("{} {id} {}", noun(kind), either("is asked", "is not asked"))
            }
            (_, None) => format!("{} is {yes}", site.name),
        },
        SiteKind::Branch => format!(
            "{}: the {} of `if`, where {} is {yes}",
            plain(&site.owner),
            either("first branch", "second branch"),
            written(),
        ),
        SiteKind::Operand => format!("{}: {} is {yes}", plain(&site.owner), written()),
        SiteKind::Default => format!(
            "{}: the {} side of {}",
            plain(&site.owner),
            either("first", "second"),
            written(),
        ),
        SiteKind::Row(row) => format!("table {rest}, row {}: {}", row + 1, written()),
        SiteKind::Period(index) => {
            let parameters = &observer.plan().rules().parameters;
            let parameter = parameters
                .iter()
                .find(|parameter| parameter.parameter == rest);
            format!("parameter {rest} {}", period(parameter, index))
        }
        SiteKind::Message { code, limit } => format!("{rest} {}", message(code, limit)),
        SiteKind::Verdict => {
            format!("decision {rest} is {}", either("eligible", "ineligible"))
        }
        SiteKind::Figure => format!("{} is worked out", plain(&site.name)),
    }
}

/// An owner without the part that says nothing to people.
fn plain(owner: &str) -> &str {
    owner.strip_suffix(".amount").unwrap_or(owner)
}

fn noun(kind: &str) -> &str {
    match kind {
        "pages" => "page",
        "groups" => "group",
        "fields" => "field",
        "rules" => "rule",
        "checks" => "check",
        "fees" => "fee",
        "entitlements" => "entitlement",
        _ => kind,
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn period(parameter: Option<&Parameter>, index: usize) -> String {
    let periods = parameter.map_or(&[][..], |parameter| &parameter.periods);
    let from = periods.get(index).and_then(|(period, _)| period.from);
    let next = periods.get(index + 1).and_then(|(period, _)| period.from);
    match (from, next) {
        (Some(from), _) => format!("from {from}"),
        (None, Some(next)) => format!("before {next}"),
        (None, None) => "is used".to_owned(),
    }
}

fn message(code: &str, limit: Option<&str>) -> String {
    match (code, limit) {
        ("required", _) => "is left empty".to_owned(),
        ("range", Some("min")) => "is below its minimum".to_owned(),
        ("range", _) => "is above its maximum".to_owned(),
        ("scale", _) => "has too many decimal places".to_owned(),
        ("type", _) => "is no number".to_owned(),
        ("length", Some("min_length")) => "is too short".to_owned(),
        ("length", _) => "is too long".to_owned(),
        ("pattern", _) => "does not fit its pattern".to_owned(),
        ("format", _) => "does not have its format".to_owned(),
        ("date", _) => "is no date".to_owned(),
        ("duration", _) => "is no duration".to_owned(),
        ("order", _) => "ends before it starts".to_owned(),
        ("accepted", _) => "is not accepted".to_owned(),
        ("items", _) => "has too many records".to_owned(),
        ("option", _) => "is an option that is not offered".to_owned(),
        (code, _) => format!("has the error `{code}`"),
    }
}
