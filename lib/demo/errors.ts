/** What went wrong is nobody's bug, and its sentence is for the page. */
export class DemoError extends Error {
  override name = 'DemoError'
}

/** The stand-in does not answer. */
export class OktaAwayError extends DemoError {
  override name = 'OktaAwayError'
}
