import { expect, it } from 'vitest';
import { tasksText } from './tasks-text.js';

it('counts tasks by state, and says why most of them wait', () => {
  const waiting = ['Priority', 'Resources', 'Priority'].map((reason) => ({ id: '1_0', state: 'PENDING', reason }));
  expect(tasksText([{ id: '1_9', state: 'RUNNING', node: 'n1' }, ...waiting])).toBe(
    'tasks: 1 running, 3 pending (Priority)',
  );
  expect(tasksText([])).toBe('tasks: none');
});
