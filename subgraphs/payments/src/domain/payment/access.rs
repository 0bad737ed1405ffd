use kernel::{Actor, Scope};

use super::Payment;

impl Payment {
    /// Whether the actor may see the payment, having come to it by its order: a guest's is for whoever knows the order's id, which
    /// nobody can guess; an account's is for its owner; all are for who may see every payment.
    pub fn is_visible_to(&self, actor: &Actor) -> bool {
        self.user_id.is_none() || self.belongs_to(actor)
    }

    /// Whether the actor may act as the shopper does: who only sees payments may not confirm one.
    pub fn may_be_continued_by(&self, actor: &Actor) -> bool {
        self.user_id.is_none() || self.user_id == actor.user()
    }

    /// Whether the payment is the actor's own, or the actor may see every payment.
    pub fn belongs_to(&self, actor: &Actor) -> bool {
        (self.user_id.is_some() && self.user_id == actor.user()) || actor.may(Scope::PaymentsRead)
    }
}
