DROP INDEX "users_created";--> statement-breakpoint
CREATE INDEX "domains_of_org" ON "domains" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "users_created" ON "users" USING btree ("org_id","created_at","id") WHERE deleted_at is null;