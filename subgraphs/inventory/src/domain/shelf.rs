use kernel::{VariantId, WarehouseId};

/// The stock of a variant in a warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelf {
    /// What.
    pub variant_id: VariantId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// The warehouse's place in the order of asking; the lowest comes first.
    pub priority: i32,
    /// Whether what the warehouse keeps is for sale.
    pub active: bool,
    /// Units that are there.
    pub on_hand: i64,
    /// Units of them that are set aside for orders.
    pub reserved: i64,
}

impl Shelf {
    /// Units that can be sold.
    pub fn available(&self) -> i64 {
        if self.active { self.on_hand - self.reserved } else { 0 }
    }
}

/// What can be sold of a variant, in all warehouses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// The variant.
    pub variant_id: VariantId,
    /// Grows with every change.
    pub version: i64,
    /// Units that can be sold.
    pub available: i64,
    /// Stock is low at this number of units and below.
    pub threshold: i64,
}

/// What a shopper is told of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// There is enough.
    InStock,
    /// There are only a few.
    LowStock,
    /// There is nothing.
    OutOfStock,
}

impl Level {
    /// The level of a variant that was never in stock.
    pub fn none(variant_id: VariantId) -> Self {
        Self { variant_id, version: 0, available: 0, threshold: 0 }
    }

    /// What a shopper is told.
    pub fn supply(&self) -> Supply {
        match self.available {
            ..=0 => Supply::OutOfStock,
            few if few <= self.threshold => Supply::LowStock,
            _ => Supply::InStock,
        }
    }

    /// Whether a change by so many units made it fall to the threshold. While it stays there, it does not fall again.
    pub fn fell_by(&self, change: i64) -> bool {
        self.available <= self.threshold && self.available - change > self.threshold
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(available: i64) -> Level {
        Level { available, threshold: 5, ..Level::none(VariantId(uuid::Uuid::nil())) }
    }

    #[test]
    fn a_few_units_are_low_and_none_is_out() {
        let told = [6, 5, 1, 0].map(|available| level(available).supply());
        assert_eq!(told, [Supply::InStock, Supply::LowStock, Supply::LowStock, Supply::OutOfStock]);
        assert_eq!(Level { threshold: 0, ..level(1) }.supply(), Supply::InStock);
    }

    #[test]
    fn a_level_falls_to_the_threshold_once() {
        assert!(level(5).fell_by(-1), "from 6 to 5");
        assert!(level(0).fell_by(-9), "from 9 to 0");
        assert!(!level(4).fell_by(-1), "from 5 to 4");
        assert!(!level(6).fell_by(-1), "from 7 to 6");
        assert!(!level(5).fell_by(3), "from 2 to 5");
    }
}
