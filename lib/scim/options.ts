/** How forgiving a connection is; `okta` is the default. vendor.ts says what each mode lets pass, quirk by quirk. */
export type ScimOptions = { mode: 'okta' | 'entra' | 'strict' }
