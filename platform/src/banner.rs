//! What the commands say to the person at the terminal.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on its terminal")]

use chassis::StartError;

use crate::accounts::{ACCOUNTS, PASSWORD};

/// A step that may take a moment.
pub(crate) fn step(what: &str) {
    eprintln!("→ {what}");
}

/// Why the command ends.
pub(crate) fn error(error: &StartError) {
    eprintln!("\nerror: {error}");
}

/// A line of a report.
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Everything one needs to start.
pub(crate) fn ready(address: &str, products: i64, demo: bool, seconds: f32) {
    let listed: String = ACCOUNTS.iter().map(|(email, name, _)| format!("    {email:<29} {name}\n")).collect();
    let accounts = if demo {
        format!("\n  Sign in with sessionCreate; the password of every demo account is {PASSWORD}:\n{listed}")
    } else {
        String::new()
    };
    println!(
        r#"
  TechCorp is ready ({seconds:.1} s, {products} products).

    Explorer   {address}/graphiql
    GraphQL    {address}/graphql
{accounts}
  A first query to paste:

    curl -s {address}/graphql -H 'content-type: application/json' -d \
      '{{"query":"{{ products(first: 3, sortBy: PRICE_LOW) {{ edges {{ node {{ title slug priceRange {{ lowest {{ amount currencyCode }} }} }} }} }} }}"}}'

  An order, step by step:  make demo   (CARD=declined, slow or 3ds shows what else can happen)
  Your own catalogue:  target/debug/techcorp import catalogue FILE
  Ctrl-C stops everything; the data stay in the data folder (`make reset` empties it).
"#
    );
}
