-- The next order's number, what the planner knows, and an index that does not belong to this database any more, so that it is made anew, whole.
select setval('orders.order_number', greatest((select number from begin_at) + {orders}, 1), true) from begin_at where {orders} > 0;
update search.source set id = gen_random_uuid();
reset session_replication_role;
select pg_notify('search_changed', ''), pg_notify('products_changed', '');
