import {
  ARCHIVES,
  countClasses,
  fetchArchive,
  findCifar,
  measureNormalization,
  readCifar,
  type CifarName,
  type DownloadProgress,
  type FetchResult,
} from '@archon-dse/data';
import { inCwd, type Context } from '../context.js';
import { formatDuration, formatNumber } from '../terminal/format.js';
import { runInterruptibly } from '../interrupt.js';
import { EXIT } from '../terminal/output.js';
import { formatTable } from '../terminal/table.js';

interface FetchFlags {
  readonly dir: string;
  readonly mirror?: string;
  readonly json?: boolean;
}

/** `archon data fetch NAME --dir DIR`. */
export async function fetchData(context: Context, name: CifarName, { dir, mirror, json }: FetchFlags): Promise<void> {
  const result = await fetchInterruptibly(context, name, { dir: inCwd(context, dir), mirror });
  if (result === undefined) {
    context.setExitCode(EXIT.interrupted);
    return;
  }
  findCifar(result.folder, name);
  if (json) context.output.json({ name, ...result });
  else context.output.result(`${name}  ${result.folder}${result.fetched ? '' : '  (was there already)'}`);
}

/** Nothing when the user interrupted it. */
async function fetchInterruptibly(
  context: Context,
  name: CifarName,
  { dir, mirror }: { readonly dir: string; readonly mirror: string | undefined },
): Promise<FetchResult | undefined> {
  const onProgress = progressLines(context);
  const onRetry = (reason: string, pauseMs: number): void => {
    context.output.info(`${reason}; trying again in ${formatDuration(pauseMs)}`);
  };
  const notice = 'Stopping; run the same command again to fetch the rest.';
  return runInterruptibly(context, notice, async (signal) => {
    try {
      const where = mirror === undefined ? { dir } : { dir, mirror };
      return await fetchArchive({ archive: ARCHIVES[name], ...where, signal, onProgress, onRetry });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

/** A line every tenth of the way. */
function progressLines(context: Context): (progress: DownloadProgress) => void {
  let nextTenth = 1;
  return ({ bytes, total }) => {
    const tenth = Math.floor((bytes / total) * 10);
    if (tenth < nextTenth) return;
    nextTenth = tenth + 1;
    context.output.info(`${formatNumber(bytes)} of ${formatNumber(total)} bytes`);
  };
}

/** `archon data info DIR`: reads everything, and so checks it. */
export function showDataFolder(context: Context, folder: string, flags: { readonly json?: boolean }): void {
  const info = describeFolder(inCwd(context, folder));
  if (flags.json) context.output.json(info);
  else context.output.result(infoText(info));
}

type FolderInfo = ReturnType<typeof describeFolder>;

function describeFolder(path: string) {
  const { name, folder, files } = findCifar(path);
  const splits = (['train', 'test'] as const)
    .filter((split) => files[split].length > 0)
    .map((split) => {
      const dataset = readCifar(folder, split, name);
      const { count, classes } = dataset;
      const perClass = countClasses(dataset);
      return [
        split,
        { files: files[split].length, count, classes, perClass, ...measureNormalization(dataset) },
      ] as const;
    });
  return { name, folder, splits: Object.fromEntries(splits) };
}

function infoText({ name, folder, splits }: FolderInfo): string {
  const rows = Object.entries(splits).map(([split, { files, count, classes, perClass, mean, std }]) => [
    split,
    files,
    formatNumber(count),
    classes,
    `${formatNumber(Math.min(...perClass))} to ${formatNumber(Math.max(...perClass))}`,
    mean.toFixed(3),
    std.toFixed(3),
  ]);
  const head = ['split', 'files', 'images', 'classes', 'a class', 'mean', 'std'];
  return `${name}  ${folder}\n\n${formatTable(head, rows)}`;
}
