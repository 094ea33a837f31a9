/**
 * Hands an error of the integrator's own code to the page's error handling (HTML §8.1.4.6), so that it is seen without
 * breaking anything else.
 */
export function report(error: unknown): void {
  if (typeof reportError === 'function') {
    reportError(error);
    return;
  }
  // Browsers before 2022 have no `reportError`; throwing in a task of its own ends at the same place.
  setTimeout(() => {
    throw error;
  });
}
