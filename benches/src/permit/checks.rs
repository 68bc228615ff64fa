//! What is wrong with a submission.

use std::borrow::Cow;

use super::{
    Built, Facts, Use,
    shapes::{is_date, is_email, is_phone, is_postcode, shape},
    submission::{Number, Submission, Text, Texts},
};

/// What a text must match, and the code where it does not.
type Pattern = (fn(&str) -> bool, &'static str);

#[derive(Default)]
pub struct Checker {
    pub errors: Vec<(Cow<'static, str>, &'static str)>,
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
    pub fn all(&mut self, s: &Submission<'_>) -> Facts {
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
