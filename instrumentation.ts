/** Runs once when Next starts; what needs Node is in its own file, so the edge bundle never sees it. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startInNext } = await import('./instrumentation-node')
  await startInNext()
}
