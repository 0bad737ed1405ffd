//! Payment providers, other companies behind one trait, and the registry of those there are.

mod provider;
mod providers;
mod sandbox;
mod signature;
mod stripe;

pub use provider::{Call, Charge, Delivery, GiveBack, Notification, Provider, TestToken, Unavailable, WebhookError};
pub use providers::{Line, Providers};
pub use sandbox::{Sandbox, SandboxOptions};
pub use signature::sign;
pub use stripe::{Stripe, StripeOptions};
