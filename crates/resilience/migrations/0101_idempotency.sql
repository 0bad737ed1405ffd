-- What was asked for under a key, and what came of it. Written in the transaction of the effect.
create table {schema}.idempotency_key (
    -- Who asks and for what: the same key of two people, or for two operations, are two keys.
    scope       text not null,
    key         text not null check (length(key) between 1 and 255),
    fingerprint bytea not null,
    result      uuid,
    created_at  timestamptz not null,
    primary key (scope, key)
);
create index idempotency_key_created_at on {schema}.idempotency_key using brin (created_at);
