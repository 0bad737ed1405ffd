-- The orders that wait for somebody's word, of which there are few: how long they have waited is looked at every few seconds.
create index customer_order_unfinished_idx on orders.customer_order (id)
    where status in ('PENDING', 'RESERVED') or stock in ('COMMITTING', 'RELEASING') or payment = 'UNDOING';
