-- Every security-relevant act: who did what to what, written in the transaction of the act.
create table auth.audit (
    -- UUIDv7, so in the order of time.
    id      uuid primary key,
    at      timestamptz not null,
    -- `account:<id>`, `cli:<name>`, `anonymous` or `system`.
    actor   text not null check (actor <> ''),
    action  text not null check (action ~ '^[A-Z_]+$'),
    -- `account:<id>`, `session:<id>` or `dead-letter:<number>`.
    subject text not null check (subject <> ''),
    -- What the client said it is.
    origin  text check (origin <> ''),
    details jsonb not null check (jsonb_typeof(details) = 'object')
);
create index audit_subject_idx on auth.audit (subject, id);
create index audit_actor_idx on auth.audit (actor, id);
create index audit_action_idx on auth.audit (action, id);

-- It only grows. A role that is given every right on this schema cannot change what is written, and neither can its owner by mistake.
create function auth.audit_only_grows() returns trigger language plpgsql as $$
begin
    raise exception 'auth.audit only grows: % is refused', lower(tg_op) using errcode = 'insufficient_privilege';
end $$;

create trigger audit_only_grows before update or delete or truncate on auth.audit
    for each statement execute function auth.audit_only_grows();
