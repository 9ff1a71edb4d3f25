import { expect as playwrights } from 'playwright/test'

/** Playwright's, waiting as long as a machine with other work may need. What never comes still ends the test. */
export const expect = playwrights.configure({ timeout: 20_000 })
