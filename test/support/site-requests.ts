import type { Site, SiteFile } from '@cloister/elements';

/** Counts what is asked of an elements origin, at the origin: what a browser has kept is not asked for. */
export class SiteRequests extends Map<string, SiteFile> {
  asked: string[] = [];

  /** A site that is counted. */
  of(site: Site): Site {
    for (const [path, file] of site.files) this.set(path, file);
    return { ...site, files: this };
  }

  override get(path: string): SiteFile | undefined {
    this.asked.push(path);
    return super.get(path);
  }
}
