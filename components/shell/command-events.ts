/** What buttons anywhere on the page ask of the one keyboard of the page. */
export const OPEN_PALETTE = 'rollcall:palette'
export const OPEN_HELP = 'rollcall:help'
/** Asks whatever on the page is live to pause, or to go on. */
export const TOGGLE_LIVE = 'rollcall:toggle-live'
