import { access, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { run } from './run.js';

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const caDays = '3650';
/** Longer ones are not taken by every client. */
const certificateDays = '825';

/** A CA of one's own in `folder`: ca.crt, ca.key. One that is there is kept, because every device trusts it. */
export async function makeAuthority(folder: string): Promise<void> {
  const key = join(folder, 'ca.key');
  const there = await access(key).then(
    () => true,
    () => false,
  );
  if (there) return;
  const subject = ['-subj', '/CN=Tandem home CA'];
  const extensions = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await run('openssl', [
    'req',
    '-x509',
    ...curve,
    '-days',
    caDays,
    ...subject,
    ...extensions,
    '-keyout',
    key,
    '-out',
    join(folder, 'ca.crt'),
  ]);
}

/** The broker's certificate: server.crt, server.key. `addresses`: names and IP addresses by which devices reach it. */
export async function makeServerCertificate(folder: string, addresses: readonly string[]): Promise<void> {
  const names = addresses.map((address) => `${isIP(address) === 0 ? 'DNS' : 'IP'}:${address}`);
  await makeCertificate(folder, 'server', addresses[0] ?? 'localhost', [
    'extendedKeyUsage=serverAuth',
    `subjectAltName=${names.join(',')}`,
  ]);
}

/** A client's certificate: accounts/NAME.crt, accounts/NAME.key. Its common name is the account. */
export async function makeClientCertificate(folder: string, name: string): Promise<void> {
  await makeCertificate(folder, join('accounts', name), name, ['extendedKeyUsage=clientAuth']);
}

async function makeCertificate(folder: string, name: string, commonName: string, extensions: readonly string[]): Promise<void> {
  const file = (ending: string) => join(folder, `${name}.${ending}`);
  await run('openssl', ['req', ...curve, '-subj', `/CN=${commonName}`, '-keyout', file('key'), '-out', file('csr')]);
  await writeFile(file('ext'), `${['basicConstraints=CA:FALSE', ...extensions].join('\n')}\n`);
  const authority = ['-CA', join(folder, 'ca.crt'), '-CAkey', join(folder, 'ca.key'), '-CAcreateserial'];
  await run('openssl', [
    'x509',
    '-req',
    ...authority,
    '-days',
    certificateDays,
    '-extfile',
    file('ext'),
    '-in',
    file('csr'),
    '-out',
    file('crt'),
  ]);
  await rm(file('csr'));
  await rm(file('ext'));
}
