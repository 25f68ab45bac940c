/** Logger for the playground's errors; a pino logger is one. */
export type Logger = {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};
