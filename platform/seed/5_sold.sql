-- How many units of what was sold, and in how many orders.
create temp table sold (variant_id uuid primary key, units bigint, orders bigint);
insert into sold
select l.variant_id, sum(l.quantity), count(*) from orders.order_line l join orders.customer_order o on o.id = l.order_id
where o.status = 'CONFIRMED' group by 1;
analyze sold;
