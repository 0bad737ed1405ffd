mod category;
mod error;
mod listing;
mod product;
mod variant;

pub(crate) use category::Category;
pub(crate) use error::{CatalogueError, catalogue_errors};
pub(crate) use listing::{ProductFilter, ProductSort, Products, products};
pub(crate) use product::Product;
pub(crate) use variant::ProductVariant;
