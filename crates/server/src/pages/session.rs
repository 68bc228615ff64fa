//! The cookie that ties a browser to its drafts.

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};
use counterfoil_engine::hash::sha256_hex;

const SESSION: &str = "counterfoil_session";
const LANGUAGE: &str = "counterfoil_language";
const LANGUAGE_HOURS: u32 = 365 * 24;

/// A browser's session: 256 random bits, of which the store sees only the hash.
#[derive(Clone)]
pub struct Session {
    secret: String,
}

impl Session {
    /// Draws a new session.
    ///
    /// # Errors
    /// Where the operating system gives no random bytes.
    pub fn new() -> Result<Self, getrandom::Error> {
        Ok(Self {
            secret: random_hex()?,
        })
    }

    /// The session that a request names, if it names one.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let secret = cookie(headers, SESSION)?;
        let sound = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
        sound.then(|| Self {
            secret: secret.to_owned(),
        })
    }

    /// What the store knows the session by.
    pub fn sha256(&self) -> String {
        sha256_hex(self.secret.as_bytes())
    }

    /// The header that sets the cookie for as long as a draft is kept, in hours.
    pub fn set_cookie(&self, headers: &HeaderMap, hours: u32) -> Option<HeaderValue> {
        set_cookie(headers, SESSION, &self.secret, hours)
    }
}

/// The language that a browser chose before.
pub fn language(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, LANGUAGE)
}

/// The header that remembers a language.
pub fn set_language(headers: &HeaderMap, tag: &str) -> Option<HeaderValue> {
    set_cookie(headers, LANGUAGE, tag, LANGUAGE_HOURS)
}

/// 256 random bits in hexadecimal digits.
///
/// # Errors
/// Where the operating system gives no random bytes.
pub fn random_hex() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        }))
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

fn set_cookie(request: &HeaderMap, name: &str, value: &str, hours: u32) -> Option<HeaderValue> {
    // The proxy that ends TLS says so; a cookie that came over TLS then never leaves it.
    let secure = request
        .get("x-forwarded-proto")
        .is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"));
    let secure = if secure { "; Secure" } else { "" };
    let age = u64::from(hours) * 3_600;
    let text = format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).ok()
}
