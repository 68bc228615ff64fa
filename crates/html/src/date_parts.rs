//! What was typed for a date, by its parts.

use counterfoil_engine::date::Day;

use crate::pairs;

/// The three parts of a date, in the order of a civil day.
pub(crate) const PARTS: [&str; 3] = ["day", "month", "year"];

/// What was typed for a date: its parts by themselves, or one day as a whole.
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

#[cfg(test)]
mod tests {
    use super::typed;

    fn parts(day: &str, month: &str, year: &str) -> [String; 3] {
        [day.to_owned(), month.to_owned(), year.to_owned()]
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
