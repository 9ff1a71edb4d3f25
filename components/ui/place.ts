const GAP_PX = 4

/** Puts an open popover under its button, or over it where there is no room; for browsers without anchor positions. */
export function placeBeside(panel: HTMLElement, button: HTMLElement, align: 'start' | 'end' | 'center'): void {
  if (CSS.supports('position-area: bottom')) return
  const at = button.getBoundingClientRect()
  const { width, height } = panel.getBoundingClientRect()
  const x = { start: at.left, end: at.right - width, center: at.left + (at.width - width) / 2 }[align]
  const below = at.bottom + GAP_PX
  const y = below + height > innerHeight && at.top > height ? at.top - height - GAP_PX : below
  panel.style.left = `${Math.max(GAP_PX, Math.min(x, innerWidth - width - GAP_PX))}px`
  panel.style.top = `${y}px`
}
