use std::collections::BTreeMap;

use kernel::{Actor, CartId, Failure, VariantId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::cart::check_quantity;
use super::{App, Cart, PricedCart};
use crate::domain::Problem;
use crate::store::cart;

impl App {
    /// Puts units into the cart, on top of those that are in it. All lines or none.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for the cart; [`Problem::Invalid`], [`Problem::NotForSale`], [`Problem::InsufficientStock`].
    pub async fn cart_lines_add(
        &self,
        actor: &Actor,
        id: CartId,
        lines: &[(VariantId, i32)],
    ) -> Result<PricedCart, Failure<Problem>> {
        let mut tx = self.pool.begin().await?;
        let opened = self.open(&mut tx, actor, id).await?;
        self.add(&mut tx, &opened, lines).await?;
        self.close(tx, opened).await
    }

    /// Sets how many units of a variant are in the cart, and takes note that the shopper has seen its price now.
    /// A variant that is not in the cart is put into it.
    ///
    /// # Errors
    /// As for [`Self::cart_lines_add`].
    pub async fn cart_lines_update(
        &self,
        actor: &Actor,
        id: CartId,
        lines: &[(VariantId, i32)],
    ) -> Result<PricedCart, Failure<Problem>> {
        let mut tx = self.pool.begin().await?;
        let opened = self.open(&mut tx, actor, id).await?;
        self.put(&mut tx, &opened, lines.iter().map(|(variant, quantity)| (variant.0, *quantity)).collect()).await?;
        self.close(tx, opened).await
    }

    /// Takes variants out of the cart; those that are not in it are as good as taken out.
    ///
    /// # Errors
    /// [`Problem::NotFound`].
    pub async fn cart_lines_remove(
        &self,
        actor: &Actor,
        id: CartId,
        variants: &[VariantId],
    ) -> Result<PricedCart, Failure<Problem>> {
        let mut tx = self.pool.begin().await?;
        let opened = self.open(&mut tx, actor, id).await?;
        let ids: Vec<Uuid> = variants.iter().map(|variant| variant.0).collect();
        cart::remove_lines(&mut tx, id, &ids).await?;
        self.close(tx, opened).await
    }

    pub(super) async fn add(
        &self,
        conn: &mut PgConnection,
        opened: &Cart,
        lines: &[(VariantId, i32)],
    ) -> Result<(), Failure<Problem>> {
        let mut wanted: BTreeMap<Uuid, i32> = BTreeMap::new();
        for (variant, quantity) in lines {
            check_quantity(*quantity).map_err(Failure::problem)?;
            let there = opened.lines.iter().find(|line| line.variant_id == *variant).map_or(0, |line| line.quantity);
            let sum = wanted.entry(variant.0).or_insert(there);
            *sum = sum.saturating_add(*quantity);
        }
        self.put(conn, opened, wanted).await
    }

    async fn put(
        &self,
        conn: &mut PgConnection,
        opened: &Cart,
        wanted: BTreeMap<Uuid, i32>,
    ) -> Result<(), Failure<Problem>> {
        if wanted.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = wanted.keys().copied().collect();
        let offers = cart::offers(conn, &ids, opened.currency).await?;
        let (mut lines, mut problems) = (Vec::new(), Vec::new());
        for (id, quantity) in wanted {
            let variant = VariantId(id);
            let offer = offers.iter().find(|offer| offer.variant_id == id);
            match (offer.and_then(|offer| offer.price), offer.and_then(|offer| offer.available)) {
                _ if check_quantity(quantity).is_err() => problems.extend(check_quantity(quantity).err()),
                (None, _) => problems.push(Problem::NotForSale(variant)),
                (_, Some(available)) if available < i64::from(quantity) => {
                    problems.push(Problem::InsufficientStock { variant, available });
                }
                (Some(price), _) => lines.push((id, quantity, price)),
            }
        }
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        Ok(cart::put_lines(conn, opened.id, &lines, self.clock.now()).await?)
    }
}
