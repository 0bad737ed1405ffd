-- Changes of order documents have numbers, so that an index of orders can follow them.

create sequence search.order_change_seq;

-- 0: it has not changed since there are numbers. A constant default rewrites nothing, however many orders there are.
alter table search.order_document add column change_seq bigint not null default 0;
create index order_document_changed on search.order_document (change_seq, order_id);

-- The version before knows of no numbers and still writes while this one is rolled out. What it writes gets one here, under the
-- lock of `store::take_turn`; a statement that brings its own number never calls this.
create function search.number_order_change() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('search.change_seq'));
    new.change_seq := nextval('search.order_change_seq');
    return new;
end
$$;
create trigger order_document_new before insert on search.order_document
    for each row when (new.change_seq = 0) execute function search.number_order_change();
create trigger order_document_changed before update on search.order_document
    for each row when (new.change_seq = old.change_seq) execute function search.number_order_change();
