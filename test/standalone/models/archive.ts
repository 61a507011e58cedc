import { spawnSync } from 'node:child_process';

/** Archives as a voice comes in, and such as should never come: entries are written by hand, since no good program makes bad ones. */

export interface Entry {
  readonly path: string;
  readonly content?: string | Uint8Array;
  /** tar's letter of the type: 0 file, 5 folder, 2 symbolic link, 1 hard link. Default 0. */
  readonly type?: '0' | '1' | '2' | '3' | '5';
  readonly linkTo?: string;
  /** Size that the header claims, where it is not the content's. */
  readonly claims?: number;
}

export function tarBz2(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    return [header(entry, entry.claims ?? content.length), content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  const tar = Buffer.concat([...blocks, Buffer.alloc(1024)]);
  const { stdout, status } = spawnSync('bzip2', ['-c'], { input: tar, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error('bzip2 failed');
  return stdout;
}

function header({ path, type = '0', linkTo = '' }: Entry, size: number): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  block.write(path, 0, 100);
  block.write(octal(type === '5' ? 0o755 : 0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(linkTo, 157, 100);
  block.write('ustar\x0000', 257, 'latin1');
  block.write(
    `${block
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return block;
}

/** The least that a voice for sherpa has. */
export function voiceEntries(top = 'vits-test'): Entry[] {
  return [
    { path: `${top}/`, type: '5' },
    { path: `${top}/en-test.onnx`, content: 'weights' },
    { path: `${top}/tokens.txt`, content: '_ 0\n' },
    { path: `${top}/espeak-ng-data/`, type: '5' },
    { path: `${top}/espeak-ng-data/phontab`, content: 'phonemes' },
  ];
}
