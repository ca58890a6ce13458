import { cancel, intro, isCancel, multiselect, outro, text } from '@clack/prompts';
import { KINDS } from './kinds.js';
import { namesOf } from './names.js';
import { Refusal } from './refusal.js';
import type { Wishes } from './usage.js';

/** Asks a person on a terminal; nothing when they leave. */
export async function ask(): Promise<Wishes | undefined> {
  intro('A plugin of Archon DSE');
  const folder = await text({
    message: 'Where?',
    placeholder: 'my-plugin',
    defaultValue: 'my-plugin',
    validate: (answer = '') => (answer === '' ? undefined : problemOf(answer)),
  });
  if (isCancel(folder)) return left();
  const kinds = await multiselect({
    message: 'What does it bring?',
    options: KINDS.map((kind) => ({ value: kind })),
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

/** Why no plugin can be named after a folder. */
function problemOf(folder: string): string | undefined {
  try {
    namesOf(folder, {});
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
