/** Integration and browser tests run in this many processes at once, each with a world of its own. */
export const testWorkers = 2

/**
 * The environments of the workers' worlds, handed from the run to its workers: JSON, one object of variables for each.
 * `process.env` is the one thing that reaches them before a test file is loaded.
 */
export const worldsVariable = 'TEST_WORLDS'
