-- The plans of the statements that matter most, on whatever data there are:  psql "$DATABASE_URL" -f bench/plans.sql
-- from the folder of the project, since the statements are the services' own, out of the committed query data (.sqlx), found by a
-- piece of each. Those of listings and queues are put together while the platform runs, and so are here as they are then. Each is
-- planned as the service has it planned.
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
\set json `cat $(grep -lF 'products.product where slug = $1",' subgraphs/products/.sqlx/*)`
select :'json'::jsonb ->> 'query' as statement \gset
prepare by_slug as :statement;
explain (analyze, costs off, timing off, summary off) execute by_slug(:'slug');

\echo '-- Q1: its variants with their prices'
\set json `cat $(grep -lF 'left join products.price p on p.variant_id' subgraphs/products/.sqlx/*)`
select :'json'::jsonb ->> 'query' as statement \gset
prepare variants as :statement;
explain (analyze, costs off, timing off, summary off)
execute variants(array[:'product'::uuid], array[]::uuid[]);

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
set random_page_cost = 1.1;
set jit = off;

\echo '-- Q4: a shopper''s last orders with their lines'
\set json `cat $(grep -lF 'case when $5 then array' subgraphs/orders/.sqlx/*)`
select :'json'::jsonb ->> 'query' as statement \gset
prepare history as :statement;
explain (analyze, costs off, timing off, summary off)
execute history(:'shopper', '9999-12-31', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 11, true);

\echo '-- W1: what is in a cart, and what is to be put into it'
\set json `cat $(grep -lF 'union select unnest' subgraphs/orders/.sqlx/*)`
select :'json'::jsonb ->> 'query' as statement \gset
prepare cart_lines as :statement;
explain (analyze, costs off, timing off, summary off)
execute cart_lines(:'cart', 'EUR', array[]::uuid[]);

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
\set json `cat $(grep -lF 'any(array(select id from payments.payment where due_at' subgraphs/payments/.sqlx/*)`
select :'json'::jsonb ->> 'query' as statement \gset
prepare due as :statement;
begin;
explain (analyze, costs off, timing off, summary off) execute due(now(), now(), 16);
rollback;

\echo '-- W1 and W2: the shelves of an order, in one order for everybody'
\set json `cat $(grep -lF 'for no key update of s' subgraphs/inventory/.sqlx/*)`
select :'json'::jsonb ->> 'query' as statement \gset
prepare shelves as :statement;
explain (analyze, costs off, timing off, summary off)
execute shelves(:'variants');
