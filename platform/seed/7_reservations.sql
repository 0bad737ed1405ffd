-- What inventory did for orders {first} to {last}.
truncate item;
insert into item (j, position, order_id, variant_id, quantity, placed_at, kept)
select j, l.position, o.id, l.variant_id, l.quantity, o.placed_at, o.status = 'CONFIRMED'
from generate_series({first}::bigint, {last}::bigint) as j
join orders.customer_order o on o.id = pg_temp.secret('order', j) join orders.order_line l on l.order_id = o.id;
analyze item;

insert into inventory.reservation (order_id, status, expires_at, created_at, updated_at)
select distinct on (j) order_id, case when kept then 'COMMITTED' else 'REJECTED' end, case when kept then placed_at + interval '15 minutes' end, placed_at,
    placed_at + interval '160 milliseconds'
from item order by j;
insert into inventory.reservation_line (order_id, variant_id, quantity, available)
select order_id, variant_id, quantity, case when not kept and position = 1 then 0 end from item order by j, position;
insert into inventory.allocation (order_id, variant_id, warehouse_id, quantity)
select order_id, variant_id, '019b7700-0000-7000-8000-000000000001', quantity from item where kept order by j, position;
insert into inventory.movement (id, kind, variant_id, warehouse_id, on_hand, reserved, order_id, at)
select pg_temp.key(kind, j * 4 + position, placed_at + after), kind, variant_id, '019b7700-0000-7000-8000-000000000001', held * quantity,
    kept_back * quantity, order_id, placed_at + after
from item cross join (values ('RESERVE', 0, 1, interval '40 milliseconds'), ('COMMIT', -1, -1, interval '160 milliseconds'))
    as step (kind, held, kept_back, after)
where kept order by j, position;
