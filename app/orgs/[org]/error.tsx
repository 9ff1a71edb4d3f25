'use client'

import { type ErrorProps, PageProblem } from '@/components/shell/page-problem'

/** A page of the org that broke; the navigation around it still works. */
export default function OrgErrorPage(props: ErrorProps) {
  return <PageProblem {...props} framed />
}
