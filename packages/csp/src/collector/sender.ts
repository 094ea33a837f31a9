/** Longer names are no addresses. */
const LONGEST = 64;

/** The eight groups of an IPv6 address as `URL` writes it. */
function groupsOf(address: string): readonly string[] {
  const [before = '', after] = address.split('::');
  const head = before.split(':');
  if (after === undefined) return head;
  const tail = after.split(':').filter((group) => group !== '');
  const known = head.filter((group) => group !== '');
  return [...known, ...Array.from({ length: 8 - known.length - tail.length }, () => '0'), ...tail];
}

/** `::ffff:192.0.2.1` is one address of IPv4, and no network. */
const isIpv4 = (groups: readonly string[]): boolean => groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff';

/**
 * Whom a budget belongs to.
 *
 * Security: whoever has one IPv6 address has the 2⁶⁴ of its network, and gets one budget for all of them. Names that are no addresses stay as
 * they are, but for their length: a proxy may hand on what a sender wrote.
 */
export function senderOf(client: string): string {
  const name = client.slice(0, LONGEST);
  const url = `http://[${name.split('%', 1).join('')}]/`;
  if (!name.includes(':') || !URL.canParse(url)) return name;
  const groups = groupsOf(new URL(url).hostname.slice(1, -1));
  return isIpv4(groups) ? name : groups.slice(0, 4).join(':');
}
