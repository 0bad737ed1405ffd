//! The demo accounts, for a platform on the private database of one machine: their password is in this file.

use auth::app::App;
use auth::domain::Role;
use chassis::StartError;

/// The password of every demo account.
pub(crate) const PASSWORD: &str = "demo-of-techcorp";

/// Who they are, and what they may do.
pub(crate) const ACCOUNTS: [(&str, &str, &[Role]); 5] = [
    ("shopper@example.com", "Sam Shopper", &[Role::Shopper]),
    ("support@example.com", "Sue Support", &[Role::Support]),
    ("operations@example.com", "Otto Operations", &[Role::Operations]),
    ("product-manager@example.com", "Pia Product", &[Role::ProductManager]),
    ("administrator@example.com", "Ada Administrator", &[Role::Administrator]),
];

/// Makes the accounts that are missing.
pub(crate) async fn ensure(app: &App) -> Result<(), StartError> {
    for (email, name, roles) in ACCOUNTS {
        app.ensure_account(email, PASSWORD, name, roles).await.map_err(|failure| {
            StartError::new(
                format!("cannot make the demo account {email}: {failure:?}"),
                "run `make reset`, then start again",
            )
        })?;
    }
    Ok(())
}
