//! Which parts of a typed date are wrong.

use counterfoil_engine::date::Day;

use crate::pairs;

/// The three parts of a date, in the order of a civil day.
pub(crate) const PARTS: [&str; 3] = ["day", "month", "year"];

/// What was typed for a date: year, month and day by themselves, or one day as a whole.
pub(crate) fn typed(pairs: &[(String, String)], path: &str) -> [String; 3] {
    let parts = PARTS.map(|part| pairs::first(pairs, &format!("{path}.{part}")));
    if parts.iter().any(Option::is_some) {
        return parts.map(|part| part.unwrap_or_default().to_owned());
    }
    let whole = pairs::first(pairs, path).unwrap_or_default();
    match whole.parse::<Day>() {
        Ok(date) => {
            let (year, month, day) = date.ymd();
            [day.to_string(), month.to_string(), year.to_string()]
        }
        Err(_) => [whole.to_owned(), String::new(), String::new()],
    }
}

/// Which parts to mark where the date as a whole is wrong: those left empty, or else those that no
/// date has; all three where each could stand in some date.
pub(crate) fn wrong(parts: &[String; 3]) -> [bool; 3] {
    let empty = parts.each_ref().map(|part| part.trim().is_empty());
    if empty.contains(&true) {
        return empty;
    }
    let number = |part: &str| part.trim().parse::<u16>().ok();
    let [day, month, year] = parts;
    let impossible = [
        !number(day).is_some_and(|day| (1..=31).contains(&day)),
        // A month may be typed as a name; only a number can be seen to be none.
        number(month).is_some_and(|month| !(1..=12).contains(&month)),
        !number(year).is_some_and(|year| (1000..=9999).contains(&year)),
    ];
    if impossible.contains(&true) {
        impossible
    } else {
        [true; 3]
    }
}

#[cfg(test)]
mod tests {
    use super::{typed, wrong};

    fn parts(day: &str, month: &str, year: &str) -> [String; 3] {
        [day.to_owned(), month.to_owned(), year.to_owned()]
    }

    #[test]
    fn only_the_wrong_parts_are_marked() {
        assert_eq!(wrong(&parts("1", "", "2026")), [false, true, false]);
        assert_eq!(wrong(&parts("32", "13", "2026")), [true, true, false]);
        assert_eq!(wrong(&parts("1", "May", "26")), [false, false, true]);
        assert_eq!(wrong(&parts("30", "2", "2026")), [true, true, true]);
        assert_eq!(wrong(&parts("", "", "")), [true, true, true]);
    }

    #[test]
    fn a_whole_date_fills_the_parts() {
        let whole = |text: &str| vec![("d".to_owned(), text.to_owned())];
        assert_eq!(typed(&whole("2026-03-01"), "d"), parts("1", "3", "2026"));
        assert_eq!(typed(&whole("soon"), "d"), parts("soon", "", ""));
        let split = vec![("d.month".to_owned(), "May".to_owned())];
        assert_eq!(typed(&split, "d"), parts("", "May", ""));
    }
}
