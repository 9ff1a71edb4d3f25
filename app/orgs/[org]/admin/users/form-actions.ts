'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { PersonFormState } from '@/components/users/person-form'
import { requireAction } from '@/lib/auth/authorize'
import { addPerson, editPerson, type Managed } from '@/lib/directory/manage-users'
import { PERSON_FIELDS, type PersonField as PersonFieldName, parsePersonForm } from '@/lib/directory/person-form'
import { manageContext, roleFrom } from './manage-context'

function typed(form: FormData) {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const values: Partial<Record<PersonFieldName, string>> = {}
  for (const name of PERSON_FIELDS) values[name] = text(name)
  return { ...values, role: text('role') }
}

/** Adds a person Okta does not manage, and opens their page. */
export async function addPersonAction(org: string, _: PersonFormState, form: FormData): Promise<PersonFormState> {
  const viewer = await requireAction(org, 'admin', { form })
  const values = typed(form)
  const parsed = parsePersonForm(values)
  if ('errors' in parsed) return { values, errors: parsed.errors }
  const role = roleFrom(values.role)
  if (role === undefined) return { values, problem: 'Choose one of the roles.' }
  return after(org, values, await addPerson(manageContext(viewer), parsed.person, role))
}

/** Saves the profile of a person Okta does not manage. */
export async function editPersonAction(
  org: string,
  id: string,
  _: PersonFormState,
  form: FormData,
): Promise<PersonFormState> {
  const viewer = await requireAction(org, 'admin', { id, form })
  const values = typed(form)
  const parsed = parsePersonForm(values)
  if ('errors' in parsed) return { values, errors: parsed.errors }
  return after(org, values, await editPerson(manageContext(viewer), id, parsed.person))
}

function after(org: string, values: PersonFormState['values'], result: Managed): PersonFormState {
  if (!result.ok) {
    const taken = result.why === 'taken' ? { errors: { userName: result.sentence } } : { problem: result.sentence }
    return { ...(values ? { values } : {}), ...taken }
  }
  revalidatePath(`/orgs/${org}/admin/users`, 'layout')
  redirect(`/orgs/${encodeURIComponent(org)}/admin/users/${result.userId}`)
}
