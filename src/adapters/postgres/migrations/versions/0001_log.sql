-- The log: what keeps it unchanged, what each event's leaf is, and the append.
-- No schema is named anywhere: names are found along the connection's search_path, one schema per city.

create function event_leaf(
    at bigint, stream text, version bigint, type text, data bytea, metadata bytea, recorded_at timestamptz
) returns bytea
    -- STABLE only because convert_to is; so the planner may put the body in place of the call.
    language sql stable parallel safe
as $$
    select sha256(
        '\x00'::bytea
        || int8send(at)
        || int4send(octet_length(convert_to(stream, 'UTF8'))) || convert_to(stream, 'UTF8')
        || int8send(version)
        || int4send(octet_length(convert_to(type, 'UTF8'))) || convert_to(type, 'UTF8')
        || int4send(octet_length(data)) || data
        || int4send(octet_length(metadata)) || metadata
        || int8send((extract(epoch from recorded_at) * 1000000)::bigint)
    )
$$;

create function refuse_change() returns trigger
    language plpgsql
as $$
begin
    raise exception 'the log is never changed: % on % is refused', tg_op, tg_table_name
        using errcode = 'integrity_constraint_violation';
end
$$;

create trigger events_are_never_changed
    before update or delete or truncate on events
    for each statement execute function refuse_change();

-- Also while another trigger or a replication worker acts.
alter table events enable always trigger events_are_never_changed;

create function as_json(stored bytea) returns json
    language plpgsql immutable strict
as $$
begin
    return convert_from(stored, 'UTF8')::json;
exception when others then
    -- a foreign event may be anything
    return to_json(encode(stored, 'base64'));
end
$$;

create view log as
    select position, stream, version, type, as_json(data) as data, as_json(metadata) as metadata, recorded_at,
           encode(leaf, 'hex') as leaf
    from events;

create function log_channel() returns text
    language sql stable
as $$
    select 'log_' || md5(current_schema())
$$;

-- Appends one batch of commands and answers one row per command that was accepted (without a fingerprint) or replayed
-- (with one); a command without a row is stale. A command with a key and without events had nothing to do: it leaves its
-- receipt, at the position of the log before the batch.
--
-- Commands are numbered from 1 by their place in the arrays of keys, things and details; reads and events name their
-- command by that number. No command of a batch may depend on a stream that an earlier one of the same batch writes, and
-- no two may have the same key: the caller sees to it, so that all of them can be judged by the heads before the batch.
create function append_batch(
    given_batch uuid,
    given_at timestamptz,
    check_clock boolean,
    key_digests bytea[],
    key_fingerprints bytea[],
    things text[],
    thing_ids uuid[],
    details text[],
    read_commands integer[],
    read_streams text[],
    read_versions bigint[],
    event_commands integer[],
    event_streams text[],
    event_types text[],
    event_data bytea[],
    event_metadata bytea[]
) returns table (
    command integer, version bigint, "position" bigint, fingerprint bytea, thing_id uuid, answered_details text
)
    language plpgsql volatile
    -- The plans that are right at ten million events, from the first event on: tables are looked up row by row along
    -- their indexes (as scalar subqueries, never as joins), what was given is joined by hash however much it is.
    set plan_cache_mode = force_generic_plan
    set enable_seqscan = off
    set enable_nestloop = off
    set jit = off
as $$
#variable_conflict use_column
declare
    head bigint;
    head_time timestamptz;
    at timestamptz;
    replayed integer[];
    replay integer;
    turned_away integer[];
    idle_commands integer[];
    count_of_events bigint;
begin
    -- Before the lock, so that waiting for it is not taken for a difference of clocks.
    if check_clock and abs(extract(epoch from clock_timestamp() - given_at)) > 5 then
        raise exception 'the clock of the process differs from that of the database by % s',
            round(extract(epoch from given_at - clock_timestamp()), 1)
            using errcode = 'GJ001';
    end if;

    -- A statement of its own before any other read: at READ COMMITTED each statement after it sees all that the last
    -- holder of the lock has committed.
    select h.position, h.recorded_at into strict head, head_time from log_head as h where h.one for update;

    perform from abandoned_batches as a where a.batch = given_batch;
    if found then
        raise exception 'the batch was given up by its process' using errcode = 'GJ002';
    end if;

    at := greatest(given_at, head_time);

    select coalesce(array_agg(k.command), '{}') into replayed
    from unnest(key_digests) with ordinality as k (digest, command)
    where (select r.recorded_at from receipts as r where r.digest = k.digest) > given_at - interval '30 days';

    select replayed || coalesce(array_agg(r.command), '{}') into turned_away
    from unnest(read_commands, read_streams, read_versions) as r (command, stream, version)
    where r.version <> coalesce((select s.version from streams as s where s.stream = r.stream), 0);

    select count(*) into count_of_events
    from unnest(event_commands) as e (command)
    where e.command <> all (turned_away);

    select coalesce(array_agg(k.command), '{}') into idle_commands
    from unnest(key_digests) with ordinality as k (digest, command)
    where k.digest is not null and k.command <> all (event_commands) and k.command <> all (turned_away);

    if count_of_events > 0 then
        return query
        with numbered as materialized (
            select
                e.command,
                e.stream,
                coalesce((select s.version from streams as s where s.stream = e.stream), 0)
                    + row_number() over (partition by e.stream order by e.nth) as version,
                head + row_number() over (order by e.nth) as position,
                e.type,
                e.data,
                e.metadata
            from unnest(event_commands, event_streams, event_types, event_data, event_metadata)
                with ordinality as e (command, stream, type, data, metadata, nth)
            where e.command <> all (turned_away)
        ),
        recorded as (
            insert into events (position, stream, version, type, data, metadata, recorded_at, leaf)
            select
                n.position, n.stream, n.version, n.type, n.data, n.metadata, at,
                event_leaf(n.position, n.stream, n.version, n.type, n.data, n.metadata, at)
            from numbered as n
            order by n.position
        ),
        moved as (
            insert into streams as s (stream, version)
            select n.stream, max(n.version) from numbered as n group by n.stream
            on conflict (stream) do update set version = excluded.version
        ),
        accepted as (
            select
                n.command,
                max(n.position) as position,
                coalesce(
                    max(n.version) filter (where n.stream = c.thing),
                    (select s.version from streams as s where s.stream = c.thing),
                    0
                ) as version,
                c.digest,
                c.fingerprint,
                c.thing_id,
                c.details
            from numbered as n
            join unnest(key_digests, key_fingerprints, things, thing_ids, details)
                with ordinality as c (digest, fingerprint, thing, thing_id, details, command)
                on c.command = n.command
            group by n.command, c.digest, c.fingerprint, c.thing, c.thing_id, c.details
        ),
        remembered as (
            insert into receipts as r (digest, fingerprint, thing_id, version, position, details, recorded_at)
            select a.digest, a.fingerprint, a.thing_id, a.version, a.position, a.details::json, at
            from accepted as a
            where a.digest is not null
            on conflict (digest) do update set -- one that has expired
                fingerprint = excluded.fingerprint, thing_id = excluded.thing_id, version = excluded.version,
                position = excluded.position, details = excluded.details, recorded_at = excluded.recorded_at
        )
        select a.command, a.version, a.position, null::bytea, null::uuid, null::text from accepted as a;

        update log_head set position = head + count_of_events, recorded_at = at where one;
        perform pg_notify(log_channel(), (head + count_of_events)::text);
    end if;

    if cardinality(idle_commands) > 0 then
        return query
        with idle as (
            select
                c.command,
                coalesce((select s.version from streams as s where s.stream = c.thing), 0) as version,
                c.digest,
                c.fingerprint,
                c.thing_id,
                c.details
            from unnest(key_digests, key_fingerprints, things, thing_ids, details)
                with ordinality as c (digest, fingerprint, thing, thing_id, details, command)
            where c.command = any (idle_commands)
        ),
        remembered as (
            insert into receipts as r (digest, fingerprint, thing_id, version, position, details, recorded_at)
            select i.digest, i.fingerprint, i.thing_id, i.version, head, i.details::json, at
            from idle as i
            on conflict (digest) do update set -- one that has expired
                fingerprint = excluded.fingerprint, thing_id = excluded.thing_id, version = excluded.version,
                position = excluded.position, details = excluded.details, recorded_at = excluded.recorded_at
        )
        select i.command::integer, i.version, head, null::bytea, null::uuid, null::text from idle as i;
    end if;

    foreach replay in array replayed loop
        return query
        select replay, r.version, r.position, r.fingerprint, r.thing_id, r.details::text
        from receipts as r
        where r.digest = key_digests[replay];
    end loop;
end
$$;

-- Gives up a batch whose connection was lost, and answers the position of the log's last event.
--
-- Whoever holds the lock has committed or rolled back by now, and the batch can be appended no more: after this, what
-- the log holds of it is all that it ever will.
create function abandon_batch(given_batch uuid) returns bigint
    language plpgsql volatile
as $$
declare
    head bigint;
begin
    select h.position into strict head from log_head as h where h.one for update;
    insert into abandoned_batches (batch) values (given_batch) on conflict do nothing;
    return head;
end
$$;
