import { signal } from '@preact/signals';

const announcement = signal('');

/** Says a text to a screen reader. */
export function announce(text: string): void {
  announcement.value = text;
}

/** What is read out; one a page. */
export function Announcements() {
  return (
    <div class="unseen" role="status" aria-live="polite" id="announcements">
      {announcement.value}
    </div>
  );
}
