mod category;
mod collection;
mod error;
mod listing;
mod product;
mod product_input;
mod variant;

pub(crate) use category::Category;
pub(crate) use collection::{Collection, Collections, collections};
pub(crate) use error::{CatalogueError, Subject, catalogue_errors, edit_errors};
pub(crate) use listing::{ProductFilter, ProductSort, Products, ProductsTotal, products};
pub(crate) use product::{Product, ProductStatus};
pub(crate) use product_input::{
    ProductMediaInput, ProductOptionInput, ProductVariantInput, media, options, trimmed, variants,
};
pub(crate) use variant::ProductVariant;
