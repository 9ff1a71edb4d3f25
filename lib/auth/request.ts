/** Where the request came from, as the nearest proxy tells it; for display only. */
export const ipOf = (req: Request): string | undefined =>
  req.headers.get('x-forwarded-for')?.split(',')[0]?.trim().slice(0, 64) || undefined
