/** Where the playground reports what went wrong; a pino logger is one. */
export type Logger = {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};
