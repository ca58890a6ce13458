import { inflateSync } from 'fflate';
import { render, type ComponentChildren } from 'preact';
import { fromBase64 } from '../../render/bytes.js';
import { Announcements } from './announce.js';
import { Button } from './controls.js';
import { followScheme, toggleScheme } from './theme.js';

type SkipTarget = readonly [id: string, text: string];

/** Links that pass over what comes first; the address stays what it is. */
function SkipLinks({ targets }: { readonly targets: readonly SkipTarget[] }) {
  const go = (event: Event, id: string): void => {
    event.preventDefault();
    goTo(id);
  };
  return (
    <nav class="skip" aria-label="Skip to">
      {targets.map(([id, text]) => (
        <a key={id} href={`#${id}`} onClick={(event) => go(event, id)}>
          {text}
        </a>
      ))}
    </nav>
  );
}

/** Leads eyes and keys to a part of the page. */
export function goTo(id: string): void {
  const target = document.getElementById(`${id}-title`) ?? document.getElementById(id);
  target?.scrollIntoView();
  target?.focus();
}

interface FrameProps {
  readonly skipTo: readonly SkipTarget[];
  readonly title: string;
  /** What the page is about. */
  readonly description?: string | undefined;
  readonly chips?: readonly string[];
  /** What a reader must know before anything else. */
  readonly notice?: string;
  /** The parts of the page, one below the other. */
  readonly children: ComponentChildren;
}

/** A page: links that skip its header, the header with the switch between light and dark, its parts. */
export function Frame({ skipTo, title, description, chips = [], notice = '', children }: FrameProps) {
  return (
    <>
      <SkipLinks targets={skipTo} />
      <header>
        <div>
          <p class="brand">Archon DSE</p>
          <h1>{title}</h1>
          {notice !== '' && (
            <p class="notice" role="note">
              {notice}
            </p>
          )}
          {description !== undefined && <p class="lead">{description}</p>}
          {chips.length > 0 && (
            <ul class="chips">
              {chips.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
        </div>
        <Button title="Switch between light and dark" onClick={toggleScheme}>
          Light / dark
        </Button>
      </header>
      <main>{children}</main>
      <Announcements />
    </>
  );
}

interface TileProps {
  readonly title: string;
  readonly value?: string;
  readonly note?: string | undefined;
  readonly children?: ComponentChildren;
}

/** One number that sums up the page. */
export function Tile({ title, value = '', note, children }: TileProps) {
  return (
    <div class="tile">
      <h2>{title}</h2>
      {value !== '' && <p class="value">{value}</p>}
      {note !== undefined && <p class="note">{note}</p>}
      {children}
    </div>
  );
}

/** Draws a page of the data that the renderer embedded. */
export function startPage<T>(pageOf: (data: T) => ComponentChildren): void {
  const data = readData(document.getElementById('page-data')) as T;
  const app = document.getElementById('app');
  if (app === null) return;
  followScheme();
  const page = pageOf(data);
  app.replaceChildren(); // the title that stood there meanwhile
  render(page, app);
}

/** The data as JSON, or what the renderer packed of it. */
function readData(element: HTMLElement | null): unknown {
  const text = element?.textContent ?? '{}';
  const bytes = element?.dataset['bytes'];
  if (bytes === undefined) return JSON.parse(text) as unknown;
  const out = inflateSync(fromBase64(text), { out: new Uint8Array(Number(bytes)) });
  return JSON.parse(new TextDecoder().decode(out)) as unknown;
}
