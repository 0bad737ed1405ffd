-- Whoever loses power while seeding begins anew.
set synchronous_commit = off;
set jit = off;
-- References are not looked up row by row, nor does a trigger notify of each row: what is written here fits together, and `techcorp bench
-- check` looks at all of it. Only a superuser may leave this out, so others wait longer.
select set_config('session_replication_role', 'replica', false) from pg_roles where rolname = current_user and rolsuper;
-- Several times as quick as the default, where PostgreSQL was built with it.
select set_config('default_toast_compression', 'lz4', false) from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals);
