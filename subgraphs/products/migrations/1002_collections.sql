create table products.collection (
    id               uuid primary key,
    slug             text not null constraint collection_slug_key unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    title            text not null check (title <> ''),
    description_html text not null,
    version          bigint not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null
);
create index collection_title_idx on products.collection (title, id);

create table products.collection_product (
    collection_id uuid not null references products.collection on delete cascade,
    product_id    uuid not null references products.product on delete cascade,
    position      integer not null check (position >= 0),
    primary key (collection_id, product_id),
    constraint collection_product_position_key unique (collection_id, position)
);
create index collection_product_product_idx on products.collection_product (product_id);
