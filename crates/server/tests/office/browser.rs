//! A browser without scripts: keeps cookies, posts forms, follows redirects when told to.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::support::{Answer, TestOffice};

#[derive(Clone, Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub async fn get(&mut self, office: &TestOffice, path: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, self.cookie());
        let answer = office.send(request.body(Body::empty()).unwrap()).await;
        self.keep(&answer);
        answer
    }

    pub async fn post(
        &mut self,
        office: &TestOffice,
        path: &str,
        pairs: &[(&str, &str)],
    ) -> Answer {
        let answer = office.send(self.form(path, pairs)).await;
        self.keep(&answer);
        answer
    }

    /// Posts and follows the redirect that must come.
    pub async fn post_on(
        &mut self,
        office: &TestOffice,
        path: &str,
        pairs: &[(&str, &str)],
    ) -> (String, Answer) {
        let answer = self.post(office, path, pairs).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let to = answer.header("location").to_owned();
        let next = self.get(office, &to).await;
        (to, next)
    }

    pub fn form(&self, path: &str, pairs: &[(&str, &str)]) -> Request<Body> {
        let encode = |text: &str| {
            text.bytes()
                .map(|byte| format!("%{byte:02X}"))
                .collect::<String>()
        };
        let body: Vec<_> = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, self.cookie())
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.join("&")))
            .unwrap()
    }

    pub fn cookies(&self) -> &BTreeMap<String, String> {
        &self.cookies
    }

    fn cookie(&self) -> String {
        let pairs: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep(&mut self, answer: &Answer) {
        for value in answer.headers.get_all(header::SET_COOKIE) {
            let text = value.to_str().unwrap();
            assert!(
                text.contains("HttpOnly") && text.contains("SameSite=Lax"),
                "{text}"
            );
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// The value of a hidden control on a page.
pub fn hidden_value<'a>(page: &'a str, name: &str) -> &'a str {
    let start = page
        .find(&format!("name=\"{name}\""))
        .unwrap_or_else(|| panic!("no {name}: {page}"));
    let rest = &page[start..];
    rest.split("value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
}
