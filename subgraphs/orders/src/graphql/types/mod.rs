mod cart;
mod entity;
mod error;
mod listing;
mod order;

pub(crate) use cart::{Cart, DeliveryOption};
pub(crate) use entity::{ProductVariant, User};
pub(crate) use error::{OrderingError, ordering_error};
pub(crate) use listing::{Orders, history, orders};
pub(crate) use order::{Order, OrderStatus};
