//! How numbers, money, dates and lists are written in a locale.
//!
//! The patterns are those of Unicode CLDR, read from ICU4X while a form is compiled and put into its plan,
//! so that browser and office write alike and no locale data is downloaded. The engine writes the digits
//! 0 to 9 and counts in the Gregorian calendar; the patterns are found by writing samples.

use counterfoil_engine::plan::Formats;
use icu_datetime::{DateTimeFormatter, fieldsets::YMD, input::Date};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_list::{ListFormatter, options::ListFormatterOptions};
use icu_locale::{Direction, Locale, LocaleDirectionality};

use super::{currency, messages::language_of, plurals::plurals};

/// A number with every mark.
const NUMBER: &str = "1234567.8";
/// A day whose parts are no part of any month's name.
const YEAR: i32 = 2026;
const DAY: u8 = 23;
/// Items of a list, in characters that no pattern holds.
const ITEMS: [&str; 2] = ["\u{1}", "\u{2}"];

/// How a locale writes; English ways where CLDR does not know its language, with `false`. A tag without a
/// region is taken for that of the currency: English with US dollars writes dates as the United States do.
pub(super) fn formats(tag: &str, currency: Option<&str>) -> (Formats, bool) {
    match read(tag, currency) {
        Some(formats) => (formats, true),
        None => (read("en", currency).unwrap_or_default(), false),
    }
}

fn read(tag: &str, currency: Option<&str>) -> Option<Formats> {
    let locale = locale(tag, currency)?;
    let (group, decimal) = marks(&locale)?;
    let (date, months) = dates(&locale)?;
    let direction = LocaleDirectionality::new_extended().get(&locale.id);
    Some(Formats {
        direction: match direction {
            Some(Direction::RightToLeft) => "rtl".to_owned(),
            _ => "ltr".to_owned(),
        },
        decimal,
        group,
        money: currency::pattern(language_of(tag), currency),
        date,
        months,
        list: list(&locale)?,
        plurals: plurals(&locale)?,
    })
}

fn locale(tag: &str, currency: Option<&str>) -> Option<Locale> {
    let mut locale: Locale = tag.parse().ok()?;
    if locale.id.language.as_str() == "en" && locale.id.region.is_none() {
        // English of no country writes as the world does.
        let region = currency.and_then(currency::english_region).unwrap_or("001");
        locale.id.region = region.parse().ok();
    }
    format!("{locale}-u-ca-gregory-nu-latn").parse().ok()
}

/// What stands between groups of digits, and between whole and fraction.
fn marks(locale: &Locale) -> Option<(String, String)> {
    let number: Decimal = NUMBER.parse().ok()?;
    let formatter = DecimalFormatter::try_new(locale.clone().into(), Default::default()).ok()?;
    let written = formatter.format(&number).to_string();
    let between = |before: char, after: char| {
        let (_, rest) = written.split_once(before)?;
        let (mark, _) = rest.split_once(after)?;
        Some(mark.to_owned())
    };
    Some((between('4', '5')?, between('7', '8')?))
}

/// The pattern of a date with its month's name, and the names as they stand in it.
fn dates(locale: &Locale) -> Option<(String, Vec<String>)> {
    let formatter = DateTimeFormatter::try_new(locale.clone().into(), YMD::long()).ok()?;
    let written: Vec<String> = (1..=12)
        .map(|month| {
            let date = Date::try_new_iso(YEAR, month, DAY).ok()?;
            let text = formatter.format(&date).to_string();
            let with_year = text.replacen(&YEAR.to_string(), "{y}", 1);
            Some(with_year.replacen(&DAY.to_string(), "{d}", 1))
        })
        .collect::<Option<_>>()?;
    let before = shared(&written, |text| Box::new(text.chars()));
    let after = shared(&written, |text| Box::new(text.chars().rev()));
    let after: String = after.chars().rev().collect();
    let (mut before, mut after) = (before.as_str(), after.as_str());
    // Letters that all names begin or end with belong to the names, unless the names are numbers.
    let named = |text: &String| text[before.len()..].starts_with(char::is_alphabetic);
    if written.iter().all(named) {
        before = before.trim_end_matches(char::is_alphabetic);
        after = after.trim_start_matches(char::is_alphabetic);
    }
    let names = written
        .iter()
        .map(|text| {
            let name = text.strip_prefix(before)?.strip_suffix(after)?;
            Some(name.to_owned())
        })
        .collect::<Option<Vec<_>>>()?;
    let pattern = format!("{before}{{m}}{after}");
    // Where CLDR knows nothing of a language, months have numbers: `M01`.
    let is_known =
        pattern.contains("{d}") && pattern.contains("{y}") && !written[0].contains("M01");
    is_known.then_some((pattern, names))
}

/// What all texts begin with, in the order in which their characters are taken.
fn shared<'t>(
    texts: &'t [String],
    characters: impl Fn(&'t str) -> Box<dyn Iterator<Item = char> + 't>,
) -> String {
    let mut all: Vec<_> = texts.iter().map(|text| characters(text)).collect();
    let mut shared = String::new();
    loop {
        let mut next = all.iter_mut().map(Iterator::next);
        match next.next().flatten() {
            Some(first) if next.all(|other| other == Some(first)) => shared.push(first),
            _ => return shared,
        }
    }
}

/// What joins a list: between items, and before the last.
fn list(locale: &Locale) -> Option<(String, String)> {
    if locale.id.language.as_str() == "cy" {
        // CLDR has `a(c)`, because the word depends on the next; a comma suits every word.
        return Some((", ".to_owned(), ", ".to_owned()));
    }
    let formatter =
        ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default()).ok()?;
    let between = |items: &[&str]| {
        let written = formatter.format(items.iter()).to_string();
        let (_, rest) = written.split_once(ITEMS[0])?;
        let (mark, _) = rest.split_once(ITEMS[1])?;
        Some(mark.to_owned())
    };
    Some((between(&[ITEMS[0], ITEMS[1], "", ""])?, between(&ITEMS)?))
}

#[cfg(test)]
mod tests {
    use super::formats;

    #[test]
    fn money_is_written_as_the_language_does() {
        for (locale, currency, expected) in [
            ("en", "GBP", "£{n}"),
            ("en-IE", "EUR", "€{n}"),
            ("en", "CZK", "CZK\u{a0}{n}"),
            ("es", "EUR", "{n}\u{a0}€"),
        ] {
            assert_eq!(formats(locale, Some(currency)).0.money, expected);
        }
    }

    #[test]
    fn numbers_and_dates_are_written_as_cldr_has_them() {
        let date = |locale, currency| formats(locale, currency).0.date;
        assert_eq!(date("en", Some("GBP")), "{d} {m} {y}");
        assert_eq!(date("en", Some("USD")), "{m} {d}, {y}");
        assert_eq!(date("en", None), "{d} {m} {y}");
        assert_eq!(date("es", None), "{d} de {m} de {y}");
        assert_eq!(date("de-AT", None), "{d}. {m} {y}");
        assert_eq!(date("ar", None), "{d} {m} {y}");
        assert_eq!(date("fi", None), "{d}. {m} {y}");
        assert_eq!(date("zh", None), "{y}年{m}月{d}日");
        let (german, _) = formats("de", None);
        assert_eq!((german.decimal.as_str(), german.group.as_str()), (",", "."));
        assert_eq!(german.months[2], "März");
        let (french, _) = formats("fr", None);
        assert_eq!(
            (french.decimal.as_str(), french.group.as_str()),
            (",", "\u{202f}")
        );
        let (welsh, _) = formats("cy", None);
        assert_eq!(welsh.months[0], "Ionawr");
        assert_eq!(formats("fi", None).0.months[0], "tammikuuta");
        assert_eq!(formats("ar", None).0.direction, "rtl");
        assert_eq!(
            formats("en", None).0.list,
            (", ".to_owned(), " and ".to_owned())
        );
    }

    #[test]
    fn a_language_that_cldr_does_not_know_is_written_as_english() {
        let (klingon, is_known) = formats("tlh", None);
        assert!(!is_known);
        assert_eq!(klingon.months[0], "January");
    }
}
