use std::fmt;
use std::fs;
use std::sync::PoisonError;

use kernel::Fault;
use tantivy::{Index, IndexWriter, Term};

use super::fields::VERSION;
use super::files::Files;
use crate::app::{Change, Indexed, Reached};

/// Memory of the writer before it begins a segment, in bytes; the least that Tantivy takes is 15 MB.
const WRITER_MEMORY: usize = 32 << 20;

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

/// Writing. Every method blocks.
impl Files {
    /// Writes the changes, unless the index holds them already: it is written in their order, so what is not after the number
    /// it has reached is late or doubled.
    pub(super) fn apply(&self, changes: &[Change<Indexed>], reached: Reached) -> Result<(), Fault> {
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

    fn write<'a>(&self, writer: &IndexWriter, changes: impl Iterator<Item = &'a Change<Indexed>>) -> Result<(), Fault> {
        // Of several changes of one product the last in order counts.
        let mut changes: Vec<&Change<Indexed>> = changes.collect();
        changes.sort_by_key(|change| change.seq);
        for change in changes {
            writer.delete_term(Term::from_field_text(self.fields.id, &change.id.to_string()));
            if let Some(product) = &change.document {
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

    pub(super) fn add(&self, beside: &mut Beside, changes: &[Change<Indexed>]) -> Result<(), Fault> {
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

fn payload(reached: Reached) -> String {
    format!("{VERSION} {} {}", reached.source, reached.seq)
}

fn commit(writer: &mut IndexWriter, reached: Reached) -> Result<(), Fault> {
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&payload(reached));
    commit.commit()?;
    Ok(())
}
