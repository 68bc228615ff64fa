//! The harness notices what is not so, and says where.

use counterfoil_docs::Runner;

/// The failures of a page: line, and the first line of the message.
fn failures(text: &str) -> Vec<(usize, String)> {
    let (_, failures) = Runner::new(".").run_text("page.md", text);
    let told = |message: &str| message.lines().next().unwrap_or_default().to_owned();
    let failures = failures.iter();
    failures
        .map(|failure| (failure.line, told(&failure.message)))
        .collect()
}

fn told(text: &str) -> Vec<String> {
    let failures = failures(text).into_iter();
    failures
        .map(|(line, message)| format!("{line}: {message}"))
        .collect()
}

const STALLS: &str = "```yaml fragment
- field: stalls
  type: integer
  min: 1
  max: 200
  label: How many stalls?
```
";

#[test]
fn a_page_that_is_right_has_no_failure() {
    let page = format!(
        "{STALLS}
```yaml answers
stalls: 201
```

```text words
stalls: “How many stalls?” must be 200 or less
```

| `stalls` | `stalls * 2` | `status` |
|---|---|---|
| 100 | `200` | `complete` |
|  | `not determined` | `incomplete` |

| Expression | Result |
|---|---|
| `1 + 2` | `3` |
| `1 + true` | `CF0301` |
"
    );
    assert_eq!(told(&page), [""; 0]);
}

#[test]
fn results_are_compared() {
    let page = "\n| Expression | Result |\n|---|---|\n| `1 + 2` | `4` |\n| `1 + true` | `2` |\n";
    let told = told(page);
    assert_eq!(told, ["4: this is `3`, not `4`", "5: this is refused:"]);
}

#[test]
fn diagnostics_are_expected_one_for_one() {
    let page = "```yaml fragment
- field: stalls
  type: integer
  lable: How
  label: How many? # error: CF0107
```
";
    assert_eq!(
        told(page),
        [
            "4: nothing expects this:",
            "5: there is no error CF0107 on this line"
        ]
    );
}

#[test]
fn outputs_and_expectations_are_compared_at_their_lines() {
    let page = format!(
        "{STALLS}
```yaml answers
stalls: 201
```

```yaml expect
status: invalid
errors:
  - path: stalls
    code: length
```

```text words
stalls: Enter a number
```
"
    );
    assert_eq!(
        told(&page),
        [
            "17: errors[0].code is \"range\"",
            "21: this is not what comes out, which is:"
        ]
    );
}

#[test]
fn steps_build_on_what_stands_before_them() {
    let page = format!(
        "{STALLS}
```yaml step
fees:
  - fee: base
    label: Application
    amount: 25.00
```

```yaml step
- fee: stalls
  label: Stalls
  when: stalls > 5
  amount: 20.00
```

```yaml step instead_of=\"amount: 25.00\"
    amount: 30.00
```

| `stalls` | `fees.total` |
|---|---|
| 10 | `50.00` |

```yaml step after=\"nowhere\"
    amount: 30.00
```
"
    );
    assert_eq!(told(&page), ["31: the form has 0 lines `nowhere`"]);
}

#[test]
fn blocks_say_what_they_are_and_links_lead_somewhere() {
    let page = "# A page\n\n```yaml\nform: x\n```\n\n[here](#a-page), [there](#nowhere), [away](none.md)\n";
    assert_eq!(
        told(page),
        [
            "3: `yaml` does not say what this block is; the README of tests/docs lists what there is",
            "7: `#nowhere` has no such heading",
            "7: there is no `none.md`"
        ]
    );
}

#[test]
fn outputs_are_written_anew_in_place() {
    let page = "```yaml fragment
values:
  half:
    expr: round(5 / 2, 1)
```

```yaml answers
agreed: true
```

```text words
```

| Expression | Result |
|---|---|
| `1 < 2 or false` | `?` |
";
    let runner = Runner::new(".").updating();
    let (written, failures) = runner.run_text("page.md", page);
    assert_eq!(failures, []);
    assert!(
        written.text.contains("| `1 < 2 or false` | `true` |"),
        "{}",
        written.text
    );
}
