-- A message lives for milliseconds. Left alone, its dead row is cleared away when a fifth of the table is dead and the next
-- visit comes, and until then every look into a queue steps over it.
alter table bus.message set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000, toast_tuple_target = 8160);
-- An envelope is read once, or a few times: compressing it costs more than its place. Up to a page it stays in its row.
alter table bus.message alter column envelope set storage external;
