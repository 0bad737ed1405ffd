use async_graphql::{Context, ErrorExtensions, Guard, Result};
use kernel::{Actor, Scope};

/// Lets an actor pass whose token carries the scope. The gateway checks the same by `@requiresScopes`; this check holds
/// also for who reaches the subgraph another way.
#[derive(Debug, Clone, Copy)]
pub struct Scoped(pub Scope);

impl Guard for Scoped {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let actor = actor(ctx);
        if actor.may(self.0) {
            return Ok(());
        }
        let (code, message) = match actor {
            Actor::Anonymous => ("UNAUTHENTICATED", "sign in first".to_owned()),
            Actor::User { .. } => ("FORBIDDEN", format!("your account lacks the scope {}", self.0)),
        };
        Err(refusal(code, &message))
    }
}

/// Lets a signed-in account pass, whatever its scopes.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn;

impl Guard for SignedIn {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        match ctx.data_opt::<Actor>().and_then(Actor::user) {
            Some(_) => Ok(()),
            None => Err(refusal("UNAUTHENTICATED", "sign in first")),
        }
    }
}

/// Who sends the request; a guest when nobody is signed in.
pub fn actor(ctx: &Context<'_>) -> Actor {
    ctx.data_opt::<Actor>().cloned().unwrap_or_default()
}

fn refusal(code: &str, message: &str) -> async_graphql::Error {
    async_graphql::Error::new(message).extend_with(|_, e| e.set("code", code))
}
