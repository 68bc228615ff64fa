//! `serve`, and the command line itself.

mod common;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

use common::Fixture;
use snapbox::str;

/// Ends the server with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn serve_offers_forms_on_the_address_it_prints() {
    let fixture = Fixture::new();
    let mut child = Command::new(snapbox::cmd::cargo_bin!("counterfoil"))
        .args(["serve", ".", "--listen", "127.0.0.1:0", "--data", "data"])
        .current_dir(fixture.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let _running = Running(child);
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    let address = first
        .trim()
        .rsplit("http://")
        .next()
        .unwrap()
        .trim_end_matches('/');

    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET /api/forms HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    assert!(response.contains("\"allotment\""), "{response}");
}

#[test]
fn serve_says_what_it_cannot_use() {
    let fixture = Fixture::empty();
    fixture
        .run(["serve", "nowhere"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: nowhere: No such file or directory (os error 2)

"#]]);
}

#[test]
fn misuse_is_told_with_the_usage() {
    let fixture = Fixture::empty();
    fixture
        .run(["chek", "form"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
error: unrecognized subcommand 'chek'

  tip: some similar subcommands exist: 'schema', 'check'

Usage: counterfoil <COMMAND>

For more information, try '--help'.

"#]]);
    fixture.run(["check"]).assert().code(2);
    fixture
        .run(["--help"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
Forms, rules and fees of a public service: checked before they are published, computed alike on both
sides of the counter

Usage: counterfoil <COMMAND>

Commands:
  new      Write a small form that passes `check` and `test`, to start from
  check    Check forms and say what to write instead of each mistake
  test     Run the tests that stand beside forms, in their tests.yaml
  diff     Compare two versions of a form by what they do
  build    Compile a form to a plan that can be published
  schema   Print the JSON Schema (2020-12) of a form's answers, or that of a form's own files
  types    Write TypeScript types of a form's answers, values, decisions and fees
  eval     Evaluate answers: errors, verdicts and fees
  explain  Say why a figure or verdict is what it is
  verify   Evaluate submissions again and compare them with what they claim
  serve    Offer forms as web pages and take submissions
  i18n     Hand the texts of forms to translators, and take translations back
  receipt  Work with receipts
  help     Print this message or the help of the given subcommand(s)

Options:
  -h, --help     Print help
  -V, --version  Print version

Exit codes: 0 fine, 1 findings (such as errors in a form, failed tests, answers that are not
complete), 2 misuse, or a file that cannot be read or written.

"#]]);
}
