create table users.user_profile (
    id               uuid primary key,
    -- Not unique: accounts keep addresses apart, and an event that arrives late must not fail here.
    email            text,
    display_name     text check (length(display_name) between 1 and 100),
    phone            text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    locale           text check (locale ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'),
    currency         text check (currency ~ '^[A-Z]{3}$'),
    marketing_opt_in boolean not null default false,
    version          bigint not null check (version > 0),
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    deleted_at       timestamptz,
    -- Of who has left, the row keeps nothing but that they left: so a late registration does not bring them back.
    constraint user_profile_erased check (
        num_nonnulls(email, display_name, locale, currency) = case when deleted_at is null then 4 else 0 end
        and (deleted_at is null or (phone is null and not marketing_opt_in))
    )
);
create index user_profile_newest_idx on users.user_profile (created_at desc, id desc) where deleted_at is null;
-- In the order of bytes, so that a prefix is a range.
create index user_profile_email_idx on users.user_profile (email collate "C") where deleted_at is null;
create index user_profile_name_idx on users.user_profile (lower(display_name) collate "C") where deleted_at is null;

create table users.address (
    id               uuid primary key,
    user_id          uuid not null references users.user_profile,
    -- Its place in the book: this is what limits the book to fifty entries, whoever writes at once.
    slot             smallint not null check (slot between 1 and 50),
    label            text not null check (length(label) <= 60),
    name             text not null check (name <> ''),
    line1            text not null check (line1 <> ''),
    line2            text not null,
    city             text not null check (city <> ''),
    region           text not null,
    postal_code      text not null,
    country          text not null check (country ~ '^[A-Z]{2}$'),
    default_shipping boolean not null,
    default_billing  boolean not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    constraint address_slot_key unique (user_id, slot)
);
create unique index address_default_shipping_key on users.address (user_id) where default_shipping;
create unique index address_default_billing_key on users.address (user_id) where default_billing;

-- What was changed, by whom. It holds personal data, so it goes when the person goes.
create table users.change (
    id         uuid primary key,
    user_id    uuid not null references users.user_profile,
    at         timestamptz not null,
    -- The account that did it; null for the platform itself.
    actor_id   uuid,
    kind       text not null check (kind in ('REGISTERED', 'PROFILE_UPDATED', 'ADDRESS_CREATED', 'ADDRESS_UPDATED', 'ADDRESS_DELETED')),
    -- The entry of the address book that it is about; it may be gone.
    address_id uuid check ((address_id is not null) = (kind like 'ADDRESS%')),
    -- [{"field", "old", "new"}]: values as text, null for none.
    fields     jsonb not null check (jsonb_typeof(fields) = 'array')
);
create index change_user_idx on users.change (user_id, at desc, id desc);
