mod orders;
mod products;

pub(crate) use orders::{FoundOrders, OrderSearchFilter, orders};
pub(crate) use products::{FoundProducts, ProductSearchFilter, ProductSearchSort, products};

use async_graphql::Result;
use gql::refused;

use crate::domain::Text;

/// Reads what somebody typed.
pub(crate) fn text(text: &str, argument: &str) -> Result<Text> {
    Text::new(text).map_err(|bad| refused(format!("`{argument}`: {bad}")))
}

/// Reads a text of a filter, exactly as written.
fn filter_text(value: Option<String>, field: &str) -> Result<Option<String>> {
    if let Some(value) = &value {
        text(value, field)?;
    }
    Ok(value)
}
