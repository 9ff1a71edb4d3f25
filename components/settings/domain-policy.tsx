import type { ConfirmState } from '@/components/ui/confirm'
import { ChoiceForm } from './choice-form'

const policies = [
  ['off', 'Off', 'Anybody Okta assigns comes in, whatever the address.'],
  ['warn', 'Warn', 'Anybody comes in; who is outside your domains is marked in the log.'],
  [
    'enforce',
    'Enforce',
    'Okta, the import and admins get an error for who is outside. People who are here already stay; leaving always works.',
  ],
] as const

type Props = {
  policy: (typeof policies)[number][0]
  hasDomain: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** What happens to people outside the verified domains. */
export function DomainPolicy({ policy, hasDomain, action }: Props) {
  const choices = policies.map(([value, name, text]) => {
    const impossible = value === 'enforce' && !hasDomain
    const why = impossible ? ' Verify a domain first: without one, nobody could come in.' : ''
    return { value, name, text: text + why, disabled: impossible }
  })
  return (
    <ChoiceForm
      name="policy"
      legend="Who may come in"
      choices={choices}
      chosen={policy}
      verb="Save policy"
      action={action}
    />
  )
}
