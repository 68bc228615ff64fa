//! What the handlers share.

use std::{
    fmt, fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use counterfoil_engine::{Plan, date::Day, plan::TextStatus};
use jiff::Timestamp;

use crate::{
    catalogue::Catalogue,
    clock::{Clock, FixedClock, SystemClock, noon_of},
    embedding::Origin,
    private,
    receipt::{KeyError, SigningKeys},
    store::{Store, StoreError},
    theme::Theme,
};

/// How an office is run.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The folder whose subfolders are forms.
    pub forms: PathBuf,
    /// The folder for the database and the signing keys; made where there is none.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Folders with what browsers load from `/assets/`, searched in order.
    pub assets: Vec<PathBuf>,
    /// The folder of the agency's own theme.
    pub theme: Option<PathBuf>,
    /// The greatest body of a request, in bytes.
    pub body_limit: usize,
    /// Takes every day for this one: a preview of another day's rules.
    pub as_of: Option<Day>,
    /// For how many hours a draft is kept after its last change.
    pub draft_hours: u32,
    /// Offers languages whose texts nobody has reviewed yet.
    pub drafts: bool,
    /// Sites that may show the office's pages inside their own; none without them.
    pub embedding: Vec<Origin>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            forms: PathBuf::from("forms"),
            data: PathBuf::from("data"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            assets: vec![PathBuf::from("web/dist"), PathBuf::from("web/pkg")],
            theme: None,
            body_limit: 1 << 20,
            as_of: None,
            draft_hours: 7 * 24,
            drafts: false,
            embedding: Vec::new(),
        }
    }
}

impl ServeOptions {
    /// The file of plans, drafts and submissions.
    pub fn database(&self) -> PathBuf {
        self.data.join("counterfoil.sqlite")
    }

    /// The file of signing keys.
    pub fn keys(&self) -> PathBuf {
        self.data.join("receipt-keys.json")
    }

    /// The clock that the options ask for.
    pub fn clock(&self) -> Arc<dyn Clock> {
        match self.as_of {
            Some(day) => Arc::new(FixedClock(noon_of(day))),
            None => Arc::new(SystemClock),
        }
    }
}

/// Why an office cannot be run.
#[derive(Debug)]
pub enum OpenError {
    /// A folder or address cannot be used.
    Io(String, io::Error),
    /// The store cannot be used.
    Store(StoreError),
    /// The signing keys cannot be used.
    Keys(KeyError),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(what, error) => write!(f, "{what}: {error}"),
            Self::Store(error) => error.fmt(f),
            Self::Keys(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for OpenError {}

/// An office at work: its catalogue, store, keys and clock.
pub struct Office {
    /// The forms on offer and every plan ever published.
    pub catalogue: Catalogue,
    /// Drafts and submissions.
    pub store: Store,
    /// Signs receipts.
    pub keys: SigningKeys,
    /// The agency's own theme.
    pub theme: Option<Theme>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// How it is run.
    pub options: ServeOptions,
}

impl Office {
    /// Opens an office: makes its data folder, store and keys where there are none.
    ///
    /// # Errors
    /// Where the folder of forms cannot be read, or the data cannot be written.
    pub async fn open(
        options: ServeOptions,
        clock: Arc<dyn Clock>,
    ) -> Result<Arc<Self>, OpenError> {
        let at = |path: &Path| path.display().to_string();
        fs::read_dir(&options.forms).map_err(|e| OpenError::Io(at(&options.forms), e))?;
        let theme = match &options.theme {
            Some(folder) => {
                let opened = Theme::open(folder);
                Some(opened.map_err(|e| OpenError::Io(at(folder), e))?)
            }
            None => None,
        };
        private::make_folder(&options.data).map_err(|e| OpenError::Io(at(&options.data), e))?;
        private::make_file(&options.database(), "")
            .map_err(|e| OpenError::Io(at(&options.database()), e))?;
        let store = Store::open(&options.database())
            .await
            .map_err(OpenError::Store)?;
        let keys = SigningKeys::open(&options.keys()).map_err(OpenError::Keys)?;
        let catalogue = Catalogue::new(options.forms.clone(), store.clone());
        Ok(Arc::new(Self {
            catalogue,
            store,
            keys,
            theme,
            clock,
            options,
        }))
    }

    /// The languages in which a form is offered: its first, and those whose texts are reviewed; all of
    /// them where the operator shows drafts.
    pub fn languages<'a>(&self, plan: &'a Plan) -> Vec<&'a str> {
        let offered = |tag: &&str| self.options.drafts || !is_draft(plan, tag);
        let tags = plan.locales().iter().map(String::as_str);
        tags.filter(offered).collect()
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Whether a language has texts that nobody has reviewed. A form's first language is no draft, since
/// without it there is no form.
pub fn is_draft(plan: &Plan, tag: &str) -> bool {
    tag != plan.default_locale()
        && plan
            .texts(tag)
            .is_none_or(|texts| texts.status == TextStatus::Draft)
}
