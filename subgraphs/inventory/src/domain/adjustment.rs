use kernel::{VariantId, WarehouseId};
use serde::Serialize;

use super::{Problem, Shelf};

/// The most units of a variant in a warehouse.
pub const MAX_UNITS: i64 = 1_000_000_000;
/// The longest reason, in characters.
const MAX_REASON: usize = 500;

/// A correction of the count by staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adjustment {
    /// What.
    pub variant_id: VariantId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// Units to add; negative to take away.
    pub delta: i64,
    /// Why, for who reads the history.
    pub reason: String,
}

impl Adjustment {
    /// What is wrong with it by itself.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.delta == 0 {
            problems.push(Problem::invalid(
                "delta",
                "nothing would change: give the units to add or, negative, to take away",
            ));
        }
        let length = self.reason.trim().chars().count();
        if !(1..=MAX_REASON).contains(&length) || self.reason.contains('\0') {
            let message = format!("say why in 1 to {MAX_REASON} characters, for example `count of 12 May`");
            problems.push(Problem::invalid("reason", message));
        }
        problems
    }

    /// What is wrong with it on this shelf.
    pub fn problem_on(&self, shelf: &Shelf) -> Option<Problem> {
        let Shelf { on_hand, reserved, .. } = *shelf;
        match on_hand.checked_add(self.delta) {
            Some(after) if after < reserved => Some(Problem::BelowReserved { on_hand, reserved }),
            Some(after) if after <= MAX_UNITS => None,
            _ => {
                Some(Problem::invalid("delta", format!("a warehouse can have at most {MAX_UNITS} units of a variant")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn adjustment(delta: i64) -> Adjustment {
        let (variant_id, warehouse_id) = (VariantId(Uuid::nil()), WarehouseId(Uuid::nil()));
        Adjustment { variant_id, warehouse_id, delta, reason: "count".into() }
    }

    fn shelf(on_hand: i64, reserved: i64) -> Shelf {
        let (variant_id, warehouse_id) = (VariantId(Uuid::nil()), WarehouseId(Uuid::nil()));
        Shelf { variant_id, warehouse_id, priority: 1, active: true, on_hand, reserved }
    }

    proptest! {
        #[test]
        fn what_is_accepted_leaves_a_lawful_shelf(on_hand in 0..=MAX_UNITS, part in 0.0..=1.0_f64, delta in any::<i64>()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "any share will do")]
            let reserved = (on_hand as f64 * part) as i64;
            let accepted = adjustment(delta).problem_on(&shelf(on_hand, reserved)).is_none();
            let after = i128::from(on_hand) + i128::from(delta);
            prop_assert_eq!(accepted, (i128::from(reserved)..=i128::from(MAX_UNITS)).contains(&after));
        }
    }

    #[test]
    fn what_is_reserved_cannot_be_taken_away() {
        assert_eq!(adjustment(-8).problem_on(&shelf(10, 2)), None);
        let problem = Problem::BelowReserved { on_hand: 10, reserved: 2 };
        assert_eq!(adjustment(-9).problem_on(&shelf(10, 2)), Some(problem));
    }

    #[test]
    fn an_adjustment_says_how_much_and_why() {
        assert_eq!(adjustment(1).problems(), []);
        let fields = |of: Adjustment| -> Vec<&str> {
            let field = |problem: &Problem| match problem {
                Problem::Invalid { field, .. } => *field,
                _ => "",
            };
            of.problems().iter().map(field).collect()
        };
        for reason in ["", "  ", "a\0b", &"x".repeat(501)] {
            assert_eq!(
                fields(Adjustment { reason: reason.into(), ..adjustment(0) }),
                ["delta", "reason"],
                "{reason:?}"
            );
        }
    }
}
