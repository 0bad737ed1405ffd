-- Products {first} to {last}: the catalogue, what orders and search know of it.
truncate ware, article;
insert into ware
select i, pg_temp.key('product', i, pg_temp.listed_at(i)), slug || '-' || i, title,
    '<p>' || s1.text || ' ' || s2.text || '</p><p>' || s3.text || '</p>', g.brand, 'Bench ' || g.department, g.leaf, g.noun,
    pg_temp.key('Bench ' || g.department || '/' || g.leaf, 0, '2024-01-01 00:00:00+00'),
    array['material:' || lower(st2.material), lower(st3.adjective), 'season-' || (1 + pg_temp.draw('season', i, 4))],
    case when kinds > 3 then array['Colour', 'Size'] else array['Colour'] end,
    pg_temp.listed_at(i), kinds, 490 + 50 * pg_temp.draw('price', i, 900), '/media/' || slug || '.svg'
from generate_series({first}::bigint, {last}::bigint) as i
cross join lateral (select (array[1, 2, 3, 4, 6])[1 + pg_temp.draw('kinds', i, 5)] as kinds) as k
join goods g on g.n = pg_temp.draw('goods', i, 80)
join style st2 on st2.n = pg_temp.draw('material', i, 30)
join style st3 on st3.n = pg_temp.draw('adjective', i, 30)
join sentence s1 on s1.n = pg_temp.draw('first', i, 12)
join sentence s2 on s2.n = pg_temp.draw('second', i, 12)
join sentence s3 on s3.n = pg_temp.draw('third', i, 12)
cross join lateral (select st3.adjective || ' ' || st2.material || ' ' || g.noun as title) as t
cross join lateral (select lower(replace(title, ' ', '-')) as slug) as u;
analyze ware;

insert into article
select i, p, pg_temp.key('variant', i * 8 + p, w.listed_at), w.id, 'B' || i || '-' || p, options, base + 100 * p * pg_temp.draw('more', i, 5),
    100 + pg_temp.draw('grams', i, 40) * 50, 50 + pg_temp.draw('quantity', i * 8 + p, 200), w.listed_at, array_to_string(options, ' / '), w.image
from ware w
cross join lateral generate_series(0, kinds - 1) as p
join style c on c.n = (pg_temp.draw('colour', i, 30) + case when kinds > 3 then p / 2 else p end) % 30
cross join lateral (select case when kinds > 3 then array[c.colour, (array['Small', 'Large'])[1 + p % 2]] else array[c.colour] end as options) as o;
analyze article;

insert into products.product (id, slug, title, description_html, vendor, category_id, tags, option_names, status, version, published_at, created_at,
    updated_at)
select id, slug, title, html, vendor, category_id, tags, option_names, 'ACTIVE', 1, listed_at, listed_at, listed_at from ware order by i;
insert into products.variant (id, product_id, position, sku, options, grams)
select id, product_id, position, sku, options, grams from article order by i, position;
insert into products.price (variant_id, currency, minor) select id, 'EUR', minor from article order by i, position;
insert into products.price_range (product_id, currency, lowest, highest)
select product_id, 'EUR', min(minor), max(minor) from article group by i, product_id order by i;
insert into products.media (id, product_id, position, url, alt)
select pg_temp.key('media', i * 4 + p, listed_at), id, p, case p when 0 then image else replace(image, '.svg', '-' || p + 1 || '.svg') end,
    title || ', picture ' || p + 1
from ware, generate_series(0, pg_temp.draw('pictures', i, 3)::int) as p order by i, p;

insert into orders.product_version (product_id, version) select id, 1 from ware order by i;
insert into orders.variant (variant_id, product_id, sku, title, variant_title, image_url, prices, for_sale)
select a.id, a.product_id, a.sku, w.title, a.title, a.image, jsonb_build_object('EUR', a.minor), true
from article a join ware w using (i) order by i, position;

insert into search.product_document (product_id, version, snapshot, deleted, listed_at, change_seq)
select id, 1, jsonb_build_object('product_id', id, 'version', 1, 'slug', slug, 'title', title, 'description_html', html, 'vendor', vendor,
    'category_path', array[department, leaf], 'tags', tags, 'image_url', image, 'variants', variants), false, listed_at, nextval('search.change_seq')
from ware join lateral (
    select jsonb_agg(jsonb_build_object('variant_id', a.id, 'sku', a.sku, 'title', a.title,
        'prices', jsonb_build_array(jsonb_build_object('currency', 'EUR', 'minor', a.minor))) order by a.position) as variants
    from article a where a.i = ware.i) as v on true
order by i;
