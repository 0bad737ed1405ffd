use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use kernel::Currency;
use rust_decimal::Decimal;

/// An ISO 4217 currency code: three capital letters, for example `EUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencyCode(pub Currency);

/// An ISO 4217 currency code: three capital letters, for example `EUR`.
#[Scalar(specified_by_url = "https://www.iso.org/iso-4217-currency-codes.html")]
impl ScalarType for CurrencyCode {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text.parse()?)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.code().to_owned())
    }
}

/// An exact amount of money.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(shareable, serial)]
pub struct Money {
    /// The amount in the currency's major unit with all its digits, as a string: `"12.50"`.
    pub amount: Decimal,
    /// The currency.
    pub currency_code: CurrencyCode,
}

impl From<kernel::Money> for Money {
    fn from(money: kernel::Money) -> Self {
        Self { amount: money.amount(), currency_code: CurrencyCode(money.currency) }
    }
}
