import type { OptionMistake } from '@archon-dse/config';
import type { Refine } from '@archon-dse/core';

const PARTS: Readonly<Record<string, (index: string | number | undefined) => string>> = {
  networks: () => 'network',
  stages: (index) => `stages[${String(index)}]`,
  accelerators: () => 'accelerator',
};

/** Mistakes of the candidates of a second step, at the settings to blame for them; what no setting is to blame for is left out. */
export function settingMistakes(mistakes: readonly OptionMistake[], { set }: Refine): readonly OptionMistake[] {
  return mistakes.flatMap(({ entry: [list = '', index], option = '', problem }) => {
    const path = `${PARTS[list]?.(index) ?? ''}.options.${option}`;
    const setting = Object.keys(set).find((one) => path.startsWith(one) && /^$|^[.[]/.test(path.slice(one.length)));
    return setting === undefined ? [] : [{ entry: ['refine', 'set', setting], problem }];
  });
}
