'use client'

import { type ErrorProps, PageProblem } from '@/components/shell/page-problem'

export default function ErrorPage(props: ErrorProps) {
  return <PageProblem {...props} />
}
