-- Shoppers {first} to {last}, whose password everybody knows: that of the demo accounts.
create temp table if not exists shopper (u bigint primary key, id uuid, email text, name text, at timestamptz);
truncate shopper;
insert into shopper
select u, pg_temp.key('shopper', u, timestamptz '2024-12-01 00:00:00+00'), 'shopper-' || u || '@bench.example.com', p.given || ' ' || q.family,
    timestamptz '2024-12-01 00:00:00+00'
from generate_series({first}::bigint, {last}::bigint) as u
join person p on p.n = pg_temp.draw('given', u, 16) join person q on q.n = pg_temp.draw('family', u, 16);
insert into auth.account (id, email, password_hash, created_at)
select id, email, '$argon2id$v=19$m=19456,t=2,p=1$TV3QdKHEJeyUfv4gs5RTmw$uSTo3aCkpsScNXmBE5DwwoGlCgwJ0XWR4oGUmbLWqE0', at from shopper;
insert into auth.account_role (account_id, role) select id, 'SHOPPER' from shopper;
insert into users.user_profile (id, email, display_name, locale, currency, version, created_at, updated_at)
select id, email, name, 'en', 'EUR', 1, at, at from shopper;
insert into users.change (id, user_id, at, kind, fields) select pg_temp.key('change', u, at), id, at, 'REGISTERED', '[]' from shopper;
insert into notifications.contact (user_id, email, display_name, locale, version, updated_at) select id, email, name, 'en', 1, at from shopper;
