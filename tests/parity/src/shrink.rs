//! Making a case smaller while two sides still differ on it.

use anyhow::Result;
use counterfoil_engine::answers::Data;

use crate::case::Case;

/// The smallest case that was found for which `differs` holds, as it does for the given one.
///
/// # Errors
/// Where `differs` fails.
pub fn shrink(mut case: Case, mut differs: impl FnMut(&Case) -> Result<bool>) -> Result<Case> {
    'smaller: loop {
        for candidate in smaller(&case) {
            if candidate.size() < case.size() && differs(&candidate)? {
                case = candidate;
                continue 'smaller;
            }
        }
        return Ok(case);
    }
}

fn smaller(case: &Case) -> Vec<Case> {
    let answers = data(&case.answers).into_iter().map(|answers| Case {
        answers,
        context: case.context.clone(),
    });
    let context = data(&case.context).into_iter().map(|context| Case {
        answers: case.answers.clone(),
        context,
    });
    answers.chain(context).collect()
}

/// Data with one thing less, the largest steps first.
fn data(value: &Data) -> Vec<Data> {
    match value {
        Data::Record(entries) => {
            let mut all = Vec::new();
            if entries.len() > 2 {
                let half = entries.len() / 2;
                all.push(Data::Record(entries[half..].to_vec()));
                all.push(Data::Record(entries[..half].to_vec()));
            }
            for index in 0..entries.len() {
                all.push(Data::Record(without(entries, index)));
            }
            for (index, (key, inner)) in entries.iter().enumerate() {
                for inner in data(inner) {
                    let mut entries = entries.clone();
                    entries[index] = (key.clone(), inner);
                    all.push(Data::Record(entries));
                }
            }
            all
        }
        Data::List(items) => {
            let mut all: Vec<Data> = (0..items.len())
                .map(|index| Data::List(without(items, index)))
                .collect();
            for (index, inner) in items.iter().enumerate() {
                for inner in data(inner) {
                    let mut items = items.clone();
                    items[index] = inner;
                    all.push(Data::List(items));
                }
            }
            all
        }
        Data::Text(text) => {
            let half = text.chars().count() / 2;
            let mut all = vec![Data::text(String::new())];
            all.push(Data::Text(text.chars().take(half).collect()));
            all.push(Data::Text(text.chars().skip(half.max(1)).collect()));
            all
        }
        Data::Number(_) => ["0", "1"].map(|n| Data::number(n.to_owned())).to_vec(),
        Data::Bool(_) | Data::TooDeep => vec![Data::Null],
        Data::Null => Vec::new(),
    }
}

fn without<T: Clone>(items: &[T], index: usize) -> Vec<T> {
    let mut items = items.to_vec();
    items.remove(index);
    items
}

#[cfg(test)]
mod tests {
    use counterfoil_engine::answers::Data;

    use super::shrink;
    use crate::case::Case;

    #[test]
    fn only_what_matters_is_left() {
        let read = |text: &str| Data::from_json(text).expect("this is JSON");
        let case = Case {
            answers: read(
                r#"{"a":[{"x":1},{"y":"long, with ü in it","z":2}],"b":true,"c":[1,2,3]}"#,
            ),
            context: read(r#"{"as_of":"2026-06-01","facts":{"f":1}}"#),
        };
        let differs = |case: &Case| Ok(case.texts().0.contains('ü'));
        let case = shrink(case, differs).expect("nothing fails");
        let (answers, context) = case.texts();
        assert_eq!(answers, r#"{"a":[{"y":"ü"}]}"#);
        assert_eq!(context, "{}");
    }
}
