-- Idempotent. Every table with org_id, partitions included, gets forced row-level security (DESIGN §5).
create or replace function secure_tenant_table(p_table regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('drop policy if exists tenant on %s', p_table);
  execute format('drop policy if exists read_all on %s', p_table);
  if p_table in ('org_slugs'::regclass, 'domains'::regclass) then
    execute format('create policy read_all on %s for select using (true)', p_table);
  end if;
  execute format(
    'create policy tenant on %s using (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid) '
    'with check (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)', p_table);
end $$;

do $$
declare t regclass;
begin
  for t in
    select c.oid::regclass from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and (not c.relrowsecurity or not c.relforcerowsecurity
        or not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant'))
  loop
    perform secure_tenant_table(t);
  end loop;
end $$;
