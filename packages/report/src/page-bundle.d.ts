/** Written to `dist/page-bundle.js` by `build-page.mjs` from `src/page`. */

/** The page's program, safe inside a script element. */
export const PAGE_SCRIPT: string;
/** Its name in a content security policy: `sha256-...`. */
export const PAGE_SCRIPT_HASH: string;
/** The page's style sheet, safe inside a style element. */
export const PAGE_STYLE: string;
