//! Building everything and running the office.

use std::{
    env,
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result};

use crate::{
    assets,
    process::{cargo, run},
    setup,
};

/// What `cargo xtask serve` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Folder that holds the folders of the forms [default: the workspace's forms]
    forms: Option<PathBuf>,
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Folder for the database and the signing key [default: data in the workspace]
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Do not open the catalogue in a browser
    #[arg(long)]
    no_open: bool,
}

/// Sets up, builds what is out of date and serves until it is stopped.
///
/// # Errors
/// Where something cannot be set up or built, or the server fails.
pub fn run_office(options: &Options) -> Result<()> {
    let forms = folder(options.forms.as_deref(), "forms")?;
    let data = folder(options.data.as_deref(), "data")?;
    setup::for_assets()?;
    assets::all()?;
    eprintln!("serve: building the counterfoil command");
    run(cargo().args(["build", "--quiet", "--package", "counterfoil-cli"]))?;
    if !options.no_open {
        open_when_listening(options.listen);
    }
    run(cargo()
        .args(["run", "--quiet", "--package", "counterfoil-cli", "--"])
        .arg("serve")
        .arg(forms)
        .args(["--listen", &options.listen.to_string()])
        .arg("--data")
        .arg(data)
        // The project's translations are drafts, and whoever runs this is to see them.
        .args(["--drafts", "--assets", "web/dist"]))
}

/// A folder as it was given, from where the person stands; or else the workspace's own, which the
/// server, started in the workspace's root, finds under its name.
fn folder(given: Option<&Path>, own: &str) -> Result<PathBuf> {
    match given {
        Some(path) => std::path::absolute(path).context("the current folder is gone"),
        None => Ok(PathBuf::from(own)),
    }
}

/// Opens the catalogue in the desktop's browser as soon as the server answers; without a desktop the
/// address that the server prints has to do.
fn open_when_listening(address: SocketAddr) {
    const TRIES: u32 = 300;
    const PAUSE: Duration = Duration::from_millis(100);

    let Some(mut opener) = desktop_opener() else {
        return;
    };
    thread::spawn(move || {
        for _ in 0..TRIES {
            if TcpStream::connect_timeout(&address, PAUSE).is_ok() {
                // Whether the desktop really opens it is its own affair.
                let _ = opener
                    .arg(format!("http://{address}/"))
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status();
                return;
            }
            thread::sleep(PAUSE);
        }
    });
}

fn desktop_opener() -> Option<Command> {
    if cfg!(target_os = "macos") {
        return Some(Command::new("open"));
    }
    if cfg!(windows) {
        return Some(Command::new("explorer"));
    }
    let has_desktop = ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    has_desktop.then(|| Command::new("xdg-open"))
}
