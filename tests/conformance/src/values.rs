//! Holding the values of a report against those that a case expects.

use counterfoil_engine::{
    Report,
    answers::Data,
    number::Number,
    plan::{PageContent, Rules, Type},
};

/// Describes every value that is not as expected, such as `credit: expected "2.00", got "5.00"`.
///
/// `expected` is a JSON object of values by id. Numbers of the form (decimals, money) are written as
/// texts and compared by what they come to; all else by what is written, so that `"2"` is not `2` and
/// a text is not a number. A value that is not determined is `nothing`, one that is blank is `null`.
pub fn differences(rules: &Rules, expected: &str, report: &Report) -> Vec<String> {
    let expected = match Data::from_json(expected) {
        Ok(Data::Record(entries)) => entries,
        Ok(_) => return vec!["what was expected is no object of values".to_owned()],
        Err(error) => return vec![format!("what was expected is not JSON: {error}")],
    };
    let mut found = Vec::new();
    for (id, expected) in &expected {
        compare(rules, (id, id), expected, report.values.get(id), &mut found);
    }
    found
}

/// Compares one value. `place` says where it stands and what it is called: the values of a group
/// stand in records under the group's id, so that the two may differ.
fn compare(
    rules: &Rules,
    (place, id): (&str, &str),
    expected: &Data,
    got: Option<&Data>,
    found: &mut Vec<String>,
) {
    match (expected, got) {
        (Data::List(expected), Some(Data::List(got))) if expected.len() == got.len() => {
            for (index, (expected, got)) in expected.iter().zip(got).enumerate() {
                let place = format!("{place}[{index}]");
                compare(rules, (&place, id), expected, Some(got), found);
            }
        }
        (Data::Record(entries), Some(got @ Data::Record(_))) => {
            for (key, expected) in entries {
                let place = format!("{place}.{key}");
                compare(rules, (&place, key), expected, got.get(key), found);
            }
        }
        (Data::Text(expected), Some(Data::Text(got)))
            if is_number(rules, id) && same_number(expected, got) => {}
        (expected, Some(got)) if expected == got => {}
        _ => {
            let got = got.map_or_else(|| "nothing".to_owned(), json);
            found.push(format!("{place}: expected {}, got {got}", json(expected)));
        }
    }
}

/// Whether the form has a value of that name that is a number written as a text.
fn is_number(rules: &Rules, id: &str) -> bool {
    let of_groups = rules.pages.iter().flat_map(|page| match &page.content {
        PageContent::Group(group) => group.values.as_slice(),
        PageContent::Fields(_) => &[],
    });
    rules
        .values
        .iter()
        .chain(of_groups)
        .any(|value| value.value == id && matches!(value.type_, Type::Decimal | Type::Money))
}

fn same_number(a: &str, b: &str) -> bool {
    matches!((Number::parse(a), Number::parse(b)), (Ok(a), Ok(b)) if a == b)
}

fn json(data: &Data) -> String {
    serde_json::to_string(data).unwrap_or_else(|error| error.to_string())
}
