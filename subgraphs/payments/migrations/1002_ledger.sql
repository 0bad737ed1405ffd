-- Every movement of money, in double entry. Rows are only ever added.
create table payments.ledger_transaction (
    id         uuid primary key,
    kind       text not null check (kind in ('CAPTURE', 'REFUND')),
    payment_id uuid not null references payments.payment,
    refund_id  uuid references payments.refund,
    created_at timestamptz not null,
    check ((kind = 'REFUND') = (refund_id is not null))
);
create unique index ledger_capture_key on payments.ledger_transaction (payment_id) where kind = 'CAPTURE';
create unique index ledger_refund_key on payments.ledger_transaction (refund_id);
create index ledger_payment_idx on payments.ledger_transaction (payment_id);

create table payments.ledger_entry (
    transaction_id uuid not null references payments.ledger_transaction,
    position       smallint not null,
    account        text not null,
    currency       text not null check (currency ~ '^[A-Z]{3}$'),
    -- Positive: debit; negative: credit.
    minor          bigint not null check (minor <> 0),
    primary key (transaction_id, position)
);
create index ledger_account_idx on payments.ledger_entry (account, currency);

create function payments.ledger_balances() returns trigger language plpgsql as $$
declare
    tx uuid;
begin
    if tg_table_name = 'ledger_transaction' then tx := new.id; else tx := new.transaction_id; end if;
    if not exists (select from payments.ledger_entry where transaction_id = tx) then
        raise exception 'ledger transaction % has no entries', tx using errcode = 'check_violation';
    end if;
    if exists (select from payments.ledger_entry where transaction_id = tx group by currency having sum(minor) <> 0) then
        raise exception 'ledger transaction % does not sum to zero', tx using errcode = 'check_violation';
    end if;
    return null;
end $$;
-- At commit, when all entries of a transaction are there.
create constraint trigger ledger_transaction_balances after insert on payments.ledger_transaction
    deferrable initially deferred for each row execute function payments.ledger_balances();
create constraint trigger ledger_entry_balances after insert on payments.ledger_entry
    deferrable initially deferred for each row execute function payments.ledger_balances();

create function payments.ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: correct it by a further transaction' using errcode = 'restrict_violation';
end $$;
create trigger ledger_transaction_append_only before update or delete or truncate on payments.ledger_transaction
    for each statement execute function payments.ledger_is_append_only();
create trigger ledger_entry_append_only before update or delete or truncate on payments.ledger_entry
    for each statement execute function payments.ledger_is_append_only();
