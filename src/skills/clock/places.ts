import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../paths.js';

const placesFile = z.strictObject({ zones: z.record(z.string(), z.array(z.string().min(1))), several: z.array(z.string().min(1)) });

let loaded: Promise<Places> | undefined;

/** Which time zone a place is in: our own names first, then zone names, cities, provinces and countries of the world. */
export class Places {
  private readonly zones: ReadonlyMap<string, string>;
  private readonly several: ReadonlySet<string>;

  private constructor(zones: ReadonlyMap<string, string>, several: ReadonlySet<string>) {
    this.zones = zones;
    this.several = several;
  }

  /** Read once, as nothing changes them. */
  static async load(): Promise<Places> {
    loaded ??= Places.read();
    return await loaded;
  }

  private static async read(): Promise<Places> {
    const zones = new Map<string, string>();
    const file = placesFile.parse(parse(await readFile(join(projectRoot, 'src', 'skills', 'clock', 'places.yaml'), 'utf8')));
    for (const [zone, names] of Object.entries(file.zones)) for (const name of names) zones.set(plain(name), zone);
    for (const zone of Intl.supportedValuesOf('timeZone')) addNew(zones, zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone, zone);
    // The largest city of a name, of a province and of a country speaks for it.
    const { cityMapping } = (await import('city-timezones')).default;
    const bySize = [...cityMapping].sort((a, b) => b.pop - a.pop);
    for (const { city, timezone } of bySize) addNew(zones, city, timezone);
    for (const { city, province, timezone } of bySize) addNew(zones, `${city} ${province}`, timezone);
    for (const { city, country, timezone } of bySize) addNew(zones, `${city} ${country}`, timezone);
    for (const { province, timezone } of bySize) addNew(zones, province, timezone);
    for (const { country, timezone } of bySize) addNew(zones, country, timezone);
    const korean = new Intl.DisplayNames('ko', { type: 'region' });
    for (const { iso2, timezone } of bySize) if (/^[A-Z]{2}$/.test(iso2)) addNew(zones, korean.of(iso2), timezone);
    return new Places(zones, new Set(file.several.map(plain)));
  }

  /** True for a country whose people don't all have the same time. */
  hasSeveralZones(place: string): boolean {
    return this.several.has(plain(place));
  }

  /** IANA name; undefined for a place that is not known. */
  zoneOf(place: string): string | undefined {
    const name = plain(place);
    return (
      this.zones.get(name) ??
      this.zones.get(name.replace(/^the /, '')) ??
      this.zones.get(name.replace(/^(?:the )?(?:city|state|country) of /, ''))
    );
  }
}

/** Of Antarctica the zone isn't known. */
function addNew(zones: Map<string, string>, name: string | undefined, zone: string | null): void {
  const key = plain(name ?? '');
  if (key !== '' && zone !== null && !zones.has(key)) zones.set(key, zone);
}

/** Without accents, signs and Korean spaces: "São Paulo" as people's recognisers write it. */
function plain(name: string): string {
  if (/^[a-z]+$/.test(name)) return name;
  const letters = name.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase().replaceAll(/[.,']/g, '').trim();
  return /\p{Script=Hangul}/u.test(letters) ? letters.replaceAll(' ', '') : letters.replaceAll(/[\s-]+/g, ' ');
}
