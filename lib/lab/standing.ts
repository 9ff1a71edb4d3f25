/** How many of the three walls stand: all; all but the route guard; row-level security alone. */
const STANDING = [3, 2, 1] as const
export type Standing = (typeof STANDING)[number]

/** What an address or a form says; all of them where it says nothing we know. */
export const readStanding = (value: unknown): Standing => STANDING.find((each) => String(each) === value) ?? 3
