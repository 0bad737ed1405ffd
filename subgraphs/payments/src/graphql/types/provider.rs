use async_graphql::SimpleObject;

use crate::adapters;
use crate::app;

/// A company that takes payments.
#[derive(SimpleObject)]
pub struct PaymentProvider {
    /// The name to give at checkout, for example `sandbox` or `stripe`.
    pub name: String,
    /// Whether it has answered lately. One that is down is likely to keep a payment waiting.
    pub is_up: bool,
    /// Tokens that stand for cards in tests; empty at a provider that takes real money.
    pub test_tokens: Vec<PaymentTestToken>,
}

/// A token that stands for a card in tests.
#[derive(SimpleObject)]
pub struct PaymentTestToken {
    /// The token to give at checkout, for example `tok_success`.
    pub token: String,
    /// What a payment with it does.
    pub effect: String,
}

impl From<app::ProviderState> for PaymentProvider {
    fn from(of: app::ProviderState) -> Self {
        Self {
            name: of.name.to_owned(),
            is_up: of.is_up,
            test_tokens: of.test_tokens.iter().copied().map(Into::into).collect(),
        }
    }
}

impl From<adapters::TestToken> for PaymentTestToken {
    fn from(of: adapters::TestToken) -> Self {
        Self { token: of.token.to_owned(), effect: of.effect.to_owned() }
    }
}
