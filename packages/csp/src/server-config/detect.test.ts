import { expect, it } from 'vitest';
import { configServerOf, type ConfigServer } from './detect.js';

const CASES: readonly (readonly [text: string, server: ConfigServer | undefined])[] = [
  ['server {', 'nginx'],
  ['# a shop\n\thttp\n{', 'nginx'],
  ['location ~* \\.js$ {', 'nginx'],
  ['  add_header X-A b;', 'nginx'],
  ['<VirtualHost *:443>', 'apache'],
  ['<filesmatch "a">', 'apache'],
  ['Header always set X-A b', 'apache'],
  ["default-src 'self'; script-src https://server.example", undefined],
  ["default-src 'self';\nserver x", undefined],
  ['HTTP/2 200\r\nserver: nginx\r\nlocation: /a\r\nheader: set\r\n', undefined],
  ['', undefined],
];

it.each(CASES)('%j is of %s', (text, server) => {
  expect(configServerOf(text)).toBe(server);
});

it.each(['server\n', 'location ', 'Header ', '<IfModule', ' \t'])('a megabyte of %j is told at once', (part) => {
  const began = performance.now();
  expect(configServerOf(part.repeat(1_000_000 / part.length))).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(15_000);
});
