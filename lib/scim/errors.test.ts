import { expect, test } from 'vitest'
import { badRequest, errorBody, ScimError } from './errors'

test('RFC 7644 §3.12: an error has its schema, a string status, its keyword and a detail', () => {
  expect(errorBody(badRequest('noTarget', 'Nothing matches.'))).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '400',
    scimType: 'noTarget',
    detail: 'Nothing matches.',
  })
})

test('RFC 7644 §3.12: scimType is left out where table 9 has no keyword', () => {
  const body = errorBody(new ScimError(404, undefined, 'No such user.'))
  expect(body).toEqual({ schemas: body.schemas, status: '404', detail: 'No such user.' })
  expect('scimType' in body).toBe(false)
})

test('a detail given takes the place of the error’s own, to carry an event id', () => {
  expect(errorBody(badRequest('uniqueness', 'Taken.'), 'Taken. (evt_1)').detail).toBe('Taken. (evt_1)')
})

test('a ScimError is an Error with its detail as message', () => {
  const error = new ScimError(409, 'uniqueness', 'Taken.')
  expect(error).toBeInstanceOf(Error)
  expect(error.name).toBe('ScimError')
  expect(error.message).toBe('Taken.')
})
