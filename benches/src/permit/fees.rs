//! Whether there is a permit, and what it costs.

use super::{Facts, Use, submission::Submission};

/// What a zone allows.
#[derive(Clone, Copy)]
pub struct Zone {
    pub uses: &'static [Use],
    /// Tenths of the site's area that may be floor area.
    pub factor: i64,
    /// Storeys.
    pub height: i64,
}

pub fn zone(id: &str) -> Zone {
    use Use::{Accessory, Commercial, Dwelling, Industrial, Multifamily};
    let (uses, factor, height): (&[Use], _, _) = match id {
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
    Zone {
        uses,
        factor,
        height,
    }
}

pub fn reasons(s: &Submission<'_>, facts: &Facts) -> Vec<&'static str> {
    let Zone {
        uses,
        factor,
        height,
    } = zone(s.site_zone.get());
    let built = &facts.structures;
    let area: i64 = built.iter().map(|b| b.floor_area).sum();
    let parked: i64 = built
        .iter()
        .filter(|b| b.use_class.needs_parking())
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

pub fn lines(s: &Submission<'_>, facts: &Facts) -> Vec<(&'static str, i64)> {
    let built = &facts.structures;
    let base = if built.is_empty() {
        12_000
    } else {
        built.iter().map(|b| base(b.use_class, b.value)).sum()
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

/// The base fee of a structure.
pub fn base(use_class: Use, value: i64) -> i64 {
    let row = match use_class {
        Use::Dwelling => [8_500, 14_250, 32_500, 78_000, 165_000],
        Use::Multifamily => [12_500, 24_500, 61_250, 148_000, 325_000],
        Use::Commercial => [15_000, 31_500, 79_500, 189_000, 412_500],
        Use::Industrial => [14_000, 28_750, 70_000, 171_500, 366_000],
        Use::Accessory => [4_500, 7_750, 15_500, 36_000, 80_000],
    };
    let tiers = [2_500_000, 10_000_000, 50_000_000, 200_000_000];
    row[tiers.iter().filter(|tier| value >= **tier).count()]
}

/// The share of the declared value, in bands.
pub fn plan(value: i64) -> i64 {
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

pub fn half_up(a: i64, b: i64) -> i64 {
    (2 * a + b).div_euclid(2 * b)
}
