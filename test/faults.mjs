import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Preloaded into a process under test (`node --import`): from the n-th write below ARCHON_FAULT_PATH on, the operating system
 * "refuses" with the error ARCHON_FAULT_CODE, as a disk does that fills up, is read-only or another user's. A journal line is cut short first.
 */
const {
  ARCHON_FAULT_PATH: path = '',
  ARCHON_FAULT_CODE: code = 'ENOSPC',
  ARCHON_FAULT_AFTER: after = '0',
} = process.env;

const opened = new Map();
let writes = 0;

function refusal(syscall, file) {
  const error = new Error(`${code}: made by a test, ${syscall} '${file}'`);
  return Object.assign(error, { code, syscall, errno: -1, path: file });
}

function isRefused(file) {
  return typeof file === 'string' && file.startsWith(path) && (writes += 1) > Number(after);
}

const { appendFileSync, openSync, open, mkdirSync, writeFileSync } = fs;

fs.openSync = (file, flags, ...rest) => {
  const isWriting = typeof flags === 'string' && /[wa]/.test(flags);
  if (code !== 'ENOSPC' && isWriting && isRefused(file)) throw refusal('open', file);
  const descriptor = openSync(file, flags, ...rest);
  opened.set(descriptor, file);
  return descriptor;
};
fs.open = (file, flags, ...rest) => {
  if (flags === 'w' && isRefused(file)) rest.at(-1)(refusal('open', file));
  else open(file, flags, ...rest);
};
fs.appendFileSync = (target, text, ...rest) => {
  const file = typeof target === 'number' ? opened.get(target) : target;
  if (!isRefused(file)) return appendFileSync(target, text, ...rest);
  appendFileSync(target, text.slice(0, text.length / 2));
  throw refusal('write', file);
};
fs.mkdirSync = (folder, ...rest) => {
  if (code !== 'ENOSPC' && isRefused(folder)) throw refusal('mkdir', folder);
  return mkdirSync(folder, ...rest);
};
fs.writeFileSync = (file, ...rest) => {
  if (!isRefused(file)) return writeFileSync(file, ...rest);
  if (code === 'ENOSPC') writeFileSync(file, '', ...rest.slice(1)); // made, but without its text
  throw refusal('open', file);
};
syncBuiltinESMExports();
