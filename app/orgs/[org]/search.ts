export type Search = Promise<Record<string, string | string[] | undefined>>

/** One value of a query parameter. */
export const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value
