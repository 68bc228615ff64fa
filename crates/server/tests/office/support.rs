//! An office in a temporary folder, with a clock that stands still.

use std::{fs, path::Path, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use counterfoil_server::{Office, ServeOptions, clock::FixedClock, router};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The day on which these offices stand.
pub const TODAY: &str = "2026-06-01";

pub struct TestOffice {
    pub folder: TempDir,
    pub office: Arc<Office>,
    router: Router,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The problem's code, after checking its form.
    pub fn problem(&self) -> String {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.body
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        let type_ = problem["type"].as_str().unwrap();
        type_.strip_prefix("/problems/").unwrap().to_owned()
    }
}

impl TestOffice {
    /// An office with the `stall` form at a rate of 11.80.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("forms")).unwrap();
        let office = Self::open(folder, "2026-06-01T12:00:00Z", false).await;
        office.write_form("11.80");
        office
    }

    async fn open(folder: TempDir, now: &str, drafts: bool) -> Self {
        let options = ServeOptions {
            forms: folder.path().join("forms"),
            data: folder.path().join("data"),
            assets: vec![folder.path().join("assets")],
            body_limit: 64 * 1024,
            // The tests that want a theme put it there before they start the office again.
            theme: Some(folder.path().join("theme")).filter(|theme| theme.is_dir()),
            drafts,
            ..ServeOptions::default()
        };
        let clock = Arc::new(FixedClock(now.parse().unwrap()));
        let office = Office::open(options, clock).await.unwrap();
        let router = router(Arc::clone(&office));
        Self {
            folder,
            office,
            router,
        }
    }

    /// The same office, started again at another moment.
    pub async fn restart(self, now: &str) -> Self {
        self.office.store.close().await;
        Self::open(self.folder, now, false).await
    }

    /// The same office, started again to show drafts of languages.
    pub async fn with_drafts(self) -> Self {
        self.office.store.close().await;
        Self::open(self.folder, "2026-06-01T12:00:00Z", true).await
    }

    /// Writes the file of the form's texts in Spanish, with a status.
    pub fn write_spanish(&self, status: &str) {
        let folder = self.path("forms/stall/locales");
        fs::create_dir_all(&folder).unwrap();
        let text = format!("status: {status}\nform.title: Alquilar un puesto\n");
        fs::write(folder.join("es.yaml"), text).unwrap();
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub fn write_form(&self, rate: &str) {
        write_form(&self.path("forms"), rate);
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        Self::send_to(self.router.clone(), request).await
    }

    /// Sends a request as often as asked, all at once, on several threads.
    pub async fn send_at_once(
        &self,
        times: usize,
        request: impl Fn() -> Request<Body>,
    ) -> Vec<Answer> {
        let tasks: Vec<_> = (0..times)
            .map(|_| tokio::spawn(Self::send_to(self.router.clone(), request())))
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        answers
    }

    async fn send_to(router: Router, request: Request<Body>) -> Answer {
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    pub async fn post_json(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<String>,
    ) -> Answer {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.into())).unwrap())
            .await
    }

    pub async fn submit(&self, body: &Value) -> Answer {
        self.post_json("/api/forms/stall/submissions", &[], body.to_string())
            .await
    }

    /// How many rows a table of the store has, read past the office itself.
    pub async fn count(&self, table: &'static str) -> i64 {
        let path = self.path("data/counterfoil.sqlite");
        let pool = sqlx::SqlitePool::connect_with(SqliteConnectOptions::new().filename(path))
            .await
            .unwrap();
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap()
    }

    /// The id of the form's present plan.
    pub async fn plan(&self) -> String {
        let forms = self.get("/api/forms").await.json();
        forms[0]["plan"].as_str().unwrap().to_owned()
    }
}

fn write_form(forms: &Path, rate: &str) {
    let folder = forms.join("stall");
    fs::create_dir_all(&folder).unwrap();
    let form = include_str!("stall.yaml").replace("11.80", rate);
    fs::write(folder.join("form.yaml"), form).unwrap();
    let example = json!({
        "stalls": 3, "name": "Ada", "food": false, "helpers": [{"hours": 12.5, "trained": true}],
    });
    fs::write(folder.join("example.json"), example.to_string()).unwrap();
}
