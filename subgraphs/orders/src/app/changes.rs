//! Who follows which order. A change wakes those who follow that order, and nobody else: a thousand followers of a thousand orders
//! cost a change no more than one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chassis::Notifications;
use kernel::OrderId;
use tokio::sync::watch;

use super::App;

/// The orders that are followed.
#[derive(Debug, Clone, Default)]
pub(super) struct Followed(Arc<Mutex<HashMap<OrderId, watch::Sender<()>>>>);

impl Followed {
    fn all(&self) -> MutexGuard<'_, HashMap<OrderId, watch::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Hears of the changes of one order, from when it was made until it is dropped.
#[derive(Debug)]
pub struct Changes {
    order: OrderId,
    followed: Followed,
    changed: watch::Receiver<()>,
}

impl Changes {
    /// Returns when the order may have changed since this was asked last. Many changes may be one.
    pub async fn next(&mut self) {
        // The sender goes with the last receiver, and this is one.
        let _ = self.changed.changed().await;
    }
}

impl Drop for Changes {
    fn drop(&mut self) {
        let mut all = self.followed.all();
        // Under the lock: of two that end at once, one is the last.
        let (_, nothing) = watch::channel(());
        drop(std::mem::replace(&mut self.changed, nothing));
        if all.get(&self.order).is_some_and(|sender| sender.receiver_count() == 0) {
            all.remove(&self.order);
        }
    }
}

impl App {
    /// Hears of changes of the order from now on.
    pub fn changes(&self, order: OrderId) -> Changes {
        let changed = self.followed.all().entry(order).or_default().subscribe();
        Changes { order, followed: self.followed.clone(), changed }
    }

    /// Passes on what the database notifies of, for as long as the process runs. What cannot be read, or was not heard, may have been any
    /// order.
    pub async fn follow_changes(&self, notifications: &Notifications) {
        let changed = |id: Option<&str>| {
            let all = self.followed.all();
            match id.and_then(|id| id.parse().ok()) {
                Some(id) => all.get(&id).into_iter().for_each(|sender| sender.send_replace(())),
                None => all.values().for_each(|sender| sender.send_replace(())),
            }
        };
        notifications.listen("orders_status", changed).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_forgotten_with_its_last_follower() {
        let followed = Followed::default();
        let follow = |id: u128| {
            let order = OrderId(uuid::Uuid::from_u128(id));
            let changed = followed.all().entry(order).or_default().subscribe();
            Changes { order, followed: followed.clone(), changed }
        };
        let (first, second, other) = (follow(1), follow(1), follow(2));
        drop(first);
        assert_eq!(followed.all().len(), 2);
        drop(second);
        assert_eq!(followed.all().len(), 1);
        drop(other);
        assert!(followed.all().is_empty());
    }
}
