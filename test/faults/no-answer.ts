// Whether fetch got no answer at all. By name, because inside jest the error belongs to another realm than the test.

export const isNoAnswer = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError';
