use std::collections::BTreeMap;

use kernel::{Actor, CartId, Failure, VariantId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::cart::check_quantity;
use super::{App, Cart, CartLine, PricedCart};
use crate::domain::{MAX_LINES, Problem};
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
        let mut opened = self.open(&mut tx, actor, id, &asked(lines)).await?;
        self.add(&mut tx, &mut opened, lines).await?;
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
        let mut opened = self.open(&mut tx, actor, id, &asked(lines)).await?;
        self.put(&mut tx, &mut opened, lines.iter().copied().collect()).await?;
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
        let mut opened = self.open(&mut tx, actor, id, &[]).await?;
        let ids: Vec<Uuid> = variants.iter().map(|variant| variant.0).collect();
        cart::remove_lines(&mut tx, &opened, &ids).await?;
        opened.lines.retain(|line| !variants.contains(&line.variant_id));
        self.close(tx, opened).await
    }

    /// Puts units into the cart, whose lines tell of everything that is asked for.
    pub(super) async fn add(
        &self,
        conn: &mut PgConnection,
        opened: &mut Cart,
        lines: &[(VariantId, i32)],
    ) -> Result<(), Failure<Problem>> {
        let mut wanted: BTreeMap<VariantId, i32> = BTreeMap::new();
        for (variant, quantity) in lines {
            check_quantity(*quantity).map_err(Failure::problem)?;
            let there = opened.lines.iter().find(|line| line.variant_id == *variant).map_or(0, |line| line.quantity);
            let sum = wanted.entry(*variant).or_insert(there);
            *sum = sum.saturating_add(*quantity);
        }
        self.put(conn, opened, wanted).await
    }

    async fn put(
        &self,
        conn: &mut PgConnection,
        opened: &mut Cart,
        wanted: BTreeMap<VariantId, i32>,
    ) -> Result<(), Failure<Problem>> {
        let mut problems = Vec::new();
        for (&variant, &quantity) in &wanted {
            let line = opened.lines.iter_mut().find(|line| line.variant_id == variant);
            match line.and_then(|line| Some((line.price?, line))) {
                _ if check_quantity(quantity).is_err() => problems.extend(check_quantity(quantity).err()),
                None => problems.push(Problem::NotForSale(variant)),
                Some((price, line)) => match line.available.filter(|available| *available < i64::from(quantity)) {
                    Some(available) => problems.push(Problem::InsufficientStock { variant, available }),
                    None => (line.quantity, line.seen) = (quantity, price),
                },
            }
        }
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        if opened.lines.len() > MAX_LINES {
            let message = format!("a cart holds at most {MAX_LINES} different variants: order in two parts");
            return Err(Failure::problem(Problem::invalid("lines", message)));
        }
        let changed: Vec<&CartLine> =
            opened.lines.iter().filter(|line| wanted.contains_key(&line.variant_id)).collect();
        Ok(cart::put_lines(conn, opened, &changed).await?)
    }
}

/// The variants that are asked for.
pub(super) fn asked(lines: &[(VariantId, i32)]) -> Vec<Uuid> {
    lines.iter().map(|(variant, _)| variant.0).collect()
}
