'use server'

import { cookies, headers } from 'next/headers'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import { isOwnRequest } from '@/lib/auth/origin'
import { expectSent } from '@/lib/auth/sent'

const YEAR_S = 365 * 24 * 60 * 60

/** Keeps the chosen theme in a cookie; the server renders it, so nothing flashes. */
export async function setTheme(form: FormData): Promise<void> {
  if (!isOwnRequest(await headers())) return
  expectSent({ form })
  const jar = await cookies()
  jar.set(THEME_COOKIE, readTheme(form.get('theme')), { path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true })
}
