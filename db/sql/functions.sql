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
    select (jsonb_populate_record(null::events, e -> 'event' || jsonb_build_object('org_id', p_org))).*
    from jsonb_array_elements(p_events) e;
end $$;

-- Writes the next state of a user, ends sessions, clears the link, and records event and history in the same commit.
-- p_version 0 creates. Nothing written means the row moved: read again and retry.
create or replace function save_user(
  p_org uuid, p_id uuid, p_version int, p_epoch int, p_next jsonb, p_changed boolean,
  p_end_sessions boolean, p_clear_link boolean, p_event jsonb, p_diff jsonb
) returns table (written boolean, sessions_ended int) language plpgsql as $$
declare
  v_event uuid := (p_event -> 'event' ->> 'id')::uuid;
  v_now timestamptz := (p_event -> 'event' ->> 'at')::timestamptz;
  v_ended int := 0;
begin
  perform enter_org(p_org);
  if p_version = 0 then
    insert into users
      select (jsonb_populate_record(null::users, p_next || jsonb_build_object('org_id', p_org, 'id', p_id))).*;
  elsif p_changed then
    update users u set
      user_name = n.user_name, user_name_key = n.user_name_key, external_id = n.external_id, active = n.active,
      source = n.source, display_name = n.display_name, email = n.email, email_key = n.email_key,
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
  if jsonb_array_length(p_diff) > 0 then
    insert into user_history (org_id, user_id, event_id, at, diff) values (p_org, p_id, v_event, v_now, p_diff);
  end if;
  if v_ended > 0 then
    p_event := jsonb_set(p_event, '{event,effects}',
      coalesce(nullif(p_event -> 'event' -> 'effects', 'null'), '{}') || jsonb_build_object('sessionsEnded', v_ended));
  end if;
  perform record_events(p_org, jsonb_build_array(p_event));
  return query select true, v_ended;
end $$;
