import type { ConfirmState } from '@/components/ui/confirm'
import { ChoiceForm } from './choice-form'

const modes = [
  ['okta', 'Okta', 'Takes what Okta really sends: text booleans, PATCH without a path, empty text for no value.'],
  ['entra', 'Microsoft Entra', 'The same, and replacing an e-mail or phone that is not there creates it.'],
  ['strict', 'Strict', 'RFC 7644 to the letter. For testing a client; unknown attributes are refused.'],
] as const

type Props = {
  mode: (typeof modes)[number][0]
  /** Without it the form only shows what is set. */
  confirmed: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** Which client talks to us. */
export function ScimMode({ mode, confirmed, action }: Props) {
  const choices = modes.map(([value, name, text]) => ({ value, name, text }))
  return (
    <ChoiceForm
      name="mode"
      legend="Which client sends"
      choices={choices}
      chosen={mode}
      verb="Save"
      locked={!confirmed}
      action={action}
    />
  )
}
