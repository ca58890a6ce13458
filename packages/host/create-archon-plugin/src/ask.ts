import { cancel, intro, isCancel, multiselect, outro, text } from '@clack/prompts';
import { KINDS, type Kind } from './kinds.js';
import { namesOf } from './names.js';
import { Refusal } from './refusal.js';
import type { Wishes } from './usage.js';
import { requireFree } from './write-folder.js';

const FOLDER = 'my-plugin';
const HINTS: Readonly<Record<Kind, string>> = {
  network: 'layers that options build',
  stage: 'what becomes of a network before it runs, such as pruning',
  accelerator: 'hardware: the cycles and actions of each layer',
  strategy: 'which points of a sweep are worth evaluating',
};

/** Asks a person on a terminal; nothing when they leave. */
export async function ask(): Promise<Wishes | undefined> {
  intro('A plugin of Archon DSE');
  const folder = await text({
    message: 'In which new folder?',
    placeholder: FOLDER,
    defaultValue: FOLDER,
    validate: (answer = '') => problemOf(answer === '' ? FOLDER : answer),
  });
  if (isCancel(folder)) return left();
  const kinds = await multiselect({
    message: 'What does it bring?',
    options: KINDS.map((kind) => ({ value: kind, label: kind, hint: HINTS[kind] })),
    initialValues: [...KINDS],
  });
  if (isCancel(kinds)) return left();
  outro();
  return { folder, kinds };
}

function left(): undefined {
  cancel('Nothing was written.');
  return undefined;
}

/** Why no plugin can be written into a folder, or named after it. */
function problemOf(folder: string): string | undefined {
  try {
    namesOf(folder, {});
    requireFree(folder);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
