//! Drafts: answers on their way, one a form and browser.

use jiff::Timestamp;
use sqlx::{Row as _, sqlite::SqliteRow};

use super::{Store, StoreError, stamp};

/// Answers that have not been submitted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The form's id.
    pub form: String,
    /// The plan under which the draft was begun.
    pub plan: String,
    /// What was typed: name–value pairs as an HTML form posts them.
    pub typed: Vec<(String, String)>,
    /// The language in which it was typed.
    pub locale: String,
    /// Makes a repeated submission of this draft the same submission.
    pub submission_key: String,
    /// The reference, once submitted.
    pub reference: Option<String>,
    /// When it will be removed; none for one that was not stored yet.
    pub expires: Option<Timestamp>,
}

fn draft(row: &SqliteRow) -> Result<Draft, StoreError> {
    let typed: &str = row.get("typed");
    Ok(Draft {
        form: row.get("form"),
        plan: row.get("plan"),
        typed: serde_json::from_str(typed)
            .map_err(|_| StoreError::new("a draft cannot be read"))?,
        locale: row.get("locale"),
        submission_key: row.get("submission_key"),
        reference: row.get("reference"),
        expires: row.get::<&str, _>("expires_at").parse().ok(),
    })
}

impl Store {
    /// The draft of a form in a browser's session, unless it has expired.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn draft(
        &self,
        session_sha256: &str,
        form: &str,
        now: Timestamp,
    ) -> Result<Option<Draft>, StoreError> {
        let row = sqlx::query(
            "SELECT form, plan, typed, locale, submission_key, reference, expires_at FROM drafts
             WHERE session_sha256 = ? AND form = ? AND expires_at > ?",
        )
        .bind(session_sha256)
        .bind(form)
        .bind(stamp(now))
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(draft).transpose()
    }

    /// Saves a draft in place of an earlier one of the same form and session. Drafts of anybody that
    /// have expired are removed on the way.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn save_draft(
        &self,
        session_sha256: &str,
        draft: &Draft,
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM drafts WHERE expires_at <= ?")
            .bind(stamp(now))
            .execute(&self.pool)
            .await?;
        sqlx::query(
            "INSERT INTO drafts (session_sha256, form, plan, typed, locale, submission_key, reference, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (session_sha256, form) DO UPDATE SET
                 plan = excluded.plan,
                 typed = excluded.typed,
                 locale = excluded.locale,
                 submission_key = excluded.submission_key,
                 reference = excluded.reference,
                 expires_at = excluded.expires_at",
        )
        .bind(session_sha256)
        .bind(&draft.form)
        .bind(&draft.plan)
        .bind(serde_json::to_string(&draft.typed).unwrap_or_default())
        .bind(&draft.locale)
        .bind(&draft.submission_key)
        .bind(&draft.reference)
        .bind(stamp(expires))
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}
