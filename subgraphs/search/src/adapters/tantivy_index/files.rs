use std::fmt;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use kernel::{Clock, Fault};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

use super::fields::{Fields, VERSION, tokenizers};
use super::view::View;
use crate::app::{Change, Reached};

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

/// The files of an index and what is open of them. Every method blocks.
pub(super) struct Files {
    folder: PathBuf,
    /// Where one is filled that will take its place.
    beside: PathBuf,
    clock: Arc<dyn Clock>,
    fields: Fields,
    builds: AtomicU64,
    opened: Mutex<Option<Opened>>,
    // Beside the lock, so that searching goes on while something is written.
    view: RwLock<Option<Arc<View>>>,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Files that are filled beside those that are searched.
pub(super) struct Beside {
    index: Index,
    writer: IndexWriter,
}

impl fmt::Debug for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Beside").field("index", &self.index).finish_non_exhaustive()
    }
}

fn payload(reached: Reached) -> String {
    format!("{VERSION} {} {}", reached.source, reached.seq)
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
            builds: AtomicU64::new(1),
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
                self.opened(self.create(&self.folder)?, Reached::default())?
            }
        };
        self.show(&opened, view);
        work(guard.insert(opened))
    }

    /// Lets it be searched, unless it holds nothing yet: what was seen before is better than that.
    fn show(&self, opened: &Opened, view: Arc<View>) {
        if !opened.reached.is_nothing() {
            *self.view.write().unwrap_or_else(PoisonError::into_inner) = Some(view);
        }
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

    /// An empty index in the folder.
    fn create(&self, folder: &Path) -> Result<Index, Fault> {
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

    fn look(&self, opened: &Opened) -> Result<Arc<View>, Fault> {
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

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(super) fn reached(&self) -> Result<Reached, Fault> {
        self.with_opened(|opened| Ok(opened.reached))
    }

    /// Lets go of what is open. What was seen last is shown until the next opening: a broken folder does not end searching.
    pub(super) fn reopen(&self) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Writes the changes, unless the index holds them already: it is written in their order, so what is not after the number
    /// it has reached is late or doubled.
    pub(super) fn apply(&self, changes: &[Change], reached: Reached) -> Result<(), Fault> {
        self.with_opened(|opened| {
            if opened.reached.build != reached.build {
                return Err(Fault::unavailable("another index took the place of the one that the changes are for"));
            }
            if reached.source == opened.reached.source && reached.seq <= opened.reached.seq {
                return Ok(());
            }
            if opened.writer.is_none() {
                opened.writer = Some(opened.index.writer_with_num_threads(1, WRITER_MEMORY)?);
            }
            let Some(writer) = opened.writer.as_mut() else { return Err(Fault::internal("there is no writer")) };
            self.write(writer, changes.iter().filter(|change| change.seq > opened.reached.seq))?;
            commit(writer, reached)?;
            opened.reader.reload()?;
            opened.reached = reached;
            let view = self.look(opened)?;
            self.show(opened, view);
            Ok(())
        })
    }

    fn write<'a>(&self, writer: &IndexWriter, changes: impl Iterator<Item = &'a Change>) -> Result<(), Fault> {
        // Of several changes of one product the last in order counts.
        let mut changes: Vec<&Change> = changes.collect();
        changes.sort_by_key(|change| change.seq);
        for change in changes {
            writer.delete_term(Term::from_field_text(self.fields.id, &change.id.to_string()));
            if let Some(product) = &change.product {
                writer.add_document(self.fields.document(product)?)?;
            }
        }
        Ok(())
    }

    /// An empty index beside this one.
    pub(super) fn begin(&self) -> Result<Beside, Fault> {
        let index = self.create(&self.beside)?;
        let writer = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        Ok(Beside { index, writer })
    }

    pub(super) fn add(&self, beside: &mut Beside, changes: &[Change]) -> Result<(), Fault> {
        self.write(&beside.writer, changes.iter())
    }

    /// Puts the index that was filled in the place of this one. Who is searching goes on with the files it has open.
    pub(super) fn replace(&self, beside: Beside, reached: Reached) -> Result<(), Fault> {
        let Beside { index, mut writer } = beside;
        commit(&mut writer, reached)?;
        writer.wait_merging_threads()?;
        drop(index);
        let mut guard = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        // The writer's lock goes with it.
        *guard = None;
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        // A process that dies here makes the index again.
        fs::rename(&self.beside, &self.folder)?;
        let (opened, view) = self.open()?;
        self.show(&opened, view);
        *guard = Some(opened);
        Ok(())
    }
}

fn commit(writer: &mut IndexWriter, reached: Reached) -> Result<(), Fault> {
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&payload(reached));
    commit.commit()?;
    Ok(())
}
