/** Milliseconds since the epoch. Everything that depends on time takes one, so that tests own it. */
export type Clock = () => number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;
