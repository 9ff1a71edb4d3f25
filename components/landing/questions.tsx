import type { ReactNode } from 'react'

const questions: [question: string, answer: ReactNode][] = [
  [
    'Is SCIM the login?',
    'No. OIDC answers “who is at the door?” and only when somebody comes. SCIM answers “who works here?” and Okta sends it by itself: people are here before their first sign-in, and gone the moment they leave.',
  ],
  [
    'What happens to John Doe?',
    'He is hired, appears, signs in, is promoted, leaves, comes back. His open tab goes dark when Okta deactivates him, and he returns to the same account with the same tasks. Each step is a line in the log that says why.',
  ],
  [
    'Why can a company touch only its own people?',
    'Because its credential decides whose rows exist. A request with Porter’s token for a person of White Rabbit gets the answer of a person who never was, and Porter’s log shows the attempt.',
  ],
]

/** The three things people ask about SCIM, answered. */
export function Questions() {
  return (
    <dl className="grid gap-x-10 gap-y-8 md:grid-cols-3">
      {questions.map(([question, answer]) => (
        <div key={question} className="border-l border-margin pl-5">
          <dt className="text-lg font-semibold tracking-tight">{question}</dt>
          <dd className="mt-2 text-muted">{answer}</dd>
        </div>
      ))}
    </dl>
  )
}
