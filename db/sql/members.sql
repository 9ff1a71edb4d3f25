-- What functions.sql needs of groups and the people in them.

-- Takes a user out of every group and tells so, in SCIM path notation. A group's version says who is in it.
create or replace function leave_groups(p_org uuid, p_user uuid, p_now timestamptz) returns jsonb language plpgsql as $$
declare v_left jsonb;
begin
  with gone as (
    delete from group_members m where m.org_id = p_org and m.user_id = p_user returning m.group_id
  ), touched as (
    update groups g set version = g.version + 1, updated_at = p_now
    from gone where g.org_id = p_org and g.id = gone.group_id
    returning g.id, g.display_name
  )
  select coalesce(jsonb_agg(jsonb_build_object('path', format('groups[value eq "%s"]', t.id),
      'before', jsonb_build_object('value', t.id, 'display', t.display_name)) order by t.id), '[]')
    into v_left from touched t;
  return v_left;
end $$;

-- The first 50 people who came or went, for the event; how many in all is in its effects.
create or replace function member_changes(p_org uuid, p_added uuid[], p_removed uuid[]) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('path', format('members[value eq "%s"]', t.id),
    t.side, jsonb_build_object('value', t.id, 'display', u.display_name))), '[]')
  from (
    select id, 'after' as side from unnest(p_added) id
    union all select id, 'before' from unnest(p_removed) id
    limit 50
  ) t join users u on u.org_id = p_org and u.id = t.id
$$;
