/// What a country takes of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxRate {
    /// Hundredths of a per cent: 1900 is 19 %.
    pub basis_points: i32,
    /// Whether prices have it in them already.
    pub included: bool,
}

/// What an order costs, in minor units of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// The lines.
    pub subtotal: i64,
    /// The delivery.
    pub shipping: i64,
    /// The tax: in the prices or beside them.
    pub tax: i64,
    /// Whether the tax is in the prices.
    pub tax_included: bool,
    /// What is charged.
    pub total: i64,
}

/// Adds up. The tax is reckoned once on the whole, so that the rounding of lines cannot make it differ from what is owed;
/// halves are rounded up, as the shopper's receipt would. `None` when the sum does not fit.
pub fn totals(lines: impl IntoIterator<Item = (i64, i64)>, shipping: i64, rate: TaxRate) -> Option<Totals> {
    let subtotal = lines
        .into_iter()
        .try_fold(0_i64, |sum, (unit, quantity)| unit.checked_mul(quantity).and_then(|line| sum.checked_add(line)))?;
    let goods = subtotal.checked_add(shipping)?;
    let rate_points = i128::from(rate.basis_points);
    let whole = i128::from(goods);
    let divided = |numerator: i128, denominator: i128| (2 * numerator + denominator) / (2 * denominator);
    let tax = if rate.included {
        divided(whole * rate_points, 10_000 + rate_points)
    } else {
        divided(whole * rate_points, 10_000)
    };
    let tax = i64::try_from(tax).ok()?;
    let total = if rate.included { goods } else { goods.checked_add(tax)? };
    Some(Totals { subtotal, shipping, tax, tax_included: rate.included, total })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn included_tax_is_part_of_the_price_and_other_tax_is_added() {
        let german = totals([(1190, 1)], 0, TaxRate { basis_points: 1900, included: true }).unwrap();
        assert_eq!((german.tax, german.total), (190, 1190));
        let canadian = totals([(1000, 2)], 500, TaxRate { basis_points: 500, included: false }).unwrap();
        assert_eq!((canadian.subtotal, canadian.tax, canadian.total), (2000, 125, 2625));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_none() {
        assert_eq!(totals([(i64::MAX, 2)], 0, TaxRate { basis_points: 0, included: true }), None);
        assert_eq!(totals([(i64::MAX, 1)], 1, TaxRate { basis_points: 0, included: true }), None);
    }

    proptest! {
        #[test]
        fn totals_add_up_to_the_minor_unit(
            lines in prop::collection::vec((0_i64..1_000_000, 1_i64..999), 0..20),
            shipping in 0_i64..10_000,
            basis_points in 0..10_000_i32,
            included: bool,
        ) {
            let sum = totals(lines.clone(), shipping, TaxRate { basis_points, included }).unwrap();
            prop_assert_eq!(sum.subtotal, lines.iter().map(|(unit, quantity)| unit * quantity).sum::<i64>());
            prop_assert_eq!(sum.total, sum.subtotal + sum.shipping + if included { 0 } else { sum.tax });
            prop_assert!(sum.tax >= 0 && sum.tax <= sum.subtotal + sum.shipping);
            // The rounding is never off by more than half a minor unit.
            let net = sum.total - sum.tax;
            let error = i128::from(net) * i128::from(basis_points) - i128::from(sum.tax) * 10_000;
            prop_assert!(error.abs() <= 5_000 + i128::from(basis_points) / 2, "{} of {}", error, net);
        }
    }
}
