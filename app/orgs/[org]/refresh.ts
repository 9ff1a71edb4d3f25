import 'server-only'
import { revalidatePath } from 'next/cache'

/** Every page of the org is made anew when next asked for: after any change. */
export const refresh = (org: string): void => revalidatePath(`/orgs/${org}`, 'layout')
