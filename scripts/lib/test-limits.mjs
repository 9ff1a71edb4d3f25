/** The suites send as fast as they can, from one address; the tests of the limits themselves set their own. */
export const testLimits = Object.fromEntries(
  [
    'SCIM_READS',
    'SCIM_WRITES',
    'WRONG_TOKENS',
    'SIGN_INS',
    'ADMIN_WRITES',
    'LOGOUTS',
    'DOMAIN_CHECKS',
    'CONNECTION_TESTS',
  ].map((name) => [`ROLLCALL_LIMIT_${name}`, '1000000']),
)
