//! What a person may have meant.

/// Of some names the one that is closest to what was written, if it is close enough to be meant.
pub fn closest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = written.to_lowercase();
    // One slip in three letters is as much as a person recognises.
    let most = written.chars().count().div_ceil(3);
    names
        .into_iter()
        .map(|name| {
            let distance = strsim::damerau_levenshtein(&folded, &name.to_lowercase());
            // A name that merely leaves off a part (`metres` for `closed_metres`) is close too.
            let part = written.len() >= 4 && (name.contains(written) || written.contains(name));
            (if part { distance.min(most) } else { distance }, name)
        })
        .filter(|(distance, name)| *distance <= most && *name != written)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_slips_but_no_strangers() {
        let names = ["event_date", "organiser", "closed_metres", "stalls"];
        for (written, expected) in [
            ("organizer", Some("organiser")),
            ("evnet_date", Some("event_date")),
            ("Stalls", Some("stalls")),
            ("stals", Some("stalls")),
            ("metres", Some("closed_metres")),
            ("closed_metre", Some("closed_metres")),
            ("age", None),
            ("x", None),
        ] {
            assert_eq!(closest(written, names), expected, "{written}");
        }
    }
}
