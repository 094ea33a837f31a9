import { decode } from '../schema/decode.js';
import type { Infer, Schema } from '../schema/schema.js';
import { CodedError } from '../errors/coded-error.js';
import { isErrorCode, type ErrorCode } from '../errors/codes.js';

/** One method of a contract: what it takes and what it answers, each as a schema that both ends decode by. */
export interface Method {
  readonly params: Schema<unknown>;
  readonly result: Schema<unknown>;
}

/** All the methods that one end offers. */
export type MethodMap = Readonly<Record<string, Method>>;

/**
 * What an end needs to call a map: how answers are read. The end that offers the map reads the parameters, so a bundle holds
 * only the schemas of what it receives (ADR 13).
 */
export type Answers<M extends MethodMap> = { readonly [K in keyof M]: M[K]['result'] };

/** What an end must implement to offer a map. Throw `CodedError` to answer with its code. */
export type Handlers<M extends MethodMap> = {
  readonly [K in keyof M]: (params: Infer<M[K]['params']>) => Infer<M[K]['result']> | Promise<Infer<M[K]['result']>>;
};

/** How the other end's map is called. Rejects with `CodedError`. */
export type Calls<M extends MethodMap> = {
  readonly [K in keyof M]: (params: Infer<M[K]['params']>) => Promise<Infer<M[K]['result']>>;
};

/** What travels back: a result or a code; never a message, a stack or an unknown error (A15). */
export type Reply =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly hint?: string };

/** A function as the transport sees it. */
export type WireFunction = (...args: unknown[]) => Promise<unknown>;
export type WireMethods = Readonly<Record<string, WireFunction>>;

/** A hint that may cross: short and made of printable ASCII. */
const safeHint = (hint: unknown): string | undefined =>
  typeof hint === 'string' && hint.length <= 200 ? hint : undefined;

const failure = (code: ErrorCode, hint: string | undefined): Reply =>
  hint === undefined ? { ok: false, code } : { ok: false, code, hint };

async function answer(method: Method, handler: (params: unknown) => unknown, args: unknown): Promise<Reply> {
  const params = decode(method.params, args);
  if (!params.ok) {
    const { path } = params;
    // What a page may choose from in its looks is checked here alone, and the mistake has a code of its own.
    return failure(path.startsWith('/appearance') ? 'appearance' : 'message', path === '' ? undefined : path);
  }
  try {
    const result = decode(method.result, await handler(params.value));
    return result.ok ? { ok: true, result: result.value } : failure('internal', undefined);
  } catch (error) {
    return error instanceof CodedError ? failure(error.code, error.hint) : failure('internal', undefined);
  }
}

/**
 * Offers handlers to a transport: a null-prototype table (so that inherited names cannot be called, A14) whose functions
 * decode their arguments, encode their result by the contract, and answer every failure with a code.
 */
export function serve<M extends MethodMap>(map: M, handlers: Handlers<M>): WireMethods {
  const table: Record<string, WireFunction> = Object.create(null) as Record<string, WireFunction>;
  for (const [key, method] of Object.entries(map)) {
    // The handler for a key takes what that key's schema decodes to; TypeScript cannot follow the pairing through a loop.
    const handler = handlers[key] as (params: unknown) => unknown;
    table[key] = (args) => answer(method, handler, args);
  }
  return Object.freeze(table);
}

/** Makes the error that a call rejects with; the bridge gives its codes words here. */
export type Raise = (code: ErrorCode, hint?: string) => CodedError;

const raiseCode: Raise = (code, hint) => new CodedError(code, hint);

function readReply(schema: Schema<unknown>, reply: unknown, raise: Raise): unknown {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) throw raise('message');
  if (reply.ok === true && 'result' in reply) {
    const result = decode(schema, reply.result);
    if (!result.ok) throw raise('message');
    return result.value;
  }
  const code = 'code' in reply && isErrorCode(reply.code) ? reply.code : 'message';
  throw raise(code, 'hint' in reply ? safeHint(reply.hint) : undefined);
}

/** Calls the other end's methods through a transport; decodes every answer and turns codes back into errors. */
export function calls<M extends MethodMap>(
  answers: Answers<M>,
  remote: WireMethods,
  raise: Raise = raiseCode,
): Calls<M> {
  const table: Record<string, (params: unknown) => Promise<unknown>> = {};
  for (const [key, schema] of Object.entries<Schema<unknown>>(answers)) {
    table[key] = async (params) => {
      const wire = remote[key];
      if (wire === undefined) throw raise('message');
      let reply: unknown;
      try {
        reply = await wire(params);
      } catch {
        throw raise('destroyed');
      }
      return readReply(schema, reply, raise);
    };
  }
  // Each key of the map got its function in the loop above, and `readReply` decodes what it answers; TypeScript cannot
  // follow the pairing of key and method.
  return table as unknown as Calls<M>;
}
