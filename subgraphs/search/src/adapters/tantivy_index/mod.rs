//! An index of products in files, with Tantivy.

mod fields;
mod files;
mod query;
mod view;
mod writing;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use kernel::{Clock, Fault};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use crate::app::{Change, Follows, Indexed, NewIndex, ProductIndex, ProductSearch, Reached};
use crate::domain::{Listing, Text};
use files::Files;
use writing::Beside;

/// An index of products in a folder below the one it is given. The folder is opened when it is first needed.
#[derive(Debug)]
pub struct TantivyIndex {
    files: Arc<Files>,
}

impl TantivyIndex {
    /// The index below the folder; nothing is read or written yet.
    pub fn new(folder: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { files: Arc::new(Files::new(folder, clock)) }
    }

    /// Works with the files where blocking is allowed.
    async fn with_files<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Files) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let files = self.files.clone();
        spawn_blocking(move || work(&files)).await?
    }
}

#[async_trait]
impl Follows<Indexed> for TantivyIndex {
    async fn reached(&self) -> Result<Reached, Fault> {
        self.with_files(Files::reached).await
    }

    async fn apply(&self, changes: Vec<Change<Indexed>>, reached: Reached) -> Result<(), Fault> {
        self.with_files(move |files| files.apply(&changes, reached)).await
    }

    async fn begin(&self) -> Result<Box<dyn NewIndex<Indexed>>, Fault> {
        let beside = self.with_files(Files::begin).await?;
        Ok(Box::new(NewFiles { files: self.files.clone(), beside: Some(beside) }))
    }

    async fn reopen(&self) {
        self.files.reopen();
    }
}

#[async_trait]
impl ProductIndex for TantivyIndex {
    async fn generation(&self) -> Result<String, Fault> {
        self.with_files(|files| Ok(files.view()?.generation.clone())).await
    }

    async fn search(&self, search: &ProductSearch) -> Result<Listing, Fault> {
        let search = search.clone();
        self.with_files(move |files| files.view()?.search(&files.fields, files.synonyms, &search)).await
    }

    async fn suggest(&self, prefix: &Text, first: usize) -> Result<Vec<String>, Fault> {
        let prefix = prefix.clone();
        self.with_files(move |files| Ok(files.view()?.suggest(prefix.as_str(), first))).await
    }
}

/// Files that are filled beside those that are searched.
#[derive(Debug)]
struct NewFiles {
    files: Arc<Files>,
    /// None while it is worked with, and after a failure.
    beside: Option<Beside>,
}

impl NewFiles {
    fn take(&mut self) -> Result<Beside, Fault> {
        self.beside.take().ok_or_else(|| Fault::internal("making the index has failed before"))
    }
}

#[async_trait]
impl NewIndex<Indexed> for NewFiles {
    async fn add(&mut self, changes: Vec<Change<Indexed>>) -> Result<(), Fault> {
        let (files, mut beside) = (self.files.clone(), self.take()?);
        let work = move || files.add(&mut beside, &changes).map(|()| beside);
        self.beside = Some(spawn_blocking(work).await??);
        Ok(())
    }

    async fn finish(mut self: Box<Self>, source: Uuid, seq: i64) -> Result<(), Fault> {
        let (files, beside) = (self.files.clone(), self.take()?);
        spawn_blocking(move || files.replace(beside, Reached { build: 0, source, seq })).await?
    }
}
