-- The hot write paths: TypeScript decides, SQL persists (DESIGN §4). Called bare, in autocommit, org first.

create or replace function enter_org(p_org uuid) returns void language plpgsql as $$
declare v_now text := nullif(current_setting('app.org_id', true), '');
begin
  if v_now is not null and v_now <> p_org::text then
    raise exception 'app.org_id is already set to another org' using errcode = '42501';
  end if;
  perform set_config('app.org_id', p_org::text, true);
end $$;

-- Events and their payloads, in one statement; p_events is an array of {event, request, response}.
create or replace function record_events(p_org uuid, p_events jsonb) returns void language plpgsql as $$
begin
  perform enter_org(p_org);
  insert into event_payloads (org_id, event_id, request, response)
    select p_org, (e -> 'event' ->> 'id')::uuid, nullif(e -> 'request', 'null'), nullif(e -> 'response', 'null')
    from jsonb_array_elements(p_events) e
    where coalesce(nullif(e -> 'request', 'null'), nullif(e -> 'response', 'null')) is not null;
  perform set_config('statement_timeout', '4s', true);
  insert into events
    select row.* from jsonb_array_elements(p_events) e,
      -- In the list of columns it would be called anew for each of them.
      lateral jsonb_populate_record(null::events, e -> 'event' || jsonb_build_object('org_id', p_org)) row;
end $$;

-- How long events took, told after the fact; the first of a kind stays.
create or replace function record_timings(p_org uuid, p_timings jsonb) returns void language plpgsql as $$
begin
  perform enter_org(p_org);
  insert into event_timings (org_id, event_id, name, ms, count)
    select p_org, t."eventId", t.name, t.ms, t.count
    from jsonb_to_recordset(p_timings) t("eventId" uuid, name text, ms int, count int)
    on conflict do nothing;
end $$;

-- Writes the next state of a user, ends sessions, clears the link, and records event and history in the same commit.
-- p_version 0 creates. p_check holds what the decision rests on besides the row: the org's role rules, and where an
-- active owner leaves that role, whether it is the last. Nothing written means something moved: read again and retry.
drop function if exists save_user(uuid, uuid, int, int, jsonb, boolean, boolean, boolean, jsonb, jsonb);
create or replace function save_user(
  p_org uuid, p_id uuid, p_version int, p_epoch int, p_next jsonb, p_changed boolean,
  p_end_sessions boolean, p_clear_link boolean, p_check jsonb, p_event jsonb, p_diff jsonb
) returns table (written boolean, sessions_ended int) language plpgsql
  -- To plan takes longer than to run.
  set plan_cache_mode = force_generic_plan as $$
declare
  v_event uuid := (p_event -> 'event' ->> 'id')::uuid;
  v_now timestamptz := (p_event -> 'event' ->> 'at')::timestamptz;
  v_ended int := 0;
  v_leaves boolean := p_changed and p_version > 0 and p_next ->> 'deleted_at' is not null;
  v_left jsonb := '[]';
begin
  perform enter_org(p_org);
  if p_changed and not hold_rules(p_org, p_check -> 'rules') then
    return query select false, 0;
    return;
  end if;
  if p_check -> 'lastOwner' <> 'null' then
    -- Owners leave that role one after the other: two cannot each count on the other.
    perform 1 from orgs o where o.org_id = p_org for no key update;
    if (p_check ->> 'lastOwner')::boolean = exists (select 1 from users u
      where u.org_id = p_org and u.role = 'owner' and u.active and u.deleted_at is null and u.id <> p_id)
    then
      return query select false, 0;
      return;
    end if;
  end if;
  if v_leaves then
    -- Groups before users, as save_group locks them.
    perform 1 from groups g
      where g.org_id = p_org and g.id in (
        select m.group_id from group_members m where m.org_id = p_org and m.user_id = p_id)
      order by g.id for update;
  end if;
  if p_version = 0 then
    -- By name, for search_key is made by the database.
    insert into users (org_id, id, user_name, user_name_key, external_id, active, held, source, display_name, name_key,
        email, email_key, attributes, role, role_reasons, manual_role, version, session_epoch, created_at, updated_at,
        last_sign_in_at, deleted_at)
      select p_org, p_id, n.user_name, n.user_name_key, n.external_id, n.active, n.held, n.source, n.display_name,
        n.name_key, n.email, n.email_key, n.attributes, n.role, n.role_reasons, n.manual_role, n.version,
        n.session_epoch, n.created_at, n.updated_at, n.last_sign_in_at, n.deleted_at
      from jsonb_populate_record(null::users, p_next) n;
  elsif p_changed then
    update users u set
      user_name = n.user_name, user_name_key = n.user_name_key, external_id = n.external_id, active = n.active,
      held = n.held,
      source = n.source, display_name = n.display_name, name_key = n.name_key, email = n.email, email_key = n.email_key,
      attributes = n.attributes, role = n.role, role_reasons = n.role_reasons, manual_role = n.manual_role,
      updated_at = n.updated_at, deleted_at = n.deleted_at, version = u.version + 1,
      session_epoch = u.session_epoch + case when p_end_sessions then 1 else 0 end
    from jsonb_populate_record(null::users, p_next) n
    where u.org_id = p_org and u.id = p_id and u.version = p_version and u.session_epoch = p_epoch
      and u.deleted_at is null;
    if not found then
      return query select false, 0;
      return;
    end if;
  end if;
  if p_end_sessions then
    update sessions s set ended_at = v_now, ended_by_event = v_event
      where s.org_id = p_org and s.user_id = p_id and s.ended_at is null;
    get diagnostics v_ended = row_count;
  end if;
  if p_clear_link then
    delete from idp_links l where l.org_id = p_org and l.user_id = p_id;
  end if;
  if v_leaves then
    v_left := leave_groups(p_org, p_id, v_now);
    p_diff := p_diff || v_left;
    p_event := jsonb_set(p_event, '{event,diff}',
      coalesce(nullif(p_event -> 'event' -> 'diff', 'null'), '[]') || jsonb_path_query_array(v_left, '$[0 to 49]'));
  end if;
  if jsonb_array_length(p_diff) > 0 then
    insert into user_history (org_id, user_id, event_id, at, diff) values (p_org, p_id, v_event, v_now, p_diff);
  end if;
  if v_ended > 0 or v_left <> '[]' then
    p_event := jsonb_set(p_event, '{event,effects}',
      coalesce(nullif(p_event -> 'event' -> 'effects', 'null'), '{}') || jsonb_strip_nulls(jsonb_build_object(
        'sessionsEnded', nullif(v_ended, 0), 'groupsLeft', nullif(jsonb_array_length(v_left), 0))));
  end if;
  perform record_events(p_org, jsonb_build_array(p_event));
  return query select true, v_ended;
end $$;

-- Writes a group: its row, who comes in and who goes, one history row per touched user, and the event, in one commit.
-- p_version 0 creates, -1 takes any version: adding and removing depend on nothing that was read, so that PATCHes at
-- the same time only queue on the group's row. p_next null keeps the name. p_clear removes all but p_add.
-- p_roles tells what was decided about roles: under which rules and `mapping` of the group, for a mapped one also under
-- which `name`, whose `people` must still be at their `versions` (in the order of ids), and the `outcomes`.
-- `unchanged` of p_event replaces parts of its row when nothing differs. Nothing written means the group or one of the
-- people moved: read again and retry.
drop function if exists save_group(uuid, uuid, int, jsonb, boolean, boolean, jsonb, jsonb, jsonb);
create or replace function save_group(
  p_org uuid, p_id uuid, p_version int, p_next jsonb, p_delete boolean,
  p_clear boolean, p_add jsonb, p_remove jsonb, p_roles jsonb, p_event jsonb
) returns table (written boolean, changed boolean, version int, updated_at timestamptz) language plpgsql as $$
declare
  v_event uuid := (p_event -> 'event' ->> 'id')::uuid;
  v_now timestamptz := (p_event -> 'event' ->> 'at')::timestamptz;
  v_add uuid[] := array(select a::uuid from jsonb_array_elements_text(p_add) a);
  v_remove uuid[] := array(select r::uuid from jsonb_array_elements_text(p_remove) r);
  v_people uuid[] := array(select i::uuid from jsonb_array_elements_text(p_roles -> 'people') i);
  v_versions int[] := array(select v::int from jsonb_array_elements_text(p_roles -> 'versions') v);
  v_before groups;
  v_after groups;
  v_added uuid[] := '{}';
  v_removed uuid[] := '{}';
  v_changed boolean := true;
  v_same boolean;
  v_path text := format('groups[value eq "%s"]', p_id);
begin
  perform enter_org(p_org);
  -- To plan takes longer than to write a few people; where many come or go, what the planner sees of them decides.
  if not p_clear and not p_delete and cardinality(v_add) + cardinality(v_remove) + cardinality(v_people) <= 100 then
    perform set_config('plan_cache_mode', 'force_generic_plan', true);
  end if;
  v_same := hold_rules(p_org, p_roles -> 'rules');
  -- A statement of its own: the lock may have waited, and a statement sees what was there when it began.
  v_same := v_same and p_roles ->> 'mapping' is not distinct from
    (select m.role from role_mappings m where m.org_id = p_org and m.group_id = p_id);
  if not v_same then
    return query select false, false, 0, v_now;
    return;
  end if;
  if p_version = 0 then
    insert into groups
      select row.* from jsonb_populate_record(null::groups, p_next || jsonb_build_object('org_id', p_org, 'id', p_id)) row
      returning * into v_before;
  else
    select * into v_before from groups g where g.org_id = p_org and g.id = p_id for update;
    if not found or (p_version > 0 and v_before.version <> p_version)
      or p_roles ->> 'name' <> v_before.display_name
    then
      return query select false, false, 0, v_now;
      return;
    end if;
  end if;
  v_after := v_before;
  if p_next is not null then
    v_after.display_name := p_next ->> 'display_name';
    v_after.display_name_key := p_next ->> 'display_name_key';
    v_after.external_id := p_next ->> 'external_id';
  end if;

  if v_people <> '{}' then
    -- One pass in order of id: the same people are locked below, and two orders would deadlock.
    with held as (
      select u.id, u.version from (select distinct p.id from unnest(v_add || v_people) p(id) order by p.id) p
      -- Each by the primary key, as in find_group.
      cross join lateral (select w.id, w.version from users w
        where w.org_id = p_org and w.id = p.id and w.deleted_at is null for no key update) u
    ) select coalesce(array_agg(h.version order by h.id), '{}') = v_versions into v_same
      from held h where h.id = any (v_people);
    if not v_same then
      return query select false, false, 0, v_now;
      return;
    end if;
  end if;
  -- A share lock keeps a person from being deleted between this look and the commit.
  if v_add <> '{}' and (select count(*) from (
    select 1 from (select a.id from unnest(v_add) a(id) order by a.id) a
    cross join lateral (select 1 from users u
      where u.org_id = p_org and u.id = a.id and u.deleted_at is null for share) u) live) <> cardinality(v_add)
  then
    if p_version = 0 then
      raise exception 'a member is gone' using errcode = 'serialization_failure';
    end if;
    return query select false, false, 0, v_now;
    return;
  end if;

  -- Arrays are compared as arrays: hashed at any size, while a join planned on old statistics can go row by row.
  if p_delete or p_clear then
    with gone as (
      delete from group_members m
      where m.org_id = p_org and m.group_id = p_id
        and m.user_id <> all (v_add)
      returning m.user_id
    ) select coalesce(array_agg(user_id), '{}') into v_removed from gone;
  elsif v_remove <> '{}' then
    with gone as (
      delete from group_members m
      where m.org_id = p_org and m.group_id = p_id and m.user_id = any (v_remove)
      returning m.user_id
    ) select coalesce(array_agg(user_id), '{}') into v_removed from gone;
  end if;
  if v_add <> '{}' then
    with come as (
      insert into group_members (org_id, group_id, user_id)
        select p_org, p_id, a.id from unnest(v_add) a(id)
        on conflict do nothing
      returning user_id
    ) select coalesce(array_agg(user_id), '{}') into v_added from come;
  end if;

  if p_version <> 0 and not p_delete then
    v_changed := v_added <> '{}' or v_removed <> '{}' or v_after is distinct from v_before;
    if v_changed then
      update groups g set display_name = v_after.display_name, display_name_key = v_after.display_name_key,
        external_id = v_after.external_id, version = g.version + 1, updated_at = v_now
      where g.org_id = p_org and g.id = p_id returning * into v_after;
    end if;
  end if;

  if p_roles -> 'outcomes' <> '[]' then
    perform write_roles(p_org, p_roles -> 'outcomes', v_now);
  end if;
  insert into user_history (org_id, user_id, event_id, at, diff)
    select p_org, t.user_id, v_event, v_now, jsonb_agg(t.change order by t.change ->> 'path')
    from (
      select unnest(v_added) as user_id, jsonb_build_object('path', v_path,
        'after', jsonb_build_object('value', p_id, 'display', v_after.display_name)) as change
      union all select unnest(v_removed), jsonb_build_object('path', v_path,
        'before', jsonb_build_object('value', p_id, 'display', v_before.display_name))
      union all select m.user_id, jsonb_build_object('path', v_path || '.display',
        'before', v_before.display_name, 'after', v_after.display_name)
        from group_members m
        where v_after.display_name <> v_before.display_name and m.org_id = p_org and m.group_id = p_id
          and m.user_id <> all (v_added)
      union all select r.user_id, r.change from role_changes(p_roles -> 'outcomes') r
    ) t group by t.user_id;
  if p_delete then
    delete from groups g where g.org_id = p_org and g.id = p_id;
  end if;

  if not v_changed and p_roles -> 'outcomes' = '[]' then
    p_event := jsonb_set(p_event, '{event}', (p_event -> 'event') || (p_event -> 'unchanged'));
  elsif v_added <> '{}' or v_removed <> '{}' then
    p_event := jsonb_set(p_event, '{event,diff}', coalesce(nullif(p_event -> 'event' -> 'diff', 'null'), '[]')
      || member_changes(p_org, v_added, v_removed));
    p_event := jsonb_set(p_event, '{event,effects}',
      coalesce(nullif(p_event -> 'event' -> 'effects', 'null'), '{}') || jsonb_strip_nulls(jsonb_build_object(
        'membersAdded', nullif(cardinality(v_added), 0), 'membersRemoved', nullif(cardinality(v_removed), 0))));
  end if;
  perform record_events(p_org, jsonb_build_array(p_event));
  return query select true, v_changed, v_after.version, v_after.updated_at;
end $$;
