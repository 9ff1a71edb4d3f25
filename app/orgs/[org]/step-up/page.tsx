import type { Metadata } from 'next'
import { ConfirmWithOkta } from '@/components/access/confirm-with-okta'
import { Message } from '@/components/shell/message-page'
import { ButtonLink } from '@/components/ui/button'
import { absoluteTime } from '@/components/ui/format'
import { Time } from '@/components/ui/time'
import { requirePage } from '@/lib/auth/authorize'
import { stepUpHref } from '@/lib/auth/step-up'
import { explainStepUp, LATE } from '@/lib/auth/step-up-refusal'
import { titleOf } from '../org-title'

type Props = { params: Promise<{ org: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Confirm with Okta')

/** Where a confirmation that did not count ends: why, and how to go on. Of the address only which one it was is taken. */
export default async function StepUpPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'member', `/orgs/${org}`)
  const query = await searchParams
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : null)
  const ref = text('ref')
  const refused = ref ? await explainStepUp(viewer, ref) : null
  const late = text('late') !== null
  const title = refused?.title ?? (late ? LATE.title : 'Confirm who you are')
  return (
    <Message
      title={title}
      actions={
        <>
          <ConfirmWithOkta href={stepUpHref(org, refused?.to ?? text('to') ?? `/orgs/${org}`)}>
            {refused || late ? 'Confirm again with Okta' : 'Confirm with Okta'}
          </ConfirmWithOkta>
          <ButtonLink href={`/orgs/${org}`} look="quiet">
            My tasks
          </ButtonLink>
        </>
      }
    >
      <p className="text-text">{refused?.text ?? (late ? LATE.text : BEFORE)}</p>
      {refused ? (
        <>
          <p className="text-sm">
            {absoluteTime(new Date(refused.at))} (<Time at={refused.at} />)
          </p>
          <p>Nothing was changed. If it stays like this, ask the people who run Okta in your company.</p>
          <p className="text-sm">
            Reference <code className="break-all">{refused.ref}</code>
          </p>
        </>
      ) : (
        <p>A confirmation counts for five minutes, in this browser only.</p>
      )}
    </Message>
  )
}

const BEFORE = 'What you are about to do is protected: Okta asks you again who you are, with a second factor.'
