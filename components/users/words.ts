import type { UserListItem, UserSort, UserTab } from '@/lib/directory/list-users'

export const tabWords: Record<UserTab, string> = { active: 'Active', inactive: 'Deactivated', all: 'All' }

export const roleWords: Record<UserListItem['role'], string> = {
  owner: 'Owner',
  admin: 'Admin',
  manager: 'Manager',
  member: 'Member',
}

/** Where a person came from, in a word and in a sentence. */
export const sourceWords: Record<UserListItem['source'], { word: string; title: string }> = {
  okta: { word: 'From Okta', title: 'Okta created this person and keeps the profile' },
  jit: { word: 'Signed in first', title: 'Came by signing in, before Okta sent anything' },
  local: { word: 'Local', title: 'Added here by hand; Okta does not know this person' },
}

export const sortWords: Record<UserSort, string> = {
  name: 'Name',
  signin: 'Last sign-in',
  updated: 'Last change',
  created: 'Newest',
}
