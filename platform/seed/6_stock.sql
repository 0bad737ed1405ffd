-- The stock of products {first} to {last}: what came in covers what was sold and leaves some.
truncate article;
insert into article
select i, p, pg_temp.key('variant', i * 8 + p, pg_temp.listed_at(i)), null, null, null, null, null, 50 + pg_temp.draw('quantity', i * 8 + p, 200),
    pg_temp.listed_at(i), null, null
from generate_series({first}::bigint, {last}::bigint) as i
cross join lateral generate_series(0, (array[1, 2, 3, 4, 6])[1 + pg_temp.draw('kinds', i, 5)] - 1) as p;
analyze article;

insert into inventory.level (variant_id, version, available)
select id, 2 + 2 * coalesce(s.orders, 0), quantity from article left join sold s on s.variant_id = id order by i, position;
insert into inventory.stock (variant_id, warehouse_id, on_hand, reserved)
select id, '019b7700-0000-7000-8000-000000000001', quantity, 0 from article order by i, position;
insert into inventory.movement (id, kind, variant_id, warehouse_id, on_hand, reserved, at)
select pg_temp.key('received', i * 8 + position, listed_at), 'RECEIVE', id, '019b7700-0000-7000-8000-000000000001',
    quantity + coalesce(s.units, 0), 0, listed_at
from article left join sold s on s.variant_id = id order by i, position;
insert into orders.level (variant_id, version, available)
select id, 2 + 2 * coalesce(s.orders, 0), quantity from article left join sold s on s.variant_id = id order by i, position;
insert into search.stock_level (variant_id, version, available)
select id, 2 + 2 * coalesce(s.orders, 0), quantity from article left join sold s on s.variant_id = id order by i, position;
