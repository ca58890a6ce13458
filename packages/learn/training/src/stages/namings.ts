/** What the option `names` of imported weights may be besides the path of a YAML file. */
export const NAMINGS = ['auto', 'ours', 'keras'] as const;
