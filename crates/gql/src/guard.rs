use async_graphql::{Context, ErrorExtensions, Guard, Result};
use kernel::{Actor, Scope};

/// Lets an actor pass whose token carries the scope. The gateway checks the same by `@requiresScopes`; this check holds
/// also for who reaches the subgraph another way.
#[derive(Debug, Clone, Copy)]
pub struct Scoped(pub Scope);

impl Guard for Scoped {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let actor = ctx.data_opt::<Actor>().cloned().unwrap_or_default();
        if actor.may(self.0) {
            return Ok(());
        }
        let (code, message) = match actor {
            Actor::Anonymous => ("UNAUTHENTICATED", "sign in first".to_owned()),
            Actor::User { .. } => ("FORBIDDEN", format!("your account lacks the scope {}", self.0)),
        };
        Err(async_graphql::Error::new(message).extend_with(|_, e| e.set("code", code)))
    }
}
