'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'

/** What was typed, but never a secret. */
export type ConnectionFormState = {
  issuer: string
  clientId: string
  fields: { issuer?: string; clientId?: string; clientSecret?: string }
  done?: string
} | null

type Props = {
  issuer: string
  clientId: string
  /** What is known of the secret that is kept; null: none is. */
  secret: { hint: string; setAt: string } | null
  /** Without it the form only shows what is set. */
  confirmed: boolean
  action: (state: ConnectionFormState, form: FormData) => Promise<ConnectionFormState>
}

const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })

const keptWords = ({ hint, setAt }: NonNullable<Props['secret']>) =>
  `Set on ${day.format(new Date(setAt))}${hint ? `, ends in …${hint}` : ''}. It is never shown; leave empty to keep it.`

/** The org's client at its Okta: issuer, client id, and a secret that goes in and never comes out. */
export function SignInForm({ issuer, clientId, secret, confirmed, action }: Props) {
  const [state, submit, pending] = useActionState(action, null)
  const { fields = {}, done } = state ?? {}
  return (
    <form action={submit} className="p-4">
      <fieldset disabled={!confirmed} className="grid gap-4">
        <legend className="sr-only">Client at Okta</legend>
        <Input
          key={`issuer ${state?.issuer ?? issuer}`}
          label="Issuer"
          name="issuer"
          defaultValue={state?.issuer ?? issuer}
          error={fields.issuer}
          placeholder="https://acme.okta.com"
          hint="Your Okta domain with https://, or the issuer of a custom authorization server, exactly as Okta shows it."
          autoComplete="off"
          spellCheck={false}
          inputMode="url"
          required
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Input
            key={`client ${state?.clientId ?? clientId}`}
            label="Client ID"
            name="clientId"
            defaultValue={state?.clientId ?? clientId}
            error={fields.clientId}
            hint="In Okta: the app’s General tab."
            autoComplete="off"
            spellCheck={false}
            required
          />
          <Input
            label="Client secret"
            name="clientSecret"
            type="password"
            error={fields.clientSecret}
            hint={secret ? keptWords(secret) : 'In Okta: the app’s General tab, under Client Secrets.'}
            autoComplete="new-password"
            required={!secret}
          />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" disabled={pending || !confirmed}>
            {pending ? 'Asking the issuer …' : 'Save'}
          </Button>
          <span role="status" className={done ? 'text-ok' : 'text-fail'}>
            {done ?? (Object.keys(fields).length > 0 ? 'Nothing was saved.' : '')}
          </span>
        </div>
      </fieldset>
    </form>
  )
}
