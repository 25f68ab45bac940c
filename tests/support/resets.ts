/** What is to be done after a test failed, so that what it held or scripted does not fail the tests after it. */
export const resets = new Set<() => void>();
