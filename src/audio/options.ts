import { z } from 'zod';

/** Names that `pactl load-module module-echo-cancel` is told to give its source and sink. */
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
      .enum(['none', 'pulse'])
      .default('none')
      .describe(
        `pulse: hear and play through the echo canceller of PulseAudio or PipeWire, so that the device does not hear itself; set up once with \`pactl load-module module-echo-cancel aec_method=webrtc source_name=${ECHO_CANCEL_SOURCE} sink_name=${ECHO_CANCEL_SINK}\` (inputDevice and outputDevice, where given, name it instead)`,
      ),
  })
  .refine((audio) => audio.echoCancel === 'none' || (audio.input !== 'alsa' && audio.output !== 'alsa'), {
    path: ['echoCancel'],
    message: 'pulse needs input and output to be auto, pulse or pipewire, not alsa',
  });

export type AudioOptions = z.infer<typeof audioOptions>;
