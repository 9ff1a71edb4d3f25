export const THEME_COOKIE = 'theme'
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** The theme a cookie asks for; anything else follows the system. */
export function readTheme(value: unknown): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}
