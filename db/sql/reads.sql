-- The hot reads: one round trip under row-level security, as functions.sql has it for writes.

-- A person by exactly one of id, user name key and external id, with all that a decision and an answer need: the
-- sign-in identity, the groups with a role, and every group. No row: nobody.
create or replace function find_user(p_org uuid, p_id uuid, p_name text, p_external text)
  returns table (person jsonb) language plpgsql as $$
declare
  v_user users;
begin
  -- Where an org is set already that one decides what is seen, as for any read: of another there is nothing.
  if nullif(current_setting('app.org_id', true), '') is null then
    perform enter_org(p_org);
  end if;
  -- Three statements, for each is an index of its own.
  if p_id is not null then
    select * into v_user from users u where u.org_id = p_org and u.id = p_id and u.deleted_at is null;
  elsif p_name is not null then
    select * into v_user from users u where u.org_id = p_org and u.user_name_key = p_name and u.deleted_at is null;
  else
    select * into v_user from users u where u.org_id = p_org and u.external_id = p_external and u.deleted_at is null;
  end if;
  if v_user.id is null then
    return;
  end if;
  return query select jsonb_build_object('row', to_jsonb(v_user),
    'sub', (select l.sub from idp_links l where l.org_id = p_org and l.user_id = v_user.id),
    'groups', coalesce((
      select jsonb_agg(jsonb_build_object('value', g.id, 'display', g.display_name, 'role', r.role) order by g.id)
      from group_members m
      join groups g on g.org_id = m.org_id and g.id = m.group_id
      left join role_mappings r on r.org_id = m.org_id and r.group_id = m.group_id
      where m.org_id = p_org and m.user_id = v_user.id), '[]'));
end $$;

-- The people of one page in the order they were created, each with every group, and how many there are in all: both as
-- the statement began, hence stable. Counted from whichever end is nearer. Past the end, or for p_count 0, nobody.
create or replace function list_people(p_org uuid, p_before bigint, p_count int)
  returns table (total bigint, people json) language plpgsql stable
  -- One org of many: by an index, as db/by-index.ts has it.
  set enable_seqscan = off set enable_bitmapscan = off set max_parallel_workers_per_gather = 0
  -- For this org: kept from a small one, plans count a large one by the wrong index and try every group for each person.
  set plan_cache_mode = force_custom_plan as $$
declare
  v_total bigint;
  v_most bigint;
  v_after bigint;
  v_ids uuid[];
begin
  if nullif(current_setting('app.org_id', true), '') is null then
    perform enter_org(p_org);
  end if;
  -- An array of the one org: two equalities with the policy's would be compared with each other, in a step of their own
  -- that each of a hundred thousand passes. With the time, so that it takes the index whose order is the table's; another
  -- asks for a page's visibility at each entry.
  select count(*) into v_total from users u
    where u.org_id = any (array[p_org]) and u.deleted_at is null and u.created_at > '-infinity';
  v_most := greatest(0, least(p_count, v_total - p_before));
  v_after := v_total - p_before - v_most;
  if p_before <= v_after then
    v_ids := array(select u.id from users u where u.org_id = any (array[p_org]) and u.deleted_at is null
      order by u.created_at, u.id limit v_most offset p_before);
  else
    v_ids := array(select l.id from (
        select u.created_at, u.id from users u where u.org_id = any (array[p_org]) and u.deleted_at is null
        order by u.created_at desc, u.id desc limit v_most offset greatest(0, v_after)) l
      order by l.created_at, l.id);
  end if;
  -- By their place and not by their time again, or the planner would walk everybody by time to find these.
  return query select v_total, coalesce(json_agg(json_build_object('row', row_to_json(u), 'groups', (
      select coalesce(json_agg(json_build_object('value', g.id, 'display', g.display_name) order by g.id), '[]')
      from group_members m
      join groups g on g.org_id = m.org_id and g.id = m.group_id
      where m.org_id = p_org and m.user_id = u.id)) order by p.n), '[]')
    from unnest(v_ids) with ordinality p(id, n)
    join users u on u.org_id = p_org and u.id = p.id and u.deleted_at is null;
end $$;

-- A group with the role an admin gave it, and those of p_people who are people of this org. No row: no such group.
create or replace function find_group(p_org uuid, p_id uuid, p_people uuid[])
  returns table (found jsonb) language plpgsql
  -- To plan takes longer than to run.
  set plan_cache_mode = force_generic_plan as $$
begin
  -- As find_user: what is set already decides what is seen.
  if nullif(current_setting('app.org_id', true), '') is null then
    perform enter_org(p_org);
  end if;
  return query select jsonb_build_object('row', to_jsonb(g), 'mapping', r.role, 'people', coalesce((
      select jsonb_agg(jsonb_build_object('value', u.id, 'display', u.display_name))
      -- Each by the primary key: kept for an org of usual size, a plan for all at once reads everybody of a large one.
      from unnest(p_people) p(id) cross join lateral (
        select w.id, w.display_name from users w
        where w.org_id = p_org and w.id = p.id and w.deleted_at is null limit 1) u), '[]'))
    from groups g
    left join role_mappings r on r.org_id = g.org_id and r.group_id = g.id
    where g.org_id = p_org and g.id = p_id;
end $$;

-- A SCIM token of an org with the org, its verified domains and the state of its connection, whether or not the token is
-- still good. No row: unknown.
create or replace function find_token(p_org uuid, p_id text) returns table (found jsonb) language plpgsql as $$
begin
  if nullif(current_setting('app.org_id', true), '') is null then
    perform enter_org(p_org);
  end if;
  return query
    select jsonb_build_object('token', to_jsonb(t), 'org', to_jsonb(o), 'mode', c.mode, 'scimState', c.scim_state,
      'domains', coalesce((select jsonb_agg(d.domain order by d.domain) from domains d where d.org_id = p_org), '[]'))
    from scim_tokens t
    join orgs o on o.org_id = t.org_id
    left join connections c on c.org_id = t.org_id
    where t.org_id = p_org and t.id = p_id;
end $$;
