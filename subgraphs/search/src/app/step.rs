use std::collections::BTreeMap;

use events::products::ProductSnapshot;
use kernel::{Fault, Money};

use super::{App, Change, Document, Indexed, Reached};
use crate::domain::{Facts, plain_text};
use crate::store::product;

/// Documents of one step.
const BATCH: i64 = 500;

impl App {
    /// Brings the next changed documents into the index; how many there were. Zero means that the index is up to date.
    ///
    /// The number that was reached is kept in the same commit as the documents: a process that dies in between does the step again.
    ///
    /// # Errors
    /// The database's and the index's.
    pub async fn index_step(&self) -> Result<usize, Fault> {
        let conn = &mut *self.pool.acquire().await?;
        let source = product::source(conn).await?;
        let mut reached = self.with_index(|index| index.reached()).await?;
        // An index of another database, or of this one before it was set back, cannot be continued.
        let foreign = reached.source != source.id || reached.seq > source.seq;
        if foreign && reached != Reached::default() {
            tracing::warn!("the index belongs to another database: it is made again");
            self.with_index(|index| index.clear()).await?;
        }
        if foreign {
            reached = Reached { source: source.id, seq: 0 };
        }
        let documents = product::changed_after(conn, reached.seq, BATCH).await?;
        let Some(seq) = documents.last().map(|last| last.seq) else { return Ok(0) };
        let count = documents.len();
        let changes = documents.into_iter().map(change).collect();
        let applied = self.with_index(move |index| index.apply(changes, Reached { seq, ..reached })).await;
        if applied.is_err() {
            self.with_index(|index| {
                index.reopen();
                Ok(())
            })
            .await?;
        }
        applied.map(|()| count)
    }
}

fn change(document: Document) -> Change {
    let Some(snapshot) = document.snapshot else { return Change::Remove(document.product_id) };
    let facts = Facts {
        id: document.product_id,
        prices: lowest_prices(&snapshot),
        tags: each_once(snapshot.tags),
        categories: each_once(snapshot.category_path),
        title: snapshot.title,
        vendor: snapshot.vendor,
        in_stock: document.in_stock,
        listed_at: kernel::instant::micros(document.listed_at),
    };
    Change::Put(Box::new(Indexed {
        facts,
        description: plain_text(&snapshot.description_html),
        skus: snapshot.variants.iter().filter_map(|variant| variant.sku.clone()).collect(),
        variants: snapshot.variants.into_iter().map(|variant| variant.title).collect(),
    }))
}

fn each_once(names: Vec<String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        if !name.is_empty() && !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

fn lowest_prices(snapshot: &ProductSnapshot) -> Vec<Money> {
    let mut lowest: BTreeMap<_, i64> = BTreeMap::new();
    for price in snapshot.variants.iter().flat_map(|variant| &variant.prices) {
        lowest.entry(price.currency).and_modify(|minor| *minor = price.minor.min(*minor)).or_insert(price.minor);
    }
    lowest.into_iter().map(|(currency, minor)| Money { minor, currency }).collect()
}
