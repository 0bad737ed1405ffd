create table auth.account (
    id            uuid primary key,
    -- Lower case, so that two spellings of one mailbox are one account. Null once the owner has left.
    email         text constraint account_email_key unique check (email = lower(email) and email <> ''),
    -- PHC string of Argon2id.
    password_hash text check (password_hash like '$argon2id$%'),
    created_at    timestamptz not null,
    deleted_at    timestamptz,
    -- Either everything that identifies the owner is there, or nothing is.
    check (num_nulls(email, password_hash) = case when deleted_at is null then 0 else 2 end)
);

create table auth.account_role (
    account_id uuid not null references auth.account on delete cascade,
    role       text not null check (role in ('SHOPPER', 'SUPPORT', 'OPERATIONS', 'PRODUCT_MANAGER', 'ADMINISTRATOR')),
    primary key (account_id, role)
);
create index account_role_role_idx on auth.account_role (role) where role = 'ADMINISTRATOR';

create table auth.session (
    id             uuid primary key,
    account_id     uuid not null references auth.account on delete cascade,
    created_at     timestamptz not null,
    last_used_at   timestamptz not null,
    expires_at     timestamptz not null,
    user_agent     text check (user_agent <> ''),
    revoked_at     timestamptz,
    revoked_reason text check (revoked_reason in ('SIGNED_OUT', 'TOKEN_REUSED', 'PASSWORD_CHANGED', 'ACCOUNT_DELETED')),
    check (last_used_at >= created_at and expires_at > last_used_at),
    check (num_nulls(revoked_at, revoked_reason) in (0, 2))
);
create index session_live_idx on auth.session (account_id, last_used_at desc, id desc) where revoked_at is null;
create index session_account_idx on auth.session (account_id);
create index session_expires_idx on auth.session (expires_at);

create table auth.refresh_token (
    -- The token itself is only with its owner.
    hash       bytea primary key check (length(hash) = 32),
    session_id uuid not null references auth.session on delete cascade,
    created_at timestamptz not null,
    used_at    timestamptz,
    check (used_at >= created_at)
);
-- A session has one token that can be used.
create unique index refresh_token_unused_key on auth.refresh_token (session_id) where used_at is null;
create index refresh_token_used_idx on auth.refresh_token (used_at) where used_at is not null;
create index refresh_token_session_idx on auth.refresh_token (session_id);

create table auth.signing_key (
    kid           text primary key,
    private_der   bytea not null,
    public_jwk    jsonb not null,
    created_at    timestamptz not null,
    signs_until   timestamptz not null constraint signing_key_signs_until_key unique,
    trusted_until timestamptz not null,
    check (signs_until > created_at and trusted_until > signs_until)
);
