use std::cmp::Ordering;
use std::collections::HashMap;

use kernel::ProductId;
use serde::{Deserialize, Serialize};

use super::{Facts, Filter, Highlight};

/// Values of one facet that are shown.
pub const MAX_FACET_VALUES: usize = 50;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// Best match first.
    Relevance,
    /// Latest first.
    Newest,
    /// Cheapest first; leaves out what has no price in the currency.
    PriceLow,
    /// Dearest first; leaves out what has no price in the currency.
    PriceHigh,
    /// By title, A to Z.
    Title,
}

/// A place in a list: what the list is sorted by, and the product. Two lists in the same order agree on what is after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The sorted value: of a number as decimal text.
    pub value: String,
    /// Decides between equal values.
    pub id: ProductId,
}

/// A product that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// How well it matches; higher is better.
    pub score: f32,
    /// Where it is in the list.
    pub place: Place,
    /// Where in it the searched words are.
    pub highlights: Vec<Highlight>,
}

/// A value and how many products have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value, as a filter takes it.
    pub value: String,
    /// Products with it.
    pub count: usize,
}

/// Values that the found products have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// The filter it belongs to.
    pub name: String,
    /// Its values, the most frequent first.
    pub values: Vec<FacetValue>,
}

/// A page of what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// The products of the page.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub has_next: bool,
    /// Products on all pages.
    pub total: usize,
    /// Vendors, categories and tags, each counted as if it were not filtered by.
    pub facets: Vec<Facet>,
    /// A text that finds no less, where little was found.
    pub did_you_mean: Option<String>,
}

enum Value {
    Number(i64),
    Text(String),
}

impl Sort {
    fn value(self, score: f32, facts: &Facts, filter: &Filter) -> Option<Value> {
        Some(match self {
            // Scores are never negative, and the bits of positive floats sort as they do.
            Self::Relevance => Value::Number(i64::from(score.max(0.0).to_bits())),
            Self::Newest => Value::Number(facts.listed_at),
            Self::PriceLow | Self::PriceHigh => Value::Number(facts.price(filter.currency)?),
            Self::Title => Value::Text(facts.title.to_lowercase()),
        })
    }

    fn read(self, place: &Place) -> Option<Value> {
        match self {
            Self::Title => Some(Value::Text(place.value.clone())),
            // A score is a positive number: who writes a cursor by hand may not hand the index anything else.
            Self::Relevance => {
                let bits: u32 = place.value.parse().ok()?;
                let score = f32::from_bits(bits);
                (score.is_finite() && score.is_sign_positive()).then(|| Value::Number(i64::from(bits)))
            }
            _ => place.value.parse().ok().map(Value::Number),
        }
    }

    /// Whether the place can be one of a list in this order.
    pub fn has(self, place: &Place) -> bool {
        self.read(place).is_some()
    }

    fn cmp(self, a: (&Value, ProductId), b: (&Value, ProductId)) -> Ordering {
        let by_value = match (a.0, b.0) {
            (Value::Number(a), Value::Number(b)) => a.cmp(b),
            (Value::Text(a), Value::Text(b)) => a.cmp(b),
            (Value::Number(_), Value::Text(_)) => Ordering::Less,
            (Value::Text(_), Value::Number(_)) => Ordering::Greater,
        };
        let up = by_value.then(a.1.cmp(&b.1));
        match self {
            Self::PriceLow | Self::Title => up,
            // Of equal scores the id decides upwards, as everywhere else; which way does not matter, only that it is fixed.
            Self::Relevance | Self::Newest | Self::PriceHigh => up.reverse(),
        }
    }
}

/// Filters, counts, sorts and cuts what matched. All matches are looked at: right for a catalogue of thousands.
pub fn list(matched: &[(f32, &Facts)], filter: &Filter, sort: Sort, after: Option<&Place>, first: usize) -> Listing {
    let open: Vec<&(f32, &Facts)> = matched.iter().filter(|(_, facts)| filter.fits_uncounted(facts)).collect();
    let facets = facets(&open, filter);
    let mut found: Vec<(f32, &Facts, Value)> = open
        .into_iter()
        .filter(|(_, facts)| filter.fits_vendor(facts) && filter.fits_category(facts) && filter.fits_tag(facts))
        .filter_map(|(score, facts)| Some((*score, *facts, sort.value(*score, facts, filter)?)))
        .collect();
    let total = found.len();
    if let Some((start, id)) = after.and_then(|place| Some((sort.read(place)?, place.id))) {
        found.retain(|(_, facts, value)| sort.cmp((value, facts.id), (&start, id)) == Ordering::Greater);
    }
    found.sort_by(|a, b| sort.cmp((&a.2, a.1.id), (&b.2, b.1.id)));
    let has_next = found.len() > first;
    found.truncate(first);
    let hits = found.into_iter().map(|(score, facts, value)| {
        let value = match value {
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text,
        };
        Hit { score, place: Place { value, id: facts.id }, highlights: Vec::new() }
    });
    Listing { hits: hits.collect(), has_next, total, facets, did_you_mean: None }
}

fn facets(open: &[&(f32, &Facts)], filter: &Filter) -> Vec<Facet> {
    let mut vendors = HashMap::new();
    let mut categories = HashMap::new();
    let mut tags = HashMap::new();
    for (_, facts) in open {
        let (vendor, category, tag) = (filter.fits_vendor(facts), filter.fits_category(facts), filter.fits_tag(facts));
        if category && tag && !facts.vendor.is_empty() {
            count(&mut vendors, &facts.vendor);
        }
        if vendor && tag {
            facts.categories.iter().for_each(|name| count(&mut categories, name));
        }
        if vendor && category {
            facts.tags.iter().for_each(|name| count(&mut tags, name));
        }
    }
    [("vendor", vendors), ("category", categories), ("tag", tags)].map(|(name, counts)| facet(name, counts)).into()
}

fn count<'a>(counts: &mut HashMap<&'a str, usize>, value: &'a str) {
    let so_far = counts.entry(value).or_default();
    *so_far = so_far.saturating_add(1);
}

fn facet(name: &str, counts: HashMap<&str, usize>) -> Facet {
    let mut values: Vec<FacetValue> =
        counts.into_iter().map(|(value, count)| FacetValue { value: value.to_owned(), count }).collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    values.truncate(MAX_FACET_VALUES);
    Facet { name: name.to_owned(), values }
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Money};
    use proptest::prelude::*;

    use super::*;

    fn facts(id: u128, price: i64, at: i64) -> Facts {
        Facts {
            id: ProductId(uuid::Uuid::from_u128(id)),
            title: format!("T{}", price % 3),
            vendor: format!("V{}", at % 2),
            tags: vec![format!("t{}", price % 2)],
            categories: vec!["All".into()],
            prices: vec![Money { minor: price, currency: Currency::EUR }],
            in_stock: true,
            listed_at: at,
        }
    }

    proptest! {
        #[test]
        fn pages_are_complete_and_without_doubles(
            of in prop::collection::vec((0_i64..4, 0_i64..4, 0_u8..3), 0..30),
            size in 1_usize..5,
            sort in prop::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::PriceLow, Sort::PriceHigh, Sort::Title]),
        ) {
            let all: Vec<Facts> = of.iter().zip(0_u128..).map(|((price, at, _), id)| facts(id, *price, *at)).collect();
            let matched: Vec<(f32, &Facts)> = all.iter().zip(&of).map(|(facts, of)| (f32::from(of.2), facts)).collect();
            let whole = list(&matched, &Filter::default(), sort, None, 100);
            let mut seen = Vec::new();
            let mut after = None;
            loop {
                let page = list(&matched, &Filter::default(), sort, after.as_ref(), size);
                prop_assert_eq!(page.total, all.len());
                seen.extend(page.hits.iter().map(|hit| hit.place.id));
                after = page.hits.last().map(|hit| hit.place.clone());
                if !page.has_next { break; }
            }
            prop_assert_eq!(seen, whole.hits.iter().map(|hit| hit.place.id).collect::<Vec<_>>());
            prop_assert_eq!(whole.hits.len(), all.len());
        }

        #[test]
        fn a_facet_tells_what_its_filter_would_leave(of in prop::collection::vec((0_i64..4, 0_i64..4), 1..20)) {
            let all: Vec<Facts> = of.iter().zip(0_u128..).map(|((price, at), id)| facts(id, *price, *at)).collect();
            let matched: Vec<(f32, &Facts)> = all.iter().map(|facts| (1.0, facts)).collect();
            let filter = Filter { vendor: Some("V0".into()), tag: Some("t1".into()), ..Filter::default() };
            for value in &list(&matched, &filter, Sort::Newest, None, 1).facets[0].values {
                let other = Filter { vendor: Some(value.value.clone()), ..filter.clone() };
                prop_assert_eq!(list(&matched, &other, Sort::Newest, None, 1).total, value.count);
            }
        }
    }

    #[test]
    fn a_cursor_made_by_hand_is_no_place_of_a_list() {
        let has = |sort: Sort, value: &str| sort.has(&Place { value: value.into(), id: facts(1, 0, 0).id });
        for score in ["-1", "4294967296", "2143289344", "2139095040", "3212836864", "x", ""] {
            assert!(!has(Sort::Relevance, score), "{score}");
        }
        assert!(has(Sort::Relevance, &1.5_f32.to_bits().to_string()) && has(Sort::Relevance, "0"));
        assert!(has(Sort::Newest, "-1") && !has(Sort::PriceLow, "1.5") && has(Sort::Title, ""));
    }
}
