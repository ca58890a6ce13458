import { Button } from '../shared/controls.js';
import type { SweepPage } from './state/sweep-page.js';

interface ShowPointProps {
  readonly page: SweepPage;
  readonly id: string;
  /** The point's label unless given. */
  readonly text?: string;
}

/** Chooses a point. */
export function ShowPoint({ page: { report, selected }, id, text }: ShowPointProps) {
  const label = report.byId.get(id)?.label ?? id;
  return (
    <Button class="cut" title={`Show ${label}`} onClick={() => (selected.value = id)}>
      {text ?? label}
    </Button>
  );
}
