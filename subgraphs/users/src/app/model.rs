use kernel::{AddressId, Email, UserId};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::{AddressDraft, ChangeKind, Details, FieldChange};

/// The profile of a person who has an account.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The account.
    pub id: UserId,
    /// Where to reach the person.
    pub email: Email,
    /// What they say of themselves.
    pub details: Details,
    /// Grows by one with every change.
    pub version: i64,
    /// When the account was opened.
    pub created_at: OffsetDateTime,
    /// When the profile was last changed.
    pub updated_at: OffsetDateTime,
}

/// What is known of an account.
#[derive(Debug, Clone)]
pub(crate) enum Known {
    /// Nothing, or nothing yet.
    Nothing,
    /// That its owner left.
    Left,
    /// Its profile.
    Here(Profile),
}

/// An entry of an address book.
#[derive(Debug, Clone)]
pub struct Address {
    /// Its id.
    pub id: AddressId,
    /// Whose book it is in.
    pub user_id: UserId,
    /// What it says.
    pub entry: AddressDraft,
    /// When it was added.
    pub created_at: OffsetDateTime,
}

/// Something that was done to a profile or its address book.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its id.
    pub id: Uuid,
    /// Whose profile.
    pub user_id: UserId,
    /// When.
    pub at: OffsetDateTime,
    /// Which account did it; none for the platform itself.
    pub actor_id: Option<UserId>,
    /// What was done.
    pub kind: ChangeKind,
    /// The entry of the address book that it is about.
    pub address_id: Option<AddressId>,
    /// The fields that it changed.
    pub fields: Vec<FieldChange>,
}

/// A place in a list that has the latest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The time of the last entry seen.
    pub at: OffsetDateTime,
    /// Decides between equal times.
    pub id: Uuid,
}
