use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, actor, masked, parse_id};
use kernel::{Failure, Fault, Scope};

use crate::app::{self, App};
use crate::domain::{Missing, Problem, WarehouseDraft, WarehousePatch};
use crate::graphql::types::{StockError, Warehouse, stock_errors};

/// Adding and changing warehouses.
#[derive(Debug, Default)]
pub struct Warehouses;

/// A new warehouse.
#[derive(InputObject)]
pub struct WarehouseCreateInput {
    /// What people call it for good: at most 20 capital letters, digits and single hyphens. Unique.
    pub code: String,
    /// Display name.
    pub name: String,
    /// Where it is: the country's two-letter code (ISO 3166-1), for example `DE`.
    pub country: String,
    /// Orders are served from the lowest first.
    pub priority: i32,
    /// Names the intent, for example a UUID: sending it twice with the same input opens one warehouse and answers the same.
    pub idempotency_key: String,
}

/// What to change of a warehouse. An absent or null field stays as it is.
#[derive(InputObject)]
pub struct WarehouseUpdateInput {
    /// The warehouse.
    pub id: ID,
    /// Display name.
    pub name: Option<String>,
    /// Where it is: the country's two-letter code (ISO 3166-1), for example `DE`.
    pub country: Option<String>,
    /// Orders are served from the lowest first.
    pub priority: Option<i32>,
    /// Whether its stock can be sold. What is reserved there for orders stays reserved.
    pub active: Option<bool>,
}

/// What became of adding a warehouse.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct WarehouseCreatePayload {
    /// The new warehouse, active; null when there are errors.
    pub warehouse: Option<Warehouse>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<StockError>,
}

/// What became of changing a warehouse.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct WarehouseUpdatePayload {
    /// The warehouse as it is now; null when there are errors.
    pub warehouse: Option<Warehouse>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<StockError>,
}

fn answer(
    id: Option<&ID>,
    done: Result<app::Warehouse, Failure<Problem>>,
) -> Result<(Option<Warehouse>, Vec<StockError>)> {
    match done {
        Ok(warehouse) => Ok((Some(warehouse.into()), Vec::new())),
        Err(Failure::Problems(problems)) => Ok((None, stock_errors(None, id, problems))),
        Err(Failure::Fault(fault)) => Err(masked(&fault)),
    }
}

#[Object]
impl Warehouses {
    /// Adds a warehouse, empty and active.
    #[graphql(guard = "Scoped(Scope::StockWrite)", requires_scopes = "stock:write")]
    async fn warehouse_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The warehouse.")] input: WarehouseCreateInput,
    ) -> Result<WarehouseCreatePayload> {
        let WarehouseCreateInput { code, name, country, priority, idempotency_key } = input;
        let by = actor(ctx).user().ok_or_else(|| masked(&Fault::internal("the guard let a guest pass")))?;
        let draft = WarehouseDraft { code, name, country, priority };
        let (warehouse, errors) =
            answer(None, ctx.data::<App>()?.create_warehouse(by, &idempotency_key, &draft).await)?;
        Ok(WarehouseCreatePayload { warehouse, errors })
    }

    /// Changes a warehouse. What it holds can be sold only while it is active.
    #[graphql(guard = "Scoped(Scope::StockWrite)", requires_scopes = "stock:write")]
    async fn warehouse_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: WarehouseUpdateInput,
    ) -> Result<WarehouseUpdatePayload> {
        let WarehouseUpdateInput { id, name, country, priority, active } = input;
        let done = match parse_id(&id) {
            Some(warehouse) => {
                ctx.data::<App>()?.update_warehouse(warehouse, WarehousePatch { name, country, priority, active }).await
            }
            None => Err(Failure::problem(Problem::NotFound(Missing::Warehouse))),
        };
        let (warehouse, errors) = answer(Some(&id), done)?;
        Ok(WarehouseUpdatePayload { warehouse, errors })
    }
}
