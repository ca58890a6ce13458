import { basename, relative, sep } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';

/** Changes that come within this time of each other are one. */
const QUIET_MS = 60;
/** What changes while a folder is looked through for the first time is not told: after this long one looks again. */
const SETTLE_MS = 500;
/** Folders that no code comes from. */
const IGNORED = ['node_modules', 'archon-out'];

/** Tells that something changes in the files and folders that are watched. */
export class ChangeWatcher {
  private readonly watcher: FSWatcher;
  private hasChanged = false;
  private paths: readonly string[] = [];
  private wake: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.watcher = watch([], { ignoreInitial: true, ignored: (path) => this.isIgnored(path) });
    this.watcher.on('all', () => this.note());
    this.watcher.on('error', () => undefined); // a folder that goes away meanwhile is told as a change
  }

  /** Watches these paths and no others. */
  watch(paths: readonly string[]): void {
    const before = this.paths;
    this.paths = paths;
    this.watcher.add(paths.filter((path) => !before.includes(path)));
    this.watcher.unwatch(before.filter((path) => !paths.includes(path)));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), SETTLE_MS);
  }

  /** Waits for files to change, and for no other to follow; may end without a change. */
  async next(): Promise<void> {
    if (!this.hasChanged) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.hasChanged = false;
  }

  close(): Promise<void> {
    clearTimeout(this.timer);
    return this.watcher.close();
  }

  private note(): void {
    this.hasChanged = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), QUIET_MS);
  }

  private isIgnored(path: string): boolean {
    const root = this.paths
      .filter((each) => path === each || path.startsWith(each + sep))
      .sort((a, b) => b.length - a.length)[0];
    if (root === undefined || root === path) return false;
    const inside = relative(root, path).split(sep);
    return (
      inside.some((part) => part.startsWith('.') || IGNORED.includes(part)) || basename(path).endsWith('.tsbuildinfo')
    );
  }
}
