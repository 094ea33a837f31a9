import type { HostRow, TableOrigin } from './hosts.js';

export const COLLECTORS_ORIGIN: TableOrigin = {
  source:
    'reports of skimmers that sent card data there (Google Analytics 2020, Telegram 2020, Discord 2021), and the documentation of each host',
  date: '2026-11-22',
};

const account = (host: string): HostRow => ({
  host,
  why: 'anybody can have an account there and read what it is sent',
});
const relay = (host: string): HostRow => ({
  host,
  why: 'it hands on what it is sent to whoever asked for an address there',
});

/** Hosts to which a skimmer can send what it read, since it has an account there too. */
export const COLLECTORS: readonly HostRow[] = [
  account('.google-analytics.com'),
  account('.analytics.google.com'),
  account('stats.g.doubleclick.net'),
  account('api.mixpanel.com'),
  account('api.segment.io'),
  account('api.amplitude.com'),
  account('.hotjar.com'),
  account('.clarity.ms'),
  account('api.telegram.org'),
  account('discord.com'),
  account('hooks.slack.com'),
  account('docs.google.com'),
  account('script.google.com'),
  account('formspree.io'),
  account('api.emailjs.com'),
  account('api.github.com'),
  account('.firebaseio.com'),
  relay('webhook.site'),
  relay('.requestbin.com'),
  relay('.pipedream.net'),
  relay('.ngrok.io'),
  relay('.ngrok-free.app'),
  relay('cors-anywhere.herokuapp.com'),
];
