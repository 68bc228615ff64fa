//! Durations, ranges of days, working days, and parameters of other days.

use crate::{BASE, check_values, compiled, findings, value};

/// The base form with questions of both types, a dated parameter and a list of dates.
fn with_dates(rest: &str) -> String {
    let parameters = "parameters:
  daily:
    type: decimal
    periods:
      - from: 2026-01-01
        value: 0.5
      - from: 2026-07-01
        value: 0.25
  held:
    type: money
    periods:
      - from: 2026-01-01
        to: 2026-03-31
        value: 1
      - from: 2026-05-01
        value: 2
";
    let fields = "
      - field: stay
        type: date_range
        min: 2026-02-01
        max: 2026-12-31
        label: Stay
      - field: maybe
        type: date_range
        label: Maybe
        required: false
      - field: notice
        type: duration
        unit: weeks
        max: 8
        label: Notice
      - field: term
        type: duration
        unit: months
        max: 24
        label: Term
      - field: visit
        type: date
        min: 2026-05-01
        max: 2026-12-31
        label: Visit
";
    let days = "
  - page: closures
    title: Closures
    group: closures
    max: 20
    fields:
      - field: day
        type: date
        label: Day
      - field: shut
        type: date_range
        label: Shut
      - field: fallback
        type: date
        label: Instead
        required: false
";
    let (head, pages) = BASE.split_once("pages:").unwrap();
    let head = head.replacen("parameters:\n", parameters, 1);
    let streets = pages.find("  - page: streets_page").unwrap();
    let (first, further) = pages.split_at(streets);
    format!(
        "{head}pages:{first}{}{further}{}{rest}",
        fields.trim_start_matches('\n'),
        days.trim_start_matches('\n')
    )
}

fn check(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (expr, expected) in cases {
        let text = with_dates(&format!(
            "values:\n  x: '{}'\n  held_then: answered(held.on(visit))\n",
            expr.replace('\'', "''")
        ));
        let found = findings(&text);
        let expected: Vec<&str> = expected.split("; ").filter(|e| !e.is_empty()).collect();
        if found != expected {
            let messages: Vec<_> = compiled(&text)
                .diagnostics
                .into_iter()
                .map(|found| (found.message, found.help))
                .collect();
            wrong.push(format!(
                "{expr}\n  expected {expected:?}\n  found    {found:?}\n  {messages:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn durations_go_with_dates_and_with_each_other() {
    check(&[
        ("visit + notice", ""),
        ("notice + term", ""),
        ("-notice", ""),
        ("notice * 2", ""),
        ("2 * notice", ""),
        ("visit - notice - days(1)", ""),
        ("visit + 1", "CF0301 visit + 1"),
        ("notice + 1", "CF0301 notice + 1"),
        ("notice * area", "CF0301 notice * area"),
        ("notice * fee", "CF0301 notice * fee"),
        ("notice / 2 > days(1)", "CF0301 notice / 2"),
        ("notice * notice", "CF0301 notice * notice"),
        ("notice - visit", "CF0301 notice - visit"),
        ("days(area)", "CF0301 area"),
        ("months(guests)", "CF0401 guests"),
        ("months(guests ?? 1)", ""),
        ("sum(closures.day)", "CF0301 closures.day"),
        // Years beyond the calendar, whatever the answer.
        ("visit + years(9000)", "CF0312 visit + years(9000)"),
        ("visit - years(3000)", "CF0312 visit - years(3000)"),
    ]);
}

#[test]
fn durations_compare_where_one_is_always_the_longer() {
    check(&[
        ("notice > days(10)", ""),
        ("notice == weeks(2)", ""),
        ("term >= years(1)", ""),
        ("term > notice", "CF0311 term > notice"),
        ("term == days(30)", "CF0311 term == days(30)"),
        (
            "notice + term > years(1)",
            "CF0311 notice + term > years(1)",
        ),
        (
            "notice + term - term > days(1)",
            "CF0311 notice + term - term > days(1)",
        ),
        ("days(0) < term", ""),
        ("max(notice, days(10))", ""),
        ("min(term, days(10))", "CF0311 min(term, days(10))"),
        ("notice > 10", "CF0301 notice > 10"),
        ("if sells_food { term } else { notice }", ""),
    ]);
    let (_, messages) = value("months(age) > days(30)");
    assert!(
        messages[0].contains("a month has no fixed number of days"),
        "{messages:?}"
    );
}

#[test]
fn dates_by_their_parts_are_blank_unless_there_always_is_such_a_day() {
    check_values(&[
        ("date(2026, 1, 31) + days(1)", ""),
        ("date(2026, 2, 29)", "CF0312 date(2026, 2, 29)"),
        ("date(2026, 13, 1)", "CF0312 date(2026, 13, 1)"),
        ("date(10000, 1, 1)", "CF0312 date(10000, 1, 1)"),
        ("date(year_of(born), 4, 30) + days(1)", ""),
        ("date(year_of(born), 2, 28) + days(1)", ""),
        (
            "date(year_of(born), 2, 29) + days(1)",
            "CF0401 date(year_of(born), 2, 29)",
        ),
        ("date(2024, 2, 29) + days(1)", ""),
        (
            "date(year_of(born), 2, 30)",
            "CF0312 date(year_of(born), 2, 30)",
        ),
        ("date(year_of(born), month_of(born), 28) + days(1)", ""),
        (
            "date(year_of(born), month_of(born), 29) + days(1)",
            "CF0401 date(year_of(born), month_of(born), 29)",
        ),
        (
            "date(year_of(born), age, 1) + days(1)",
            "CF0401 date(year_of(born), age, 1)",
        ),
        ("(date(year_of(born), age, 1) ?? born) + days(1)", ""),
        ("date(area, 1, 1)", "CF0301 area"),
        ("date(2026, 1)", "CF0303 date"),
        ("end_of_month(born) + days(1)", ""),
        ("start_of_month(age)", "CF0301 age"),
        (
            "years_between(born, today) + months_between(born, today)",
            "",
        ),
        ("weekday(born) == monday", ""),
        ("weekday(born) == munday", "CF0205 munday"),
    ]);
}

#[test]
fn ranges_hold_dates_and_are_counted() {
    check(&[
        ("days_in(stay) + 1", ""),
        ("stay.end - days(1)", ""),
        ("stay.middle", "CF0205 middle"),
        ("maybe.end", "CF0401 maybe"),
        ("visit in maybe", ""),
        ("visit in stay and born in stay", ""),
        ("visit in maybe and maybe.end > visit", ""),
        ("not(visit in maybe) and maybe.end > visit", "CF0401 maybe"),
        ("age in stay", "CF0301 age"),
        ("days_in(maybe)", "CF0401 maybe"),
        ("if answered(maybe) { days_in(maybe) } else { 0 }", ""),
        ("days_in(visit)", "CF0301 visit"),
        ("range(visit, age)", "CF0301 age"),
        (
            "range(visit, \"2026-04-30\")",
            "CF0314 range(visit, \"2026-04-30\")",
        ),
        ("stay > maybe", "CF0301 stay > maybe"),
        ("stay == range(visit, visit)", ""),
        ("overlap(stay, visit)", "CF0301 visit"),
        ("day_count(closures.shut)", ""),
        ("day_count(closures.shut, stay)", ""),
        ("day_count()", "CF0303 day_count"),
        ("weekday_count(monday, closures.shut)", ""),
        ("weekday_count(8, stay)", "CF0313 8"),
        ("weekday_count(age, stay)", "CF0313 age"),
        ("weekday_count(weekday(visit), stay)", ""),
        ("closures.shut", "CF0305 closures.shut"),
        ("max(closures.shut.end) ?? visit", ""),
        ("days_in(closures.shut)", "CF0305 days_in(closures.shut)"),
        ("sum(days_in(overlap(closures.shut, stay)))", ""),
    ]);
}

#[test]
fn working_days_want_a_list_of_dates_and_a_bounded_number() {
    check(&[
        ("add_working_days(visit, 20, closures.day)", ""),
        ("add_working_days(visit, 20, [])", ""),
        ("add_working_days(visit, 20, [\"2026-12-25\", visit])", ""),
        ("add_working_days(visit, 20, visit)", "CF0315 visit"),
        (
            "add_working_days(visit, 20, closures.shut)",
            "CF0315 closures.shut",
        ),
        (
            "add_working_days(visit, 20, closures.fallback)",
            "CF0401 closures.fallback",
        ),
        ("add_working_days(visit, 20)", "CF0303 add_working_days"),
        ("add_working_days(visit, 10001, [])", "CF0613 10001"),
        (
            "add_working_days(visit, age * 1000, [])",
            "CF0613 age * 1000",
        ),
        ("working_days_between(visit, today, closures.day) + 1", ""),
        ("is_working_day(visit, closures.day) and sells_food", ""),
        ("count(is_working_day(closures.day, []))", ""),
        // How far twenty working days can go is known.
        (
            "daily.on(add_working_days(visit, 20, closures.day)) * 2",
            "",
        ),
    ]);
}

#[test]
fn parameters_of_other_days_are_blank_unless_proved() {
    check(&[
        ("daily.on(visit) * 2", ""),
        ("daily.on(born) * 2", "CF0401 daily.on(born)"),
        ("(daily.on(born) ?? 0) * 2", ""),
        ("held.on(stay.start) + 1", "CF0401 held.on(stay.start)"),
        ("held.on(visit) + 1", ""),
        ("age.on(visit)", "CF0611 age"),
        ("dayly.on(visit)", "CF0611 dayly"),
        ("daily.on(age)", "CF0301 age"),
        ("daily.on()", "CF0303 on"),
        ("daily.at(visit)", "CF0121 at"),
        ("accrue(daily, stay) + 1", ""),
        (
            "accrue(daily, range(born, visit)) + 1",
            "CF0401 accrue(daily, range(born, visit))",
        ),
        ("accrue(held, stay) + 1", "CF0401 accrue(held, stay)"),
        ("accrue(age, stay)", "CF0612 age"),
        ("accrue(daily, visit)", "CF0301 visit"),
        ("accrue(daily)", "CF0303 accrue"),
    ]);
}

#[test]
fn fields_of_both_types_have_sound_limits() {
    let field = |lines: &str| {
        let field = format!("      - field: extra\n        label: Extra\n{lines}");
        BASE.replacen(
            "  - page: streets_page",
            &format!("{field}  - page: streets_page"),
            1,
        )
    };
    for (lines, expected) in [
        (
            "        type: duration\n        unit: weeks\n        min: 2\n        max: 1\n",
            "CF0307 1",
        ),
        (
            "        type: duration\n        unit: years\n        max: 10000\n",
            "CF0307 10000",
        ),
        (
            "        type: duration\n        unit: hours\n",
            "CF0110 hours",
        ),
        ("        type: duration\n", "CF0108 "),
        (
            "        type: duration\n        unit: days\n        min: -1\n",
            "CF0110 -1",
        ),
        (
            "        type: date_range\n        min: 2026-02-01\n        max: 2026-01-01\n",
            "CF0307 2026-01-01",
        ),
        (
            "        type: date_range\n        unit: days\n",
            "CF0111 unit",
        ),
    ] {
        let found = findings(&field(lines));
        assert_eq!(found.len(), 1, "{lines} {found:?}");
        assert!(found[0].starts_with(expected), "{lines} {found:?}");
    }
}

#[test]
fn tables_look_up_neither() {
    let table = "tables:
  t:
    inputs:
      STAY
    outputs:
      amount: integer
    rows:
      - [-, 1]
";
    for (input, expected) in [
        ("stay:\n        same_as: stay", "CF0504 stay"),
        ("notice:\n        same_as: notice", "CF0504 notice"),
    ] {
        let found = findings(&with_dates(&table.replace("STAY", input)));
        assert!(found.iter().any(|found| found == expected), "{found:?}");
    }
}

#[test]
fn the_head_names_weekend_and_leap_birthday() {
    let head = |lines: &str| BASE.replacen("effective:", &format!("{lines}\neffective:"), 1);
    for (lines, expected) in [
        ("weekend: [friday, saturday]", vec![]),
        ("weekend: []", vec![]),
        ("weekend: [saturday, saturday]", vec!["CF0203 saturday"]),
        ("weekend: [Saturday]", vec!["CF0110 Saturday"]),
        (
            "weekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]",
            vec!["CF0613 [monday, tuesday, wednesday, thursday, friday, saturday, sunday]"],
        ),
        ("leap_birthday: 28_february", vec![]),
        ("leap_birthday: 29_february", vec!["CF0110 29_february"]),
    ] {
        assert_eq!(findings(&head(lines)), expected, "{lines}");
    }
}
