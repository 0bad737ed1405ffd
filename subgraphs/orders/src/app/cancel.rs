use kernel::{Actor, Failure, OrderId, Scope};

use super::{App, Order};
use crate::domain::{Input, Problem, Status};
use crate::store::order;

const MAX_REASON: usize = 500;

impl App {
    /// Cancels the order: goods are given free, money is given back. Doing it twice is doing it once.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::WrongStatus`] for an order that was rejected, [`Problem::Invalid`] for the reason.
    pub async fn cancel(&self, actor: &Actor, id: OrderId, reason: Option<&str>) -> Result<Order, Failure<Problem>> {
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        if reason.is_some_and(|reason| reason.len() > MAX_REASON || reason.contains('\0')) {
            let message = format!("say it in at most {MAX_REASON} bytes");
            return Err(Failure::problem(Problem::invalid("reason", message)));
        }
        let mut tx = self.pool.begin().await?;
        let held =
            order::lock(&mut tx, id).await?.filter(|order| is_own(actor, order) || actor.may(Scope::OrdersWrite));
        let held = held.ok_or_else(|| Failure::problem(Problem::NotFound))?;
        match held.saga.status {
            Status::Cancelled => return Ok(held),
            Status::Rejected => return Err(Failure::problem(Problem::WrongStatus(held.saga.status))),
            _ => {}
        }
        let reason = reason.unwrap_or("Cancelled on request.").to_owned();
        let after = self.step(&mut tx, held.clone(), &Input::Cancelled(reason), None).await?;
        tx.commit().await?;
        Ok(after.unwrap_or(held))
    }
}

/// A guest's order is of whoever knows its id; an account's of its owner.
fn is_own(actor: &Actor, order: &Order) -> bool {
    order.user_id.is_none() || order.user_id == actor.user()
}

/// Staff may see every order, and change none by that.
pub(super) fn may_see(actor: &Actor, order: &Order) -> bool {
    is_own(actor, order) || actor.may(Scope::OrdersRead)
}
