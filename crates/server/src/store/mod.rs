//! Where the office keeps plans, drafts and submissions: one SQLite file.

mod drafts;
mod plans;
mod submissions;

use std::{fmt, path::Path, time::Duration};

use jiff::Timestamp;
use sqlx::{
    SqlSafeStr as _, SqlitePool,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub use drafts::Draft;
pub use submissions::{Inserted, NewSubmission, Submission};

/// Why the store did not do as asked. The message holds nothing of what was to be stored.
#[derive(Debug)]
pub struct StoreError(String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the store: {}", self.0)
    }
}

impl std::error::Error for StoreError {}

impl StoreError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self(error.to_string())
    }
}

/// The office's store.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens the file, making it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// Where the file cannot be opened or is not ours.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A reference that was given out must outlive a loss of power.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await?;
        let migrations = vec![Migration::new(
            1,
            "office".into(),
            MigrationType::Simple,
            include_str!("../../migrations/0001_office.sql").into_sql_str(),
            false,
        )];
        Migrator::with_migrations(migrations)
            .run(&pool)
            .await
            .map_err(|error| StoreError(error.to_string()))?;
        Ok(Self { pool })
    }

    /// Waits for what is under way and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// A moment as the store writes it: UTC, whole seconds, of one width.
pub fn stamp(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
