//! Running an office until it is told to stop.

use counterfoil_engine::Plan;
use tokio::{net::TcpListener, signal};

use crate::{
    office::{Office, OpenError, ServeOptions, is_draft},
    router::router,
};

/// Opens the office, says on standard output where it listens and what it stores, and serves until
/// the process is interrupted or terminated. Requests under way are finished first.
///
/// # Errors
/// Where the folders, the store, the keys or the address cannot be used.
pub async fn serve(options: ServeOptions) -> Result<(), OpenError> {
    let listen = options.listen;
    let io = |error: std::io::Error| {
        let taken = error.kind() == std::io::ErrorKind::AddrInUse;
        let help = if taken {
            "; another program does, so choose another address or port with --listen"
        } else {
            ""
        };
        OpenError::Io(format!("cannot listen on {listen}{help}"), error)
    };
    let clock = options.clock();
    let office = Office::open(options, clock).await?;
    let listener = TcpListener::bind(listen).await.map_err(io)?;
    // Compiled before the first visitor comes, and so that the list below is true.
    let offers = office
        .catalogue
        .offers(office.now())
        .await
        .map_err(OpenError::Store)?;
    let address = listener.local_addr().map_err(io)?;
    println!(
        "{}",
        announcement(&office.options, &address.to_string(), &offers)
    );
    axum::serve(listener, router(office.clone()))
        .with_graceful_shutdown(stop_signal())
        .await
        .map_err(io)?;
    office.store.close().await;
    Ok(())
}

fn announcement(
    options: &ServeOptions,
    address: &str,
    offers: &[crate::catalogue::Offer],
) -> String {
    use std::fmt::Write as _;

    let mut text = format!("Counterfoil listens on http://{address}/\n");
    // Writing to a String does not fail.
    for offer in offers {
        let _ = match &offer.plan {
            Some(plan) => writeln!(
                text,
                "  {:<24} plan {}{}",
                offer.form,
                plan.id(),
                held_back(options, plan)
            ),
            None => writeln!(
                text,
                "  {:<24} cannot be offered: {} errors",
                offer.form, offer.errors
            ),
        };
    }
    let _ = writeln!(
        text,
        "Plans, drafts and submissions are stored in {}",
        options.database().display()
    );
    let _ = writeln!(
        text,
        "The keys that sign receipts are in {}",
        options.keys().display()
    );
    let _ = write!(
        text,
        "Neither is encrypted yet: whoever can read the folder can read the answers and sign receipts."
    );
    if !options.listen.ip().is_loopback() {
        let _ = write!(
            text,
            "\nThis address can be reached from other machines; put a proxy with TLS in front of it."
        );
    }
    if options.drafts {
        let _ = write!(
            text,
            "\nLanguages whose texts nobody has reviewed are offered too."
        );
    }
    if let Some(day) = options.as_of {
        let _ = write!(
            text,
            "\nEvery day is taken for {day}: this is a preview, not an office."
        );
    }
    text
}

/// What to say of the languages of a form that are not offered.
fn held_back(options: &ServeOptions, plan: &Plan) -> String {
    let tags = plan.locales().iter().map(String::as_str);
    let drafts: Vec<&str> = tags.filter(|tag| is_draft(plan, tag)).collect();
    if options.drafts || drafts.is_empty() {
        return String::new();
    }
    format!(", without its drafts: {}", drafts.join(", "))
}

async fn stop_signal() {
    #[cfg(unix)]
    {
        let mut terminate = match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(terminate) => terminate,
            Err(error) => {
                tracing::warn!(%error, "cannot listen for SIGTERM");
                let _ = signal::ctrl_c().await;
                return;
            }
        };
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = signal::ctrl_c().await;
    }
}
