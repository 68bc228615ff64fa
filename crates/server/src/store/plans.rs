//! Published plans.

use jiff::Timestamp;

use super::{Store, StoreError, stamp};

impl Store {
    /// Keeps a plan under its id; one that is there already stays as it is.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn keep_plan(
        &self,
        id: &str,
        form: &str,
        json: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO plans (id, form, json, published_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
            .bind(id)
            .bind(form)
            .bind(json)
            .bind(stamp(now))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The JSON of a plan.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn plan(&self, id: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT json FROM plans WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?)
    }
}
