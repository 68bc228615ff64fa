//! `counterfoil serve`

use std::io;

use counterfoil_server::{ServeOptions, serve};
use tracing_subscriber::EnvFilter;

use crate::{
    args::Serve,
    outcome::{Failure, Outcome},
    output::wants_colour,
};

/// Runs the office until it is interrupted.
pub fn run(args: &Serve) -> Result<Outcome, Failure> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()))
        .with_writer(io::stderr)
        .with_ansi(wants_colour(&io::stderr()))
        .init();
    let mut options = ServeOptions {
        forms: args.forms.clone(),
        data: args.data.clone(),
        listen: args.listen,
        theme: args.theme.clone(),
        as_of: args.as_of,
        draft_hours: args.draft_hours,
        drafts: args.drafts,
        embedding: args.allow_embedding_by.clone(),
        ..ServeOptions::default()
    };
    if !args.assets.is_empty() {
        options.assets.clone_from(&args.assets);
    }
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::new(format!("cannot start the server: {error}")))?;
    runtime
        .block_on(serve(options))
        .map_err(|error| Failure::new(error.to_string()))?;
    Ok(Outcome::Fine)
}
