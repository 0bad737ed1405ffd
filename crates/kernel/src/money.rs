//! Money in minor units: exact, never floating point.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// An ISO 4217 currency code: three upper-case letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The United States dollar.
    pub const USD: Self = Self(*b"USD");

    /// The code, for example `EUR`.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// How many decimal digits the minor unit has (ISO 4217: 2 for most, 0 for the yen, 3 for the dinars).
    pub fn exponent(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|byte| byte.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(MoneyError::Currency(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 currency code" })
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Money {
    /// The amount in the currency's minor unit (cents for the euro).
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// Why a text or a sum is no money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three upper-case letters.
    #[error("{0:?} is no ISO 4217 currency code: use three capital letters such as EUR")]
    Currency(String),
    /// Not a plain decimal number.
    #[error("{0:?} is no amount: use a plain decimal number such as 12.50")]
    Amount(String),
    /// More decimal digits than the currency has.
    #[error("{0} has more than {1} decimal digits, which {2} does not have")]
    Precision(Decimal, u32, Currency),
    /// Does not fit 64 bits of minor units.
    #[error("the amount is too large")]
    Overflow,
}

impl Money {
    /// Reads a decimal amount, for example `12.5` as 1250 euro cents. Never rounds.
    ///
    /// # Errors
    /// [`MoneyError::Precision`] if the currency has fewer digits, [`MoneyError::Overflow`] if it does not fit.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let scale = currency.exponent();
        let amount = amount.normalize();
        if amount.scale() > scale {
            return Err(MoneyError::Precision(amount, scale, currency));
        }
        let factor = Decimal::from(10_i64.pow(scale));
        let minor = amount.checked_mul(factor).and_then(|m| m.to_i64()).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, currency })
    }

    /// Reads a decimal amount from text, for example from a price list.
    ///
    /// # Errors
    /// [`MoneyError::Amount`] if the text is no plain decimal number, and those of [`Money::from_decimal`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let amount = Decimal::from_str_exact(text.trim()).map_err(|_| MoneyError::Amount(text.to_owned()))?;
        Self::from_decimal(amount, currency)
    }

    /// The amount as a decimal in the currency's major unit, with all its digits (`12.50`).
    pub fn amount(&self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_amount_survives_the_way_through_decimal(minor in any::<i64>(), code in "(EUR|JPY|KWD)") {
            let money = Money { minor, currency: code.parse().unwrap() };
            prop_assert_eq!(Money::parse(&money.amount().to_string(), money.currency), Ok(money));
        }
    }

    #[test]
    fn an_amount_with_too_many_digits_is_refused_not_rounded() {
        assert!(matches!(Money::parse("1.005", Currency::EUR), Err(MoneyError::Precision(..))));
        assert!(matches!(Money::parse("1.5", "JPY".parse().unwrap()), Err(MoneyError::Precision(..))));
        assert_eq!(Money::parse("1.500", Currency::EUR).unwrap().minor, 150);
    }

    #[test]
    fn texts_that_are_no_amounts_are_refused() {
        for text in ["", "free", "1,50", "1e3", "NaN", "99999999999999999999"] {
            assert!(Money::parse(text, Currency::EUR).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        for text in ["", "eur", "EURO", "E1R", "€"] {
            assert!(text.parse::<Currency>().is_err(), "{text:?}");
        }
    }
}
