//! An index of products in files, with Tantivy.

mod fields;
mod query;
mod view;

use std::fmt;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use kernel::{Clock, Fault};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

use crate::app::{Change, ProductIndex, Reached};
use crate::domain::{Filter, Listing, Place, Sort, Text, suggest};
use fields::{Fields, VERSION, tokenizers};
use view::View;

/// Memory of the writer before it begins a segment, in bytes; the least that Tantivy takes is 15 MB.
const WRITER_MEMORY: usize = 32 << 20;

struct Opened {
    index: Index,
    reader: IndexReader,
    /// Made when something is first written: until then the files are not locked.
    writer: Option<IndexWriter>,
    reached: Reached,
    /// Names this opening, so that no two views have the same generation.
    name: String,
}

/// An index of products in a folder below the one it is given. The folder is opened when it is first needed.
pub struct TantivyIndex {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    fields: Fields,
    opened: Mutex<Option<Opened>>,
    // Beside the lock, so that searching goes on while something is written.
    view: RwLock<Option<Arc<View>>>,
}

impl fmt::Debug for TantivyIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TantivyIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

fn payload(reached: Reached) -> String {
    format!("{VERSION} {} {}", reached.source, reached.seq)
}

fn read_payload(text: &str) -> Option<Reached> {
    let mut parts = text.split(' ');
    let version: u32 = parts.next()?.parse().ok()?;
    let reached = Reached { source: parts.next()?.parse().ok()?, seq: parts.next()?.parse().ok()? };
    (version == VERSION).then_some(reached)
}

impl TantivyIndex {
    /// The index below the folder; nothing is read or written yet.
    pub fn new(folder: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self {
            folder: folder.join("products"),
            clock,
            fields: Fields::new(),
            opened: Mutex::new(None),
            view: RwLock::new(None),
        }
    }

    /// Works with what is open; opens it first, and makes it again when it cannot be used.
    fn with_opened<T>(&self, work: impl FnOnce(&mut Opened) -> Result<T, Fault>) -> Result<T, Fault> {
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
                self.create()?
            }
        };
        self.show(Some(view));
        work(guard.insert(opened))
    }

    fn show(&self, view: Option<Arc<View>>) {
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
    }

    fn open(&self) -> Result<(Opened, Arc<View>), Fault> {
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

    fn create(&self) -> Result<(Opened, Arc<View>), Fault> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        fs::create_dir_all(&self.folder)?;
        let directory = MmapDirectory::open(&self.folder)?;
        let index = Index::builder().schema(self.fields.schema.clone()).tokenizers(tokenizers());
        self.opened(index.open_or_create(directory)?, Reached::default())
    }

    fn opened(&self, index: Index, reached: Reached) -> Result<(Opened, Arc<View>), Fault> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let opened = Opened { index, reader, writer: None, reached, name: self.clock.secret().to_string() };
        let view = self.look(&opened)?;
        Ok((opened, view))
    }

    fn look(&self, opened: &Opened) -> Result<Arc<View>, Fault> {
        let generation = format!("{}-{}", opened.name, opened.reached.seq);
        Ok(Arc::new(View::read(opened.reader.searcher(), &self.fields, generation)?))
    }

    fn view(&self) -> Result<Arc<View>, Fault> {
        let seen = || self.view.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(view) = seen() {
            return Ok(view);
        }
        self.with_opened(|_| Ok(()))?;
        seen().ok_or_else(|| Fault::unavailable("the index is being made again"))
    }

    fn write(&self, opened: &mut Opened, changes: &[Change], reached: Reached) -> Result<(), Fault> {
        if opened.writer.is_none() {
            opened.writer = Some(opened.index.writer_with_num_threads(1, WRITER_MEMORY)?);
        }
        let Some(writer) = opened.writer.as_mut() else { return Err(Fault::internal("there is no writer")) };
        for change in changes {
            let id = match change {
                Change::Put(product) => product.facts.id,
                Change::Remove(id) => *id,
            };
            writer.delete_term(Term::from_field_text(self.fields.id, &id.to_string()));
            if let Change::Put(product) = change {
                writer.add_document(self.fields.document(product)?)?;
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload(reached));
        commit.commit()?;
        Ok(())
    }
}

impl ProductIndex for TantivyIndex {
    fn reached(&self) -> Result<Reached, Fault> {
        self.with_opened(|opened| Ok(opened.reached))
    }

    fn apply(&self, changes: Vec<Change>, reached: Reached) -> Result<(), Fault> {
        self.with_opened(|opened| {
            self.write(opened, &changes, reached)?;
            opened.reader.reload()?;
            opened.reached = reached;
            self.show(Some(self.look(opened)?));
            Ok(())
        })
    }

    fn clear(&self) -> Result<(), Fault> {
        let mut guard = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        // The writer's lock goes with it.
        *guard = None;
        let (opened, view) = self.create()?;
        *guard = Some(opened);
        self.show(Some(view));
        Ok(())
    }

    fn reopen(&self) {
        // What was seen last is shown until the next opening: a broken folder does not end searching.
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn generation(&self) -> Result<String, Fault> {
        Ok(self.view()?.generation.clone())
    }

    fn search(
        &self,
        text: &Text,
        filter: &Filter,
        sort: Sort,
        after: Option<&Place>,
        first: usize,
    ) -> Result<Listing, Fault> {
        self.view()?.search(&self.fields, text, filter, sort, after, first)
    }

    fn suggest(&self, prefix: &Text, first: usize) -> Result<Vec<String>, Fault> {
        Ok(suggest(self.view()?.all(), prefix.as_str(), first))
    }
}
