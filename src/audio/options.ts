import { z } from 'zod';

/** Names of the echo canceller's microphone and loudspeaker. */
export const ECHO_CANCEL_SOURCE = 'echo-cancel-source';
export const ECHO_CANCEL_SINK = 'echo-cancel-sink';

const system = z.enum(['auto', 'alsa', 'pulse', 'pipewire']);

/** One argument for a program: a leading dash would be read as a switch, a control character as nothing sensible. */
const deviceName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^-\p{Cc}][^\p{Cc}]*$/u, 'must not start with a dash or hold control characters');

/** The `audio:` section of a profile. */
export const audioOptions = z
  .strictObject({
    input: system
      .default('auto')
      .describe(
        'Sound system to hear through; auto takes the first that is installed and works: PipeWire, PulseAudio, ALSA (PipeWire last for an inputDevice)',
      ),
    output: system.default('auto').describe('Sound system to play through; auto as for input'),
    inputDevice: deviceName
      .optional()
      .describe('Microphone as the sound system names it (`arecord -L`, `pactl list short sources`); left out: its default'),
    outputDevice: deviceName
      .optional()
      .describe('Loudspeaker as the sound system names it (`aplay -L`, `pactl list short sinks`); left out: its default'),
    volume: z.number().min(0).max(100).default(80).describe('Loudness at the start, 0 to 100 percent'),
    earcons: z.boolean().default(true).describe('Short sounds that say: listening, heard, done, error'),
    echoCancel: z
      .enum(['none', 'pulseaudio', 'pipewire'])
      .default('none')
      .describe(
        "So that the device does not hear itself: pulseaudio loads the sound server's own echo canceller while the device runs (PipeWire's too, through pipewire-pulse); pipewire takes one that was set up once, as `tandem doctor` says. inputDevice and outputDevice are what it hears and plays through",
      ),
  })
  .refine((audio) => audio.echoCancel === 'none' || (audio.input !== 'alsa' && audio.output !== 'alsa'), {
    path: ['echoCancel'],
    message: 'an echo canceller needs input and output to be auto, pulse or pipewire, not alsa',
  });

export type AudioOptions = z.infer<typeof audioOptions>;
