use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, actor, masked, parse_id};
use kernel::{Failure, Fault, Scope};

use crate::app::App;
use crate::domain::{Adjustment, Missing, Problem};
use crate::graphql::types::{StockError, StockLevel, StockMovement, stock_errors};

/// Correcting stock.
#[derive(Debug, Default)]
pub struct Adjust;

/// What to correct.
#[derive(InputObject)]
pub struct StockAdjustInput {
    /// The variant.
    pub variant_id: ID,
    /// The warehouse.
    pub warehouse_id: ID,
    /// Units that are there in addition; negative for units that are missing. Not 0.
    pub delta: i32,
    /// Why, for whoever reads the movements later: 1 to 500 characters.
    pub reason: String,
    /// Names the intent, for example a UUID: sending it twice with the same input corrects once and answers the same.
    pub idempotency_key: String,
}

/// What became of a correction.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct StockAdjustPayload {
    /// The correction as it was written down; null when there are errors.
    pub movement: Option<StockMovement>,
    /// What the warehouse holds of the variant now; null when there are errors.
    pub stock_level: Option<StockLevel>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<StockError>,
}

#[Object]
impl Adjust {
    /// Corrects what a warehouse holds of a variant, for example after counting.
    #[graphql(guard = "Scoped(Scope::StockWrite)", requires_scopes = "stock:write")]
    async fn stock_adjust(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to correct.")] input: StockAdjustInput,
    ) -> Result<StockAdjustPayload> {
        let StockAdjustInput { variant_id, warehouse_id, delta, reason, idempotency_key } = input;
        let by = actor(ctx).user().ok_or_else(|| masked(&Fault::internal("the guard let a guest pass")))?;
        let adjusted = match (parse_id(&variant_id), parse_id(&warehouse_id)) {
            (None, _) => Err(Failure::problem(Problem::NotFound(Missing::Variant))),
            (_, None) => Err(Failure::problem(Problem::NotFound(Missing::Warehouse))),
            (Some(variant_id), Some(warehouse_id)) => {
                let adjustment = Adjustment { variant_id, warehouse_id, delta: delta.into(), reason };
                ctx.data::<App>()?.adjust(by, &idempotency_key, &adjustment).await
            }
        };
        match adjusted {
            Ok(done) => Ok(StockAdjustPayload {
                movement: Some(done.movement.into()),
                stock_level: Some(done.shelf.into()),
                errors: Vec::new(),
            }),
            Err(Failure::Problems(problems)) => {
                let errors = stock_errors(Some(&variant_id), Some(&warehouse_id), problems);
                Ok(StockAdjustPayload { movement: None, stock_level: None, errors })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}
