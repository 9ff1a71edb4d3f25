const problems: Record<string, string> = {
  'no-task': 'That task is not here any more, or it is not yours to hand over. Nothing was changed.',
  'no-person': 'Nobody active in this company has that name any more. The task stayed where it was.',
}

/** Why a hand-over did not happen, from the address of the page. */
export function TaskProblem({ code }: { code: string | undefined }) {
  const text = code ? problems[code] : undefined
  if (!text) return null
  return (
    <p role="alert" className="mb-4 rounded-md bg-warn-soft px-4 py-2.5 text-warn">
      {text}
    </p>
  )
}
