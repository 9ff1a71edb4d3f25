import type { EventView } from '@/lib/events/view'

type Facts = Pick<EventView, 'type' | 'targetKind' | 'targetName'>

const PLACES = {
  provisioning: 'Open Provisioning',
  'sign-in': 'Open Sign-in',
  domains: 'Open Domains',
  roles: 'Open Roles',
  general: 'Open General',
}
type Page = keyof typeof PLACES

/** The page of the settings where what the event is about is kept, and mended; null where no page of them is. */
export function settingsPlace(event: Facts): { page: Page; label: string } | null {
  const page = pageOf(event)
  return page && { page, label: PLACES[page] }
}

function pageOf({ type, targetKind, targetName }: Facts): Page | null {
  if (type.startsWith('token.')) return 'provisioning'
  if (type === 'connection.changed') return targetName === 'SCIM' ? 'provisioning' : 'sign-in'
  if (type === 'connection.tested') return 'sign-in'
  if (type === 'entitlement.changed') return 'roles'
  if (type.startsWith('provisioning.') || type === 'org.changed') return 'general'
  return targetKind === 'domain' ? 'domains' : null
}
