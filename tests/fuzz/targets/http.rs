//! Requests to the office: a line with method and path, a line with the content type, a line with the
//! `Idempotency-Key`, and the body. Whatever comes is answered, and never with an error of the office.
#![no_main]

use std::{fs, sync::Arc, sync::LazyLock};

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use counterfoil_server::{Office, ServeOptions, clock::FixedClock, router};
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

#[path = "sample.rs"]
mod sample;

/// An office in a folder of its own, which stays while it is asked.
struct Subject {
    runtime: Runtime,
    router: Router,
    _folder: TempDir,
}

static OFFICE: LazyLock<Subject> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let form = folder.path().join("forms/sample");
    fs::create_dir_all(&form).expect("a folder");
    fs::write(form.join("form.yaml"), sample::FORM).expect("a file");
    let options = ServeOptions {
        forms: folder.path().join("forms"),
        data: folder.path().join("data"),
        assets: vec![folder.path().join("assets")],
        body_limit: 64 * 1024,
        ..ServeOptions::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let clock = FixedClock("2026-06-01T12:00:00Z".parse().expect("a moment"));
    let office = runtime.block_on(Office::open(options, Arc::new(clock)));
    Subject {
        router: router(office.expect("an office")),
        runtime,
        _folder: folder,
    }
});

fuzz_target!(|input: &[u8]| {
    let mut lines = input.splitn(4, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (first, kind, key, body) = (line(), line(), line(), line());
    let Ok(first) = std::str::from_utf8(first) else {
        return;
    };
    let Some((method, path)) = first.split_once(' ') else {
        return;
    };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, kind)
        .header("idempotency-key", key)
        .body(Body::from(body.to_vec()));
    let Ok(request) = request else {
        return;
    };
    let office = &*OFFICE;
    let answer = office.runtime.block_on(office.router.clone().oneshot(request));
    let status = answer.expect("the router answers").status();
    assert!(!status.is_server_error(), "{status}");
});
