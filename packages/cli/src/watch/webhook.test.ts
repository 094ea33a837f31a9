import { expect, it } from 'vitest';
import { webhookOf } from './webhook.js';

it.each(['https://alerts.example/hook?key=1', 'http://127.0.0.1:8080/', 'http://localhost/'])(
  'an alert may go to %s',
  (text) => {
    expect(webhookOf(text)).toBe(text);
  },
);

it.each(['http://alerts.example/', 'ftp://alerts.example/', 'alerts', '', 'https://ann:secret@alerts.example/'])(
  'an alert may not go to %j, and what was asked is not printed',
  (text) => {
    expect(() => webhookOf(text)).toThrow(/^--webhook takes an address by https: \(or of this machine\)/u);
    expect(() => webhookOf(text)).not.toThrow('secret@');
  },
);
