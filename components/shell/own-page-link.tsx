'use client'

import { ButtonLink } from '@/components/ui/button'
import { useOwnPage } from './who'

/** From a dead end to what is one's own. */
export function OwnPageLink() {
  return <ButtonLink href={useOwnPage()}>Go to my tasks</ButtonLink>
}
