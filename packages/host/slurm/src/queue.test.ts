import { describe, expect, it } from 'vitest';
import { readQueue } from './queue.js';
import { isActive, phaseOf } from './task-state.js';

const task = (state: string, reason = '') => ({ index: 0, state, reason, node: '' });

describe('readQueue', () => {
  it('reads each element of an array', () => {
    const output = '17|0|RUNNING|n1|None\n17|1|PENDING||Priority\n17|2|PENDING||(launch failed requeued held)\n';
    expect(readQueue(output)).toEqual({
      job: '17',
      tasks: [
        { index: 0, state: 'RUNNING', node: 'n1', reason: '' },
        { index: 1, state: 'PENDING', node: '', reason: 'Priority' },
        { index: 2, state: 'PENDING', node: '', reason: '(launch failed requeued held)' },
      ],
    });
  });

  it('takes the last of several jobs of a name, and knows none where there is no line', () => {
    expect(readQueue('9|0|FAILED|n1|NonZeroExitCode\n17|0|PENDING||None\n')).toMatchObject({
      job: '17',
      tasks: [{ state: 'PENDING' }],
    });
    expect(readQueue('\n')).toBe('none');
    expect(readQueue('CLUSTER: alpha\n')).toBe('none');
  });

  it('takes what tells of no job for words, and passes over words beside jobs', () => {
    expect(readQueue('Slurm is being upgraded\n')).toEqual({ words: 'Slurm is being upgraded' });
    expect(readQueue('Upgrade at noon\nCLUSTER: alpha\n17|0|PENDING||None\n')).toMatchObject({ job: '17' });
  });
});

describe('phaseOf', () => {
  it.each([
    [task('RUNNING'), 'running'],
    [task('COMPLETING'), 'running'],
    [task('PENDING', 'Priority'), 'pending'],
    [task('PENDING', 'JobHeldUser'), 'held'],
    [task('PENDING', 'JobHeldAdmin'), 'held'],
    [task('PENDING', '(launch failed requeued held)'), 'stuck'],
    [task('SPECIAL_EXIT'), 'stuck'],
    [task('FAILED'), 'over'],
    [task('NODE_FAIL'), 'over'],
    [task('A_STATE_OF_A_LATER_VERSION'), 'over'],
  ] as const)('%j is %s', (one, phase) => {
    expect(phaseOf(one)).toBe(phase);
    expect(isActive(one)).toBe(['running', 'pending', 'held'].includes(phase));
  });
});
