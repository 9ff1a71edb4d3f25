import { parseArgs } from 'node:util'
import type { Finding } from '@/lib/auth/check-finding'
import { checkOkta } from '@/lib/auth/okta-check'
import { env } from '@/lib/env'
import { runCommand } from './lib/operator'

const USAGE = 'npm run okta:check -- --org <slug> [--json]'

const words: Record<Finding['outcome'], string> = { ok: 'ok', warn: 'look', failed: 'WRONG', skipped: '?' }

/** Prints what holds and what does not of a company's connection to Okta. Exit code 1 when anything is wrong. */
async function check(): Promise<void> {
  const { values } = parseArgs({ options: { org: { type: 'string' }, json: { type: 'boolean' } } })
  if (!values.org) throw new Error(`Which organization? ${USAGE}`)
  // What the findings say in words would come once more as lines of the log.
  process.env.LOG_LEVEL = 'silent'
  env()
  const findings = await checkOkta(values.org)
  const failed = findings.filter(({ outcome }) => outcome === 'failed').length
  console.log(values.json ? JSON.stringify({ org: values.org, ok: failed === 0, findings }, null, 2) : text(findings))
  if (failed > 0) process.exitCode = 1
}

function text(findings: Finding[]): string {
  const lines = findings.flatMap(({ step, outcome, text: seen, todo }) => [
    `${words[outcome].padStart(5)}  ${step}: ${seen}.`,
    ...(todo ? [`       → ${todo}.`] : []),
  ])
  const count = (outcome: Finding['outcome']) => findings.filter((each) => each.outcome === outcome).length
  const sum = `${count('ok')} hold, ${count('failed')} wrong, ${count('warn')} to look at, ${count('skipped')} not to be told from here.`
  return [...lines.map((line) => line.replace(/\.\.$/, '.')), '', sum].join('\n')
}

await runCommand(check)
