-- Functions of this connection only. The same seed and number give the same answer on every machine. Each is one expression that has
-- each argument once, and no more volatile than it says, so that PostgreSQL writes it into the statement instead of calling it.

-- A number below `n`.
create function pg_temp.draw(what text, i bigint, n bigint) returns bigint language sql immutable as $$
    select (hashint8extended(i, hashtextextended(what, {seed})) & 9223372036854775807) % n
$$;

-- An identifier that grows with time, as the services make them.
create function pg_temp.key(what text, i bigint, at timestamptz) returns uuid language sql stable as $$
    select overlay(overlay(lpad(to_hex((date_part('epoch', at) * 1000)::bigint), 12, '0') || substr(md5('{seed}' || what || i), 1, 20)
        placing '7' from 13) placing '8' from 17)::uuid
$$;

-- An identifier that nobody can guess from another, as orders and carts have them.
create function pg_temp.secret(what text, i bigint) returns uuid language sql stable as $$
    select overlay(overlay(md5('{seed}' || what || i) placing '4' from 13) placing '8' from 17)::uuid
$$;

-- When the product came to the shop: evenly over the year 2024.
create function pg_temp.listed_at(i bigint) returns timestamptz language sql stable as $$
    select timestamptz '2024-01-01 00:00:00+00' + i * (interval '360 days' / {products})
$$;

-- When the order was placed: evenly over the months after that.
create function pg_temp.placed_at(j bigint) returns timestamptz language sql stable as $$
    select timestamptz '2025-01-01 00:00:00+00' + j * (interval '360 days' / greatest({orders}, 1))
$$;

create temp table goods (n bigint primary key, department text, leaf text, noun text, brand text);
insert into goods
select row_number() over (order by department, leaf, noun) - 1, department, leaf, noun, brand
from (values
    ('Living', 'Lamps', '{Floor Lamp,Table Lamp,Pendant Lamp,Wall Light,Reading Lamp}', 'Northglow'),
    ('Living', 'Textiles', '{Throw Blanket,Cushion Cover,Linen Curtain,Wool Rug,Bed Runner}', 'Weverij'),
    ('Living', 'Seating', '{Armchair,Footstool,Bench Seat,Rocking Chair,Bar Stool}', 'Sitwell'),
    ('Kitchen', 'Cookware', '{Frying Pan,Stock Pot,Saucepan,Casserole Dish,Griddle}', 'Ferrum'),
    ('Kitchen', 'Tableware', '{Dinner Plate,Soup Bowl,Coffee Mug,Serving Platter,Carafe}', 'Lehm and Daughters'),
    ('Kitchen', 'Tools', '{Chef Knife,Cutting Board,Pepper Mill,Rolling Pin,Kitchen Scale}', 'Schneid'),
    ('Garden', 'Planting', '{Plant Pot,Seed Tray,Watering Can,Trellis,Window Box}', 'Greenhand'),
    ('Garden', 'Outdoors', '{Garden Chair,Parasol,Fire Bowl,Lantern,Hammock}', 'Sunside'),
    ('Clothing', 'Tops', '{Shirt,Sweater,Cardigan,Hooded Jacket,Polo Shirt}', 'Loom Street'),
    ('Clothing', 'Accessories', '{Scarf,Beanie,Leather Belt,Gloves,Canvas Tote}', 'Kettle and Co'),
    ('Clothing', 'Shoes', '{Walking Boots,Running Shoes,Slippers,Sandals,Rain Boots}', 'Pace'),
    ('Office', 'Desks', '{Standing Desk,Writing Desk,Desk Organiser,Monitor Stand,Filing Cabinet}', 'Bureau Nine'),
    ('Office', 'Paper', '{Notebook,Sketchbook,Letter Paper,Calendar,Ring Binder}', 'Folio'),
    ('Sports', 'Cycling', '{Bicycle Helmet,Pannier Bag,Bike Light,Repair Kit,Cycling Jersey}', 'Velo Werk'),
    ('Sports', 'Camping', '{Tent,Sleeping Bag,Camping Stove,Backpack,Water Bottle}', 'Hochland'),
    ('Toys', 'Building', '{Wooden Blocks,Marble Run,Model Train,Puzzle,Castle Set}', 'Spielgut')
) as shelf (department, leaf, nouns, brand), unnest(nouns::text[]) as noun;

create temp table style (n bigint primary key, adjective text, material text, colour text);
insert into style
select n - 1, adjective, material, colour from unnest(
    '{Amber,Alpine,Bright,Classic,Compact,Coastal,Everyday,Folding,Generous,Handmade,Light,Lofty,Modern,Narrow,Northern,Plain,Quiet,Robust,Round,Rustic,Slender,Smooth,Soft,Striped,Sturdy,Tall,Travel,Vintage,Wide,Woven}'::text[],
    '{Oak,Walnut,Ash,Bamboo,Beech,Brass,Bronze,Cast Iron,Ceramic,Clay,Copper,Cork,Cotton,Enamel,Felt,Flax,Glass,Hemp,Jute,Leather,Linen,Marble,Merino,Paper,Pine,Rattan,Slate,Steel,Stoneware,Wool}'::text[],
    '{Amber,Black,Blue,Brick,Charcoal,Cream,Forest,Gold,Grey,Indigo,Ivory,Lilac,Mint,Moss,Mustard,Navy,Ochre,Olive,Orange,Pearl,Pink,Plum,Red,Rust,Sage,Sand,Silver,Teal,White,Yellow}'::text[]
) with ordinality as list (adjective, material, colour, n);

create temp table sentence (n bigint primary key, text text);
insert into sentence
select n - 1, text from unnest(array[
    'Made in small runs by people who have done nothing else for thirty years.',
    'It arrives in one flat box with everything that is needed to put it together.',
    'The surface is treated with plant oil and wipes clean with a damp cloth.',
    'Every part can be ordered again, so that a scratch is not the end of it.',
    'Tested for a quarter of a million uses before it left the workshop.',
    'Its weight is what keeps it in place, with no screw in sight.',
    'A friend of ours drew it on a train, and it has hardly changed since.',
    'It takes a little more room than it seems, and is worth it.',
    'The colour comes from minerals and deepens over the first summer.',
    'Good for daily use, and good enough for guests.',
    'It folds to a third of its size and hangs on one hook.',
    'The seams are doubled where others tear first.'
]) with ordinality as list (text, n);

-- Those who buy: names from these, addresses that lead nowhere.
create temp table person (n bigint primary key, given text, family text, street text, city text, postal_code text, country text);
insert into person
select n - 1, given, family, street, city, postal_code, country from unnest(
    '{Ada,Ben,Carla,David,Elif,Finn,Greta,Hugo,Ines,Jonas,Kim,Lena,Mateo,Nora,Omar,Paula}'::text[],
    '{Arslan,Becker,Costa,Dubois,Eriksen,Fischer,Garcia,Hansen,Ivanova,Jansen,Kowalska,Lopez,Moreau,Novak,Okafor,Peeters}'::text[],
    '{Quay Street,Mill Lane,Station Road,Church Square,River Walk,Garden Row,Market Street,School Lane,High Street,Park Avenue,Harbour Road,Linden Alley,North Gate,Castle Hill,Bridge Street,South Bank}'::text[],
    '{Berlin,Hamburg,Munich,Cologne,Leipzig,Bremen,Dresden,Kiel,Mainz,Ulm,Essen,Bonn,Trier,Jena,Halle,Aachen}'::text[],
    '{10115,20095,80331,50667,04109,28195,01067,24103,55116,89073,45127,53111,54290,07743,06108,52062}'::text[],
    array_fill('DE'::text, array[16])
) with ordinality as list (given, family, street, city, postal_code, country, n);

-- Once, whichever connection is the first.
insert into products.category (id, slug, path)
select pg_temp.key(array_to_string(path, '/'), 0, '2024-01-01 00:00:00+00'), 'bench-' || lower(array_to_string(path, '-')), path
from (select distinct array['Bench ' || department] from goods
      union select distinct array['Bench ' || department, leaf] from goods) as paths (path)
on conflict do nothing;
update products.category set slug = replace(slug, 'bench-bench ', 'bench-') where slug like 'bench-bench %';

-- What the products of one run of `2_products.sql` are, and their variants.
create temp table ware (i bigint primary key, id uuid, slug text, title text, html text, vendor text, department text, leaf text, noun text,
    category_id uuid, tags text[], option_names text[], listed_at timestamptz, kinds int, base bigint, image text);
create temp table article (i bigint, position int, id uuid, product_id uuid, sku text, options text[], minor bigint, grams int, quantity bigint,
    listed_at timestamptz, title text, image text, primary key (i, position));
-- What the orders of one run of `4_orders.sql` are, and their lines.
create temp table purchase (j bigint primary key, id uuid, cart_id uuid, user_id uuid, email text, address jsonb, placed_at timestamptz,
    kept boolean, subtotal bigint, shipping bigint, payment_id uuid, number text);
create temp table item (j bigint, position int, order_id uuid, variant_id uuid, product_id uuid, sku text, title text, variant_title text,
    image_url text, quantity int, unit_minor bigint, placed_at timestamptz, kept boolean, primary key (j, position));
analyze goods;
analyze style;
analyze sentence;
analyze person;
-- Numbers go on after the orders that are there.
create temp table begin_at as select case when is_called then last_value else last_value - 1 end as number from orders.order_number;
