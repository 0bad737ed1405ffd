-- What was asked for an order: at most one payment, ever, and whether it must be undone. The row is locked by whoever asks, so that
-- a request and its undoing that arrive at once, or in the wrong order, still meet.
create table payments.demand (
    order_id    uuid primary key,
    payment_id  uuid unique,
    undo_at     timestamptz,
    undo_reason text,
    check (payment_id is not null or undo_at is not null)
);

create table payments.payment (
    id             uuid primary key,
    order_id       uuid not null,
    -- None: a guest's.
    user_id        uuid,
    email          text,
    provider       text not null,
    -- The provider's token for the card; forgotten as soon as the provider has answered.
    token          text,
    currency       text not null check (currency ~ '^[A-Z]{3}$'),
    -- All amounts in minor units of the currency.
    amount         bigint not null,
    authorised     bigint not null default 0,
    captured       bigint not null default 0,
    refunded       bigint not null default 0,
    -- Promised to refunds that are not decided yet.
    refunding      bigint not null default 0,
    status         text not null check (status in ('REQUESTED', 'ACTION_REQUIRED', 'PENDING', 'AUTHORISED', 'CAPTURED',
                       'PARTIALLY_REFUNDED', 'REFUNDED', 'FAILED', 'VOIDED')),
    -- The provider's name for it.
    reference      text,
    action_url     text,
    failure_code   text,
    failure_reason text,
    -- It must be undone, however far it is.
    undo           boolean not null default false,
    -- It has ended here, but the provider may still hold money for it.
    loose          boolean not null default false,
    -- When a call that begins it may last have been made.
    begun_at       timestamptz,
    -- Calls in a row that found the provider away.
    attempts       integer not null default 0 check (attempts >= 0),
    pay_by         timestamptz not null,
    -- When the worker has to look at it; none: nothing is left to do.
    due_at         timestamptz,
    -- Until then one worker has it to itself.
    leased_until   timestamptz,
    version        bigint not null default 1 check (version > 0),
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    constraint payment_amounts check (
        0 <= refunded and 0 <= refunding and refunded + refunding <= captured and captured <= authorised and authorised <= amount),
    constraint payment_captured check (
        case when status in ('CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED') then captured = amount else captured = 0 end),
    constraint payment_refunded check (status <> 'REFUNDED' or refunded = captured),
    constraint payment_failure check (status <> 'FAILED' or (failure_code is not null and failure_reason is not null)),
    constraint payment_action check (status <> 'ACTION_REQUIRED' or action_url is not null)
);
create unique index payment_live_key on payments.payment (order_id) where status not in ('FAILED', 'VOIDED', 'REFUNDED');
create index payment_order_idx on payments.payment (order_id);
create index payment_user_idx on payments.payment (user_id) where email is not null;
create index payment_due_idx on payments.payment (due_at) where due_at is not null;
create index payment_newest_idx on payments.payment (created_at desc, id desc);
create index payment_status_idx on payments.payment (status, created_at desc, id desc);

create table payments.refund (
    id             uuid primary key,
    payment_id     uuid not null references payments.payment,
    amount         bigint not null check (amount > 0),
    reason         text not null,
    -- Who wants it: the order's saga, the staff, or the undoing of the whole payment.
    origin         text not null check (origin in ('ORDER', 'STAFF', 'UNDO')),
    status         text not null check (status in ('PENDING', 'SUCCEEDED', 'FAILED')),
    failure_reason text,
    reference      text,
    attempts       integer not null default 0 check (attempts >= 0),
    due_at         timestamptz,
    leased_until   timestamptz,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    constraint refund_failure check ((status = 'FAILED') = (failure_reason is not null)),
    constraint refund_due check ((status = 'PENDING') = (due_at is not null))
);
create index refund_payment_idx on payments.refund (payment_id);
create index refund_due_idx on payments.refund (due_at) where due_at is not null;

-- Accounts that were deleted: a request that comes late must not bring the address back.
create table payments.forgotten_user (
    user_id      uuid primary key,
    forgotten_at timestamptz not null
);

-- Work is announced when it commits.
create function payments.work_arrived() returns trigger language plpgsql as $$
begin
    perform pg_notify('payments_work', '');
    return null;
end $$;
create trigger payment_arrived after insert on payments.payment
    for each statement execute function payments.work_arrived();
create trigger refund_arrived after insert on payments.refund
    for each statement execute function payments.work_arrived();
