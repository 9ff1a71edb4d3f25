import { beforeEach } from 'vitest'
import type { Viewer } from '../session'
import { stepUpHref } from '../step-up'
import { beginStepUp, finishStepUp } from '../step-up-flow'
import { explainStepUp } from '../step-up-refusal'
import { cookieBrowser } from './browser'

/** A browser, new for each test, that confirms with Okta. */
export function stepUpBrowser() {
  let browser = cookieBrowser()
  beforeEach(() => {
    browser = cookieBrowser()
  })
  return {
    now: () => browser,
    use: (other: typeof browser) => {
      browser = other
    },
    /** Goes to Okta; returns the address there. */
    begin: async (viewer: Viewer, to: string) => {
      const request = browser.request(stepUpHref(viewer.orgSlug, to))
      return browser.keep(await beginStepUp(request, viewer, to))
    },
    /** Comes back from Okta; returns where that leads. */
    comeBack: async (viewer: Viewer, params: Record<string, string>) => {
      const path = `/api/orgs/${viewer.orgSlug}/step-up/callback?${new URLSearchParams(params)}`
      return browser.keep(await finishStepUp(browser.request(path), viewer))
    },
  }
}

export const stateIn = (address: string): string => new URL(address).searchParams.get('state') ?? ''

/** What the page at `location` tells this person. */
export const explain = async (viewer: Viewer, location: string) =>
  explainStepUp(viewer, new URL(location).searchParams.get('ref') ?? '')
