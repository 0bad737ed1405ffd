-- Webhooks whose effect is committed: one that arrives again does nothing.
create table payments.webhook_event (
    provider    text not null,
    event_id    text not null,
    received_at timestamptz not null,
    primary key (provider, event_id)
);
create index webhook_event_received_at on payments.webhook_event using brin (received_at);

-- The sandbox's own books: it stands for another company, so nothing here refers to our payments but by the ids it was told.
create table payments.sandbox_account (
    only_one       boolean primary key default true check (only_one),
    webhook_secret text not null
);
create table payments.sandbox_charge (
    reference   text primary key,
    -- Idempotency key of the call that made it.
    key         text not null unique,
    payment_id  uuid not null unique,
    currency    text not null,
    minor       bigint not null check (minor > 0),
    captured    bigint not null default 0,
    refunded    bigint not null default 0,
    status      text not null check (status in ('ACTION_REQUIRED', 'PENDING', 'AUTHORISED', 'CAPTURED', 'CANCELLED', 'DECLINED')),
    action_url  text,
    code        text,
    reason      text,
    -- When to tell by webhook; none: told, or nothing to tell.
    hook_due_at timestamptz,
    check (0 <= refunded and refunded <= captured and captured <= minor)
);
create index sandbox_hook_idx on payments.sandbox_charge (hook_due_at) where hook_due_at is not null;
create table payments.sandbox_refund (
    key       text primary key,
    reference text not null references payments.sandbox_charge,
    minor     bigint not null check (minor > 0)
);
