import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'

type Run = { at: string; ref: string; cases: { ok: boolean; optional: boolean }[] }
type Props = { org: string; run: Run | null; problem: string | null; action: () => Promise<void> }

/** Starts a run, and what the last one came to. */
export function RunForm({ org, run, problem, action }: Props) {
  const failed = run?.cases.filter(({ ok, optional }) => !ok && !optional).length ?? 0
  return (
    <Card title="Run" note={run ? <LastRun org={org} run={run} /> : 'not run yet'}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 p-4">
        <p className="min-w-0 flex-1 basis-60 text-muted">
          {run
            ? failed === 0
              ? `All ${run.cases.length} cases passed. `
              : `${failed} of ${run.cases.length} cases failed. `
            : ''}
          A run sends Okta’s SPEC, CRUD and Entitlements cases and its group push to this server over HTTP, at a company
          made for it and removed again. Nobody of yours is touched.
        </p>
        <form action={action}>
          <Button type="submit" look="primary">
            Run the cases
          </Button>
        </form>
        {problem ? (
          <p role="alert" className="basis-full rounded-md bg-warn-soft px-3 py-2">
            {problem}
          </p>
        ) : null}
      </div>
    </Card>
  )
}

function LastRun({ org, run }: { org: string; run: Run }) {
  return (
    <>
      last <Time at={run.at} />,{' '}
      <Link
        href={`/orgs/${org}/admin/events/${run.ref}`}
        prefetch={false}
        className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
      >
        its event
      </Link>
    </>
  )
}
