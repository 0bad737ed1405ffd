-- Which events each consumer wants. Kept while the consumer is away, so that its queue fills meanwhile.
create table bus.subscription (
    kind  text not null,
    queue text not null,
    primary key (kind, queue)
);

-- One row per event and queue, until its effect is committed.
create table bus.message (
    seq          bigint primary key generated always as identity,
    queue        text not null,
    subject      uuid not null,
    envelope     jsonb not null,
    attempts     integer not null default 0 check (attempts >= 0),
    available_at timestamptz not null,
    dead_at      timestamptz,
    last_error   text
);

-- The claim: the oldest messages of a queue.
create index message_waiting on bus.message (queue, seq) where dead_at is null;
-- Which aggregates are held back by a message that waits for its next attempt. Few rows, untouched by publishing.
create index message_retrying on bus.message (queue, subject, seq) where dead_at is null and attempts > 0;
-- The dead letters, oldest first.
create index message_dead on bus.message (seq) where dead_at is not null;

-- Each role sees its own queue only; `grants` adds its policies.
alter table bus.subscription enable row level security;
alter table bus.message enable row level security;
