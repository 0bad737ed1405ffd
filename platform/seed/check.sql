-- Each line is a rule and how often it is broken.
select 'a product for sale has variants, a price range and a first picture' as rule, count(*) as broken from products.product p
where status = 'ACTIVE' and not (exists (select from products.variant v where v.product_id = p.id)
    and exists (select from products.price_range r where r.product_id = p.id)
    and exists (select from products.media m where m.product_id = p.id and m.position = 0))
union all select 'a price range is that of its prices', count(*) from (
    select r.product_id from products.price_range r join products.variant v using (product_id) join products.price c on c.variant_id = v.id and c.currency = r.currency
    group by r.product_id, r.currency, r.lowest, r.highest having (min(c.minor), max(c.minor)) is distinct from (r.lowest, r.highest)) as x
union all select 'every variant for sale is known to orders at its price', count(*) from products.variant v
    join products.product p on p.id = v.product_id and p.status = 'ACTIVE' join products.price c on c.variant_id = v.id and c.currency = 'EUR'
    left join orders.variant o on o.variant_id = v.id where o.variant_id is null or (o.prices ->> 'EUR')::bigint <> c.minor
union all select 'every product for sale is known to search', count(*) from products.product p
    left join search.product_document d on d.product_id = p.id and not d.deleted
    where p.status = 'ACTIVE' and (d.product_id is null or d.snapshot ->> 'title' <> p.title)
union all select 'the level is the sum of the warehouses', count(*) from (
    select l.variant_id from inventory.level l join inventory.stock s using (variant_id) join inventory.warehouse w on w.id = s.warehouse_id and w.active
    group by l.variant_id, l.available having sum(s.on_hand - s.reserved) <> l.available) as x
union all select 'the stock is the sum of its movements', count(*) from (
    select s.variant_id from inventory.stock s left join inventory.movement m using (variant_id, warehouse_id)
    group by s.variant_id, s.warehouse_id, s.on_hand, s.reserved
    having (coalesce(sum(m.on_hand), 0), coalesce(sum(m.reserved), 0)) is distinct from (s.on_hand::numeric, s.reserved::numeric)) as x
union all select 'orders and search know the level', count(*) from inventory.level l left join orders.level o using (variant_id)
    left join search.stock_level s using (variant_id)
    where (o.available, o.version) is distinct from (l.available, l.version) or (s.available, s.version) is distinct from (l.available, l.version)
union all select 'an order is the sum of its lines', count(*) from (
    select o.id from orders.customer_order o left join orders.order_line l on l.order_id = o.id
    group by o.id having coalesce(sum(l.total_minor), -1) <> o.subtotal) as x
union all select 'a timeline ends at the order''s version', count(*) from (
    select o.id from orders.customer_order o left join orders.timeline_entry t on t.order_id = o.id
    group by o.id having max(t.version) is distinct from o.version or count(*) <> o.version) as x
union all select 'a confirmed order is paid once, in full, and in the ledger', count(*) from (
    select o.id from orders.customer_order o left join payments.payment p on p.order_id = o.id and p.status = 'CAPTURED'
        left join payments.ledger_transaction t on t.payment_id = p.id and t.kind = 'CAPTURE'
        left join payments.ledger_entry e on e.transaction_id = t.id and e.account = 'orders'
    where o.status = 'CONFIRMED' and o.payment = 'PAID' group by o.id, o.total having coalesce(-sum(e.minor), -1) <> o.total) as x
union all select 'the ledger is balanced', count(*) from (
    select transaction_id from payments.ledger_entry group by transaction_id, currency having sum(minor) <> 0) as x
union all select 'a confirmed order took its goods out of the stock', count(*) from (
    select o.id from orders.customer_order o join orders.order_line l on l.order_id = o.id
        left join inventory.allocation a on a.order_id = o.id and a.variant_id = l.variant_id
    where o.status = 'CONFIRMED' and o.stock = 'COMMITTED' group by o.id, l.variant_id having coalesce(sum(a.quantity), 0) <> max(l.quantity)) as x
union all select 'search knows every order', count(*) from orders.customer_order o left join search.order_document d on d.order_id = o.id
    where (d.number, d.status) is distinct from (o.number, o.status)
