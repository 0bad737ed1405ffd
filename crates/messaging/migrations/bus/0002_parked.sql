-- With a broker, a queue here has only what the broker was relieved of: messages that wait for their next attempt, those
-- of the same aggregate behind them, and dead letters. The broker may deliver such a message again.
alter table bus.message add column event_id uuid;
create unique index message_parked on bus.message (queue, event_id) where event_id is not null;
