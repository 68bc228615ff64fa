//! Sites that may show the office's pages inside their own.

use std::{fmt, str::FromStr};

use axum::http::Uri;

/// The origin of a site, such as `https://www.city.example`: scheme, host and port, no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// The text is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OriginError;

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "an origin is a scheme, a host and perhaps a port, such as https://www.city.example \
             or http://localhost:3000, without a path and without *",
        )
    }
}

impl std::error::Error for OriginError {}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let uri: Uri = text.parse().map_err(|_| OriginError)?;
        let scheme = uri.scheme_str().ok_or(OriginError)?;
        let host = uri.host().ok_or(OriginError)?.to_ascii_lowercase();
        let mut origin = format!("{scheme}://{host}");
        if let Some(port) = uri.port_u16() {
            origin.push_str(&format!(":{port}"));
        }
        // What is more than an origin, or could end the policy's directive, does not read back the same.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-[]:".contains(c);
        let is_sound = matches!(scheme, "http" | "https")
            && host.chars().all(is_plain)
            && origin.eq_ignore_ascii_case(text);
        is_sound.then_some(Self(origin)).ok_or(OriginError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for (text, origin) in [
            ("https://www.city.example", "https://www.city.example"),
            ("HTTPS://City.Example", "https://city.example"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://[::1]:80", "http://[::1]:80"),
        ] {
            assert_eq!(
                text.parse::<Origin>().map(|o| o.to_string()),
                Ok(origin.to_owned())
            );
        }
        for text in [
            "",
            "*",
            "https://*.city.example",
            "city.example",
            "https://city.example/",
            "https://city.example/forms",
            "https://city.example?",
            "https://me@city.example",
            "https://city.example;script-src *",
            "https://city.example,evil.example",
            "https://city.example evil.example",
            "https://city.example:port",
            "ftp://city.example",
            "'self'",
            "null",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(OriginError), "{text}");
        }
    }
}
