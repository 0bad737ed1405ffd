//! What deliveries and taxes there are.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use kernel::{Currency, Fault, Money};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{App, Delivery};
use crate::domain::TaxRate;
use crate::store::catalogue;

/// How long what was read holds. Every change of a cart needs it, and a law changes it, or a carrier.
const HOLDS: Duration = Duration::seconds(30);

/// The deliveries and the taxes of all countries.
#[derive(Debug)]
pub(crate) struct Terms {
    /// When they were read.
    pub(crate) read_at: OffsetDateTime,
    /// Rates by country.
    pub(crate) rates: HashMap<String, TaxRate>,
    /// Deliveries, in the order in which they are offered.
    pub(crate) methods: Vec<Method>,
}

/// A delivery.
#[derive(Debug)]
pub(crate) struct Method {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) min_days: i32,
    pub(crate) max_days: i32,
    /// Countries it delivers to; empty for all.
    pub(crate) countries: Vec<String>,
    /// By currency: the price in minor units, and the subtotal from which on it is free.
    pub(crate) prices: HashMap<String, (i64, Option<i64>)>,
}

impl Terms {
    /// The tax of the country; none where no rate is known.
    pub(crate) fn tax(&self, country: Option<&str>) -> TaxRate {
        let found = country.and_then(|country| self.rates.get(country));
        found.copied().unwrap_or(TaxRate { basis_points: 0, included: true })
    }

    /// The deliveries to the country, in the currency, with their prices for this subtotal.
    pub(crate) fn deliveries(&self, currency: Currency, country: Option<&str>, subtotal: i64) -> Vec<Delivery> {
        let goes_to = |method: &&Method| {
            method.countries.is_empty() || country.is_none_or(|country| method.countries.iter().any(|to| to == country))
        };
        let priced = |method: &Method| {
            let (minor, free_from) = *method.prices.get(currency.code())?;
            let minor = if free_from.is_some_and(|free_from| subtotal >= free_from) { 0 } else { minor };
            Some(Delivery {
                code: method.code.clone(),
                name: method.name.clone(),
                price: Money { minor, currency },
                min_days: method.min_days,
                max_days: method.max_days,
            })
        };
        self.methods.iter().filter(goes_to).filter_map(priced).collect()
    }
}

/// What was read last.
#[derive(Debug, Clone, Default)]
pub(super) struct Known(Arc<RwLock<Option<Arc<Terms>>>>);

impl App {
    /// The terms, at most half a minute old.
    pub(super) async fn terms(&self, conn: &mut PgConnection) -> Result<Arc<Terms>, Fault> {
        let now = self.clock.now();
        let known = self.terms.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(terms) = known.filter(|terms| now - terms.read_at < HOLDS) {
            return Ok(terms);
        }
        let terms = Arc::new(catalogue::terms(conn, now).await?);
        *self.terms.0.write().unwrap_or_else(PoisonError::into_inner) = Some(terms.clone());
        Ok(terms)
    }
}
