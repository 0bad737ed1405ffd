use async_graphql::connection::{Connection, ConnectionNameType, Edge, EdgeNameType, EmptyFields};
use async_graphql::{Context, Enum, ID, InputObject, Object, OutputType, Result, SimpleObject};
use gql::{Keyset, input_time, masked, page_after, page_size};
use time::OffsetDateTime;

use super::text;
use crate::app::{self, App, OrderFilter, OrderPlace};

/// Something bought. Its order, its payment and its stock each have a status.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id", serial)]
pub struct Order {
    /// Identifies the order for good; nobody can guess it.
    pub id: ID,
}

/// Which orders to find. An absent field filters nothing.
#[derive(Debug, Default, Clone, InputObject)]
pub struct OrderSearchFilter {
    /// How far the order has come.
    pub status: Option<OrderSearchStatus>,
    /// Placed at this time or later.
    pub placed_from: Option<OffsetDateTime>,
    /// Placed before this time.
    pub placed_before: Option<OffsetDateTime>,
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum OrderSearchStatus {
    /// Placed; its goods are being set aside.
    Pending,
    /// Its goods are set aside; the payment is under way.
    Reserved,
    /// Paid: it will be delivered.
    Confirmed,
    /// Goods were lacking; nothing was charged.
    Rejected,
    /// It will not be delivered; what was charged is given back.
    Cancelled,
}

impl OrderSearchStatus {
    /// The name that orders tell it by.
    fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Reserved => "RESERVED",
            Self::Confirmed => "CONFIRMED",
            Self::Rejected => "REJECTED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// What a page of found orders tells beside them.
pub struct Summary {
    filter: OrderFilter,
    degraded: bool,
}

#[Object(name = "OrderSearchTotal")]
impl Summary {
    /// How many orders there are on all pages. Counted only when selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        ctx.data::<App>()?.count_orders(&self.filter).await.map_err(|fault| masked(&fault))
    }

    /// True while the search server is away. The database then answers by the same rules: nothing is missing, it may only take longer.
    async fn degraded(&self) -> bool {
        self.degraded
    }
}

/// Names of the types of found orders.
pub struct Named;

impl ConnectionNameType for Named {
    fn type_name<T: OutputType>() -> String {
        "OrderSearchConnection".into()
    }
}

impl EdgeNameType for Named {
    fn type_name<T: OutputType>() -> String {
        "OrderSearchEdge".into()
    }
}

/// A page of found orders.
pub(crate) type FoundOrders = Connection<Keyset, Order, Summary, EmptyFields, Named, Named>;

fn place(keyset: &Keyset) -> Result<OrderPlace> {
    Ok(OrderPlace { placed_at: keyset.time()?, order_id: keyset.id })
}

/// Finds orders, newest first.
pub(crate) async fn orders(
    ctx: &Context<'_>,
    query: &str,
    filter: OrderSearchFilter,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<FoundOrders> {
    let count = page_size(first)?;
    let after = page_after(after)?.map(|keyset| place(&keyset)).transpose()?;
    let filter = OrderFilter {
        text: text(query, "query")?.as_str().to_owned(),
        status: filter.status.map(|status| status.name().to_owned()),
        placed_from: filter.placed_from.map(|at| input_time(at, "filter.placedFrom")).transpose()?,
        placed_before: filter.placed_before.map(|at| input_time(at, "filter.placedBefore")).transpose()?,
    };
    let found = ctx.data::<App>()?.search_orders(&filter, after, count).await.map_err(|fault| masked(&fault))?;
    let app::FoundOrders { orders, has_next, degraded } = found;
    let mut page = Connection::with_additional_fields(after.is_some(), has_next, Summary { filter, degraded });
    page.edges = orders
        .into_iter()
        .map(|order| Edge::new(Keyset::at(order.placed_at, order.order_id), Order { id: order.order_id.into() }))
        .collect();
    Ok(page)
}
