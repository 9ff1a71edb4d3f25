CREATE TABLE "entitlements" (
	"org_id" uuid NOT NULL,
	"value" text NOT NULL,
	"display_name" text NOT NULL,
	"type" text,
	"description" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entitlements_org_id_value_pk" PRIMARY KEY("org_id","value")
);
--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_org" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("org_id") ON DELETE cascade ON UPDATE no action;