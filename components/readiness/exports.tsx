import { Card } from '@/components/ui/card'

const files: [file: string, name: string, what: string][] = [
  ['report.md', 'Report, Markdown', 'checklist, cases with evidence, scorecard'],
  ['report.json', 'Report, JSON', 'the same for machines'],
  ['sso-guide.md', 'SSO configuration guide', 'Okta’s headlines, this company’s addresses'],
  ['scim-guide.md', 'SCIM configuration guide', 'Okta’s headlines, this company’s base URL'],
]

/** What can be taken away: the report, and the two guides Okta's catalogue asks for. */
export function Exports({ org }: { org: string }) {
  return (
    <Card title="Take it with you" note="or print this page">
      <ul className="grid gap-x-6 gap-y-2 p-4 sm:grid-cols-2">
        {files.map(([file, name, what]) => (
          <li key={file}>
            <a
              href={`/api/orgs/${org}/readiness?file=${file}`}
              download
              className="inline-flex min-h-6 items-center font-medium text-accent underline underline-offset-2"
            >
              {name}
            </a>
            <p className="text-xs text-muted">{what}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
