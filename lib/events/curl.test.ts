import { expect, test } from 'vitest'
import { curlOf } from './curl'

const event = { method: 'PATCH', path: "/scim/v2/porter/Users/o'1", actorKind: 'okta' } as const

test('a request can be pasted into a shell, its token left out', () => {
  expect(curlOf(event, { a: "it's" })).toBe(
    [
      `curl -X PATCH '/scim/v2/porter/Users/o'\\''1'`,
      `-H "Authorization: Bearer $SCIM_TOKEN"`,
      `-H 'Content-Type: application/scim+json'`,
      `--data '{"a":"it'\\''s"}'`,
    ].join(' \\\n  '),
  )
})

test('what was no SCIM request has none', () => expect(curlOf({ ...event, path: '/orgs/porter' }, null)).toBeNull())
