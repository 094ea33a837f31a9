import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { pageHeaders } from './headers.js';
import { isOwnPost, shopperOf } from './http.js';

const ORIGIN = 'http://shop.localhost:4100';
const COOKIE = 'Abcdefghijklmnopqrstuvwxyz012-_4';

function requestWith(headers: Readonly<Record<string, string>>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return request;
}

describe('isOwnPost', () => {
  it.each([
    { name: 'our own page', headers: { origin: ORIGIN, 'content-type': 'application/json' }, own: true },
    {
      name: 'another origin',
      headers: { origin: 'http://evil.example', 'content-type': 'application/json' },
      own: false,
    },
    {
      name: 'another port',
      headers: { origin: 'http://shop.localhost:4101', 'content-type': 'application/json' },
      own: false,
    },
    { name: 'a sandboxed page', headers: { origin: 'null', 'content-type': 'application/json' }, own: false },
    { name: 'no origin', headers: { 'content-type': 'application/json' }, own: false },
    { name: 'A89 a form', headers: { origin: ORIGIN, 'content-type': 'text/plain' }, own: false },
  ])('$own for $name', ({ headers, own }) => {
    expect(isOwnPost(requestWith(headers), ORIGIN)).toBe(own);
  });
});

describe('shopperOf', () => {
  it.each([
    { cookie: `shopper=${COOKIE}`, shopper: COOKIE },
    { cookie: `theme=dark; shopper=${COOKIE}; x=y`, shopper: COOKIE },
    { cookie: '', shopper: undefined },
    { cookie: 'shopper=', shopper: undefined },
    { cookie: 'shopper=short', shopper: undefined },
    { cookie: `shopper=${COOKIE}=more`, shopper: COOKIE },
    { cookie: `shopper=${'"'.repeat(32)}`, shopper: undefined },
    { cookie: `xshopper=${COOKIE}`, shopper: undefined },
  ])('reads $shopper from "$cookie"', ({ cookie, shopper }) => {
    expect(shopperOf(requestWith({ cookie }))).toBe(shopper);
  });
});

describe('pageHeaders', () => {
  it('let one origin be framed, and nothing inline, foreign or as a string become script', () => {
    const reports = 'http://vault.localhost:4102/v1/csp-reports';
    const headers = pageHeaders({ elements: 'http://elements.localhost:4101', coep: false, reports });
    expect(headers['Content-Security-Policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src http://elements.localhost:4101; " +
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
        'report-uri http://vault.localhost:4102/v1/csp-reports',
    );
  });

  it('ask everything embedded to opt in only when told to', () => {
    const options = { elements: 'http://elements.localhost:4101', reports: undefined };
    expect(pageHeaders({ ...options, coep: true })).toHaveProperty('Cross-Origin-Embedder-Policy', 'require-corp');
    expect(pageHeaders({ ...options, coep: false })).not.toHaveProperty('Cross-Origin-Embedder-Policy');
  });
});
