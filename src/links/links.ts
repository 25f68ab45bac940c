import type { Links } from '../app/links/ports.ts';
import { isVideoSite } from '../domain/link.ts';
import { type LinkRules, refusalOf } from './rules.ts';

/** Checks links without opening them: finds what is wrong with the address itself. */
export function createLinks(
  { isOn, hasYtDlp }: { readonly isOn: boolean; readonly hasYtDlp: boolean },
  rules: LinkRules,
): Links {
  return {
    areOn: isOn,
    refusal(url) {
      if (!isOn) return 'off';
      const refusal = refusalOf(url, rules);
      if (refusal !== null) return refusal;
      return isVideoSite(url) && !hasYtDlp ? 'video-site' : null;
    },
  };
}
