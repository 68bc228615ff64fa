//! The building permit's rules as a good engineer would write them by hand: structs, integer cents, no
//! form. It is the limit that the engine is measured against, and gives the workload's short result line.

// The workload defines its decimals by doubles, from which whole hundredths are made at once.
#![allow(clippy::float_arithmetic)]

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, de};

/// A submission, as far as it can be wrong.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Submission<'a> {
    #[serde(borrow)]
    applicant_kind: Text<'a>,
    #[serde(borrow)]
    applicant_full_name: Text<'a>,
    #[serde(borrow)]
    applicant_company_name: Text<'a>,
    #[serde(borrow)]
    applicant_company_number: Text<'a>,
    #[serde(borrow)]
    applicant_email: Text<'a>,
    #[serde(borrow)]
    applicant_contact_by: Texts<'a>,
    #[serde(borrow)]
    applicant_phone: Text<'a>,
    #[serde(borrow)]
    applicant_street: Text<'a>,
    #[serde(borrow)]
    applicant_city: Text<'a>,
    #[serde(borrow)]
    applicant_postcode: Text<'a>,
    #[serde(deserialize_with = "boolean")]
    site_same_address: Option<bool>,
    #[serde(borrow)]
    site_street: Text<'a>,
    #[serde(borrow)]
    site_postcode: Text<'a>,
    #[serde(borrow)]
    site_parcel_id: Text<'a>,
    site_area_m2: Number,
    #[serde(borrow)]
    site_zone: Text<'a>,
    #[serde(deserialize_with = "boolean")]
    site_flood_zone: Option<bool>,
    site_flood_elevation_m: Number,
    #[serde(deserialize_with = "boolean")]
    site_heritage: Option<bool>,
    #[serde(borrow)]
    site_heritage_ref: Text<'a>,
    #[serde(borrow)]
    project_work_type: Text<'a>,
    #[serde(borrow)]
    project_description: Text<'a>,
    #[serde(borrow)]
    project_start_date: Text<'a>,
    #[serde(borrow)]
    project_end_date: Text<'a>,
    project_existing_area_m2: Number,
    #[serde(deserialize_with = "boolean")]
    project_demolition_plan: Option<bool>,
    project_parking_spaces: Number,
    #[serde(borrow)]
    structures: Option<Vec<Structure<'a>>>,
    works_declared_value: Number,
    #[serde(borrow)]
    works_features: Texts<'a>,
    #[serde(deserialize_with = "boolean")]
    contractor_used: Option<bool>,
    #[serde(borrow)]
    contractor_name: Text<'a>,
    #[serde(borrow)]
    contractor_licence: Text<'a>,
    #[serde(borrow)]
    contractor_licence_expires: Text<'a>,
    #[serde(deserialize_with = "boolean")]
    decl_nonprofit: Option<bool>,
    #[serde(borrow)]
    decl_green_cert: Text<'a>,
    #[serde(deserialize_with = "boolean")]
    decl_expedited: Option<bool>,
    #[serde(deserialize_with = "boolean")]
    decl_accurate: Option<bool>,
    #[serde(borrow)]
    decl_signature: Text<'a>,
    #[serde(borrow)]
    decl_signed_on: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Structure<'a> {
    #[serde(borrow)]
    use_class: Text<'a>,
    floor_area_m2: Number,
    storeys: Number,
    value: Number,
}

/// A text that may borrow from the input; empty where it is missing.
#[derive(Default, Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Option<Cow<'a, str>>);

impl Text<'_> {
    fn get(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

#[derive(Default, Deserialize)]
#[serde(transparent)]
struct Texts<'a>(#[serde(borrow)] Option<Vec<Cow<'a, str>>>);

impl Texts<'_> {
    fn get(&self) -> &[Cow<'_, str>] {
        self.0.as_deref().unwrap_or_default()
    }

    fn contains(&self, wanted: &str) -> bool {
        self.get().iter().any(|item| item == wanted)
    }
}

/// A boolean field, in which an empty text is as good as nothing.
fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    struct Visitor;
    impl de::Visitor<'_> for Visitor {
        type Value = Option<bool>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a boolean")
        }

        fn visit_unit<E>(self) -> Result<Option<bool>, E> {
            Ok(None)
        }

        fn visit_bool<E>(self, value: bool) -> Result<Option<bool>, E> {
            Ok(Some(value))
        }

        fn visit_str<E: de::Error>(self, value: &str) -> Result<Option<bool>, E> {
            match value {
                "" => Ok(None),
                _ => Err(E::custom("a text is no boolean")),
            }
        }
    }
    deserializer.deserialize_any(Visitor)
}

/// A number field, which may hold a text that is no number.
#[derive(Clone, Copy, Default)]
enum Number {
    #[default]
    Missing,
    Text,
    Value(f64),
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Number;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number or a text")
            }

            fn visit_unit<E>(self) -> Result<Number, E> {
                Ok(Number::Missing)
            }

            fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
                Ok(Number::Value(value))
            }

            #[allow(clippy::cast_precision_loss)] // The data are far smaller.
            fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
                Ok(Number::Value(value as f64))
            }

            #[allow(clippy::cast_precision_loss)] // The data are far smaller.
            fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
                Ok(Number::Value(value as f64))
            }

            fn visit_str<E>(self, value: &str) -> Result<Number, E> {
                Ok(if value.is_empty() {
                    Number::Missing
                } else {
                    Number::Text
                })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// The workload's result line.
#[derive(Serialize)]
pub struct Outcome {
    valid: bool,
    errors: Vec<(Cow<'static, str>, &'static str)>,
    eligible: bool,
    reasons: Vec<&'static str>,
    fee_cents: Option<i64>,
    lines: Vec<(&'static str, i64)>,
}

/// The short line for a submission as text; none where it is no submission.
pub fn line(text: &str) -> Option<String> {
    let submission: Submission<'_> = serde_json::from_str(text).ok()?;
    serde_json::to_string(&evaluate(&submission)).ok()
}

/// Evaluates a submission.
pub fn evaluate(s: &Submission<'_>) -> Outcome {
    let mut check = Checker::default();
    let facts = check.all(s);
    let mut outcome = Outcome {
        valid: check.errors.is_empty(),
        errors: check.errors,
        eligible: false,
        reasons: Vec::new(),
        fee_cents: None,
        lines: Vec::new(),
    };
    if !outcome.valid {
        return outcome;
    }
    outcome.reasons = reasons(s, &facts);
    outcome.eligible = outcome.reasons.is_empty();
    if outcome.eligible {
        outcome.lines = fees(s, &facts);
        outcome.fee_cents = Some(outcome.lines.iter().map(|(_, cents)| cents).sum());
    }
    outcome
}

/// What checking has read, in hundredths.
#[derive(Default)]
struct Facts {
    site_area: i64,
    flood_elevation: i64,
    parking: i64,
    declared: i64,
    structures: Vec<Built>,
}

struct Built {
    use_class: Use,
    floor_area: i64,
    storeys: i64,
    value: i64,
}

#[derive(Clone, Copy, PartialEq)]
enum Use {
    Dwelling,
    Multifamily,
    Commercial,
    Industrial,
    Accessory,
}

impl Use {
    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "dwelling" => Self::Dwelling,
            "multifamily" => Self::Multifamily,
            "commercial" => Self::Commercial,
            "industrial" => Self::Industrial,
            "accessory" => Self::Accessory,
            _ => return None,
        })
    }
}

/// What a text must match, and the code where it does not.
type Pattern = (fn(&str) -> bool, &'static str);

#[derive(Default)]
struct Checker {
    errors: Vec<(Cow<'static, str>, &'static str)>,
}

impl Checker {
    fn fail(&mut self, path: impl Into<Cow<'static, str>>, code: &'static str) {
        self.errors.push((path.into(), code));
    }

    /// Whether there is a sound text.
    fn text(
        &mut self,
        path: &'static str,
        text: &Text<'_>,
        length: (usize, usize),
        required: bool,
        pattern: Option<Pattern>,
    ) -> bool {
        let text = text.get();
        if text.is_empty() {
            if required {
                self.fail(path, "required");
            }
            return false;
        }
        let count = text.chars().count();
        if count < length.0 || count > length.1 {
            self.fail(path, "length");
            return false;
        }
        match pattern {
            Some((matches, code)) if !matches(text) => {
                self.fail(path, code);
                false
            }
            _ => true,
        }
    }

    fn pattern(
        &mut self,
        path: &'static str,
        text: &Text<'_>,
        required: bool,
        matches: fn(&str) -> bool,
    ) {
        self.text(
            path,
            text,
            (0, usize::MAX),
            required,
            Some((matches, "pattern")),
        );
    }

    fn one_of(&mut self, path: &'static str, text: &Text<'_>, options: &[&str]) {
        let text = text.get();
        if text.is_empty() {
            self.fail(path, "required");
        } else if !options.contains(&text) {
            self.fail(path, "enum");
        }
    }

    /// Whether there are sound options.
    fn several(
        &mut self,
        path: &'static str,
        texts: &Texts<'_>,
        required: bool,
        options: &[&str],
    ) -> bool {
        if texts.get().is_empty() {
            if required {
                self.fail(path, "required");
            }
            return !required;
        }
        let sound = texts.get().iter().all(|item| options.contains(&&**item));
        if !sound {
            self.fail(path, "enum");
        }
        sound
    }

    fn boolean(&mut self, path: &'static str, value: Option<bool>, accepted: bool) {
        match value {
            None => self.fail(path, "required"),
            Some(false) if accepted => self.fail(path, "accepted"),
            Some(_) => {}
        }
    }

    /// The hundredths of a sound decimal.
    fn decimal(
        &mut self,
        path: impl Into<Cow<'static, str>>,
        number: Number,
        (min, max): (f64, f64),
    ) -> Option<i64> {
        let code = match number {
            Number::Missing => "required",
            Number::Text => "type",
            Number::Value(value) => {
                let hundredths = (value * 100.0).round();
                if value < min || value > max {
                    "range"
                } else if (hundredths / 100.0 - value).abs() > 0.0 {
                    "scale"
                } else {
                    #[allow(clippy::cast_possible_truncation)] // It is within the limits.
                    return Some(hundredths as i64);
                }
            }
        };
        self.fail(path, code);
        None
    }

    fn integer(
        &mut self,
        path: impl Into<Cow<'static, str>>,
        number: Number,
        (min, max): (f64, f64),
    ) -> Option<i64> {
        let code = match number {
            Number::Missing => "required",
            Number::Text => "type",
            Number::Value(value) if value.fract().abs() > 0.0 => "type",
            Number::Value(value) if value < min || value > max => "range",
            #[allow(clippy::cast_possible_truncation)] // It is within the limits.
            Number::Value(value) => return Some(value as i64),
        };
        self.fail(path, code);
        None
    }

    /// Whether there is a sound date.
    fn date(&mut self, path: &'static str, text: &Text<'_>, (min, max): (&str, &str)) -> bool {
        let text = text.get();
        let code = if text.is_empty() {
            "required"
        } else if !is_date(text) {
            "date"
        } else if text < min || text > max {
            "range"
        } else {
            return true;
        };
        self.fail(path, code);
        false
    }

    #[allow(clippy::too_many_lines)] // One line or two for each of 44 questions, in their order.
    fn all(&mut self, s: &Submission<'_>) -> Facts {
        let mut facts = Facts::default();
        let company = s.applicant_kind.get() == "company";
        self.one_of("applicant_kind", &s.applicant_kind, &["person", "company"]);
        let named = self.text(
            "applicant_full_name",
            &s.applicant_full_name,
            (2, 80),
            true,
            None,
        );
        if company {
            self.text(
                "applicant_company_name",
                &s.applicant_company_name,
                (2, 100),
                true,
                None,
            );
            self.pattern(
                "applicant_company_number",
                &s.applicant_company_number,
                true,
                |t| shape(t, "AA000000"),
            );
        }
        let email: Pattern = (is_email, "email");
        self.text(
            "applicant_email",
            &s.applicant_email,
            (6, 120),
            true,
            Some(email),
        );
        self.several(
            "applicant_contact_by",
            &s.applicant_contact_by,
            true,
            &["email", "phone", "post"],
        );
        let phoned = s.applicant_contact_by.contains("phone");
        self.pattern("applicant_phone", &s.applicant_phone, phoned, is_phone);
        self.text(
            "applicant_street",
            &s.applicant_street,
            (3, 120),
            true,
            None,
        );
        self.text("applicant_city", &s.applicant_city, (2, 60), true, None);
        self.pattern(
            "applicant_postcode",
            &s.applicant_postcode,
            true,
            is_postcode,
        );
        self.boolean("site_same_address", s.site_same_address, false);
        if s.site_same_address == Some(false) {
            self.text("site_street", &s.site_street, (3, 120), true, None);
            self.pattern("site_postcode", &s.site_postcode, true, is_postcode);
        }
        self.pattern("site_parcel_id", &s.site_parcel_id, true, |t| {
            shape(t, "000-0000-00")
        });
        let area = self.decimal("site_area_m2", s.site_area_m2, (20.0, 1_000_000.0));
        facts.site_area = area.unwrap_or_default();
        self.one_of("site_zone", &s.site_zone, &["R1", "R2", "C1", "M1", "I1"]);
        self.boolean("site_flood_zone", s.site_flood_zone, false);
        if s.site_flood_zone == Some(true) {
            let elevation = self.decimal(
                "site_flood_elevation_m",
                s.site_flood_elevation_m,
                (0.0, 200.0),
            );
            facts.flood_elevation = elevation.unwrap_or_default();
        }
        self.boolean("site_heritage", s.site_heritage, false);
        if s.site_heritage == Some(true) {
            self.pattern("site_heritage_ref", &s.site_heritage_ref, true, |t| {
                shape(t, "H00000")
            });
        }
        let work = s.project_work_type.get();
        self.one_of(
            "project_work_type",
            &s.project_work_type,
            &["new", "addition", "alteration", "demolition"],
        );
        self.text(
            "project_description",
            &s.project_description,
            (10, 500),
            true,
            None,
        );
        let start = s.project_start_date.get();
        let started = self.date(
            "project_start_date",
            &s.project_start_date,
            ("2025-01-01", "2030-12-31"),
        );
        let end = s.project_end_date.get();
        let ended = self.date(
            "project_end_date",
            &s.project_end_date,
            ("2025-01-01", "2035-12-31"),
        );
        if ended && started && end <= start {
            self.fail("project_end_date", "after_start");
        }
        if matches!(work, "addition" | "alteration") {
            self.decimal(
                "project_existing_area_m2",
                s.project_existing_area_m2,
                (0.0, 100_000.0),
            );
        }
        if work == "demolition" {
            self.boolean("project_demolition_plan", s.project_demolition_plan, true);
        }
        let parking = self.integer(
            "project_parking_spaces",
            s.project_parking_spaces,
            (0.0, 500.0),
        );
        facts.parking = parking.unwrap_or_default();
        let list = self.structures(s, matches!(work, "new" | "addition"), &mut facts);
        let declared = self.decimal(
            "works_declared_value",
            s.works_declared_value,
            (0.0, 250_000_000.0),
        );
        if let Some(declared) = declared {
            facts.declared = declared;
            if list.sum.is_some_and(|sum| sum != declared) {
                self.fail("works_declared_value", "sum");
            }
        }
        let features = ["pool", "solar", "fireplace", "elevator", "basement"];
        if self.several("works_features", &s.works_features, false, &features)
            && list.high
            && !s.works_features.contains("elevator")
        {
            self.fail("works_features", "elevator");
        }
        self.boolean("contractor_used", s.contractor_used, false);
        if s.contractor_used == Some(true) {
            self.text("contractor_name", &s.contractor_name, (2, 100), true, None);
            self.pattern("contractor_licence", &s.contractor_licence, true, |t| {
                shape(t, "C0000000")
            });
            let expires = s.contractor_licence_expires.get();
            let limits = ("2025-01-01", "2045-12-31");
            let expiring = self.date(
                "contractor_licence_expires",
                &s.contractor_licence_expires,
                limits,
            );
            if expiring && ended && expires < end {
                self.fail("contractor_licence_expires", "covers_end");
            }
        }
        if company {
            self.boolean("decl_nonprofit", s.decl_nonprofit, false);
        }
        self.one_of(
            "decl_green_cert",
            &s.decl_green_cert,
            &["none", "silver", "gold"],
        );
        self.boolean("decl_expedited", s.decl_expedited, false);
        self.boolean("decl_accurate", s.decl_accurate, true);
        let signed = self.text("decl_signature", &s.decl_signature, (2, 80), true, None);
        if signed && named && s.decl_signature.get() != s.applicant_full_name.get() {
            self.fail("decl_signature", "signature");
        }
        let dated = self.date(
            "decl_signed_on",
            &s.decl_signed_on,
            ("2024-01-01", "2030-12-31"),
        );
        if dated && started && s.decl_signed_on.get() > start {
            self.fail("decl_signed_on", "before_start");
        }
        facts
    }

    fn structures(&mut self, s: &Submission<'_>, required: bool, facts: &mut Facts) -> List {
        let structures = s.structures.as_deref().unwrap_or_default();
        let mut list = List::default();
        if structures.is_empty() {
            if required {
                self.fail("structures", "required");
            }
            return list;
        }
        if structures.len() > 5 {
            self.fail("structures", "items");
            return list;
        }
        let mut sum = Some(0);
        for (index, structure) in structures.iter().enumerate() {
            let path = |field: &str| format!("structures[{index}].{field}");
            let use_class = match structure.use_class.get() {
                "" => Err("required"),
                text => Use::of(text).ok_or("enum"),
            };
            if let Err(code) = use_class {
                self.fail(path("use_class"), code);
            }
            let floor_area = self.decimal(
                path("floor_area_m2"),
                structure.floor_area_m2,
                (1.0, 50_000.0),
            );
            let storeys = self.integer(path("storeys"), structure.storeys, (1.0, 40.0));
            let value = self.decimal(path("value"), structure.value, (0.0, 50_000_000.0));
            list.high |= storeys.is_some_and(|storeys| storeys > 5);
            sum = sum.zip(value).map(|(sum, value)| sum + value);
            if let (Ok(use_class), Some(floor_area), Some(storeys), Some(value)) =
                (use_class, floor_area, storeys, value)
            {
                facts.structures.push(Built {
                    use_class,
                    floor_area,
                    storeys,
                    value,
                });
            }
        }
        list.sum = sum;
        list
    }
}

/// What the rules across fields read of the structures.
#[derive(Default)]
struct List {
    sum: Option<i64>,
    high: bool,
}

fn reasons(s: &Submission<'_>, facts: &Facts) -> Vec<&'static str> {
    use Use::{Accessory, Commercial, Dwelling, Industrial, Multifamily};
    let (uses, factor, height): (&[Use], _, _) = match s.site_zone.get() {
        "R1" => (&[Dwelling, Accessory], 5, 3),
        "R2" => (&[Dwelling, Multifamily, Accessory], 10, 6),
        "C1" => (&[Commercial, Multifamily, Accessory], 30, 12),
        "M1" => (
            &[Dwelling, Multifamily, Commercial, Industrial, Accessory],
            25,
            20,
        ),
        _ => (&[Industrial, Commercial, Accessory], 15, 8),
    };
    let built = &facts.structures;
    let area: i64 = built.iter().map(|b| b.floor_area).sum();
    let parked: i64 = built
        .iter()
        .filter(|b| matches!(b.use_class, Multifamily | Commercial))
        .map(|b| b.floor_area)
        .sum();
    let demolished = s.project_work_type.get() == "demolition";
    let rules = [
        (
            "ZONE_USE",
            built.iter().all(|b| uses.contains(&b.use_class)),
        ),
        ("DENSITY", 10 * area <= facts.site_area * factor),
        (
            "FLOOD",
            s.site_flood_zone != Some(true) || facts.flood_elevation >= 150,
        ),
        ("HEIGHT", built.iter().all(|b| b.storeys <= height)),
        ("HERITAGE", !(s.site_heritage == Some(true) && demolished)),
        ("PARKING", facts.parking >= parked / 10_000),
    ];
    rules
        .into_iter()
        .filter(|(_, holds)| !holds)
        .map(|(code, _)| code)
        .collect()
}

fn fees(s: &Submission<'_>, facts: &Facts) -> Vec<(&'static str, i64)> {
    let built = &facts.structures;
    let base = if built.is_empty() {
        12_000
    } else {
        built.iter().map(base).sum()
    };
    let plan = plan(facts.declared);
    let mut lines = vec![("BASE", base), ("PLAN", plan)];
    let mut add = |code, cents| {
        if cents != 0 {
            lines.push((code, cents));
        }
    };
    add(
        "STOREY",
        7_550 * built.iter().map(|b| (b.storeys - 2).max(0)).sum::<i64>(),
    );
    add(
        "FLOOD",
        if s.site_flood_zone == Some(true) {
            25_000
        } else {
            0
        },
    );
    add(
        "HERITAGE",
        if s.site_heritage == Some(true) {
            18_050
        } else {
            0
        },
    );
    let green = match s.decl_green_cert.get() {
        "silver" => 75,
        "gold" => 150,
        _ => 0,
    };
    add("GREEN", -half_up(plan * green, 1_000));
    if s.applicant_kind.get() == "company" && s.decl_nonprofit == Some(true) {
        add("NONPROFIT", -half_up(base * 400, 1_000));
    }
    let sum = |lines: &[(&str, i64)]| lines.iter().map(|(_, cents)| cents).sum::<i64>();
    if s.decl_expedited == Some(true) {
        let expedite = half_up(sum(&lines) * 175, 1_000);
        if expedite != 0 {
            lines.push(("EXPEDITE", expedite));
        }
    }
    let total = sum(&lines);
    if total > 1_200_000 {
        lines.push(("CAP", 1_200_000 - total));
    } else if total < 12_500 {
        lines.push(("FLOOR", 12_500 - total));
    }
    lines
}

fn base(built: &Built) -> i64 {
    let row = match built.use_class {
        Use::Dwelling => [8_500, 14_250, 32_500, 78_000, 165_000],
        Use::Multifamily => [12_500, 24_500, 61_250, 148_000, 325_000],
        Use::Commercial => [15_000, 31_500, 79_500, 189_000, 412_500],
        Use::Industrial => [14_000, 28_750, 70_000, 171_500, 366_000],
        Use::Accessory => [4_500, 7_750, 15_500, 36_000, 80_000],
    };
    let tiers = [2_500_000, 10_000_000, 50_000_000, 200_000_000];
    row[tiers.iter().filter(|tier| built.value >= **tier).count()]
}

/// The share of the declared value, in bands.
fn plan(value: i64) -> i64 {
    let bands = [
        (0, 5_000_000, 600),
        (5_000_000, 25_000_000, 450),
        (25_000_000, 100_000_000, 300),
        (100_000_000, i64::MAX, 125),
    ];
    let parts = bands
        .iter()
        .map(|(from, to, rate)| (value.min(*to) - from).max(0) * rate);
    half_up(parts.sum(), 100_000)
}

fn half_up(a: i64, b: i64) -> i64 {
    (2 * a + b).div_euclid(2 * b)
}

/// Whether a text has a shape in which `A` is a capital letter, `0` a digit and the rest itself.
fn shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, wanted)| match wanted {
                b'A' => byte.is_ascii_uppercase(),
                b'0' => byte.is_ascii_digit(),
                wanted => byte == wanted,
            })
}

fn is_postcode(text: &str) -> bool {
    shape(text, "AA00 000")
}

fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let Some((labels, last)) = domain.rsplit_once('.') else {
        return false;
    };
    let local_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
    let label_byte = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    !local.is_empty()
        && local.bytes().all(local_byte)
        && labels
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(label_byte))
        && last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_date(text: &str) -> bool {
    if !shape(text, "0000-00-00") {
        return false;
    }
    let number = |range: std::ops::Range<usize>| text[range].parse::<u16>().unwrap_or_default();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}
