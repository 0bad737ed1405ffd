use kernel::Fault;
use tantivy::TantivyDocument;
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{LowerCaser, RawTokenizer, TextAnalyzer, TokenizerManager};

use super::super::words::{english, plain};
use crate::app::Indexed;

/// Grows when what is written below changes its meaning; an index with another number is made again.
pub(super) const VERSION: u32 = 2;

const PLAIN: &str = "plain";
const ENGLISH: &str = "stemmed_english";
const CODE: &str = "code";

/// The fields of the index.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    pub(super) id: Field,
    pub(super) facts: Field,
    pub(super) title: Field,
    pub(super) title_stem: Field,
    pub(super) vendor: Field,
    pub(super) tags: Field,
    pub(super) categories: Field,
    pub(super) variants: Field,
    pub(super) description: Field,
    pub(super) sku: Field,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let text = |tokenizer: &str| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer);
            TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs))
        };
        Self {
            id: schema.add_text_field("id", STRING),
            facts: schema.add_bytes_field("facts", STORED),
            title: schema.add_text_field("title", text(PLAIN)),
            title_stem: schema.add_text_field("title_stem", text(ENGLISH)),
            vendor: schema.add_text_field("vendor", text(PLAIN)),
            tags: schema.add_text_field("tags", text(PLAIN)),
            categories: schema.add_text_field("categories", text(PLAIN)),
            variants: schema.add_text_field("variants", text(PLAIN).set_stored()),
            description: schema.add_text_field("description", text(ENGLISH).set_stored()),
            sku: schema.add_text_field("sku", text(CODE)),
            schema: schema.build(),
        }
    }

    pub(super) fn document(&self, product: &Indexed) -> Result<TantivyDocument, Fault> {
        let mut doc = TantivyDocument::default();
        let facts = &product.facts;
        doc.add_text(self.id, facts.id.to_string());
        doc.add_bytes(self.facts, &serde_json::to_vec(facts)?);
        doc.add_text(self.title, &facts.title);
        doc.add_text(self.title_stem, &facts.title);
        doc.add_text(self.vendor, &facts.vendor);
        facts.tags.iter().for_each(|tag| doc.add_text(self.tags, tag));
        facts.categories.iter().for_each(|name| doc.add_text(self.categories, name));
        product.variants.iter().for_each(|title| doc.add_text(self.variants, title));
        doc.add_text(self.description, &product.description);
        product.skus.iter().for_each(|sku| doc.add_text(self.sku, sku));
        Ok(doc)
    }
}

pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(PLAIN, plain());
    manager.register(ENGLISH, english());
    manager.register(CODE, TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser).build());
    manager
}
