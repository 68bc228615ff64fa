//! What a browser posts.

use axum::{
    Form,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::IntoResponse as _,
};

use counterfoil_html::journey::Pairs;

use super::Failure;

/// The name–value pairs of a posted HTML form, in their order.
pub struct Posted(pub Pairs);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match Form::<Pairs>::from_request(request, state).await {
            Ok(Form(pairs)) => Ok(Self(pairs)),
            Err(rejection) => Err(match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
                _ => Failure::Unreadable,
            }),
        }
    }
}

impl Posted {
    /// The first value of that name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}
