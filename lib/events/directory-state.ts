export type DirectoryState = 'Not connected' | 'Waiting' | 'Pending' | 'Healthy' | 'Failing' | 'Paused'

export type DirectoryFacts = {
  /** Null: no connection at all. */
  scimState: 'off' | 'pending' | 'active' | 'paused' | null
  liveTokens: number
  lastRequestAt: Date | null
  /** The newest request that a wrong token made. */
  refusedAt: Date | null
  /** How Okta's newest writes ended, newest first. */
  writes: readonly string[]
}

/** So many of Okta's writes in a row have to fail before the directory counts as failing. */
const IN_A_ROW = 3

/** The state of an org's directory in one word, and why. Nothing is healthy before Okta has been here. */
export function directoryState(f: DirectoryFacts): { state: DirectoryState; why: string } {
  if (f.scimState === null || f.scimState === 'off') {
    return { state: 'Not connected', why: 'SCIM is off: people are managed here, by hand.' }
  }
  if (f.scimState === 'paused') {
    return {
      state: 'Paused',
      why: 'Okta is refused for now; what fails waits in Okta until somebody retries it there.',
    }
  }
  if (f.refusedAt && (!f.lastRequestAt || f.refusedAt > f.lastRequestAt)) {
    return { state: 'Failing', why: 'The newest request came with a token that is not valid here.' }
  }
  if (!f.lastRequestAt) return { state: 'Waiting', why: 'Waiting for Okta’s first request.' }
  if (f.liveTokens === 0) return { state: 'Failing', why: 'No token is live any more, so Okta is refused.' }
  const newest = f.writes.slice(0, IN_A_ROW)
  if (newest.length === IN_A_ROW && newest.every((outcome) => outcome === 'failed' || outcome === 'blocked')) {
    return { state: 'Failing', why: `Okta’s last ${IN_A_ROW} changes failed.` }
  }
  if (f.scimState === 'pending')
    return { state: 'Pending', why: 'Whoever Okta sends waits here until you let them in.' }
  return { state: 'Healthy', why: 'Okta’s requests arrive and are carried out.' }
}
