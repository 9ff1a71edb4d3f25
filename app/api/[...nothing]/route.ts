import { json } from '@/lib/auth/respond'

/** What is no address of ours: an answer for programs, with the headers of all others. */
const answer = () => json(404, { error: 'Nothing is here.' })

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT }
