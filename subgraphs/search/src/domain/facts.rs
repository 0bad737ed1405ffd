use kernel::{Currency, Money, ProductId};
use serde::{Deserialize, Serialize};

/// What lists, filters and counts need to know of a product for sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The product.
    pub id: ProductId,
    /// Display name.
    pub title: String,
    /// Brand or maker.
    pub vendor: String,
    /// Free labels, each once.
    pub tags: Vec<String>,
    /// Names of the categories from the root to the product's own, each once.
    pub categories: Vec<String>,
    /// The price of the cheapest variant, in each currency.
    pub prices: Vec<Money>,
    /// Whether any variant can be sold now.
    pub in_stock: bool,
    /// When it came to the shop, in microseconds since 1970.
    pub listed_at: i64,
}

impl Facts {
    /// The price of the cheapest variant in the currency.
    pub fn price(&self, currency: Currency) -> Option<i64> {
        self.prices.iter().find(|price| price.currency == currency).map(|price| price.minor)
    }
}

/// Which products to show. An absent value filters nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Name of a category on the product's path.
    pub category: Option<String>,
    /// Brand or maker.
    pub vendor: Option<String>,
    /// A label.
    pub tag: Option<String>,
    /// Least price of the cheapest variant, in minor units.
    pub price_min: Option<i64>,
    /// Greatest price of the cheapest variant, in minor units.
    pub price_max: Option<i64>,
    /// The currency that prices are compared and sorted in.
    pub currency: Currency,
    /// Whether a variant must (true) or must not (false) be in stock.
    pub in_stock: Option<bool>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            category: None,
            vendor: None,
            tag: None,
            price_min: None,
            price_max: None,
            currency: Currency::EUR,
            in_stock: None,
        }
    }
}

impl Filter {
    /// Whether the product has what is asked of it beside the three that are counted.
    pub(super) fn fits_uncounted(&self, facts: &Facts) -> bool {
        let price = facts.price(self.currency);
        self.in_stock.is_none_or(|wanted| wanted == facts.in_stock)
            && self.price_min.is_none_or(|min| price.is_some_and(|price| price >= min))
            && self.price_max.is_none_or(|max| price.is_some_and(|price| price <= max))
    }

    pub(super) fn fits_vendor(&self, facts: &Facts) -> bool {
        self.vendor.as_ref().is_none_or(|vendor| *vendor == facts.vendor)
    }

    pub(super) fn fits_category(&self, facts: &Facts) -> bool {
        self.category.as_ref().is_none_or(|category| facts.categories.contains(category))
    }

    pub(super) fn fits_tag(&self, facts: &Facts) -> bool {
        self.tag.as_ref().is_none_or(|tag| facts.tags.contains(tag))
    }
}
