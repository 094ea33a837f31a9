import { CloisterError } from '@cloister/protocol';

/** A frame that went away under a call was not destroyed by the integrator: he can mount again and repeat. */
export const lostLink = (error: CloisterError): CloisterError =>
  error.code === 'destroyed' ? new CloisterError('unpaired') : error;
