use kernel::{Actor, CartId, Currency, Email, Failure, PostalAddress, VariantId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::cart_lines::asked;
use super::{App, Cart, PricedCart};
use crate::domain::{MAX_QUANTITY, Problem, totals};
use crate::store::cart::{self, Said};

/// What is known of the buyer; an absent field stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Buyer {
    /// Where to reach the shopper.
    pub email: Option<String>,
    /// Where the goods go.
    pub address: Option<PostalAddress>,
}

impl App {
    /// Opens a cart, for the account or for a guest, with these lines.
    ///
    /// # Errors
    /// Those of [`Self::cart_lines_add`].
    pub async fn cart_create(
        &self,
        actor: &Actor,
        currency: Currency,
        lines: &[(VariantId, i32)],
    ) -> Result<PricedCart, Failure<Problem>> {
        let mut cart = Cart {
            id: CartId(self.clock.secret()),
            user_id: actor.user(),
            currency,
            email: None,
            address: None,
            delivery: None,
            lines: Vec::new(),
            updated_at: self.clock.now(),
            order_id: None,
        };
        if lines.is_empty() {
            let mut conn = self.pool.acquire().await?;
            cart::create(&mut conn, &cart).await?;
            return Ok(self.price(&mut conn, cart).await?);
        }
        let mut tx = self.pool.begin().await?;
        cart::create(&mut tx, &cart).await?;
        cart.lines = cart::lines(&mut tx, &cart, &asked(lines)).await?;
        self.add(&mut tx, &mut cart, lines).await?;
        self.close(tx, cart).await
    }

    /// Says who buys and where it goes.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::Invalid`].
    pub async fn cart_buyer_update(
        &self,
        actor: &Actor,
        id: CartId,
        buyer: Buyer,
    ) -> Result<PricedCart, Failure<Problem>> {
        let mut problems = Vec::new();
        let email = buyer.email.map(|email| email.parse::<Email>()).transpose();
        let email = email.unwrap_or_else(|error| {
            problems.push(Problem::invalid("email", error.to_string()));
            None
        });
        for (field, message) in buyer.address.iter().flat_map(PostalAddress::problems) {
            problems.push(Problem::invalid(format!("shippingAddress.{field}"), message));
        }
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        let mut conn = self.pool.acquire().await?;
        let said = Said { email: email.as_ref(), address: buyer.address.as_ref(), delivery: None };
        let saved = cart::save(&mut conn, id, actor.user(), said, self.clock.now()).await?;
        let saved = saved.ok_or_else(|| Failure::problem(Problem::NotFound))?;
        Ok(self.shown(&mut conn, saved).await?)
    }

    /// Chooses the delivery.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::NoSuchDelivery`].
    pub async fn cart_delivery_select(
        &self,
        actor: &Actor,
        id: CartId,
        code: String,
    ) -> Result<PricedCart, Failure<Problem>> {
        let gone = || Failure::problem(Problem::NotFound);
        let mut conn = self.pool.acquire().await?;
        let found = cart::load(&mut conn, id).await?.filter(|cart| is_open(actor, cart)).ok_or_else(gone)?;
        let terms = self.terms(&mut conn).await?;
        // Should the address change just now, the checkout finds a delivery that does not go there.
        if !terms.deliveries(found.currency, found.country(), 0).iter().any(|delivery| delivery.code == code) {
            return Err(Failure::problem(Problem::NoSuchDelivery));
        }
        let said = Said { delivery: Some(&code), ..Said::default() };
        let saved = cart::save(&mut conn, id, actor.user(), said, self.clock.now()).await?;
        Ok(self.shown(&mut conn, saved.ok_or_else(gone)?).await?)
    }

    /// The cart, if it is the actor's.
    ///
    /// # Errors
    /// The database's.
    pub async fn cart(&self, actor: &Actor, id: CartId) -> Result<Option<PricedCart>, kernel::Fault> {
        let mut conn = self.pool.acquire().await?;
        match cart::load(&mut conn, id).await?.filter(|cart| may_use(actor, cart)) {
            Some(found) => Ok(Some(self.shown(&mut conn, found).await?)),
            None => Ok(None),
        }
    }

    /// The account's open cart that was used last.
    ///
    /// # Errors
    /// The database's.
    pub async fn cart_of(&self, actor: &Actor) -> Result<Option<PricedCart>, kernel::Fault> {
        let Some(user) = actor.user() else { return Ok(None) };
        let found = cart::of_user(&mut *self.pool.acquire().await?, user).await?;
        match found {
            Some(id) => self.cart(actor, id).await,
            None => Ok(None),
        }
    }

    /// The cart for a change, held until the end of the transaction, with lines of no units for the variants that are asked for
    /// besides. A guest's cart becomes the account's that changes it.
    pub(super) async fn open(
        &self,
        conn: &mut PgConnection,
        actor: &Actor,
        id: CartId,
        also: &[Uuid],
    ) -> Result<Cart, Failure<Problem>> {
        let found = cart::lock(conn, id).await?.filter(|cart| is_open(actor, cart));
        let mut found = found.ok_or_else(|| Failure::problem(Problem::NotFound))?;
        found.user_id = found.user_id.or(actor.user());
        found.updated_at = self.clock.now();
        found.lines = cart::lines(conn, &found, also).await?;
        Ok(found)
    }

    /// Ends a change and shows the cart as it is now.
    pub(super) async fn close(
        &self,
        mut tx: sqlx::Transaction<'static, sqlx::Postgres>,
        changed: Cart,
    ) -> Result<PricedCart, Failure<Problem>> {
        let priced = self.price(&mut tx, changed).await?;
        tx.commit().await?;
        Ok(priced)
    }

    /// The cart with its lines and what it costs.
    async fn shown(&self, conn: &mut PgConnection, mut cart: Cart) -> Result<PricedCart, kernel::Fault> {
        cart.lines = cart::lines(conn, &cart, &[]).await?;
        self.price(conn, cart).await
    }

    /// What the cart costs now. Lines that are no longer for sale count with the price that was seen.
    pub(super) async fn price(&self, conn: &mut PgConnection, cart: Cart) -> Result<PricedCart, kernel::Fault> {
        let terms = self.terms(conn).await?;
        let tax = terms.tax(cart.country());
        let lines = || cart.lines.iter().map(|line| (line.price.unwrap_or(line.seen).minor, i64::from(line.quantity)));
        let too_much = || kernel::Fault::internal(format!("the sum of cart {} does not fit", cart.id));
        let subtotal = totals(lines(), 0, tax).ok_or_else(too_much)?.subtotal;
        let deliveries = terms.deliveries(cart.currency, cart.country(), subtotal);
        let chosen = deliveries.iter().find(|delivery| Some(&delivery.code) == cart.delivery.as_ref());
        let totals = totals(lines(), chosen.map_or(0, |delivery| delivery.price.minor), tax).ok_or_else(too_much)?;
        Ok(PricedCart { cart, deliveries, totals })
    }
}

/// A guest's cart is of whoever knows its id.
pub(super) fn may_use(actor: &Actor, cart: &Cart) -> bool {
    cart.user_id.is_none() || cart.user_id == actor.user()
}

/// Whether the actor may change it.
fn is_open(actor: &Actor, cart: &Cart) -> bool {
    may_use(actor, cart) && cart.order_id.is_none()
}

/// Whether so many units can be in a cart.
pub(super) fn check_quantity(quantity: i32) -> Result<(), Problem> {
    if (1..=MAX_QUANTITY).contains(&quantity) {
        return Ok(());
    }
    Err(Problem::invalid("quantity", format!("the quantity is {quantity}: it must be 1 to {MAX_QUANTITY}")))
}
