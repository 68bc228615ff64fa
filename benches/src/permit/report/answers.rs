//! The questions in their order: what is wrong, missing or not asked, and what is known after them.

use super::{
    super::{
        Use,
        fees::{Zone, zone},
        shapes::{is_email, is_phone, is_postcode, shape},
        submission::{Structure, Submission, Text},
    },
    found::{Found, Param, Place, Unit, listed},
};

/// What is known for rules and fees, in hundredths where it is no whole number. What is open is none.
pub struct Known {
    pub is_company: Option<bool>,
    pub is_nonprofit: Option<bool>,
    pub site_area: Option<i64>,
    pub zone: Option<Zone>,
    pub is_flooded: Option<bool>,
    pub flood_elevation: Option<i64>,
    pub is_heritage: Option<bool>,
    pub work: Option<Work>,
    pub parking: Option<i64>,
    pub structures: Option<Vec<Built>>,
    pub declared: Option<i64>,
    /// Thousandths of the plan review's fee that the certificate saves.
    pub certified: Option<i64>,
    pub is_expedited: Option<bool>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Work {
    New,
    Addition,
    Alteration,
    Demolition,
}

#[derive(Clone, Copy)]
pub struct Built {
    pub use_class: Option<Use>,
    pub floor_area: Option<i64>,
    pub storeys: Option<i64>,
    pub value: Option<i64>,
}

/// Options of the contacts and the features that something hangs on.
const PHONE: u8 = 1 << 1;
const ELEVATOR: u8 = 1 << 3;

/// What the applicant says of themselves that is read again further down.
struct Applicant<'s> {
    is_company: Option<bool>,
    name: Option<&'s str>,
}

/// The first and last day of the works.
struct Works<'s> {
    work: Option<Work>,
    start: Option<&'s str>,
    end: Option<&'s str>,
}

pub fn read(s: &Submission<'_>, found: &mut Found) -> Known {
    let applicant = applicant(s, found);
    let (site_area, zone) = site(s, found);
    let (is_flooded, flood_elevation) = flood(s, found);
    let is_heritage = heritage(s, found);
    let works = works(s, found);
    let parking = found.number(
        "project_parking_spaces",
        s.project_parking_spaces,
        Unit::Integer,
        (0, 500),
    );
    let structures = structures(s, works.work, found);
    let declared = declared(s, structures.as_deref(), found);
    contractor(s, &works, found);
    let is_nonprofit = if applicant.is_company == Some(true) {
        found.boolean("decl_nonprofit", s.decl_nonprofit)
    } else {
        found.not_asked("decl_nonprofit", s.decl_nonprofit.is_some());
        None
    };
    let certified = found.choice(
        "decl_green_cert",
        &s.decl_green_cert,
        &[("none", 0), ("silver", 75), ("gold", 150)],
    );
    let is_expedited = found.boolean("decl_expedited", s.decl_expedited);
    declaration(s, &applicant, &works, found);
    Known {
        is_company: applicant.is_company,
        is_nonprofit,
        site_area,
        zone,
        is_flooded,
        flood_elevation,
        is_heritage,
        work: works.work,
        parking,
        structures,
        declared,
        certified,
        is_expedited,
    }
}

fn is_given(text: &Text<'_>) -> bool {
    !text.get().is_empty()
}

const fn sound(_: &str) -> Option<(&'static str, Param)> {
    None
}

fn applicant<'s>(s: &'s Submission<'_>, found: &mut Found) -> Applicant<'s> {
    let is_company = found.choice(
        "applicant_kind",
        &s.applicant_kind,
        &[("person", false), ("company", true)],
    );
    let name = found.text(
        "applicant_full_name",
        &s.applicant_full_name,
        true,
        (2, 80),
        sound,
    );
    let (company, number) = (&s.applicant_company_name, &s.applicant_company_number);
    if is_company == Some(true) {
        found.text("applicant_company_name", company, true, (2, 100), sound);
        found.pattern("applicant_company_number", number, true, |text| {
            shape(text, "AA000000")
        });
    } else {
        found.not_asked("applicant_company_name", is_given(company));
        found.not_asked("applicant_company_number", is_given(number));
    }
    found.text(
        "applicant_email",
        &s.applicant_email,
        true,
        (6, 120),
        |text| (!is_email(text)).then_some(("format", Param::Text("format", "email"))),
    );
    let contact = found.several(
        "applicant_contact_by",
        &s.applicant_contact_by,
        true,
        &["email", "phone", "post"],
    );
    let is_phoned = contact.bits & PHONE != 0;
    found.pattern("applicant_phone", &s.applicant_phone, is_phoned, is_phone);
    let street = &s.applicant_street;
    found.text("applicant_street", street, true, (3, 120), sound);
    found.text("applicant_city", &s.applicant_city, true, (2, 60), sound);
    let postcode = &s.applicant_postcode;
    found.pattern("applicant_postcode", postcode, true, is_postcode);
    Applicant { is_company, name }
}

fn site(s: &Submission<'_>, found: &mut Found) -> (Option<i64>, Option<Zone>) {
    let is_same = found.boolean("site_same_address", s.site_same_address);
    if is_same == Some(false) {
        found.text("site_street", &s.site_street, true, (3, 120), sound);
        found.pattern("site_postcode", &s.site_postcode, true, is_postcode);
    } else {
        found.not_asked("site_street", is_given(&s.site_street));
        found.not_asked("site_postcode", is_given(&s.site_postcode));
    }
    found.pattern("site_parcel_id", &s.site_parcel_id, true, |text| {
        shape(text, "000-0000-00")
    });
    let area = found.number(
        "site_area_m2",
        s.site_area_m2,
        Unit::Decimal,
        (20, 1_000_000),
    );
    let zones = ["R1", "R2", "C1", "M1", "I1"].map(|id| (id, id));
    let id = found.choice("site_zone", &s.site_zone, &zones);
    (area, id.map(zone))
}

fn flood(s: &Submission<'_>, found: &mut Found) -> (Option<bool>, Option<i64>) {
    let is_flooded = found.boolean("site_flood_zone", s.site_flood_zone);
    let (at, elevation) = ("site_flood_elevation_m", s.site_flood_elevation_m);
    if is_flooded == Some(true) {
        let elevation = found.number(at, elevation, Unit::Decimal, (0, 200));
        return (is_flooded, elevation);
    }
    found.not_asked(at, elevation.is_given());
    (is_flooded, None)
}

fn heritage(s: &Submission<'_>, found: &mut Found) -> Option<bool> {
    let is_heritage = found.boolean("site_heritage", s.site_heritage);
    if is_heritage == Some(true) {
        found.pattern("site_heritage_ref", &s.site_heritage_ref, true, |text| {
            shape(text, "H00000")
        });
    } else {
        found.not_asked("site_heritage_ref", is_given(&s.site_heritage_ref));
    }
    is_heritage
}

fn works<'s>(s: &'s Submission<'_>, found: &mut Found) -> Works<'s> {
    use Work::{Addition, Alteration, Demolition, New};
    let work = found.choice(
        "project_work_type",
        &s.project_work_type,
        &[
            ("new", New),
            ("addition", Addition),
            ("alteration", Alteration),
            ("demolition", Demolition),
        ],
    );
    let description = &s.project_description;
    found.text("project_description", description, true, (10, 500), sound);
    let start = found.date(
        "project_start_date",
        &s.project_start_date,
        ("2025-01-01", "2030-12-31"),
    );
    let end = found.date(
        "project_end_date",
        &s.project_end_date,
        ("2025-01-01", "2035-12-31"),
    );
    if start.zip(end).is_some_and(|(start, end)| end <= start) {
        found.check("project_end_date", "after_start");
    }
    let (at, area) = ("project_existing_area_m2", s.project_existing_area_m2);
    if matches!(work, Some(Addition | Alteration)) {
        found.number(at, area, Unit::Decimal, (0, 100_000));
    } else {
        found.not_asked(at, area.is_given());
    }
    let (at, plan) = ("project_demolition_plan", s.project_demolition_plan);
    if work == Some(Demolition) {
        found.accepted(at, plan);
    } else {
        found.not_asked(at, plan.is_some());
    }
    Works { work, start, end }
}

/// The structures, where it is known how many there are.
fn structures(s: &Submission<'_>, work: Option<Work>, found: &mut Found) -> Option<Vec<Built>> {
    let structures = s.structures.as_deref().unwrap_or_default();
    if structures.is_empty() {
        if !matches!(work?, Work::New | Work::Addition) {
            return Some(Vec::new());
        }
        found.missed("structures");
        return None;
    }
    if structures.len() > 5 {
        let most = Param::Number("max", Unit::Integer, 5);
        found.error("structures", "items", most);
        return None;
    }
    let mut built = Vec::with_capacity(structures.len());
    let mut opening = '[';
    found.answer("structures");
    for (record, structure) in structures.iter().enumerate() {
        found.answers.push(opening);
        found.answers.push('{');
        built.push(one_structure(structure, record, found));
        found.answers.push('}');
        opening = ',';
    }
    found.answers.push(']');
    Some(built)
}

fn one_structure(structure: &Structure<'_>, record: usize, found: &mut Found) -> Built {
    let at = |field| Place {
        record: Some(record),
        field,
    };
    let uses = [
        ("dwelling", Use::Dwelling),
        ("multifamily", Use::Multifamily),
        ("commercial", Use::Commercial),
        ("industrial", Use::Industrial),
        ("accessory", Use::Accessory),
    ];
    let (area, value) = (structure.floor_area_m2, structure.value);
    Built {
        use_class: found.choice(at("use_class"), &structure.use_class, &uses),
        floor_area: found.number(at("floor_area_m2"), area, Unit::Decimal, (1, 50_000)),
        storeys: found.number(at("storeys"), structure.storeys, Unit::Integer, (1, 40)),
        value: found.number(at("value"), value, Unit::Money, (0, 50_000_000)),
    }
}

fn declared(s: &Submission<'_>, built: Option<&[Built]>, found: &mut Found) -> Option<i64> {
    let declared = found.number(
        "works_declared_value",
        s.works_declared_value,
        Unit::Money,
        (0, 250_000_000),
    );
    let built = built.unwrap_or_default();
    let value: Option<i64> = built.iter().map(|b| b.value).sum();
    if let (Some(declared), Some(value), false) = (declared, value, built.is_empty())
        && declared != value
    {
        found.sum_check("works_declared_value", value);
    }
    let features = found.several(
        "works_features",
        &s.works_features,
        false,
        &["pool", "solar", "fireplace", "elevator", "basement"],
    );
    let is_high = built.iter().any(|b| b.storeys.is_some_and(|n| n > 5));
    if features.is_sound && is_high && features.bits & ELEVATOR == 0 {
        found.check("works_features", "elevator");
    }
    declared
}

fn contractor(s: &Submission<'_>, works: &Works<'_>, found: &mut Found) {
    let (name, licence) = (&s.contractor_name, &s.contractor_licence);
    let (at, expires) = ("contractor_licence_expires", &s.contractor_licence_expires);
    if found.boolean("contractor_used", s.contractor_used) == Some(true) {
        found.text("contractor_name", name, true, (2, 100), sound);
        found.pattern("contractor_licence", licence, true, |text| {
            shape(text, "C0000000")
        });
        let expires = found.date(at, expires, ("2025-01-01", "2045-12-31"));
        let pair = expires.zip(works.end);
        if pair.is_some_and(|(expires, end)| expires < end) {
            found.check(at, "covers_end");
        }
    } else {
        found.not_asked("contractor_name", is_given(name));
        found.not_asked("contractor_licence", is_given(licence));
        found.not_asked(at, is_given(expires));
    }
}

fn declaration(
    s: &Submission<'_>,
    applicant: &Applicant<'_>,
    works: &Works<'_>,
    found: &mut Found,
) {
    found.accepted("decl_accurate", s.decl_accurate);
    let at = "decl_signature";
    let signature = found.text(at, &s.decl_signature, true, (2, 80), sound);
    let pair = signature.zip(applicant.name);
    if pair.is_some_and(|(signature, name)| signature != name) {
        found.check(at, "signature");
    }
    let at = "decl_signed_on";
    let limits = ("2024-01-01", "2030-12-31");
    let signed = found.date(at, &s.decl_signed_on, limits);
    let pair = signed.zip(works.start);
    if pair.is_some_and(|(signed, start)| signed > start) {
        found.check(at, "before_start");
    }
}

impl Known {
    /// Paths of the questions that would decide the permit, in their order: all that is open of what the
    /// rules read, since each rule reads it in any case.
    pub fn needs(&self) -> String {
        let mut needs = String::from("[");
        let mut open = |is_open: bool, field: &'static str| {
            if is_open {
                listed(&mut needs, field.into());
            }
        };
        let is_flooded = self.is_flooded == Some(true);
        let is_heritage = self.is_heritage == Some(true);
        open(self.site_area.is_none(), "site_area_m2");
        open(self.zone.is_none(), "site_zone");
        open(self.is_flooded.is_none(), "site_flood_zone");
        let elevation = is_flooded && self.flood_elevation.is_none();
        open(elevation, "site_flood_elevation_m");
        open(self.is_heritage.is_none(), "site_heritage");
        open(is_heritage && self.work.is_none(), "project_work_type");
        open(self.parking.is_none(), "project_parking_spaces");
        open(self.structures.is_none(), "structures");
        for (record, built) in self.structures.iter().flatten().enumerate() {
            let mut open = |is_open: bool, field| {
                if is_open {
                    let record = Some(record);
                    listed(&mut needs, Place { record, field });
                }
            };
            open(built.use_class.is_none(), "use_class");
            open(built.floor_area.is_none(), "floor_area_m2");
            open(built.storeys.is_none(), "storeys");
        }
        needs.push(']');
        needs
    }
}
