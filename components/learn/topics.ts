/** The confusions people have about SCIM, one screen each; the ids are anchors that other pages link to. */
export const topics = [
  { id: 'who-calls-whom', title: 'Who calls whom?' },
  { id: 'only-your-company', title: 'The GET names nobody: how does it know my company?' },
  { id: 'no-password', title: 'Why has John no password?' },
  { id: 'ids', title: 'id, externalId, sub, userName: which is John?' },
  { id: 'suspend-deactivate-delete', title: 'Suspend, deactivate, delete: what does the app hear?' },
  { id: 'still-listed', title: 'Deactivated, and still in the list?' },
  { id: 'sso-off', title: 'Single sign-on is off: is access off?' },
  { id: 'assignments-and-push-groups', title: 'Assignments or Push Groups?' },
  { id: 'import-and-push', title: 'Import or push?' },
  { id: 'put-and-patch', title: 'PUT or PATCH?' },
  { id: 're-sync', title: 'Why does Okta not send everybody again by itself?' },
] as const

export type TopicId = (typeof topics)[number]['id']

/** The address of one screen, to link to from where the question comes up. */
export const learnHref = (id: TopicId): `/learn#${TopicId}` => `/learn#${id}`
