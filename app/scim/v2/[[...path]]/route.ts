import { scimApp } from '@/lib/scim-api/app'

const handle = (request: Request) => scimApp.fetch(request)

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT }
