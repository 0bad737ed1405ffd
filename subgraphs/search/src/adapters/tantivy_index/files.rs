use std::fmt;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use kernel::{Clock, Fault};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy};

use super::super::synonyms::Synonyms;
use super::fields::{Fields, VERSION, tokenizers};
use super::view::View;
use crate::app::Reached;

pub(super) struct Opened {
    pub(super) index: Index,
    pub(super) reader: IndexReader,
    /// Made when something is first written: until then the files are not locked.
    pub(super) writer: Option<IndexWriter>,
    pub(super) reached: Reached,
    /// Names this opening, so that no two views have the same generation.
    name: String,
}

/// The files of an index and what is open of them. Every method blocks.
pub(super) struct Files {
    pub(super) folder: PathBuf,
    /// Where one is filled that will take its place.
    pub(super) beside: PathBuf,
    clock: Arc<dyn Clock>,
    pub(super) fields: Fields,
    pub(super) synonyms: &'static Synonyms,
    builds: AtomicU64,
    pub(super) opened: Mutex<Option<Opened>>,
    // Beside the lock, so that searching goes on while something is written.
    view: RwLock<Option<Arc<View>>>,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").field("folder", &self.folder).finish_non_exhaustive()
    }
}

fn read_payload(text: &str) -> Option<Reached> {
    let mut parts = text.split(' ');
    let version: u32 = parts.next()?.parse().ok()?;
    let reached = Reached { build: 0, source: parts.next()?.parse().ok()?, seq: parts.next()?.parse().ok()? };
    (version == VERSION).then_some(reached)
}

impl Files {
    /// The files below the folder; nothing is read or written yet.
    pub(super) fn new(folder: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self {
            folder: folder.join("products"),
            beside: folder.join("products-new"),
            clock,
            fields: Fields::new(),
            synonyms: Synonyms::of_the_shop(),
            builds: AtomicU64::new(1),
            opened: Mutex::new(None),
            view: RwLock::new(None),
        }
    }

    /// Works with what is open; opens it first, and makes it again when it cannot be used.
    pub(super) fn with_opened<T>(&self, work: impl FnOnce(&mut Opened) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut guard = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = guard.as_mut() {
            return work(opened);
        }
        // Tantivy panics on a file that is shorter than its footer; that is a damaged index like any other.
        let opened = catch_unwind(AssertUnwindSafe(|| self.open()))
            .unwrap_or_else(|_| Err(Fault::internal("the index's files cannot be parsed")));
        let (opened, view) = match opened {
            Ok(sound) => sound,
            Err(fault) => {
                if self.folder.join("meta.json").exists() {
                    tracing::warn!(%fault, "the index cannot be used: it is made again");
                }
                self.opened(self.create(&self.folder)?, Reached::default())?
            }
        };
        self.show(&opened, view);
        work(guard.insert(opened))
    }

    /// Lets it be searched, unless it holds nothing yet: what was seen before is better than that.
    pub(super) fn show(&self, opened: &Opened, view: Arc<View>) {
        if !opened.reached.is_nothing() {
            *self.view.write().unwrap_or_else(PoisonError::into_inner) = Some(view);
        }
    }

    pub(super) fn open(&self) -> Result<(Opened, Arc<View>), Fault> {
        let mut index = Index::open_in_dir(&self.folder)?;
        if index.schema() != self.fields.schema {
            return Err(Fault::internal("the index has other fields"));
        }
        let metas = index.load_metas()?;
        // Without a payload nothing was committed since the index was made.
        let reached = match &metas.payload {
            Some(text) => read_payload(text).ok_or_else(|| Fault::internal("the index is of another version"))?,
            None if metas.segments.is_empty() => Reached::default(),
            None => return Err(Fault::internal("the index does not say how far it has come")),
        };
        let damaged = index.validate_checksum()?;
        if !damaged.is_empty() {
            return Err(Fault::internal(format!("{} files of the index are damaged", damaged.len())));
        }
        index.set_tokenizers(tokenizers());
        self.opened(index, reached)
    }

    /// An empty index in the folder.
    pub(super) fn create(&self, folder: &Path) -> Result<Index, Fault> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let directory = MmapDirectory::open(folder)?;
        let index = Index::builder().schema(self.fields.schema.clone()).tokenizers(tokenizers());
        Ok(index.open_or_create(directory)?)
    }

    fn opened(&self, index: Index, reached: Reached) -> Result<(Opened, Arc<View>), Fault> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let reached = Reached { build: self.builds.fetch_add(1, Ordering::Relaxed), ..reached };
        let opened = Opened { index, reader, writer: None, reached, name: self.clock.secret().to_string() };
        let view = self.look(&opened)?;
        Ok((opened, view))
    }

    pub(super) fn look(&self, opened: &Opened) -> Result<Arc<View>, Fault> {
        let generation = format!("{}-{}", opened.name, opened.reached.seq);
        let before = self.seen();
        Ok(Arc::new(View::read(opened.reader.searcher(), &self.fields, generation, before.as_deref())?))
    }

    fn seen(&self) -> Option<Arc<View>> {
        self.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is searched.
    pub(super) fn view(&self) -> Result<Arc<View>, Fault> {
        if let Some(view) = self.seen() {
            return Ok(view);
        }
        self.with_opened(|_| Ok(()))?;
        self.seen().ok_or_else(|| Fault::unavailable("the index is being made"))
    }

    pub(super) fn reached(&self) -> Result<Reached, Fault> {
        self.with_opened(|opened| Ok(opened.reached))
    }

    /// Lets go of what is open. What was seen last is shown until the next opening: a broken folder does not end searching.
    pub(super) fn reopen(&self) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
