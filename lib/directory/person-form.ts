import { z } from 'zod'
import { ENTERPRISE_SCHEMA } from '@/lib/scim/schemas/enterprise-user'
import { foldKey, MAX_TEXT, textProblem } from '@/lib/scim/text'
import { settleUser, type UserAttributes } from '@/lib/scim/user'

/** What an admin says about a person Okta does not manage; '' is no value. */
export type PersonForm = {
  userName: string
  givenName: string
  familyName: string
  displayName: string
  email: string
  title: string
  department: string
}

export const PERSON_FIELDS = [
  'givenName',
  'familyName',
  'displayName',
  'email',
  'userName',
  'title',
  'department',
] as const satisfies readonly (keyof PersonForm)[]

export type PersonField = (typeof PERSON_FIELDS)[number]
export type PersonErrors = Partial<Record<PersonField, string>>
export type ParsedPerson = { person: PersonForm } | { errors: PersonErrors }

/** One line of text as the directory keeps it: no control characters, nothing Postgres cannot store. */
const line = (max: number = MAX_TEXT.key) =>
  z
    .string()
    .trim()
    .transform((text) => text.normalize('NFC'))
    .superRefine((text, ctx) => {
      const problem =
        textProblem(text, max) ?? (/\p{Cc}/u.test(text) ? 'has a character that cannot be kept' : undefined)
      if (problem) ctx.addIssue({ code: 'custom', message: `This ${problem}.` })
    })

const schema = z
  .object({
    givenName: line(),
    familyName: line(),
    displayName: line(),
    email: line(320).refine((text) => text === '' || z.email().safeParse(text).success || isUnicodeEmail(text), {
      error: 'Give an address such as ada@example.com.',
    }),
    userName: line(),
    title: line(),
    department: line(),
  })
  .transform((form) => ({ ...form, userName: form.userName || form.email }))
  .superRefine((form, ctx) => {
    if (form.userName) return
    const message = 'Give an e-mail address: it is what the person signs in with.'
    ctx.addIssue({ code: 'custom', path: ['email'], message })
  })

/** Addresses outside ASCII are real (RFC 6531): something, an @, a domain with a dot, no blanks. */
const isUnicodeEmail = (text: string): boolean => /^[^\s@"(),:;<>[\\\]]+@[^\s@.]+(?:\.[^\s@.]+)+$/u.test(text)

/** Reads what was typed, or says per field what is wrong. */
export function parsePersonForm(raw: Partial<Record<PersonField, string>>): ParsedPerson {
  const all = Object.fromEntries(PERSON_FIELDS.map((name) => [name, raw[name] ?? '']))
  const result = schema.safeParse(all)
  if (result.success) return { person: result.data }
  const errors: PersonErrors = {}
  for (const { path, message } of result.error.issues) {
    const field = PERSON_FIELDS.find((name) => name === path[0])
    if (field) errors[field] ??= message
  }
  return { errors }
}

/** What a profile says, as a form shows it. */
export function formOf(a: UserAttributes): PersonForm {
  const email = primaryOf(a)
  return {
    userName: a.userName,
    givenName: a.name?.givenName ?? '',
    familyName: a.name?.familyName ?? '',
    displayName: a.displayName ?? '',
    email: email?.value ?? '',
    title: a.title ?? '',
    department: a[ENTERPRISE_SCHEMA]?.department ?? '',
  }
}

const primaryOf = (a: UserAttributes) => {
  const emails = a.emails ?? []
  return emails.find(({ primary }) => primary) ?? emails.find(({ type }) => type === 'work') ?? emails[0]
}

/** The profile with what the form says; whatever the form does not know stays. Throws ScimError for an unusable one. */
export function withForm(before: UserAttributes | null, form: PersonForm): UserAttributes {
  const { userName, givenName, familyName, displayName, email, title, department } = form
  const old = before ? primaryOf(before) : undefined
  const others = (before?.emails ?? []).filter((each) => each !== old && foldKey(each.value ?? '') !== foldKey(email))
  return settleUser({
    active: true,
    ...filled({ ...before, userName, displayName, title }),
    name: filled({ ...before?.name, formatted: '', givenName, familyName }),
    emails: email ? [{ type: 'work', primary: true, ...old, value: email }, ...others] : others,
    [ENTERPRISE_SCHEMA]: filled({ ...before?.[ENTERPRISE_SCHEMA], department }),
  })
}

const filled = (object: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== ''))
