DROP INDEX "users_name";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "search_key" text GENERATED ALWAYS AS (name_key || chr(10) || left(user_name_key, 200)
          || case when email_key = user_name_key then '' else coalesce(chr(10) || left(email_key, 200), '') end) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "users_name" ON "users" USING btree ("org_id","name_key","id","active","role","source","created_at","updated_at","last_sign_in_at","search_key") WHERE deleted_at is null;