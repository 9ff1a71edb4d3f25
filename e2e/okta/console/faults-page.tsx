/** @jsxImportSource hono/jsx */
import { FAULTS } from '../faults'
import { type Fault, type FaultKind, faultKindSchema } from '../model'
import type { Org, Store } from '../store'
import { PostButton } from './button'
import type { Flash } from './flash'
import { Shell } from './layout'

/** Faults: what no Okta console has, to show what Rollcall and Okta do when something goes wrong. */
export function FaultsPage({ store, org, flash }: { store: Store; org: Org; flash: Flash | null }) {
  const base = `/admin/${org.config.slug}/faults`
  const on = new Map(org.state.faults.map((fault) => [fault.kind, fault]))
  return (
    <Shell store={store} org={org} tab="faults" title="Faults" flash={flash}>
      <h2>Faults</h2>
      <p class="lead">
        Okta has no such page. A fault spoils the next request it fits, or every one until it is cleared; the System Log
        marks what it spoiled. The fault itself is real: Rollcall gets exactly what the line says.
      </p>
      <ul class="tiles">
        {faultKindSchema.options.map((kind) => (
          <FaultCard key={kind} base={base} kind={kind} fault={on.get(kind)} />
        ))}
      </ul>
    </Shell>
  )
}

function FaultCard({ base, kind, fault }: { base: string; kind: FaultKind; fault: Fault | undefined }) {
  const { title, text } = FAULTS[kind]
  return (
    <li class="card stack">
      <div class="heading">
        <h3>{title}</h3>
        {fault ? <span class="badge badge-warn">{fault.sticky ? 'On until cleared' : 'On, once'}</span> : null}
      </div>
      <p>{text}</p>
      <div class="inline">
        {fault ? (
          <PostButton action={`${base}/${kind}/off`} text="Switch off" label={`Switch off: ${title}`} kind="plain" />
        ) : (
          <>
            <PostButton action={`${base}/${kind}`} text="Once" label={`${title}: once`} />
            <PostButton
              action={`${base}/${kind}`}
              text="Until cleared"
              label={`${title}: until cleared`}
              fields={{ sticky: 'yes' }}
              kind="plain"
            />
          </>
        )}
      </div>
    </li>
  )
}
