import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acceptLicences, licencesToAccept, requireLicence } from '../../../src/models/licences.js';
import { known } from '../../../src/models/resolve.js';
import { useModelsFolder } from './setting.js';

const place = useModelsFolder();
const models = () => ['exaone-3.5-2.4b', 'exaone-3.5-7.8b', 'whisper-base', 'alexa'].map(known);

test('EXAONE and openWakeWord ask for a yes, each once; MIT does not', async () => {
  expect((await licencesToAccept(models())).map(({ id }) => id)).toEqual(['exaone', 'openwakeword']);
});

test('a yes is remembered', async () => {
  await acceptLicences((await licencesToAccept(models())).filter(({ id }) => id === 'exaone'));
  expect((await licencesToAccept(models())).map(({ id }) => id)).toEqual(['openwakeword']);
  await requireLicence(known('exaone-3.5-7.8b-q8_0'));
  await expect(requireLicence(known('alexa'))).rejects.toMatchObject({
    code: 'licence-not-accepted',
    message: expect.stringContaining('CC BY-NC-SA 4.0'),
  });
});

test('a file of accepted licences that is damaged means asking again', async () => {
  await acceptLicences(await licencesToAccept(models()));
  await writeFile(join(place.data, 'tandem/accepted-licences.json'), '{"exaone": true');
  expect(await licencesToAccept(models())).toHaveLength(2);
});
