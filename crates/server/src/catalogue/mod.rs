//! The forms on offer, and every plan that was ever published.
//!
//! Each folder under the forms folder is compiled when it is first asked for and again whenever one
//! of its files, or of those that it shares with other forms, has changed. A plan that comes out is kept in the store for ever, so that drafts and
//! submissions go on under the plan that they began with.

mod folder;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use counterfoil_engine::Plan;
use jiff::Timestamp;
use tokio::sync::Mutex;

use crate::store::{Store, StoreError};

use folder::{Fingerprint, compile_folder, fingerprint, form_folders, shared_folders};

/// A form as its folder stands now.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The form's id, the name of its folder.
    pub form: String,
    /// Its plan; `None` where it cannot be offered.
    pub plan: Option<Arc<Plan>>,
    /// What the compiler says, written out for the operator.
    pub diagnostics: String,
    /// How many of the diagnostics are errors.
    pub errors: usize,
    /// Answers for the button that fills an example in, from the folder's `example.json`.
    pub example: Option<String>,
}

struct Entry {
    /// The folders beside the form's own of which it uses files.
    shared: BTreeSet<String>,
    fingerprint: Fingerprint,
    offer: Offer,
}

/// The forms on offer, and every plan that was ever published.
pub struct Catalogue {
    folder: PathBuf,
    store: Store,
    entries: Mutex<BTreeMap<String, Entry>>,
    /// Loaded plans by id. It grows only with the store's own plans.
    plans: RwLock<HashMap<String, Arc<Plan>>>,
}

impl Catalogue {
    /// A catalogue of the forms under a folder.
    pub fn new(folder: PathBuf, store: Store) -> Self {
        Self {
            folder,
            store,
            entries: Mutex::default(),
            plans: RwLock::default(),
        }
    }

    /// Every form in alphabetical order, those that cannot be offered included.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn offers(&self, now: Timestamp) -> Result<Vec<Offer>, StoreError> {
        let mut offers = Vec::new();
        for form in form_folders(&self.folder) {
            offers.extend(self.offer(&form, now).await?);
        }
        Ok(offers)
    }

    /// A form as its folder stands now; `None` where there is no such form.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn offer(&self, form: &str, now: Timestamp) -> Result<Option<Offer>, StoreError> {
        if !folder::is_form_name(form) {
            return Ok(None);
        }
        // Held while compiling, so that a change is compiled once however many requests see it.
        let mut entries = self.entries.lock().await;
        let path = self.folder.join(form);
        if let Some(entry) = entries.get(form)
            && fingerprint(&path, &entry.shared).as_ref() == Some(&entry.fingerprint)
        {
            return Ok(Some(entry.offer.clone()));
        }
        // Taken before anything is read, so that what changes meanwhile shows the next time.
        let shared = shared_folders(&path);
        let Some(fingerprint) = fingerprint(&path, &shared) else {
            entries.remove(form);
            return Ok(None);
        };
        let name = form.to_owned();
        let compiled = tokio::task::spawn_blocking(move || compile_folder(&name, &path)).await;
        let Ok((offer, json)) = compiled else {
            return Err(StoreError::new("the compiler stopped"));
        };
        if let (Some(plan), Some(json)) = (&offer.plan, json) {
            self.store.keep_plan(plan.id(), form, &json, now).await?;
            self.remember(plan);
            tracing::info!(form, plan = plan.id(), "form published");
        } else {
            tracing::warn!(form, errors = offer.errors, "form cannot be offered");
        }
        entries.insert(
            form.to_owned(),
            Entry {
                shared,
                fingerprint,
                offer: offer.clone(),
            },
        );
        Ok(Some(offer))
    }

    /// A plan by its id, whether or not it is still offered.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn plan(&self, id: &str) -> Result<Option<Arc<Plan>>, StoreError> {
        let known = self
            .plans
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id)
            .cloned();
        if known.is_some() {
            return Ok(known);
        }
        let Some(json) = self.store.plan(id).await? else {
            return Ok(None);
        };
        let plan = Plan::from_json(&json)
            .map_err(|error| StoreError::new(format!("a stored plan cannot be read: {error}")))?;
        let plan = Arc::new(plan);
        self.remember(&plan);
        Ok(Some(plan))
    }

    fn remember(&self, plan: &Arc<Plan>) {
        self.plans
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(plan.id().to_owned(), Arc::clone(plan));
    }
}
