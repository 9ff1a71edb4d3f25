import type { Page } from 'playwright'

/** What on the page would still move for somebody who asked for less motion: an animation, a transition, a glide. */
export const movingParts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const longest = (durations: string) => Math.max(...durations.split(',').map(Number.parseFloat))
    return [...document.querySelectorAll('*')].flatMap((element) =>
      [null, '::before', '::after', '::backdrop'].flatMap((pseudo) => {
        const style = getComputedStyle(element, pseudo)
        const moves =
          (style.animationName !== 'none' && longest(style.animationDuration) > 0) ||
          longest(style.transitionDuration) > 0 ||
          style.scrollBehavior === 'smooth'
        return moves ? [`${element.tagName.toLowerCase()}${pseudo ?? ''} ${element.getAttribute('class') ?? ''}`] : []
      }),
    )
  })
