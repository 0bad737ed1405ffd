-- Texts to fill in. A change is a new version; the old one stays for the messages that were written with it.
create table notifications.template (
    name       text not null check (name ~ '^[A-Z_]+$'),
    channel    text not null check (channel in ('EMAIL', 'IN_APP')),
    -- Lower case, so that a language tag is found whatever its spelling.
    locale     text not null check (locale ~ '^[a-z]{2,3}(-[a-z0-9]{2,8})*$'),
    version    integer not null check (version > 0),
    active     boolean not null,
    subject    text not null check (subject <> ''),
    text       text not null check (text <> ''),
    html       text check (html <> ''),
    created_at timestamptz not null,
    primary key (name, channel, locale, version),
    check ((channel = 'EMAIL') = (html is not null))
);
create unique index template_active_key on notifications.template (name, channel, locale) where active;

-- What arrived by events about the owner of an account. The row of a deleted account stays, empty, so that a late event
-- does not bring the person back.
create table notifications.contact (
    user_id      uuid primary key,
    email        text check (email <> ''),
    display_name text not null,
    locale       text not null,
    -- The profile's version; 0 when only the registration is known.
    version      bigint not null check (version >= 0),
    updated_at   timestamptz not null,
    erased_at    timestamptz,
    check (erased_at is null or (email is null and display_name = ''))
);

-- What an account chose; without a row the default holds. What is mandatory cannot be switched off.
create table notifications.preference (
    user_id  uuid not null,
    category text not null check (category in ('ORDER', 'ACCOUNT', 'MARKETING')),
    channel  text not null check (channel in ('EMAIL', 'IN_APP')),
    enabled  boolean not null,
    primary key (user_id, category, channel),
    constraint preference_mandatory_check check (enabled or category <> 'ACCOUNT' or channel <> 'EMAIL')
);

-- The latest snapshot of an order that was seen: an older one is late and tells nobody anything.
create table notifications.order_seen (
    order_id uuid primary key,
    version  bigint not null
);

create table notifications.message (
    id               uuid primary key,
    -- One per event and channel: written twice is written once.
    dedupe_key       text not null constraint message_dedupe_key unique check (dedupe_key <> ''),
    -- None for a guest and for the staff.
    user_id          uuid,
    order_id         uuid,
    variant_id       uuid,
    -- Address of an e-mail; what is read in the shop has none.
    recipient        text check (recipient <> ''),
    channel          text not null check (channel in ('EMAIL', 'IN_APP')),
    category         text not null check (category in ('ORDER', 'ACCOUNT', 'STOCK', 'MARKETING')),
    template         text not null,
    template_version integer not null,
    locale           text not null,
    -- One line: it becomes a header.
    subject          text not null check (subject !~ '[[:cntrl:]]'),
    text             text not null,
    html             text,
    status           text not null check (status in ('QUEUED', 'SENT', 'FAILED', 'SUPPRESSED')),
    attempts         integer not null default 0 check (attempts >= 0),
    -- When it is due. Whoever sends it moves this to the end of their lease, so that nobody else takes it meanwhile.
    next_attempt_at  timestamptz,
    -- Names the attempt under way: only that one may record what became of it.
    lease            uuid,
    -- Why the last attempt failed, or why it was suppressed.
    last_error       text,
    -- What the mail server said when it took the message.
    receipt          text,
    -- The message that this one repeats.
    resend_of        uuid references notifications.message,
    created_at       timestamptz not null,
    sent_at          timestamptz,
    read_at          timestamptz,
    erased_at        timestamptz,
    check ((status = 'SENT') = (sent_at is not null)),
    check ((status = 'QUEUED') = (next_attempt_at is not null)),
    check (lease is null or status = 'QUEUED'),
    check (status <> 'QUEUED' or channel = 'EMAIL'),
    check (read_at is null or channel = 'IN_APP'),
    check (erased_at is not null or (channel = 'EMAIL') = (recipient is not null)),
    constraint message_erased_check check (erased_at is null or (recipient is null and subject = '' and text = '' and html is null
        and receipt is null and status <> 'QUEUED'))
);
create index message_due_idx on notifications.message (next_attempt_at) where status = 'QUEUED';
create index message_newest_idx on notifications.message (created_at desc, id desc);
create index message_status_idx on notifications.message (status, created_at desc, id desc);
create index message_recipient_idx on notifications.message (recipient text_pattern_ops) where recipient is not null;
create index message_user_idx on notifications.message (user_id, created_at desc, id desc) where user_id is not null;
create index message_unread_idx on notifications.message (user_id)
    where channel = 'IN_APP' and status = 'SENT' and read_at is null;
create index message_order_idx on notifications.message (order_id, created_at, id) where order_id is not null;
create index message_staff_idx on notifications.message (created_at desc, id desc)
    where user_id is null and category = 'STOCK';

-- Wakes whoever sends. PostgreSQL tells it once per transaction.
create function notifications.message_queued() returns trigger language plpgsql as $$
begin
    perform pg_notify('notifications_work', '');
    return null;
end $$;
create trigger message_queued after insert on notifications.message
    for each row when (new.status = 'QUEUED') execute function notifications.message_queued();
