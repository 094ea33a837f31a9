/**
 * Hands an error of the integrator's own code to the page's error handling (HTML §8.1.4.6), so that it is seen without
 * breaking anything else. Every browser that has what the protocol asks for (`URL.canParse`) has it.
 */
export const report = (error: unknown): void => {
  reportError(error);
};
