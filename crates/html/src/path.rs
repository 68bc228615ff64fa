//! Paths of answers and the ids of their controls.

use counterfoil_engine::{answers::Data, report::Record};

/// The id of the control for a path: `streets[0].metres` becomes `streets-0-metres`.
pub fn control_id(path: &str) -> String {
    let mut id = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            '[' | '.' => id.push('-'),
            ']' => {}
            other => id.push(other),
        }
    }
    id
}

/// The answer at a path of a report's normalised answers.
pub(crate) fn answer<'a>(answers: &'a Record, path: &str) -> Option<&'a Data> {
    let Some((group, rest)) = path.split_once('[') else {
        return answers.get(path);
    };
    let (index, field) = rest.split_once("].")?;
    match answers.get(group)? {
        Data::List(records) => records.get(index.parse::<usize>().ok()?)?.get(field),
        _ => None,
    }
}

/// The path of a field of a group's record.
pub(crate) fn in_record(group: &str, record: usize, field: &str) -> String {
    format!("{group}[{record}].{field}")
}

/// The number of a group's record that a path points into or at.
pub(crate) fn record_of(path: &str, group: &str) -> Option<usize> {
    let rest = path.strip_prefix(group)?.strip_prefix('[')?;
    rest.split(']').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{control_id, record_of};

    #[test]
    fn ids_follow_paths() {
        assert_eq!(control_id("event_date"), "event_date");
        assert_eq!(control_id("event_date.day"), "event_date-day");
        assert_eq!(control_id("streets[0].metres"), "streets-0-metres");
    }

    #[test]
    fn records_are_found_in_paths() {
        assert_eq!(record_of("streets[12].metres", "streets"), Some(12));
        assert_eq!(record_of("streets", "streets"), None);
        assert_eq!(record_of("street[1].x", "streets"), None);
    }
}
