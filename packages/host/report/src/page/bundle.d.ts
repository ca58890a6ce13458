/** A page's program and style, written to `dist/pages` by `build-pages.mjs`. */

/** The program, safe inside a script element. */
export const SCRIPT: string;
/** Its name in a content security policy: `sha256-...`. */
export const SCRIPT_HASH: string;
/** The style sheet, safe inside a style element. */
export const STYLE: string;
/** Its name in a content security policy: `sha256-...`. */
export const STYLE_HASH: string;
