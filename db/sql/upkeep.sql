-- Idempotent. Counts and searches read indexes alone, which holds for pages of the table that vacuum has called visible to
-- all: after a fiftieth of the people changed or came, not a fifth as Postgres has it (12,000 changed of 100,000: 11,600 pages
-- read for one count instead of 900).
alter table users set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
