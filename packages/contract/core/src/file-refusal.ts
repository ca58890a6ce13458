import { ArchonError, type Diagnostic } from './diagnostic.js';

/** What is done to a file or folder, for the sentence "X cannot be ...". */
export interface FileAccess {
  readonly path: string;
  readonly doing: 'read' | 'listed' | 'written' | 'made' | 'locked' | 'removed';
  /** What should be there, e.g. `a checkpoint`. */
  readonly expected?: string;
}

const ELSEWHERE = 'Choose another place, or change who may use this one.';
const OTHER_NAME = 'Check the path, or choose another one.';

/** Refusals of the operating system in words, and what to do about them. */
const REFUSALS: Readonly<Record<string, readonly [problem: string, hint: string]>> = {
  EACCES: ['permission is denied', ELSEWHERE],
  EPERM: ['it is not permitted', ELSEWHERE],
  EROFS: ['the file system is read-only', 'Choose a place on another file system.'],
  ENOENT: ['it, or a folder on the way to it, is not there', OTHER_NAME],
  EEXIST: ['something else of that name is there', 'Choose another name, or move away what is there.'],
  ENOTDIR: ['a part of the path is a file, not a folder', OTHER_NAME],
  EISDIR: ['it is a folder', 'Name a file.'],
  ENOTEMPTY: ['the folder is not empty', 'Choose another name, or move away what is there.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter one.'],
  ELOOP: ['links on the way to it lead in a circle', OTHER_NAME],
  EMFILE: ['too many files are open', 'Raise the limit (ulimit -n), or use fewer workers.'],
  ENFILE: ['too many files are open on this machine', 'Close other programs.'],
  EBUSY: ['something else is using it', 'Try again when that is done.'],
  ETXTBSY: ['something else is using it', 'Try again when that is done.'],
  EFBIG: ['it would be larger than the file system allows', 'Choose a place on another file system.'],
  EIO: ['the device reports an error', 'Check the disk or the network drive.'],
  ESTALE: ['the network drive no longer knows it', 'Check the network drive.'],
  ERR_FS_FILE_TOO_LARGE: ['it is larger than 2 GiB', 'Name a smaller file.'],
  ERR_INVALID_ARG_VALUE: ['no file can have that name', OTHER_NAME],
};

/** A disk or a quota without room. */
const FULL: readonly string[] = ['ENOSPC', 'EDQUOT'];

/** Calls of the operating system that are about files; those about networks and processes fail in other ways. */
const FILE_CALLS =
  /^(access|chmod|chown|close|copyfile|fchmod|fchown|fdatasync|fstat|fsync|ftruncate|futime|link|lchown|lstat|mkdir|mkdtemp|open|opendir|read|readdir|readlink|realpath|rename|rmdir|rm|scandir|stat|statfs|symlink|unlink|utime|uv_cwd|write)$/;

interface SystemError {
  readonly code: string;
  readonly syscall?: string;
  readonly path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return 'syscall' in error || error.code in REFUSALS;
}

/**
 * Runs something that touches a file. A refusal of the operating system becomes an error that says what to do; anything else passes.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND for what is not there to read, ARCHON_DISK_FULL, ARCHON_FILE_REFUSED for all other refusals
 */
export function attemptFile<T>(access: FileAccess, act: () => T): T {
  const refuse = (error: unknown): never => {
    throw isSystemError(error) ? new ArchonError(describeRefusal(error, access)) : error;
  };
  try {
    const result = act();
    return result instanceof Promise ? (result.catch(refuse) as T) : result;
  } catch (error) {
    return refuse(error);
  }
}

/** The same for an error that reached the end of the program with nobody knowing what was done to which file; else nothing. */
export function fileRefusal(error: unknown): Diagnostic | undefined {
  if (!isSystemError(error) || !FILE_CALLS.test(error.syscall ?? '')) return undefined;
  return describeRefusal(error, undefined);
}

function describeRefusal({ code, syscall = '', path = '' }: SystemError, access: FileAccess | undefined): Diagnostic {
  const what = access === undefined ? unnamed(syscall, path) : `"${access.path}" cannot be ${access.doing}`;
  const expected = access?.expected === undefined ? {} : { expected: access.expected };
  if (FULL.includes(code)) {
    return {
      code: 'ARCHON_DISK_FULL',
      message: `${what}: no room is left on its disk (${code})`,
      ...expected,
      hint: 'What was done before is kept. Make room, then run the same command again: it goes on from there.',
    };
  }
  const isNoPlace = code === 'ENOENT' && access?.doing === 'made'; // as in /proc
  const known = isNoPlace ? (['nothing can be made there', 'Choose another place.'] as const) : REFUSALS[code];
  const [problem, hint] = known ?? ['the operating system refuses it', OTHER_NAME];
  const isMissing = code === 'ENOENT' && access?.doing === 'read';
  return {
    code: isMissing ? 'ARCHON_FILE_NOT_FOUND' : 'ARCHON_FILE_REFUSED',
    message: `${what}: ${problem} (${code})`,
    ...expected,
    hint,
  };
}

function unnamed(syscall: string, path: string): string {
  if (syscall === 'uv_cwd') return 'the working directory cannot be used';
  return path === '' ? `a file cannot be used (${syscall})` : `"${path}" cannot be used (${syscall})`;
}
