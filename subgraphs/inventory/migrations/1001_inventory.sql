create table inventory.warehouse (
    id       uuid primary key,
    code     text not null constraint warehouse_code_key unique check (code ~ '^[A-Z0-9]+(-[A-Z0-9]+)*$'),
    name     text not null check (name <> ''),
    country  text not null check (country ~ '^[A-Z]{2}$'),
    -- The lowest is asked first.
    priority integer not null,
    -- Whether what it keeps is for sale.
    active   boolean not null
);
-- New variants arrive in MAIN, so it is always there.
insert into inventory.warehouse (id, code, name, country, priority, active) values
    ('019b7700-0000-7000-8000-000000000001', 'MAIN', 'Main warehouse', 'DE', 1, true),
    ('019b7700-0000-7000-8000-000000000002', 'EAST', 'East warehouse', 'PL', 2, true);

-- What can be sold of a variant: the sum over the active warehouses, kept beside them so that a shelf of products is one read.
create table inventory.level (
    variant_id uuid primary key,
    -- Grows with every change; others order what they hear of the variant by it.
    version    bigint not null check (version > 0),
    available  bigint not null check (available >= 0),
    -- Stock is low at this number of units and below.
    threshold  bigint not null default 5 check (threshold >= 0)
);

create table inventory.stock (
    variant_id   uuid not null references inventory.level,
    warehouse_id uuid not null references inventory.warehouse,
    on_hand      bigint not null,
    reserved     bigint not null,
    primary key (variant_id, warehouse_id),
    check (0 <= reserved and reserved <= on_hand)
);
create index stock_warehouse_idx on inventory.stock (warehouse_id);

-- What became of the stock of an order. A row without lines is the memory of a request that came before its reservation.
create table inventory.reservation (
    order_id   uuid primary key,
    status     text not null check (status in ('RESERVED', 'REJECTED', 'RELEASED', 'EXPIRED', 'COMMITTED', 'RESTOCKED')),
    expires_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (status <> 'RESERVED' or expires_at is not null)
);
create index reservation_due_idx on inventory.reservation (expires_at) where status = 'RESERVED';

-- What was asked for, and where it was lacking, how much there was.
create table inventory.reservation_line (
    order_id   uuid not null references inventory.reservation,
    variant_id uuid not null,
    quantity   bigint not null check (quantity > 0),
    available  bigint check (0 <= available and available < quantity),
    primary key (order_id, variant_id)
);

-- What an order holds: reserved for it, or committed to it. Gone when it is given back.
create table inventory.allocation (
    order_id     uuid not null references inventory.reservation,
    variant_id   uuid not null,
    warehouse_id uuid not null,
    quantity     bigint not null check (quantity > 0),
    primary key (order_id, variant_id, warehouse_id),
    foreign key (variant_id, warehouse_id) references inventory.stock
);

-- Every change of the stock; their sum is the stock.
create table inventory.movement (
    id           uuid primary key,
    kind         text not null check (kind in ('RECEIVE', 'ADJUST', 'RESERVE', 'RELEASE', 'EXPIRE', 'COMMIT', 'RESTOCK')),
    variant_id   uuid not null,
    warehouse_id uuid not null,
    on_hand      bigint not null,
    reserved     bigint not null,
    order_id     uuid,
    actor_id     uuid,
    reason       text,
    at           timestamptz not null,
    foreign key (variant_id, warehouse_id) references inventory.stock,
    check (on_hand <> 0 or reserved <> 0),
    check ((order_id is null) = (kind in ('RECEIVE', 'ADJUST'))),
    check ((actor_id is not null and reason is not null) = (kind = 'ADJUST'))
);
create index movement_variant_idx on inventory.movement (variant_id, at desc, id desc);

-- Tells whoever follows the variant, when the change commits. A new level is 0, as one that is not there yet.
create function inventory.level_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('inventory_level', concat_ws(' ', new.variant_id, new.version, new.available, new.threshold));
    return null;
end $$;

create trigger level_changed after update on inventory.level
    for each row execute function inventory.level_changed();
