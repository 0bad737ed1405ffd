-- What search knows of products, stock and orders. The index of products is made from these tables and can be made again.

-- Numbers the changes of product documents. Drawn only under the lock of `store::take_turn`, so numbers commit in order.
create sequence search.change_seq;

-- Names this database: an index that was made from another one is not continued.
create table search.source (
    id uuid not null default gen_random_uuid(),
    only_one boolean primary key default true check (only_one)
);
insert into search.source default values;

create table search.product_document (
    product_id uuid primary key,
    version bigint not null check (version >= 0),
    -- None when the product was archived before anything else was heard of it.
    snapshot jsonb,
    deleted boolean not null,
    -- When it came to the shop, as far as search heard.
    listed_at timestamptz not null,
    change_seq bigint not null unique,
    check (deleted or snapshot is not null)
);
-- Finds the product that has a variant.
create index product_document_variants on search.product_document using gin ((snapshot -> 'variants') jsonb_path_ops);

create table search.stock_level (
    variant_id uuid primary key,
    available bigint not null,
    version bigint not null check (version >= 0)
);

create table search.order_document (
    order_id uuid primary key,
    version bigint not null check (version >= 0),
    number text not null,
    -- None when the person asked to be forgotten.
    email text,
    user_id uuid,
    status text not null,
    placed_at timestamptz not null
);
create index order_document_placed on search.order_document (placed_at desc, order_id desc);
create index order_document_status on search.order_document (status, placed_at desc, order_id desc);
create index order_document_number on search.order_document (number text_pattern_ops);
create index order_document_email on search.order_document (email text_pattern_ops);
create index order_document_user on search.order_document (user_id) where user_id is not null;

-- People who left: a late event of an order must not bring their address back.
create table search.forgotten_user (
    user_id uuid primary key
);
