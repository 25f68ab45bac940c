import { isVideoSite } from '../../domain/link.ts';
import { type LinkRules, refusalOf } from './address/rules.ts';

/** Checks of the links that users send. */
export type Links = ReturnType<typeof createLinks>;

/**
 * Reasons to refuse a link before its server is contacted. `off`: links are switched off; `password`: the link contains
 * a password; `private`: it leads into a private network, or to a port other than the web's; `video-site`: a page with
 * a video, which this bot cannot download.
 */
export type LinkRefusal = 'off' | 'video-site' | NonNullable<ReturnType<typeof refusalOf>>;

/** Checks links without opening them: finds what is wrong with the address itself. */
export function createLinks(
  { isOn, hasYtDlp }: { readonly isOn: boolean; readonly hasYtDlp: boolean },
  rules: LinkRules,
) {
  return {
    /** True when links are switched on. */
    areOn: isOn,
    /** Returns why a link is refused; null when it is not. */
    refusal(url: URL): LinkRefusal | null {
      if (!isOn) return 'off';
      const refusal = refusalOf(url, rules);
      if (refusal !== null) return refusal;
      return isVideoSite(url) && !hasYtDlp ? 'video-site' : null;
    },
  };
}
