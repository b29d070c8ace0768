-- What the `eventsourcing` library appends stands in the same log, under the same lock, as everything else.

-- Records how far a recorder has come in an application's events; it only ever moves forward.
create function track(given_recorder text, given_application text, given_position bigint) returns void
    language plpgsql volatile
as $$
begin
    insert into library_tracking as t (recorder, application, position)
    values (given_recorder, given_application, given_position)
    on conflict (recorder, application) do update set position = excluded.position
        where t.position < excluded.position;
    if not found then
        raise exception '% is already tracked at or beyond position %', given_application, given_position
            using errcode = 'integrity_constraint_violation';
    end if;
end
$$;

-- Appends foreign events at the versions that they name, all of them or none, and answers the position of the last one.
--
-- A stream begins at version 0 or 1 and has no gaps. With a recorder's name, its tracking moves in the same transaction.
create function append_foreign(
    given_batch uuid,
    given_at timestamptz,
    check_clock boolean,
    event_streams text[],
    event_versions bigint[],
    event_types text[],
    event_data bytea[],
    recorder text,
    application text,
    tracked_position bigint
) returns bigint
    language plpgsql volatile
    -- As for append_batch: the plans that are right at ten million events, from the first event on.
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
    count_of_events constant bigint := cardinality(event_streams);
    misfit record;
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

    select n.stream, n.version into misfit
    from (
        select
            e.stream,
            e.version,
            coalesce(
                (select s.version from streams as s where s.stream = e.stream) + 1,
                greatest(0, least(1, first_value(e.version) over w))
            ) + row_number() over w - 1 as due
        from unnest(event_streams, event_versions) with ordinality as e (stream, version, nth)
        window w as (partition by e.stream order by e.nth)
    ) as n
    where n.version is distinct from n.due
    limit 1;
    if found then
        raise exception 'version % of % does not follow upon what is recorded', misfit.version, misfit.stream
            using errcode = 'integrity_constraint_violation';
    end if;

    if recorder is not null then
        perform track(recorder, application, tracked_position);
    end if;

    if count_of_events > 0 then
        insert into events (position, stream, version, type, data, metadata, recorded_at, leaf)
        select
            head + e.nth, e.stream, e.version, e.type, e.data, ''::bytea, at,
            event_leaf(head + e.nth, e.stream, e.version, e.type, e.data, ''::bytea, at)
        from unnest(event_streams, event_versions, event_types, event_data)
            with ordinality as e (stream, version, type, data, nth)
        order by e.nth;

        insert into streams as s (stream, version)
        select e.stream, max(e.version) from unnest(event_streams, event_versions) as e (stream, version)
        group by e.stream
        on conflict (stream) do update set version = excluded.version;

        update log_head set position = head + count_of_events, recorded_at = at where one;
        perform pg_notify(log_channel(), (head + count_of_events)::text);
    end if;

    return head + count_of_events;
end
$$;
