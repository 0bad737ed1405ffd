use super::{MediaDraft, Problem, ProductDraft, VariantDraft};

/// What shall be different about a product; an absent part stays as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProductPatch {
    /// Part of its address in the shop.
    pub slug: Option<String>,
    /// Display name.
    pub title: Option<String>,
    /// HTML; sanitised before it is stored.
    pub description_html: Option<String>,
    /// Brand or maker.
    pub vendor: Option<String>,
    /// Category names from the root; empty for none.
    pub category_path: Option<Vec<String>>,
    /// Free labels.
    pub tags: Option<Vec<String>>,
    /// Names of what a shopper chooses.
    pub option_names: Option<Vec<String>>,
    /// What can be bought, in display order.
    pub variants: Option<Vec<VariantDraft>>,
    /// Pictures in display order.
    pub media: Option<Vec<MediaDraft>>,
}

impl ProductDraft {
    /// The product as the patch wants it, not checked yet.
    #[must_use]
    pub fn patched(self, patch: ProductPatch) -> Self {
        Self {
            slug: patch.slug.unwrap_or(self.slug),
            title: patch.title.unwrap_or(self.title),
            description_html: patch.description_html.unwrap_or(self.description_html),
            vendor: patch.vendor.unwrap_or(self.vendor),
            category_path: patch.category_path.unwrap_or(self.category_path),
            tags: patch.tags.unwrap_or(self.tags),
            option_names: patch.option_names.unwrap_or(self.option_names),
            status: self.status,
            variants: patch.variants.unwrap_or(self.variants),
            media: patch.media.unwrap_or(self.media),
        }
    }
}

/// Why a change that staff makes did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditProblem {
    /// What is wrong with the thing itself.
    Draft(Problem),
    /// Something else has this slug.
    SlugTaken(String),
    /// A variant of another product has this SKU.
    SkuTaken(String),
    /// The thing was changed since the caller saw it.
    VersionConflict {
        /// Its version now.
        current: i64,
    },
    /// The idempotency key was used for something else.
    KeyReused,
}

impl From<Problem> for EditProblem {
    fn from(problem: Problem) -> Self {
        Self::Draft(problem)
    }
}
