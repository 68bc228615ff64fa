//! `example-axum FORMS ADDRESS [DATA]`: an agency's own service, with forms in it.

use std::{env, error::Error, net::SocketAddr, path::PathBuf, sync::Arc};

use axum::{Router, response::Html, routing::get};
use counterfoil_server::{Office, ServeOptions, router};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(forms), Some(listen)) = (arguments.next(), arguments.next()) else {
        return Err("usage: example-axum FORMS ADDRESS [DATA]".into());
    };
    let listen: SocketAddr = listen.parse()?;
    let options = ServeOptions {
        forms: PathBuf::from(forms),
        data: PathBuf::from(arguments.next().unwrap_or_else(|| "data".to_owned())),
        ..ServeOptions::default()
    };
    let clock = options.clock();
    let office = Office::open(options, clock).await?;
    let listener = TcpListener::bind(listen).await?;
    println!("Listening on http://{}/", listener.local_addr()?);
    axum::serve(listener, service(&office)).await?;
    office.store.close().await;
    Ok(())
}

/// The agency's own pages; the office has every address that they do not take.
fn service(office: &Arc<Office>) -> Router {
    Router::new()
        .route("/", get(async || Html(HOME)))
        .route("/contact", get(async || Html(CONTACT)))
        .fallback_service(router(Arc::clone(office)))
}

const HOME: &str = "\
<!doctype html>
<html lang=\"en\">
<head><meta charset=\"utf-8\"><title>Example City</title></head>
<body>
<main>
<h1>Example City</h1>
<p><a href=\"/forms/street-party\">Close a street for a party</a></p>
<p><a href=\"/contact\">Contact</a></p>
</main>
</body>
</html>
";

const CONTACT: &str = "\
<!doctype html>
<html lang=\"en\">
<head><meta charset=\"utf-8\"><title>Contact – Example City</title></head>
<body>
<main>
<h1>Contact</h1>
<p>Call 0300 000 0000.</p>
</main>
</body>
</html>
";
