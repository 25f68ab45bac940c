/**
 * Preloaded by `--import`. At the exit of the process it prints the packages and folders of the checkout that the
 * process has loaded, as a line of JSON on standard error.
 */
import { registerHooks } from 'node:module';

const loaded = new Set<string>();

registerHooks({
  load(url, context, nextLoad) {
    const path = url.replaceAll('\\', '/');
    const name =
      /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ??
      /\/((?:src|worker|packages)\/.*)\/[^/]*$/.exec(path)?.[1];
    if (name !== undefined) loaded.add(name);
    return nextLoad(url, context);
  },
});

process.on('exit', () => process.stderr.write(`\n${JSON.stringify({ loaded: [...loaded] })}\n`));
