import { freshProcess } from '@/lib/test-process'

/** A setup file of vitest, run before each test file: the files of a worker follow each other in one process. */
freshProcess()
