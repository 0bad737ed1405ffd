-- Who looks after dead letters sees those, and no message that still has its way before it. A role with such a policy could
-- not give one back itself, since it would no longer see the row: these functions do that one thing with the owner's rights.
create function bus.replay_dead_letter(number bigint, at timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
    update bus.message set dead_at = null, attempts = 0, available_at = at where seq = number and dead_at is not null;
    return found;
end $$;

create function bus.discard_dead_letter(number bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
    delete from bus.message where seq = number and dead_at is not null;
    return found;
end $$;

revoke execute on function bus.replay_dead_letter(bigint, timestamptz), bus.discard_dead_letter(bigint) from public;
