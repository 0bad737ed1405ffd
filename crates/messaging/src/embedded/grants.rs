//! Who may do what with the queues.

/// SQL that lets a service's role publish to every queue, and read and settle the messages of its own queue only.
/// Runs as the owner of the schema, as often as you like.
pub fn grants(role: &str, queue: &str) -> String {
    let own = format!("queue = {}", literal(queue));
    let policies = [
        policy(role, "message", "publish", "for insert", "with check (true)"),
        policy(role, "message", "consume", "for select", &format!("using ({own})")),
        policy(role, "message", "postpone", "for update", &format!("using ({own})")),
        policy(role, "message", "remove", "for delete", &format!("using ({own})")),
        policy(role, "subscription", "route", "for select", "using (true)"),
        policy(role, "subscription", "subscribe", "for insert", &format!("with check ({own})")),
        policy(role, "subscription", "bind", "for update", &format!("using ({own})")),
        policy(role, "subscription", "unsubscribe", "for delete", &format!("using ({own})")),
    ];
    format!(
        "grant usage on schema bus to {role};
         grant select, insert, delete on bus.message, bus.subscription to {role};
         grant update (attempts, available_at, dead_at, last_error) on bus.message to {role};
         grant update (bound) on bus.subscription to {role};
         {role_policies}",
        role = identifier(role),
        role_policies = policies.concat()
    )
}

/// SQL that lets a role see, replay and discard the dead letters of every queue, and no message that still has its way before
/// it. Runs as the owner of the schema, as often as you like.
pub fn administrator_grants(role: &str) -> String {
    format!(
        "grant usage on schema bus to {role};
         grant select on bus.message to {role};
         grant execute on function bus.replay_dead_letter(bigint, timestamptz), bus.discard_dead_letter(bigint) to {role};
         {policy}",
        role = identifier(role),
        policy = policy(role, "message", "look_after", "for select", "using (dead_at is not null)")
    )
}

/// Created only when missing: replacing a policy would wait for everybody who uses the table.
fn policy(role: &str, table: &str, name: &str, command: &str, rule: &str) -> String {
    let name = format!("{role}_{name}");
    format!(
        "do $grants$ begin
            if not exists (select from pg_policies where schemaname = 'bus' and tablename = '{table}' and policyname = {}) then
                create policy {} on bus.{table} {command} to {} {rule};
            end if;
         end $grants$;\n",
        literal(&name),
        identifier(&name),
        identifier(role)
    )
}

fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
