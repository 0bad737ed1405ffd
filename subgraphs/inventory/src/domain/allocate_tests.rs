use std::collections::HashSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn variant(number: usize) -> VariantId {
    VariantId(Uuid::from_u128(number as u128))
}

fn warehouse(number: usize) -> WarehouseId {
    WarehouseId(Uuid::from_u128(number as u128))
}

fn shelf(of: usize, at: usize, priority: i32, on_hand: i64) -> Shelf {
    let (variant_id, warehouse_id) = (variant(of), warehouse(at));
    Shelf { variant_id, warehouse_id, priority, active: true, on_hand, reserved: 0 }
}

fn line(of: usize, quantity: i64) -> Line {
    Line { variant_id: variant(of), quantity }
}

fn taken(of: usize, at: usize, quantity: i64) -> Allocation {
    Allocation { variant_id: variant(of), warehouse_id: warehouse(at), quantity }
}

/// Lines of up to four variants, and shelves of them in so many warehouses, some of them closed, some units reserved.
fn world(warehouses: std::ops::Range<usize>) -> impl Strategy<Value = (Vec<Line>, Vec<Shelf>)> {
    let lines = prop::collection::vec(1..12_i64, 1..5);
    let shelves = prop::collection::vec(
        (0..3_i32, prop::bool::weighted(0.9), prop::collection::vec((0..10_i64, 0..3_i64), 5)),
        warehouses,
    );
    (lines, shelves).prop_map(|(lines, shelves)| {
        let lines = lines.into_iter().enumerate().map(|(of, quantity)| line(of, quantity)).collect();
        let mut all = Vec::new();
        for (at, (priority, active, stock)) in shelves.into_iter().enumerate() {
            for (of, (on_hand, reserved)) in stock.into_iter().enumerate() {
                all.push(Shelf { active, reserved: reserved.min(on_hand), ..shelf(of, at, priority, on_hand) });
            }
        }
        (lines, all)
    })
}

fn available(shelves: &[Shelf], of: VariantId, within: &HashSet<WarehouseId>) -> i64 {
    let counts = |shelf: &&Shelf| shelf.variant_id == of && within.contains(&shelf.warehouse_id);
    shelves.iter().filter(counts).map(Shelf::available).sum()
}

fn suffice(lines: &[Line], shelves: &[Shelf], within: &HashSet<WarehouseId>) -> bool {
    lines.iter().all(|line| available(shelves, line.variant_id, within) >= line.quantity)
}

fn all(shelves: &[Shelf]) -> HashSet<WarehouseId> {
    shelves.iter().map(|shelf| shelf.warehouse_id).collect()
}

/// The size of the smallest set of warehouses that suffices, found without the code under test.
fn smallest(lines: &[Line], shelves: &[Shelf]) -> usize {
    let warehouses: Vec<WarehouseId> = all(shelves).into_iter().collect();
    let set = |bits: u32| {
        (0..warehouses.len()).filter(move |i| bits >> i & 1 == 1).map(|i| warehouses[i]).collect::<HashSet<_>>()
    };
    let sizes = (0..1_u32 << warehouses.len()).map(set).filter(|set| suffice(lines, shelves, set)).map(|set| set.len());
    sizes.min().unwrap()
}

proptest! {
    #[test]
    fn what_is_taken_is_what_was_asked_and_never_more_than_there_is((lines, shelves) in world(0..12)) {
        match allocate(&lines, &shelves) {
            Ok(taken) => {
                for line in &lines {
                    let sum: i64 = taken.iter().filter(|of| of.variant_id == line.variant_id).map(|of| of.quantity).sum();
                    prop_assert_eq!(sum, line.quantity);
                }
                let mut seen = HashSet::new();
                for of in &taken {
                    prop_assert!(of.quantity > 0 && seen.insert((of.variant_id, of.warehouse_id)));
                    prop_assert!(of.quantity <= available(&shelves, of.variant_id, &[of.warehouse_id].into()));
                    prop_assert!(lines.iter().any(|line| line.variant_id == of.variant_id));
                }
            }
            Err(shortages) => {
                let lacking: Vec<Shortage> = lines.iter().map(|line| Shortage {
                    variant_id: line.variant_id,
                    requested: line.quantity,
                    available: available(&shelves, line.variant_id, &all(&shelves)),
                }).filter(|of| of.available < of.requested).collect();
                prop_assert!(!lacking.is_empty());
                prop_assert_eq!(shortages, lacking);
            }
        }
    }

    #[test]
    fn an_order_comes_from_the_fewest_warehouses((lines, shelves) in world(1..7)) {
        if let Ok(taken) = allocate(&lines, &shelves) {
            let used: HashSet<WarehouseId> = taken.iter().map(|of| of.warehouse_id).collect();
            prop_assert_eq!(used.len(), smallest(&lines, &shelves));
        }
    }

    #[test]
    fn of_many_warehouses_none_is_used_that_is_not_needed((lines, shelves) in world(9..14)) {
        if let Ok(taken) = allocate(&lines, &shelves) {
            let used: HashSet<WarehouseId> = taken.iter().map(|of| of.warehouse_id).collect();
            for without in &used {
                let rest = used.iter().filter(|id| *id != without).copied().collect();
                prop_assert!(!suffice(&lines, &shelves, &rest));
            }
        }
    }

    #[test]
    fn the_choice_does_not_depend_on_the_order_of_the_shelves((lines, shelves) in world(0..12), seed in any::<u64>()) {
        let mut shuffled = shelves.clone();
        shuffled.sort_by_key(|shelf| {
            (shelf.variant_id.0.as_u128() as u64 * 31 + shelf.warehouse_id.0.as_u128() as u64).wrapping_mul(seed | 1)
        });
        prop_assert_eq!(allocate(&lines, &shuffled), allocate(&lines, &shelves));
    }
}

#[test]
fn one_warehouse_that_has_everything_is_preferred_to_two_that_come_first() {
    let shelves = [shelf(1, 1, 1, 5), shelf(2, 2, 2, 5), shelf(1, 3, 3, 5), shelf(2, 3, 3, 5)];
    assert_eq!(allocate(&[line(1, 2), line(2, 2)], &shelves), Ok(vec![taken(1, 3, 2), taken(2, 3, 2)]));
}

#[test]
fn of_warehouses_that_have_everything_the_first_is_asked() {
    let shelves = [shelf(1, 1, 2, 5), shelf(1, 2, 1, 5)];
    assert_eq!(allocate(&[line(1, 5)], &shelves), Ok(vec![taken(1, 2, 5)]));
}

#[test]
fn a_line_is_split_when_no_warehouse_has_enough() {
    let shelves = [shelf(1, 1, 1, 3), shelf(1, 2, 2, 3)];
    assert_eq!(allocate(&[line(1, 4)], &shelves), Ok(vec![taken(1, 1, 3), taken(1, 2, 1)]));
}

#[test]
fn one_line_that_lacks_stock_takes_nothing() {
    let short = Shortage { variant_id: variant(2), requested: 4, available: 3 };
    assert_eq!(allocate(&[line(1, 1), line(2, 4)], &[shelf(1, 1, 1, 9), shelf(2, 1, 1, 3)]), Err(vec![short]));
}
