-- With a broker the row is there before the binding, so that no binding is ever forgotten. Relays that wait for the first
-- start of every consumer wait for this. True by default for consumers of the version before, which do not know it.
alter table bus.subscription add column bound boolean not null default true;
