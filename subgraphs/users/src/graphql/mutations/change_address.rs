use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{PostalAddressInput, SignedIn, actor, parse_id};
use kernel::{AddressId, Failure, UserId};

use super::{outcome, subject};
use crate::app::App;
use crate::domain::{AddressPatch, Problem};
use crate::graphql::types::{Address, ProfileError};

/// Changing address books.
#[derive(Debug, Default)]
pub struct ChangeAddress;

/// An address to keep.
#[derive(InputObject)]
pub struct AddressCreateInput {
    /// Whose address book; yours when absent. Those of others need `users:write`.
    pub user_id: Option<ID>,
    /// What you call it, for example `Home`; at most 60 characters.
    #[graphql(default)]
    pub label: String,
    /// The lines.
    pub address: PostalAddressInput,
    /// Whether goods go there unless told otherwise. When absent, they do if it is the first entry.
    pub default_shipping: Option<bool>,
    /// Whether bills go there unless told otherwise. When absent, they do if it is the first entry.
    pub default_billing: Option<bool>,
}

/// What shall be different about an address. An absent field stays as it is.
#[derive(InputObject)]
pub struct AddressUpdateInput {
    /// The entry of the address book.
    pub id: ID,
    /// What you call it, for example `Home`; at most 60 characters.
    pub label: Option<String>,
    /// The lines, all of them.
    pub address: Option<PostalAddressInput>,
    /// Whether goods go there unless told otherwise. The entry that was the default no longer is.
    pub default_shipping: Option<bool>,
    /// Whether bills go there unless told otherwise. The entry that was the default no longer is.
    pub default_billing: Option<bool>,
}

/// Which address to remove.
#[derive(InputObject)]
pub struct AddressDeleteInput {
    /// The entry of the address book.
    pub id: ID,
}

/// What became of adding an address.
#[derive(SimpleObject)]
pub struct AddressCreatePayload {
    /// The new entry, or the one that says the same already; null when there are errors, and for staff that
    /// may change address books but not see them.
    pub address: Option<Address>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<ProfileError>,
}

/// What became of changing an address.
#[derive(SimpleObject)]
pub struct AddressUpdatePayload {
    /// The changed entry; null when there are errors, and for staff that
    /// may change address books but not see them.
    pub address: Option<Address>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<ProfileError>,
}

/// What became of removing an address.
#[derive(SimpleObject)]
pub struct AddressDeletePayload {
    /// The entry that is gone; null when there are errors.
    pub deleted_address_id: Option<ID>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<ProfileError>,
}

#[Object]
impl ChangeAddress {
    /// Adds an address to your address book, or to that of another person with `users:write`. The same address is not
    /// added twice.
    #[graphql(guard = "SignedIn")]
    async fn address_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address.")] input: AddressCreateInput,
    ) -> Result<AddressCreatePayload> {
        let id = subject(ctx, input.user_id);
        let defaults = (input.default_shipping, input.default_billing);
        let done = match parse_id::<UserId>(&id) {
            Some(user) => {
                let app = ctx.data::<App>()?;
                app.add_address(&actor(ctx), user, input.label, input.address.into(), defaults).await
            }
            None => Err(Failure::problem(Problem::NotFound)),
        };
        let (address, errors) = outcome("address book", &id, done)?;
        Ok(AddressCreatePayload { address: address.and_then(|address| Address::visible(ctx, address)), errors })
    }

    /// Changes an address of yours, or of another person with `users:write`.
    #[graphql(guard = "SignedIn")]
    async fn address_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which address, and what shall be different.")] input: AddressUpdateInput,
    ) -> Result<AddressUpdatePayload> {
        let patch = AddressPatch {
            label: input.label,
            address: input.address.map(Into::into),
            default_shipping: input.default_shipping,
            default_billing: input.default_billing,
        };
        let done = match parse_id::<AddressId>(&input.id) {
            Some(id) => ctx.data::<App>()?.update_address(&actor(ctx), id, patch).await,
            None => Err(Failure::problem(Problem::NotFound)),
        };
        let (address, errors) = outcome("address", &input.id, done)?;
        Ok(AddressUpdatePayload { address: address.and_then(|address| Address::visible(ctx, address)), errors })
    }

    /// Removes an address of yours, or of another person with `users:write`.
    #[graphql(guard = "SignedIn")]
    async fn address_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which address.")] input: AddressDeleteInput,
    ) -> Result<AddressDeletePayload> {
        let done = match parse_id::<AddressId>(&input.id) {
            Some(id) => ctx.data::<App>()?.delete_address(&actor(ctx), id).await,
            None => Err(Failure::problem(Problem::NotFound)),
        };
        let (done, errors) = outcome("address", &input.id, done)?;
        Ok(AddressDeletePayload { deleted_address_id: done.map(|()| input.id), errors })
    }
}
