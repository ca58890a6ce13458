import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface SectionProps {
  /** Its anchor. */
  readonly id: string;
  readonly title: string;
  readonly lead?: string;
  readonly hidden?: boolean;
  readonly children: ComponentChildren;
}

/** A titled part of a page. */
export function Section({ id, title, lead, hidden, children }: SectionProps) {
  return (
    <section id={id} class="card" aria-labelledby={`${id}-title`} hidden={hidden}>
      <h2 id={`${id}-title`} tabIndex={-1}>
        {title}
      </h2>
      {lead !== undefined && <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}

interface SelectProps {
  readonly label: string;
  readonly choices: readonly (readonly [value: string, text: string])[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
}

/** A labelled drop-down. */
export function Select({ label, choices, chosen, onChoose }: SelectProps) {
  const id = useId();
  return (
    <span class="control">
      <label for={id}>{label}</label>
      <select id={id} value={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}

interface CheckboxProps {
  readonly label: string;
  /** Says what a short label leaves to its place. */
  readonly fullName?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A labelled check box. */
export function Checkbox({ label, fullName, checked, onChange }: CheckboxProps) {
  return (
    <label class="control check">
      <input
        type="checkbox"
        checked={checked}
        aria-label={fullName}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

interface ButtonProps {
  /** What it does, in full. */
  readonly title: string;
  readonly class?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

export function Button({ onClick, children, ...rest }: ButtonProps) {
  return (
    <button type="button" onClick={onClick} {...rest}>
      {children}
    </button>
  );
}

/** A sentence below what it is about; nothing where there is nothing to say. */
export function Note({ text }: { readonly text: string }) {
  return text === '' ? null : <p class="muted small">{text}</p>;
}

/** Sentences, one below the other. */
export function Sentences({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul class="rules">
      {texts.map((text, at) => (
        <li key={at}>{text}</li>
      ))}
    </ul>
  );
}

interface ScrollingProps {
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** What may be wider than the page: it scrolls by itself, by keyboard too. */
export function Scrolling({ class: name = '', children }: ScrollingProps) {
  return (
    <div class={`scroll ${name}`.trim()} tabIndex={0} role="group" aria-label="Scrolls">
      {children}
    </div>
  );
}

/** A bar filled to a share from 0 to 1. */
export function ShareBar({ share }: { readonly share: number }) {
  return (
    <span class="share" aria-hidden="true">
      <span style={{ width: `${100 * Math.min(1, Math.max(0, share))}%` }} />
    </span>
  );
}
