//! How numbers, money and dates are written, by language.
//!
//! The figures are those of Unicode CLDR 48 (Unicode License v3) for the languages that the compiler
//! has words or plans for; Arabic is written with the digits 0 to 9, as in most of the Maghreb.

use counterfoil_engine::plan::Formats;

use super::{currency::sign, messages::language_of};

struct Convention {
    language: &'static str,
    direction: &'static str,
    decimal: &'static str,
    group: &'static str,
    /// `¤` stands for the currency's sign.
    money: &'static str,
    date: &'static str,
    months: [&'static str; 12],
    list: (&'static str, &'static str),
}

const CONVENTIONS: &[Convention] = &[
    Convention {
        language: "en",
        direction: "ltr",
        decimal: ".",
        group: ",",
        money: "¤{n}",
        date: "{d} {m} {y}",
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        list: (", ", " and "),
    },
    Convention {
        language: "cy",
        direction: "ltr",
        decimal: ".",
        group: ",",
        money: "¤{n}",
        date: "{d} {m} {y}",
        months: [
            "Ionawr",
            "Chwefror",
            "Mawrth",
            "Ebrill",
            "Mai",
            "Mehefin",
            "Gorffennaf",
            "Awst",
            "Medi",
            "Hydref",
            "Tachwedd",
            "Rhagfyr",
        ],
        list: (", ", ", "),
    },
    Convention {
        language: "es",
        direction: "ltr",
        decimal: ",",
        group: ".",
        money: "{n}\u{a0}¤",
        date: "{d} de {m} de {y}",
        months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        list: (", ", " y "),
    },
    Convention {
        language: "fr",
        direction: "ltr",
        decimal: ",",
        group: "\u{202f}",
        money: "{n}\u{a0}¤",
        date: "{d} {m} {y}",
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        list: (", ", " et "),
    },
    Convention {
        language: "de",
        direction: "ltr",
        decimal: ",",
        group: ".",
        money: "{n}\u{a0}¤",
        date: "{d}. {m} {y}",
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        list: (", ", " und "),
    },
    Convention {
        language: "ar",
        direction: "rtl",
        decimal: ",",
        group: ".",
        money: "{n}\u{a0}¤",
        date: "{d} {m} {y}",
        months: [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
        list: (" و", " و"),
    },
];

/// How a locale writes; English ways where its language is not known, with `false`.
pub(super) fn formats(locale: &str, currency: Option<&str>) -> (Formats, bool) {
    let language = language_of(locale);
    let known = CONVENTIONS.iter().find(|c| c.language == language);
    let convention = known.unwrap_or(&CONVENTIONS[0]);
    let sign = currency.map_or_else(String::new, |code| sign(code, convention.language));
    let owned = |text: &str| text.to_owned();
    // A code beside the digits, such as `CZK 12.50`, needs a space that does not break.
    let sign = if convention.money.starts_with('¤') && sign.ends_with(char::is_alphabetic) {
        format!("{sign}\u{a0}")
    } else {
        sign
    };
    let formats = Formats {
        direction: owned(convention.direction),
        decimal: owned(convention.decimal),
        group: owned(convention.group),
        money: convention.money.replace('¤', &sign),
        date: owned(convention.date),
        months: convention.months.map(owned).to_vec(),
        list: (owned(convention.list.0), owned(convention.list.1)),
    };
    (formats, known.is_some())
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
        assert!(!formats("tlh", None).1);
    }
}
