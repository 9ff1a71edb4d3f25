-- The smallest UUIDv7 of a moment: 48 bits of milliseconds, then zeros. Month partitions are cut there.
create or replace function uuid7_floor(p_at timestamptz) returns uuid language sql immutable as $$
  select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000')::uuid
  from (select lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0') as h) x
$$;

-- Makes the months from p_from for p_months; returns how many partitions are new. The advisory lock keeps two callers
-- apart. A month is made on its own and then attached, which no writer waits for; `partition of` would lock them all out.
-- The default partition is locked for that, so the caller sets lock_timeout where somebody may be reading all of it.
create or replace function make_event_partitions(p_from date, p_months int) returns int language plpgsql as $$
declare
  parent text; m date; child text; made int := 0;
begin
  perform pg_advisory_xact_lock(7283001);
  foreach parent in array array['events', 'event_payloads'] loop
    if to_regclass(parent || '_rest') is null then
      execute format('create table %I partition of %I default', parent || '_rest', parent);
      perform secure_tenant_table((parent || '_rest')::regclass);
    end if;
    for i in 0 .. p_months - 1 loop
      m := (date_trunc('month', p_from) + make_interval(months => i))::date;
      child := parent || to_char(m, '"_m"YYYYMM');
      if to_regclass(child) is null then
        execute format('create table %I (like %I including all)', child, parent);
        perform secure_tenant_table(child::regclass);
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, child,
          uuid7_floor(m::timestamp at time zone 'UTC'),
          uuid7_floor((m + interval '1 month')::timestamp at time zone 'UTC'));
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end $$;
