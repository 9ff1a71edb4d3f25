-- What role decisions rest on, and how they are written; functions.sql uses it.

-- Every write of a person or a group shares the lock of its org's role rules, so that what gives which role cannot change
-- between decision and commit; lock_rules is for who changes the rules. False: they moved, read again.
create or replace function hold_rules(p_org uuid, p_rules jsonb) returns boolean language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(p_org::text, 0));
  return exists (select 1 from orgs o where o.org_id = p_org
    and to_jsonb(o.scim_roles) = p_rules -> 'scimRoles' and o.default_role = p_rules ->> 'defaultRole');
end $$;

create or replace function lock_rules(p_org uuid) returns void language plpgsql as $$
begin
  perform enter_org(p_org);
  perform pg_advisory_xact_lock(hashtextextended(p_org::text, 0));
end $$;

-- Writes decided roles. p_outcomes: [{before, role, reasons, ids}], one for all people who come out alike.
create or replace function write_roles(p_org uuid, p_outcomes jsonb, p_now timestamptz) returns void language plpgsql as $$
declare v_one jsonb;
begin
  perform enter_org(p_org);
  for v_one in select * from jsonb_array_elements(p_outcomes) loop
    update users u set role = v_one ->> 'role', role_reasons = v_one -> 'reasons', version = u.version + 1,
      updated_at = p_now
    where u.org_id = p_org and u.id = any (array(select i::uuid from jsonb_array_elements_text(v_one -> 'ids') i));
  end loop;
end $$;

-- Whose role changed in p_outcomes, as changes of history.
create or replace function role_changes(p_outcomes jsonb) returns table (user_id uuid, change jsonb) language sql immutable as $$
  select i::uuid, jsonb_build_object('path', 'role', 'before', o -> 'before', 'after', o -> 'role')
  from jsonb_array_elements(p_outcomes) o, jsonb_array_elements_text(o -> 'ids') i
  where o -> 'before' <> o -> 'role'
$$;
