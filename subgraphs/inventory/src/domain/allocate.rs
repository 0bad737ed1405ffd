use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use kernel::{VariantId, WarehouseId};

use super::{Line, Shelf};

/// Up to so many warehouses the fewest that suffice are found by trying all sets of them.
const TRY_ALL: usize = 8;

/// Units of a variant from one warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// What.
    pub variant_id: VariantId,
    /// From where.
    pub warehouse_id: WarehouseId,
    /// Units, at least one.
    pub quantity: i64,
}

/// A line that the stock does not suffice for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage {
    /// What.
    pub variant_id: VariantId,
    /// Units asked for.
    pub requested: i64,
    /// Units there are, in all warehouses.
    pub available: i64,
}

/// Where to take the lines from: from as few warehouses as possible, so that the order is as few parcels as possible; of
/// equally few those that are asked first. Depends on nothing but its arguments, and not on their order.
///
/// # Errors
/// The lines that lack stock; then nothing is to be taken.
pub fn allocate(lines: &[Line], shelves: &[Shelf]) -> Result<Vec<Allocation>, Vec<Shortage>> {
    let stock = Stock::new(lines, shelves);
    let shortages = stock.shortages();
    if !shortages.is_empty() {
        return Err(shortages);
    }
    let chosen = stock.fewest();
    let mut taken = Vec::new();
    for Line { variant_id, quantity } in lines {
        let mut open = *quantity;
        for warehouse_id in &chosen {
            let quantity = open.min(stock.units(*variant_id, *warehouse_id));
            if quantity > 0 {
                taken.push(Allocation { variant_id: *variant_id, warehouse_id: *warehouse_id, quantity });
                open -= quantity;
            }
        }
    }
    Ok(taken)
}

/// What there is of what is wanted.
struct Stock<'a> {
    lines: &'a [Line],
    units: HashMap<(VariantId, WarehouseId), i64>,
    /// Warehouses that have something of it, in the order of asking.
    warehouses: Vec<WarehouseId>,
}

impl<'a> Stock<'a> {
    fn new(lines: &'a [Line], shelves: &[Shelf]) -> Self {
        let (mut units, mut warehouses) = (HashMap::new(), BTreeSet::new());
        for shelf in shelves.iter().filter(|shelf| shelf.available() > 0) {
            if lines.iter().any(|line| line.variant_id == shelf.variant_id) {
                units.insert((shelf.variant_id, shelf.warehouse_id), shelf.available());
                warehouses.insert((shelf.priority, shelf.warehouse_id));
            }
        }
        Self { lines, units, warehouses: warehouses.into_iter().map(|(_, id)| id).collect() }
    }

    fn units(&self, variant: VariantId, warehouse: WarehouseId) -> i64 {
        self.units.get(&(variant, warehouse)).copied().unwrap_or(0)
    }

    fn sum(&self, variant: VariantId, warehouses: &[WarehouseId]) -> i64 {
        warehouses.iter().fold(0, |sum, warehouse| sum.saturating_add(self.units(variant, *warehouse)))
    }

    fn suffice(&self, warehouses: &[WarehouseId]) -> bool {
        self.lines.iter().all(|line| self.sum(line.variant_id, warehouses) >= line.quantity)
    }

    fn shortages(&self) -> Vec<Shortage> {
        let shortage = |line: &Line| {
            let (variant_id, requested) = (line.variant_id, line.quantity);
            let available = self.sum(variant_id, &self.warehouses);
            (available < requested).then_some(Shortage { variant_id, requested, available })
        };
        self.lines.iter().filter_map(shortage).collect()
    }

    /// The fewest warehouses that suffice, given that all together do.
    fn fewest(&self) -> Vec<WarehouseId> {
        if let Some(one) = self.warehouses.iter().find(|one| self.suffice(&[**one])) {
            return vec![*one];
        }
        if self.warehouses.len() <= TRY_ALL { self.try_all() } else { self.leave_out() }
    }

    fn try_all(&self) -> Vec<WarehouseId> {
        let count = self.warehouses.len();
        // The first to be asked is the highest bit, so of sets of one size the higher number is asked first.
        let set = |bits: u32| -> Vec<WarehouseId> {
            let has = |index: &usize| bits >> (count - 1 - index) & 1 == 1;
            (0..count).filter(has).map(|index| self.warehouses[index]).collect()
        };
        let mut sets: Vec<u32> = (1..1 << count).collect();
        sets.sort_unstable_by_key(|bits| (bits.count_ones(), Reverse(*bits)));
        sets.into_iter().map(set).find(|set| self.suffice(set)).unwrap_or_else(|| self.warehouses.clone())
    }

    /// All but those that are not needed, the last to be asked left out first. Not always the fewest, but none too many.
    fn leave_out(&self) -> Vec<WarehouseId> {
        let mut kept = self.warehouses.clone();
        for index in (0..kept.len()).rev() {
            let candidate = kept.remove(index);
            if !self.suffice(&kept) {
                kept.insert(index, candidate);
            }
        }
        kept
    }
}

#[cfg(test)]
#[path = "allocate_tests.rs"]
mod tests;
