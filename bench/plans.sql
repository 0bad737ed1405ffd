-- The plans of the statements that matter most, on whatever data there are:  psql "$DATABASE_URL" -f bench/plans.sql
-- The statements are the services' own; each is prepared and planned as the service has it planned.
\pset format unaligned
\pset tuples_only on
\set QUIET on
select slug as slug, id as product from products.product where status = 'ACTIVE' order by md5(slug) limit 1 \gset
select slug as category from products.category where cardinality(path) = 1 order by slug limit 1 \gset
select user_id as shopper from orders.customer_order where user_id is not null order by md5(user_id::text) limit 1 \gset
select id as "order" from orders.customer_order order by md5(id::text) limit 1 \gset
select array_agg(variant_id) as variants from orders.order_line where order_id = :'order' \gset
select id as cart from orders.cart order by md5(id::text) limit 1 \gset

\echo '-- Q1: a product by its slug'
prepare by_slug(text) as
select id, slug, title, description_html, vendor, category_id, tags, option_names, status, version, published_at
from products.product where slug = $1;
explain (analyze, costs off, timing off, summary off) execute by_slug(:'slug');

\echo '-- Q1: its variants with their prices'
prepare variants(uuid[], uuid[]) as
select v.id, v.product_id, v.sku, v.options, v.grams, p.currency, p.minor
from products.variant v left join products.price p on p.variant_id = v.id
where v.product_id = any($1) or v.id = any($2)
order by v.product_id, v.position, v.id, p.currency;
explain (analyze, costs off, timing off, summary off) execute variants(array[:'product'::uuid], array[]::uuid[]);

\echo '-- Q2: a page of a category, newest first'
prepare listing(text, bigint) as
select found.* from (select c.id from products.category c join products.category top
    on c.path[1:cardinality(top.path)] = top.path where top.slug = $1) c
cross join lateral (
    select p.id, p.slug, p.title, p.description_html, p.vendor, p.category_id, p.tags, p.option_names, p.status, p.version, p.published_at,
        null::bigint as lowest
    from products.product p where p.status = 'ACTIVE' and p.category_id = c.id
    order by p.published_at desc, p.id desc limit $2) found
order by found.published_at desc, found.id desc limit $2;
explain (analyze, costs off, timing off, summary off) execute listing(:'category', 25);

-- From here on as orders, inventory and payments have it.
set plan_cache_mode = force_generic_plan;
set enable_seqscan = off;
set jit = off;

\echo '-- Q4: a shopper''s last orders'
prepare history(uuid, text, timestamptz, uuid, bigint) as
select * from orders.customer_order where user_id = $1 and ($2::text is null or status = $2)
    and (placed_at, id) < ($3, $4) order by placed_at desc, id desc limit $5;
explain (analyze, costs off, timing off, summary off)
execute history(:'shopper', null, '9999-12-31', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 11);

\echo '-- Q4: their lines'
prepare lines(uuid[], text[]) as
select l.*, o.currency from unnest($1, $2) as o (id, currency) join orders.order_line l on l.order_id = o.id
order by l.order_id, l.position;
explain (analyze, costs off, timing off, summary off) execute lines(array[:'order'::uuid], array['EUR']);

\echo '-- W1: what is in a cart, and what is to be put into it'
prepare cart_lines(uuid, text, uuid[]) as
select v.variant_id, v.product_id, v.sku, v.title, v.variant_title, v.image_url, l.quantity, l.seen_minor,
    case when v.for_sale then (v.prices ->> $2)::bigint end as price, s.available
from (select variant_id from orders.cart_line where cart_id = $1 union select unnest($3::uuid[])) asked
join orders.variant v on v.variant_id = asked.variant_id
left join orders.cart_line l on l.cart_id = $1 and l.variant_id = v.variant_id
left join orders.level s on s.variant_id = v.variant_id
order by l.added_at nulls last, v.variant_id;
explain (analyze, costs off, timing off, summary off) execute cart_lines(:'cart', 'EUR', array[]::uuid[]);

\echo '-- W1: the next messages of a queue'
prepare look(text, timestamptz, bigint) as
with turn as materialized (select pg_try_advisory_xact_lock(hashtext('bus.message'), hashtext($1)) as mine)
select turn.mine, found.* from turn left join lateral (
    select m.seq, m.attempts, m.envelope from bus.message m
    where turn.mine and m.queue = $1 and m.dead_at is null and m.available_at <= $2
      and not exists (
        select from bus.message earlier
        where earlier.queue = m.queue and earlier.subject = m.subject and earlier.seq < m.seq
          and earlier.dead_at is null and earlier.attempts > 0 and earlier.available_at > $2)
    order by m.seq limit $3
) found on true;
explain (analyze, costs off, timing off, summary off) execute look('orders', now(), 64);

\echo '-- W1: payments that are due'
prepare due(timestamptz, bigint) as
select id from payments.payment where due_at <= $1 and (leased_until is null or leased_until <= $1)
order by due_at limit $2 for update skip locked;
explain (analyze, costs off, timing off, summary off) execute due(now(), 16);

\echo '-- W1 and W2: the shelves of an order, in one order for everybody'
prepare shelves(uuid[]) as
select s.variant_id, s.warehouse_id, w.priority, w.active, s.on_hand, s.reserved
from inventory.stock s join inventory.warehouse w on w.id = s.warehouse_id
where s.variant_id = any($1) order by s.variant_id, s.warehouse_id for no key update of s;
explain (analyze, costs off, timing off, summary off)
execute shelves(:'variants');
