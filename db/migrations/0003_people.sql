DROP INDEX "users_display_name";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "name_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "users" SET "name_key" = left(lower("display_name"), 120);--> statement-breakpoint
ALTER TABLE "users" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "users_name" ON "users" USING btree ("org_id","name_key","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "users_updated" ON "users" USING btree ("org_id","updated_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "users_signed_in" ON "users" USING btree ("org_id",(case when last_sign_in_at is null then '-infinity'::timestamptz else last_sign_in_at end),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "users_inactive" ON "users" USING btree ("org_id","name_key","id") WHERE deleted_at is null and not active;--> statement-breakpoint
CREATE INDEX "users_role" ON "users" USING btree ("org_id","role","name_key","id") WHERE deleted_at is null and role <> 'member';--> statement-breakpoint
CREATE INDEX "users_source" ON "users" USING btree ("org_id","source","name_key","id") WHERE deleted_at is null and source <> 'okta';