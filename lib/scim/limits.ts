/** The bounds of Bulk (RFC 7644 §3.7.4), said in ServiceProviderConfig. */
export const MAX_BULK_OPERATIONS = 1_000
export const MAX_BULK_BYTES = 8 * 1024 * 1024
