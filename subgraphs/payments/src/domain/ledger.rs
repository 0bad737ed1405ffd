use kernel::Money;

/// A movement of money between the accounts of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// From the shopper to us, by the provider.
    Capture,
    /// From us to the shopper, by the provider.
    Refund,
}

/// One side of a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Whose side.
    pub account: String,
    /// Minor units; positive is a debit, negative a credit.
    pub minor: i64,
}

impl Movement {
    /// The name it is stored by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Capture => "CAPTURE",
            Self::Refund => "REFUND",
        }
    }

    /// Both sides: what the provider owes us, and what we owe for orders. They sum to zero.
    pub fn postings(self, provider: &str, amount: Money) -> [Posting; 2] {
        let to_provider = match self {
            Self::Capture => amount.minor,
            Self::Refund => -amount.minor,
        };
        [
            Posting { account: format!("provider:{provider}"), minor: to_provider },
            Posting { account: "orders".to_owned(), minor: -to_provider },
        ]
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_sides_sum_to_zero_and_a_refund_is_a_capture_turned_round(minor in 1_i64..i64::MAX) {
            let amount = Money { minor, currency: Currency::EUR };
            let capture = Movement::Capture.postings("sandbox", amount);
            let refund = Movement::Refund.postings("sandbox", amount);
            prop_assert_eq!(capture.iter().map(|side| side.minor).sum::<i64>(), 0);
            for (one, other) in capture.iter().zip(&refund) {
                prop_assert_eq!(&one.account, &other.account);
                prop_assert_eq!(one.minor, -other.minor);
            }
        }
    }
}
