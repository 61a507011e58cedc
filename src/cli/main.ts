#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node
// glibc gives many threads heaps of their own, which keep what was once needed: 40 MB less for the device with two (scripts/soak/run.ts).
import { runCommandLine } from './commandLine.js';

// Whoever reads along (`| head`) may stop reading: that is the end of it, and no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`tandem: What was to be printed could not be written (${error.message}). Check where the output goes.\n`);
  process.exit(1);
});

process.exitCode = await runCommandLine(process.argv);
