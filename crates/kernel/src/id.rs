//! Typed identifiers: a `ProductId` cannot be passed where a `VariantId` is wanted.

/// Declares a newtype around a UUID. New values are version 7 (RFC 9562), so they sort by creation time.
macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl From<uuid::Uuid> for $name {
            fn from(value: uuid::Uuid) -> Self {
                Self(value)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

typed_id! {
    /// An account, owned by auth and described by users.
    UserId,
    /// A product, owned by products.
    ProductId,
    /// A purchasable variant of a product, owned by products.
    VariantId,
    /// A node of the category tree, owned by products.
    CategoryId,
    /// A hand-picked group of products, owned by products.
    CollectionId,
    /// A picture of a product, owned by products.
    MediaId,
    /// A shopping cart, owned by orders. Random, not version 7: whoever knows it may use the cart.
    CartId,
    /// An order, owned by orders. Random, not version 7: whoever knows the id of a guest's order may follow it.
    OrderId,
    /// A payment of an order, owned by payments.
    PaymentId,
    /// A refund of a payment, owned by payments.
    RefundId,
    /// A place where stock is kept, owned by inventory.
    WarehouseId,
    /// A sign-in of an account on one device, owned by auth.
    SessionId,
    /// An entry of an account's address book, owned by users.
    AddressId,
    /// A message to a person, owned by notifications.
    MessageId,
}
