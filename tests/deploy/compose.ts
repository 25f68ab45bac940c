import dotenv from 'dotenv';
import { parse } from 'yaml';
import { stagesOf } from './dockerfile.ts';

type Variables = Readonly<Record<string, string>>;

type Service = {
  readonly image?: string;
  readonly build?: { readonly target?: string };
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly env_file?: readonly { readonly path: string; readonly required?: boolean }[];
  readonly healthcheck?: object;
  readonly profiles?: readonly string[];
  readonly volumes?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly memory?: string } } };
};

/** Parses compose.yml with anchors and merges resolved and `${…}` unchanged. */
export function parseCompose(text: string): { readonly services: Readonly<Record<string, Service>> } {
  return parse(text, { merge: true });
}

/**
 * Returns the environment that Compose gives to a container: the image's own, overridden by the files of
 * `env_file`, overridden by `environment` with `${…}` filled in from `.env` (Compose, "Environment variables
 * precedence").
 * @param image the ENV lines of the image
 * @param dotEnv the text of `.env`, null when there is no such file
 */
export function containerEnvironment(service: Service, image: Variables, dotEnv: string | null): Variables {
  const file = dotEnv === null ? {} : dotenv.parse(dotEnv);
  const files = service.env_file ?? [];
  if (dotEnv === null && files.some(({ required }) => required !== false)) throw new Error('.env is missing');
  return {
    ...image,
    ...(files.some(({ path }) => path === '.env') && file),
    ...Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([name, value]) => [
        name,
        interpolate(String(value), file),
      ]),
    ),
  };
}

/**
 * Fills variables into `${NAME}`, `${NAME-default}` and `${NAME:-default}`.
 * @throws Error on any other form
 */
export function interpolate(text: string, variables: Variables): string {
  return text.replaceAll(/\$(?:\{(\w+)(?:(:?-)([^}]*))?\}|(.?))/g, (form, name, operator, fallback) => {
    if (name === undefined) throw new Error(`unknown form: ${form}`);
    const value = variables[name];
    const isMissing = operator === ':-' ? !value : value === undefined;
    return isMissing ? (fallback ?? '') : (value ?? '');
  });
}

/** Returns the ENV of a stage of a Dockerfile, including that of the stages below it. */
export function imageEnvironment(dockerfile: string, stageName: string): Variables {
  const stages = stagesOf(dockerfile);
  const stage = stages.find(({ name }) => name === stageName);
  if (stage === undefined) return {};
  const own = stage.steps
    .filter(({ word }) => word === 'ENV')
    .flatMap(({ rest }) => rest.split(' ').map((part) => part.split('=', 2) as [string, string]));
  return { ...imageEnvironment(dockerfile, stage.base), ...Object.fromEntries(own) };
}
