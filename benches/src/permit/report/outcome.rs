//! Values, the verdict and the fees.

use super::{
    super::{
        Use,
        fees::{base, half_up, plan},
    },
    answers::{Built, Known, Work},
    write::{decimal, key, money, plain, whole},
};

/// What values and rules read of all structures, in hundredths; none where something is open.
pub struct Sums {
    value: Option<i64>,
    floor_area: Option<i64>,
    /// In thousandths.
    highest_floor_area: Option<i64>,
    spaces_needed: Option<i64>,
}

impl Sums {
    pub fn of(known: &Known) -> Self {
        let sum = |each: fn(&Built) -> Option<i64>| -> Option<i64> {
            known.structures.as_ref()?.iter().map(each).sum()
        };
        Self {
            value: sum(|b| b.value),
            floor_area: sum(|b| b.floor_area),
            highest_floor_area: known
                .site_area
                .zip(known.zone)
                .map(|(area, zone)| area * zone.factor),
            spaces_needed: sum(Built::parking_area).map(|area| area / 10_000),
        }
    }
}

impl Built {
    fn base_fee(&self) -> Option<i64> {
        Some(base(self.use_class?, self.value?))
    }

    fn extra_storeys(&self) -> Option<i64> {
        Some((self.storeys? - 2).max(0))
    }

    fn parking_area(&self) -> Option<i64> {
        if self.use_class?.needs_parking() {
            self.floor_area
        } else {
            Some(0)
        }
    }
}

/// An object of which only what is known is written.
struct Object<'o> {
    out: &'o mut String,
    opening: char,
}

impl<'o> Object<'o> {
    const fn new(out: &'o mut String) -> Self {
        Self { out, opening: '{' }
    }

    fn known(&mut self, name: &str, number: Option<i64>, write: impl FnOnce(&mut String, i64)) {
        if let Some(number) = number {
            self.out.push(self.opening);
            self.opening = ',';
            key(self.out, name);
            write(self.out, number);
        }
    }

    fn end(self) {
        if self.opening == '{' {
            self.out.push('{');
        }
        self.out.push('}');
    }
}

fn hundredths(out: &mut String, number: i64) {
    decimal(out, number, 2);
}

fn thousandths(out: &mut String, number: i64) {
    decimal(out, number, 3);
}

pub fn values(out: &mut String, known: &Known, sums: &Sums) {
    out.push_str(r#"{"structures":["#);
    for (index, built) in known.structures.iter().flatten().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let mut record = Object::new(out);
        record.known("base_fee", built.base_fee(), money);
        record.known("extra_storeys", built.extra_storeys(), whole);
        record.known("parking_area", built.parking_area(), hundredths);
        record.end();
    }
    out.push(']');
    let mut rest = Object { out, opening: ',' };
    rest.known("structures_value", sums.value, money);
    rest.known("floor_area", sums.floor_area, hundredths);
    rest.known("highest_floor_area", sums.highest_floor_area, thousandths);
    let storeys = known.zone.map(|zone| zone.height);
    rest.known("highest_storeys", storeys, whole);
    rest.known("spaces_needed", sums.spaces_needed, whole);
    rest.end();
}

#[derive(Clone, Copy, PartialEq)]
pub enum Verdict {
    Eligible,
    Ineligible,
    Undetermined,
}

pub fn permit(out: &mut String, known: &Known, sums: &Sums) -> Verdict {
    let rules = [
        Some(known.zone_use()),
        Some(sums.density()),
        match known.is_flooded {
            Some(false) => None,
            Some(true) => Some(known.flood_elevation.map(|elevation| elevation >= 150)),
            None => Some(None),
        },
        Some(known.height()),
        match known.is_heritage {
            Some(false) => None,
            Some(true) => Some(known.work.map(|work| work != Work::Demolition)),
            None => Some(None),
        },
        Some(
            known
                .parking
                .zip(sums.spaces_needed)
                .map(|(spaces, needed)| spaces >= needed),
        ),
    ];
    let verdict = match all(rules.iter().flatten().copied()) {
        Some(true) => Verdict::Eligible,
        Some(false) => Verdict::Ineligible,
        None => Verdict::Undetermined,
    };
    out.push_str(r#"[{"decision":"permit","verdict":"#);
    plain(
        out,
        match verdict {
            Verdict::Eligible => "eligible",
            Verdict::Ineligible => "ineligible",
            Verdict::Undetermined => "undetermined",
        },
    );
    out.push_str(r#","rules":"#);
    let ids = [
        "zone_use", "density", "flood", "height", "heritage", "parking",
    ];
    let mut opening = '[';
    for (id, rule) in ids.into_iter().zip(rules) {
        let Some(holds) = rule else {
            continue;
        };
        out.push(opening);
        opening = ',';
        out.push_str(r#"{"rule":"#);
        plain(out, id);
        out.push_str(r#","holds":"#);
        out.push_str(match holds {
            Some(true) => "true",
            Some(false) => "false",
            None => "null",
        });
        params(out, id, known, sums);
        out.push('}');
    }
    out.push_str(r#"],"needs":"#);
    match verdict {
        Verdict::Undetermined => out.push_str(&known.needs()),
        _ => out.push_str("[]"),
    }
    out.push_str("}]");
    verdict
}

/// What a rule's message needs, as far as it is known.
fn params(out: &mut String, rule: &str, known: &Known, sums: &Sums) {
    let start = out.len();
    out.push_str(r#","params":"#);
    let mut params = Object::new(out);
    match rule {
        "density" => {
            params.known("floor_area", sums.floor_area, hundredths);
            params.known("highest_floor_area", sums.highest_floor_area, thousandths);
        }
        "flood" => params.known("flood_level", Some(150), hundredths),
        "height" => {
            let storeys = known.zone.map(|zone| zone.height);
            params.known("highest_storeys", storeys, whole);
        }
        "parking" => params.known("spaces_needed", sums.spaces_needed, whole),
        _ => {}
    }
    if params.opening == '{' {
        out.truncate(start);
    } else {
        params.end();
    }
}

impl Sums {
    fn density(&self) -> Option<bool> {
        Some(10 * self.floor_area? <= self.highest_floor_area?)
    }
}

impl Known {
    fn zone_use(&self) -> Option<bool> {
        let allowed = |built: &Built| -> Option<bool> {
            let use_class: Use = built.use_class?;
            Some(self.zone?.uses.contains(&use_class))
        };
        all(self.structures.as_ref()?.iter().map(allowed))
    }

    fn height(&self) -> Option<bool> {
        let low = |built: &Built| Some(built.storeys? <= self.zone?.height);
        all(self.structures.as_ref()?.iter().map(low))
    }
}

/// Whether all hold: none that does not, and none that is open.
fn all(holds: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(true);
    for holds in holds {
        match holds {
            Some(true) => {}
            Some(false) => return Some(false),
            None => result = None,
        }
    }
    result
}

/// Lines of the fees, with the sum of those that are written; none where one of them is open.
struct Lines<'o> {
    out: &'o mut String,
    subtotal: Option<i64>,
    opening: char,
}

impl Lines<'_> {
    fn line(&mut self, id: &str, amount: Option<i64>) {
        self.out.push(self.opening);
        self.opening = ',';
        self.out.push_str(r#"{"id":"#);
        plain(self.out, id);
        self.out.push_str(r#","amount":"#);
        money_or_null(self.out, amount);
        self.out.push('}');
        self.subtotal = self.subtotal.zip(amount).map(|(sum, amount)| sum + amount);
    }

    fn unless_zero(&mut self, id: &str, amount: Option<i64>) {
        if amount != Some(0) {
            self.line(id, amount);
        }
    }
}

fn money_or_null(out: &mut String, amount: Option<i64>) {
    match amount {
        Some(amount) => money(out, amount),
        None => out.push_str("null"),
    }
}

pub fn fees(out: &mut String, known: &Known, verdict: Verdict) {
    out.push_str(r#"{"currency":"EUR","lines":"#);
    let mut lines = Lines {
        out,
        subtotal: Some(0),
        opening: '[',
    };
    let base = match known.structures.as_deref() {
        Some([]) => Some(12_000),
        Some(built) => built.iter().map(Built::base_fee).sum(),
        None => None,
    };
    lines.line("base", base);
    let plan = known.declared.map(plan);
    lines.line("plan", plan);
    let storeys: Option<i64> = known
        .structures
        .as_ref()
        .and_then(|built| built.iter().map(Built::extra_storeys).sum());
    lines.unless_zero("storey", storeys.map(|storeys| storeys * 7_550));
    if known.is_flooded != Some(false) {
        lines.line("flood", known.is_flooded.map(|_| 25_000));
    }
    if known.is_heritage != Some(false) {
        lines.line("heritage", known.is_heritage.map(|_| 18_050));
    }
    let saved = plan.zip(known.certified);
    let saved = saved.map(|(plan, share)| -half_up(plan * share, 1_000));
    lines.unless_zero("green", saved);
    match (known.is_company, known.is_nonprofit) {
        (Some(false), _) | (_, Some(false)) => {}
        (Some(true), Some(true)) => {
            lines.unless_zero("nonprofit", base.map(|base| -half_up(base * 400, 1_000)));
        }
        _ => lines.line("nonprofit", None),
    }
    match (known.is_expedited, lines.subtotal) {
        (Some(false), _) => {}
        (Some(true), Some(subtotal)) => {
            lines.unless_zero("expedite", Some(half_up(subtotal * 175, 1_000)));
        }
        _ => lines.line("expedite", None),
    }
    match lines.subtotal {
        Some(subtotal) if subtotal > 1_200_000 => lines.line("cap", Some(1_200_000 - subtotal)),
        Some(subtotal) if subtotal < 12_500 => lines.line("floor", Some(12_500 - subtotal)),
        Some(_) => {}
        None => {
            lines.line("cap", None);
            lines.line("floor", None);
        }
    }
    let total = lines.subtotal.filter(|_| verdict == Verdict::Eligible);
    out.push_str(r#"],"total":"#);
    money_or_null(out, total);
    out.push('}');
}
