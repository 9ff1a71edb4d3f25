import { requireJson, type Viewer } from '@/lib/auth/authorize'
import { json, route } from '@/lib/auth/respond'
import { scimGuide, ssoGuide } from '@/lib/readiness/guides'
import { readReport, reportMarkdown } from '@/lib/readiness/report'

type Context = { params: Promise<{ org: string }> }

const FILES = ['report.json', 'report.md', 'sso-guide.md', 'scim-guide.md'] as const
type File = (typeof FILES)[number]

/** `?file=`: the readiness report and the two configuration guides, with this company's values. */
export async function GET(req: Request, { params }: Context): Promise<Response> {
  const { org } = await params
  return route(async () => {
    const door = await requireJson(org, 'admin')
    if ('response' in door) return door.response
    const asked = new URL(req.url).searchParams.get('file')
    const file = FILES.find((each) => each === asked)
    return file ? fileOf(door.viewer, file) : json(400, { error: `Name a file: ${FILES.join(', ')}.` })
  })
}

async function fileOf({ orgId, orgSlug: slug, orgName: name }: Viewer, file: File): Promise<Response> {
  const report = await readReport(orgId, slug)
  const guide = { name, slug, baseUrl: report.baseUrl, issuer: report.issuer }
  if (file === 'report.json') return json(200, { org: slug, ...report }, attached(file))
  if (file === 'report.md') return markdown(file, reportMarkdown(name, report))
  return markdown(file, file === 'sso-guide.md' ? ssoGuide(guide) : scimGuide(guide))
}

const attached = (file: File) => ({ 'content-disposition': `attachment; filename="rollcall-${file}"` })

const markdown = (file: File, text: string): Response =>
  new Response(text, {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...attached(file),
    },
  })
