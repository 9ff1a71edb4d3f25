import { basename } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest begins first, so that no worker is left with it when the others are done. */
const LONGEST = [
  // Before it, of the pictures, the one that wants a Porter nobody has touched.
  'readme.spec.ts',
  'a11y.spec.ts',
  'demo.spec.ts',
  'outage.spec.ts',
  'actions.spec.ts',
  'sign-in-settings.spec.ts',
  'events.spec.ts',
  'groups.db.test.ts',
  'retention.db.test.ts',
  'maintain.db.test.ts',
  'okta-sequences.db.test.ts',
  'next-mount.db.test.ts',
]

/** Vitest's own order, which a fresh clone has only file sizes for, behind the few that are known to be long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (LONGEST.indexOf(basename(moduleId)) + 1 || Infinity) - 1
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
  }
}
