//! Submissions, kept as received.

use jiff::Timestamp;
use sqlx::{Row as _, sqlite::SqliteRow};

use super::{Store, StoreError, stamp};

/// A submission to be stored.
#[derive(Clone, Debug)]
pub struct NewSubmission<'a> {
    /// Its reference.
    pub reference: &'a str,
    /// The form's id.
    pub form: &'a str,
    /// The plan under which it was verified.
    pub plan: &'a str,
    /// The day of evaluation.
    pub as_of: String,
    /// The answers as received.
    pub answers: &'a str,
    /// The report as JSON.
    pub report: &'a str,
    /// The signed receipt.
    pub receipt: &'a str,
    /// The hash of the applicant's own report, where it was sent.
    pub client_report_sha256: Option<&'a str>,
    /// Makes a repeated request the same record.
    pub idempotency_key: Option<&'a str>,
    /// The hash of the request, which must be the same when the key is.
    pub request_sha256: Option<&'a str>,
    /// The hash of the session that sent it by the pages.
    pub session_sha256: Option<&'a str>,
}

/// A stored submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Its reference.
    pub reference: String,
    /// The form's id.
    pub form: String,
    /// The plan under which it was verified.
    pub plan: String,
    /// The answers as received.
    pub answers: String,
    /// The report as JSON.
    pub report: String,
    /// The signed receipt.
    pub receipt: String,
    /// The hash of the applicant's own report, where it was sent.
    pub client_report_sha256: Option<String>,
    /// The hash of the request, where it came with an idempotency key.
    pub request_sha256: Option<String>,
}

/// What became of a submission to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It is stored.
    New,
    /// The idempotency key has been used; this is the record of its first use.
    Before(Box<Submission>),
    /// The reference is taken: draw another.
    ReferenceTaken,
}

const COLUMNS: &str =
    "reference, form, plan, answers, report, receipt, client_report_sha256, request_sha256";

fn submission(row: &SqliteRow) -> Submission {
    Submission {
        reference: row.get("reference"),
        form: row.get("form"),
        plan: row.get("plan"),
        answers: row.get("answers"),
        report: row.get("report"),
        receipt: row.get("receipt"),
        client_report_sha256: row.get("client_report_sha256"),
        request_sha256: row.get("request_sha256"),
    }
}

impl Store {
    /// Stores a submission, unless its idempotency key has been used for that form. The unique
    /// constraint decides between sends that arrive at once.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn insert_submission(
        &self,
        new: &NewSubmission<'_>,
        now: Timestamp,
    ) -> Result<Inserted, StoreError> {
        let done = sqlx::query(
            "INSERT INTO submissions (reference, form, plan, as_of, answers, report, receipt,
                 client_report_sha256, idempotency_key, request_sha256, session_sha256, received_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(new.reference)
        .bind(new.form)
        .bind(new.plan)
        .bind(&new.as_of)
        .bind(new.answers)
        .bind(new.report)
        .bind(new.receipt)
        .bind(new.client_report_sha256)
        .bind(new.idempotency_key)
        .bind(new.request_sha256)
        .bind(new.session_sha256)
        .bind(stamp(now))
        .execute(&self.pool)
        .await?;
        if done.rows_affected() == 1 {
            return Ok(Inserted::New);
        }
        let before = match new.idempotency_key {
            Some(key) => self.submission_by_key(new.form, key).await?,
            None => None,
        };
        Ok(before.map_or(Inserted::ReferenceTaken, |before| {
            Inserted::Before(Box::new(before))
        }))
    }

    /// The submission of a form that was sent with an idempotency key.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn submission_by_key(
        &self,
        form: &str,
        key: &str,
    ) -> Result<Option<Submission>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM submissions WHERE form = ? AND idempotency_key = ?");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(form)
            .bind(key)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.as_ref().map(submission))
    }

    /// The submission of that reference, if that session sent it.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn submission_of_session(
        &self,
        form: &str,
        reference: &str,
        session_sha256: &str,
    ) -> Result<Option<Submission>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM submissions WHERE form = ? AND reference = ? AND session_sha256 = ?"
        );
        let row = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(form)
            .bind(reference)
            .bind(session_sha256)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.as_ref().map(submission))
    }
}
