import type { ComponentProps } from 'react'
import { Dialog } from './dialog'

/** A dialog at the side of the page; full screen on a phone. */
export function Sheet(props: Omit<ComponentProps<typeof Dialog>, 'as'>) {
  return <Dialog as="sheet" {...props} />
}
