create table products.category (
    id   uuid primary key,
    slug text not null constraint category_slug_key unique,
    -- Names from the root to this category: a subtree is a prefix, found without recursion.
    path text[] not null check (cardinality(path) between 1 and 8)
);

create table products.product (
    id               uuid primary key,
    slug             text not null constraint product_slug_key unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    title            text not null check (title <> ''),
    description_html text not null,
    vendor           text not null,
    category_id      uuid references products.category,
    tags             text[] not null,
    option_names     text[] not null check (cardinality(option_names) <= 3),
    status           text not null check (status in ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    version          bigint not null check (version > 0),
    -- Hash of what the last import said of the product; an equal one means nothing to do.
    fingerprint      bytea,
    published_at     timestamptz,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    check (status <> 'ACTIVE' or published_at is not null)
);
create index product_newest_idx on products.product (published_at desc, id desc) where status = 'ACTIVE';
create index product_title_idx on products.product (title, id) where status = 'ACTIVE';
create index product_category_idx on products.product (category_id, published_at desc, id desc) where status = 'ACTIVE';
create index product_vendor_idx on products.product (vendor, published_at desc, id desc) where status = 'ACTIVE';
create index product_tags_idx on products.product using gin (tags) where status = 'ACTIVE';

create table products.variant (
    id         uuid primary key,
    product_id uuid not null references products.product on delete cascade,
    position   integer not null check (position >= 0),
    -- Deferrable: one statement may swap the values of two variants.
    sku        text check (sku <> '') constraint variant_sku_key unique deferrable,
    options    text[] not null,
    grams      integer not null check (grams >= 0),
    constraint variant_options_key unique (product_id, options) deferrable
);

create table products.price (
    variant_id uuid not null references products.variant on delete cascade,
    currency   text not null check (currency ~ '^[A-Z]{3}$'),
    minor      bigint not null check (minor >= 0),
    primary key (variant_id, currency)
);

-- Lowest and highest price of a product, kept beside the prices so that a list can be sorted by an index.
create table products.price_range (
    product_id uuid not null references products.product on delete cascade,
    currency   text not null,
    lowest     bigint not null,
    highest    bigint not null check (highest >= lowest),
    primary key (product_id, currency)
);
create index price_range_lowest_idx on products.price_range (currency, lowest, product_id);

create table products.media (
    id         uuid primary key,
    product_id uuid not null references products.product on delete cascade,
    position   integer not null check (position >= 0),
    url        text not null,
    alt        text not null,
    unique (product_id, position)
);
