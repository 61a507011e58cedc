#!/usr/bin/env node
import { runCommandLine } from './commandLine.js';

// Whoever reads along (`| head`) may stop reading: that is the end of it, and no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv);
