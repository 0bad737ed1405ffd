use kernel::{Actor, AddressId, Failure, Fault, PostalAddress, UserId};
use sqlx::PgConnection;

use super::{Address, App, Change, Known};
use crate::domain::{AddressDraft, AddressPatch, ChangeKind, FieldChange, Problem, may_change};
use crate::store::{address, change, profile};

impl App {
    /// Adds an entry to the user's address book. The first one becomes the default unless it shall not. The same entry is
    /// not added twice: a client that did not hear the answer can ask again.
    ///
    /// # Errors
    /// [`Problem::NotFound`] also for a user whose book the actor may not change; the entry's problems;
    /// [`Problem::AddressLimit`].
    pub async fn add_address(
        &self,
        actor: &Actor,
        user: UserId,
        label: String,
        lines: PostalAddress,
        (shipping, billing): (Option<bool>, Option<bool>),
    ) -> Result<Address, Failure<Problem>> {
        if !may_change(actor, user) {
            return Err(Failure::problem(Problem::NotFound));
        }
        self.arrived(actor, user).await?;
        let draft = AddressDraft { label, address: lines, default_shipping: false, default_billing: false };
        let mut draft = draft.checked().map_err(Failure::Problems)?;
        let mut tx = self.pool.begin().await?;
        let Known::Here(_) = profile::lock(&mut tx, user).await? else {
            return Err(Failure::problem(Problem::NotFound));
        };
        let book = address::of(&mut tx, &[user.0]).await?;
        let twin = |known: &&Address| known.entry.label == draft.label && known.entry.address == draft.address;
        if let Some(known) = book.iter().find(twin).cloned() {
            let patch =
                AddressPatch { default_shipping: shipping, default_billing: billing, ..AddressPatch::default() };
            let entry = known.entry.patched(patch).map_err(Failure::Problems)?;
            let known = self.replace(&mut tx, actor, known, entry).await?;
            tx.commit().await?;
            return Ok(known);
        }
        draft.default_shipping = shipping.unwrap_or(book.is_empty());
        draft.default_billing = billing.unwrap_or(book.is_empty());
        let now = self.clock.now();
        let new = Address { id: self.clock.uuid().into(), user_id: user, entry: draft, created_at: now };
        self.yield_defaults(&mut tx, actor, &new).await?;
        if !address::insert(&mut tx, &new).await? {
            return Err(Failure::problem(Problem::AddressLimit));
        }
        self.record(&mut tx, actor, &new, ChangeKind::AddressCreated, new.entry.as_new()).await?;
        tx.commit().await?;
        Ok(new)
    }

    /// Changes an entry as the patch says.
    ///
    /// # Errors
    /// [`Problem::NotFound`] also for an entry that is not the actor's to change; the patch's problems.
    pub async fn update_address(
        &self,
        actor: &Actor,
        id: AddressId,
        patch: AddressPatch,
    ) -> Result<Address, Failure<Problem>> {
        let mut tx = self.pool.begin().await?;
        let known = changeable(&mut tx, actor, id).await?;
        let entry = known.entry.patched(patch).map_err(Failure::Problems)?;
        let changed = self.replace(&mut tx, actor, known, entry).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Removes an entry.
    ///
    /// # Errors
    /// [`Problem::NotFound`] also for an entry that is not the actor's to change.
    pub async fn delete_address(&self, actor: &Actor, id: AddressId) -> Result<(), Failure<Problem>> {
        let mut tx = self.pool.begin().await?;
        let known = changeable(&mut tx, actor, id).await?;
        address::delete(&mut tx, id).await?;
        self.record(&mut tx, actor, &known, ChangeKind::AddressDeleted, known.entry.differences(None)).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn replace(
        &self,
        conn: &mut PgConnection,
        actor: &Actor,
        known: Address,
        entry: AddressDraft,
    ) -> Result<Address, Fault> {
        let fields = known.entry.differences(Some(&entry));
        let new = Address { entry, ..known };
        if !fields.is_empty() {
            let now = self.clock.now();
            self.yield_defaults(conn, actor, &new).await?;
            address::save(conn, &new, now).await?;
            self.record(conn, actor, &new, ChangeKind::AddressUpdated, fields).await?;
        }
        Ok(new)
    }

    /// Takes from the other entries of the book what the entry will be the default for, and writes that down, too.
    async fn yield_defaults(&self, conn: &mut PgConnection, actor: &Actor, to: &Address) -> Result<(), Fault> {
        for known in address::of(conn, &[to.user_id.0]).await?.into_iter().filter(|known| known.id != to.id) {
            let mut entry = known.entry.clone();
            entry.default_shipping &= !to.entry.default_shipping;
            entry.default_billing &= !to.entry.default_billing;
            let fields = known.entry.differences(Some(&entry));
            // At most two entries of a book are the default for something.
            if !fields.is_empty() {
                let changed = Address { entry, ..known };
                address::save(conn, &changed, self.clock.now()).await?;
                self.record(conn, actor, &changed, ChangeKind::AddressUpdated, fields).await?;
            }
        }
        Ok(())
    }

    async fn record(
        &self,
        conn: &mut PgConnection,
        actor: &Actor,
        of: &Address,
        kind: ChangeKind,
        fields: Vec<FieldChange>,
    ) -> Result<(), Fault> {
        let (id, at, actor_id, address_id) = (self.clock.uuid(), self.clock.now(), actor.user(), Some(of.id));
        Ok(change::insert(conn, &Change { id, user_id: of.user_id, at, actor_id, kind, address_id, fields }).await?)
    }
}

/// The entry if the actor may change it, with its owner's book locked: two changes at once must not make two defaults.
async fn changeable(conn: &mut PgConnection, actor: &Actor, id: AddressId) -> Result<Address, Failure<Problem>> {
    let owner = address::owner(conn, id).await?.filter(|owner| may_change(actor, *owner));
    if let Some(owner) = owner
        && let Known::Here(_) = profile::lock(conn, owner).await?
        && let Some(found) = address::by_id(conn, id).await?
    {
        return Ok(found);
    }
    Err(Failure::problem(Problem::NotFound))
}
