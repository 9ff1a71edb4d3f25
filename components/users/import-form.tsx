'use client'

import { useActionState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Input } from '@/components/ui/field'
import { counted } from '@/components/ui/format'
import { ImportLines, type ImportSummary } from './import-lines'

/** `text` is the previewed file: applying sends it again. */
export type ImportState =
  | { step: 'start'; problem?: string }
  | { step: 'preview'; text: string; name: string; summary: ImportSummary }
  | { step: 'done'; summary: ImportSummary }

type Props = {
  list: string
  preview: (state: ImportState, form: FormData) => Promise<ImportState>
  apply: (state: ImportState, form: FormData) => Promise<ImportState>
}

/** A file, what it would do, and doing it. Two plain forms: works before its script has loaded. */
export function ImportForm({ list, preview, apply }: Props) {
  const [seen, see, seeing] = useActionState(preview, { step: 'start' })
  const [done, run, running] = useActionState(apply, { step: 'start' })
  if (done.step === 'done') return <Done list={list} summary={done.summary} />
  const problem =
    done.step === 'start' && done.problem ? done.problem : seen.step === 'start' ? seen.problem : undefined
  return (
    <div className="grid gap-4">
      <Card title="1. Choose a file">
        <form action={see} className="flex flex-wrap items-start gap-3 p-4">
          <Input
            type="file"
            name="file"
            accept=".csv,text/csv"
            required
            label="CSV file"
            hint="At most 1 MiB and 5,000 people"
            error={problem}
            className="min-w-0 flex-1 basis-64"
          />
          <Button
            type="submit"
            look={seen.step === 'preview' ? 'plain' : 'primary'}
            disabled={seeing}
            className="min-h-9 sm:mt-5"
          >
            {seeing ? 'Reading …' : 'Preview'}
          </Button>
        </form>
      </Card>
      {seen.step === 'preview' ? (
        <Card title={`2. What ${seen.name} would do`} note="nothing is written yet">
          <ImportLines summary={seen.summary} />
          <form action={run} className="flex flex-wrap items-center gap-2 border-t border-border p-4">
            <input type="hidden" name="text" value={seen.text} />
            <Button type="submit" look="primary" disabled={running || todo(seen.summary) === 0}>
              {running ? 'Importing …' : `Import ${counted(todo(seen.summary), 'person', 'people')}`}
            </Button>
            <ButtonLink href={list} look="quiet">
              Cancel
            </ButtonLink>
          </form>
        </Card>
      ) : null}
    </div>
  )
}

const todo = ({ counts }: ImportSummary): number => counts.create + counts.change

function Done({ list, summary }: { list: string; summary: ImportSummary }) {
  return (
    <Card title="Imported">
      <ImportLines summary={summary} done />
      <div className="border-t border-border p-4">
        <ButtonLink href={list} look="primary">
          To the users
        </ButtonLink>
      </div>
    </Card>
  )
}
