import { Table, Td, Th } from '@/components/ui/table'

const rows: [question: string, oidc: string, scim: string][] = [
  ['What it answers', 'Who is at the door?', 'Who works here?'],
  ['When', 'When somebody comes', 'When something changes, day and night'],
  ['Who talks', 'The person’s browser, between app and Okta', 'Okta’s server, to the app’s server'],
  ['Who asks', 'The app is the client', 'Okta is the client'],
  ['What it carries', 'A signed ID token, good for minutes', 'Fields of people and groups'],
  ['What protects it', 'Client secret, PKCE, state, nonce', 'A token of the company’s own'],
  ['What it leaves', 'A session', 'An account, active or not'],
  ['Without it', 'Accounts nobody can open', 'Doors that stay open after people leave'],
]

/** SCIM next to OIDC, question by question. */
export function BesideOidc() {
  return (
    <div className="overflow-clip rounded-card border border-border bg-surface shadow-card print:shadow-none">
      <Table
        caption="SCIM next to OIDC"
        head={
          <>
            <Th>Question</Th>
            <Th>OIDC</Th>
            <Th>SCIM</Th>
          </>
        }
      >
        {rows.map(([question, oidc, scim]) => (
          <tr key={question} className="max-sm:grid max-sm:py-1.5">
            <th scope="row" className="px-4 py-2 text-left font-medium max-sm:py-0.5">
              {question}
            </th>
            <Td className="max-sm:px-4! max-sm:py-0.5">
              <span aria-hidden="true" className="mr-2 text-xs text-muted sm:hidden">
                OIDC
              </span>
              {oidc}
            </Td>
            <Td className="max-sm:px-4! max-sm:py-0.5">
              <span aria-hidden="true" className="mr-2 text-xs text-muted sm:hidden">
                SCIM
              </span>
              {scim}
            </Td>
          </tr>
        ))}
      </Table>
    </div>
  )
}
