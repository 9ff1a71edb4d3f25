import { expect, test } from 'vitest'
import { type AdmissionFacts, type Candidate, decideAdmission } from './decide'

const issuer = 'https://porter.okta.com'
const john: Candidate = {
  id: 'john',
  name: 'John Doe',
  active: true,
  held: false,
  epoch: 3,
  externalId: null,
  linkedIssuer: null,
}
const nobody: AdmissionFacts = {
  issuer,
  sub: '00u1',
  email: 'john.doe@porter.example',
  domain: 'ours',
  bySub: null,
  byExternalId: null,
  byEmail: [],
  jit: false,
  enforced: false,
}
const linked = { ...john, linkedIssuer: issuer }
const off = { active: false }

test.each<[rule: string, facts: Partial<AdmissionFacts>, expected: string]>([
  ['a linked identity gets in', { bySub: linked }, 'admit john'],
  ['a linked identity gets in without an e-mail', { bySub: linked, email: null, domain: 'nobody' }, 'admit john'],
  ['a linked identity gets in whatever domain its e-mail has', { bySub: linked, domain: 'another' }, 'admit john'],
  ['a linked identity that is deactivated is refused', { bySub: { ...linked, ...off } }, 'refuse deactivated'],
  ['JIT does not bring a deactivated person back', { bySub: { ...linked, ...off }, jit: true }, 'refuse deactivated'],
  ['who waits for review is refused', { bySub: { ...linked, ...off, held: true } }, 'refuse in_review'],
  [
    'enforce keeps JIT to the verified domains',
    { jit: true, enforced: true, domain: 'nobody' },
    'refuse outside_domain',
  ],
  ['externalId = sub links', { byExternalId: { ...john, externalId: '00u1' } }, 'link john'],
  [
    'externalId = sub of a deactivated person',
    { byExternalId: { ...john, externalId: '00u1', ...off } },
    'refuse deactivated',
  ],
  [
    'a link from an earlier issuer gives way to externalId = sub',
    { byExternalId: { ...john, externalId: '00u1', linkedIssuer: 'https://old.okta.com' } },
    'link john',
  ],
  [
    'externalId = sub does not take over a link of the same issuer',
    { byExternalId: { ...linked, externalId: '00u1' }, byEmail: [{ ...linked, externalId: '00u1' }] },
    'refuse not_provisioned',
  ],
  ['a free user with the e-mail on an own domain is linked', { byEmail: [john] }, 'link john'],
  ['a free but deactivated user with the e-mail is refused', { byEmail: [{ ...john, ...off }] }, 'refuse deactivated'],
  ['an unverified domain links nobody', { byEmail: [john], domain: 'nobody' }, 'refuse not_provisioned'],
  [
    'a recycled address does not inherit an externalId',
    { byEmail: [{ ...john, externalId: '00u9' }] },
    'refuse not_provisioned',
  ],
  ['a recycled address does not inherit a link', { byEmail: [linked] }, 'refuse not_provisioned'],
  ['nor does JIT create a second one with it', { byEmail: [linked], jit: true }, 'refuse not_provisioned'],
  ['two users with one e-mail: neither', { byEmail: [john, { ...john, id: 'jane' }] }, 'refuse not_provisioned'],
  ['an e-mail of another company', { domain: 'another' }, 'refuse wrong_org'],
  ['an e-mail of another company with JIT', { domain: 'another', jit: true }, 'refuse wrong_org'],
  ['nobody and JIT off', {}, 'refuse not_provisioned'],
  ['nobody and JIT on', { jit: true }, 'create john.doe@porter.example'],
  ['JIT needs an e-mail', { jit: true, email: null }, 'refuse not_provisioned'],
])('%s', (_, facts, expected) => {
  const decided = decideAdmission({ ...nobody, ...facts })
  const words = {
    admit: () => decided.kind === 'admit' && `${decided.link ? 'link' : 'admit'} ${decided.user.id}`,
    create: () => decided.kind === 'create' && `create ${decided.email}`,
    refuse: () => decided.kind === 'refuse' && `refuse ${decided.reason}`,
  }
  expect(words[decided.kind]()).toBe(expected)
  expect(decided.trace.at(-1)?.outcome).toBe({ admit: 'ok', create: 'skipped', refuse: 'failed' }[decided.kind])
})

test('a refused deactivated person is named in the refusal', () => {
  const decided = decideAdmission({ ...nobody, bySub: { ...linked, active: false } })
  expect(decided).toMatchObject({ kind: 'refuse', user: { id: 'john', name: 'John Doe' } })
})
