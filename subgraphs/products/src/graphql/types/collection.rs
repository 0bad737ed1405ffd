use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use gql::{Keyset, masked, page_after, page_size, refused};
use kernel::CollectionId;

use super::product::is_staff;
use super::{Products, ProductsTotal};
use crate::app::{self, App, Collected, Place};
use crate::graphql::Loader;
use crate::graphql::loaders::CollectedPage;

/// A hand-picked, ordered group of products.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Collection {
    /// Identifies the collection for good.
    pub id: ID,
    /// Part of the collection's address in the shop, for example `summer-evenings`. Unique among collections.
    pub slug: String,
    /// Display name.
    pub title: String,
    /// Description as HTML that is safe to show; may be empty.
    pub description_html: String,
    /// Grows by one with every change of the collection; a change has to name the version that it was made from.
    pub version: i64,
    #[graphql(skip)]
    key: CollectionId,
}

impl From<app::Collection> for Collection {
    fn from(of: app::Collection) -> Self {
        Self {
            id: of.id.0.into(),
            slug: of.slug,
            title: of.title,
            description_html: of.description_html,
            version: of.version,
            key: of.id,
        }
    }
}

/// Begins the cursors of a collection's products: any text could be the value of a cursor of another list.
const POSITION: &str = "position:";

#[ComplexObject]
impl Collection {
    /// The collection's products in the order that staff gave them. Shoppers see those for sale, `catalogue:read` sees all.
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
    ) -> Result<Products> {
        let count = page_size(first)?;
        let after = page_after(after.as_deref())?.map(|keyset| position(&keyset)).transpose()?;
        let all = is_staff(ctx);
        let key = CollectedPage { of: Collected { collection: self.key, after, all }, limit: count + 1 };
        let found = ctx.data::<Loader>()?.load_one(key).await.map_err(|fault| masked(&fault))?;
        let mut found = found.unwrap_or_default();
        let has_next = found.len() > count;
        found.truncate(count);
        let total = ProductsTotal::Collected(self.key, all);
        let mut page = Connection::with_additional_fields(after.is_some(), has_next, total);
        page.edges = found
            .into_iter()
            .map(|(position, product)| {
                let keyset = Keyset { value: format!("{POSITION}{position}"), id: product.id.0 };
                Edge::new(keyset, product.into())
            })
            .collect();
        Ok(page)
    }
}

fn position(keyset: &Keyset) -> Result<i32> {
    let position = keyset.value.strip_prefix(POSITION).and_then(|text| text.parse().ok());
    position.ok_or_else(|| refused("this cursor belongs to another list: start without `after`"))
}

/// Counts the list, if asked.
pub struct CollectionsTotal;

#[Object]
impl CollectionsTotal {
    /// How many collections there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.count_collections().await.map_err(|fault| masked(&fault))
    }
}

/// A page of collections.
pub(crate) type Collections = Connection<Keyset, Collection, CollectionsTotal, EmptyFields>;

/// Lists the collections by title.
pub(crate) async fn collections(ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<Collections> {
    let count = page_size(first)?;
    let after = page_after(after.as_deref())?.map(|keyset| Place { value: keyset.value, id: keyset.id });
    let found = ctx.data::<App>()?.collections(after.as_ref(), count).await;
    let mut found = found.map_err(|fault| masked(&fault))?;
    let has_next = found.len() > count;
    found.truncate(count);
    let mut page = Connection::with_additional_fields(after.is_some(), has_next, CollectionsTotal);
    page.edges =
        found.into_iter().map(|of| Edge::new(Keyset { value: of.title.clone(), id: of.id.0 }, of.into())).collect();
    Ok(page)
}
