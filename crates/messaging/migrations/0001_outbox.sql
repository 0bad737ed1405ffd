-- Events wait here from the commit of the change until they are published.
create table {schema}.outbox (
    -- Relays share the work by partition: an aggregate is always in the same one, and one relay at a time has it.
    -- The last byte of a UUIDv7 is random.
    partition   smallint not null generated always as (get_byte(uuid_send(subject), 15) % 16) stored,
    sequence    bigint not null generated always as identity,
    id          uuid not null,
    kind        text not null,
    subject     uuid not null,
    occurred_at timestamptz not null,
    traceparent text,
    data        jsonb not null,
    primary key (partition, sequence)
);

create function {schema}.outbox_filled() returns trigger language plpgsql as $$
begin
    perform pg_notify('{schema}_outbox', '');
    return null;
end $$;

create trigger outbox_filled after insert on {schema}.outbox
    for each statement execute function {schema}.outbox_filled();
