import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { readTheme, THEME_COOKIE } from '@/components/shell/theme'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Rollcall', template: '%s · Rollcall' },
  description:
    'A multi-tenant app whose people are kept by each company’s own Okta: OIDC sign-in, SCIM 2.0, a live log.',
  icons: { icon: '/icon.svg' },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0e16' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page is rendered per request: the nonce of the content security policy is.
  await connection()
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body className="min-h-dvh bg-canvas text-text">{children}</body>
    </html>
  )
}
