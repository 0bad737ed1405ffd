-- The events whose effect is committed: one that arrives again does nothing.
create table {schema}.inbox (
    consumer   text not null,
    event_id   uuid not null,
    handled_at timestamptz not null,
    primary key (consumer, event_id)
);

-- Rows are appended in time order, so a block-range index is enough to find those old enough to forget.
create index inbox_handled_at on {schema}.inbox using brin (handled_at);
