use kernel::{Actor, CartId, Currency, Email, Failure, PostalAddress, VariantId};
use sqlx::PgConnection;

use super::{App, Cart, PricedCart};
use crate::domain::{MAX_LINES, MAX_QUANTITY, Problem, totals};
use crate::store::{cart, catalogue};

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
        let id = CartId(self.clock.secret());
        let mut tx = self.pool.begin().await?;
        cart::create(&mut tx, id, actor.user(), currency, self.clock.now()).await?;
        let opened = self.open(&mut tx, actor, id).await?;
        self.add(&mut tx, &opened, lines).await?;
        self.close(tx, opened).await
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
        let mut tx = self.pool.begin().await?;
        let mut opened = self.open(&mut tx, actor, id).await?;
        opened.email = email.or(opened.email);
        opened.address = buyer.address.or(opened.address);
        self.close(tx, opened).await
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
        let mut tx = self.pool.begin().await?;
        let mut opened = self.open(&mut tx, actor, id).await?;
        if !catalogue::deliveries(&mut tx, &opened, 0).await?.iter().any(|delivery| delivery.code == code) {
            return Err(Failure::problem(Problem::NoSuchDelivery));
        }
        opened.delivery = Some(code);
        self.close(tx, opened).await
    }

    /// The cart, if it is the actor's.
    ///
    /// # Errors
    /// The database's.
    pub async fn cart(&self, actor: &Actor, id: CartId) -> Result<Option<PricedCart>, kernel::Fault> {
        let mut conn = self.pool.acquire().await?;
        let Some(found) = cart::load(&mut conn, id).await?.filter(|cart| may_use(actor, cart)) else {
            return Ok(None);
        };
        Ok(Some(price(&mut conn, found).await?))
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

    /// The cart for a change, held until the end of the transaction. A guest's cart becomes the account's that changes it.
    pub(super) async fn open(
        &self,
        conn: &mut PgConnection,
        actor: &Actor,
        id: CartId,
    ) -> Result<Cart, Failure<Problem>> {
        cart::lock(conn, id).await?;
        let found = cart::load(conn, id).await?.filter(|cart| may_use(actor, cart) && cart.order_id.is_none());
        let mut found = found.ok_or_else(|| Failure::problem(Problem::NotFound))?;
        found.user_id = found.user_id.or(actor.user());
        Ok(found)
    }

    /// Writes the changed cart and shows it as it is then.
    pub(super) async fn close(
        &self,
        mut tx: sqlx::Transaction<'static, sqlx::Postgres>,
        changed: Cart,
    ) -> Result<PricedCart, Failure<Problem>> {
        cart::save(&mut tx, &changed, self.clock.now()).await?;
        let after = cart::load(&mut tx, changed.id).await?.ok_or_else(|| Failure::problem(Problem::NotFound))?;
        if after.lines.len() > MAX_LINES {
            let message = format!("a cart holds at most {MAX_LINES} different variants: order in two parts");
            return Err(Failure::problem(Problem::invalid("lines", message)));
        }
        let priced = price(&mut tx, after).await?;
        tx.commit().await?;
        Ok(priced)
    }
}

/// A guest's cart is of whoever knows its id.
pub(super) fn may_use(actor: &Actor, cart: &Cart) -> bool {
    cart.user_id.is_none() || cart.user_id == actor.user()
}

/// What the cart costs now. Lines that are no longer for sale count with the price that was seen.
pub(super) async fn price(conn: &mut PgConnection, cart: Cart) -> Result<PricedCart, kernel::Fault> {
    let country = cart.address.as_ref().map(|address| address.country.as_str());
    let tax = catalogue::tax(conn, country).await?;
    let lines = || cart.lines.iter().map(|line| (line.price.unwrap_or(line.seen).minor, i64::from(line.quantity)));
    let too_much = || kernel::Fault::internal(format!("the sum of cart {} does not fit", cart.id));
    let subtotal = totals(lines(), 0, tax).ok_or_else(too_much)?.subtotal;
    let deliveries = catalogue::deliveries(conn, &cart, subtotal).await?;
    let chosen = deliveries.iter().find(|delivery| Some(&delivery.code) == cart.delivery.as_ref());
    let totals = totals(lines(), chosen.map_or(0, |delivery| delivery.price.minor), tax).ok_or_else(too_much)?;
    Ok(PricedCart { cart, deliveries, totals })
}

/// Whether so many units can be in a cart.
pub(super) fn check_quantity(quantity: i32) -> Result<(), Problem> {
    if (1..=MAX_QUANTITY).contains(&quantity) {
        return Ok(());
    }
    Err(Problem::invalid("quantity", format!("the quantity is {quantity}: it must be 1 to {MAX_QUANTITY}")))
}
