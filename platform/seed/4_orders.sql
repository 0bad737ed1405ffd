-- Orders {first} to {last} with their lines and timelines. One in 25 found its goods sold out; one in five is a guest's.
truncate purchase, item;
insert into item
select j, l, pg_temp.secret('order', j), v.variant_id, v.product_id, v.sku, v.title, v.variant_title, v.image_url,
    1 + pg_temp.draw('units', j * 4 + l, 3), (v.prices ->> 'EUR')::bigint, pg_temp.placed_at(j), pg_temp.draw('kept', j, 25) > 0
from generate_series({first}::bigint, {last}::bigint) as j
cross join lateral generate_series(1, least({products}, 1 + pg_temp.draw('lines', j, 3))::int) as l
-- Some products are bought far more often than others. The products of an order follow each other, so they differ.
cross join lateral (select 1 + ((power(pg_temp.draw('product', j, 1000000) / 1000000.0, 2) * {products})::bigint + l) % {products} as i) as chosen
cross join lateral (select (array[1, 2, 3, 4, 6])[1 + pg_temp.draw('kinds', i, 5)] as kinds) as k
join orders.variant v on v.variant_id = pg_temp.key('variant', i * 8 + pg_temp.draw('variant', j * 4 + l, kinds), pg_temp.listed_at(i));
analyze item;

insert into purchase
select j, o.order_id, pg_temp.secret('cart', j), case when mine then pg_temp.key('shopper', u, timestamptz '2024-12-01 00:00:00+00') end,
    case when mine then 'shopper-' || u || '@bench.example.com' else 'guest-' || j || '@bench.example.com' end,
    jsonb_build_object('name', p.given || ' ' || q.family, 'line1', q.street || ' ' || 1 + j % 90, 'line2', '', 'city', p.city,
        'postal_code', p.postal_code, 'country', p.country, 'region', ''),
    o.placed_at, o.kept, o.subtotal, case when o.subtotal >= 5000 then 0 else 490 end,
    case when o.kept then pg_temp.key('payment', j, o.placed_at) end, 'TC-' || (begin_at.number + j)
from (select j, order_id, placed_at, kept, sum(quantity * unit_minor)::bigint as subtotal from item group by 1, 2, 3, 4) as o
cross join begin_at
cross join lateral (select pg_temp.draw('guest', j, 5) > 0 as mine, 1 + pg_temp.draw('buyer', j, {shoppers}) as u) as who
join person p on p.n = pg_temp.draw('given', u, 16) join person q on q.n = pg_temp.draw('family', u, 16);
analyze purchase;

insert into orders.cart (id, user_id, currency, email, shipping_address, shipping_method, created_at, updated_at, order_id)
select cart_id, user_id, 'EUR', email, address, 'standard', placed_at - interval '10 minutes', placed_at, id from purchase order by j;
insert into orders.cart_line (cart_id, variant_id, quantity, seen_minor, added_at)
select p.cart_id, i.variant_id, i.quantity, i.unit_minor, i.placed_at - interval '9 minutes' from item i join purchase p using (j) order by j, position;
insert into orders.customer_order (id, number, cart_id, user_id, email, locale, currency, subtotal, shipping, tax, tax_included, total,
    shipping_address, shipping_method, payment_provider, placed_at, version, status, payment, stock, reason)
select id, number, cart_id, user_id, email, 'en', 'EUR', subtotal, shipping, round((subtotal + shipping) * 19 / 119.0), true, subtotal + shipping,
    address, 'standard', 'sandbox', placed_at, case when kept then 5 else 2 end, case when kept then 'CONFIRMED' else 'REJECTED' end,
    case when kept then 'PAID' else 'NONE' end, case when kept then 'COMMITTED' else 'REFUSED' end,
    case when not kept then 'Some of the goods are no longer in stock. Nothing was charged.' end
from purchase order by j;
insert into orders.order_line (order_id, position, variant_id, product_id, sku, title, variant_title, image_url, quantity, unit_minor, total_minor)
select order_id, position, variant_id, product_id, sku, title, variant_title, image_url, quantity, unit_minor, quantity * unit_minor
from item order by j, position;
insert into orders.timeline_entry (order_id, version, at, kind, message)
select p.id, version, p.placed_at + version * interval '40 milliseconds', kind, message
from purchase p join (values
    (1, 'PLACED', 'The order was placed; its goods are being set aside.', null),
    (2, 'STOCK_RESERVED', 'The goods are set aside; the payment is under way.', true),
    (3, 'PAYMENT_AUTHORISED', 'The money is set aside.', true),
    (4, 'PAYMENT_CAPTURED', 'The order is paid and confirmed.', true),
    (5, 'STOCK_COMMITTED', 'The goods have left the stock for this order.', true),
    (2, 'STOCK_REJECTED', 'Some of the goods are no longer in stock. Nothing was charged.', false)
) as step (version, kind, message, kept) on step.kept is null or step.kept = p.kept
order by j, version;

insert into payments.demand (order_id, payment_id) select id, payment_id from purchase where kept order by j;
insert into payments.payment (id, order_id, user_id, email, provider, currency, amount, authorised, captured, status, reference, begun_at, pay_by,
    version, created_at, updated_at)
select payment_id, id, user_id, email, 'sandbox', 'EUR', total, total, total, 'CAPTURED', 'sbx_' || replace(payment_id::text, '-', ''),
    placed_at, placed_at + interval '10 minutes', 2, placed_at, placed_at + interval '120 milliseconds'
from purchase cross join lateral (select subtotal + shipping as total) as t where kept order by j;
insert into payments.sandbox_charge (reference, key, payment_id, currency, minor, captured, status)
select 'sbx_' || replace(payment_id::text, '-', ''), payment_id || ':authorise', payment_id, 'EUR', subtotal + shipping, subtotal + shipping, 'CAPTURED'
from purchase where kept order by j;
insert into payments.ledger_transaction (id, kind, payment_id, created_at)
select pg_temp.key('ledger', j, placed_at), 'CAPTURE', payment_id, placed_at + interval '120 milliseconds' from purchase where kept order by j;
insert into payments.ledger_entry (transaction_id, position, account, currency, minor)
select pg_temp.key('ledger', j, placed_at), position, account, 'EUR', sign * (subtotal + shipping)
from purchase cross join (values (1, 'provider:sandbox', 1), (2, 'orders', -1)) as entry (position, account, sign) where kept order by j, position;

insert into search.order_document (order_id, version, number, email, user_id, status, placed_at, change_seq)
select id, case when kept then 5 else 2 end, number, email, user_id, case when kept then 'CONFIRMED' else 'REJECTED' end, placed_at,
    nextval('search.order_change_seq')
from purchase order by j;
insert into notifications.order_seen (order_id, version) select id, case when kept then 4 else 2 end from purchase order by j;
