/** Colours of groups and components, apart from each other for people who see red and green alike; legible on white and on dark grey. */
export const GROUP_COLORS = [
  '#4c6ef5',
  '#e8590c',
  '#0ca678',
  '#ae3ec9',
  '#f2a900',
  '#1098ad',
  '#e64980',
  '#74b816',
  '#8d7b6b',
  '#868e96',
] as const;
