CREATE TABLE "domain_claims" (
	"org_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"verified_at" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"result" text,
	CONSTRAINT "domain_claims_org_id_domain_pk" PRIMARY KEY("org_id","domain")
);
--> statement-breakpoint
CREATE TABLE "role_mappings" (
	"org_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "role_mappings_org_id_group_id_pk" PRIMARY KEY("org_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "setup_links" (
	"org_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"visit_hash" "bytea",
	"visit_expires_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "setup_links_org_id_id_pk" PRIMARY KEY("org_id","id"),
	CONSTRAINT "setup_links_token" UNIQUE("org_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "used_logout_tokens" (
	"org_id" uuid NOT NULL,
	"jti" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "used_logout_tokens_org_id_jti_pk" PRIMARY KEY("org_id","jti")
);
--> statement-breakpoint
CREATE TABLE "event_hours" (
	"org_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"type" text NOT NULL,
	"outcome" text NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "event_hours_org_id_hour_type_outcome_pk" PRIMARY KEY("org_id","hour","type","outcome")
);
--> statement-breakpoint
DROP INDEX "events_target";--> statement-breakpoint
DROP INDEX "events_type";--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "client_secret_hint" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "client_secret_set_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "sign_in" text DEFAULT 'on' NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "tested_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "default_role" text DEFAULT 'member' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "domain_policy" text DEFAULT 'warn' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "brake_users" integer;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "brake_minutes" integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "brake_tripped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "brake_released_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "event_days" integer DEFAULT 400 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "payload_days" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "setup_done_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "scim_tokens" ADD COLUMN "rotated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "stepped_up_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "domain_claims" ADD CONSTRAINT "domain_claims_org" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("org_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_mappings" ADD CONSTRAINT "role_mappings_group" FOREIGN KEY ("org_id","group_id") REFERENCES "public"."groups"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "setup_links" ADD CONSTRAINT "setup_links_org" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("org_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "used_logout_tokens" ADD CONSTRAINT "used_logout_tokens_org" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("org_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "users_display_name" ON "users" USING btree ("org_id","display_name","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "events_outcome" ON "events" USING btree ("org_id","outcome","id") WHERE outcome <> 'success';--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("org_id","actor_id","id") WHERE actor_kind = 'user';--> statement-breakpoint
CREATE INDEX "events_target" ON "events" USING btree ("org_id","target_id","id");--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("org_id","type","id");