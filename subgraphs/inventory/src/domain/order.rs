use std::collections::BTreeMap;

use kernel::VariantId;

/// Units of a variant that an order wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub variant_id: VariantId,
    /// Units, at least one.
    pub quantity: i64,
}

/// What an order wants: at least one line, each variant once, in the order of the variants' ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines(Vec<Line>);

/// Why something is no order's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadOrder {
    /// There are none.
    Empty,
    /// A line of less than one unit.
    Quantity(VariantId),
    /// More units than can be counted.
    TooMany(VariantId),
}

impl Lines {
    /// Lines as they were asked for. Two of the same variant are one.
    ///
    /// # Errors
    /// [`BadOrder`]
    pub fn new(asked: impl IntoIterator<Item = (VariantId, i64)>) -> Result<Self, BadOrder> {
        let mut sum: BTreeMap<VariantId, i64> = BTreeMap::new();
        for (variant, quantity) in asked {
            if quantity < 1 {
                return Err(BadOrder::Quantity(variant));
            }
            let units = sum.entry(variant).or_default();
            *units = units.checked_add(quantity).ok_or(BadOrder::TooMany(variant))?;
        }
        if sum.is_empty() {
            return Err(BadOrder::Empty);
        }
        Ok(Self(sum.into_iter().map(|(variant_id, quantity)| Line { variant_id, quantity }).collect()))
    }

    /// The lines.
    pub fn as_slice(&self) -> &[Line] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> VariantId {
        VariantId(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn lines_of_one_variant_are_one_line() {
        let lines = Lines::new([(id(2), 1), (id(1), 2), (id(2), 3)]).unwrap();
        let line = |number, quantity| Line { variant_id: id(number), quantity };
        assert_eq!(lines.as_slice(), [line(1, 2), line(2, 4)]);
    }

    #[test]
    fn what_is_no_order_is_refused() {
        assert_eq!(Lines::new([]), Err(BadOrder::Empty));
        assert_eq!(Lines::new([(id(1), 0)]), Err(BadOrder::Quantity(id(1))));
        assert_eq!(Lines::new([(id(1), 5), (id(2), -1)]), Err(BadOrder::Quantity(id(2))));
        assert_eq!(Lines::new([(id(1), i64::MAX), (id(1), 1)]), Err(BadOrder::TooMany(id(1))));
    }
}
