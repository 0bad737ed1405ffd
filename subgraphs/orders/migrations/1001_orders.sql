-- What orders needs to know of others, kept up to date by their events, so that a checkout calls nobody.
create table orders.variant (
    variant_id    uuid primary key,
    product_id    uuid not null,
    sku           text,
    title         text not null,
    variant_title text not null,
    image_url     text,
    -- One price per currency: {"EUR": 1250}, in minor units.
    prices        jsonb not null,
    for_sale      boolean not null
);
create index variant_product_idx on orders.variant (product_id);

-- The last version of each product that was applied, also when the product is gone.
create table orders.product_version (
    product_id uuid primary key,
    version    bigint not null
);

create table orders.level (
    variant_id uuid primary key,
    version    bigint not null,
    available  bigint not null
);

create table orders.shipping_method (
    code      text primary key,
    name      text not null,
    position  integer not null,
    min_days  integer not null check (min_days >= 0),
    max_days  integer not null check (max_days >= min_days),
    -- Countries it delivers to; empty for all.
    countries text[] not null
);
create table orders.shipping_price (
    code     text not null references orders.shipping_method,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    minor    bigint not null check (minor >= 0),
    -- From this subtotal on it is free.
    free_from bigint check (free_from > 0),
    primary key (code, currency)
);

create table orders.tax_rate (
    country      text primary key check (country ~ '^[A-Z]{2}$'),
    basis_points integer not null check (basis_points between 0 and 10000),
    -- Whether prices are shown with the tax in them, as the law of the country has it.
    included     boolean not null
);

insert into orders.shipping_method values
    ('standard', 'Standard delivery', 1, 3, 5, '{}'),
    ('express', 'Express delivery', 2, 1, 2, '{}');
insert into orders.shipping_price values
    ('standard', 'EUR', 490, 5000), ('express', 'EUR', 1290, null),
    ('standard', 'USD', 590, 6000), ('express', 'USD', 1490, null),
    ('standard', 'GBP', 450, 5000), ('express', 'GBP', 1190, null);
-- Standard rates of value added tax, 2026; the United States tax at the state's rate, which no table of countries can hold.
insert into orders.tax_rate values
    ('AT', 2000, true), ('BE', 2100, true), ('CH', 810, true), ('CZ', 2100, true), ('DE', 1900, true), ('DK', 2500, true),
    ('ES', 2100, true), ('FI', 2550, true), ('FR', 2000, true), ('GB', 2000, true), ('IE', 2300, true), ('IT', 2200, true),
    ('LU', 1700, true), ('NL', 2100, true), ('NO', 2500, true), ('PL', 2300, true), ('PT', 2300, true), ('SE', 2500, true),
    ('CA', 500, false), ('US', 0, false);

create table orders.cart (
    id               uuid primary key,
    user_id          uuid,
    currency         text not null check (currency ~ '^[A-Z]{3}$'),
    email            text,
    shipping_address jsonb,
    shipping_method  text references orders.shipping_method,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    -- Set when it became an order; nothing changes it after that.
    order_id         uuid unique
);
create index cart_abandoned_idx on orders.cart (updated_at) where order_id is null;
create index cart_user_idx on orders.cart (user_id, updated_at desc) where order_id is null;

create table orders.cart_line (
    cart_id    uuid not null references orders.cart on delete cascade,
    variant_id uuid not null,
    quantity   integer not null check (quantity between 1 and 999),
    -- The price that the shopper has seen; another one is pointed out before it is paid.
    seen_minor bigint not null check (seen_minor >= 0),
    added_at   timestamptz not null,
    primary key (cart_id, variant_id)
);

create sequence orders.order_number start 100001;

create table orders.customer_order (
    id                uuid primary key,
    number            text not null unique,
    cart_id           uuid not null unique references orders.cart,
    user_id           uuid,
    email             text not null,
    locale            text not null,
    currency          text not null check (currency ~ '^[A-Z]{3}$'),
    subtotal          bigint not null check (subtotal >= 0),
    shipping          bigint not null check (shipping >= 0),
    tax               bigint not null check (tax >= 0),
    tax_included      boolean not null,
    total             bigint not null,
    shipping_address  jsonb not null,
    shipping_method   text not null references orders.shipping_method,
    payment_provider  text not null,
    -- The provider's token for the card; forgotten as soon as payments is asked to charge it.
    payment_token     text,
    placed_at         timestamptz not null,
    version           bigint not null check (version > 0),
    status            text not null check (status in ('PENDING', 'RESERVED', 'CONFIRMED', 'REJECTED', 'CANCELLED')),
    payment           text not null check (payment in
        ('NONE', 'REQUESTED', 'ACTION_REQUIRED', 'AUTHORISED', 'PAID', 'FAILED', 'UNDOING', 'VOIDED', 'REFUNDED')),
    stock             text not null check (stock in
        ('REQUESTED', 'RESERVED', 'COMMITTING', 'COMMITTED', 'RELEASING', 'RELEASED', 'RETURNING', 'REFUSED')),
    -- What was given back so far.
    refunded          bigint not null default 0 check (refunded >= 0),
    reason            text,
    action_url        text,
    -- When the step at hand has taken too long; none when nothing is waited for.
    deadline_at       timestamptz,
    -- Money adds up to the minor unit, and nobody's order is confirmed unpaid.
    check (total = subtotal + shipping + case when tax_included then 0 else tax end),
    check (status <> 'CONFIRMED' or payment in ('PAID', 'REFUNDED')),
    check (status <> 'RESERVED' or stock = 'RESERVED'),
    check (status = 'PENDING' or payment_token is null)
);
create index customer_order_user_idx on orders.customer_order (user_id, placed_at desc, id desc);
create index customer_order_newest_idx on orders.customer_order (placed_at desc, id desc);
create index customer_order_status_idx on orders.customer_order (status, placed_at desc, id desc);
create index customer_order_deadline_idx on orders.customer_order (deadline_at) where deadline_at is not null;

create table orders.order_line (
    order_id      uuid not null references orders.customer_order,
    position      integer not null,
    variant_id    uuid not null,
    product_id    uuid not null,
    sku           text,
    title         text not null,
    variant_title text not null,
    image_url     text,
    quantity      integer not null check (quantity > 0),
    unit_minor    bigint not null check (unit_minor >= 0),
    total_minor   bigint not null check (total_minor = unit_minor * quantity),
    primary key (order_id, position)
);

-- Every step of an order, for its shopper and for support.
create table orders.timeline_entry (
    order_id uuid not null references orders.customer_order,
    -- The order's version with the step.
    version  bigint not null,
    at       timestamptz not null,
    kind     text not null,
    message  text not null,
    primary key (order_id, version)
);
